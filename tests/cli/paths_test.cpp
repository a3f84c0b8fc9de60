// Paths in csv: who reads them with a program finds every node by its id.

#include <catch2/catch.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "support/program.hpp"

using namespace entente;
using nlohmann::json;

namespace {

using CsvRows = std::vector<std::vector<std::string>>;

/// Cells of a CSV without quotes in it.
CsvRows rows_of(const std::string& csv) {
  CsvRows rows;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    rows.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

std::size_t place_of(const CsvRows& rows, const std::string& column) {
  const auto found = std::ranges::find(rows.front(), column);
  REQUIRE(found != rows.front().end());
  return static_cast<std::size_t>(found - rows.front().begin());
}

}  // namespace

TEST_CASE("who: the csv tells each step as it is walked, from the id of one end to that of the other") {
  for (const std::string ends : {"evelyn flora", "flora evelyn", "olivia laura"}) {
    const std::string call = "who southern-women " + ends + " --k 5 --quiet --format ";
    const CsvRows rows = rows_of(entente_says(call + "csv").out);
    const json paths = json::parse(entente_says(call + "json").out)["result"]["paths"];
    REQUIRE(rows.size() > 5);
    const std::size_t path = place_of(rows, "path"), step = place_of(rows, "step"), from = place_of(rows, "step_from"), to = place_of(rows, "step_to");
    const std::size_t name = place_of(rows, "step_from_name"), tie_from = place_of(rows, "from"), tie_to = place_of(rows, "to");
    bool against = false;  // some tie is stated from the end that the step reaches
    std::vector<std::vector<std::string>> walked(paths.size());
    for (std::size_t i = 1; i < rows.size(); ++i) {
      auto& nodes = walked[std::stoul(rows[i][path]) - 1];
      if (rows[i][step] == "1") nodes.push_back(rows[i][from]);
      CHECK(nodes.back() == rows[i][from]);
      nodes.push_back(rows[i][to]);
      CHECK(((rows[i][from] == rows[i][tie_from] && rows[i][to] == rows[i][tie_to]) || (rows[i][from] == rows[i][tie_to] && rows[i][to] == rows[i][tie_from])));
      against = against || rows[i][from] != rows[i][tie_from];
      CHECK(rows[i][name] != rows[i][from]);
    }
    CHECK(against);
    for (std::size_t i = 0; i < paths.size(); ++i) {
      std::vector<std::string> ids;
      for (const json& node : paths[i]["nodes"]) ids.push_back(node["id"]);
      CHECK(ids == walked[i]);
      CHECK(ids.front() == ends.substr(0, ends.find(' ')));
      CHECK(ids.back() == ends.substr(ends.find(' ') + 1));
    }
  }
}

TEST_CASE("run and flow: paths and routes have the ids of their nodes in csv") {
  const CsvRows rows = rows_of(entente_says("run karate-club shortest-path --from 1 --to 34 --format csv --quiet").out);
  REQUIRE(rows.size() == 2);
  CHECK(rows[1][place_of(rows, "from")] == "1");
  CHECK(rows[1][place_of(rows, "to")] == "34");
  CHECK(rows[1][place_of(rows, "ids")] == "1 → 9 → 34");
  CHECK(rows[1][place_of(rows, "nodes")] == "Mr Hi → Actor 9 → John A");
  const TestFolder folder;
  folder.write("m.csv", "source,target,amount,currency\ns,a,2,USD\na,t,3,USD\n");
  const std::string flow = "flow " + folder.file("m.csv") + " --directed --from s --to t --quiet --format ";
  const CsvRows routes = rows_of(entente_says(flow + "csv").out);
  REQUIRE(routes.size() == 2);
  CHECK(routes[1][place_of(routes, "ids")] == "s → a → t");
  CHECK(entente_says(flow + "table").out.find("ids") == std::string::npos);  // names are enough for people
}
