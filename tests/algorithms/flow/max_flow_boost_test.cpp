#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>

#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/random_funding.hpp"

namespace entente {
namespace {

using namespace test;

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using ResidualGraph = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<boost::edge_capacity_t, std::int64_t,
                    boost::property<boost::edge_residual_capacity_t, std::int64_t,
                                    boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;

/// Slow oracle: Boost.Graph's push-relabel with a super-source and a super-target.
std::int64_t boost_max_flow(const Funding& f) {
  const std::size_t n = f.graph.node_count();
  ResidualGraph graph(n + 2);
  const auto add = [&](std::size_t u, std::size_t v, std::int64_t units) {
    if (u == v) return;
    const auto there = boost::add_edge(u, v, graph).first, back = boost::add_edge(v, u, graph).first;
    boost::put(boost::edge_capacity, graph, there, units);
    boost::put(boost::edge_capacity, graph, back, std::int64_t{0});
    boost::put(boost::edge_reverse, graph, there, back);
    boost::put(boost::edge_reverse, graph, back, there);
  };
  for (std::size_t i = 0; i < f.edges.size(); ++i) {
    const std::int64_t units = f.capacity.values()[i];
    add(f.edges[i].source.index, f.edges[i].target.index, units);
    if (!f.one_way.values()[i]) add(f.edges[i].target.index, f.edges[i].source.index, units);
  }
  for (const NodeId v : f.from) add(n, v.index, 1'000'000);
  for (const NodeId v : f.to) add(v.index, n + 1, 1'000'000);
  return boost::push_relabel_max_flow(graph, n, n + 1);
}

TEST_CASE("max_flow: agrees with Boost.Graph's push-relabel on networks of up to 200 nodes") {
  std::int64_t total = 0;
  for_each_seed(150, [&](Seed seed) {
    const Funding f = random_funding(seed, 200);
    const auto answer = max_flow(f.graph, f.capacity, f.from, f.to);
    REQUIRE(answer);
    REQUIRE(answer->value == boost_max_flow(f));
    total += answer->value;
  });
  CHECK(total > 500);
}

}  // namespace
}  // namespace entente
