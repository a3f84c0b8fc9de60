// entente run: any algorithm of the registry by its name, with all that it answers.

#include <algorithm>
#include <memory>

#include "algorithms/registry.hpp"
#include "cli/card_options.hpp"
#include "cli/card_run.hpp"
#include "cli/cells.hpp"
#include "cli/command.hpp"
#include "query/findings_tables.hpp"
#include "query/money_stages.hpp"

namespace entente {

namespace {

struct RunOptions {
  std::string algorithm;
  CardInput input;
  std::shared_ptr<CardOptions> cards;
};

std::vector<const Card*> all_cards() {
  std::vector<const Card*> cards;
  for (const Card& card : registry()) cards.push_back(&card);
  return cards;
}

Result<void> run_algorithm(Session& session, const RunOptions& options) {
  const auto found = card_named(options.algorithm, all_cards(), "algorithm", session);
  if (!found) return tl::unexpected(found.error());
  const Card& card = **found;
  if (auto used = options.cards->all_used_by({&card}); !used) return used;
  const auto values = options.cards->values_for(card);
  if (!values) return tl::unexpected(values.error());
  const auto currency = session.currency();
  if (!currency) return tl::unexpected(currency.error());
  auto selection = card.needs_money ? session.load_capacities() : session.load_selection(true);
  if (!selection) return tl::unexpected(selection.error());
  if (card.needs_money && session.capacity_column().empty()) {
    if (auto apart = stages_apart(*selection, session.selection.spec.edge_kinds, *currency); !apart) return apart;
  }
  const auto run = run_card(session, card, *values, *selection, options.input, *currency, session.global.verify);
  if (!run) return tl::unexpected(run.error());
  Answer answer;
  answer.notes = run->notes;
  for (const ResultSpec& result : card.results) {
    const auto given = [&](const auto& figure) { return figure.first == result.name; };
    if (!card.takes_group || !options.input.group.empty() || result.per != ResultSpec::Per::network) continue;
    if (std::ranges::none_of(run->findings.figures, given) && result.name.starts_with("category_")) {
      answer.notes.push_back(result.name + " left out, since it compares groups of nodes: give --group kind, country or a column "
                             "(entente info tells it of kinds and countries, as assortativity_by_kind and assortativity_by_country)");
    }
  }
  answer.verified = session.global.verify;
  answer.parameters = parameters_of(card, *values, options.input);

  const FindingsTables tables = run->tables(card, session.global.languages);
  answer.tables = tables.all();
  // The value of a flow is its answer, and what limits it the reason.
  const auto figures = std::ranges::find(answer.tables, std::string("figures"), &Table::name);
  if (card.needs_ends && card.needs_money && tables.figure("value") && figures != answer.tables.end()) {
    std::rotate(answer.tables.begin(), figures, figures + 1);
  }
  say_no_in_the_table(*run, answer.tables);
  if (answer.tables.empty()) {
    Table nothing;
    nothing.name = "figures";
    nothing.title = card.name + ": nothing was found";
    nothing.complete = run->findings.complete;
    nothing.completeness = run->findings.completeness;
    nothing.columns = {{"figure", "", ""}, {"value", "", ""}, {"unit", "", ""}};
    answer.tables.push_back(std::move(nothing));
  }
  answer.tables.front().provenance = session.provenance(*selection, card.name, answer);
  answer.json = [&](JsonWriter& json) {
    json.begin_object();
    json.key("algorithm").value(card.name);
    json.key("complete").value(run->findings.complete);
    json.key("completeness").value(run->findings.completeness);
    json.key("figures");
    write_figures(json, tables);
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
  declare_card_input(*command, options->input);
  options->cards = CardOptions::declare(*command, all_cards());
  add_selection_options(*command, session);
}

}  // namespace entente
