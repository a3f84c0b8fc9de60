// entente flow: where the money goes from one group to another, over which routes, and what limits it. Every card
// about money is a method.

#include <algorithm>
#include <memory>
#include <set>

#include "algorithms/registry.hpp"
#include "cli/card_options.hpp"
#include "cli/card_run.hpp"
#include "cli/cells.hpp"
#include "cli/command.hpp"
#include "cli/method_words.hpp"
#include "engine/text.hpp"
#include "query/findings_tables.hpp"
#include "query/money_stages.hpp"
#include "query/overview.hpp"
#include "query/sentences.hpp"

namespace entente {

namespace {

struct FlowOptions {
  CardInput input;
  std::string method = "max-flow";
  std::shared_ptr<CardOptions> cards;
};

std::vector<const Card*> flow_methods() {
  std::vector<const Card*> cards;
  for (const Card& card : registry()) {
    if (is_flow_method(card)) cards.push_back(&card);
  }
  return cards;
}

/// The part of a selection whose ties have this status.
Selection with_status(const Selection& selection, const std::string& status) {
  Selection part = selection;
  std::erase_if(part.edges, [&](EdgeId edge) { return selection.network->status(edge) != status; });
  return part;
}

std::string names_of(const Network& network, const std::vector<NodeId>& nodes, const std::vector<std::string>& languages) {
  std::string text;
  for (std::size_t i = 0; i < nodes.size() && i < 4; ++i) text += (i ? ", " : "") + std::string(network.label(nodes[i], languages));
  return nodes.size() > 4 ? text + " and " + std::to_string(nodes.size() - 4) + " more" : text;
}

/// What each tie carries by this answer; null where the card says nothing of ties.
const EdgeColumn<std::int64_t>* carried_by(const CardRun& run) {
  for (const auto& [name, values] : run.findings.per_edge) {
    if (const auto* flow = std::get_if<EdgeColumn<std::int64_t>>(&values)) return flow;
  }
  return nullptr;
}

std::string joined(const std::set<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + (word.empty() ? "not stated" : word);
  return text;
}

/// What a reader must know of the ties that make up the answer: what they mix and what they do not say.
std::vector<std::string> remarks(const Card& card, const CardRun& run, const Selection& selection) {
  const Network& network = *selection.network;
  const Topology& topology = run.analysis->topology();
  const TieMoney& money = run.money();
  std::vector<std::string> notes;
  std::size_t silent = run.capacities ? money.unknown : 0;
  if (!run.capacities) {
    for (const EdgeId edge : money_ties(selection)) silent += !network.amount(edge);
  }
  const bool said = std::ranges::any_of(run.findings.notes, [](const std::string& note) { return note.find("can carry nothing here") != std::string::npos; });
  if (silent > 0 && !said) {
    notes.push_back(counted(silent, "tie about money states", "ties about money state") +
                    " no amount and can carry nothing here; unknown is not zero");
  }
  if (money.other_currency > 0) {
    notes.push_back(counted(money.other_currency, "amount", "amounts") + " in another currency left out; with rates they can be converted (--rates)");
  }
  const EdgeColumn<std::int64_t>* flow = carried_by(run);
  std::size_t mutual = 0;
  for (const EdgeId edge : topology.graph.edges()) mutual += money.column.units[edge] > 0 && !network.is_directed(topology.edge[edge]);
  if (mutual > 0 && card.family == "flow") {
    notes.push_back(counted(mutual, "tie states an amount but no direction and may carry", "ties state an amount but no direction and may carry") +
                    " either way; --directed takes them from source to target");
  }
  std::set<std::string> kinds, statuses;
  for (const EdgeId edge : topology.graph.edges()) {
    if (flow ? (*flow)[edge] == 0 : money.column.units[edge] == 0) continue;
    kinds.insert(network.kind(topology.edge[edge]));
    statuses.insert(network.status(topology.edge[edge]));
  }
  const std::string what = flow ? "the flow passes over ties" : "the amounts are of ties";
  if (kinds.size() > 1) notes.push_back(what + " of several kinds: " + joined(kinds) + " (--edge-kind keeps them apart)");
  if (statuses.size() > 1) notes.push_back(what + " of several statuses: " + joined(statuses) + "; what is planned or sought was not paid (--status keeps them apart)");
  return notes;
}

/// For people the names are enough; `with_ids` for those who read the table with a program.
Table routes_table(const CardRun& run, const FindingsTables& tables, const std::vector<std::string>& languages, bool with_ids) {
  const Topology& topology = run.analysis->topology();
  const Network& network = *topology.network;
  Table table;
  table.name = "routes";
  table.title = "Routes, the widest first";
  table.network = topology.network;
  table.complete = run.findings.complete;
  table.completeness = run.findings.completeness;
  table.columns = {{"route", "", ""}, {"path", "", ""}, {"amount", run.money_unit(), "carried by this route"}};
  if (with_ids) table.columns.push_back({"ids", "", "of the nodes of the path"});
  for (std::size_t i = 0; i < run.findings.walks.size(); ++i) {
    const Walk& walk = run.findings.walks[i];
    std::string path, ids;
    for (const NodeId node : walk.nodes) {
      path += (path.empty() ? "" : " → ") + std::string(network.label(topology.node[node], languages));
      ids += (ids.empty() ? "" : " → ") + std::string(network.key(topology.node[node]));
    }
    std::vector<TableCell> row{static_cast<std::int64_t>(i + 1), path, tables.money(walk.amount)};
    if (with_ids) row.emplace_back(ids);
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// The ties that carry something, each from where the money comes to where it goes.
Table edges_table(const CardRun& run, const FindingsTables& tables, const EdgeColumn<std::int64_t>& flow) {
  const Topology& topology = run.analysis->topology();
  const Network& network = *topology.network;
  const std::string code = run.money_unit();
  Table table;
  table.name = "edges";
  table.title = "Ties that carry it";
  table.network = topology.network;
  table.columns = {{"tie", "", ""}, {"source", "", ""}, {"target", "", ""}, {"kind", "", ""}, {"status", "", ""},
                   {"flow", code, ""}, {"capacity", code, "what the tie states"}};
  for (const EdgeId edge : topology.graph.edges()) {
    if (flow[edge] == 0) continue;
    const EdgeId original = topology.edge[edge];
    NodeId source = network.source(original), target = network.target(original);
    if (flow[edge] < 0) std::swap(source, target);
    table.rows.push_back({original, source, target, network.kind(original), network.status(original),
                          tables.money(flow[edge] < 0 ? -flow[edge] : flow[edge]),
                          tables.money(run.money().column.units[edge])});
  }
  return table;
}

/// The same question over the ties of one status at a time, for a card whose answer is one value.
Result<Table> by_status_table(Session& session, const Card& card, const OptionValues& values, const Selection& selection,
                              const CardRun& whole, const FlowOptions& options) {
  const Topology& topology = whole.analysis->topology();
  const TieMoney& money = whole.money();
  Table table;
  table.name = "by-status";
  table.title = "The same over ties of one status each (these do not add up to the whole)";
  table.columns = {{"status", "", ""}, {"value", whole.money_unit(), ""}};
  std::set<std::string> statuses;
  for (const EdgeId edge : topology.graph.edges()) {
    if (money.column.units[edge] > 0) statuses.insert(topology.network->status(topology.edge[edge]));
  }
  for (const std::string& status : statuses) {
    const auto part = run_card(session, card, values, with_status(selection, status), options.input,
                               whole.capacities ? std::nullopt : std::optional(money.column.currency), false);
    if (!part) return tl::unexpected(part.error());
    table.rows.push_back({status, part->tables(card, {}).figure("value").value_or(TableCell())});
  }
  return table;
}

std::string key_of(std::string name) {
  std::ranges::replace(name, '-', '_');
  return name;
}

Result<void> run_flow(Session& session, const FlowOptions& options) {
  const auto found = card_named(options.method, flow_methods(), "method", session);
  if (!found) return fail(found.error().code, found.error().what, "option method");
  const Card& card = **found;
  if (auto used = options.cards->all_used_by({&card}); !used) return used;
  const auto values = options.cards->values_for(card);
  if (!values) return tl::unexpected(values.error());
  const auto currency = session.currency();
  if (!currency) return tl::unexpected(currency.error());
  for (const char* word : {"none", "count", "word:none", "word:count"}) {
    if (session.selection.weight != word) continue;
    return fail(ErrorCode::bad_argument, "A flow is bounded by stated amounts, or by a column of numbers: --weight column:NAME.", "option weight");
  }
  const auto selection = session.load_capacities();
  if (!selection) return tl::unexpected(selection.error());
  if (session.capacity_column().empty()) {
    if (auto apart = stages_apart(*selection, session.selection.spec.edge_kinds, *currency); !apart) return apart;
  }
  const auto run = run_card(session, card, *values, *selection, options.input, *currency, session.global.verify);
  if (!run) return tl::unexpected(run.error());
  const NetworkPtr network = selection->network;
  const auto& languages = session.global.languages;
  const FindingsTables tables = run->tables(card, languages);
  const std::string code = run->money_unit();

  Answer answer;
  answer.parameters = parameters_of(card, *values, options.input);
  answer.parameters.emplace(answer.parameters.begin(), "method", card.name);
  if (*currency) answer.parameters.emplace_back("currency", std::string((*currency)->text()));
  answer.notes = run->notes;
  for (std::string& remark : remarks(card, *run, *selection)) answer.notes.push_back(std::move(remark));
  answer.verified = session.global.verify;

  const auto value = tables.figure("value");
  const bool routed = value && card.needs_ends;
  std::vector<Table> listings = tables.listings();
  const auto form = session.format();
  if (!form) return tl::unexpected(form.error());
  Table routes = routes_table(*run, tables, languages, *form == "csv");
  if (routed) {
    const auto* money = std::get_if<Money>(&*value);
    routes.title = "From " + names_of(*network, run->from, languages) + " to " + names_of(*network, run->to, languages) + ": " +
                   (money && money->units != 0 ? money_words(*money) + " can pass, if ties of all kinds and statuses selected carry it together"
                                               : "no stated money can pass") + "; by " + card.name;
  }
  Table cut = tables.cut();
  cut.title = "Bottleneck: the ties of a minimum cut";
  cut.complete = true;
  cut.completeness.clear();
  Table edges;
  if (const EdgeColumn<std::int64_t>* flow = carried_by(*run)) edges = edges_table(*run, tables, *flow);
  std::optional<Table> by_status;
  if (routed) {
    auto table = by_status_table(session, card, *values, *selection, *run, options);
    if (!table) return tl::unexpected(table.error());
    by_status = std::move(*table);
  }

  Table by_report;
  if (value) {
    const auto others = session.other_reports();
    if (!others) return tl::unexpected(others.error());
    if (!others->empty()) {
      by_report.name = "by-report";
      by_report.title = "The same where the lower, and where the higher of two reports always holds";
      by_report.columns = {{"reports", "", ""}, {"value", code, ""}};
      by_report.rows.push_back({"reconciled", *value});
    }
    for (const auto& [name, version] : *others) {
      const auto part = run_card(session, card, *values, version, options.input, run->money().column.currency, false);
      if (!part) return tl::unexpected(part.error());
      by_report.rows.push_back({name, part->tables(card, {}).figure("value").value_or(TableCell())});
    }
  }

  // A card may use walks and a cut as its proof; those that move no amount, and those that do not limit the value,
  // are told by its listings.
  std::int64_t cut_units = 0;
  for (const EdgeId edge : run->findings.cut) {
    if (__builtin_add_overflow(cut_units, run->money().column.units[edge], &cut_units)) break;
  }
  const auto* total = value ? std::get_if<Money>(&*value) : nullptr;
  const bool limits = routed && total && cut_units == total->units;
  const bool carries = run->findings.walks.empty() || std::ranges::any_of(run->findings.walks, [](const Walk& walk) { return walk.amount != 0; });

  // What was asked for first: where the money ends, or the routes it takes; then what explains it.
  if (routed && carries) answer.tables.push_back(routes);
  for (const Table& listing : listings) answer.tables.push_back(listing);
  if (!routed && carries && !routes.rows.empty()) answer.tables.push_back(routes);
  if (limits) answer.tables.push_back(cut);
  if (!edges.columns.empty()) answer.tables.push_back(edges);
  if (by_status) answer.tables.push_back(*by_status);
  if (!by_report.rows.empty()) answer.tables.push_back(by_report);
  say_no_in_the_table(*run, answer.tables);
  Table figures = tables.figures();
  figures.complete = true;
  figures.completeness.clear();
  answer.tables.push_back(std::move(figures));
  answer.tables.front().provenance = session.provenance(*selection, card.name, answer);

  answer.json = [&](JsonWriter& json) {
    const auto ids = [&](const char* key, const std::vector<NodeId>& nodes) {
      json.key(key).begin_array();
      for (const NodeId node : nodes) json.value(network->key(node));
      json.end_array();
    };
    const auto rows = [&](const Table& table) {
      json.key(key_of(table.name));
      write_rows(json, table);
    };
    json.begin_object();
    ids("from", run->from);
    ids("to", run->to);
    if (value) {
      json.key("value");
      write_cell(json, *value, network);
    }
    json.key("currency");
    if (run->capacities) json.null();
    else json.value(code);
    json.key("unit").value(code);
    json.key("figures");
    write_figures(json, tables);
    json.key("complete").value(run->findings.complete);
    json.key("completeness").value(run->findings.completeness);
    json.key("routes").begin_array();
    for (const Walk& walk : run->findings.walks) {
      if (!carries) break;
      json.begin_object();
      json.key("nodes").begin_array();
      for (const NodeId node : walk.nodes) json.value(network->key(run->analysis->topology().node[node]));
      json.end_array();
      json.key("amount").value(tables.money(walk.amount));
      json.end_object();
    }
    json.end_array();
    if (limits) rows(cut);
    if (!edges.columns.empty()) rows(edges);
    if (by_status) rows(*by_status);
    if (!by_report.rows.empty()) rows(by_report);
    for (const Table& listing : listings) rows(listing);
    json.end_object();
  };
  return session.print(*selection, std::move(answer));
}

}  // namespace

void add_flow(CLI::App& app, Session& session, Action& action) {
  auto options = std::make_shared<FlowOptions>();
  CLI::App* command = add_command(app, session, action, "flow", "where stated money goes: what can pass from A to B and what limits it, where it ended, what returns",
                                  [&session, options] { return run_flow(session, *options); });
  declare_card_input(*command, options->input);
  std::string help = "default max-flow; one of:", footer = "Methods:\n";
  for (const Card* card : flow_methods()) {
    help += " " + card->name;
    footer += "  " + card->name + std::string(std::max<std::size_t>(card->name.size(), 16) - card->name.size() + 2, ' ') + card->summary + "\n";
  }
  command->add_option("--method", options->method, help);
  command->footer(footer + "entente algorithms METHOD tells its conventions, cost and sources.");
  options->cards = CardOptions::declare(*command, flow_methods());
  add_selection_options(*command, session);
}

}  // namespace entente
