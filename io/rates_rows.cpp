// Rates one to a row: our own rates.csv, and the data portals of the ECB and the IMF (SDMX as CSV).

#include <algorithm>

#include "engine/text.hpp"
#include "io/rates_issuers.hpp"
#include "io/rates_layouts.hpp"

namespace entente {

namespace {

constexpr std::size_t no_rates_column = RatesHeader::npos;
const Currency euro{{'E', 'U', 'R'}}, dollar{{'U', 'S', 'D'}};

std::string upper(std::string_view text) {
  std::string large(text);
  for (char& c : large) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return large;
}

/// The column of our own table that holds the rates: it is called by the base currency.
std::size_t base_column(const RatesHeader& header) {
  for (std::size_t i = 0; i < header.names.size(); ++i) {
    if (header.names[i].size() == 3 && parse_currency(upper(header.names[i]))) return i;
  }
  return no_rates_column;
}

bool is_plain(const RatesHeader& header) {
  return header.find({"currency"}) != no_rates_column && header.find({"date"}) != no_rates_column &&
         base_column(header) != no_rates_column;
}

/// One row as four cells; what is wrong with any of them is refused at its place.
struct RateCells {
  Cell currency, date, value;
};

void add_rate(RateTable& table, RatesAccount& account, std::uint64_t line, const RateCells& cells, bool units_per_base) {
  if (states_nothing(cells.value.text)) return account.pass_over("rows without a rate");
  const auto currency = parse_currency(cells.currency.text);
  if (!currency) return account.refuse(line, cells.currency, currency.error().what);
  const auto period = parse_rate_period(cells.date.text);
  if (!period) return account.refuse(line, cells.date, "date " + period.error().what);
  const auto value = parse_positive_decimal(cells.value.text, "rate");
  if (!value) return account.refuse(line, cells.value, value.error().what);
  account.take(table.add(*currency, units_per_base, *period, *value), line, cells.value);
}

RateTable read_plain(RatesRows& rows, RatesAccount& account) {
  const RatesHeader& header = rows.header();
  const std::size_t currency = header.find({"currency"}), date = header.find({"date"}), value = base_column(header);
  RateTable table(account.file(), *parse_currency(upper(header.names[value])));
  rows.for_each(account, [&](std::uint64_t line, const std::vector<Cell>& cells) {
    if (cells.size() != header.names.size()) {
      return account.refuse(line, cells.back(), "the row has " + std::to_string(cells.size()) + " cells for " +
                                                    std::to_string(header.names.size()) + " columns.");
    }
    add_rate(table, account, line, {rates_cell(cells, currency), rates_cell(cells, date), rates_cell(cells, value)}, false);
  });
  return table;
}

bool is_ecb_portal(const RatesHeader& header) {
  return header.find({"currency"}) != no_rates_column && header.find({"currency_denom"}) != no_rates_column &&
         header.find({"time_period"}) != no_rates_column && header.find({"obs_value"}) != no_rates_column;
}

RateTable read_ecb_portal(RatesRows& rows, RatesAccount& account) {
  const RatesHeader& header = rows.header();
  const std::size_t currency = header.find({"currency"}), denominator = header.find({"currency_denom"}),
                    date = header.find({"time_period"}), value = header.find({"obs_value"}), type = header.find({"exr_type"}),
                    suffix = header.find({"exr_suffix"}), scale = header.find({"unit_mult"});
  RateTable table(account.file(), euro);
  rows.for_each(account, [&](std::uint64_t line, const std::vector<Cell>& cells) {
    const auto states = [&](std::size_t column, std::string_view wanted) {
      const auto text = column == no_rates_column ? std::string_view() : rates_cell(cells, column).text;
      return text.empty() || text == wanted;
    };
    if (!states(type, "SP00")) return account.pass_over("rows of series other than spot rates (SP00)");
    if (!states(suffix, "A")) return account.pass_over("rows of other than the mean of the period (A)");
    if (is_other_period(rates_cell(cells, date).text)) return account.pass_over("rows of quarters and half years");
    const Cell per = rates_cell(cells, denominator);
    if (per.text != "EUR") {
      return account.refuse(line, per, "the rate is for one \"" + shortened(one_line(per.text), 40) + "\"; rates of the ECB are for one EUR.");
    }
    if (const Cell code = rates_cell(cells, currency); code.text.size() == 3 && !parse_currency(code.text)) {
      return account.pass_over("rates of " + shortened(one_line(code.text), 3) + ", a code that is not known here");
    }
    if (!states(scale, "0")) return account.refuse(line, rates_cell(cells, scale), "UNIT_MULT other than 0 is not understood.");
    add_rate(table, account, line, {rates_cell(cells, currency), rates_cell(cells, date), rates_cell(cells, value)}, true);
  });
  return table;
}

bool is_imf_portal(const RatesHeader& header) {
  return header.find({"country"}) != no_rates_column && header.find({"indicator"}) != no_rates_column &&
         header.find({"time_period"}) != no_rates_column && header.find({"obs_value"}) != no_rates_column;
}

RateTable read_imf_portal(RatesRows& rows, RatesAccount& account) {
  const RatesHeader& header = rows.header();
  const std::size_t country = header.find({"country"}), indicator = header.find({"indicator"}),
                    transformation = header.find({"type_of_transformation"}), date = header.find({"time_period"}),
                    value = header.find({"obs_value"});
  RateTable table(account.file(), dollar);
  rows.for_each(account, [&](std::uint64_t line, const std::vector<Cell>& cells) {
    const Cell stated = rates_cell(cells, value), when = rates_cell(cells, date);
    if (states_nothing(stated.text)) return account.pass_over("rows without a rate");
    if (!is_dollar_rate(rates_cell(cells, indicator).text, {}, rates_cell(cells, transformation).text)) {
      return account.pass_over("rows of other indicators than units for one US dollar, mean of the period");
    }
    if (is_other_period(when.text)) return account.pass_over("rows of quarters and half years");
    const auto of = currency_of_country(rates_cell(cells, country), {}, account);
    if (!of) return;
    const auto period = parse_rate_period(when.text);
    if (!period) return account.refuse(line, when, "date " + period.error().what);
    if (year_of(*period).value_or(0) > of->last_year) return account.pass_over("rates of members of the euro area after their accession");
    const auto rate = parse_positive_decimal(stated.text, "rate");
    if (!rate) return account.refuse(line, stated, rate.error().what);
    account.take(table.add(of->currency, true, *period, *rate), line, stated);
  });
  return table;
}

}  // namespace

const RatesLayout plain_rates{"currency by date", "currency,date,usd", "one unit of each currency in", is_plain, read_plain};
const RatesLayout ecb_portal_rates{"data of the ECB's portal", "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE (ECB)",
                                   "units of each currency for one", is_ecb_portal, read_ecb_portal};
const RatesLayout imf_portal_rates{"data of the IMF's portal", "COUNTRY,INDICATOR,TYPE_OF_TRANSFORMATION,FREQUENCY,TIME_PERIOD,OBS_VALUE (IMF)",
                                   "units of each currency, mean of the period, for one", is_imf_portal, read_imf_portal};

}  // namespace entente
