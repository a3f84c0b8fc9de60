#pragma once

// The layouts of tables of rates, one reader each; read_rates() holds the list.

#include <optional>
#include <string>

#include "engine/exchange_rates.hpp"
#include "io/rates_table.hpp"

namespace entente {

/// One layout: how its header is known, and how its rows become rates.
struct RatesLayout {
  const char* name;     // "ECB euro reference rates"
  const char* header;   // as shown to someone whose file has none of them
  const char* meaning;  // a clause for the notes, which the base currency ends
  bool (*is_header)(const RatesHeader& header);
  /// The table under `file`, empty where no rate is in it.
  RateTable (*read)(RatesRows& rows, RatesAccount& account);
};

/// Files where one row states one rate: ours, the ECB's data portal, the IMF's data portal.
extern const RatesLayout plain_rates, ecb_portal_rates, imf_portal_rates;
/// Files where one row states many: the ECB's reference rates, the IMF's daily table, countries by period.
extern const RatesLayout ecb_reference_rates, imf_daily_rates, country_rates;

/// The columns of a table of countries by period, rates or prices.
struct CountryColumns {
  std::size_t code, name, currency;                          // npos where absent; code or name is there
  std::size_t indicator_code, indicator_name, attribute, transformation;  // npos where absent
  std::vector<std::pair<std::size_t, Period>> periods;
  std::size_t other_periods = 0;  // columns of quarters and their like
};

/// Empty where the header is none of such a table.
std::optional<CountryColumns> country_columns(const RatesHeader& header);

/// The currency that a row's country issues, refused or passed over in the account where there is none.
/// `any` tells whether the row states anything at all.
struct RowCurrency {
  Currency currency;
  int last_year;
};
std::optional<RowCurrency> currency_of_country(const Cell& code, const Cell& name, RatesAccount& account);

/// Whether an indicator is units of domestic currency for one US dollar, mean of the period.
bool is_dollar_rate(std::string_view code, std::string_view name, std::string_view transformation);

}  // namespace entente
