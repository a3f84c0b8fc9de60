#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/selection.hpp"
#include "engine/suggestion.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

/// The currencies of the ties that state an amount, and how many ties state each.
std::map<Currency, std::size_t> currencies_of_ties(const Topology& topology) {
  std::map<Currency, std::size_t> ties;
  for (const EdgeId edge : topology.edge.values()) {
    if (const auto amount = topology.network->amount(edge)) ++ties[amount->currency];
  }
  return ties;
}

/// "EUR on 2 ties, USD on 1 tie".
std::string named_currencies(const std::map<Currency, std::size_t>& ties) {
  std::string list;
  for (const auto& [currency, count] : ties) {
    if (!list.empty()) list += ", ";
    list += std::string(currency.text()) + " on " + counted(count, "tie", "ties");
  }
  return list;
}

tl::unexpected<Error> several_currencies(const std::map<Currency, std::size_t>& ties, std::string where) {
  return fail(ErrorCode::unit_mismatch,
              "the amounts are in several currencies (" + named_currencies(ties) +
                  ") and cannot be added. Ask for one of them with --currency.",
              std::move(where));
}

/// The double nearest to an exact amount.
double nearest_double(const Money& money) {
  constexpr std::int64_t exact_in_double = std::int64_t{1} << 53;
  constexpr double power_of_ten[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  if (money.units <= exact_in_double && money.units >= -exact_in_double && money.decimals < 10) {
    return static_cast<double>(money.units) / power_of_ten[money.decimals];  // both exact: rounded once
  }
  const std::string text = decimal_text(money);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Money in one currency as doubles. Ties that state no amount in it weigh nothing.
Result<Weights> amount_weights(const Topology& topology, const std::map<Currency, std::size_t>& currencies,
                               const std::optional<Currency>& asked) {
  if (!asked && currencies.size() > 1) return several_currencies(currencies, "option weight");
  Weights weights{EdgeColumn<double>(topology.edge.size(), 0.0), {}, 0, {}};
  if (asked || !currencies.empty()) weights.unit = asked ? asked->text() : currencies.begin()->first.text();
  std::size_t other_currency = 0;
  for (const EdgeId edge : topology.graph.edges()) {
    const auto amount = topology.network->amount(topology.edge[edge]);
    if (!amount) {
      ++weights.unknown;
    } else if (asked && amount->currency != *asked) {
      ++other_currency;
    } else {
      weights.value[edge] = nearest_double(*amount);
    }
  }
  if (other_currency > 0) {
    weights.notes.push_back(grouped(other_currency) + " of " + counted(topology.edge.size(), "tie", "ties") +
                            (other_currency == 1 ? " states an amount" : " state amounts") +
                            " in another currency than " + weights.unit + " and " +
                            (other_currency == 1 ? "weighs" : "weigh") + " nothing");
  }
  return weights;
}

/// The further column that was called amount in the data but states no currency, or null.
const Attribute* plain_amounts(const Network& network) {
  for (const Attribute& attribute : network.edge_attributes()) {
    if (attribute.name == "amount" || attribute.name.starts_with("amount (")) return &attribute;
  }
  return nullptr;
}

/// The finite number that a cell holds, or nothing.
std::optional<double> number_in_cell(std::string_view text) {
  double value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

Result<Weights> column_weights(const Topology& topology, const Attribute& column) {
  Weights weights{EdgeColumn<double>(topology.edge.size(), 0.0), column.name, 0, {}};
  // Each distinct text is read once, and only where a tie of the selection holds it.
  constexpr double unread = -1;
  std::vector<double> value_of(column.values.size(), unread);
  for (const EdgeId edge : topology.graph.edges()) {
    const Dictionary::Code code = column.codes[topology.edge[edge].index];
    const std::string& text = column.values.text(code);
    if (text.empty()) {
      ++weights.unknown;
      continue;
    }
    if (value_of[code] == unread) {
      const auto number = number_in_cell(text);
      const auto tie = [&] { return "tie \"" + shortened(topology.network->key(topology.edge[edge]), 40) + "\""; };
      if (!number) {
        return fail(ErrorCode::bad_argument,
                    "column " + column.name + " cannot be a weight: " + tie() + " holds \"" + shortened(text, 40) +
                        "\", which is not a finite number.",
                    "option weight");
      }
      if (*number < 0) {
        return fail(ErrorCode::bad_argument,
                    "column " + column.name + " cannot be a weight: " + tie() + " holds " + shortened(text, 40) +
                        ", and weights must not be negative.",
                    "option weight");
      }
      value_of[code] = *number == 0 ? 0.0 : *number;  // "-0" is 0
    }
    weights.value[edge] = value_of[code];
  }
  return weights;
}

}  // namespace

Result<Topology> topology(const Selection& selection) {
  const Network& network = *selection.network;
  Topology result;
  result.network = selection.network;
  result.node = NodeColumn<NodeId>(selection.nodes);
  result.edge = EdgeColumn<EdgeId>(selection.edges);
  result.graph_node = NodeColumn<std::uint32_t>(network.node_count(), Topology::absent);
  std::uint32_t next = 0;
  for (const NodeId node : selection.nodes) result.graph_node[node] = next++;

  std::vector<Ends> ends;
  ends.reserve(selection.edges.size());
  EdgeColumn<std::uint8_t> directed;
  directed.reserve(selection.edges.size());
  bool some_direction = false;
  for (const EdgeId edge : selection.edges) {
    const auto [source, target] = network.ends(edge);
    // An end outside the selection becomes `absent`, which make_symmetric refuses.
    ends.push_back({NodeId{result.graph_node[source]}, NodeId{result.graph_node[target]}});
    const bool one_way = !selection.undirected && network.is_directed(edge);
    directed.push_back(one_way);
    some_direction = some_direction || one_way;
  }

  auto symmetric = make_symmetric(selection.nodes.size(), ends);
  if (!symmetric) return tl::unexpected(symmetric.error());
  result.symmetric = std::move(*symmetric);
  result.undirected = !some_direction;
  if (result.undirected) {
    result.graph = result.symmetric.both_ways();
    return result;
  }
  auto graph = make_mixed_graph(selection.nodes.size(), ends, directed);
  if (!graph) return tl::unexpected(graph.error());
  result.graph = std::move(*graph);
  return result;
}

Result<Weights> tie_weights(const Topology& topology, const std::string& weight,
                            const std::optional<Currency>& currency) {
  if (weight.empty() || weight == "none" || weight == "count") {
    return Weights{EdgeColumn<double>(topology.edge.size(), 1.0), "ties", 0, {}};
  }
  Result<Weights> weights;
  if (weight == "amount") {
    const auto currencies = currencies_of_ties(topology);
    const Attribute* plain = !currency && currencies.empty() ? plain_amounts(*topology.network) : nullptr;
    weights = plain ? column_weights(topology, *plain) : amount_weights(topology, currencies, currency);
    if (plain && weights) {
      weights->notes.push_back("no tie states money, so the weights are the plain numbers of column " + plain->name);
    }
  } else if (const Attribute* column = topology.network->edge_attribute(weight)) {
    weights = column_weights(topology, *column);
  } else {
    std::vector<std::string> known{"amount", "count", "none"};
    for (const Attribute& attribute : topology.network->edge_attributes()) known.push_back(attribute.name);
    return fail(ErrorCode::bad_argument,
                "\"" + shortened(weight, 40) + "\" is not a column of ties. Weights can be " +
                    nearest_first(weight, std::move(known)) + ".",
                "option weight");
  }
  if (weights && weights->unknown > 0) {
    weights->notes.push_back(grouped(weights->unknown) + " of " + counted(topology.edge.size(), "tie", "ties") +
                             (weights->unknown == 1 ? " states" : " state") + " no " + weight + " and " +
                             (weights->unknown == 1 ? "weighs" : "weigh") + " nothing");
  }
  return weights;
}

Result<TieMoney> tie_money(const Topology& topology, const std::optional<Currency>& currency, bool smallest_coin) {
  const auto currencies = currencies_of_ties(topology);
  if (!currency && currencies.size() > 1) return several_currencies(currencies, "option currency");
  if (!currency && currencies.empty()) {
    return fail(ErrorCode::bad_argument,
                "none of " + counted(topology.edge.size(), "tie", "ties") +
                    " states an amount, so there is no currency to count in. Name one with --currency, or select "
                    "other ties.",
                "option currency");
  }
  TieMoney money;
  money.column.currency = currency ? *currency : currencies.begin()->first;
  money.column.units = EdgeColumn<std::int64_t>(topology.edge.size(), 0);
  money.stated = EdgeColumn<std::uint8_t>(topology.edge.size(), 0);
  if (smallest_coin) money.column.decimals = minor_digits(money.column.currency);
  // All amounts to the same decimals: the most that any tie needs.
  for (const EdgeId edge : topology.edge.values()) {
    const auto amount = topology.network->amount(edge);
    if (amount && amount->currency == money.column.currency) {
      money.column.decimals = std::max(money.column.decimals, amount->decimals);
    }
  }
  for (const EdgeId edge : topology.graph.edges()) {
    const auto amount = topology.network->amount(topology.edge[edge]);
    if (!amount) {
      ++money.unknown;
    } else if (amount->currency != money.column.currency) {
      ++money.other_currency;
    } else {
      const auto scaled = rescale(*amount, money.column.decimals);
      if (!scaled) return tl::unexpected(scaled.error());
      money.column.units[edge] = scaled->units;
      money.stated[edge] = 1;
    }
  }
  return money;
}

}  // namespace entente
