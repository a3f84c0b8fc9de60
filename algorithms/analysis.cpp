#include "algorithms/analysis.hpp"

#include <algorithm>

#include "engine/text.hpp"

namespace entente {

namespace {

/// 1 over the number of parallel ties between the same two nodes.
EdgeColumn<double> lengths_by_count(const Symmetric& graph) {
  EdgeColumn<double> length(graph.edge_count(), 1.0);
  for (const NodeId u : graph.nodes()) {
    const ArcRange arcs = graph.arcs(u);
    for (auto first = arcs.begin(); first != arcs.end();) {
      auto last = first;
      while (last != arcs.end() && (*last).node == (*first).node) ++last;
      for (auto arc = first; arc != last; ++arc) length[(*arc).edge] = 1.0 / static_cast<double>(last - first);
      first = last;
    }
  }
  return length;
}

/// The selection without the ties whose value is 0 or not known.
Selection with_positive_weight(const Selection& selection, const Topology& topology, const EdgeColumn<double>& weight) {
  Selection kept = selection;
  kept.edges.clear();
  for (const EdgeId edge : topology.graph.edges()) {
    if (weight[edge] > 0) kept.edges.push_back(topology.edge[edge]);
  }
  return kept;
}

Result<NodeColumn<std::uint32_t>> groups_of(const Topology& topology, const std::string& column,
                                            std::vector<std::string>& names) {
  const Network& network = *topology.network;
  const Attribute* attribute = network.node_attribute(column);
  if (column != "kind" && column != "country" && !attribute) {
    return fail(ErrorCode::bad_argument, "There is no node column \"" + column + "\" to group by.", "option by");
  }
  Dictionary codes;
  NodeColumn<std::uint32_t> group(topology.graph.node_count());
  for (const NodeId node : topology.graph.nodes()) {
    const NodeId original = topology.node[node];
    group[node] = codes.add(column == "kind"      ? std::string_view(network.kind(original))
                            : column == "country" ? std::string_view(network.country(original))
                                                  : attribute->text(original.index));
  }
  for (Dictionary::Code code = 0; code < codes.size(); ++code) names.push_back(codes.text(code));
  return group;
}

/// When the money of a tie moves: some day of its dates. Of an interval any day of it, for the sum is stated whole.
EdgeColumn<DayRange> days_of(const Topology& topology) {
  EdgeColumn<DayRange> days(topology.edge.size());
  for (const EdgeId edge : topology.graph.edges()) {
    const Edtf* start = topology.network->start(topology.edge[edge]);
    const Edtf* end = topology.network->end(topology.edge[edge]);
    if (!start && !end) continue;
    const Edtf& last = end ? *end : *start;
    days[edge] = {start ? start->earliest() : beginning_of_time, last.latest(), true};
  }
  return days;
}

/// The cells of a numeric edge column as plain decimals; empty where the cell is. Errors: bad_argument.
Result<EdgeColumn<std::optional<Money>>> decimals_of(const Topology& topology, const std::string& column,
                                                     const std::string& option, Currency currency) {
  const Attribute* attribute = topology.network->edge_attribute(column);
  if (!attribute) {
    return fail(ErrorCode::bad_argument, "There is no tie column \"" + column + "\".", "option " + option);
  }
  EdgeColumn<std::optional<Money>> cells(topology.edge.size());
  for (const EdgeId edge : topology.graph.edges()) {
    const std::string_view text = attribute->text(topology.edge[edge].index);
    if (text.empty()) continue;
    const auto number = parse_money(text, currency);
    if (!number || number->units < 0) {
      return fail(ErrorCode::bad_argument,
                  "The column " + column + " says \"" + std::string(text.substr(0, 40)) + "\" for the tie " +
                      std::string(topology.network->key(topology.edge[edge])) + ", which is no plain number from 0 up.",
                  "option " + option);
    }
    cells[edge] = *number;
  }
  return cells;
}

/// To the decimals of the finest cell; an empty cell costs nothing.
Result<CostColumn> cost_of(const Topology& topology, const std::string& column) {
  constexpr Currency no_currency{{'X', 'X', 'X'}};
  const auto cells = decimals_of(topology, column, "cost", no_currency);
  if (!cells) return tl::unexpected(cells.error());
  CostColumn cost{column, 0, EdgeColumn<std::int64_t>(cells->size(), 0)};
  for (const auto& cell : cells->values()) {
    if (cell) cost.decimals = std::max(cost.decimals, cell->decimals);
  }
  for (const EdgeId edge : topology.graph.edges()) {
    if (!(*cells)[edge]) continue;
    const auto scaled = rescale(*(*cells)[edge], cost.decimals);
    if (!scaled) return tl::unexpected(scaled.error());
    cost.units[edge] = scaled->units;
  }
  return cost;
}

Result<EdgeColumn<std::int64_t>> least_of(const Topology& topology, const std::string& column, const MoneyColumn& money) {
  const auto cells = decimals_of(topology, column, "least", money.currency);
  if (!cells) return tl::unexpected(cells.error());
  EdgeColumn<std::int64_t> least(cells->size(), 0);
  for (const EdgeId edge : topology.graph.edges()) {
    if (!(*cells)[edge]) continue;
    const auto scaled = rescale(*(*cells)[edge], money.decimals);
    if (!scaled) return tl::unexpected(scaled.error());
    least[edge] = scaled->units;
  }
  return least;
}

}  // namespace

Result<Analysis> Analysis::prepare(const Selection& selection, const AnalysisOptions& options) {
  Analysis analysis;
  auto whole_topology = entente::topology(selection);
  if (!whole_topology) return tl::unexpected(whole_topology.error());
  analysis.topology_ = std::move(*whole_topology);

  if (!options.weight.empty() && options.weight != "none") {
    auto weights = tie_weights(analysis.topology_, options.weight, options.currency);
    if (!weights) return tl::unexpected(weights.error());
    const Selection kept = with_positive_weight(selection, analysis.topology_, weights->value);
    if (const std::size_t dropped = selection.edges.size() - kept.edges.size(); dropped > 0) {
      analysis.notes_.push_back(counted(dropped, "tie", "ties") + " of unknown or zero " + options.weight + " left out");
      auto smaller = entente::topology(kept);
      if (!smaller) return tl::unexpected(smaller.error());
      analysis.topology_ = std::move(*smaller);
      weights = tie_weights(analysis.topology_, options.weight, options.currency);
      if (!weights) return tl::unexpected(weights.error());
    }
    analysis.weight_unit_ = weights->unit;
    analysis.notes_.insert(analysis.notes_.end(), weights->notes.begin(), weights->notes.end());
    if (options.weight == "count") {
      analysis.length_ = lengths_by_count(analysis.topology_.symmetric);
    } else {
      analysis.length_ = weights->value;
      for (double& value : analysis.length_->values()) value = 1 / value;
    }
    analysis.weight_ = std::move(weights->value);
  }
  if (options.money) {
    auto money = tie_money(analysis.topology_, options.currency, options.smallest_coin);
    if (!money) return tl::unexpected(money.error());
    analysis.money_ = std::move(*money);
    if (!options.least.empty()) {
      auto least = least_of(analysis.topology_, options.least, analysis.money_->column);
      if (!least) return tl::unexpected(least.error());
      analysis.least_ = std::move(*least);
    }
  }
  if (options.days) analysis.days_ = days_of(analysis.topology_);
  if (!options.cost.empty()) {
    auto cost = cost_of(analysis.topology_, options.cost);
    if (!cost) return tl::unexpected(cost.error());
    analysis.cost_ = std::move(*cost);
  }
  if (!options.group.empty()) {
    auto group = groups_of(analysis.topology_, options.group, analysis.group_names_);
    if (!group) return tl::unexpected(group.error());
    analysis.group_ = std::move(*group);
  }
  return analysis;
}

Problem Analysis::problem() const {
  Problem problem;
  problem.graph = &topology_.graph;
  problem.symmetric = &topology_.symmetric;
  problem.undirected = topology_.undirected;
  if (weight_) problem.weight = &*weight_;
  if (length_) problem.length = &*length_;
  if (money_) {
    problem.money = &money_->column;
    problem.stated = &money_->stated;
  }
  if (days_) problem.days = &*days_;
  if (cost_) problem.cost = &*cost_;
  if (least_) problem.least = &*least_;
  if (group_) problem.group = &*group_;
  return problem;
}

}  // namespace entente
