#include "query/findings_tables.hpp"

#include <algorithm>
#include <functional>

namespace entente {

namespace {

template <class Values, class Id>
TableCell cell_at(const Values& values, Id id) {
  return std::visit([&](const auto& column) -> TableCell {
    using Value = typename std::decay_t<decltype(column)>::value_type;
    if constexpr (std::is_same_v<Value, std::uint8_t>) return column[id] != 0;
    else return column[id];
  }, values);
}

/// A listing names its columns alike whatever it holds: these hold bodies also where no row says so.
bool names_a_body(const std::string& column) {
  static constexpr std::string_view bodies[] = {"node", "body", "start", "from", "to", "parent", "first", "second",
                                                "narrow_from", "narrow_to", "largest_donor", "largest_recipient"};
  return std::ranges::find(bodies, column) != std::end(bodies);
}

std::vector<TableColumn> tie_ends_columns() {
  return {{"tie", "", ""}, {"source", "", ""}, {"target", "", ""}, {"kind", "", ""}, {"status", "", ""}};
}

}  // namespace

TableCell cell_of(const NodeValues& values, NodeId node) { return cell_at(values, node); }
TableCell cell_of(const EdgeValues& values, EdgeId edge) { return cell_at(values, edge); }
TableCell cell_of(const FigureValue& value) {
  return std::visit([](const auto& v) -> TableCell { return v; }, value);
}

FindingsTables::FindingsTables(const Card& card, const Analysis& analysis, const Findings& findings, Languages languages)
    : card_(card), analysis_(analysis), findings_(findings), topology_(analysis.topology()),
      amounts_(analysis.money() ? &*analysis.money() : nullptr),
      amounts_unit_(amounts_ ? amounts_->column.currency.text() : std::string_view()), network_(topology_.network),
      languages_(languages.begin(), languages.end()) {}

FindingsTables::FindingsTables(const Card& card, const Analysis& analysis, const Findings& findings, Languages languages,
                               const TieMoney& capacities, std::string unit)
    : FindingsTables(card, analysis, findings, languages) {
  amounts_ = &capacities;
  amounts_unit_ = std::move(unit);
}

Money FindingsTables::money(std::int64_t units) const {
  const MoneyColumn& column = amounts_->column;
  return {units, column.decimals, column.currency};
}

std::optional<TableCell> FindingsTables::figure(std::string_view name) const {
  for (const auto& [figure, value] : findings_.figures) {
    if (figure == name) return money_or(cell_of(value), unit_of(figure));
  }
  return std::nullopt;
}

Table FindingsTables::titled(const std::string& name, const std::string& title) const {
  Table table;
  table.name = name;
  table.title = card_.name + ": " + title;
  table.network = network_;
  table.complete = findings_.complete;
  table.completeness = findings_.completeness;
  return table;
}

std::string FindingsTables::unit_in_words(const std::string& unit) const {
  if (unit == "weight" && !analysis_.weight_unit().empty()) return analysis_.weight_unit();
  if (unit == "money" && amounts_) return amounts_unit_;
  return unit;
}

std::string FindingsTables::unit_of(const std::string& result) const {
  const auto spec = std::ranges::find(card_.results, result, &ResultSpec::name);
  return spec == card_.results.end() ? std::string() : spec->unit;
}

std::string FindingsTables::label(NodeId node) const { return std::string(network_->label(topology_.node[node], languages_)); }

TableCell FindingsTables::money_or(const TableCell& cell, const std::string& unit) const {
  const auto* units = std::get_if<std::int64_t>(&cell);
  return unit == "money" && units && amounts_ ? TableCell(money(*units)) : cell;
}

Table FindingsTables::figures() const {
  Table table = titled("figures", "figures");
  table.columns = {{"figure", "", ""}, {"value", "", ""}, {"unit", "", ""}};
  for (const auto& [name, value] : findings_.figures) {
    const std::string unit = unit_of(name);
    table.rows.push_back({name, money_or(cell_of(value), unit), unit_in_words(unit)});
  }
  return table;
}

Table FindingsTables::nodes() const {
  Table table = titled("nodes", "nodes");
  table.columns = {{"id", "", ""}, {"name", "", ""}};
  for (const auto& [name, values] : findings_.per_node) table.columns.push_back({name, unit_in_words(unit_of(name)), ""});
  for (const NodeId node : topology_.graph.nodes()) {
    std::vector<TableCell> row{topology_.node[node], label(node)};
    for (const auto& [name, values] : findings_.per_node) row.push_back(money_or(cell_of(values, node), unit_of(name)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::vector<TableCell> FindingsTables::tie(EdgeId edge) const {
  const EdgeId original = topology_.edge[edge];
  return {original, network_->source(original), network_->target(original), network_->kind(original), network_->status(original)};
}

Table FindingsTables::ties() const {
  Table table = titled("ties", "ties");
  table.columns = tie_ends_columns();
  for (const auto& [name, values] : findings_.per_edge) table.columns.push_back({name, unit_in_words(unit_of(name)), ""});
  for (const EdgeId edge : topology_.graph.edges()) {
    std::vector<TableCell> row = tie(edge);
    for (const auto& [name, values] : findings_.per_edge) row.push_back(money_or(cell_of(values, edge), unit_of(name)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table FindingsTables::paths() const {
  Table table = titled("paths", "paths");
  const bool has_money = card_.needs_money && amounts_;
  table.columns = {{"path", "", ""}, {"from", "", ""}, {"to", "", ""}, {"nodes", "", ""}, {"ids", "", "of these nodes"}, {"ties", "", ""}, {"length", "", ""}};
  if (has_money) table.columns.push_back({"amount", unit_in_words("money"), ""});
  for (std::size_t i = 0; i < findings_.walks.size(); ++i) {
    const Walk& walk = findings_.walks[i];
    std::string nodes, ids, ties;
    for (const NodeId node : walk.nodes) {
      nodes += (nodes.empty() ? "" : " → ") + label(node);
      ids += (ids.empty() ? "" : " → ") + std::string(network_->key(topology_.node[node]));
    }
    for (const EdgeId edge : walk.edges) ties += (ties.empty() ? "" : " ") + std::string(network_->key(topology_.edge[edge]));
    const auto end = [&](NodeId node) { return TableCell(topology_.node[node]); };
    std::vector<TableCell> row{static_cast<std::int64_t>(i + 1), walk.nodes.empty() ? TableCell() : end(walk.nodes.front()),
                               walk.nodes.empty() ? TableCell() : end(walk.nodes.back()), nodes, ids, ties, walk.length};
    if (has_money) row.push_back(money(walk.amount));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table FindingsTables::cut() const {
  Table table = titled("cut", "the ties of a minimum cut");
  table.columns = tie_ends_columns();
  const bool has_money = card_.needs_money && amounts_;
  if (has_money) table.columns.push_back({"amount", unit_in_words("money"), ""});
  for (const EdgeId edge : findings_.cut) {
    std::vector<TableCell> row = tie(edge);
    if (has_money) row.push_back(money(amounts_->column.units[edge]));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table FindingsTables::listing(const Listing& listing) const {
  Table table = titled(listing.name, listing.title);
  table.complete = listing.complete;
  table.completeness = listing.completeness;
  // Ids alone would not be read, names alone not be unique: a body comes as both.
  std::vector<bool> names(listing.columns.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    bool bodies = false, other = false;
    for (const auto& row : listing.rows) {
      bodies = bodies || std::holds_alternative<NodeId>(row[i]);
      other = other || !(std::holds_alternative<NodeId>(row[i]) || std::holds_alternative<std::monostate>(row[i]));
    }
    names[i] = bodies || (!other && names_a_body(listing.columns[i].name));
  }
  // A tie says nothing by its id alone: where the listing names no bodies, its ends stand beside it.
  std::vector<bool> with_ends(listing.columns.size());
  for (std::size_t i = 0; i < with_ends.size(); ++i) {
    with_ends[i] = std::ranges::none_of(names, std::identity()) && listing.columns[i].name == "tie" &&
                   std::ranges::all_of(listing.rows, [&](const auto& row) { return std::holds_alternative<EdgeId>(row[i]); });
  }
  for (std::size_t i = 0; i < listing.columns.size(); ++i) {
    const Listing::Column& column = listing.columns[i];
    const bool main = column.name == "node" || column.name == "body";
    table.columns.push_back({names[i] && main ? "id" : column.name, unit_in_words(column.unit), column.help});
    if (names[i]) table.columns.push_back({main ? "name" : column.name + "_name", "", ""});
    if (with_ends[i]) table.columns.insert(table.columns.end(), {{"source", "", ""}, {"target", "", ""}});
  }
  for (const auto& cells : listing.rows) {
    std::vector<TableCell> row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      row.push_back(std::visit([&](const auto& cell) -> TableCell {
        using Cell = std::decay_t<decltype(cell)>;
        if constexpr (std::is_same_v<Cell, MoneyUnits>) return money(cell.units);
        else if constexpr (std::is_same_v<Cell, NodeId>) return topology_.node[cell];
        else if constexpr (std::is_same_v<Cell, EdgeId>) return topology_.edge[cell];
        else return cell;
      }, cells[i]));
      if (names[i]) {
        const auto* node = std::get_if<NodeId>(&cells[i]);
        row.push_back(node ? TableCell(label(*node)) : TableCell());
      }
      if (with_ends[i]) {
        const EdgeId edge = topology_.edge[std::get<EdgeId>(cells[i])];
        row.push_back(network_->source(edge));
        row.push_back(network_->target(edge));
      }
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::vector<Table> FindingsTables::listings() const {
  std::vector<Table> tables;
  for (const Listing& one : findings_.listings) tables.push_back(listing(one));
  return tables;
}

std::vector<Table> FindingsTables::all() const {
  std::vector<Table> tables = listings();
  if (!findings_.per_node.empty()) tables.push_back(nodes());
  if (!findings_.walks.empty()) tables.push_back(paths());
  if (!findings_.per_edge.empty()) tables.push_back(ties());
  if (!findings_.cut.empty()) tables.push_back(cut());
  if (!findings_.figures.empty()) tables.push_back(figures());
  return tables;
}

}  // namespace entente
