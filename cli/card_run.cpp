#include "cli/card_run.hpp"

#include <algorithm>

#include "cli/wording.hpp"
#include "engine/text.hpp"
#include "query/tie_columns.hpp"

namespace entente {

namespace {

/// The nodes of a group, as the network knows them. Errors: those of resolve_group, with the flag as their place.
Result<std::vector<NodeId>> named_nodes(Session& session, const NetworkPtr& network, const std::string& flag, const std::string& group) {
  if (group.empty()) return std::vector<NodeId>();
  auto nodes = session.resolve_group(network, group);
  if (!nodes && nodes.error().where.empty()) nodes.error().where = "option " + flag;
  return nodes;
}

/// A list for the reader of the parameters: the option given twice is one list.
std::string on_one_line(std::string lists) {
  std::ranges::replace(lists, '\n', ',');
  return lists;
}

/// What an Analysis calls by another name than the flag.
Error as_typed(Error error) {
  if (error.where == "option by") error.where = "option group";
  return error;
}

/// The part of them that is in the selection.
Result<std::vector<NodeId>> within(const Topology& topology, const std::vector<NodeId>& nodes, const std::string& flag,
                                   const std::string& words) {
  std::vector<NodeId> found;
  for (const NodeId node : nodes) {
    if (const auto here = topology.find(node)) found.push_back(*here);
  }
  if (found.empty() && !nodes.empty()) {
    return fail(ErrorCode::bad_argument, "No node of \"" + on_one_line(words) + "\" is in the selection.", "option " + flag);
  }
  return found;
}

Result<void> given_what_it_needs(const Card& card, const CardInput& input) {
  if (card.needs_ends && (input.from.empty() || input.to.empty())) {
    return fail(ErrorCode::bad_argument, card.name + " runs from somewhere to somewhere: give --from and --to.");
  }
  if (card.needs_group && input.group.empty()) {
    return fail(ErrorCode::bad_argument, card.name + " compares groups of nodes: give --group kind, country or a column.");
  }
  return {};
}

/// Flags that were given and that this card has no use for.
std::vector<std::string> of_no_use(const Card& card, const CardInput& input, const Session& session) {
  std::vector<std::string> notes;
  const SelectionOptions& selection = session.selection;
  const bool amounts = card.needs_money || session.weighs_by_amount() || !selection.spec.where.empty();
  const auto check = [&](const char* flag, const std::string& given, bool used) {
    if (!given.empty() && !used) notes.push_back(card.name + " makes no use of --" + flag);
  };
  check("from", input.from, card.needs_ends || card.takes_ends);
  check("to", input.to, card.needs_ends || card.takes_ends);
  check("group", input.group, card.needs_group || card.takes_group);
  check("cost", input.cost, card.takes_cost);
  check("least", input.least, card.takes_least);
  check("weight", selection.weight, !card.needs_money || session.weighs_by_amount() || !session.capacity_column().empty());
  check("currency", selection.currency, amounts);
  check("reports", selection.reports, amounts);
  return notes;
}

}  // namespace

std::vector<std::pair<std::string, OptionValue>> parameters_of(const Card& card, const OptionValues& values, const CardInput& input) {
  std::vector<std::pair<std::string, OptionValue>> parameters;
  for (const auto& [name, given] : {std::pair{"from", &input.from}, std::pair{"to", &input.to}, std::pair{"group", &input.group},
                                    std::pair{"cost", &input.cost}, std::pair{"least", &input.least}}) {
    if (!given->empty()) parameters.emplace_back(name, on_one_line(*given));
  }
  for (const OptionSpec& spec : card.options) {
    const auto given = values.find(spec.name);
    parameters.emplace_back(spec.name, given == values.end() ? spec.default_value : given->second);
  }
  return parameters;
}

FindingsTables CardRun::tables(const Card& card, const std::vector<std::string>& languages) const {
  return capacities ? FindingsTables(card, *analysis, findings, languages, *capacities, capacity_column)
                    : FindingsTables(card, *analysis, findings, languages);
}

void say_no_in_the_table(const CardRun& run, std::vector<Table>& tables) {
  const auto& figures = run.findings.figures;
  const auto feasible = std::ranges::find(figures, std::string("feasible"), [](const auto& figure) { return figure.first; });
  const bool no = feasible != figures.end() && feasible->second == FigureValue(false);
  const auto why = std::ranges::find_if(run.findings.notes, [](const std::string& note) { return note.starts_with("No "); });
  const auto reasons = std::ranges::find(tables, std::string("shortfall"), &Table::name);
  if (!no || why == run.findings.notes.end() || reasons == tables.end()) return;
  const auto words = std::ranges::find(reasons->columns, std::string("role"), &TableColumn::name);
  if (words == reasons->columns.end()) return;
  std::vector<TableCell> row(reasons->columns.size());
  row[static_cast<std::size_t>(words - reasons->columns.begin())] = *why;
  reasons->rows.insert(reasons->rows.begin(), std::move(row));
}

void declare_card_input(CLI::App& command, CardInput& input) {
  command.add_option("--from", input.from,
                     "where money, paths and searches begin: names, country:CC (or CC), kind:KIND, separated by commas, or the option "
                     "once for each; a name that holds a comma stands alone or in double quotes: --from '\"Agency, Seoul\",KR'")
      ->join('\n');
  command.add_option("--to", input.to, "where they end: the same")->join('\n');
  command.add_option("--group", input.group, "kind, country or a column, for algorithms that compare groups");
  command.add_option("--cost", input.cost, "numeric column: what each unit of money costs over a tie (default: 1 a tie)");
  command.add_option("--least", input.least, "numeric column: the least that a tie must carry");
}

Result<CardRun> run_card(Session& session, const Card& card, const OptionValues& values, const Selection& selection,
                         const CardInput& input, const std::optional<Currency>& currency, bool verify) {
  if (auto given = given_what_it_needs(card, input); !given) return tl::unexpected(given.error());
  CardRun run;
  const auto from = named_nodes(session, selection.network, "from", input.from);
  if (!from) return tl::unexpected(from.error());
  const auto to = named_nodes(session, selection.network, "to", input.to);
  if (!to) return tl::unexpected(to.error());
  run.from = *from;
  run.to = *to;
  if (card.needs_money && card.needs_ends) {
    for (const NodeId node : run.from) {
      if (std::ranges::binary_search(run.to, node)) {
        return fail(ErrorCode::bad_argument, std::string(selection.network->label(node, session.global.languages)) +
                                                 " is both at the start and at the end of the flow.");
      }
    }
  }

  const std::string plain = card.needs_money ? session.capacity_column() : std::string();
  if (!plain.empty() && card.takes_least && !input.least.empty()) {
    return fail(ErrorCode::bad_argument, "What a tie must carry is an amount of money, and --weight makes plain numbers of what it can carry.", "option least");
  }
  const bool by_money = card.needs_money && plain.empty();
  auto analysis = Analysis::prepare(selection, {.weight = card.needs_money ? std::string() : session.weight(),
                                                .currency = currency,
                                                .money = by_money,
                                                .smallest_coin = card.divides_money,
                                                .days = card.takes_days,
                                                .cost = card.takes_cost ? input.cost : std::string(),
                                                .least = card.takes_least ? input.least : std::string(),
                                                .group = card.needs_group || card.takes_group ? input.group : std::string()});
  if (!analysis) return tl::unexpected(as_typed(analysis.error()));
  run.analysis = std::make_unique<Analysis>(std::move(*analysis));
  run.problem = session.problem_of(*run.analysis);
  if (!plain.empty()) {
    auto capacities = capacities_of(run.analysis->topology(), plain, card.divides_money);
    if (!capacities) return tl::unexpected(capacities.error());
    run.capacities = std::make_unique<TieMoney>(std::move(*capacities));
    run.capacity_column = plain;
    run.problem.money = &run.capacities->column;
    run.problem.stated = &run.capacities->stated;
  }
  if (card.needs_money && std::ranges::none_of(run.money().stated.values(), [](std::uint8_t stated) { return stated != 0; })) {
    return fail(ErrorCode::bad_argument, plain.empty() ? "None of the selected ties states an amount in " + run.money_unit() + ", so nothing can be said about it."
                                                       : "None of the selected ties has a number in column " + plain + ".",
                plain.empty() ? "option currency" : "option weight");
  }
  for (auto [nodes, ends, flag, words] : {std::tuple{&run.from, &run.problem.from, "from", &input.from},
                                          std::tuple{&run.to, &run.problem.to, "to", &input.to}}) {
    auto here = within(run.analysis->topology(), *nodes, flag, *words);
    if (!here) return tl::unexpected(here.error());
    *ends = std::move(*here);
  }

  const Topology& topology = run.analysis->topology();
  auto findings = card.run(run.problem, values, session.job());
  if (!findings) return tl::unexpected(in_ids(findings.error(), topology));
  run.findings = std::move(*findings);
  for (std::string& note : run.findings.notes) note = in_ids(note, topology);
  run.notes = run.analysis->notes();
  run.notes.insert(run.notes.end(), run.findings.notes.begin(), run.findings.notes.end());
  for (std::string& note : of_no_use(card, input, session)) run.notes.push_back(std::move(note));
  if (verify) {
    if (card.verify) {
      const auto bar = session.progress("checking the certificate");
      auto verdict = card.verify(run.problem, values, run.findings);
      if (!verdict) return tl::unexpected(in_ids(verdict.error(), topology));
      run.verdict = std::move(*verdict);
    } else {
      run.verdict = card.name + ": not verified, no certificate exists for this algorithm";
    }
    run.notes.push_back(*run.verdict);
  }
  return run;
}

}  // namespace entente
