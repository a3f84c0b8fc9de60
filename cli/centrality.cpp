// entente centrality: any measure of the registry that gives each node a number of the measure's name.

#include <algorithm>
#include <memory>

#include "algorithms/analysis.hpp"
#include "algorithms/registry.hpp"
#include "cli/card_options.hpp"
#include "cli/cells.hpp"
#include "cli/command.hpp"
#include "cli/method_words.hpp"
#include "cli/wording.hpp"

namespace entente {

namespace {

struct CentralityOptions {
  std::vector<std::string> measures;
  std::size_t top = 0;
  std::shared_ptr<CardOptions> cards;
};

std::vector<const Card*> measures() {
  std::vector<const Card*> cards;
  for (const Card& card : registry()) {
    if (is_measure(card)) cards.push_back(&card);
  }
  return cards;
}

double number_of(const NodeValues& values, NodeId node) {
  return std::visit([&](const auto& column) { return static_cast<double>(column[node]); }, values);
}

Result<void> run_centrality(Session& session, const CentralityOptions& options) {
  std::vector<const Card*> cards;
  for (const std::string& name : options.measures) {
    if (std::ranges::find(cards, name, &Card::name) != cards.end()) continue;  // asked for twice
    if (const Card* other = find_card(name); other && !is_measure(*other)) {
      return fail(ErrorCode::bad_argument, name + " gives more, or other things, than one number per node; " + call_of(*other, session) + " tells it.");
    }
    const auto card = card_named(name, measures(), "measure", session);
    if (!card) return tl::unexpected(card.error());
    cards.push_back(*card);
  }
  if (auto used = options.cards->all_used_by(cards); !used) return used;
  const auto currency = session.currency();
  if (!currency) return tl::unexpected(currency.error());
  auto selection = session.load_selection(true);
  if (!selection) return tl::unexpected(selection.error());
  auto analysis = Analysis::prepare(*selection, {.weight = session.weight(), .currency = *currency});
  if (!analysis) return tl::unexpected(analysis.error());

  Answer answer;
  answer.notes = analysis->notes();
  std::vector<NodeValues> columns;
  for (const Card* card : cards) {
    const auto values = options.cards->values_for(*card);
    if (!values) return tl::unexpected(values.error());
    auto findings = card->run(session.problem_of(*analysis), *values, session.job());
    if (!findings) return tl::unexpected(in_ids(findings.error(), analysis->topology()));
    for (const std::string& remark : findings->notes) answer.notes.push_back(card->name + ": " + remark);
    if (session.global.verify) {
      if (!card->verify) {
        answer.notes.push_back(card->name + ": not verified, no certificate exists for this measure");
        answer.verified = true;  // said, measure by measure
      } else {
        const auto bar = session.progress("checking the certificate");
        const auto verdict = card->verify(session.problem_of(*analysis), *values, *findings);
        if (!verdict) return tl::unexpected(in_ids(verdict.error(), analysis->topology()));
        answer.notes.push_back(card->name + ": " + *verdict);
        answer.verified = true;
      }
    }
    columns.push_back(std::move(findings->per_node.front().second));
    for (const OptionSpec& spec : card->options) {
      const auto same = [&](const auto& parameter) { return parameter.first == spec.name; };
      if (std::ranges::any_of(answer.parameters, same)) continue;
      const auto given = values->find(spec.name);
      answer.parameters.emplace_back(spec.name, given == values->end() ? spec.default_value : given->second);
    }
  }

  const Topology& topology = analysis->topology();
  const NetworkPtr network = topology.network;
  std::vector<NodeId> order(topology.graph.nodes().begin(), topology.graph.nodes().end());
  std::ranges::stable_sort(order, [&](NodeId a, NodeId b) { return number_of(columns[0], a) > number_of(columns[0], b); });
  const bool cut = options.top > 0 && options.top < order.size();
  if (cut) order.resize(options.top);

  Table table;
  table.name = "centrality";
  table.title = "Centrality";
  table.network = network;
  table.complete = !cut;
  if (cut) table.completeness = "the top " + std::to_string(options.top) + " by " + cards[0]->name;
  table.columns = {{"id", "", ""}, {"name", "", ""}};
  for (const Card* card : cards) {
    const std::string& unit = card->results.front().unit;
    table.columns.push_back({card->name, unit == "weight" && !analysis->weight_unit().empty() ? analysis->weight_unit() : unit,
                             card->results.front().help});
    table.title += (card == cards.front() ? ": " : ", ") + card->name;
  }
  for (const NodeId node : order) {
    const NodeId original = topology.node[node];
    std::vector<TableCell> row{std::string(network->key(original)), std::string(network->label(original, session.global.languages))};
    for (const NodeValues& values : columns) row.push_back(cell_of(values, node));
    table.rows.push_back(std::move(row));
  }
  std::string names;
  for (const Card* card : cards) names += (names.empty() ? "" : " ") + card->name;
  table.provenance = session.provenance(*selection, names, answer);
  answer.json = [&cards, table](JsonWriter& json) {
    json.begin_object();
    json.key("measures").begin_array();
    for (const Card* card : cards) json.value(card->name);
    json.end_array();
    json.key("complete").value(table.complete);
    json.key("rows");
    write_rows(json, table);
    json.end_object();
  };
  answer.tables.push_back(std::move(table));
  return session.print(*selection, std::move(answer));
}

}  // namespace

void add_centrality(CLI::App& app, Session& session, Action& action) {
  auto options = std::make_shared<CentralityOptions>();
  CLI::App* command = add_command(app, session, action, "centrality",
                                  "who matters: any measures of the registry, side by side",
                                  [&session, options] { return run_centrality(session, *options); });
  command->add_option("MEASURE", options->measures, "names of measures; entente algorithms lists them")->required();
  command->add_option("--top", options->top, "only the first N by the first measure")->check(CLI::Range(1, 1000000000));
  options->cards = CardOptions::declare(*command, measures());
  add_selection_options(*command, session);
}

}  // namespace entente
