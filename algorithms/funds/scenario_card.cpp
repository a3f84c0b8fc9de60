#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "algorithms/funds/scenario.hpp"
#include "algorithms/funds/scenario_options.hpp"

namespace entente {

namespace {

struct ScenarioOptions {
  std::string change = "leave";
  std::string cap;
  std::int64_t late = 365;
  std::string rule = "proportional";
  double reserve = 1;
  double threshold = 0.8;
  std::string reading = "latest";
};

struct ScenarioAnswer {
  EdgeColumn<std::int64_t> after, days_late;
  std::int64_t withheld = 0, income_before = 0, income_after = 0, loss = 0, direct = 0, end_loss = 0, late = 0;
  std::int64_t longest_wait = 0, hit = 0, below = 0;
  std::optional<std::int64_t> first_year;
  std::vector<Listing> listings;
  std::vector<std::string> notes;
  bool complete = true;
};

/// What the card was asked, in the terms of the kernel.
struct ScenarioSetting {
  FundsLedger ledger;
  EdgeColumn<std::optional<Day>> day;
  ScenarioQuestion question;
  NodeColumn<std::uint8_t> told;  // bodies to tell about: the targets, or all; never a funder
};

/// A cap is an amount, or a share with a percent sign. Errors: bad_argument.
Result<void> read_cap(const std::string& text, const MoneyColumn& money, ScenarioQuestion& question) {
  const auto wrong = [&](const std::string& what) { return fail(ErrorCode::bad_argument, what, "option cap"); };
  if (text.empty()) return wrong("Give a cap: an amount such as 1000000, or a share of what each gave such as 40%.");
  const bool is_share = text.ends_with('%');
  const std::string_view digits = std::string_view(text).substr(0, text.size() - (is_share ? 1 : 0));
  const auto number = parse_money(digits, is_share ? Currency{{'X', 'X', 'X'}} : money.currency);
  if (!number || number->units < 0) return wrong("The cap \"" + text.substr(0, 40) + "\" is no amount from 0 up and no share such as 40%.");
  if (is_share) {
    const auto share = rescale(*number, 4);  // of a percent: millionths of the whole
    if (!share || share->units > 1'000'000) return wrong("A share lies between 0% and 100%, with at most four decimals.");
    question.cap_share = Millionths{share->units};
    return {};
  }
  const auto units = rescale(*number, money.decimals);
  if (!units) return wrong("The cap \"" + text + "\" has more decimals than the amounts of the network, or is too large.");
  question.cap = units->units;
  return {};
}

Result<ScenarioSetting> scenario_setting(const Problem& problem, const ScenarioOptions& options) {
  using Change = ScenarioQuestion::Change;
  auto ledger = money_ledger(problem);
  if (!ledger) return tl::unexpected(ledger.error());
  ScenarioSetting setting;
  setting.ledger = *std::move(ledger);
  const std::size_t n = setting.ledger.node_count();
  ScenarioQuestion& question = setting.question;
  if (options.change == "cap") {
    question.change = Change::cap;
    if (auto read = read_cap(options.cap, *problem.money, question); !read) return tl::unexpected(read.error());
  } else if (!options.cap.empty()) {
    return fail(ErrorCode::bad_argument, "A cap goes with the change cap.", "option cap");
  }
  if (options.change == "late") question.change = Change::late;
  question.late = options.late;
  question.rule = passing_rule_named(options.rule);
  question.reserve = Millionths::of(options.reserve);
  question.threshold = Millionths::of(options.threshold);
  question.funders = problem.from;
  std::ranges::sort(question.funders);
  question.funders.erase(std::ranges::unique(question.funders).begin(), question.funders.end());
  setting.day = payment_days(problem.money->units.size(), problem.days, day_reading_named(options.reading));
  auto told = bodies_told(n, problem.to);
  if (!told) return tl::unexpected(told.error());
  setting.told = *std::move(told);
  for (const NodeId v : question.funders) {
    if (v.index < n) setting.told[v] = 0;
  }
  return setting;
}

Listing scenario_bodies(const ScenarioSetting& setting, const Scenario& outcome) {
  Listing listing{"bodies", "Whose income falls or comes late", {}, {}, outcome.complete, {}};
  listing.columns = {{"body", "", ""},
                     {"income_before", "money", "from other bodies"},
                     {"income_after", "money", ""},
                     {"loss", "money", ""},
                     {"share", "share", "income_after / income_before"},
                     {"direct_loss", "money", "straight from the funders; the rest was passed on"},
                     {"gives_less", "money", "to other bodies"},
                     {"late_income", "money", "comes later than on its day"},
                     {"longest_wait", "days", ""},
                     {"first_year_below", "", "year whose income falls below the threshold"}};
  std::vector<NodeId> hit;
  for (const NodeId v : ids_below<NodeId>(setting.told.size())) {
    const ScenarioBody& body = outcome.body[v];
    if (setting.told[v] && (body.after != body.before || body.late > 0)) hit.push_back(v);
  }
  std::ranges::stable_sort(hit, {}, [&](NodeId v) {
    const ScenarioBody& body = outcome.body[v];
    return std::pair(body.after - body.before, -body.late);
  });
  for (const NodeId v : hit) {
    const ScenarioBody& body = outcome.body[v];
    listing.rows.push_back({v, MoneyUnits{body.before}, MoneyUnits{body.after}, MoneyUnits{body.before - body.after},
                            static_cast<double>(body.after) / static_cast<double>(body.before), MoneyUnits{body.direct},
                            MoneyUnits{body.given_lost}, MoneyUnits{body.late}, body.longest_wait,
                            body.first_year_below ? ListingCell(std::int64_t{*body.first_year_below}) : ListingCell()});
  }
  listing.completeness = outcome.complete ? "complete: every body told about whose income changes"
                                          : "stopped by the bound on work: losses are at least these";
  return listing;
}

Listing scenario_years(const ScenarioSetting& setting, const Scenario& outcome) {
  Listing listing{"years", "Income by year of all bodies told about", {}, {}, outcome.complete, {}};
  listing.columns = {{"year", "", "empty: on no known day"}, {"income_before", "money", ""}, {"income_after", "money", ""}};
  IncomeByYear all;
  YearOfIncome undated;
  for (const NodeId v : ids_below<NodeId>(setting.told.size())) {
    if (!setting.told[v]) continue;
    undated.before += outcome.body[v].before;
    undated.after += outcome.body[v].after;
    for (const auto& [year, income] : outcome.years[v.index]) {
      all[year].before += income.before;
      all[year].after += income.after;
      undated.before -= income.before;
      undated.after -= income.after;
    }
  }
  for (const auto& [year, income] : all) {
    listing.rows.push_back({std::int64_t{year}, MoneyUnits{income.before}, MoneyUnits{income.after}});
  }
  if (undated.before != 0) listing.rows.push_back({std::monostate{}, MoneyUnits{undated.before}, MoneyUnits{undated.after}});
  return listing;
}

Result<ScenarioAnswer> scenario_answer(const Problem& problem, const ScenarioOptions& options, const Job& job) {
  const auto setting = scenario_setting(problem, options);
  if (!setting) return tl::unexpected(setting.error());
  const auto& [ledger, day, question, told] = *setting;
  auto outcome = scenario(ledger, problem.money->units, day, question, job);
  if (!outcome) return tl::unexpected(outcome.error());
  ScenarioAnswer answer;
  answer.withheld = outcome->withheld;
  answer.complete = outcome->complete;
  for (const NodeId v : ids_below<NodeId>(told.size())) {
    const ScenarioBody& body = outcome->body[v];
    if (!told[v]) continue;
    answer.income_before += body.before;
    answer.income_after += body.after;
    answer.direct += body.direct;
    answer.end_loss += body.before - body.after - body.given_lost;
    answer.late += body.late;
    answer.longest_wait = std::max(answer.longest_wait, body.longest_wait);
    answer.hit += body.after < body.before || body.late > 0 ? 1 : 0;
    answer.below += question.threshold.is_above(body.after, body.before) ? 1 : 0;
    if (body.first_year_below && (!answer.first_year || *body.first_year_below < *answer.first_year)) {
      answer.first_year = *body.first_year_below;
    }
  }
  answer.loss = answer.income_before - answer.income_after;
  answer.listings = {scenario_bodies(*setting, *outcome), scenario_years(*setting, *outcome)};
  answer.notes = ledger_notes(ledger);
  std::size_t undated = 0;
  for (const Gift& gift : ledger.gifts) undated += day[gift.edge] ? 0u : 1u;
  if (undated > 0) {
    answer.notes.push_back(std::to_string(undated) + " of " + std::to_string(ledger.gifts.size()) +
                           " gifts have no day: they belong to no year, and are never late.");
  }
  const auto silent = std::ranges::count_if(question.funders, [&](NodeId v) { return ledger.given[v] == 0; });
  if (silent > 0) {
    answer.notes.push_back(std::to_string(silent) + " of " + std::to_string(question.funders.size()) +
                           " funders named give nothing that is stated: their change changes nothing here.");
  }
  if (!outcome->complete) answer.notes.push_back("Stopped by the bound on work; the losses are at least these.");
  answer.after = std::move(outcome->after);
  answer.days_late = std::move(outcome->days_late);
  return answer;
}

/// One more round at every body must change nothing, and the sums must be those of the ties.
Result<std::string> verify_scenario(const Problem& problem, const ScenarioOptions& options, const Findings& findings) {
  const auto wrong = [](const std::string& what) { return fail(ErrorCode::bad_argument, what); };
  const auto setting = scenario_setting(problem, options);
  if (!setting) return tl::unexpected(setting.error());
  if (!findings.complete) return std::string("not verified: the answer was stopped by the bound on work.");
  const auto& [ledger, day, question, told] = *setting;
  const std::size_t m = problem.money->units.size();
  const auto* after = findings.per_edge.size() == 2 ? std::get_if<EdgeColumn<std::int64_t>>(&findings.per_edge[0].second) : nullptr;
  const auto* late = after ? std::get_if<EdgeColumn<std::int64_t>>(&findings.per_edge[1].second) : nullptr;
  if (!late || after->size() != m || late->size() != m || findings.listings.empty()) {
    return wrong("These findings hold no amounts after the change.");
  }
  NodeColumn<std::int64_t> income(ledger.node_count(), 0);
  for (const Gift& gift : ledger.gifts) income[gift.taker] += (*after)[gift.edge];
  EdgeColumn<std::int64_t> turn, expected = problem.money->units;
  if (question.change == ScenarioQuestion::Change::late) {
    const LateOptions asked{.funders = question.funders, .late = question.late};
    if (!late_payments_stand(ledger, day, asked, *late)) return wrong("A payment moves on another day than what it waits for.");
  } else {
    const PassingOn model(ledger, passing_options(question, day, turn));
    for (const NodeId v : ids_below<NodeId>(ledger.node_count())) {
      model.pay(v, income[v], [&](std::size_t p, std::int64_t units) { expected[model.payments()[p].edge] = units; });
    }
    for (const auto& [p, at_most] : reductions_of(model, question)) {
      std::int64_t& units = expected[model.payments()[p].edge];
      units = std::min(units, at_most);
    }
    if (std::ranges::any_of(late->values(), [](std::int64_t days) { return days != 0; })) {
      return wrong("A payment is late, though none was asked to be.");
    }
  }
  if (*after != expected) return wrong("A payment is not what the rule leaves of it.");
  for (const auto& row : findings.listings[0].rows) {
    const NodeId v = std::get<NodeId>(row[0]);
    if (std::get<MoneyUnits>(row[1]).units != ledger.received[v] || std::get<MoneyUnits>(row[2]).units != income[v]) {
      return wrong("The income of node " + std::to_string(v.index) + " is not that of its ties.");
    }
  }
  return std::string("verified: one more round of the rule at every body changes no payment, and every income listed is "
                     "the sum of its ties.");
}

}  // namespace

Card scenario_card() {
  using Options = ScenarioOptions;
  using Answer = ScenarioAnswer;
  return describe<Options, Answer>("scenario", "funds")
      .summary("What becomes of every body's income when funders leave, are capped or pay late.")
      .cost("O(n + m log m), and the payments of each body once for each time that its income falls")
      .convention(
          "The funders are the nodes to start from; losses are told for the nodes to go to, or for all others. A tie is a "
          "gift from its source to its target; a self-loop is money spent, which shrinks like a gift. What a body "
          "brought in itself stays. proportional: all that it gives, spends and has left over shrinks alike; reserve: "
          "what was left over makes up for the loss first, as far as the option allows; priority: it pays by day, then "
          "the larger first, then in tie order, ties without a day last. Amounts are rounded down to whole units, the "
          "rest stays with the payer. Money in circles: nothing falls or waits without a cause. late: payments are "
          "made whole, in order, as soon as the giver holds enough; a tie without a day never moves. A tie moves on the "
          "latest or the earliest day of its dates. Incomes count money at each body that it passes. Ties without an "
          "amount, and mutual ties, are left out and counted. No funder, negative amounts, and amounts beyond 64 bits "
          "together are refused.")
      .needs_money()
      .divides_money()
      .takes_ends()
      .takes_days()
      .choice("change", &Options::change, {"leave", "cap", "late"}, "what happens to the funders")
      .text("cap", &Options::cap, "most that each funder gives in all: 1000000, or 40% of what it gave")
      .option("late", &Options::late, {1, 36500}, "days that the funders' money comes late")
      .choice("rule", &Options::rule, {"proportional", "priority", "reserve"}, "how a loss is passed on")
      .option("reserve", &Options::reserve, {0, 1}, "share of the money left over that the rule of reserve may use")
      .option("threshold", &Options::threshold, {0, 1}, "share of its income below which a body is in need")
      .choice("reading", &Options::reading, {"latest", "earliest"}, "day of its dates on which a tie's money moves")
      .per_edge("after", &Answer::after, "money", "amount of the tie after the change")
      .per_edge("days_late", &Answer::days_late, "days", "that its money comes late")
      .figure("withheld", &Answer::withheld, "money", "what the funders give less")
      .figure("income_before", &Answer::income_before, "money", "of all bodies told about")
      .figure("income_after", &Answer::income_after, "money", "of all bodies told about")
      .figure("loss", &Answer::loss, "money", "of income; counted at each body that it passes")
      .figure("direct_loss", &Answer::direct, "money", "the part that comes straight from the funders")
      .figure("end_loss", &Answer::end_loss, "money", "the part that is not passed on: kept or spent less")
      .figure("late_income", &Answer::late, "money", "comes later than on its day")
      .figure("longest_wait", &Answer::longest_wait, "days", "of any of that money")
      .figure("bodies_hit", &Answer::hit, "", "whose income falls or comes late")
      .figure("bodies_below", &Answer::below, "", "whose income falls below the threshold")
      .figure("first_year_below", &Answer::first_year, "", "first year in which any body falls below the threshold")
      .also([](Answer& answer, Findings& findings) {
        findings.listings = std::move(answer.listings);
        findings.notes = std::move(answer.notes);
        findings.complete = answer.complete;
        findings.completeness = findings.listings.front().completeness;
      })
      .source("tarski1955lattice")
      .source("eisenberg2001systemic")
      .verified_by(verify_scenario)
      .runs(scenario_answer);
}

}  // namespace entente
