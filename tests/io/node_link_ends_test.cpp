#include "io/node_link_ends.hpp"

#include <catch2/catch.hpp>

#include "support.hpp"

namespace entente {
namespace {

ReadOutcome json(const std::string& text) { return try_read_bytes("x.json", text); }

std::string ends(const ReadOutcome& read) {
  if (read.error) return read.error->sentence();
  std::string list;
  for (const EdgeId edge : read.network->edges()) {
    list += (list.empty() ? "" : ", ") + std::string(read.network->key(read.network->source(edge))) + "-" +
            std::string(read.network->key(read.network->target(edge)));
  }
  return list;
}

bool says(const ReadOutcome& read, std::string_view part) {
  for (const Remark& guess : read.ledger.guesses) {
    if (guess.text.find(part) != std::string::npos) return true;
  }
  return false;
}

const std::string named_nodes = R"("nodes": [{"name": "Myriel", "group": 1}, {"name": "Napoleon", "group": 1}, {"name": "Valjean", "group": 2}])";

TEST_CASE("json: without ids whole numbers are positions in the list of nodes, as D3 has them") {
  const std::string links = R"("links": [{"source": 1, "target": 0, "value": 1}, {"source": 2, "target": 0, "value": 8.5}])";
  for (const std::string& text : {"{" + named_nodes + ", " + links + "}", "{" + links + ", " + named_nodes + "}"}) {
    const auto read = json(text);
    REQUIRE(ends(read) == "1-0, 2-0");
    CHECK(read.network->label(NodeId{0}) == "Myriel");
    CHECK(read.network->label(NodeId{2}) == "Valjean");
    CHECK(read.network->node_attribute("group")->type == CellType::integer);
    CHECK(read.network->edge_attribute("value")->type == CellType::number);
    CHECK(says(read, "the ends of the ties were taken as positions in the list nodes, counted from 0"));
  }
  CHECK(ends(json("{" + named_nodes + R"(, "edges": [{"source": 0, "target": 2}]})")) == "0-2");
}

TEST_CASE("json: without ids ends in words are the names of nodes, where these differ") {
  const auto read = json("{" + named_nodes + R"(, "links": [{"source": "Valjean", "target": "Myriel"}]})");
  CHECK(ends(read) == "Valjean-Myriel");
  CHECK(says(read, "no node has an id, so its name was taken"));
  CHECK(ends(json(R"({"nodes": [{"name": "a"}, {"name": "a"}], "links": [{"source": "a", "target": "a"}]})")).starts_with("x.json:1:12: this node has no id."));
}

TEST_CASE("json: positions where no end is an id; ids where one is") {
  const auto read = json(R"({"nodes": [{"id": "x"}, {"id": "y"}], "links": [{"source": 0, "target": 1}]})");
  CHECK(ends(read) == "x-y");
  CHECK(says(read, "since none of them is the id of a node"));
  CHECK(ends(json(R"({"nodes": [{"id": 1}, {"id": 0}], "links": [{"source": 1, "target": 1}]})")) == "1-1");
  CHECK_FALSE(says(json(R"({"nodes": [{"id": 1}, {"id": 0}], "links": [{"source": 1, "target": 1}]})"), "position"));
}

TEST_CASE("json: ends that fit no convention are one sentence with place and advice") {
  CHECK(ends(json("{" + named_nodes + ",\n \"links\": [{\"source\": 0, \"target\": 3}]}")).starts_with("x.json:2:12: node \"3\""));
  CHECK(ends(json("{" + named_nodes + R"(, "links": [{"source": 0, "target": -1}]})")).find("\"-1\"") != std::string::npos);
  CHECK(ends(json("{" + named_nodes + R"(, "links": [{"source": 0, "target": 1.0}]})")) ==
        "x.json:1:12: this node has no id. Give every node an id, or let source and target be whole numbers: positions in the list nodes, counted from 0.");
  CHECK(ends(json("{" + named_nodes + R"(, "links": [{"source": 0, "target": "Myriel"}]})")).find("this node has no id") != std::string::npos);
  CHECK(ends(json(R"({"nodes": [{"id": "x"}, {"name": "y"}], "links": [{"source": 0, "target": 1}]})")) ==
        "x.json:1:25: this node has no id. Give every node an id, or none of them.");
  CHECK(ends(json(R"({"nodes": [], "links": [{"source": 0, "target": 1}]})")).find("node \"0\"") != std::string::npos);
  CHECK(ends(json(R"({"nodes": [{}], "links": [{"source": 18446744073709551616, "target": 0}]})")).find("x.json:1:") == 0);
  CHECK(ends(json(R"({"links": [{"source": 0, "source": 1, "target": 1}]})")).find("two members source") != std::string::npos);
}

TEST_CASE("json: the remark on amounts without currency says what to do") {
  CHECK(says(json(R"({"edges": [{"source": "a", "target": "b", "amount": 5}]})"), "Add a member currency"));
}

}  // namespace
}  // namespace entente
