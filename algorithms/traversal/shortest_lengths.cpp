#include "algorithms/traversal/shortest_lengths.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <optional>
#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/traversal/certificate.hpp"
#include "algorithms/traversal/ends.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

/// The largest power of two, at most 1, of which every length is a whole multiple, if no path leaves 32 bits
/// when counted in it.
std::optional<double> whole_unit(std::size_t node_count, const EdgeColumn<double>& length) {
  int exponent = 0;
  double longest = 0, total = 0;
  for (const double value : length.values()) {
    if (value >= 0x1p32) return {};
    longest = std::max(longest, value);
    total += value;
    if (value == static_cast<double>(static_cast<std::uint32_t>(value))) continue;
    int place = 0;
    const auto digits = static_cast<std::uint64_t>(std::ldexp(std::frexp(value, &place), 53));
    exponent = std::min(exponent, place - 53 + std::countr_zero(digits));
    if (exponent < -32) return {};
  }
  const double unit = std::ldexp(1.0, exponent);
  const double longest_path = std::min(longest * static_cast<double>(node_count), total + longest);
  if (longest_path / unit < 0xFFFFFFFFp0 * 0.999) return unit;
  return {};
}

/// Always inlined, as are its callers: GCC 12 takes a function that only fetches ahead for one without effect, and
/// drops the call.
[[gnu::always_inline]] inline void fetch_ahead(const void* from, const void* end) {
  const auto* byte = static_cast<const char*>(from);
  const auto bytes = std::min<std::ptrdiff_t>(static_cast<const char*>(end) - byte, 512);
  for (std::ptrdiff_t i = 0; i < bytes; i += 64) __builtin_prefetch(byte + i);
}

}  // namespace

LengthArcs::LengthArcs(const Graph& graph, const EdgeColumn<double>& length, const Job& job)
    : ranks_(&graph.hub_first(job)) {
  const Rows& rows = ranks_->out();
  const Buffer<std::uint32_t>& edge = ranks_->out_edge(job);
  const auto pack = [&](auto& arcs, auto&& arc_of) {
    arcs = std::remove_reference_t<decltype(arcs)>(rows.arc_count());
    for_each_index(
        rows.arc_count(), job, [&](std::size_t i) { arcs[i] = arc_of(rows.node[i], length[EdgeId{edge[i]}]); },
        std::size_t{1} << 16);
  };
  if (const auto unit = whole_unit(graph.node_count(), length)) {
    unit_ = *unit;
    const double units = 1 / unit_;
    pack(whole_, [&](std::uint32_t v, double l) { return Whole{v, static_cast<std::uint32_t>(l * units)}; });
  } else {
    are_whole_ = false;
    pack(real_, [](std::uint32_t v, double l) { return Real{v, l}; });
  }
}

LengthSearch::LengthSearch(const LengthArcs& arcs) : arcs_(&arcs) {
  const std::size_t n = arcs.rows().node_count();
  settled_ = Buffer<std::uint32_t>(n);
  if (arcs.are_whole()) whole_ = Buffer<std::uint32_t>(n, out_of_reach<std::uint32_t>);
  else real_ = Buffer<double>(n, out_of_reach<double>);
}

Result<void> LengthSearch::from(std::span<const std::uint32_t> sources, const Job& job) {
  if (arcs_->are_whole()) return search(arcs_->whole(), whole_, waiting_whole_, sources, job);
  return search(arcs_->real(), real_, waiting_real_, sources, job);
}

template <class Distance>
Result<void> LengthSearch::search(std::span<const LengthArcs::Arc<Distance>> arcs, Buffer<Distance>& distance,
                                  RadixHeap<Distance>& waiting, std::span<const std::uint32_t> sources,
                                  const Job& job) {
  const std::uint64_t* const begin = arcs_->rows().begin.data();
  const auto fetch_row = [&](std::uint32_t v) __attribute__((always_inline)) {
    fetch_ahead(arcs.data() + begin[v], arcs.data() + begin[v + 1]);
  };
  const auto current = [&](const auto& entry) { return entry.key == distance[entry.node]; };
  const auto soon = [&](std::uint32_t v, bool few) __attribute__((always_inline)) {
    if (few) fetch_row(v);
    else __builtin_prefetch(begin + v);
  };

  for (const std::uint32_t v : settled()) distance[v] = out_of_reach<Distance>;
  settled_count_ = 0;
  waiting.clear();
  for (const std::uint32_t s : sources) {
    if (distance[s] == 0) continue;
    distance[s] = 0;
    waiting.push(0, s);
  }
  while (waiting.refill(current, soon)) {
    constexpr std::size_t ahead = 8;  // entries between asking for a row and walking it
    auto& nearest = waiting.nearest();
    for (std::size_t i = 0; i < nearest.size(); ++i) {  // grows where an arc has the length 0
      if (i + 2 * ahead < nearest.size()) __builtin_prefetch(begin + nearest[i + 2 * ahead].node);
      if (i + ahead < nearest.size()) fetch_row(nearest[i + ahead].node);
      const auto [from_source, u] = nearest[i];
      if (from_source != distance[u]) continue;
      settled_[settled_count_++] = u;
      if (settled_count_ % 4096 == 0 && job.cancelled()) {
        distance.fill(out_of_reach<Distance>);
        settled_count_ = 0;
        return interrupted();
      }
      for (const auto& [v, length] : arcs.subspan(begin[u], begin[u + 1] - begin[u])) {
        const Distance there = from_source + length;
        if (there >= distance[v]) continue;
        distance[v] = there;
        waiting.push(there, v);
      }
    }
    nearest.clear();
  }
  return {};
}

Result<ShortestLengths> shortest_lengths(const Graph& graph, std::span<const NodeId> sources,
                                         const EdgeColumn<double>& length, const Job& job) {
  if (auto checked = check_sources(graph, sources); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_arc_lengths(graph, &length); !checked) return tl::unexpected(checked.error());
  if (job.cancelled()) return interrupted();
  const LengthArcs arcs(graph, length, job);
  LengthSearch search(arcs);
  std::vector<std::uint32_t> ranks;
  for (const NodeId source : sources) ranks.push_back(arcs.ranks().rank_of(source));
  if (auto done = search.from(ranks, job); !done) return tl::unexpected(done.error());
  ShortestLengths answer{NodeColumn<double>(graph.node_count()), search.settled().size(), 0};
  for (const NodeId v : graph.nodes()) answer.length[v] = search.length_to(arcs.ranks().rank_of(v));
  answer.longest = search.length_to(search.settled().back());
  return answer;
}

Result<NodeColumn<double>> measure_from_each_node(const Graph& graph, const EdgeColumn<double>& length,
                                                  std::string_view what, const Job& job,
                                                  const std::function<double(const LengthSearch&)>& measure) {
  constexpr std::size_t block = 16;  // sources taken at a time
  const std::size_t n = graph.node_count();
  const LengthArcs arcs(graph, length, job);
  NodeColumn<double> result(n);
  std::atomic<std::size_t> next{0};
  std::mutex door;
  std::size_t done = 0;
  const std::size_t work = n * (n + arcs.rows().arc_count());
  const int workers = work < 100000 ? 1 : thread_count(job, (n + block - 1) / block);
  for_each_long_block(static_cast<std::size_t>(workers), job, [&](std::size_t) {
    LengthSearch search(arcs);
    for (std::size_t first = next.fetch_add(block); first < n; first = next.fetch_add(block)) {
      const std::size_t last = std::min(n, first + block);
      for (std::size_t v = first; v < last; ++v) {
        const auto source = static_cast<std::uint32_t>(v);
        if (!search.from({&source, 1}, job) || job.cancelled()) return;
        result[arcs.ranks().node_at(source)] = measure(search);
      }
      const std::lock_guard lock(door);
      done += last - first;
      job.report(what, done, n);
    }
  });
  if (job.cancelled()) return interrupted();
  return result;
}

namespace {

struct LengthsNoOptions {};

struct LengthsFindings {
  NodeColumn<double> length;
  std::int64_t reached = 0;
  double longest = 0;
};

}  // namespace

Card shortest_lengths_card() {
  return describe<LengthsNoOptions, LengthsFindings>("shortest_lengths", "traversal")
      .summary("How far each node is from the nearest of some nodes.")
      .takes_ends()
      .cost("O(n + m log n), nearly O(n + m) in practice")
      .convention("Along directions; lengths are finite and at least 0, and hops where none are given. The shortest of "
                  "parallel ties counts, self-loops change nothing. Lengths that are negative, not a number or "
                  "infinite, or whose sum is beyond the doubles, are refused. A node out of reach has no value. At "
                  "least one node to start from, so none in a graph without nodes.")
      .per_node("length", &LengthsFindings::length, "length",
                "from the nearest node to start from; absent out of reach")
      .figure("reached", &LengthsFindings::reached, "nodes", "those to start from among them")
      .figure("longest", &LengthsFindings::longest, "length", "to the furthest node reached")
      .source("dijkstra1959note")
      .source("ahuja1990faster")
      .verified_by([](const Problem& problem, const LengthsNoOptions&,
                      const Findings& findings) -> Result<std::string> {
        const auto graph = graph_to_search(problem);
        if (!graph) return tl::unexpected(graph.error());
        if (auto holds = check_found_distances(**graph, problem.from, problem.length, findings); !holds) {
          return tl::unexpected(holds.error());
        }
        return "No tie leads to a node over a shorter way, and a way as long as stated leads to each node reached.";
      })
      .runs([](const Problem& problem, const LengthsNoOptions&, const Job& job) -> Result<LengthsFindings> {
        const auto graph = graph_to_search(problem);
        if (!graph) return tl::unexpected(graph.error());
        const EdgeColumn<double> hops(problem.length ? 0 : (*graph)->edge_count(), 1.0);
        auto found = shortest_lengths(**graph, problem.from, problem.length ? *problem.length : hops, job);
        if (!found) return tl::unexpected(found.error());
        return LengthsFindings{std::move(found->length), static_cast<std::int64_t>(found->reached), found->longest};
      });
}

}  // namespace entente
