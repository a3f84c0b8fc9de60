#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"
#include "engine/exchange_rates.hpp"
#include "engine/ledger.hpp"
#include "io/format.hpp"

namespace entente {

/// A table of exchange rates as read, with the account of every rate in it.
struct RatesRead {
  RateTable table;
  std::string layout;  // which of the layouts below, in words
  Ledger ledger;       // one table, "rates", counted by rate: rows = kept + merged + refused
  std::vector<std::string> notes;  // what the layout means, and what was passed over and how often
};

/// Price indices as read.
struct PricesRead {
  PriceTable table;
  std::string layout;
  Ledger ledger;  // one table, "prices", counted by index
  std::vector<std::string> notes;
};

/// Reads exchange rates. The layout is recognised by the header line, never by the numbers:
///
///     currency,date,usd              ours: one unit of the currency is so many dollars; another ISO code in the
///                                    place of usd is another base; a date is a day, a month or a year
///     Date,USD,JPY,…                 the ECB's euro reference rates: so many units for one euro, N/A where none
///     KEY,FREQ,CURRENCY,CURRENCY_DENOM,…,TIME_PERIOD,OBS_VALUE
///                                    the ECB's data portal: spot averages (SP00, A) by day, month or year
///     Currency <tab> January 02, 2026 …
///                                    the IMF's daily table "Representative Exchange Rates for Selected
///                                    Currencies": units for one dollar, dollars for one unit where (1) is marked
///     Country…,Indicator…,2019,2020M01,…
///                                    tables of the IMF and the World Bank: units for one dollar, mean of the period
///     COUNTRY,INDICATOR,TYPE_OF_TRANSFORMATION,FREQUENCY,TIME_PERIOD,OBS_VALUE
///                                    the IMF's data portal: XDC_USD, PA_RT
///
/// A rate is refused, with its place, where it is not a positive decimal of at most 18 digits within 10^-12 and
/// 10^12, where its currency or date is unknown, where its dates leave the order, up or down, that the rows of
/// its currency run in, or where the table says something else for the same time. A cell that is empty, N/A or
/// the like states no rate. What a table holds beside (other indicators, quarters, countries without a currency
/// of their own) is passed over, and counted in the notes.
/// `file` is the short name for places and for the table.
/// Errors: bad_input: not a table of these layouts, no rate in it, or a rate refused and `lenient` not set.
Result<RatesRead> read_rates(const std::string& file, std::string_view bytes, const ReadOptions& options = {});

/// Reads price indices, in any base year:
///
///     currency,year,index  or  country,year,index                ours; a country stands for the currency it issues
///     Country Name,Country Code,Indicator Name,Indicator Code,1960,…    World Bank and IMF: one index a file
///
/// Refused and passed over as above.
Result<PricesRead> read_prices(const std::string& file, std::string_view bytes, const ReadOptions& options = {});

/// The same for files. Errors: unreadable too.
Result<RatesRead> read_rates_file(const std::string& path, const ReadOptions& options = {});
Result<PricesRead> read_prices_file(const std::string& path, const ReadOptions& options = {});

}  // namespace entente
