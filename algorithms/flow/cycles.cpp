#include "algorithms/flow/cycles.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "algorithms/flow/capacity.hpp"
#include "algorithms/flow/step_network.hpp"

// Rounds: among the widest 4096 steps (a step is all ties from one body to another), then four times as many, and so on.
// No circle is wider than its smallest step, so once a round has found as many circles as are wanted, none narrower than
// the round's narrowest step, nothing wider is missing. Within a round, steps narrower than the least circle that
// would still be listed are not taken.

namespace entente {

namespace {

Result<void> check_cycles_question(const CyclesQuestion& question) {
  const Graph& graph = *question.graph;
  if (question.amount->size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "The column of amounts has " + std::to_string(question.amount->size()) +
                                             " values for " + std::to_string(graph.edge_count()) + " edges.");
  }
  for (const EdgeId edge : graph.edges()) {
    if ((*question.amount)[edge] >= 0) continue;
    return fail(ErrorCode::bad_argument, "edge " + std::to_string(edge.index) + " has the amount " +
                                             std::to_string((*question.amount)[edge]) +
                                             "; an amount must be at least 0. Turn the edge around or leave it out.");
  }
  if (question.days && question.days->size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "The column of dates needs one value for each edge.");
  }
  for (const NodeId v : question.from) {
    if (v.index < graph.node_count()) continue;
    return fail(ErrorCode::bad_argument, "node " + std::to_string(v.index) + " is not one of the graph's.");
  }
  if (question.steps < 2 || question.steps > 20 || question.count < 1 || question.work < 1 || question.window < 0) {
    return fail(ErrorCode::bad_argument, "Circles have 2 to 20 steps; their number and the work must be at least 1.");
  }
  return {};
}

/// By falling amount, then fewer steps, then ids.
bool comes_first(const DatedCircle& a, const DatedCircle& b) {
  if (a.amount != b.amount) return a.amount > b.amount;
  return a.nodes.size() != b.nodes.size() ? a.nodes.size() < b.nodes.size() : a.nodes < b.nodes;
}

/// One round: every circle among the steps of a network, the largest kept.
class CycleSearch {
 public:
  CycleSearch(const CyclesQuestion& question, const CircleRules& rules, const NodeColumn<std::uint8_t>& starts,
              std::int64_t& work, const Job& job)
      : question_(question), rules_(rules), starts_(starts), work_(work), job_(job) {}

  enum class Outcome : std::uint8_t { done, out_of_work, interrupted };

  Outcome run(const StepNetwork& network, std::uint32_t start_count) {
    network_ = &network;
    best_.clear();
    dropped_ = false;
    distance_.assign(network.node_count(), far);
    on_way_.assign(network.node_count(), 0);
    for (std::uint32_t start = 0; start < start_count; ++start) {
      if (stopped()) break;
      if (network.row(start).empty() || network.ways_back(start).empty()) continue;
      measure_ways_back(start);
      way_.assign(1, start);
      start_ = start;
      extend(start, false);
      for (const std::uint32_t v : measured_) distance_[v] = far;
    }
    return outcome_;
  }

  /// Sorted; the search is over.
  std::vector<DatedCircle> take_best() {
    std::ranges::sort(best_, comes_first);
    return std::move(best_);
  }
  bool is_full() const { return best_.size() == static_cast<std::size_t>(question_.count); }
  std::int64_t least_amount() const { return best_.front().amount; }  // of the last that would be listed
  bool dropped() const { return dropped_; }

 private:
  static constexpr std::uint8_t far = 0xFF;

  bool stopped() {
    if (outcome_ != Outcome::done || work_ < next_look_) return outcome_ != Outcome::done;
    next_look_ = work_ + 0x10000;
    job_.report("arcs", static_cast<std::size_t>(work_), static_cast<std::size_t>(question_.work));
    if (job_.cancelled()) outcome_ = Outcome::interrupted;
    else if (work_ >= question_.work) outcome_ = Outcome::out_of_work;
    return outcome_ != Outcome::done;
  }

  /// Backwards from the start, half the steps: how many lead back to it from each node.
  void measure_ways_back(std::uint32_t start) {
    half_ = static_cast<std::uint8_t>(question_.steps / 2);
    measured_.assign(1, start);
    distance_[start] = 0;
    for (std::size_t i = 0; i < measured_.size() && distance_[measured_[i]] < half_; ++i) {
      const auto ways = network_->ways_back(measured_[i], start);
      work_ += static_cast<std::int64_t>(ways.size()) + 1;
      for (const std::uint32_t u : ways) {
        if (distance_[u] != far) continue;
        distance_[u] = static_cast<std::uint8_t>(distance_[measured_[i]] + 1);
        measured_.push_back(u);
      }
    }
  }

  bool leads_back(std::uint32_t v, std::size_t steps_left) const {
    return distance_[v] == far ? steps_left > half_ : distance_[v] <= steps_left;
  }

  /// On from the last node of the way.
  void extend(std::uint32_t u, bool mutual_alone) {
    const auto row = network_->row(u, start_);
    work_ += static_cast<std::int64_t>(row.size()) + 1;
    if (stopped()) return;
    const std::size_t steps_left = static_cast<std::size_t>(question_.steps) - way_.size();
    for (const StepNetwork::Step& step : row) {
      if (is_full() && step.amount < least_amount()) {
        dropped_ = true;
        continue;
      }
      if (step.head == start_) {
        if (way_.size() > 2 || (way_.size() == 2 && !mutual_alone && !step.mutual_alone)) consider();
      } else if (steps_left > 0 && !on_way_[step.head] && leads_back(step.head, steps_left)) {
        way_.push_back(step.head);
        on_way_[step.head] = 1;
        extend(step.head, step.mutual_alone);
        on_way_[step.head] = 0;
        way_.pop_back();
        if (outcome_ != Outcome::done) return;
      }
    }
  }

  /// A circle: when its dates allow it, among the best or not.
  void consider() {
    work_ += 16 * static_cast<std::int64_t>(way_.size());
    nodes_.clear();
    for (const std::uint32_t v : way_) nodes_.push_back(network_->node(v));
    std::ranges::rotate(nodes_, std::ranges::min_element(nodes_));
    auto circle = dated_circle(rules_, nodes_, starts_);
    if (!circle) return;
    if (is_full()) {
      dropped_ = true;
      if (!comes_first(*circle, best_.front())) return;
      std::ranges::pop_heap(best_, comes_first);
      best_.pop_back();
    }
    best_.push_back(*std::move(circle));
    std::ranges::push_heap(best_, comes_first);  // the last of them on top
  }

  const CyclesQuestion& question_;
  const CircleRules& rules_;
  const NodeColumn<std::uint8_t>& starts_;
  std::int64_t& work_;
  const Job& job_;
  const StepNetwork* network_ = nullptr;
  std::vector<std::uint8_t> distance_, on_way_;
  std::vector<std::uint32_t> measured_, way_;
  std::vector<NodeId> nodes_;
  std::vector<DatedCircle> best_;
  std::uint32_t start_ = 0;
  std::uint8_t half_ = 0;
  std::int64_t next_look_ = 0;
  bool dropped_ = false;
  Outcome outcome_ = Outcome::done;
};

/// What a round found before its end, beside what the one before it had.
void add_circles(std::vector<DatedCircle>& circles, std::vector<DatedCircle> more, std::size_t count) {
  std::ranges::move(more, std::back_inserter(circles));
  std::ranges::sort(circles, comes_first);
  const auto twice = std::ranges::unique(circles, {}, &DatedCircle::nodes);
  circles.erase(twice.begin(), twice.end());
  if (circles.size() > count) circles.resize(count);
}

}  // namespace

Result<Cycles> money_cycles(const CyclesQuestion& question, const Job& job) {
  if (auto checked = check_cycles_question(question); !checked) return tl::unexpected(checked.error());
  NodeColumn<std::uint8_t> starts;
  if (!question.from.empty()) {
    starts = NodeColumn<std::uint8_t>(question.graph->node_count());
    for (const NodeId v : question.from) starts[v] = 1;
  }
  auto steps = WideSteps::of(*question.graph, *question.amount, starts);
  if (!steps) return tl::unexpected(steps.error());
  const CircleRules rules{question.graph, question.amount, question.days, question.window};
  Cycles answer;
  std::int64_t work = 0;
  for (std::size_t wanted = 4096;; wanted *= 4) {
    if (job.cancelled()) return interrupted();
    const StepNetwork network = steps->widest(wanted);
    CycleSearch search(question, rules, starts, work, job);
    const auto outcome = search.run(network, steps->start_count());
    if (outcome == CycleSearch::Outcome::interrupted) return interrupted();
    const bool settled = search.is_full() && search.least_amount() >= network.narrowest();
    answer.worked_out = outcome == CycleSearch::Outcome::done;
    answer.all = answer.worked_out && !search.dropped() && network.is_whole();
    if (answer.worked_out) {
      const bool by_count = search.is_full() && (settled || network.is_whole());
      answer.none_missing_from = by_count ? search.least_amount() + 1 : network.narrowest();
      answer.circles = search.take_best();
    } else {
      add_circles(answer.circles, search.take_best(), static_cast<std::size_t>(question.count));
    }
    if (settled || network.is_whole() || !answer.worked_out) return answer;
  }
}

}  // namespace entente
