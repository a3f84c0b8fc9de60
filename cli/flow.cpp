// entente flow: how much money can pass from one group to another, over which routes, and what limits it.

#include <algorithm>
#include <memory>
#include <set>

#include "algorithms/analysis.hpp"
#include "algorithms/registry.hpp"
#include "cli/card_options.hpp"
#include "cli/cells.hpp"
#include "cli/command.hpp"
#include "engine/kind.hpp"
#include "engine/text.hpp"
#include "query/sentences.hpp"

namespace entente {

namespace {

struct FlowOptions {
  std::string from, to;
  std::string method = "max-flow";
  std::shared_ptr<CardOptions> cards;
};

std::vector<const Card*> methods() {
  std::vector<const Card*> cards;
  for (const Card& card : registry()) {
    if (card.family == "flow" && card.needs_ends && card.needs_money) cards.push_back(&card);
  }
  return cards;
}

/// One run of a flow card over one selection, with all that its output needs.
struct FlowRun {
  Analysis analysis;
  Findings findings;
  std::int64_t value = 0;

  const Topology& topology() const { return analysis.topology(); }
  Money money(std::int64_t units) const {
    const MoneyColumn& column = analysis.money()->column;
    return {units, column.decimals, column.currency};
  }
  const EdgeColumn<std::int64_t>& flow() const { return std::get<EdgeColumn<std::int64_t>>(findings.per_edge.front().second); }
};

std::vector<NodeId> within(const Topology& topology, const std::vector<NodeId>& nodes) {
  std::vector<NodeId> found;
  for (const NodeId node : nodes) {
    if (const auto here = topology.find(node)) found.push_back(*here);
  }
  return found;
}

Result<FlowRun> run_card(const Card& card, const Selection& selection, const std::vector<NodeId>& from,
                         const std::vector<NodeId>& to, const OptionValues& values, const std::optional<Currency>& currency,
                         bool verify, std::string* verdict, const Job& job) {
  auto analysis = Analysis::prepare(selection, {.weight = {}, .currency = currency, .money = true, .group = {}});
  if (!analysis) return tl::unexpected(analysis.error());
  Problem problem = analysis->problem();
  problem.from = within(analysis->topology(), from);
  problem.to = within(analysis->topology(), to);
  if (problem.from.empty() || problem.to.empty()) {
    return fail(ErrorCode::bad_argument, std::string("No node of the group at the ") +
                                             (problem.from.empty() ? "start" : "end") + " is in the selection.");
  }
  auto findings = card.run(problem, values, job);
  if (!findings) return tl::unexpected(findings.error());
  if (verify && card.verify) {
    const auto sentence = card.verify(problem, values, *findings);
    if (!sentence) return tl::unexpected(sentence.error());
    *verdict = *sentence;
  }
  FlowRun run{std::move(*analysis), std::move(*findings), 0};
  for (const auto& [name, value] : run.findings.figures) {
    if (name == "value") run.value = std::get<std::int64_t>(value);
  }
  return run;
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

/// Kinds and statuses of the ties that carry the flow: what a sum over them mixes.
std::set<std::string> mixed(const FlowRun& run, const std::string& (Network::*column)(EdgeId) const) {
  std::set<std::string> values;
  for (const EdgeId edge : run.topology().graph.edges()) {
    if (run.flow()[edge] != 0) values.insert((run.topology().network.get()->*column)(run.topology().edge[edge]));
  }
  return values;
}

std::string joined(const std::set<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + (word.empty() ? "not stated" : word);
  return text;
}

Result<void> run_flow(Session& session, const FlowOptions& options) {
  const auto found = card_named(options.method, methods(), "method");
  if (!found) return tl::unexpected(found.error());
  const Card& card = **found;
  const auto values = options.cards->values_for(card);
  if (!values) return tl::unexpected(values.error());
  const auto asked_currency = session.currency();
  if (!asked_currency) return tl::unexpected(asked_currency.error());
  const std::optional<Currency> currency = *asked_currency;
  if (!session.selection.weight.empty() && session.selection.weight != "amount") {
    return fail(ErrorCode::bad_argument, "A flow is a flow of money: its weight is always amount.", "option weight");
  }
  auto selection = session.load_selection(false);
  if (!selection) return tl::unexpected(selection.error());
  const NetworkPtr network = selection->network;
  const auto from = session.resolve_group(network, options.from), to = session.resolve_group(network, options.to);
  if (!from) return tl::unexpected(from.error());
  if (!to) return tl::unexpected(to.error());
  for (const NodeId node : *from) {
    if (std::ranges::binary_search(*to, node)) {
      return fail(ErrorCode::bad_argument, std::string(network->label(node, session.global.languages)) +
                                               " is both at the start and at the end of the flow.");
    }
  }

  std::string verdict;
  const auto run = run_card(card, *selection, *from, *to, *values, currency, session.global.verify, &verdict, session.job());
  if (!run) return tl::unexpected(run.error());
  const Topology& topology = run->topology();
  const TieMoney& money = *run->analysis.money();
  const auto& languages = session.global.languages;

  Answer answer;
  answer.notes = run->findings.notes;
  answer.parameters = {{"method", card.name}, {"from", options.from}, {"to", options.to}};
  if (currency) answer.parameters.emplace_back("currency", std::string(currency->text()));
  if (!verdict.empty()) answer.notes.push_back(verdict);
  answer.verified = !verdict.empty();
  std::size_t silent = 0;
  for (const EdgeId edge : selection->edges) silent += is_kind(network->kind(edge), "funding") && !network->amount(edge);
  if (silent > 0) answer.notes.push_back(counted(silent, "tie of kind funding states", "ties of kind funding state") + " no amount and can carry nothing here; unknown is not zero");
  if (money.other_currency > 0) {
    answer.notes.push_back(counted(money.other_currency, "amount", "amounts") + " in another currency left out (no rate is given)");
  }
  const auto kinds = mixed(*run, &Network::kind), statuses = mixed(*run, &Network::status);
  if (kinds.size() > 1) answer.notes.push_back("the flow passes over ties of several kinds: " + joined(kinds) + " (--edge-kind keeps them apart)");
  if (statuses.size() > 1) answer.notes.push_back("the flow passes over ties of several statuses: " + joined(statuses) + " (the table by status keeps them apart)");

  const Money value = run->money(run->value);
  const bool any = run->value != 0;
  const std::string code(money.column.currency.text());
  const auto amount_cell = [&](std::int64_t units) { return TableCell(run->money(units)); };

  Table routes;
  routes.name = "routes";
  routes.title = "From " + names_of(*network, *from, languages) + " to " + names_of(*network, *to, languages) + ": " +
                 (any ? money_words(value) + " over ties of all kinds and statuses selected" : "no stated money can pass") + ", by " + card.name;
  routes.network = network;
  routes.columns = {{"route", "", ""}, {"path", "", ""}, {"amount", code, "carried by this route"}};
  for (std::size_t i = 0; i < run->findings.walks.size(); ++i) {
    const Walk& walk = run->findings.walks[i];
    std::string path;
    for (const NodeId node : walk.nodes) path += (path.empty() ? "" : " → ") + std::string(network->label(topology.node[node], languages));
    routes.rows.push_back({static_cast<std::int64_t>(i + 1), path, amount_cell(walk.amount)});
  }
  routes.provenance = session.provenance(*selection, card.name, answer);

  Table cut;
  cut.name = "cut";
  cut.title = "Bottleneck: the ties of a minimum cut";
  cut.network = network;
  cut.columns = {{"tie", "", ""}, {"source", "", ""}, {"target", "", ""}, {"kind", "", ""}, {"status", "", ""}, {"amount", code, ""}};
  for (const EdgeId edge : run->findings.cut) {
    const EdgeId original = topology.edge[edge];
    cut.rows.push_back({std::string(network->key(original)), std::string(network->key(network->source(original))),
                        std::string(network->key(network->target(original))), network->kind(original),
                        network->status(original), amount_cell(money.column.units[edge])});
  }

  Table edges;
  edges.name = "edges";
  edges.title = "Ties that carry the flow";
  edges.network = network;
  edges.columns = {{"tie", "", ""}, {"source", "", ""}, {"target", "", ""}, {"kind", "", ""}, {"status", "", ""},
                   {"flow", code, ""}, {"capacity", code, ""}};
  for (const EdgeId edge : topology.graph.edges()) {
    const std::int64_t flow = run->flow()[edge];
    if (flow == 0) continue;
    const EdgeId original = topology.edge[edge];
    NodeId source = network->source(original), target = network->target(original);
    if (flow < 0) std::swap(source, target);
    edges.rows.push_back({std::string(network->key(original)), std::string(network->key(source)),
                          std::string(network->key(target)), network->kind(original), network->status(original),
                          amount_cell(flow < 0 ? -flow : flow), amount_cell(money.column.units[edge])});
  }

  Table by_status;
  by_status.name = "by-status";
  by_status.title = "The same over ties of one status each (these do not add up to the whole)";
  by_status.columns = {{"status", "", ""}, {"value", code, ""}};
  std::set<std::string> all_statuses;
  for (const EdgeId edge : topology.graph.edges()) {
    if (money.column.units[edge] > 0) all_statuses.insert(network->status(topology.edge[edge]));
  }
  for (const std::string& status : all_statuses) {
    const auto part = run_card(card, with_status(*selection, status), *from, *to, *values, money.column.currency, false, nullptr, session.job());
    if (!part) return tl::unexpected(part.error());
    by_status.rows.push_back({status, TableCell(part->money(part->value))});
  }

  answer.json = [&, network](JsonWriter& json) {
    const auto ids = [&](const std::vector<NodeId>& nodes) {
      json.begin_array();
      for (const NodeId node : nodes) json.value(network->key(node));
      json.end_array();
    };
    json.begin_object();
    json.key("from");
    ids(*from);
    json.key("to");
    ids(*to);
    json.key("value").value(value);
    json.key("currency").value(code);
    json.key("routes").begin_array();
    for (const Walk& walk : run->findings.walks) {
      json.begin_object();
      json.key("nodes").begin_array();
      for (const NodeId node : walk.nodes) json.value(network->key(topology.node[node]));
      json.end_array();
      json.key("amount").value(run->money(walk.amount));
      json.end_object();
    }
    json.end_array();
    json.key("complete").value(run->findings.complete);
    json.key("cut");
    write_rows(json, cut);
    json.key("edges");
    write_rows(json, edges);
    json.key("by_status");
    write_rows(json, by_status);
    json.end_object();
  };
  answer.tables = {routes, cut, edges, by_status};
  return session.print(*selection, std::move(answer));
}

}  // namespace

void add_flow(CLI::App& app, Session& session, Action& action) {
  auto options = std::make_shared<FlowOptions>();
  CLI::App* command = add_command(app, session, action, "flow", "how much stated money can pass from A to B, and what limits it",
                                  [&session, options] { return run_flow(session, *options); });
  command->add_option("--from", options->from, "names, country:CC (or CC), kind:KIND, separated by commas")->required();
  command->add_option("--to", options->to, "the same")->required();
  command->add_option("--method", options->method, "default max-flow");
  options->cards = CardOptions::declare(*command, methods());
  add_selection_options(*command, session);
}

}  // namespace entente
