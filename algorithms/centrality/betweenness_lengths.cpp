#include "algorithms/centrality/betweenness_lengths.hpp"

#include <cstddef>
#include <limits>

namespace entente {

namespace {

constexpr double no_distance = std::numeric_limits<double>::infinity();
constexpr double equal_lengths = 1e-12;           // relative
constexpr std::size_t settled_between_looks = 4096;  // nodes settled before the job is asked whether it goes on

}  // namespace

BrandesSearch::BrandesSearch(std::size_t node_count)
    : state_(node_count, {no_distance, 0, 0}), sigma_(node_count), share_(node_count) {
  order_.reserve(node_count);
}

bool BrandesSearch::search_from(const BatchGraph& graph, const double* length, std::uint32_t source,
                                const std::function<bool()>& stop) {
  for (const std::uint32_t v : order_) state_[v] = {no_distance, 0, 0};
  order_.clear();
  waiting_.clear();
  waiting_.push(0, source);
  state_[source].distance = 0;
  const std::uint64_t first_arc = graph.out_begin[0];
  const auto current = [&](const RadixHeap<double>::Entry& entry) { return state_[entry.node].distance == entry.key; };
  const auto fetch = [&](std::uint32_t node, bool few) {
    if (few) __builtin_prefetch(&graph.out_begin[node]);
  };
  while (waiting_.refill(current, fetch)) {
    const auto [distance, u] = waiting_.nearest().back();
    waiting_.nearest().pop_back();
    if (distance > state_[u].distance) continue;  // a better entry of u came earlier
    state_[u].place = static_cast<std::uint32_t>(order_.size());
    order_.push_back(u);
    if (order_.size() % settled_between_looks == 0 && stop()) return false;
    for (std::uint64_t a = graph.out_begin[u]; a < graph.out_begin[u + 1]; ++a) {
      const double there = distance + length[a - first_arc];
      double& known = state_[graph.out[a]].distance;
      if (there >= known) continue;
      known = there;
      waiting_.push(there, graph.out[a]);
    }
  }
  return true;
}

bool BrandesSearch::count_paths(const BatchGraph& graph, const double* length, std::uint32_t source) {
  for (const std::uint32_t v : order_) sigma_[v] = 0;
  sigma_[source] = 1;
  after_.clear();
  const std::uint64_t first_arc = graph.out_begin[0];
  for (const std::uint32_t v : order_) {
    const auto [distance, place, end] = state_[v];
    if (!(sigma_[v] <= most_paths)) return false;
    for (std::uint64_t a = graph.out_begin[v]; a < graph.out_begin[v + 1]; ++a) {
      const std::uint32_t w = graph.out[a];
      // Rounding may place w a hair before the end of v -> w; the order keeps such an arc from closing a ring.
      if (distance + length[a - first_arc] > state_[w].distance * (1 + equal_lengths) || place >= state_[w].place) {
        continue;
      }
      sigma_[w] += sigma_[v];
      after_.push_back({w, static_cast<std::uint32_t>(a - graph.out_begin[v])});
    }
    state_[v].end = static_cast<std::uint32_t>(after_.size());
  }
  return true;
}

BatchOutcome BrandesSearch::add_source(const BatchGraph& graph, const double* length, std::uint32_t source,
                                      double source_weight, double* node_sum, double* arc_sum,
                                      const std::function<bool()>& stop) {
  if (!search_from(graph, length, source, stop)) return BatchOutcome::stopped;
  if (!count_paths(graph, length, source)) return BatchOutcome::too_many_paths;
  const std::uint64_t first_arc = graph.out_begin[0];
  for (std::size_t i = order_.size(); i-- > 0;) {
    const std::uint32_t v = order_[i];
    const std::size_t begin = begin_of_after(i);
    const double pairs = sigma_[v] * source_weight;
    double shares = 0;
    for (std::size_t a = begin; a < state_[v].end; ++a) {
      const double over = share_[after_[a].node];
      shares += over;
      if (arc_sum) arc_sum[graph.out_begin[v] - first_arc + after_[a].arc] += pairs * over;
    }
    share_[v] = graph.weight[v] / sigma_[v] + shares;
    if (i > 0) node_sum[v] += pairs * shares;
  }
  return BatchOutcome::done;
}

}  // namespace entente
