#include "cli/columns.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "algorithms/registry.hpp"
#include "cli/method_words.hpp"
#include "engine/text.hpp"
#include "query/tie_columns.hpp"

namespace entente {

namespace {

constexpr std::size_t most_examples = 3, letters_of_example = 24;

std::optional<double> number_of_text(std::string_view text) {
  double value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<double> first_day_of_text(std::string_view text) {
  const auto date = Edtf::parse(text);
  return date && date->has_year() ? std::optional<double>(date->earliest()) : std::nullopt;
}

std::string example_text(std::string_view text) { return shortened(one_line(text), letters_of_example); }

ColumnSummary blank(bool of_nodes, std::string name, std::string type, std::size_t total) {
  ColumnSummary column;
  column.of_nodes = of_nodes;
  column.name = std::move(name);
  column.type = std::move(type);
  column.total = total;
  column.options = {"where"};
  return column;
}

/// Of texts that are nearly all different: the first of them stand for the rest.
template <class Ids, class Text>
ColumnSummary of_names(bool of_nodes, const char* name, const Ids& ids, Text&& text) {
  ColumnSummary column = blank(of_nodes, name, "text", ids.size());
  for (const auto id : ids) {
    if (text(id).empty()) continue;
    ++column.filled;
    if (column.examples.size() < most_examples) column.examples.push_back(example_text(text(id)));
  }
  if (column.filled <= most_examples) column.more = 0;
  return column;
}

/// Of a coded column: the rows of the selection under each code, and from them the rest.
template <class Ids, class Code>
ColumnSummary of_codes(bool of_nodes, std::string name, std::string type, const Ids& ids, const Dictionary& texts, Code&& code) {
  ColumnSummary column = blank(of_nodes, std::move(name), std::move(type), ids.size());
  std::vector<std::size_t> rows(texts.size(), 0);
  for (const auto id : ids) ++rows[code(id)];
  std::vector<Dictionary::Code> used;
  for (Dictionary::Code each = 0; each < rows.size(); ++each) {
    if (rows[each] == 0 || texts.text(each).empty()) continue;
    used.push_back(each);
    column.filled += rows[each];
  }
  const bool number = column.type == "integer" || column.type == "number", date = column.type == "date";
  std::optional<double> least, most;
  for (const Dictionary::Code each : used) {
    const auto value = number ? number_of_text(texts.text(each)) : date ? first_day_of_text(texts.text(each)) : std::nullopt;
    if (value && (!least || *value < *least)) least = value, column.least = texts.text(each);
    if (value && (!most || *value > *most)) most = value, column.most = texts.text(each);
  }
  if (least) return column;
  std::ranges::sort(used, [&](Dictionary::Code a, Dictionary::Code b) {
    return std::pair(rows[b], std::string_view(texts.text(a))) < std::pair(rows[a], std::string_view(texts.text(b)));
  });
  for (std::size_t i = 0; i < used.size() && i < most_examples; ++i) column.examples.push_back(example_text(texts.text(used[i])));
  column.more = used.size() - column.examples.size();
  return column;
}

template <class Date>
ColumnSummary of_dates(const char* name, const std::vector<EdgeId>& ties, Date&& date_of) {
  ColumnSummary column = blank(false, name, "date", ties.size());
  std::optional<Day> least, most;
  for (const EdgeId tie : ties) {
    const Edtf* date = date_of(tie);
    if (!date) continue;
    ++column.filled;
    if (!date->has_year()) continue;
    if (!least || date->earliest() < *least) least = date->earliest(), column.least = date->text();
    if (!most || date->earliest() > *most) most = date->earliest(), column.most = date->text();
  }
  return column;
}

/// Exactly, whatever their decimals.
bool less_money(const Money& a, const Money& b) {
  __extension__ using Wide = __int128;
  const auto raised = [](const Money& money, int decimals) {
    Wide units = money.units;
    for (int i = money.decimals; i < decimals; ++i) units *= 10;
    return units;
  };
  const int decimals = std::max(a.decimals, b.decimals);
  return raised(a, decimals) < raised(b, decimals);
}

/// Amounts and their currencies. Amounts are a range where they are of one currency, else a range of each.
std::pair<ColumnSummary, ColumnSummary> of_money(const Selection& selection) {
  struct Range {
    Money least, most;
    std::size_t ties = 0;
  };
  ColumnSummary amount = blank(false, "amount", "money", selection.edges.size());
  ColumnSummary currency = blank(false, "currency", "text", selection.edges.size());
  amount.options = {"where", "weight"};
  std::map<Currency, Range> ranges;
  for (const EdgeId tie : selection.edges) {
    const auto stated = selection.network->amount(tie);
    if (!stated) continue;
    Range& range = ranges.try_emplace(stated->currency, Range{*stated, *stated, 0}).first->second;
    if (less_money(*stated, range.least)) range.least = *stated;
    if (less_money(range.most, *stated)) range.most = *stated;
    ++range.ties;
    ++amount.filled;
  }
  currency.filled = amount.filled;
  std::vector<std::pair<Currency, Range>> order(ranges.begin(), ranges.end());
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) { return a.second.ties > b.second.ties; });
  for (const auto& [code, range] : order) {
    if (amount.examples.size() == most_examples) break;
    const std::string least = decimal_text(range.least), most = decimal_text(range.most), word(code.text());
    currency.examples.push_back(word);
    amount.examples.push_back(least + (least == most ? " " : " to " + most + " ") + word);
    if (order.size() == 1) {
      amount.least = least;
      amount.most = most;
      amount.unit = word;
    }
  }
  currency.more = order.size() - currency.examples.size();
  if (order.size() == 1) amount.examples.clear();
  else if (order.size() <= most_examples) amount.more = 0;
  return {std::move(amount), std::move(currency)};
}

std::string type_words(CellType type) { return type == CellType::text ? "text" : std::string(to_string(type)); }

/// A number from 0 up in every cell that is filled, as weights are.
bool can_weigh(const Attribute& column, const std::vector<EdgeId>& ties) {
  if (!holds_numbers(column)) return false;
  std::vector<std::uint8_t> below(column.values.size(), 0);
  for (Dictionary::Code code = 0; code < below.size(); ++code) below[code] = number_of_text(column.values.text(code)).value_or(0) < 0;
  return std::ranges::none_of(ties, [&](EdgeId tie) { return below[column.codes[tie.index]] != 0; });
}

/// --color takes such a name for a word of its own or a measure.
bool means_something_else_to_color(const std::string& name) {
  static constexpr std::string_view words[] = {"kind", "country", "cluster", "status", "none", "auto"};
  const Card* card = find_card(name);
  return std::ranges::find(words, name) != std::end(words) || (card && is_measure(*card));
}

std::vector<ColumnSummary> columns_of_nodes(const Selection& selection) {
  const Network& network = *selection.network;
  const auto& nodes = selection.nodes;
  std::vector<ColumnSummary> columns;
  const std::vector<std::string> groups{"where", "collapse", "color"};
  columns.push_back(of_names(true, "id", nodes, [&](NodeId node) { return network.key(node); }));
  columns.push_back(of_codes(true, "kind", "text", nodes, network.node_kinds(), [&](NodeId node) { return network.kind_code(node); }));
  columns.back().options = groups;
  columns.push_back(of_names(true, "name", nodes, [&](NodeId node) { return network.has_name(node) ? network.label(node) : std::string_view(); }));
  columns.push_back(of_codes(true, "country", "text", nodes, network.countries(), [&](NodeId node) { return network.country_code(node); }));
  columns.back().options = groups;
  std::erase_if(columns, [](const ColumnSummary& column) { return column.filled == 0; });
  for (const Attribute& further : network.node_attributes()) {
    columns.push_back(of_codes(true, further.name, type_words(further.type), nodes, further.values, [&](NodeId node) { return further.codes[node.index]; }));
    columns.back().options = groups;
    if (means_something_else_to_color(further.name)) std::erase(columns.back().options, "color");
  }
  return columns;
}

std::vector<ColumnSummary> columns_of_ties(const Selection& selection) {
  const Network& network = *selection.network;
  const auto& ties = selection.edges;
  std::vector<ColumnSummary> columns;
  columns.push_back(of_names(false, "id", ties, [&](EdgeId tie) { return network.key(tie); }));
  columns.push_back(of_codes(false, "kind", "text", ties, network.edge_kinds(), [&](EdgeId tie) { return network.kind_code(tie); }));
  columns.push_back(of_codes(false, "status", "text", ties, network.statuses(), [&](EdgeId tie) { return network.status_code(tie); }));
  columns.push_back(of_dates("start", ties, [&](EdgeId tie) { return network.start(tie); }));
  columns.push_back(of_dates("end", ties, [&](EdgeId tie) { return network.end(tie); }));
  auto [amount, currency] = of_money(selection);
  columns.push_back(std::move(amount));
  columns.push_back(std::move(currency));
  columns.push_back(of_codes(false, "agreement", "text", ties, network.agreements(), [&](EdgeId tie) { return network.agreement_code(tie); }));
  ColumnSummary directed = blank(false, "directed", "boolean", ties.size());
  directed.filled = ties.size();
  const auto directed_ties = static_cast<std::size_t>(std::ranges::count_if(ties, [&](EdgeId tie) { return network.is_directed(tie); }));
  if (directed_ties > 0) directed.examples.emplace_back("true");
  if (directed_ties < ties.size()) directed.examples.insert(2 * directed_ties >= ties.size() ? directed.examples.end() : directed.examples.begin(), "false");
  directed.more = 0;
  columns.push_back(std::move(directed));
  std::erase_if(columns, [](const ColumnSummary& column) { return column.filled == 0; });
  for (const Attribute& further : network.edge_attributes()) {
    columns.push_back(of_codes(false, further.name, type_words(further.type), ties, further.values, [&](EdgeId tie) { return further.codes[tie.index]; }));
    if (columns.back().filled > 0 && can_weigh(further, ties)) columns.back().options.emplace_back("weight");
  }
  return columns;
}

std::string options_text(const ColumnSummary& column) {
  std::string text;
  for (const std::string& option : column.options) text += (text.empty() ? "" : ", ") + option;
  return text;
}

}  // namespace

std::string ColumnSummary::values() const {
  if (!least.empty()) return (least == most ? least : least + " to " + most) + (unit.empty() ? "" : " " + unit);
  std::string text;
  for (const std::string& example : examples) text += (text.empty() ? "" : ", ") + example;
  if (!more && filled > 0) return text + ", …";
  return more.value_or(0) > 0 ? text + " and " + grouped(*more) + " more" : text;
}

std::vector<ColumnSummary> columns_of(const Selection& selection) {
  std::vector<ColumnSummary> columns = columns_of_nodes(selection);
  for (ColumnSummary& column : columns_of_ties(selection)) columns.push_back(std::move(column));
  return columns;
}

Table columns_table(const std::vector<ColumnSummary>& columns) {
  Table table;
  table.name = "columns";
  table.title = "Columns and the options that take their names (--where calls those of nodes node.NAME)";
  table.columns = {{"of", "", ""}, {"column", "", ""}, {"type", "", ""}, {"filled", "", "rows that state something"},
                   {"rows", "", "rows of the selection"}, {"values", "", "their range, or the commonest"}, {"options", "", "that take its name"}};
  for (const ColumnSummary& column : columns) {
    table.rows.push_back({std::string(column.of_nodes ? "nodes" : "ties"), column.name, column.type, static_cast<std::int64_t>(column.filled),
                          static_cast<std::int64_t>(column.total), column.values(), options_text(column)});
  }
  return table;
}

std::vector<std::vector<TableCell>> columns_as_figures(const std::vector<ColumnSummary>& columns) {
  std::vector<std::vector<TableCell>> rows;
  for (const ColumnSummary& column : columns) {
    rows.push_back({std::string("column of ") + (column.of_nodes ? "nodes: " : "ties: ") + column.name,
                    column.type + ", " + grouped(column.filled) + " of " + grouped(column.total) +
                        (column.filled > 0 ? ", " + column.values() : std::string())});
  }
  return rows;
}

void write_columns(JsonWriter& json, const std::vector<ColumnSummary>& columns) {
  json.begin_array();
  for (const ColumnSummary& column : columns) {
    json.begin_object();
    json.key("of").value(column.of_nodes ? "nodes" : "ties");
    json.key("name").value(column.name);
    json.key("type").value(column.type);
    json.key("filled").value(column.filled);
    json.key("total").value(column.total);
    if (!column.least.empty()) {
      json.key("least").value(column.least);
      json.key("most").value(column.most);
      if (!column.unit.empty()) json.key("unit").value(column.unit);
    }
    if (!column.examples.empty()) {
      json.key("examples").begin_array();
      for (const std::string& example : column.examples) json.value(example);
      json.end_array();
      json.key("more").value(column.more);
    }
    json.key("options").begin_array();
    for (const std::string& option : column.options) json.value(option);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

}  // namespace entente
