#include <catch2/catch.hpp>

#include "query/who.hpp"
#include "support/sample.hpp"

using namespace entente;

namespace {

const Network& net() {
  static const NetworkPtr network = sample_network();
  return *network;
}

Selection all() {
  static const NetworkPtr network = sample_network();
  return whole(network);
}

NodeId node(std::string_view key) { return *net().find_node(key); }

std::vector<std::string> keys(const std::vector<NodeId>& nodes) {
  std::vector<std::string> result;
  for (const NodeId n : nodes) result.emplace_back(net().key(n));
  return result;
}

}  // namespace

TEST_CASE("who: partners are listed once, the one with most ties first, whatever the direction") {
  const Partners partners = partners_of(all(), node("kist"));
  CHECK(partners.ties == 3);
  std::vector<std::string> found;
  for (const Partner& partner : partners.partners) found.emplace_back(net().key(partner.node));
  CHECK(found == std::vector<std::string>{"haiphong", "committee", "korea"});
}

TEST_CASE("who: an agreement of three parties makes each a partner of the two others") {
  for (const char* party : {"ministry", "almalyk", "kitech"}) {
    std::size_t others = 0;
    for (const Partner& partner : partners_of(all(), node(party)).partners) {
      for (const EdgeId tie : partner.ties) others += net().agreement(tie) == "mou";
    }
    CHECK(others == 2);
  }
}

TEST_CASE("who: the connection names every tie of each step") {
  const auto found = connections(all(), node("haiphong"), node("committee"));
  REQUIRE(found);
  REQUIRE(found->connected);
  CHECK(found->distance == 1u);
  REQUIRE(found->paths.size() == 2);  // the tie itself, and the way over KIST
  CHECK(found->complete);
  REQUIRE(found->paths[0].ties.size() == 1);
  CHECK(found->paths[0].ties[0] == std::vector<EdgeId>{*net().find_edge("t2")});
  CHECK(keys(found->paths[1].nodes) == std::vector<std::string>{"haiphong", "kist", "committee"});
}

TEST_CASE("who: a shared country does not connect two institutes unless asked") {
  const auto closed = connections(all(), node("kist"), node("kitech"));
  REQUIRE(closed);
  CHECK_FALSE(closed->connected);
  CHECK_FALSE(closed->distance.has_value());
  CHECK(closed->complete);
  CHECK(closed->completeness.starts_with("complete"));

  ConnectionOptions options;
  options.via = {"country"};
  const auto open = connections(all(), node("kist"), node("kitech"), options);
  REQUIRE(open);
  REQUIRE(open->connected);
  CHECK(keys(open->paths[0].nodes) == std::vector<std::string>{"kist", "korea", "kitech"});
}

TEST_CASE("who: a country can be an end of a connection") {
  const auto found = connections(all(), node("korea"), node("kist"));
  REQUIRE(found);
  CHECK(found->distance == 1u);
}

TEST_CASE("who: avoided nodes are no stepping stones, and directions count only when asked") {
  ConnectionOptions avoid;
  avoid.avoid = {node("almalyk")};
  const auto around = connections(all(), node("centre"), node("ministry"), avoid);
  REQUIRE(around);
  CHECK(keys(around->paths.at(0).nodes) == std::vector<std::string>{"centre", "oda", "kitech", "ministry"});

  ConnectionOptions directed;
  directed.directed = true;
  const auto against = connections(all(), node("centre"), node("almalyk"), directed);
  REQUIRE(against);
  CHECK_FALSE(against->connected);
  const auto along = connections(all(), node("almalyk"), node("centre"), directed);
  REQUIRE(along);
  CHECK(along->connected);
}

TEST_CASE("who: k paths come shortest first and say whether there are more") {
  ConnectionOptions two;
  two.k = 2;
  const auto found = connections(all(), node("ministry"), node("kitech"), two);
  REQUIRE(found);
  REQUIRE(found->paths.size() == 2);
  CHECK(found->paths[0].nodes.size() == 2);
  CHECK(found->paths[1].nodes.size() == 3);
  CHECK_FALSE(found->complete);  // ministry, almalyk, centre, oda, kitech is a third

  two.k = 10;
  const auto every = connections(all(), node("ministry"), node("kitech"), two);
  REQUIRE(every);
  CHECK(every->paths.size() == 3);
  CHECK(every->complete);

  two.max_length = 2;
  const auto brief = connections(all(), node("ministry"), node("kitech"), two);
  REQUIRE(brief);
  CHECK(brief->paths.size() == 2);
  CHECK(brief->complete);
}

TEST_CASE("who: a body is connected with itself by an empty path") {
  const auto found = connections(all(), node("kist"), node("kist"));
  REQUIRE(found);
  CHECK(found->connected);
  CHECK(found->distance == 0u);
}

TEST_CASE("who: an end that was left out of the selection is an error, not a missing path") {
  Selection selection = all();
  std::erase(selection.nodes, node("kist"));
  std::erase_if(selection.edges, [](EdgeId edge) {
    return net().source(edge) == node("kist") || net().target(edge) == node("kist");
  });
  const auto found = connections(selection, node("kist"), node("haiphong"));
  REQUIRE_FALSE(found);
  CHECK(found.error().code == ErrorCode::bad_argument);
}
