// entente run: any algorithm of the registry by its name, with all that it answers.

#include <algorithm>
#include <memory>

#include "algorithms/analysis.hpp"
#include "algorithms/registry.hpp"
#include "cli/card_options.hpp"
#include "cli/cells.hpp"
#include "cli/command.hpp"

namespace entente {

namespace {

struct RunOptions {
  std::string algorithm;
  std::string from, to, group;
  std::shared_ptr<CardOptions> cards;
};

std::vector<const Card*> all_cards() {
  std::vector<const Card*> cards;
  for (const Card& card : registry()) cards.push_back(&card);
  return cards;
}

TableCell cell_of(const EdgeValues& values, EdgeId edge) {
  return std::visit([&](const auto& column) -> TableCell {
    using Value = typename std::decay_t<decltype(column)>::value_type;
    if constexpr (std::is_same_v<Value, std::uint8_t>) return column[edge] != 0;
    else return column[edge];
  }, values);
}

std::string unit_of(const Card& card, const std::string& result, const Analysis& analysis) {
  for (const ResultSpec& spec : card.results) {
    if (spec.name == result) return spec.unit == "weight" && !analysis.weight_unit().empty() ? analysis.weight_unit() : spec.unit;
  }
  return {};
}

/// The findings of one card in the network's names.
class Telling {
 public:
  Telling(const Session& session, const Card& card, const Analysis& analysis, const Findings& findings)
      : session_(session), card_(card), analysis_(analysis), findings_(findings), topology_(analysis.topology()),
        network_(topology_.network) {}

  std::vector<Table> tables() const {
    std::vector<Table> tables;
    if (!findings_.figures.empty()) tables.push_back(figures());
    if (!findings_.per_node.empty()) tables.push_back(nodes());
    if (!findings_.per_edge.empty()) tables.push_back(ties());
    if (!findings_.walks.empty()) tables.push_back(paths());
    if (!findings_.cut.empty()) tables.push_back(cut());
    // Whoever pipes wants the values of the nodes, if there are any, before the totals.
    std::ranges::stable_sort(tables, {}, [](const Table& table) { return table.name == "figures"; });
    for (Table& table : tables) {
      table.network = network_;
      table.complete = findings_.complete;
      table.completeness = findings_.completeness;
    }
    return tables;
  }

 private:
  Table titled(const std::string& name, const std::string& title) const {
    Table table;
    table.name = name;
    table.title = card_.name + ": " + title;
    return table;
  }
  std::string label(NodeId node) const {
    return std::string(network_->label(topology_.node[node], session_.global.languages));
  }

  Table figures() const {
    Table table = titled("figures", "figures");
    table.columns = {{"figure", "", ""}, {"value", "", ""}, {"unit", "", ""}};
    for (const auto& [name, value] : findings_.figures) {
      table.rows.push_back({name, entente::cell_of(value), unit_of(card_, name, analysis_)});
    }
    return table;
  }

  Table nodes() const {
    Table table = titled("nodes", "nodes");
    table.columns = {{"id", "", ""}, {"name", "", ""}};
    for (const auto& [name, values] : findings_.per_node) table.columns.push_back({name, unit_of(card_, name, analysis_), ""});
    for (const NodeId node : topology_.graph.nodes()) {
      std::vector<TableCell> row{std::string(network_->key(topology_.node[node])), label(node)};
      for (const auto& [name, values] : findings_.per_node) row.push_back(entente::cell_of(values, node));
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  std::vector<TableCell> tie(EdgeId edge) const {
    const EdgeId original = topology_.edge[edge];
    return {std::string(network_->key(original)), std::string(network_->key(network_->source(original))),
            std::string(network_->key(network_->target(original))), network_->kind(original)};
  }
  static std::vector<TableColumn> tie_columns() {
    return {{"tie", "", ""}, {"source", "", ""}, {"target", "", ""}, {"kind", "", ""}};
  }

  Table ties() const {
    Table table = titled("ties", "ties");
    table.columns = tie_columns();
    for (const auto& [name, values] : findings_.per_edge) table.columns.push_back({name, unit_of(card_, name, analysis_), ""});
    for (const EdgeId edge : topology_.graph.edges()) {
      std::vector<TableCell> row = tie(edge);
      for (const auto& [name, values] : findings_.per_edge) row.push_back(cell_of(values, edge));
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table paths() const {
    Table table = titled("paths", "paths");
    const bool money = card_.needs_money && analysis_.money();
    table.columns = {{"path", "", ""}, {"nodes", "", ""}, {"ties", "", ""}, {"length", "", ""}};
    if (money) table.columns.push_back({"amount", std::string(analysis_.money()->column.currency.text()), ""});
    for (std::size_t i = 0; i < findings_.walks.size(); ++i) {
      const Walk& walk = findings_.walks[i];
      std::string nodes, ties;
      for (const NodeId node : walk.nodes) nodes += (nodes.empty() ? "" : " → ") + label(node);
      for (const EdgeId edge : walk.edges) ties += (ties.empty() ? "" : " ") + std::string(network_->key(topology_.edge[edge]));
      std::vector<TableCell> row{static_cast<std::int64_t>(i + 1), nodes, ties, walk.length};
      if (money) {
        const MoneyColumn& column = analysis_.money()->column;
        row.push_back(Money{walk.amount, column.decimals, column.currency});
      }
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table cut() const {
    Table table = titled("cut", "the ties of a minimum cut");
    table.columns = tie_columns();
    for (const EdgeId edge : findings_.cut) table.rows.push_back(tie(edge));
    return table;
  }

  const Session& session_;
  const Card& card_;
  const Analysis& analysis_;
  const Findings& findings_;
  const Topology& topology_;
  const NetworkPtr network_;
};

/// The nodes of a group that are in the selection.
Result<std::vector<NodeId>> ends(Session& session, const Topology& topology, const std::string& group, const std::string& flag) {
  std::vector<NodeId> found;
  if (group.empty()) return found;
  const auto named = session.resolve_group(topology.network, group);
  if (!named) return tl::unexpected(named.error());
  for (const NodeId node : *named) {
    if (const auto here = topology.find(node)) found.push_back(*here);
  }
  if (found.empty()) return fail(ErrorCode::bad_argument, "No node of \"" + group + "\" is in the selection.", "option " + flag);
  return found;
}

Result<void> run_algorithm(Session& session, const RunOptions& options) {
  const auto found = card_named(options.algorithm, all_cards(), "algorithm");
  if (!found) return tl::unexpected(found.error());
  const Card& card = **found;
  if (auto used = options.cards->all_used_by({&card}); !used) return used;
  const auto values = options.cards->values_for(card);
  if (!values) return tl::unexpected(values.error());
  if (card.needs_ends && (options.from.empty() || options.to.empty())) {
    return fail(ErrorCode::bad_argument, card.name + " runs from somewhere to somewhere: give --from and --to.");
  }
  if (card.needs_group && options.group.empty()) {
    return fail(ErrorCode::bad_argument, card.name + " compares groups of nodes: give --group kind, country or a column.");
  }
  const auto currency = session.currency();
  if (!currency) return tl::unexpected(currency.error());
  auto selection = session.load_selection(!card.needs_money);
  if (!selection) return tl::unexpected(selection.error());
  auto analysis = Analysis::prepare(*selection, {.weight = session.selection.weight, .currency = *currency,
                                                 .money = card.needs_money, .group = options.group});
  if (!analysis) return tl::unexpected(analysis.error());
  Problem problem = analysis->problem();
  const auto from = ends(session, analysis->topology(), options.from, "from");
  if (!from) return tl::unexpected(from.error());
  const auto to = ends(session, analysis->topology(), options.to, "to");
  if (!to) return tl::unexpected(to.error());
  problem.from = *from;
  problem.to = *to;

  const auto findings = card.run(problem, *values, session.job());
  if (!findings) return tl::unexpected(findings.error());
  Answer answer;
  answer.notes = analysis->notes();
  answer.notes.insert(answer.notes.end(), findings->notes.begin(), findings->notes.end());
  if (session.global.verify) {
    if (card.verify) {
      const auto verdict = card.verify(problem, *values, *findings);
      if (!verdict) return tl::unexpected(verdict.error());
      answer.notes.push_back(*verdict);
    } else {
      answer.notes.push_back(card.name + ": not verified, no certificate exists for this algorithm");
    }
    answer.verified = true;
  }
  for (const OptionSpec& spec : card.options) {
    const auto given = values->find(spec.name);
    answer.parameters.emplace_back(spec.name, given == values->end() ? spec.default_value : given->second);
  }
  if (!options.from.empty()) answer.parameters.emplace_back("from", options.from);
  if (!options.to.empty()) answer.parameters.emplace_back("to", options.to);
  if (!options.group.empty()) answer.parameters.emplace_back("group", options.group);

  answer.tables = Telling(session, card, *analysis, *findings).tables();
  if (answer.tables.empty()) {
    Table nothing;
    nothing.name = "figures";
    nothing.title = card.name + ": nothing was found";
    nothing.complete = findings->complete;
    nothing.completeness = findings->completeness;
    nothing.columns = {{"figure", "", ""}, {"value", "", ""}, {"unit", "", ""}};
    answer.tables.push_back(std::move(nothing));
  }
  answer.tables.front().provenance = session.provenance(*selection, card.name, answer);
  answer.json = [&](JsonWriter& json) {
    json.begin_object();
    json.key("algorithm").value(card.name);
    json.key("complete").value(findings->complete);
    json.key("completeness").value(findings->completeness);
    json.key("figures");
    write_figures(json, *findings);
    for (const Table& table : answer.tables) {
      if (table.name == "figures") continue;
      json.key(table.name);
      write_rows(json, table);
    }
    json.end_object();
  };
  // The tables are read by the JSON writer and by the printer.
  Answer printed = answer;
  return session.print(*selection, std::move(printed));
}

}  // namespace

void add_run(CLI::App& app, Session& session, Action& action) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = add_command(app, session, action, "run", "any algorithm of the registry, with all that it answers",
                                  [&session, options] { return run_algorithm(session, *options); });
  command->add_option("ALGORITHM", options->algorithm, "its name; entente algorithms lists them")->required();
  command->add_option("--from", options->from, "where paths, flows and searches begin: names, country:CC, kind:KIND");
  command->add_option("--to", options->to, "where they end");
  command->add_option("--group", options->group, "kind, country or a column, for algorithms that compare groups");
  options->cards = CardOptions::declare(*command, all_cards());
  add_selection_options(*command, session);
}

}  // namespace entente
