#pragma once

#include <optional>
#include <string>

#include "engine/exchange.hpp"
#include "io/format.hpp"

namespace entente {

/// What a user asks of a conversion. Field = command-line flag: days_back is --days-back.
struct ExchangeRequest {
  Currency currency;
  std::string rates = {};      // path of a table of rates; empty: rates.csv of the network's package
  std::string rule = {};       // --rate-rule: value-date (default), year-mean, or fixed:DATE
  int days_back = 7;
  std::string deflators = {};  // path of a table of price indices; empty: deflators.csv of the package
  std::optional<int> prices = {};  // the year in whose prices; empty: prices as they were
  ReadOptions reading = {};    // of the two tables
};

/// Whether the package that the network came from holds a rates.csv.
bool has_rates(const Network& network);

/// Errors: bad_argument, naming the rules.
Result<ExchangeRule> parse_exchange_rule(const std::string& text);

/// Reads the tables that the request names, or those kept in the network's package, and converts.
/// Errors: bad_argument (no table, an unknown rule), and those of read_rates(), read_prices() and exchange().
Result<Exchanged> exchanged_for(const NetworkPtr& network, const ExchangeRequest& request, const Job& job = {});

}  // namespace entente
