#include "algorithms/centrality/sampled_betweenness.hpp"

#include <atomic>
#include <cmath>
#include <map>

#include "algorithms/centrality/betweenness.hpp"
#include "algorithms/centrality/sampled_betweenness_bounds.hpp"
#include "algorithms/centrality/sampled_betweenness_paths.hpp"
#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

/// Whether all true values are in their intervals.
bool all_inside(const NodeColumn<double>& truth, const SampledBetweenness& sampled) {
  for (const NodeId v : ids_below<NodeId>(truth.size())) {
    if (truth[v] < sampled.lower[v] - 1e-9 || truth[v] > sampled.upper[v] + 1e-9) return false;
  }
  return true;
}

double widest(const SampledBetweenness& sampled) {
  double widest = 0;
  for (const NodeId v : ids_below<NodeId>(sampled.lower.size())) {
    const double value = sampled.betweenness_sampled[v];
    widest = std::max({widest, value - sampled.lower[v], sampled.upper[v] - value});
  }
  return widest;
}

/// Runs of different seeds in which some true value is outside its interval.
template <class AnyGraph>
std::size_t failures(const AnyGraph& graph, const EdgeColumn<double>* length, std::size_t runs, double delta) {
  const auto truth = betweenness(graph, length)->betweenness;
  std::size_t failed = 0;
  for (Seed seed = 1; seed <= runs; ++seed) {
    const SampledBetweennessOptions options{.epsilon = 0.05, .delta = delta, .seed = seed};
    const auto sampled = sampled_betweenness(graph, length, options, with_threads(1));
    REQUIRE(sampled);
    failed += !all_inside(truth, *sampled);
  }
  return failed;
}

double binomial(int t, int k, double p) {
  return std::exp(std::lgamma(t + 1) - std::lgamma(k + 1) - std::lgamma(t - k + 1) + k * std::log(p) +
                  (t - k) * std::log1p(-p));
}

}  // namespace

TEST_CASE("sampled betweenness: its intervals fail less often than stated, over the whole binomial distribution") {
  for (const double delta : {0.5, 0.1, 0.01}) {
    for (const std::uint64_t first_count : {0u, 3u, 50u, 100u}) {
      const SamplingPlan plan({first_count}, 100, 0.1, delta);
      for (std::size_t look = 0; look < 3; ++look) {
        const int t = static_cast<int>(plan.samples_at(look));
        std::vector<SamplingPlan::Interval> interval;
        for (int k = 0; k <= t; ++k) interval.push_back(plan.intervals({static_cast<std::uint64_t>(k)}, look)[0]);
        for (const double p : {0.001, 0.01, 0.1, 0.3, 0.5, 0.77, 0.99}) {
          double excluded = 0;
          for (int k = 0; k <= t; ++k) {
            const auto [lower, upper] = interval[static_cast<std::size_t>(k)];
            if (p < lower || p > upper) excluded += binomial(t, k, p);
          }
          CAPTURE(delta, first_count, look, t, p);
          CHECK(excluded <= delta * (look == 0 ? 0.7 : 0.3 * std::pow(0.5, double(look))));
        }
      }
    }
  }
}

TEST_CASE("sampled betweenness: over many seeds all true values are inside at least as often as promised") {
  const auto edges = random_arcs(30, 90, 8, true, true);
  const EdgeColumn<double> length = random_whole_values(edges.size(), 8, 1, 3);
  CHECK(failures(undirected(karate_club()), nullptr, 150, 0.1) <= 15);
  CHECK(failures(undirected(karate_club()), nullptr, 100, 0.5) <= 50);
  CHECK(failures(undirected(krackhardt_kite()), nullptr, 100, 0.1) <= 10);
  CHECK(failures(undirected(grid_graph(5, 5)), nullptr, 100, 0.1) <= 10);
  CHECK(failures(directed(30, edges), nullptr, 100, 0.1) <= 10);
  CHECK(failures(directed(30, edges), &length, 50, 0.1) <= 5);
  CHECK(failures(undirected(30, edges), &length, 50, 0.1) <= 5);
}

TEST_CASE("sampled betweenness: no interval is wider than asked for, on any shape, and isolates have 0") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    const Symmetric graph = undirected(shape);
    const double n = static_cast<double>(shape.node_count);
    const EdgeColumn<double> length(shape.edges.size(), 0.5);
    const EdgeColumn<double>* const hops = nullptr;
    for (const EdgeColumn<double>* lengths : {hops, &length}) {
      const auto sampled = sampled_betweenness(graph, lengths, {.epsilon = 0.1, .delta = 0.01, .seed = 2});
      REQUIRE(sampled);
      CHECK(widest(*sampled) <= 0.1 * n * (n - 1) / 2 + 1e-9);
      CHECK(all_inside(betweenness(graph)->betweenness, *sampled));
      for (const NodeId v : graph.nodes()) {
        if (graph.arcs(v).empty()) CHECK(sampled->betweenness_sampled[v] == 0);
      }
    }
  }
}

TEST_CASE("sampled betweenness: every shortest path is drawn equally often") {
  // From corner to corner of a 3 x 3 grid there are 6; what tells them apart is the sum of 2^node over the inner nodes.
  // A doubled tie and a loop must not count.
  auto edges = grid_graph(3, 3).edges;
  edges.push_back(edges[0]);
  edges.push_back(ends_of(4, 4));
  const Symmetric grid = undirected(9, edges);
  const HubFirst& hubs = grid.hub_first();
  PathSampler sampler(hubs);
  Random random(5);
  std::map<unsigned, int> drawn;
  for (int i = 0; i < 6000; ++i) {
    unsigned path = 0;
    for (const std::uint32_t rank : sampler.between(hubs.rank_of(NodeId{0}), hubs.rank_of(NodeId{8}), random)) {
      path += 1u << hubs.node_at(rank).index;
    }
    ++drawn[path];
  }
  CHECK(drawn.size() == 6);
  for (const auto& [path, times] : drawn) CHECK(std::abs(times - 1000) < 120);  // 4 standard deviations
}

TEST_CASE("sampled betweenness: paths of a large lattice, too many to count, are still drawn") {
  const Symmetric lattice = undirected(grid_graph(300, 900));
  const HubFirst& hubs = lattice.hub_first();
  PathSampler sampler(hubs);
  Random random(1);
  // Between opposite corners, C(1198, 299) > 1e290; within a row there is one path, beside levels of huge counts.
  CHECK(sampler.between(hubs.rank_of(NodeId{0}), hubs.rank_of(NodeId{269999}), random).size() == 1197);
  CHECK(sampler.between(hubs.rank_of(NodeId{0}), hubs.rank_of(NodeId{899}), random).size() == 898);
  CHECK(!sampler.overflowed());
}

TEST_CASE("sampled betweenness: normalized and plain values, directed and undirected, differ by the number of pairs") {
  const auto edges = karate_club().edges;
  const auto plain = sampled_betweenness(undirected(34, edges)).value();
  const auto share = sampled_betweenness(undirected(34, edges), nullptr, {.normalized = true}).value();
  const auto ordered = sampled_betweenness(undirected(34, edges).both_ways()).value();
  for (std::uint32_t v = 0; v < 34; ++v) {
    CHECK(plain.upper[NodeId{v}] == Approx(share.upper[NodeId{v}] * 33 * 32 / 2));
    CHECK(plain.betweenness_sampled[NodeId{v}] * 2 == Approx(ordered.betweenness_sampled[NodeId{v}]));
  }
  CHECK(plain.samples > 1000);
}

TEST_CASE("sampled betweenness: the same seed gives the same answer with 1, 2, 7 and 16 threads, another another") {
  const auto edges = random_edges(300, 900, 2);
  const Symmetric graph = undirected(300, edges);
  const EdgeColumn<double> length = random_whole_values(edges.size(), 2);
  const EdgeColumn<double>* const hops = nullptr;
  for (const EdgeColumn<double>* lengths : {hops, &length}) {
    const SampledBetweennessOptions options{.epsilon = 0.05, .seed = 3};
    const auto one = sampled_betweenness(graph, lengths, options, with_threads(1)).value();
    for (const int threads : {2, 7, 16}) {
      const auto other = sampled_betweenness(graph, lengths, options, with_threads(threads)).value();
      CHECK(other.betweenness_sampled == one.betweenness_sampled);
      CHECK(other.lower == one.lower);
      CHECK(other.upper == one.upper);
      CHECK(other.samples == one.samples);
    }
    const auto other_seed = sampled_betweenness(graph, lengths, {.epsilon = 0.05, .seed = 4}).value();
    CHECK(other_seed.betweenness_sampled != one.betweenness_sampled);
  }
}

TEST_CASE("sampled betweenness: options out of range and bad lengths are refused, a cancelled job is interrupted") {
  const Symmetric graph = undirected(path_graph(5));
  CHECK(sampled_betweenness(graph, nullptr, {.epsilon = 0}).error().where == "option epsilon");
  CHECK(sampled_betweenness(graph, nullptr, {.epsilon = std::nan("")}).error().where == "option epsilon");
  CHECK(sampled_betweenness(graph, nullptr, {.delta = 1}).error().where == "option delta");
  const EdgeColumn<double> length{1, 1, -1, 1};
  CHECK(sampled_betweenness(graph, &length).error().what.starts_with("edge 2 has the length "));
  std::atomic<bool> stop{false};
  Job job;
  job.cancel = &stop;
  job.progress = [&](std::string_view what, std::size_t, std::size_t) {
    CHECK(what == "sampled betweenness");
    stop = true;
  };
  CHECK(sampled_betweenness(graph, nullptr, {}, job).error().code == ErrorCode::interrupted);
}
