// entente clusters: who belongs together, by any method of the registry's family community.

#include <algorithm>
#include <memory>

#include "algorithms/analysis.hpp"
#include "algorithms/registry.hpp"
#include "cli/card_options.hpp"
#include "cli/cells.hpp"
#include "cli/command.hpp"
#include "cli/method_words.hpp"
#include "cli/wording.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

std::vector<const Card*> cluster_methods() {
  std::vector<const Card*> cards;
  for (const Card& card : registry()) {
    if (is_cluster_method(card)) cards.push_back(&card);
  }
  return cards;
}

struct ClustersOptions {
  std::string method = "leiden";
  std::shared_ptr<CardOptions> cards;
};

/// On a large network twenty runs take minutes; how many to make instead, or 0 to leave the default. A number that
/// the user asked for is never touched.
std::int64_t affordable_runs(const Card& card, const OptionValues& given, std::size_t ties) {
  constexpr std::size_t ties_in_all = 4'000'000;  // runs * ties that take well under a minute on one core
  const auto spec = std::ranges::find(card.options, "runs", &OptionSpec::name);
  if (spec == card.options.end() || given.contains("runs")) return 0;
  const auto usual = static_cast<std::size_t>(std::get<std::int64_t>(spec->default_value));
  return usual * ties <= ties_in_all ? 0 : static_cast<std::int64_t>(std::max<std::size_t>(1, ties_in_all / ties));
}

Result<void> run_clusters(Session& session, const ClustersOptions& options) {
  const auto found = card_named(options.method, cluster_methods(), "method", session);
  if (!found) return fail(found.error().code, found.error().what, "option method");
  const Card& card = **found;
  if (auto used = options.cards->all_used_by({&card}); !used) return used;
  auto values = options.cards->values_for(card);
  if (!values) return tl::unexpected(values.error());
  const auto currency = session.currency();
  if (!currency) return tl::unexpected(currency.error());
  auto selection = session.load_selection(true);
  if (!selection) return tl::unexpected(selection.error());
  const auto analysis = Analysis::prepare(*selection, {.weight = session.weight(), .currency = *currency});
  if (!analysis) return tl::unexpected(analysis.error());
  const std::int64_t runs = affordable_runs(card, *values, selection->edges.size());
  if (runs > 0) {
    (*values)["runs"] = runs;
    session.note(counted(static_cast<std::size_t>(runs), "run", "runs") + " instead of 20, since the network is large (--runs asks for more)");
  }
  const auto findings = card.run(session.problem_of(*analysis), *values, session.job());
  if (!findings) return tl::unexpected(in_ids(findings.error(), analysis->topology()));

  Answer answer;
  answer.notes = analysis->notes();
  answer.notes.insert(answer.notes.end(), findings->notes.begin(), findings->notes.end());
  if (session.global.verify) {
    if (card.verify) {
      const auto bar = session.progress("checking the certificate");
      const auto verdict = card.verify(session.problem_of(*analysis), *values, *findings);
      if (!verdict) return tl::unexpected(in_ids(verdict.error(), analysis->topology()));
      answer.notes.push_back(*verdict);
      answer.verified = true;
    }
  }
  answer.parameters.emplace_back("method", card.name);
  for (const OptionSpec& spec : card.options) {
    const auto given = values->find(spec.name);
    answer.parameters.emplace_back(spec.name, given == values->end() ? spec.default_value : given->second);
  }

  const Topology& topology = analysis->topology();
  const NetworkPtr network = topology.network;
  const auto& cluster = std::get<NodeColumn<std::int64_t>>(findings->per_node.front().second);
  Table table;
  table.name = "clusters";
  table.network = network;
  table.columns = {{"id", "", ""}, {"name", "", ""}};
  for (const auto& [name, column] : findings->per_node) {
    const auto spec = std::ranges::find(card.results, name, &ResultSpec::name);
    table.columns.push_back({name, spec->unit, spec->help});
  }
  std::vector<NodeId> order(topology.graph.nodes().begin(), topology.graph.nodes().end());
  std::ranges::stable_sort(order, {}, [&](NodeId node) { return cluster[node]; });
  for (const NodeId node : order) {
    const NodeId original = topology.node[node];
    std::vector<TableCell> row{std::string(network->key(original)), std::string(network->label(original, session.global.languages))};
    for (const auto& [name, column] : findings->per_node) {
      row.push_back(cell_of(column, node));
    }
    table.rows.push_back(std::move(row));
  }

  std::int64_t count = 0;
  for (const std::int64_t c : cluster.values()) count = std::max(count, c + 1);
  Table quality;
  quality.name = "quality";
  quality.title = "Quality";
  quality.columns = {{"figure", "", ""}, {"value", "", ""}};
  for (const auto& [name, value] : findings->figures) {
    quality.rows.push_back({name, cell_of(value)});
  }
  table.title = counted(static_cast<std::size_t>(count), "cluster", "clusters") + " by " + card.name;
  table.provenance = session.provenance(*selection, card.name, answer);

  answer.json = [&card, findings = *findings, table, count](JsonWriter& json) {
    json.begin_object();
    json.key("method").value(card.name);
    json.key("quality");
    write_figures(json, findings);
    json.key("count").value(count);
    json.key("rows");
    write_rows(json, table);
    json.end_object();
  };
  answer.tables.push_back(std::move(table));
  answer.tables.push_back(std::move(quality));
  return session.print(*selection, std::move(answer));
}

}  // namespace

void add_clusters(CLI::App& app, Session& session, Action& action) {
  auto options = std::make_shared<ClustersOptions>();
  CLI::App* command = add_command(app, session, action, "clusters", "who belongs together",
                                  [&session, options] { return run_clusters(session, *options); });
  std::string names;
  for (const Card* card : cluster_methods()) names += (names.empty() ? "" : ", ") + card->name;
  command->add_option("--method", options->method, names + " (default leiden)");
  options->cards = CardOptions::declare(*command, cluster_methods());
  add_selection_options(*command, session);
}

}  // namespace entente
