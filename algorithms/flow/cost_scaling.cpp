#include "algorithms/flow/cost_scaling.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "algorithms/flow/cost_core.hpp"
#include "algorithms/traversal/radix_heap.hpp"

// Scaling: costs are multiplied by n + 1, and a flow is found whose reduced costs on residual arcs are at least
// -epsilon, for an epsilon that falls to 1. Then no circle of residual arcs costs less than -n < n + 1, so none is
// negative and the flow is the cheapest.
//
// Whole potentials come without another search. Divide the prices p by n + 1 and round down: an arc's reduced cost
// can then only be spoilt if the remainder of p is n at its tail and 0 at its head. There are n nodes and n + 1
// remainders, so one of them does not occur; shift the prices until it is 0.
//
// Numbers: while epsilon falls, the price of a node falls by less than 16 n C (n + 1) in all, and no node holds more
// than its arcs can bring. Where that fits 62 bits everything is 64-bit arithmetic, else 128-bit.

namespace entente {

namespace {

__extension__ using Int128 = __int128;

constexpr std::int64_t scaling_factor = 12;     // of epsilon from phase to phase
constexpr std::uint8_t most_corrections = 8;    // of a price before a phase, see straighten_prices()
constexpr std::uint64_t sweeps_per_update = 8;  // of all arcs, between updates of all prices
constexpr std::size_t longest_partial_way = 4;  // arcs of one augmentation [goldberg2008partial]

template <class Wide>
class CostScaling {
 public:
  CostScaling(const CostCore& core, const Job& job)
      : job_(job),
        n_(static_cast<std::uint32_t>(core.node.size())),
        price_(n_, 0),
        excess_(n_),
        begin_(n_ + 1, 0),
        current_(n_) {
    const Wide factor = static_cast<Wide>(n_) + 1;
    for (std::uint32_t v = 0; v < n_; ++v) excess_[v] = core.supply[v];
    std::vector<std::uint32_t> fill(n_, 0);
    for (const CostArc& arc : core.arcs) ++begin_[arc.tail + 1], ++begin_[arc.head + 1], ++fill[arc.tail];
    for (std::uint32_t v = 0; v < n_; ++v) begin_[v + 1] += begin_[v], fill[v] += begin_[v];
    back_begin_ = open_end_ = fill;
    std::vector<std::uint32_t> fill_there(begin_.begin(), begin_.end() - 1);
    arcs_.resize(2 * core.arcs.size());
    place_.reserve(core.arcs.size());
    for (const CostArc& arc : core.arcs) {
      const std::uint32_t there = fill_there[arc.tail]++, back = fill[arc.head]++;
      arcs_[there] = {arc.head, back, arc.capacity, factor * arc.cost};
      arcs_[back] = {arc.tail, there, 0, -factor * arc.cost};
      place_.push_back(there);
    }
    epsilon_ = factor * core.greatest_cost;
    for (Wide left = epsilon_ / scaling_factor; left > 1; left /= scaling_factor) ++phases_in_all_;
  }

  /// False once cancelled.
  bool run() {
    do {
      epsilon_ = std::max<Wide>(1, epsilon_ / scaling_factor);
      ++phases_;
      if (!refine()) return false;
    } while (epsilon_ > 1);
    return true;
  }

  std::int64_t flow(std::size_t arc) const { return arcs_[arcs_[place_[arc]].mate].left; }
  int phases() const { return phases_; }

  std::vector<std::int64_t> whole_potentials() const {
    const Wide factor = static_cast<Wide>(n_) + 1;
    const auto remainder = [&](Wide price) { return (price % factor + factor) % factor; };
    std::vector<std::uint8_t> occurs(n_ + 1, 0);
    for (const Wide price : price_) occurs[static_cast<std::size_t>(remainder(price))] = 1;
    const Wide absent = std::ranges::find(occurs, 0) - occurs.begin();
    std::vector<std::int64_t> potential(n_);
    for (std::uint32_t v = 0; v < n_; ++v) {
      const Wide shifted = price_[v] - absent;
      potential[v] = static_cast<std::int64_t>((shifted - remainder(shifted)) / factor);
    }
    return potential;
  }

 private:
  struct ResidualArc {
    std::uint32_t head, mate;
    std::int64_t left;  // what it could carry more
    Wide cost;          // times n + 1
  };
  struct Step {
    std::uint32_t tail, arc;
  };

  Wide reduced_cost(std::uint32_t tail, const ResidualArc& arc) const {
    return arc.cost + price_[tail] - price_[arc.head];
  }

  void push(std::uint32_t tail, std::uint32_t i, std::int64_t amount) {
    ResidualArc& arc = arcs_[i];
    const std::uint32_t head = arc.head;
    excess_[tail] -= amount;
    excess_[head] += amount;
    arc.left -= amount;
    ResidualArc& mate = arcs_[arc.mate];
    mate.left += amount;
    if (i < back_begin_[tail]) {  // along an arc: the way back stands in the head's row
      if (mate.left == amount) exchange(arc.mate, open_end_[head]++);
    } else if (arc.left == 0) {
      exchange(i, --open_end_[tail]);
      current_[tail] = std::min(current_[tail], i);
    }
  }

  /// Two ways back in the same row.
  void exchange(std::uint32_t i, std::uint32_t j) {
    std::swap(arcs_[i], arcs_[j]);
    arcs_[arcs_[i].mate].mate = i;
    arcs_[arcs_[j].mate].mate = j;
  }

  /// From a flow that is optimal up to the last epsilon to one up to this: arcs of negative reduced cost
  /// are filled, and what is then too much somewhere moves to where it is missing.
  bool refine() {
    if (phases_ > 1) straighten_prices();
    if (job_.cancelled()) return false;
    for (std::uint32_t u = 0; u < n_; ++u) {
      for (std::uint32_t i = begin_[u]; i < back_begin_[u]; ++i) {
        if (arcs_[i].left > 0 && reduced_cost(u, arcs_[i]) < 0) push(u, i, arcs_[i].left);
      }
      for (std::uint32_t i = open_end_[u]; i-- > back_begin_[u];) {  // from the last: a full one gives its place to it
        if (reduced_cost(u, arcs_[i]) < 0) push(u, i, arcs_[i].left);
      }
      current_[u] = begin_[u];
    }
    active_.clear();
    for (std::uint32_t u = 0; u < n_; ++u) {
      if (excess_[u] > 0) active_.push_back(u);
    }
    if (!active_.empty()) update_prices();
    for (; !active_.empty(); active_.swap(next_active_), next_active_.clear()) {  // first come, first served
      for (const std::uint32_t u : active_) {
        while (excess_[u] > 0) {
          augment_from(u);
          if (work_ - updated_at_ > sweeps_per_update * arcs_.size() + n_) update_prices();
          if (work_ < next_look_) continue;
          next_look_ = work_ + 0x10000;
          job_.report("phases of scaling", static_cast<std::size_t>(phases_ - 1), phases_in_all_);
          if (job_.cancelled()) return false;
        }
      }
    }
    return !job_.cancelled();
  }

  /// Lowers prices until no residual arc has a negative reduced cost, each a few times at most: what is negative
  /// then is as a rule on a circle that is, and these are few, so that a phase begins with little to put right.
  void straighten_prices() {
    corrections_.assign(n_, 0);
    settled_.assign(n_, 0);  // 1: already among the next
    active_.resize(n_);
    std::iota(active_.begin(), active_.end(), 0u);
    for (; !active_.empty(); active_.swap(next_active_), next_active_.clear()) {
      if (job_.cancelled()) return;
      for (const std::uint32_t u : active_) {
        settled_[u] = 0;
        work_ += open_end_[u] - begin_[u];
        for (std::uint32_t i = begin_[u]; i < open_end_[u]; ++i) {
          const ResidualArc& arc = arcs_[i];
          const Wide price = price_[u] + arc.cost;
          if (arc.left == 0 || price >= price_[arc.head] || corrections_[arc.head] == most_corrections) continue;
          price_[arc.head] = price;
          if (settled_[arc.head]) continue;
          settled_[arc.head] = 1;
          ++corrections_[arc.head];
          next_active_.push_back(arc.head);
        }
      }
    }
  }

  /// Along a few admissible arcs, or as far as a node where something is missing.
  void augment_from(std::uint32_t start) {
    way_.clear();
    std::uint32_t tip = start;
    while (way_.size() < longest_partial_way && (way_.empty() || excess_[tip] >= 0)) {
      std::uint32_t& i = current_[tip];
      const std::uint32_t from = i;
      while (i < open_end_[tip] && !(arcs_[i].left > 0 && reduced_cost(tip, arcs_[i]) < 0)) ++i;
      work_ += i - from + 1;
      if (i < open_end_[tip]) {
        way_.push_back({tip, i});
        tip = arcs_[i].head;
        continue;
      }
      relabel(tip);
      if (way_.empty()) continue;
      tip = way_.back().tail;
      way_.pop_back();
    }
    for (const auto [tail, i] : way_) {
      const std::uint32_t head = arcs_[i].head;
      const std::int64_t left = arcs_[i].left;
      const Wide before = excess_[head];
      push(tail, i, excess_[tail] < left ? static_cast<std::int64_t>(excess_[tail]) : left);
      if (before <= 0 && excess_[head] > 0 && head != start) next_active_.push_back(head);
    }
  }

  /// As low as makes an arc admissible. A node that nothing can leave goes just below what leads to it.
  void relabel(std::uint32_t u) {
    Wide best = 0;
    bool any = false;
    for (std::uint32_t i = begin_[u]; i < open_end_[u]; ++i) {
      if (arcs_[i].left == 0) continue;
      const Wide price = price_[arcs_[i].head] - arcs_[i].cost;
      if (!any || price > best) best = price;
      any = true;
    }
    work_ += open_end_[u] - begin_[u];
    price_[u] = any ? best - epsilon_ : price_[way_.back().tail] + arcs_[way_.back().arc].cost;
    current_[u] = begin_[u];
  }

  /// Lowers every price by the distance to the nearest node where something is missing, in steps of epsilon
  /// along residual arcs: then some way from each active node is admissible all along.
  void update_prices() {
    constexpr std::uint64_t unreached = std::numeric_limits<std::uint64_t>::max();
    constexpr std::uint64_t too_far = std::uint64_t{1} << 40;  // no active node is 2^5 n steps away, or more
    distance_.assign(n_, unreached);
    settled_.assign(n_, 0);
    waiting_.clear();
    std::size_t active_left = 0;
    for (std::uint32_t v = 0; v < n_; ++v) {
      active_left += excess_[v] > 0;
      if (excess_[v] < 0) waiting_.push(distance_[v] = 0, v);
    }
    std::uint64_t farthest = 0;
    const auto waits = [&](const auto& entry) { return !settled_[entry.node] && distance_[entry.node] == entry.key; };
    while (active_left > 0 && waiting_.refill(waits, [](auto&&...) {})) {
      const auto entry = waiting_.nearest().back();
      waiting_.nearest().pop_back();
      if (!waits(entry)) continue;
      const std::uint32_t v = entry.node;
      settled_[v] = 1;
      farthest = entry.key;
      active_left -= excess_[v] > 0;
      work_ += begin_[v + 1] - begin_[v];
      for (std::uint32_t i = begin_[v]; i < begin_[v + 1]; ++i) {
        const std::uint32_t u = arcs_[i].head;
        if (settled_[u]) continue;
        const ResidualArc& arc = arcs_[arcs_[i].mate];
        if (arc.left == 0) continue;
        const Wide reduced = reduced_cost(u, arc);
        const Wide whole_steps = reduced < 0 ? -1 : reduced / epsilon_;
        if (whole_steps >= static_cast<Wide>(too_far)) continue;
        const auto steps = static_cast<std::uint64_t>(whole_steps + 1);
        if (entry.key + steps < distance_[u]) waiting_.push(distance_[u] = entry.key + steps, u);
      }
    }
    for (std::uint32_t v = 0; v < n_; ++v) {
      price_[v] -= epsilon_ * static_cast<Wide>(std::min(distance_[v], farthest));
      current_[v] = begin_[v];
    }
    updated_at_ = work_;
  }

  const Job& job_;
  std::uint32_t n_;
  Wide epsilon_ = 1;
  std::vector<Wide> price_, excess_;
  // Per node its arcs, then the ways back along arcs that carry something, then those along arcs that do not.
  std::vector<std::uint32_t> begin_, back_begin_, open_end_;
  std::vector<std::uint32_t> current_;
  std::vector<ResidualArc> arcs_;
  std::vector<std::uint32_t> place_;  // of the caller's arcs
  std::vector<Step> way_;
  std::vector<std::uint32_t> active_, next_active_;
  std::vector<std::uint64_t> distance_;
  std::vector<std::uint8_t> settled_, corrections_;
  RadixHeap<std::uint64_t> waiting_;
  std::uint64_t work_ = 0, updated_at_ = 0, next_look_ = 0;
  int phases_ = 0;
  std::size_t phases_in_all_ = 1;
};

template <class Wide>
Result<CheapestFlow> solved(const CostCore& core, std::size_t arc_count, const std::vector<std::uint8_t>& place,
                            const Job& job) {
  CostScaling<Wide> scaling(core, job);
  if (!scaling.run()) return interrupted();
  const std::vector<std::int64_t> inside = scaling.whole_potentials();
  const auto [low, high] = inside.empty() ? std::pair<std::int64_t, std::int64_t>{0, 0} : [&] {
    const auto range = std::ranges::minmax(inside);
    return std::pair(range.min, range.max);
  }();
  CheapestFlow answer;
  answer.phases = scaling.phases();
  answer.flow.assign(arc_count, 0);
  for (std::size_t i = 0; i < core.arc.size(); ++i) answer.flow[core.arc[i]] = scaling.flow(i);
  // No arc leads from a fed node out of the core to one that is not fed, nor into the core from it.
  answer.potential.resize(place.size());
  for (std::size_t v = 0; v < place.size(); ++v) {
    answer.potential[v] = (place[v] & static_cast<std::uint8_t>(CostPlace::fed)) != 0 ? low : high;
  }
  for (std::size_t i = 0; i < core.node.size(); ++i) answer.potential[core.node[i]] = inside[i];
  return answer;
}

}  // namespace

Result<CheapestFlow> cheapest_flow(std::size_t node_count, std::span<const CostArc> arcs,
                                   std::span<const std::int64_t> supply, const Job& job) {
  if (arcs.size() >= 0x7FFFFFFF) return fail(ErrorCode::resource, "31 bits do not number the arcs of this network.");
  std::int64_t all = 0;
  for (const std::int64_t units : supply) {
    if (units > 0 && __builtin_add_overflow(all, units, &all)) {
      return fail(ErrorCode::overflow, "What the nodes supply adds up to more than 64 bits hold. Use fewer decimals.");
    }
  }
  const std::vector<std::uint8_t> place = places_of_nodes(node_count, arcs, supply);
  const CostCore core = cost_core(arcs, supply, place, all);
  const auto n = static_cast<Int128>(core.node.size());
  const Int128 farthest = n * core.greatest_cost;
  if (farthest > std::numeric_limits<std::int64_t>::max() / 4) {
    return fail(ErrorCode::overflow, "The costs are so high that a way through the network may cost more than 64 bits "
                                     "hold. Give them with fewer decimals.");
  }
  constexpr Int128 fits = std::numeric_limits<std::int64_t>::max() / 2;
  const bool narrow = 16 * farthest * (n + 1) <= fits && most_at_a_node(core) <= fits;
  return narrow ? solved<std::int64_t>(core, arcs.size(), place, job) : solved<Int128>(core, arcs.size(), place, job);
}

}  // namespace entente
