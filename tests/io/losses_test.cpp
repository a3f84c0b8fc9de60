#include "io/losses.hpp"

#include <catch2/catch.hpp>

#include "support.hpp"

namespace entente {
namespace {

std::string sentence_with(const std::vector<std::string>& losses, std::string_view part) {
  for (const std::string& loss : losses) {
    if (loss.find(part) != std::string::npos) return loss;
  }
  return {};
}

TEST_CASE("losses: columns whose types or values are not carried are named, the first ten of them") {
  const auto network = test::package({{"datapackage.json",
                                       R"({"resources": [{"name": "nodes", "path": "nodes.csv"}, {"name": "edges", "path": "edges.csv", "schema": {"fields": [
      {"name": "code", "type": "string"}, {"name": "sum", "type": "number"}]}}]})"},
                                      {"nodes.csv", "id,staff,city\na,3,Seoul\nb,,\n"},
                                      {"edges.csv", "source,target,code,sum,plain\na,b,7,1,x\n"}});
  REQUIRE(network);
  CHECK(sentence_with(losses_of(**network, {.types = true}), "types") ==
        "2 further columns have types or descriptions that are not carried: code, sum.");
  CHECK(sentence_with(losses_of(**network, {.node_columns = true}), "kind") ==
        "1 node has a kind, name, country or further columns (staff, city), which is not carried.");

  std::string fields, header = "source,target", row = "a,b";
  for (int i = 1; i <= 12; ++i) {
    fields += std::string(i > 1 ? "," : "") + R"({"name": "c)" + std::to_string(i) + R"(", "type": "string"})";
    header += ",c" + std::to_string(i);
    row += ",1";
  }
  const auto wide = test::package({{"datapackage.json", R"({"resources": [{"name": "nodes", "path": "nodes.csv"}, {"name": "edges", "path": "edges.csv", "schema": {"fields": [)" + fields + "]}}]}"},
                                   {"nodes.csv", "id\na\nb\n"},
                                   {"edges.csv", header + "\n" + row + "\n"}});
  REQUIRE(wide);
  CHECK(losses_of(**wide, {.types = true}) ==
        std::vector<std::string>{"12 further columns have types or descriptions that are not carried: c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 and 2 more."});
  CHECK(losses_of(**wide, {.node_columns = true}).empty());
}

}  // namespace
}  // namespace entente
