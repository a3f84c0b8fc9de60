#include "engine/edge_list.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/rows_as_given.hpp"
#include "support/random_graphs.hpp"

using namespace entente;
using namespace entente::test;

namespace {

using Ways = EdgeList::Ways;

struct PlainArc {
  std::uint32_t near, far, edge;
  friend auto operator<=>(const PlainArc&, const PlainArc&) = default;
};

/// All arcs in the order of the edges, by definition.
std::vector<PlainArc> plain_arcs(const EdgeList& list, RowsOf side) {
  std::vector<PlainArc> arcs;
  for (std::uint32_t e = 0; e < list.ends.size(); ++e) {
    auto [a, b] = list.ends[e];
    if (side == RowsOf::targets) std::swap(a, b);
    arcs.push_back({a.index, b.index, e});
    if (list.runs_back(e)) arcs.push_back({b.index, a.index, e});
  }
  return arcs;
}

void check_rows(const Rows& rows, std::size_t node_count, const std::vector<PlainArc>& arcs, const Buffer<std::uint32_t>* edge) {
  REQUIRE(rows.node_count() == node_count);
  REQUIRE(rows.arc_count() == arcs.size());
  std::uint64_t at = 0;
  bool same = rows.begin[0] == 0;
  for (const PlainArc& arc : arcs) {
    same = same && rows.begin[arc.near] <= at && at < rows.begin[arc.near + 1] && rows.node[at] == arc.far;
    same = same && (!edge || (*edge)[at] == arc.edge);
    ++at;
  }
  CHECK(same);
  CHECK(std::ranges::is_sorted(rows.begin));
  CHECK(rows.begin[node_count] == arcs.size());
}

/// Sorted rows with and without edges, and rows as given, beside the definition.
void check_all(const EdgeList& list, const Job& job = {}) {
  for (const RowsOf side : {RowsOf::sources, RowsOf::targets}) {
    std::vector<PlainArc> arcs = plain_arcs(list, side);
    if (list.ways != Ways::mixed && side == RowsOf::sources) {
      std::vector<PlainArc> given = arcs;
      std::ranges::stable_sort(given, {}, &PlainArc::near);
      check_rows(rows_as_given(list.node_count, list.ends, list.ways, job).value(), list.node_count, given, nullptr);
    }
    std::ranges::sort(arcs);
    Buffer<std::uint32_t> edge;
    check_rows(build_rows(list, side, {}, nullptr, job), list.node_count, arcs, nullptr);
    check_rows(build_rows(list, side, {}, &edge, job), list.node_count, arcs, &edge);
  }
}

EdgeList random_list(Random& random, std::size_t nodes, std::size_t edges, std::size_t loops_in_ten, Ways ways) {
  EdgeList list;
  list.node_count = nodes;
  list.ways = ways;
  if (ways == Ways::mixed) list.one_way = Buffer<std::uint8_t>(edges);
  for (std::size_t i = 0; i < edges; ++i) {
    const auto any = [&] { return NodeId{static_cast<std::uint32_t>(random.below(1 + random.below(nodes)))}; };
    const NodeId a = any();
    list.ends.push_back({a, random.below(10) < loops_in_ten ? a : any()});
    if (ways == Ways::mixed) list.one_way[i] = random.below(2) == 0;
  }
  return list;
}

}  // namespace

TEST_CASE("rows: sorted or as given, they hold the arcs that the edges name, loops once, parallel edges in order") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(seed % 3 == 0 ? 2000 : 12);
    for (const Ways ways : {Ways::one, Ways::both, Ways::mixed}) {
      CAPTURE(n, static_cast<int>(ways));
      check_all(random_list(random, n, random.below(200), random.below(11), ways));
    }
  });
}

TEST_CASE("rows: as given, by hand") {
  const std::vector<Ends> edges{{{2}, {0}}, {{1}, {2}}, {{2}, {2}}, {{2}, {0}}};
  const Rows both = rows_as_given(4, edges, Ways::both).value();
  CHECK(std::ranges::equal(both.begin, std::vector<std::uint64_t>{0, 2, 3, 7, 7}));
  CHECK(std::ranges::equal(both.node, std::vector<std::uint32_t>{2, 2, 2, 0, 1, 2, 0}));
  const Rows one = rows_as_given(4, edges, Ways::one).value();
  CHECK(std::ranges::equal(one.begin, std::vector<std::uint64_t>{0, 0, 1, 4, 4}));
  CHECK(std::ranges::equal(one.node, std::vector<std::uint32_t>{2, 0, 2, 0}));
}

TEST_CASE("rows: beyond a million nodes an arc takes more than a word, and the rows are the same") {
  Random random(5);
  for (const std::size_t n : {std::size_t{1} << 20, (std::size_t{1} << 20) + 1, std::size_t{1'700'000}}) {
    CAPTURE(n);
    EdgeList list = random_list(random, n, 4000, 1, Ways::both);
    const NodeId last{static_cast<std::uint32_t>(n - 1)};
    list.ends.insert(list.ends.end(), {{last, NodeId{0}}, {last, last}, {NodeId{0}, last}});
    check_all(list);
    list.ways = Ways::one;
    check_all(list);
  }
}

TEST_CASE("rows: the same at any number of threads") {
  Random random(8);
  for (const Ways ways : {Ways::one, Ways::both, Ways::mixed}) {
    const EdgeList list = random_list(random, 5000, 150'000, 1, ways);  // several blocks
    for (const int threads : {1, 2, 7}) {
      Job job;
      job.threads = threads;
      CAPTURE(threads, static_cast<int>(ways));
      check_all(list, job);
    }
  }
}

TEST_CASE("rows: no nodes, no edges, one node with loops") {
  for (const Ways ways : {Ways::one, Ways::both, Ways::mixed}) {
    EdgeList list;
    list.ways = ways;
    check_all(list);
    list.node_count = 3;
    check_all(list);
    list.node_count = 1;
    list.ends = {{{0}, {0}}, {{0}, {0}}};
    list.one_way = Buffer<std::uint8_t>(2, 0);
    check_all(list);
  }
}

TEST_CASE("rows: as given, an end that is no node is named") {
  const std::vector<Ends> edges{{{0}, {1}}, {{1}, {2}}};
  const auto refused = rows_as_given(2, edges, Ways::both);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::bad_argument);
  CHECK(refused.error().what.find("edge 1") != std::string::npos);
  CHECK_FALSE(rows_as_given(0, edges, Ways::one));
}
