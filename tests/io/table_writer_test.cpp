#include "io/table_writer.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "io/json_text.hpp"
#include "support.hpp"

namespace entente {
namespace {

Table small_table() {
  Table table;
  table.name = "small";
  table.title = "A small table";
  table.network = *test::package({{"edges.csv", "id,source,target\ne1,kist,uz\n"}});
  table.columns = {{"node", "", ""}, {"flow", "USD", ""}, {"score", "share", ""}, {"note", "", ""}};
  table.rows = {{NodeId{0}, Money{125000050, 2, *parse_currency("USD")}, 1.0 / 3, std::string("a|b")},
                {NodeId{1}, std::monostate{}, std::numeric_limits<double>::quiet_NaN(), std::string("한국 \"x\"")}};
  table.provenance.notes = {"3 nodes left out"};
  return table;
}

TEST_CASE("table_writer: csv carries exact money, shortest doubles and empty cells for the unknown") {
  CHECK(write_table(small_table(), TableFormat::csv) ==
        "node,flow [USD],score [share],note\n"
        "kist,1250000.50,0.3333333333333333,a|b\n"
        "uz,,,\"한국 \"\"x\"\"\"\n");
}

TEST_CASE("table_writer: json is valid, keeps exact digits and says null for the unknown") {
  const std::string text = write_table(small_table(), TableFormat::json);
  CHECK(text.find("\"flow\": 1250000.50") != std::string::npos);
  const auto json = nlohmann::json::parse(text);
  CHECK(json[0]["node"] == "kist");
  CHECK(json[0]["score"].get<double>() == 1.0 / 3);
  CHECK(json[1]["flow"].is_null());
  CHECK(json[1]["score"].is_null());
}

TEST_CASE("table_writer: the terminal form aligns wide letters and numbers") {
  CHECK(write_table(small_table(), TableFormat::table) ==
        "A small table\n"
        "node  flow [USD]  score [share]  note\n"
        "kist  1250000.50       0.333333  a|b\n"
        "uz                               한국 \"x\"\n"
        "3 nodes left out\n");
  TableWriterOptions options;
  options.max_width = 4;
  options.notes = false;
  CHECK(write_table(small_table(), TableFormat::table, options).find("한…") != std::string::npos);
}

TEST_CASE("table_writer: markdown escapes what would end a cell or start a tag") {
  Table table = small_table();
  table.rows[0][3] = std::string("<script>|*x*\n#");
  const std::string text = write_table(table, TableFormat::markdown);
  CHECK(text.find("| --- | ---: | ---: | --- |") != std::string::npos);
  CHECK(text.find("&lt;script&gt;\\|\\*x\\* \\#") != std::string::npos);
}

TEST_CASE("table_writer: text that a spreadsheet would run gets a quote before it, numbers do not") {
  for (const std::string bad : {"=1+1", "+SUM(A1)", "-x", "@cmd", "\tx", "\rx"}) CHECK(spreadsheet_text(bad) == "'" + bad);
  for (const std::string good : {"", "a=b", "-1.5", "+2", "한국", "'x"}) CHECK(spreadsheet_text(good) == good);
  Table table = small_table();
  table.rows[0][3] = std::string("=HYPERLINK(\"http://x\")");
  CHECK(write_table(table, TableFormat::csv).find(",\"'=HYPERLINK(\"\"http://x\"\")\"\n") != std::string::npos);
  TableWriterOptions exact;
  exact.spreadsheet_safe = false;
  CHECK(write_table(table, TableFormat::csv, exact).find(",\"=HYPERLINK") != std::string::npos);
}

TEST_CASE("table_writer: an empty table has its header, an empty array, nothing else") {
  Table table = small_table();
  table.rows.clear();
  CHECK(write_table(table, TableFormat::csv) == "node,flow [USD],score [share],note\n");
  CHECK(nlohmann::json::parse(write_table(table, TableFormat::json)).empty());
  CHECK(parse_table_format("xml").error().what.find("table, csv, json, markdown") != std::string::npos);
}

TEST_CASE("display_width: wide letters take two columns, marks none") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("한국") == 4);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("Ўзбек") == 5);
  CHECK(display_width("ｱ") == 1);
  CHECK(display_width("Ａ") == 2);
  CHECK(display_width("\xFF") == 1);
}

TEST_CASE("json_text: what it writes is JSON that reads back the same, whatever the bytes") {
  for (const std::string text : {"", "\"", "\\", "a\nb\tc", "</script>", "한국", "\x01\x7F"}) {
    CHECK(nlohmann::json::parse(json_string(text)).get<std::string>() == text);
  }
  CHECK(nlohmann::json::parse(json_string("a\xFF" "b")).get<std::string>() == "a\xEF\xBF\xBD" "b");
  CHECK(json_string("</script>").find('<') == std::string::npos);
  CHECK(json_number(std::nan("")) == "null");
  CHECK(json_number(2) == "2.0");
}

}  // namespace
}  // namespace entente
