#include "algorithms/funds/trace_bounds.hpp"

#include <algorithm>

namespace entente {

namespace {

/// Arcs with room as they come up.
struct RoomyArcs {
  std::vector<Ends> arcs;
  EdgeColumn<std::int64_t> units;

  void add(NodeId tail, NodeId head, std::int64_t room) {
    arcs.push_back({tail, head});
    units.push_back(room);
  }
  /// What a move may carry more, and less: at most one arc each way, none without room.
  void add_both(const FundsNetwork::Move& move, std::int64_t carried) {
    if (carried < move.amount) add(NodeId{move.tail}, NodeId{move.head}, move.amount - carried);
    if (carried > 0) add(NodeId{move.head}, NodeId{move.tail}, carried);
  }
};

/// Takes the flow on the arcs of add_both into what a move carries.
void take_rerouted(const FundsNetwork::Move& move, std::span<const std::int64_t> flow, std::size_t& next,
                   std::int64_t& carried) {
  const bool could_rise = carried < move.amount, could_fall = carried > 0;
  if (could_rise) carried += flow[next++];
  if (could_fall) carried -= flow[next++];
}

}  // namespace

Result<FundsBounds> FundsBounds::prepare(const FundsNetwork& network, Carriage way, std::size_t ties) {
  FundsBounds bounds(network, std::move(way), ties);
  std::size_t bodies = 0;
  for (const NodeId b : network.body) bodies = std::max<std::size_t>(bodies, b.index + 1u);
  bounds.end_of_body_.assign(bodies + 1, 0);
  for (std::uint32_t v = 0; v < network.places(); ++v) {
    if (network.kept[v] == 0) continue;
    bounds.ends_.push_back(v);
    ++bounds.end_of_body_[network.body[v].index + 1];
  }
  std::ranges::stable_sort(bounds.ends_, {}, [&](std::uint32_t v) { return network.body[v]; });
  for (std::size_t b = 0; b < bodies; ++b) bounds.end_of_body_[b + 1] += bounds.end_of_body_[b];
  if (auto made = bounds.prepare_forward(); !made) return tl::unexpected(made.error());
  if (auto made = bounds.prepare_rerouting(); !made) return tl::unexpected(made.error());
  return bounds;
}

Result<void> FundsBounds::prepare_forward() {
  RoomyArcs room;
  for (const auto& move : network_->moves) room.add(NodeId{move.tail}, NodeId{move.head}, move.amount);
  forward_.first_end = room.arcs.size();
  for (const std::uint32_t v : ends_) room.add(NodeId{v}, asked(), 0);
  auto graph = make_graph(network_->places() + 3, room.arcs);
  if (!graph) return tl::unexpected(graph.error());
  forward_.graph = *std::move(graph);
  forward_.units = std::move(room.units);
  return {};
}

Result<void> FundsBounds::prepare_rerouting() {
  RoomyArcs room;
  for (std::size_t i = 0; i < network_->moves.size(); ++i) {
    // What the sources pay goes where it went.
    if (network_->moves[i].tail != network_->origin()) room.add_both(network_->moves[i], way_.move[i]);
  }
  rerouting_.first_end = room.arcs.size();
  for (const std::uint32_t v : ends_) {
    room.add(asked(), NodeId{v}, 0);
    room.add(NodeId{v}, elsewhere(), network_->kept[v] - way_.stay[v]);
  }
  auto graph = make_graph(network_->places() + 3, room.arcs);
  if (!graph) return tl::unexpected(graph.error());
  rerouting_.graph = *std::move(graph);
  rerouting_.units = std::move(room.units);
  return {};
}

Result<ExtremeWay> FundsBounds::at_least(std::span<const NodeId> at, const Job& job) {
  const std::span<std::int64_t> room = rerouting_.units.values().subspan(rerouting_.first_end);
  ExtremeWay least{0, EdgeColumn<std::int64_t>(ties_)};
  for_each_end(at, [&](std::size_t i) {
    least.amount += room[2 * i] = way_.stay[ends_[i]];
    room[2 * i + 1] = 0;
  });
  EdgeColumn<std::int64_t> rerouted(rerouting_.graph.edge_count());
  if (least.amount > 0) {
    const NodeId from[] = {asked()}, to[] = {elsewhere()};
    auto flow = max_flow(rerouting_.graph, rerouting_.units, from, to, job);
    if (!flow) return tl::unexpected(flow.error());
    least.amount -= flow->value;
    rerouted = std::move(flow->flow);
  }
  for_each_end(at, [&](std::size_t i) {
    room[2 * i] = 0;
    room[2 * i + 1] = network_->kept[ends_[i]] - way_.stay[ends_[i]];
  });
  std::size_t next = 0;
  for (std::size_t i = 0; i < network_->moves.size(); ++i) {
    const auto& move = network_->moves[i];
    std::int64_t carried = way_.move[i];
    if (move.tail != network_->origin()) take_rerouted(move, rerouted.values(), next, carried);
    if (move.edge != no_tie) least.carried[move.edge] = carried;
  }
  return least;
}

Result<std::optional<MaxFlow>> FundsBounds::flow_to(std::span<const NodeId> at, const Job& job) {
  const std::span<std::int64_t> room = forward_.units.values().subspan(forward_.first_end);
  bool any = false;
  for_each_end(at, [&](std::size_t i) {
    room[i] = network_->kept[ends_[i]];
    any = true;
  });
  if (!any || network_->put_in == 0) return std::optional<MaxFlow>();
  const NodeId from[] = {NodeId{network_->origin()}}, to[] = {asked()};
  auto flow = max_flow(forward_.graph, forward_.units, from, to, job);
  for_each_end(at, [&](std::size_t i) { room[i] = 0; });
  if (!flow) return tl::unexpected(flow.error());
  return std::optional<MaxFlow>(*std::move(flow));
}

Result<std::int64_t> FundsBounds::most_units(std::span<const NodeId> at, const Job& job) {
  return flow_to(at, job).map([](const std::optional<MaxFlow>& flow) { return flow ? flow->value : 0; });
}

Result<ExtremeWay> FundsBounds::at_most(std::span<const NodeId> at, const Job& job) {
  const auto first = flow_to(at, job);
  if (!first) return tl::unexpected(first.error());
  Carriage carried{std::vector<std::int64_t>(network_->moves.size()), {}};
  if (*first) std::ranges::copy((*first)->flow.values().first(network_->moves.size()), carried.move.begin());

  std::vector<std::uint8_t> is_asked(ends_.size(), 0);
  for_each_end(at, [&](std::size_t i) { is_asked[i] = 1; });
  RoomyArcs room;
  for (std::size_t i = 0; i < network_->moves.size(); ++i) room.add_both(network_->moves[i], carried.move[i]);
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    if (!is_asked[i]) room.add(NodeId{ends_[i]}, elsewhere(), network_->kept[ends_[i]]);
  }
  const auto graph = make_graph(network_->places() + 3, room.arcs);
  if (!graph) return tl::unexpected(graph.error());
  const NodeId from[] = {NodeId{network_->origin()}}, to[] = {elsewhere()};
  const auto rest = max_flow(*graph, room.units, from, to, job);
  if (!rest) return tl::unexpected(rest.error());

  ExtremeWay most{*first ? (*first)->value : 0, EdgeColumn<std::int64_t>(ties_)};
  std::size_t next = 0;
  for (std::size_t i = 0; i < network_->moves.size(); ++i) {
    const auto& move = network_->moves[i];
    take_rerouted(move, rest->flow.values(), next, carried.move[i]);
    if (move.edge != no_tie) most.carried[move.edge] = carried.move[i];
  }
  return most;
}

}  // namespace entente
