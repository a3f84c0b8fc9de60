#include "algorithms/funds/null_model_significance.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr std::size_t networks_between_reports = 32;
constexpr long double same_number = 1e-12L;  // relative: sums of doubles in another order

long double figure_number(const FigureValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<long double>(*whole);
  return static_cast<long double>(std::get<double>(value));
}

bool is_number(const FigureValue& value) {
  if (const auto* real = std::get_if<double>(&value)) return std::isfinite(*real);
  return std::holds_alternative<std::int64_t>(value);
}

/// -1, 0 or 1; whole numbers exactly.
int compared(const FigureValue& a, const FigureValue& b) {
  const auto *left = std::get_if<std::int64_t>(&a), *right = std::get_if<std::int64_t>(&b);
  if (left && right) return *left < *right ? -1 : *left > *right ? 1 : 0;
  const long double x = figure_number(a), y = figure_number(b);
  if (std::abs(x - y) <= same_number * std::max(std::abs(x), std::abs(y))) return 0;
  return x < y ? -1 : 1;
}

const FigureValue* figure_of(const Findings& findings, const std::string& name) {
  for (const auto& [known, value] : findings.figures) {
    if (known == name && is_number(value)) return &value;
  }
  return nullptr;
}

/// What one random network gives.
struct NullRun {
  std::vector<std::optional<FigureValue>> values;
  std::size_t ties = 0;
  bool complete = true;
  std::optional<Error> error;
};

NullRun null_run(const Problem& problem, const SignificanceQuestion& question, const FundsLedger& ledger, const MoneyNull& model,
                 const std::vector<TestedFigure>& figures, std::uint64_t number, const Job& job) {
  NullRun run;
  auto gifts = model.sample(question.seed, number);
  run.ties = gifts.size();
  const auto network = GiftNetwork::make(std::move(gifts), ledger.spendings, problem, question.pieces == NullPieces::gifts);
  if (!network) {
    run.error = network.error();
    return run;
  }
  const auto findings = question.card->run(network->problem(problem), question.options, job);
  if (!findings) {
    run.error = findings.error();
    return run;
  }
  run.complete = findings->complete;
  for (const TestedFigure& figure : figures) {
    const FigureValue* value = figure_of(*findings, figure.name);
    run.values.push_back(value ? std::optional(*value) : std::nullopt);
  }
  return run;
}

std::string unit_of_result(const Card& card, const std::string& name) {
  for (const ResultSpec& spec : card.results) {
    if (spec.per == ResultSpec::Per::network && spec.name == name) return spec.unit;
  }
  return {};
}

/// The figures to test, from what the card gives for the observed network.
Result<Significance> observed_figures(const SignificanceQuestion& question, const Findings& findings) {
  const Card& card = *question.card;
  Significance answer;
  answer.stopped = findings.complete ? 0 : 1;
  for (const ResultSpec& spec : card.results) {
    if (spec.per != ResultSpec::Per::network || (!question.figure.empty() && spec.name != question.figure)) continue;
    const FigureValue* value = figure_of(findings, spec.name);
    if (!value) {
      answer.absent.push_back(spec.name);
      continue;
    }
    TestedFigure figure;
    figure.name = spec.name;
    figure.observed = *value;
    answer.figures.push_back(std::move(figure));
  }
  if (answer.figures.empty() && answer.absent.empty()) {
    std::string known;
    for (const ResultSpec& spec : card.results) {
      if (spec.per == ResultSpec::Per::network) known += (known.empty() ? "" : ", ") + spec.name;
    }
    return fail(ErrorCode::not_found,
                question.figure.empty() ? card.name + " gives no figure to test."
                                        : card.name + " gives no figure \"" + question.figure + "\"; it gives: " + known + ".",
                "option figure");
  }
  return answer;
}

}  // namespace

TestedFigure tested_figure(FigureValue observed, std::span<const std::optional<FigureValue>> random) {
  TestedFigure figure;
  figure.observed = std::move(observed);
  std::vector<FigureValue> values;
  for (const auto& value : random) {
    if (!value) continue;
    values.push_back(*value);
    const int against = compared(*value, figure.observed);
    figure.at_least += against >= 0 ? 1 : 0;
    figure.at_most += against <= 0 ? 1 : 0;
  }
  figure.networks = static_cast<std::int64_t>(values.size());
  const auto share = [&](std::int64_t count) { return static_cast<double>(1 + count) / static_cast<double>(1 + figure.networks); };
  figure.p_high = share(figure.at_least);
  figure.p_low = share(figure.at_most);
  figure.p = std::min(1.0, 2 * std::min(figure.p_high, figure.p_low));
  if (values.empty()) return figure;

  long double sum = 0, squares = 0, largest = 0;
  for (const FigureValue& value : values) sum += figure_number(value);
  const long double count = static_cast<long double>(values.size()), mean = sum / count;
  for (const FigureValue& value : values) {
    const long double off = figure_number(value) - mean;
    squares += off * off;
    largest = std::max(largest, std::abs(figure_number(value)));
  }
  figure.mean = static_cast<double>(mean);
  if (values.size() > 1) {
    const long double deviation = std::sqrt(squares / (count - 1));
    const bool differ = deviation > same_number * largest;
    figure.deviation = differ ? static_cast<double>(deviation) : 0.0;
    if (differ) figure.z = static_cast<double>((figure_number(figure.observed) - mean) / deviation);
  }
  std::ranges::sort(values, [](const FigureValue& a, const FigureValue& b) { return figure_number(a) < figure_number(b); });
  const std::size_t beyond = std::max<std::size_t>(1, (values.size() + 1) / 40);  // on either side, with this one
  figure.low = values[beyond - 1];
  figure.high = values[values.size() - beyond];
  return figure;
}

Result<Significance> significance(const Problem& problem, const SignificanceQuestion& question, const Job& job) {
  if (!question.card->needs_money) {
    return fail(ErrorCode::bad_argument, question.card->name + " does not ask for money; this tests figures of money.", "option card");
  }
  const auto ledger = money_ledger(problem);
  if (!ledger) return tl::unexpected(ledger.error());
  Job alone = job;  // networks run side by side, each on one thread
  alone.threads = 1;
  alone.progress = nullptr;
  const auto observed = GiftNetwork::make(ledger->gifts, ledger->spendings, problem);
  if (!observed) return tl::unexpected(observed.error());
  const auto findings = question.card->run(observed->problem(problem), question.options, alone);
  if (!findings) return tl::unexpected(findings.error());
  auto answer = observed_figures(question, *findings);
  if (!answer) return answer;

  const MoneyNull model(*ledger, question.pieces);
  const auto runs = static_cast<std::size_t>(question.runs);
  std::vector<std::vector<std::optional<FigureValue>>> values(answer->figures.size());
  std::size_t ties = 0;
  for (std::size_t first = 0; first < runs; first += networks_between_reports) {
    job.report("random networks", first, runs);
    std::vector<NullRun> batch(std::min(networks_between_reports, runs - first));
    for_each_long_block(batch.size(), job, [&](std::size_t i) {
      batch[i] = null_run(problem, question, *ledger, model, answer->figures, first + i, alone);
    });
    if (job.cancelled()) return interrupted();
    for (NullRun& run : batch) {
      if (run.error) return tl::unexpected(std::move(*run.error));
      ties += run.ties;
      answer->stopped += run.complete ? 0 : 1;
      for (std::size_t f = 0; f < values.size(); ++f) values[f].push_back(std::move(run.values[f]));
    }
  }
  for (std::size_t f = 0; f < values.size(); ++f) {
    TestedFigure tested = tested_figure(answer->figures[f].observed, values[f]);
    tested.name = answer->figures[f].name;
    tested.unit = unit_of_result(*question.card, tested.name);
    answer->figures[f] = std::move(tested);
  }
  answer->ties = static_cast<std::int64_t>(ledger->gifts.size());
  answer->mean_ties = runs == 0 ? 0 : static_cast<double>(ties) / static_cast<double>(runs);
  return answer;
}

}  // namespace entente
