#include "algorithms/flow/step_network.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "algorithms/flow/capacity.hpp"

namespace entente {

std::span<const StepNetwork::Step> StepNetwork::row(std::uint32_t u, std::uint32_t first) const {
  const auto all = row(u);
  const auto from = std::ranges::lower_bound(all, first, {}, &Step::head);
  return all.subspan(static_cast<std::size_t>(from - all.begin()));
}

std::span<const std::uint32_t> StepNetwork::ways_back(std::uint32_t v, std::uint32_t first) const {
  const auto all = ways_back(v);
  const auto from = std::ranges::lower_bound(all, first);
  return all.subspan(static_cast<std::size_t>(from - all.begin()));
}

Result<WideSteps> WideSteps::of(const Graph& graph, const EdgeColumn<std::int64_t>& amount,
                                const NodeColumn<std::uint8_t>& starts) {
  const EdgeColumn<std::uint8_t> mutual = mutual_edges(graph);
  WideSteps wide;
  std::vector<std::size_t> degree(graph.node_count(), 0);
  for (const NodeId u : graph.nodes()) {
    const std::size_t row_begin = wide.steps_.size();
    for (const auto [v, edge] : graph.out(u)) {  // parallel ties stand together
      if (u == v || amount[edge] <= 0) continue;
      if (wide.steps_.size() == row_begin || wide.steps_.back().head != v.index) {
        wide.steps_.push_back({u.index, v.index, true, 0});
        ++degree[u.index];
        ++degree[v.index];
      }
      WideStep& step = wide.steps_.back();
      step.mutual_alone &= mutual[edge] != 0;
      if (__builtin_add_overflow(step.amount, amount[edge], &step.amount)) {
        return fail(ErrorCode::overflow, "The ties from node " + std::to_string(u.index) + " to node " +
                                             std::to_string(v.index) +
                                             " add up to more than 64 bits hold. Use fewer decimals.");
      }
    }
  }
  for (const NodeId v : graph.nodes()) wide.node_.push_back(v);
  const auto is_start = [&](NodeId v) { return starts.empty() || starts[v] != 0; };
  std::ranges::sort(wide.node_, {}, [&](NodeId v) {
    return std::tuple(!is_start(v), std::numeric_limits<std::size_t>::max() - degree[v.index], v);
  });
  std::vector<std::uint32_t> number(graph.node_count());
  for (std::uint32_t i = 0; i < wide.node_.size(); ++i) {
    number[wide.node_[i].index] = i;
    wide.start_count_ += is_start(wide.node_[i]);
  }
  for (WideStep& step : wide.steps_) step.tail = number[step.tail], step.head = number[step.head];
  std::ranges::sort(wide.steps_, [](const WideStep& a, const WideStep& b) {
    return a.amount != b.amount ? a.amount > b.amount : std::pair(a.tail, a.head) < std::pair(b.tail, b.head);
  });
  return wide;
}

StepNetwork WideSteps::widest(std::size_t wanted) const {
  StepNetwork network;
  std::size_t size = std::min(wanted, steps_.size());
  while (size > 0 && size < steps_.size() && steps_[size].amount == steps_[size - 1].amount) ++size;
  network.is_whole_ = size == steps_.size();
  network.narrowest_ = size == 0 ? 0 : steps_[size - 1].amount;
  network.node_ = node_;
  network.begin_.assign(node_.size() + 1, 0);
  network.tails_begin_.assign(node_.size() + 1, 0);
  const std::span<const WideStep> taken(steps_.data(), size);
  for (const WideStep& step : taken) ++network.begin_[step.tail + 1], ++network.tails_begin_[step.head + 1];
  for (std::size_t v = 0; v < node_.size(); ++v) {
    network.begin_[v + 1] += network.begin_[v];
    network.tails_begin_[v + 1] += network.tails_begin_[v];
  }
  network.steps_.resize(size);
  network.tails_.resize(size);
  std::vector<std::size_t> fill(network.begin_), tails_fill(network.tails_begin_);
  for (const WideStep& step : taken) {
    network.steps_[fill[step.tail]++] = {step.head, step.mutual_alone, step.amount};
    network.tails_[tails_fill[step.head]++] = step.tail;
  }
  for (std::size_t v = 0; v < node_.size(); ++v) {
    std::ranges::sort(network.steps_.data() + network.begin_[v], network.steps_.data() + network.begin_[v + 1], {},
                      &StepNetwork::Step::head);
    std::ranges::sort(network.tails_.data() + network.tails_begin_[v],
                      network.tails_.data() + network.tails_begin_[v + 1]);
  }
  return network;
}

}  // namespace entente
