#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "algorithms/funds/null_model.hpp"
#include "algorithms/funds/null_model_significance.hpp"
#include "algorithms/registry.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

struct SignificanceOptions {
  std::string card = "indicators";
  std::string figure;
  std::string with;
  std::string pieces = "gifts";
  std::int64_t runs = 199;
  std::int64_t seed = 1;
};

struct SignificanceAnswer {
  std::int64_t networks = 0, tested = 0, ties = 0;
  double mean_ties = 0;
  std::optional<double> z, p;  // of the one figure asked for
  Listing listing;
  std::vector<std::string> notes;
};

template <class Number>
bool whole_text_is(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

/// "max_length=3,rule=reserve" as the options of a card. Errors: bad_argument.
Result<OptionValues> options_in(const Card& card, std::string_view text) {
  OptionValues values;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), item.size() + 1));
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos) {
      return fail(ErrorCode::bad_argument, "\"" + std::string(item.substr(0, 40)) + "\" is not of the form name=value.", "option with");
    }
    const std::string name(item.substr(0, equals)), value(item.substr(equals + 1));
    const auto spec = std::ranges::find(card.options, name, &OptionSpec::name);
    if (spec == card.options.end()) return fail(ErrorCode::bad_argument, card.name + " has no option " + name + ".", "option with");
    std::int64_t whole = 0;
    double real = 0;
    if (std::holds_alternative<std::string>(spec->default_value)) values[name] = value;
    else if (std::holds_alternative<bool>(spec->default_value) && (value == "true" || value == "false")) values[name] = value == "true";
    else if (whole_text_is(value, whole)) values[name] = whole;
    else if (whole_text_is(value, real)) values[name] = real;
    else return fail(ErrorCode::bad_argument, "\"" + value + "\" is no value for " + name + ".", "option with");
  }
  return values;
}

Result<SignificanceQuestion> significance_question(const SignificanceOptions& options) {
  SignificanceQuestion question;
  question.card = find_card(options.card);
  if (!question.card) return fail(ErrorCode::bad_argument, "There is no algorithm \"" + options.card + "\".", "option card");
  if (options.card == "significance") return fail(ErrorCode::bad_argument, "A test is not tested again.", "option card");
  // Its table of pairs is the dearest part of the account, and no figure: left out unless asked for.
  const std::string with = options.card == "indicators" && options.with.empty() ? "overlap=none" : options.with;
  auto values = options_in(*question.card, with);
  if (!values) return tl::unexpected(values.error());
  question.options = *std::move(values);
  question.figure = options.figure;
  question.pieces = options.pieces == "bodies" ? NullPieces::bodies : NullPieces::gifts;
  question.runs = options.runs;
  question.seed = static_cast<Seed>(options.seed);
  return question;
}

ListingCell figure_cell(const FigureValue& value, bool money) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return money ? ListingCell(MoneyUnits{*whole}) : ListingCell(*whole);
  return std::get<double>(value);
}

/// A mean of amounts is told to the unit; it is an estimate, not an amount that anybody gave.
ListingCell estimate_cell(const std::optional<double>& value, bool money) {
  if (!value) return {};
  if (!money) return *value;
  return MoneyUnits{*value >= 0x1p63 ? std::numeric_limits<std::int64_t>::max() : std::llround(*value)};
}

Listing figures_listing(const SignificanceQuestion& question, const Significance& found) {
  Listing listing;
  listing.name = "tested";
  listing.title = "Figures of " + question.card->name + " beside those of random networks with the same income and outlay of each body";
  listing.columns = {{"figure", "", ""},
                     {"observed", "", ""},
                     {"mean", "", "of the random networks"},
                     {"deviation", "", "standard deviation of the random networks"},
                     {"low", "", "95 of 100 random networks lie between this"},
                     {"high", "", "and this"},
                     {"z", "", "(observed - mean) / deviation"},
                     {"at_least", "networks", "with at least as much as observed"},
                     {"at_most", "networks", "with at most as much"},
                     {"networks", "networks", "that have this figure"},
                     {"p_high", "", "(1 + at_least) / (1 + networks)"},
                     {"p_low", "", "(1 + at_most) / (1 + networks)"},
                     {"p", "", "two-sided: twice the smaller, at most 1"}};
  for (const TestedFigure& f : found.figures) {
    const bool money = f.unit == "money";
    const auto optional = [&](const std::optional<FigureValue>& value) {
      return value ? figure_cell(*value, money) : ListingCell();
    };
    listing.rows.push_back({f.name, figure_cell(f.observed, money), estimate_cell(f.mean, money),
                            estimate_cell(f.deviation, money), optional(f.low), optional(f.high),
                            f.z ? ListingCell(*f.z) : ListingCell(), f.at_least, f.at_most, f.networks, f.p_high, f.p_low, f.p});
  }
  return listing;
}

Result<SignificanceAnswer> significance_answer(const Problem& problem, const SignificanceOptions& options, const Job& job) {
  const auto question = significance_question(options);
  if (!question) return tl::unexpected(question.error());
  const auto found = significance(problem, *question, job);
  if (!found) return tl::unexpected(found.error());
  SignificanceAnswer answer;
  answer.networks = question->runs;
  answer.tested = static_cast<std::int64_t>(found->figures.size());
  answer.ties = found->ties;
  answer.mean_ties = found->mean_ties;
  if (!question->figure.empty() && found->figures.size() == 1) {
    answer.z = found->figures[0].z;
    answer.p = found->figures[0].p;
  }
  answer.listing = figures_listing(*question, *found);
  const auto ledger = money_ledger(problem);
  if (ledger) answer.notes = ledger_notes(*ledger);
  for (const std::string& name : found->absent) answer.notes.push_back(name + ": no number for the observed network, not tested.");
  if (found->stopped > 0) {
    answer.notes.push_back(std::to_string(found->stopped) + " of " + std::to_string(question->runs + 1) +
                           " runs of " + question->card->name + " were stopped by its bounds; figures of listings are cut there.");
  }
  if (answer.tested > 1) {
    answer.notes.push_back(std::to_string(answer.tested) +
                           " figures are tested at once: about one in twenty has p below 0.05 by chance alone.");
  }
  return answer;
}

/// Random networks are made again and their sums compared with the ties; each p must follow from its counts.
Result<std::string> verify_significance(const Problem& problem, const SignificanceOptions& options, const Findings& findings) {
  constexpr std::int64_t made_again = 20;
  const auto wrong = [](const std::string& what) { return fail(ErrorCode::bad_argument, what); };
  const auto question = significance_question(options);
  if (!question) return tl::unexpected(question.error());
  const auto ledger = money_ledger(problem);
  if (!ledger) return tl::unexpected(ledger.error());
  if (findings.listings.empty() || findings.listings[0].columns.size() != 13) return wrong("These findings hold no tested figures.");
  const MoneyNull model(*ledger, question->pieces);
  const std::int64_t networks = std::min(question->runs, made_again);
  for (std::int64_t run = 0; run < networks; ++run) {
    NodeColumn<std::int64_t> received(ledger->node_count()), given(ledger->node_count());
    for (const Gift& gift : model.sample(question->seed, static_cast<std::uint64_t>(run))) {
      if (gift.giver == gift.taker) return wrong("A body of a random network gives to itself.");
      given[gift.giver] += gift.units;
      received[gift.taker] += gift.units;
    }
    if (received != ledger->received || given != ledger->given) return wrong("A random network does not keep the sums of each body.");
  }
  for (const auto& row : findings.listings[0].rows) {
    const auto count = [&](std::size_t column) { return std::get<std::int64_t>(row[column]); };
    const auto share = [&](std::int64_t some) { return static_cast<double>(1 + some) / static_cast<double>(1 + count(9)); };
    const double high = share(count(7)), low = share(count(8));
    if (count(7) + count(8) < count(9) || std::max(count(7), count(8)) > count(9) || std::get<double>(row[10]) != high ||
        std::get<double>(row[11]) != low || std::get<double>(row[12]) != std::min(1.0, 2 * std::min(high, low))) {
      return wrong("The p of " + std::get<std::string>(row[0]) + " does not follow from its counts.");
    }
  }
  return "verified: each body of " + counted(static_cast<std::size_t>(networks), "random network", "random networks") + " made again receives and gives what it does, to the "
         "unit, and none gives to itself; every p follows from its counts.";
}

}  // namespace

Card significance_card() {
  using Options = SignificanceOptions;
  using Answer = SignificanceAnswer;
  return describe<Options, Answer>("significance", "funds")
      .summary("Whether a figure of money could be chance: beside random networks in which each body receives and gives the same.")
      .cost("that of the card tested, such as O(n m), once for each random network, and O(m log m) to make it")
      .convention(
          "A tie is a gift from its source to its target; every body of a random network receives and gives what it does, "
          "to the unit; none gives to itself; self-loops stay. Gifts are cut where they do not fit, so that a random "
          "network has up to twice as many ties: figures about numbers of ties or partners are not what this tests. A "
          "gift keeps the days and costs of the tie that it was cut from; whole bodies as pieces have none. Ties without "
          "an amount, and mutual ties, are left out of the observed network as well, and counted. A figure that no "
          "random network changes has no z and p 1. Without any gift there is one random network, the empty one. "
          "Negative amounts, and amounts beyond 64 bits together, are refused.")
      .needs_money()
      .divides_money()
      .takes_ends()
      .takes_days()
      .takes_cost()
      .text("card", &Options::card, "algorithm whose figures are tested, such as indicators, max-flow, scenario")
      .text("figure", &Options::figure, "the figure; without one all that it gives")
      .text("with", &Options::with, "options of that algorithm: name=value,name=value")
      .choice("pieces", &Options::pieces, {"gifts", "bodies"}, "what is dealt: each gift, or all that a body gives and receives")
      .option("runs", &Options::runs, {1, 100000}, "random networks")
      .option("seed", &Options::seed, {0, 9007199254740992.0}, "of the random networks")
      .figure("networks", &Answer::networks, "networks", "random networks")
      .figure("figures_tested", &Answer::tested, "", "")
      .figure("ties", &Answer::ties, "ties", "gifts observed")
      .figure("mean_ties", &Answer::mean_ties, "ties", "gifts of a random network")
      .figure("z", &Answer::z, "", "of the one figure asked for")
      .figure("p", &Answer::p, "", "of the one figure asked for, two-sided")
      .also([](Answer& answer, Findings& findings) {
        findings.listings = {std::move(answer.listing)};
        findings.notes = std::move(answer.notes);
      })
      .source("molloy1995critical")
      .source("phipson2010permutation")
      .verified_by(verify_significance)
      .runs(significance_answer);
}

}  // namespace entente
