#include "algorithms/flow/flow_network.hpp"

#include <utility>

#include "algorithms/flow/circles.hpp"
#include "algorithms/flow/push_relabel.hpp"
#include "algorithms/flow/residual.hpp"
#include "algorithms/flow/search_trees.hpp"

// Chosen by effort, not by guess: two search trees come first, since on networks of bodies the ways are short and
// the minimum cut lies close to one end, often at the very arcs of a source or target: once these are full all is
// done. Where ways or repairs turn out to be long, push-relabel takes over with the flow found so far. Capacities
// are whole units: the flow is exact, without a tolerance. What can leave the sources or reach the targets was
// checked against 64 bits at the door, so no addition can overflow.

namespace entente {

struct FlowNetwork::State {
  explicit State(const FlowCapacities& network) : residual(network), trees(residual) {}

  Residual residual;
  SearchTrees trees;
  FlowQuestion question;
  bool trees_have_done = false;  // or push-relabel went on
  int phases = 0;
};

FlowNetwork::FlowNetwork(std::unique_ptr<State> state) : state_(std::move(state)) {}
FlowNetwork::FlowNetwork(FlowNetwork&&) noexcept = default;
FlowNetwork& FlowNetwork::operator=(FlowNetwork&&) noexcept = default;
FlowNetwork::~FlowNetwork() = default;

Result<FlowNetwork> FlowNetwork::make(const Graph& graph, const EdgeColumn<std::int64_t>& capacity) {
  if (auto fits = Residual::fits(graph); !fits) return tl::unexpected(fits.error());
  const auto network = flow_capacities(graph, capacity);
  if (!network) return tl::unexpected(network.error());
  return FlowNetwork(std::make_unique<State>(*network));
}

void FlowNetwork::prepare() { state_->residual.open_all(); }

Result<std::int64_t> FlowNetwork::send(std::span<const NodeId> sources, std::span<const NodeId> targets,
                                       const Job& job) {
  State& state = *state_;
  state.residual.forget();
  auto question = flow_question(state.residual.network(), sources, targets);
  if (!question) return tl::unexpected(question.error());
  state.question = *std::move(question);
  const auto outcome = state.trees.run(state.question, PushRelabel::fits(state.question), job);
  if (outcome == SearchTrees::Outcome::interrupted) return interrupted();
  std::int64_t value = state.trees.value();
  state.phases = state.trees.passes();
  state.trees_have_done = outcome == SearchTrees::Outcome::done;
  if (!state.trees_have_done) {
    PushRelabel demands(state.question, state.residual, job);
    if (!demands.run(state.question.most - value)) return interrupted();
    value += demands.value();
    state.phases += demands.updates();
  }
  return value;
}

int FlowNetwork::phases() const { return state_->phases; }

NodeColumn<std::uint8_t> FlowNetwork::source_side() const {
  return state_->trees_have_done ? state_->trees.reached_from_sources()
                                 : state_->residual.reached_from_sources(state_->question);
}

EdgeColumn<std::int64_t> FlowNetwork::flow() const {
  const Graph& graph = state_->residual.graph();
  auto [flow, few] = state_->residual.flow();
  if (few && state_->trees_have_done) {
    drop_circles(graph, *few, flow);
    return std::move(flow);
  }
  const Carrying carrying(graph, flow);
  take_out_circles(graph, carrying, flow);
  if (!state_->trees_have_done) drop_unmet_demands(graph, state_->question, carrying, flow);
  return std::move(flow);
}

}  // namespace entente
