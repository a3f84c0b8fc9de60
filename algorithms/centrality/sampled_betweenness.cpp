#include "algorithms/centrality/sampled_betweenness.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/centrality/betweenness_pieces.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/centrality/sampled_betweenness_bounds.hpp"
#include "algorithms/centrality/sampled_betweenness_lengths.hpp"
#include "algorithms/centrality/sampled_betweenness_paths.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr std::uint64_t blocks_between_reports = 256;
constexpr std::uint64_t first_block = std::uint64_t{1} << 62;  // number of the first block of the first batch

/// Shortest paths in the numbers of one search: ranks in hops, members of the only piece with lengths.
class PathDrawer {
 public:
  virtual ~PathDrawer() = default;
  /// The nodes between two random nodes on a random shortest path.
  virtual std::span<const std::uint32_t> draw(Random& random) = 0;
  virtual BatchOutcome outcome() const = 0;
};

/// Two different numbers below n.
std::pair<std::uint32_t, std::uint32_t> random_pair(std::size_t n, Random& random) {
  const auto s = static_cast<std::uint32_t>(random.below(n));
  const auto t = static_cast<std::uint32_t>(random.below(n - 1));
  return {s, t < s ? t : t + 1};
}

class HopDrawer final : public PathDrawer {
 public:
  explicit HopDrawer(const HubFirst& graph) : n_(graph.node_count()), sampler_(graph) {}
  std::span<const std::uint32_t> draw(Random& random) override {
    const auto [s, t] = random_pair(n_, random);
    return sampler_.between(s, t, random);
  }
  BatchOutcome outcome() const override {
    return sampler_.overflowed() ? BatchOutcome::too_many_paths : BatchOutcome::done;
  }

 private:
  std::size_t n_;
  PathSampler sampler_;
};

class LengthDrawer final : public PathDrawer {
 public:
  /// `connected`: the nodes that have an arc; the numbers from there to n are those of the isolates.
  LengthDrawer(std::size_t n, std::size_t connected, const ArcsBothWays& arcs, const Job& job)
      : n_(n), connected_(connected), sampler_(arcs, connected), stop_([&job] { return job.cancelled(); }) {}
  std::span<const std::uint32_t> draw(Random& random) override {
    const auto [s, t] = random_pair(n_, random);
    if (std::max(s, t) >= connected_) return {};
    const BatchOutcome outcome = sampler_.draw(s, t, random, stop_);
    if (outcome != BatchOutcome::done) outcome_ = outcome;
    return sampler_.inside();
  }
  BatchOutcome outcome() const override { return outcome_; }

 private:
  std::size_t n_, connected_;
  LengthPathSampler sampler_;
  std::function<bool()> stop_;
  BatchOutcome outcome_ = BatchOutcome::done;
};

/// Counts, for the number of each node, the samples that have it inside. Samples are drawn in blocks with random
/// numbers of their own, so it does not matter who draws them.
class PathCounter {
 public:
  PathCounter(std::size_t n, std::function<std::unique_ptr<PathDrawer>()> make, Seed seed, const Job& job)
      : count_(n), drawers_(std::move(make)), seed_(seed), job_(job) {}

  /// Adds the samples [from, to), whole blocks, of the stream that begins at block `first`.
  Result<void> add(std::uint64_t from, std::uint64_t to, std::uint64_t first) {
    for (std::uint64_t block = from / samples_in_block; block < to / samples_in_block;) {
      const std::uint64_t blocks = std::min(blocks_between_reports, to / samples_in_block - block);
      for_each_block(blocks, job_, [&](std::size_t b) { add_block(first + block + b); });
      if (job_.cancelled()) return interrupted();
      if (overflowed_) {
        return fail(ErrorCode::overflow,
                    "Two nodes are joined by more than 1e300 shortest paths, so none can be drawn with the right "
                    "chance; take a part of the network or give lengths.");
      }
      block += blocks;
      job_.report("sampled betweenness", block * samples_in_block, to);
    }
    return {};
  }

  const std::vector<std::uint64_t>& counts() const { return count_; }
  void clear() { std::ranges::fill(count_, 0); }

 private:
  void add_block(std::uint64_t block) {
    drawers_.with([&](PathDrawer& drawer) {
      Random random(seed_, block);
      for (std::uint64_t i = 0; i < samples_in_block && !job_.cancelled(); ++i) {
        for (const std::uint32_t v : drawer.draw(random)) {
          std::atomic_ref<std::uint64_t>(count_[v]).fetch_add(1, std::memory_order_relaxed);
        }
      }
      if (drawer.outcome() == BatchOutcome::too_many_paths) overflowed_ = true;
    });
  }

  std::vector<std::uint64_t> count_;
  WorkspacePool<PathDrawer> drawers_;
  Seed seed_;
  const Job& job_;
  std::atomic<bool> overflowed_ = false;
};

/// The members of the only piece, then the isolates.
std::vector<std::uint32_t> nodes_by_number(std::vector<std::uint32_t> members, std::size_t n) {
  std::vector<std::uint8_t> is_member(n, 0);
  for (const std::uint32_t v : members) is_member[v] = 1;
  for (std::uint32_t v = 0; v < n; ++v) {
    if (!is_member[v]) members.push_back(v);
  }
  return members;
}

Result<void> check_sampling_options(const SampledBetweennessOptions& options) {
  if (!(options.epsilon >= 1e-5 && options.epsilon <= 0.5)) {
    return fail(ErrorCode::bad_argument, "The largest error must be between 0.00001 and 0.5 of all pairs.",
                "option epsilon");
  }
  if (!(options.delta >= 1e-9 && options.delta <= 0.5)) {
    return fail(ErrorCode::bad_argument, "The chance of an error must be between 0.000000001 and 0.5.", "option delta");
  }
  return {};
}

/// `unit`: the pairs that a share of 1 stands for; `most`: the most pairs that can depend on a node.
Result<SampledBetweenness> sample_betweenness(const Graph& graph, bool either_way, const EdgeColumn<double>* length,
                                              const SampledBetweennessOptions& options, double unit, double most,
                                              const Job& job) {
  if (auto checked = check_sampling_options(options); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_lengths(graph.edge_count(), length); !checked) return tl::unexpected(checked.error());
  if (job.cancelled()) return interrupted();
  const std::size_t n = graph.node_count();
  SampledBetweenness answer{NodeColumn<double>(n), NodeColumn<double>(n), NodeColumn<double>(n)};
  if (n < 3) return answer;

  const HubFirst& hubs = graph.hub_first(job);
  hubs.in(job);
  ArcsBothWays arcs;
  std::size_t connected = 0;
  std::vector<std::uint32_t> node_at(hubs.node_at().begin(), hubs.node_at().end());
  if (length) {
    auto built = betweenness_pieces(graph, nullptr, true, job);
    if (!built) return tl::unexpected(built.error());
    connected = built->node.size();
    arcs = arcs_by_length(built->graph(0), lengths_of_arcs(graph, *built, *length), either_way);
    node_at = nodes_by_number(std::move(built->node), n);
  }
  PathCounter counter(n, [&]() -> std::unique_ptr<PathDrawer> {
    if (length) return std::make_unique<LengthDrawer>(n, connected, arcs, job);
    return std::make_unique<HopDrawer>(hubs);
  }, options.seed, job);

  const std::uint64_t first = whole_blocks(20 / options.epsilon);
  if (auto drawn = counter.add(0, first, first_block); !drawn) return tl::unexpected(drawn.error());
  const SamplingPlan plan(counter.counts(), first, options.epsilon, options.delta);
  counter.clear();
  std::size_t look = 0;
  for (std::uint64_t drawn = 0;; ++look) {
    const std::uint64_t to = plan.samples_at(look);
    if (auto done = counter.add(drawn, to, 0); !done) return tl::unexpected(done.error());
    drawn = to;
    if (plan.all_within(counter.counts(), look)) break;
  }

  const std::vector<SamplingPlan::Interval> interval = plan.intervals(counter.counts(), look);
  const double samples = static_cast<double>(plan.samples_at(look));
  for (std::size_t i = 0; i < n; ++i) {
    const NodeId v{node_at[i]};
    answer.betweenness_sampled[v] = std::min(most, static_cast<double>(counter.counts()[i]) / samples * unit);
    answer.lower[v] = std::min(most, interval[i].lower * unit);
    answer.upper[v] = std::min(most, interval[i].upper * unit);
  }
  answer.samples = static_cast<std::int64_t>(plan.samples_at(look));
  answer.first_samples = static_cast<std::int64_t>(first);
  return answer;
}

}  // namespace

Result<SampledBetweenness> sampled_betweenness(const Graph& graph, const EdgeColumn<double>* length,
                                               const SampledBetweennessOptions& options, const Job& job) {
  const double n = static_cast<double>(graph.node_count()), pairs = n * (n - 1), others = (n - 1) * (n - 2);
  const double scale = options.normalized ? 1 / others : 1;
  return sample_betweenness(graph, false, length, options, pairs * scale, others * scale, job);
}

Result<SampledBetweenness> sampled_betweenness(const Symmetric& graph, const EdgeColumn<double>* length,
                                               const SampledBetweennessOptions& options, const Job& job) {
  const double n = static_cast<double>(graph.node_count()), pairs = n * (n - 1), others = (n - 1) * (n - 2);
  const double scale = options.normalized ? 1 / others : 0.5;
  return sample_betweenness(graph.both_ways(), true, length, options, pairs * scale, others * scale, job);
}

Card sampled_betweenness_card() {
  return describe<SampledBetweennessOptions, SampledBetweenness>("betweenness_sampled", "centrality")
      .summary("Betweenness estimated from random shortest paths, with an interval for every node.")
      .cost("about max share * ln(1/delta) / epsilon^2 paths, of about sqrt(m) steps each")
      .convention(
          "With a chance of at least 1 - delta every true value is in its interval, and no interval reaches farther "
          "than epsilon, as a share of all n (n - 1) pairs, from its estimate; the same seed gives the same answer. "
          "Paths as in betweenness: directions and lengths (finite, above 0) are followed where given, parallel "
          "ties count as one, their shortest, self-loops change nothing, pairs without a path have nobody between. "
          "Isolates have 0.")
      .option("epsilon", &SampledBetweennessOptions::epsilon, {1e-5, 0.5}, "largest error, as a share of all pairs")
      .option("delta", &SampledBetweennessOptions::delta, {1e-9, 0.5}, "chance that any interval fails")
      .option("seed", &SampledBetweennessOptions::seed, {0, 0x1p53}, "of the random paths")
      .flag("normalized", &SampledBetweennessOptions::normalized, "divide by the number of pairs of other nodes")
      .per_node("betweenness_sampled", &SampledBetweenness::betweenness_sampled, "pairs", "the estimate")
      .per_node("lower", &SampledBetweenness::lower, "pairs", "least value of the interval")
      .per_node("upper", &SampledBetweenness::upper, "pairs", "largest value of the interval")
      .figure("samples", &SampledBetweenness::samples, "paths", "random shortest paths behind the estimates")
      .figure("first_samples", &SampledBetweenness::first_samples, "paths", "those that planned the bounds before")
      .source("borassi2016kadabra")
      .source("hoeffding1963probability")
      .runs([](const Problem& problem, const SampledBetweennessOptions& options,
               const Job& job) -> Result<SampledBetweenness> {
        if (problem.undirected && problem.symmetric) {
          return sampled_betweenness(*problem.symmetric, problem.length, options, job);
        }
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return sampled_betweenness(*graph, problem.length, options, job); });
      });
}

}  // namespace entente
