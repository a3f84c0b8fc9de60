#include "algorithms/centrality/betweenness_lengths.hpp"

#include <bit>
#include <cstddef>
#include <limits>
#include <ranges>

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

void BrandesSearch::push(double distance, std::uint32_t node) {
  const auto key = std::bit_cast<std::uint64_t>(distance);
  const auto i = static_cast<std::size_t>(std::bit_width(key ^ last_));
  bucket_[i].emplace_back(key, node);
  if (i > 0) filled_ |= std::uint64_t{1} << (i - 1);
}

bool BrandesSearch::pop(double& distance, std::uint32_t& node) {
  if (bucket_[0].empty()) {
    if (filled_ == 0) return false;
    const auto lowest = static_cast<std::size_t>(std::countr_zero(filled_));
    filled_ &= filled_ - 1;
    auto& spread = bucket_[lowest + 1];
    last_ = std::ranges::min(spread | std::views::keys);
    for (const auto& [key, v] : spread) {
      const auto i = static_cast<std::size_t>(std::bit_width(key ^ last_));
      bucket_[i].emplace_back(key, v);
      if (i > 0) filled_ |= std::uint64_t{1} << (i - 1);
    }
    spread.clear();
  }
  distance = std::bit_cast<double>(bucket_[0].back().first);
  node = bucket_[0].back().second;
  bucket_[0].pop_back();
  return true;
}

/// Empties the heap of a search that ends early.
void BrandesSearch::forget_waiting() {
  for (auto& bucket : bucket_) {
    for (const auto& [key, v] : bucket) {  // an outdated entry may be of a node that was reached
      if (key == std::bit_cast<std::uint64_t>(state_[v].distance)) state_[v] = {no_distance, 0, 0};
    }
    bucket.clear();
  }
}

bool BrandesSearch::search_from(const BatchGraph& graph, const double* length, std::uint32_t source,
                               std::uint32_t target, const std::function<bool()>& stop) {
  for (const std::uint32_t v : order_) state_[v] = {no_distance, 0, 0};
  order_.clear();
  forget_waiting();
  last_ = filled_ = 0;
  state_[source].distance = 0;
  push(0, source);
  const std::uint64_t first_arc = graph.out_begin[0];
  double distance = 0, farthest = no_distance;
  for (std::uint32_t u = 0; pop(distance, u);) {
    if (distance > state_[u].distance) continue;  // a better entry of u came earlier
    if (distance > farthest) {
      state_[u] = {no_distance, 0, 0};
      forget_waiting();
      break;
    }
    if (u == target) farthest = distance * (1 + equal_lengths);
    state_[u].place = static_cast<std::uint32_t>(order_.size());
    order_.push_back(u);
    if (order_.size() % settled_between_looks == 0 && stop()) return false;
    for (std::uint64_t a = graph.out_begin[u]; a < graph.out_begin[u + 1]; ++a) {
      const double there = distance + length[a - first_arc];
      double& known = state_[graph.out[a]].distance;
      if (there >= known) continue;
      known = there;
      push(there, graph.out[a]);
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
  if (!search_from(graph, length, source, no_target, stop)) return BatchOutcome::stopped;
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

BatchOutcome BrandesSearch::draw_path(const BatchGraph& graph, const double* length, std::uint32_t s, std::uint32_t t,
                                     Random& random, std::vector<std::uint32_t>& inside,
                                     const std::function<bool()>& stop) {
  inside.clear();
  if (!search_from(graph, length, s, t, stop)) return BatchOutcome::stopped;
  if (state_[t].place == 0) return BatchOutcome::done;
  if (!count_paths(graph, length, s)) return BatchOutcome::too_many_paths;
  for (std::size_t i = order_.size(); i-- > 0;) {  // share_[v]: shortest paths from v on to t
    const std::uint32_t v = order_[i];
    share_[v] = v == t ? 1 : 0;
    for (std::size_t a = begin_of_after(i); v != t && a < state_[v].end; ++a) share_[v] += share_[after_[a].node];
  }
  for (std::uint32_t v = s; v != t;) {
    double left = random.unit() * share_[v];
    std::uint32_t chosen = t;
    for (std::size_t a = begin_of_after(state_[v].place); a < state_[v].end; ++a) {
      if (share_[after_[a].node] == 0) continue;
      chosen = after_[a].node;
      left -= share_[chosen];
      if (left < 0) break;
    }
    v = chosen;
    if (v != t) inside.push_back(v);
  }
  return BatchOutcome::done;
}

}  // namespace entente
