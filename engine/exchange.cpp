// Amounts into one currency. The arithmetic is in exchange_lookup.cpp; here is which date a tie has, what is
// found for it, and the account of every amount.

#include "engine/exchange.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "engine/derivation.hpp"
#include "engine/exchange_lookup.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

/// The factor of a currency and a date, or why there is none.
struct Conversion {
  std::string why;  // empty: there is one
  ExactFactor factor;
  std::string rate, date, price;
  bool changes = true;             // false: the amount stays as it is
  ExchangeRateUse* use = nullptr;  // where it is accounted for
};

/// A currency and a date, which decide the factor.
struct ConversionKey {
  Currency currency;
  bool dated = false;
  Period period;
  friend bool operator==(const ConversionKey&, const ConversionKey&) = default;
};

struct ConversionHash {
  std::size_t operator()(const ConversionKey& key) const {
    std::uint64_t hash = key.dated;
    for (const char letter : key.currency.code) hash = hash << 8 | static_cast<unsigned char>(letter);
    hash = hash * 0x9E3779B97F4A7C15U + static_cast<std::uint32_t>(key.period.first);
    hash = hash * 0x9E3779B97F4A7C15U + static_cast<std::uint32_t>(key.period.last);
    return hash ^ hash >> 32;
  }
};

/// The date that counts for the value of a tie: where its start begins, or its end where only that is stated;
/// of an interval with an open or unknown beginning, where it ends.
std::optional<Period> value_period(const Edtf* start, const Edtf* end) {
  const Edtf* date = start ? start : end;
  if (!date) return std::nullopt;
  Period period = date->is_interval() ? Period{date->earliest(), date->latest_start()} : Period{date->earliest(), date->latest()};
  if (period.first == beginning_of_time) period = {date->earliest_end(), date->latest()};
  if (period.first == beginning_of_time || period.last == end_of_time || period.last < period.first) return std::nullopt;
  return period;
}

class Exchanger {
 public:
  Exchanger(const Network& network, const RateTable& rates, const ExchangeRule& rule, const PriceTable* prices, Exchanged& out)
      : network_(network), rates_(rates), rule_(rule), prices_(prices), out_(out), decimals_(minor_digits(rule.to)) {}

  Result<NetworkPtr> run(const Job& job);

 private:
  Conversion& conversion(Currency currency, const std::optional<Period>& period);
  Conversion find(Currency currency, const std::optional<Period>& period) const;
  std::string add_legs(Conversion& found, Currency currency, const std::optional<Period>& period) const;
  std::string add_prices(Conversion& found, const std::optional<Period>& period) const;

  const Network& network_;
  const RateTable& rates_;
  const ExchangeRule& rule_;
  const PriceTable* prices_;
  Exchanged& out_;
  int decimals_;
  std::unordered_map<ConversionKey, Conversion, ConversionHash> found_;  // only looked up, never walked

  using YearKey = std::pair<Currency, std::optional<int>>;
  std::map<std::pair<YearKey, std::string>, ExchangeGap> gaps_;
  std::map<YearKey, ExchangeSum> sums_;
  std::map<std::tuple<Currency, std::string, std::string, std::string>, ExchangeRateUse> uses_;
};

std::string Exchanger::add_legs(Conversion& found, Currency currency, const std::optional<Period>& period) const {
  if (currency == rule_.to) return {};
  std::optional<Period> when = period;
  if (rule_.by == ExchangeRule::By::fixed) {
    when = Period{rule_.fixed->earliest(), rule_.fixed->latest()};
  } else if (!period) {
    return "the tie states no date that a rate could have";
  } else if (rule_.by == ExchangeRule::By::year_mean) {
    const auto year = year_of(*period);
    if (!year) return "its date spans several years";
    when = year_period(*year);
  }
  std::vector<std::string> dates;
  for (const Currency leg : {currency, rule_.to}) {
    if (leg == rates_.base()) continue;
    const RateSeries* series = rates_.find(leg);
    if (!series) return "the table has no rate of " + std::string(leg.text());
    const auto rate = rate_of(*series, *when, {rule_.days_back});
    if (!rate) return rate.error().what;
    if (leg == currency) found.factor.into_base(*series, *rate);
    else found.factor.out_of_base(*series, *rate);
    dates.push_back(rate->date);
  }
  if (dates.size() == 2 && dates[0] != dates[1]) {
    found.date = std::string(currency.text()) + " " + dates[0] + "; " + std::string(rule_.to.text()) + " " + dates[1];
  } else {
    found.date = dates.front();
  }
  return {};
}

std::string Exchanger::add_prices(Conversion& found, const std::optional<Period>& period) const {
  if (!rule_.prices) return {};
  if (!period) return "the tie states no date whose prices could be known";
  const auto year = year_of(*period);
  if (!year) return "its date spans several years";
  const std::string code(rule_.to.text());
  const ExactDecimal* of_year = prices_->find(rule_.to, *year);
  if (!of_year) return "no price index of " + code + " for " + std::to_string(*year);
  if (*year == *rule_.prices) {
    found.price = "1";
    return {};
  }
  const ExactDecimal* base = prices_->find(rule_.to, *rule_.prices);
  found.factor.multiply(base->units, base->decimals);
  found.factor.divide(of_year->units, of_year->decimals);
  found.price = decimal_text(*base) + "/" + decimal_text(*of_year);
  return {};
}

Conversion Exchanger::find(Currency currency, const std::optional<Period>& period) const {
  Conversion found;
  found.why = add_legs(found, currency, period);
  if (!found.why.empty()) return found;
  found.rate = found.factor.text();
  found.why = add_prices(found, period);
  found.changes = currency != rule_.to || (rule_.prices && found.price != "1");
  return found;
}

Conversion& Exchanger::conversion(Currency currency, const std::optional<Period>& period) {
  const ConversionKey key{currency, period.has_value(), period.value_or(Period{})};
  const auto known = found_.find(key);
  return known != found_.end() ? known->second : found_.emplace(key, find(currency, period)).first->second;
}

/// Adds to an exact sum that begins as none.
Result<void> add_to(Money& sum, std::size_t before, const Money& amount) {
  if (before == 0) {
    sum = amount;
    return {};
  }
  auto total = add(sum, amount);
  if (!total) return tl::unexpected(total.error());
  sum = *total;
  return {};
}

Result<NetworkPtr> Exchanger::run(const Job& job) {
  const std::string to(rule_.to.text());
  Derivation derived(network_, "Amounts in " + to + " by " + rule_text(rule_) + ", rates of " + out_.table +
                                   (rule_.prices ? "; in prices of " + std::to_string(*rule_.prices) + ", index of " + out_.price_table
                                                 : std::string()));
  const auto column = [&](const std::string& name, CellType type, const std::string& description) {
    return derived.new_or_same_edge_column(
        free_column_name(name, [&](const std::string& taken) { return network_.edge_attribute(taken) != nullptr; }), type, description);
  };
  const std::size_t amount_original = column("amount_original", CellType::number, "the amount as stated");
  const std::size_t currency_original = column("currency_original", CellType::text, "the currency it was stated in");
  const std::size_t rate = column("rate", CellType::text, "amount = amount_original * rate, computed from left to right");
  const std::size_t rate_date = column("rate_date", CellType::text, "the day, month or year that the rate speaks of");
  const std::size_t rate_rule = column("rate_rule", CellType::text, "how the rate was chosen");
  const std::size_t rate_table = column("rate_table", CellType::text, "the table of rates, with 12 digits of its SHA-256");
  std::size_t price_index = 0, price_base = 0, price_table = 0;
  if (rule_.prices) {
    price_index = column("price_index", CellType::text, "a further factor: the price index of the base year / that of the tie's year");
    price_base = column("price_base", CellType::integer, "the year in whose prices the amount is");
    price_table = column("price_table", CellType::text, "the table of price indices, with 12 digits of its SHA-256");
  }
  out_.amount_column = amount_original;
  out_.currency_column = currency_original;
  out_.rate_column = rate;
  out_.price_column = price_index;
  const std::string rule_cell = rule_text(rule_), base_cell = rule_.prices ? std::to_string(*rule_.prices) : std::string();

  for (const NodeId node : network_.nodes()) derived.copy(node);
  for (const EdgeId edge : network_.edges()) {
    if (edge.index % 4096 == 0) {
      job.report("converting amounts", edge.index, network_.edge_count());
      if (job.cancelled()) return interrupted();
    }
    TieDraft tie = derived.draft(edge);
    if (!tie.amount) {
      ++out_.unstated;
      derived.add(tie);
      derived.carry_evidence(edge, tie.key);
      continue;
    }
    const Money original = *tie.amount;
    const std::string original_text = decimal_text(original);
    const auto period = value_period(network_.start(edge), network_.end(edge));
    const YearKey year{original.currency, period ? year_of(*period) : std::nullopt};
    Conversion& found = conversion(original.currency, period);

    tie.further[amount_original] = original_text;
    tie.further[currency_original] = original.currency.text();
    tie.further[rate_rule] = rule_cell;
    ExchangeSum& sum = sums_.try_emplace(year, ExchangeSum{year.first, year.second, 0, original, 0, {}, 0, {}}).first->second;
    if (auto done = add_to(sum.original, sum.ties++, original); !done) return tl::unexpected(done.error());
    if (!found.why.empty()) {
      ++out_.missing;
      tie.amount.reset();
      ExchangeGap& gap = gaps_.try_emplace({year, found.why}, ExchangeGap{year.first, year.second, found.why, 0, original}).first->second;
      if (auto done = add_to(gap.sum, gap.ties++, original); !done) return tl::unexpected(done.error());
      if (auto done = add_to(sum.missing, sum.missing_ties++, original); !done) return tl::unexpected(done.error());
    } else {
      if (found.changes) {
        const auto amount = found.factor.apply_to(original, rule_.to, decimals_);
        if (!amount) return fail(amount.error().code, "tie " + std::string(tie.key) + ": " + amount.error().what);
        ++out_.converted;
        out_.rounded_to_zero += amount->units == 0 && original.units != 0;
        tie.amount = *amount;
      } else {
        ++out_.already;
      }
      tie.further[rate] = found.rate;
      tie.further[rate_date] = found.date;
      if (!found.date.empty()) tie.further[rate_table] = out_.table;
      if (rule_.prices) {
        tie.further[price_index] = found.price;
        tie.further[price_base] = base_cell;
        tie.further[price_table] = out_.price_table;
      }
      if (auto done = add_to(sum.converted, sum.converted_ties++, *tie.amount); !done) return tl::unexpected(done.error());
      if (!found.use) {
        found.use = &uses_[{original.currency, found.date, found.rate, found.price}];
        if (found.use->ties == 0) *found.use = {original.currency, found.date, found.rate, found.price, 0, {}, {}};
      }
      ExchangeRateUse& use = *found.use;
      if (auto done = add_to(use.original, use.ties, original); !done) return tl::unexpected(done.error());
      if (auto done = add_to(use.converted, use.ties++, *tie.amount); !done) return tl::unexpected(done.error());
    }
    derived.add(tie);
    derived.carry_evidence(edge, tie.key);
  }
  for (auto& [key, gap] : gaps_) out_.gaps.push_back(std::move(gap));
  for (auto& [key, sum] : sums_) out_.sums.push_back(std::move(sum));
  for (auto& [key, use] : uses_) out_.rates.push_back(std::move(use));
  return derived.build();
}

Result<void> check_rule(const ExchangeRule& rule, const PriceTable* prices) {
  if (rule.days_back < 0 || rule.days_back > 366) {
    return fail(ErrorCode::bad_argument, "An older rate can be taken from 0 to 366 days back, not " + std::to_string(rule.days_back) + ".",
                "option days-back");
  }
  if (rule.by == ExchangeRule::By::fixed) {
    if (!rule.fixed) return fail(ErrorCode::bad_argument, "A fixed rate needs its date: fixed:2020-06-30, fixed:2020-06 or fixed:2020.", "option rate-rule");
    const Period period{rule.fixed->earliest(), rule.fixed->latest()};
    if (rule.fixed->is_interval() || !(period.is_day() || period.is_month() || period.is_year())) {
      return fail(ErrorCode::bad_argument, "\"" + rule.fixed->text() + "\" names no day, month or year that a rate could have.", "option rate-rule");
    }
  }
  if (!rule.prices) return {};
  const std::string code(rule.to.text()), year = std::to_string(*rule.prices);
  if (!prices) return fail(ErrorCode::bad_argument, "Prices of " + year + " need a table of price indices. Name it with --deflators.", "option prices");
  if (prices->find(rule.to, *rule.prices)) return {};
  const auto years = prices->years(rule.to);
  return fail(ErrorCode::bad_argument, prices->identity() + " has no price index of " + code + " for " + year +
                                           (years ? "; it has " + code + " from " + std::to_string(years->first) + " to " +
                                                        std::to_string(years->second) + "."
                                                  : ", nor for any other year."),
              "option prices");
}

}  // namespace

std::string rule_text(const ExchangeRule& rule) {
  if (rule.by == ExchangeRule::By::year_mean) return "yearly mean";
  std::string text = "value date";
  if (rule.by == ExchangeRule::By::fixed) text = "fixed " + (rule.fixed ? rule.fixed->text() : std::string());
  if (rule.days_back > 0) text += ", at most " + counted(static_cast<std::size_t>(rule.days_back), "day", "days") + " back";
  return text;
}

Result<Exchanged> exchange(const NetworkPtr& network, const RateTable& rates, const ExchangeRule& rule,
                           const PriceTable* prices, const Job& job) {
  if (auto sound = check_rule(rule, prices); !sound) return tl::unexpected(sound.error());
  Exchanged out;
  out.rule = rule;
  out.table = rates.identity();
  if (rule.prices) out.price_table = prices->identity();
  auto derived = Exchanger(*network, rates, rule, prices, out).run(job);
  if (!derived) return tl::unexpected(derived.error());
  out.network = std::move(*derived);
  return out;
}

}  // namespace entente
