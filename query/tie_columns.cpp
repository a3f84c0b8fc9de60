#include "query/tie_columns.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/derivation.hpp"
#include "engine/suggestion.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

constexpr Currency no_currency{{'X', 'X', 'X'}};
constexpr std::string_view as_column = "column:", as_word = "word:";

bool is_finite_number(std::string_view text) {
  double value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && std::isfinite(value);
}

bool some_tie_states_money(const Network& network) {
  return std::ranges::any_of(network.edges(), [&](EdgeId tie) { return network.amount(tie).has_value(); });
}

Result<const Attribute*> known_tie_column(const Network& network, const std::string& name) {
  if (const Attribute* column = tie_column(network, name)) return column;
  // Each once: the words, and the columns that could be meant.
  std::vector<std::string> known{"amount", "count", "none"};
  for (const Attribute& column : network.edge_attributes()) {
    known.push_back((is_weight_word(column.name) ? std::string(as_column) : std::string()) + column.name);
  }
  const std::size_t all = known.size();
  return fail(ErrorCode::bad_argument,
              "\"" + shortened(one_line(name), 40) + "\" is not a column of ties. Weights can be " + nearest_first(name, std::move(known), std::min<std::size_t>(all, 12)) + ".",
              "option weight");
}

}  // namespace

bool is_weight_word(std::string_view word) { return word == "none" || word == "count" || word == "amount"; }

const Attribute* tie_column(const Network& network, std::string_view name) {
  if (const Attribute* column = network.edge_attribute(name)) return column;
  if (name != "amount") return nullptr;
  const auto kept = std::ranges::find_if(network.edge_attributes(), [](const Attribute& column) { return column.name.starts_with("amount ("); });
  return kept == network.edge_attributes().end() ? nullptr : &*kept;
}

bool holds_numbers(const Attribute& column) {
  bool some = false;
  for (Dictionary::Code code = 0; code < column.values.size(); ++code) {
    const std::string& text = column.values.text(code);
    if (text.empty()) continue;
    if (!is_finite_number(text)) return false;
    some = true;
  }
  return some;
}

std::vector<std::string> number_columns(const Network& network) {
  std::vector<std::string> names;
  for (const Attribute& column : network.edge_attributes()) {
    if (holds_numbers(column)) names.push_back(column.name);
  }
  return names;
}

Result<WeightMeant> weight_meant(const Network& network, const std::string& asked) {
  if (asked.starts_with(as_word)) {
    const std::string word = asked.substr(as_word.size());
    if (is_weight_word(word)) return WeightMeant{word, false};
    return fail(ErrorCode::bad_argument, "\"" + shortened(one_line(word), 40) + "\" is no word for a weight. Known are: none, count, amount.", "option weight");
  }
  const bool said_column = asked.starts_with(as_column);
  if (said_column || !is_weight_word(asked)) {
    const auto column = known_tie_column(network, said_column ? asked.substr(as_column.size()) : asked);
    if (!column) return tl::unexpected(column.error());
    return WeightMeant{(*column)->name, true};
  }
  const Attribute* column = tie_column(network, asked);
  const bool same = asked == "amount" && column && !some_tie_states_money(network);
  if (!column || same || !holds_numbers(*column)) return WeightMeant{asked, false};
  const std::string meaning = asked == "none" ? "every tie as 1" : asked == "count" ? "the number of ties between two nodes" : "the money that ties state";
  return fail(ErrorCode::bad_argument,
              "--weight " + asked + " could mean two things here: --weight column:" + asked + " is the column of that name, --weight word:" + asked +
                  " is " + meaning + ".",
              "option weight");
}

Result<NetworkPtr> with_column_under_its_full_name(const Network& network, const std::string& name) {
  const auto column = known_tie_column(network, name);
  if (!column) return tl::unexpected(column.error());
  Derivation derivation(network, "With the column " + name + " as weights");
  const std::size_t copy = derivation.new_or_same_edge_column(std::string(as_column) + name, (*column)->type, (*column)->description);
  for (const NodeId node : network.nodes()) derivation.copy(node);
  for (const EdgeId tie : network.edges()) {
    TieDraft draft = derivation.draft(tie);
    draft.further[copy] = (*column)->text(tie.index);
    derivation.add(draft);
    derivation.carry_evidence(tie, network.key(tie));
  }
  return derivation.build();
}

Result<TieMoney> capacities_of(const Topology& topology, const std::string& name, bool smallest_coin) {
  const Network& network = *topology.network;
  const auto column = known_tie_column(network, name);
  if (!column) return tl::unexpected(column.error());
  EdgeColumn<Money> stated(topology.edge.size());
  TieMoney money;
  money.column = {no_currency, smallest_coin ? minor_digits(no_currency) : 0, EdgeColumn<std::int64_t>(topology.edge.size(), 0)};
  money.stated = EdgeColumn<std::uint8_t>(topology.edge.size(), 0);
  for (const EdgeId edge : topology.graph.edges()) {
    const EdgeId tie = topology.edge[edge];
    const std::string_view text = (*column)->text(tie.index);
    if (text.empty()) {
      ++money.unknown;
      continue;
    }
    const auto number = parse_money(text, no_currency);
    if (!number || number->units < 0) {
      return fail(ErrorCode::bad_argument,
                  "The column " + name + " says \"" + shortened(one_line(text), 40) + "\" for the tie \"" + shortened(network.key(tie), 40) +
                      "\", which is no plain number from 0 up with at most 9 decimals.",
                  "option weight");
    }
    stated[edge] = *number;
    money.stated[edge] = 1;
    money.column.decimals = std::max(money.column.decimals, number->decimals);
  }
  for (const EdgeId edge : topology.graph.edges()) {
    if (!money.stated[edge]) continue;
    const auto scaled = rescale(stated[edge], money.column.decimals);
    if (!scaled) return tl::unexpected(scaled.error());
    money.column.units[edge] = scaled->units;
  }
  return money;
}

bool is_no_currency(Currency currency) { return currency == no_currency; }

std::string instead_of_money(const Network& network) {
  if (some_tie_states_money(network)) return {};
  const std::vector<std::string> columns = number_columns(network);
  if (columns.empty()) return {};
  const bool amounts = tie_column(network, "amount") != nullptr;
  std::string named = amounts ? "column:amount" : "";
  for (std::size_t i = 0; !amounts && i < columns.size() && i < 4; ++i) named += (i ? " or column:" : "column:") + columns[i];
  return std::string("No tie states money: ") +
         (amounts ? "the column amount holds plain numbers, and no column currency says of what" : "no amount has a currency") +
         ". Give the ties a column currency (such as USD), or take plain numbers as they are with --weight " + named + ".";
}

}  // namespace entente
