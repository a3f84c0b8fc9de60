// The section "columns" of info: what a user can name.

#include <catch2/catch.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "support/program.hpp"

using namespace entente;
using nlohmann::json;

namespace {

json columns_in(const std::string& arguments) {
  const ProgramRun run = entente_says("info " + arguments + " --format json --quiet");
  INFO(arguments << "\n" << run.err);
  REQUIRE(run.status == 0);
  return json::parse(run.out)["result"]["columns"];
}

json column_of(const json& columns, const std::string& of, const std::string& name) {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const json& column) { return column["of"] == of && column["name"] == name; });
  return found == columns.end() ? json() : *found;
}

bool takes(const json& column, const std::string& option) {
  const json& options = column["options"];
  return std::find(options.begin(), options.end(), option) != options.end();
}

void write_club(const TestFolder& folder) {
  folder.write("club/nodes.csv", "id,kind,name,country,team,founded,members\na,club,Alpha,KR,red,2001,5\nb,club,Beta,KR,blue,1999,\nc,club,,,red,,20\n");
  folder.write("club/edges.csv",
               "id,source,target,kind,status,start,amount,currency,hours,balance,mood,empty\n"
               "t1,a,b,visit,held,2020-05,10.50,USD,0,-1,good,\n"
               "t2,b,c,visit,planned,2019,200,USD,2.5,3,,\n"
               "t3,a,c,talk,,,,,,2,bad,\n");
}

}  // namespace

TEST_CASE("info: columns say what is filled, between which ends, and of what type") {
  const TestFolder folder;
  write_club(folder);
  const json columns = columns_in(folder.file("club"));
  CHECK(column_of(columns, "nodes", "name")["filled"] == 2);
  CHECK(column_of(columns, "nodes", "name")["total"] == 3);
  CHECK(column_of(columns, "nodes", "country")["examples"] == json{"KR"});
  CHECK(column_of(columns, "nodes", "team")["examples"] == json({"red", "blue"}));
  CHECK(column_of(columns, "nodes", "members")["least"] == "5");
  CHECK(column_of(columns, "nodes", "members")["most"] == "20");
  const json hours = column_of(columns, "ties", "hours");
  CHECK(hours["filled"] == 2);
  CHECK(hours["least"] == "0");
  CHECK(hours["most"] == "2.5");
  const json amount = column_of(columns, "ties", "amount");
  CHECK(amount["type"] == "money");
  CHECK(amount["least"] == "10.50");
  CHECK(amount["most"] == "200");
  CHECK(amount["unit"] == "USD");
  CHECK(column_of(columns, "ties", "start")["least"] == "2019");
  CHECK(column_of(columns, "ties", "start")["most"] == "2020-05");
  CHECK(column_of(columns, "ties", "end").is_null());  // nobody states one
  CHECK(column_of(columns, "ties", "empty")["filled"] == 0);
  const json part = columns_in(folder.file("club") + " --edge-kind talk");
  CHECK(column_of(part, "ties", "mood")["examples"] == json{"bad"});
  CHECK(column_of(part, "ties", "hours")["filled"] == 0);
  CHECK(column_of(part, "ties", "amount").is_null());
}

TEST_CASE("info: every option that a column is listed under takes its name") {
  const TestFolder folder;
  write_club(folder);
  const std::string net = folder.file("club");
  std::size_t tried = 0;
  for (const json& column : columns_in(net)) {
    const std::string name = column["name"], where = (column["of"] == "nodes" ? "node." : "") + name;
    INFO(column.dump());
    if (takes(column, "where")) CHECK(entente_says("info " + net + " --where '" + where + " is empty'").err.find("there is no column") == std::string::npos);
    if (takes(column, "color")) CHECK(entente_says("draw " + net + " --format dot --color " + name).status == 0);
    if (takes(column, "collapse")) CHECK(entente_says("info " + net + " --collapse " + name).status == 0);
    if (column["of"] != "ties") continue;
    const bool weighs = entente_says("centrality " + net + " strength --weight " + (name == "amount" ? name : "column:" + name)).status == 0;
    CHECK((weighs == takes(column, "weight") || column["filled"] == 0));
    tried += takes(column, "weight");
  }
  CHECK(tried == 2);  // amount and hours; a balance below 0 and a mood weigh nothing
}

TEST_CASE("info: columns stand in every format") {
  const TestFolder folder;
  write_club(folder);
  const std::string net = "info " + folder.file("club");
  CHECK(entente_says(net + " --format csv").out.find("column of ties: hours,\"number, 2 of 3, 0 to 2.5\"") != std::string::npos);
  CHECK(entente_says(net + " --format csv").out.find("column of ties: empty,\"text, 0 of 3\"") != std::string::npos);
  CHECK(entente_says(net + " --format table").out.find("column of ties") == std::string::npos);  // there it is a table
  CHECK(entente_says(net + " --format table").out.find("where, weight") != std::string::npos);
  CHECK(entente_says(net + " --format markdown").out.find("| ties | hours | number | 2 | 3 | 0 to 2.5 | where, weight |") != std::string::npos);
}

TEST_CASE("info: amounts in several currencies keep their ranges apart, and compare exactly") {
  const TestFolder folder;
  folder.write("m.csv",
               "source,target,amount,currency\na,b,9007199254740993,USD\nb,c,9007199254740992.5,USD\nc,d,1,EUR\nd,a,,\n");
  const json amount = column_of(columns_in(folder.file("m.csv")), "ties", "amount");
  CHECK(amount["examples"] == json({"9007199254740992.5 to 9007199254740993 USD", "1 EUR"}));
  CHECK(amount["filled"] == 3);
  folder.write("none.csv", "source,target\n");
  CHECK(columns_in(folder.file("none.csv")).is_array());
}

TEST_CASE("info: a column of nodes that --color takes for something else is not offered to it") {
  const TestFolder folder;
  folder.write("n/nodes.csv", "id,status,betweenness,team\na,old,1,red\nb,new,2,blue\n");
  folder.write("n/edges.csv", "source,target\na,b\n");
  const json columns = columns_in(folder.file("n"));
  CHECK(takes(column_of(columns, "nodes", "team"), "color"));
  CHECK_FALSE(takes(column_of(columns, "nodes", "status"), "color"));
  CHECK_FALSE(takes(column_of(columns, "nodes", "betweenness"), "color"));
  CHECK(takes(column_of(columns, "nodes", "status"), "where"));
}
