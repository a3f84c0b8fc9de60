#include <algorithm>
#include <string>
#include <utility>

#include "algorithms/funds/scenario_options.hpp"
#include "algorithms/funds/scenario_pairs.hpp"

namespace entente {

namespace {

struct WorstPairOptions {
  std::int64_t candidates = 30;
  std::int64_t pairs = 20;
  std::string rule = "proportional";
  double reserve = 1;
  std::string reading = "latest";
};

struct WorstPairAnswer {
  std::int64_t tried = 0, candidates = 0;
  std::optional<std::int64_t> loss, interaction;
  Listing listing;
  std::vector<std::string> notes;
};

/// Those named who give something, each once, or all givers: the largest first.
Result<std::vector<NodeId>> pair_candidates(const FundsLedger& ledger, const std::vector<NodeId>& named) {
  if (named.empty()) return largest_givers(ledger, ledger.node_count());
  std::vector<NodeId> candidates = named;
  std::ranges::sort(candidates);
  candidates.erase(std::ranges::unique(candidates).begin(), candidates.end());
  if (candidates.back().index >= ledger.node_count()) {
    return fail(ErrorCode::bad_argument, "The funder " + std::to_string(candidates.back().index) + " is not one of the " +
                                             std::to_string(ledger.node_count()) + " nodes of the graph.");
  }
  std::erase_if(candidates, [&](NodeId v) { return ledger.given[v] == 0; });
  std::ranges::sort(candidates, {}, [&](NodeId v) { return std::pair(-ledger.given[v], v); });
  return candidates;
}

Result<WorstPairAnswer> worst_pair_answer(const Problem& problem, const WorstPairOptions& options, const Job& job) {
  const auto ledger = money_ledger(problem);
  if (!ledger) return tl::unexpected(ledger.error());
  auto candidates = pair_candidates(*ledger, problem.from);
  if (!candidates) return tl::unexpected(candidates.error());
  const std::size_t possible = candidates->size();
  candidates->resize(std::min(possible, static_cast<std::size_t>(options.candidates)));
  const auto counted = bodies_told(ledger->node_count(), problem.to);
  if (!counted) return tl::unexpected(counted.error());
  ScenarioQuestion question;
  question.rule = passing_rule_named(options.rule);
  question.reserve = Millionths::of(options.reserve);
  const auto day = payment_days(problem.money->units.size(), problem.days, day_reading_named(options.reading));
  EdgeColumn<std::int64_t> turn;
  const PassingOn model(*ledger, passing_options(question, day, turn));
  auto worst = worst_pairs(*ledger, model, *candidates, *counted, static_cast<std::size_t>(options.pairs), job);
  if (!worst) return tl::unexpected(worst.error());

  WorstPairAnswer answer;
  answer.tried = static_cast<std::int64_t>(worst->tried);
  answer.candidates = static_cast<std::int64_t>(candidates->size());
  answer.notes = ledger_notes(*ledger);
  Listing& listing = answer.listing;
  listing.name = "pairs";
  listing.title = "Funders whose leaving together takes most income";
  listing.columns = {{"first", "", ""},
                     {"second", "", ""},
                     {"loss", "money", "of income, when both leave"},
                     {"first_alone", "money", "when only the first leaves"},
                     {"second_alone", "money", "when only the second leaves"},
                     {"interaction", "money", "loss - first_alone - second_alone"}};
  for (const FunderPair& pair : worst->pairs) {
    listing.rows.push_back({pair.first, pair.second, MoneyUnits{pair.loss}, MoneyUnits{pair.first_alone},
                            MoneyUnits{pair.second_alone}, MoneyUnits{pair.interaction()}});
  }
  if (!worst->pairs.empty()) {
    answer.loss = worst->pairs.front().loss;
    answer.interaction = worst->pairs.front().interaction();
  }
  listing.complete = worst->complete && worst->pairs.size() == worst->tried && candidates->size() >= possible;
  listing.completeness = "the " + std::to_string(worst->pairs.size()) + " worst of all " + std::to_string(worst->tried) +
                         " pairs of " + std::to_string(candidates->size()) + " candidates";
  if (candidates->size() < possible) {
    listing.completeness +=
        "; pairs with the other " + std::to_string(possible - candidates->size()) + ", who give less, were not tried";
  }
  if (!worst->complete) listing.completeness += "; some runs were stopped by the bound on work, their losses are at least these";
  return answer;
}

}  // namespace

Card worst_pair_card() {
  using Options = WorstPairOptions;
  using Answer = WorstPairAnswer;
  return describe<Options, Answer>("worst-pair", "funds")
      .summary("The two funders whose leaving together takes most income from others.")
      .cost("O(k^2) scenarios for k candidates, each as large as what its loss reaches")
      .convention(
          "Candidates are the nodes to start from, or the bodies that give most; those that give nothing are passed over. "
          "Losses are counted at the nodes to go to, or at all; a body that leaves is not counted among the losers, "
          "neither of the pair nor of one alone. Every pair of candidates is tried. Incomes count money at each body "
          "that it passes. Ties, loops, rounding, circles and rules as in scenario. Fewer than two candidates give an "
          "empty table. Negative amounts, and amounts beyond 64 bits together, are refused.")
      .needs_money()
      .divides_money()
      .takes_ends()
      .takes_days()
      .option("candidates", &Options::candidates, {2, 300}, "funders tried in pairs, those that give most first")
      .option("pairs", &Options::pairs, {1, 100000}, "pairs listed, the worst first")
      .choice("rule", &Options::rule, {"proportional", "priority", "reserve"}, "how a loss is passed on")
      .option("reserve", &Options::reserve, {0, 1}, "share of the money left over that the rule of reserve may use")
      .choice("reading", &Options::reading, {"latest", "earliest"}, "day of its dates on which a tie's money moves")
      .figure("candidates", &Answer::candidates, "", "funders tried")
      .figure("pairs_tried", &Answer::tried, "", "all pairs of candidates")
      .figure("loss", &Answer::loss, "money", "of income, when the worst pair leaves")
      .figure("interaction", &Answer::interaction, "money", "beyond the losses of the two alone; negative: they overlap")
      .also([](Answer& answer, Findings& findings) {
        findings.complete = answer.listing.complete;
        findings.completeness = answer.listing.completeness;
        findings.listings = {std::move(answer.listing)};
        findings.notes = std::move(answer.notes);
      })
      .source("tarski1955lattice")
      .source("eisenberg2001systemic")
      .runs(worst_pair_answer);
}

}  // namespace entente
