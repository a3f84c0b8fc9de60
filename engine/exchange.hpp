#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/exchange_rates.hpp"
#include "engine/job.hpp"
#include "engine/network.hpp"
#include "engine/table.hpp"

namespace entente {

/// At which rate, and in which prices, amounts become amounts of one currency.
struct ExchangeRule {
  enum class By {
    value_date,  // the rate of the tie's date: its start, or its end where only that is stated
    year_mean,   // the mean rate of the year of that date
    fixed,       // the rate of one date for all
  };
  Currency to;
  By by = By::value_date;
  std::optional<Edtf> fixed = std::nullopt;  // for By::fixed: a day, a month or a year
  int days_back = 7;                         // how long before a day without a rate an older one may be taken, 0 to 366
  std::optional<int> prices = std::nullopt;  // the year in whose prices amounts are stated; needs a PriceTable
};

/// "value date, at most 7 days back", "yearly mean", "fixed 2020-06-30, at most 7 days back".
std::string rule_text(const ExchangeRule& rule);

/// Money that could not be converted: of one currency, one year, for one reason.
struct ExchangeGap {
  Currency currency;
  std::optional<int> year;  // of the tie's date
  std::string why;          // a clause: "the table has no rate of VND"
  std::size_t ties = 0;
  Money sum;                // exact, in `currency`
};

/// Money of one currency and year: what it was, what it became, and what could not be converted.
struct ExchangeSum {
  Currency currency;
  std::optional<int> year;
  std::size_t ties = 0;           // that state an amount; those below are among them
  Money original;                 // of all of them
  std::size_t converted_ties = 0;
  Money converted;                // in the target currency
  std::size_t missing_ties = 0;
  Money missing;                  // in `currency`
};

/// A rate that was used, as printed beside the amounts.
struct ExchangeRateUse {
  Currency currency;
  std::string date;   // "2021-04-07", "2021 (mean of 258 days)"; empty where amounts were in the target currency
  std::string rate;   // amount * rate, computed from left to right
  std::string price;  // the same for prices; empty without
  std::size_t ties = 0;
  Money original, converted;
};

/// A network in one currency, and the account of how it came about.
struct Exchanged {
  NetworkPtr network;
  ExchangeRule rule;
  std::string table, price_table;      // name and hash
  std::size_t converted = 0;           // ties whose amount was computed
  std::size_t already = 0;             // ties whose amount was in the currency (and prices) already, kept as it is
  std::size_t missing = 0;             // ties whose amount is missing now; see gaps
  std::size_t unstated = 0;            // ties that never stated one
  std::size_t rounded_to_zero = 0;     // converted amounts below half of the smallest coin, but not zero
  std::vector<ExchangeGap> gaps;       // by currency, year, reason
  std::vector<ExchangeSum> sums;       // by currency, year
  std::vector<ExchangeRateUse> rates;  // by currency, date, rate
  // Where the columns are among edge_attributes() of the network; price_index only with prices.
  std::size_t amount_column = 0, currency_column = 0, rate_column = 0, price_column = 0;
  std::vector<std::string> remarks = {};  // of whoever read the tables: their layout, what was passed over or refused

  /// Sentences without their dot: rule, table and hash, how many converted, what is missing and how much it is, and
  /// then the remarks.
  std::vector<std::string> notes() const;
};

/// The network with all its amounts in one currency. Nodes, ties, names, evidence and columns are carried over.
///
///     amount = amount_original * rate * price_index,   rounded half to even to the smallest coin, once
///
/// All arithmetic is exact: rates are the decimals of the table, cross rates their quotient, means the sum over
/// the count; nothing is rounded before the end. An amount that is in the currency already keeps every digit.
/// The further columns of ties hold what it takes to compute it again:
///
///     amount_original, currency_original    as stated
///     rate          decimals with * and /, from left to right: "0.00075", "1/1133.2", "1.1234*12/15624.7"
///     rate_date     what the rate speaks of: a day, "2021-04", "2021 (mean of 258 days)"; of a cross rate whose two
///                   legs differ in it, both: "KRW 2021-04-08; EUR 2021-04"
///     rate_rule     rule_text()
///     rate_table    name of the table and 12 digits of its SHA-256
///     price_index, price_base, price_table  with `prices`: index of that year / index of the tie's year
///
/// A name that the data has taken already gets " (2)". An amount without a rate is missing in the result, never
/// zero, keeps its original, and is in `gaps` with the reason. Where a date is not exact, the mean of the month
/// or year it names is taken (of an interval, the date it begins with). See rate_of() for days without a rate.
/// Prices are those of the target currency: first converted at its own date, then brought to the other year.
///
/// Cost     O(n + m) and one lookup per currency and date.
/// Repeats  bit for bit.
/// Errors   bad_argument: a fixed rule without a date, days_back out of range, prices without a table or with
///          no index in the base year; overflow: an amount or a sum beyond 64 bits; interrupted.
Result<Exchanged> exchange(const NetworkPtr& network, const RateTable& rates, const ExchangeRule& rule,
                           const PriceTable* prices = nullptr, const Job& job = {});

/// Computes every amount again from the columns beside it, and the sums from the amounts, without the tables of rates:
/// "verified: 412 amounts, and the sums by currency, computed again from the printed rates".
/// Errors: bad_argument, naming the tie or the sum that does not agree.
Result<std::string> verify_exchange(const Network& original, const Exchanged& exchanged);

/// The account as tables: "exchange" (by currency and year), "gaps", "rates".
std::vector<Table> exchange_tables(const Exchanged& exchanged);

}  // namespace entente
