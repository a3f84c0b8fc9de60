#include "algorithms/funds/trace_rounding.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "algorithms/flow/max_flow.hpp"

namespace entente {

namespace {

/// A figure rounded to the nearest whole number, and how far it may still go either way.
struct RoundedPortion {
  std::int64_t units = 0, up = 0, down = 0;
};

std::int64_t whole_between(double value, std::int64_t most) {
  if (!(value > 0)) return 0;
  return value >= static_cast<double>(most) ? most : std::min(most, static_cast<std::int64_t>(value));
}

RoundedPortion rounded_portion(double portion, std::int64_t most, double slack) {
  if (portion == 0) return {};
  const double doubt = slack * std::max(1.0, portion);
  RoundedPortion figure;
  figure.units = whole_between(std::nearbyint(portion), most);
  figure.up = whole_between(std::ceil(portion + doubt), most) - figure.units;
  figure.down = figure.units - whole_between(std::floor(portion - doubt), most);
  return {figure.units, std::max<std::int64_t>(0, figure.up), std::max<std::int64_t>(0, figure.down)};
}

/// Moves units along figures that may go either way until all places balance.
class Balancing {
 public:
  Balancing(const FundsNetwork& network, const Portions& portions, bool origin_whole, double slack)
      : network_(network), excess_(network.places() + 1) {
    move_.reserve(network.moves.size());
    for (std::size_t i = 0; i < network.moves.size(); ++i) {
      const auto& [tail, head, amount, edge] = network.moves[i];
      const bool fixed = origin_whole && tail == network.origin();
      const RoundedPortion figure = fixed ? RoundedPortion{amount, 0, 0} : rounded_portion(portions.move[i], amount, slack);
      excess_[tail] -= figure.units;
      excess_[head] += figure.units;
      move_.push_back(figure);
    }
    stay_.reserve(network.places());
    for (std::size_t v = 0; v < network.places(); ++v) {
      RoundedPortion figure = rounded_portion(portions.stay[v], network.kept[v], slack);
      const std::int64_t more = std::clamp(excess_[v] - figure.units, -figure.down, figure.up);  // the shortest way
      figure = {figure.units + more, figure.up - more, figure.down + more};
      excess_[v] -= figure.units;
      excess_[network.origin()] += figure.units;  // the ground, from which the sources' money comes
      stay_.push_back(figure);
    }
  }

  /// False: not possible within the slack.
  Result<bool> run(const Job& job) {
    std::int64_t wanted = 0;
    const NodeId giver{network_.origin() + 1}, taker{network_.origin() + 2};
    for (std::uint32_t v = 0; v < excess_.size(); ++v) {
      if (excess_[v] > 0) arc(giver, NodeId{v}, excess_[v]);
      if (excess_[v] < 0) arc(NodeId{v}, taker, -excess_[v]);
      wanted += std::max<std::int64_t>(0, excess_[v]);
    }
    if (wanted == 0) return true;
    const std::size_t first = ends_.size();
    for_each_figure([&](NodeId tail, NodeId head, const RoundedPortion& figure) {
      if (figure.up > 0) arc(tail, head, figure.up);
      if (figure.down > 0) arc(head, tail, figure.down);
    });
    const auto graph = make_graph(network_.places() + 3, ends_);
    if (!graph) return tl::unexpected(graph.error());
    const NodeId from[] = {giver}, to[] = {taker};
    const auto flow = max_flow(*graph, room_, from, to, job);
    if (!flow) return tl::unexpected(flow.error());
    if (flow->value != wanted) return false;
    std::size_t next = first;
    for_each_figure([&](NodeId, NodeId, RoundedPortion& figure) {
      const bool may_rise = figure.up > 0, may_fall = figure.down > 0;
      if (may_rise) figure.units += flow->flow.values()[next++];
      if (may_fall) figure.units -= flow->flow.values()[next++];
    });
    return true;
  }

  Carriage carriage() const {
    Carriage whole;
    for (const RoundedPortion& figure : move_) whole.move.push_back(figure.units);
    for (const RoundedPortion& figure : stay_) whole.stay.push_back(figure.units);
    return whole;
  }

 private:
  void arc(NodeId tail, NodeId head, std::int64_t room) {
    ends_.push_back({tail, head});
    room_.push_back(room);
  }
  template <class Visit>
  void for_each_figure(Visit&& visit) {
    for (std::size_t i = 0; i < move_.size(); ++i) {
      visit(NodeId{network_.moves[i].tail}, NodeId{network_.moves[i].head}, move_[i]);
    }
    for (std::uint32_t v = 0; v < stay_.size(); ++v) visit(NodeId{v}, NodeId{network_.origin()}, stay_[v]);
  }

  const FundsNetwork& network_;
  std::vector<RoundedPortion> move_, stay_;
  std::vector<std::int64_t> excess_;  // per place and the ground: what arrives more than leaves or stays
  std::vector<Ends> ends_;
  EdgeColumn<std::int64_t> room_;
};

}  // namespace

Result<Carriage> whole_units(const FundsNetwork& network, const Portions& portions, bool origin_whole,
                             const Job& job) {
  for (const double slack : {1e-9, 1e-6, 1e-3, 1e18}) {
    Balancing balancing(network, portions, origin_whole, slack);
    const auto balanced = balancing.run(job);
    if (!balanced) return tl::unexpected(balanced.error());
    if (*balanced) return balancing.carriage();
  }
  return fail(ErrorCode::bad_argument, "The portions of the money do not add up.");
}

}  // namespace entente
