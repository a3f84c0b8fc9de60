// Rates many to a row: the ECB's reference rates (dates down, currencies across), the IMF's daily table
// (currencies down, dates across), and tables of the IMF and the World Bank (countries down, periods across).

#include <algorithm>
#include <array>

#include "engine/text.hpp"
#include "io/rates_issuers.hpp"
#include "io/rates_layouts.hpp"

namespace entente {

namespace {

const Currency grid_euro{{'E', 'U', 'R'}}, grid_dollar{{'U', 'S', 'D'}};

/// "January 02, 2026". Empty where it is none.
std::optional<Period> english_date(std::string_view text) {
  static constexpr std::array months{"january", "february", "march", "april", "may", "june", "july",
                                     "august", "september", "october", "november", "december"};
  const std::string small = in_small_letters(text);
  for (std::size_t month = 0; month < months.size(); ++month) {
    if (!small.starts_with(months[month])) continue;
    std::string numbers = small.substr(std::string_view(months[month]).size());
    std::erase(numbers, ' ');
    const std::size_t comma = numbers.find(',');
    if (comma == std::string::npos || comma == 0 || comma > 2 || numbers.size() != comma + 5) return std::nullopt;
    const std::string number = std::to_string(month + 1), day = numbers.substr(0, comma);
    const auto period = parse_rate_period(numbers.substr(comma + 1) + "-" + (number.size() < 2 ? "0" : "") + number + "-" +
                                          (day.size() < 2 ? "0" : "") + day);
    return period ? std::optional(*period) : std::nullopt;
  }
  return std::nullopt;
}

// ---- ECB -------------------------------------------------------------------------------------------------------

bool is_ecb_reference(const RatesHeader& header) {
  if (header.titles.size() < 2 || header.titles[0] != "Date") return false;
  bool any = false;
  for (std::size_t i = 1; i < header.titles.size(); ++i) {
    const std::string& title = header.titles[i];
    if (title.empty() && i + 1 == header.titles.size()) continue;  // every line ends in a comma
    const bool code = title.size() == 3 && std::ranges::all_of(title, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!code || title == "EUR") return false;
    any |= parse_currency(title).has_value();
  }
  return any;
}

/// "20 November 2026", as the ECB's file of the last day has it, or as in all others.
Result<Period> ecb_date(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank != std::string_view::npos && text.size() > blank + 6) {
    const std::string american = std::string(text.substr(blank + 1, text.size() - blank - 5)) + std::string(text.substr(0, blank)) + ", " +
                                 std::string(text.substr(text.size() - 4));
    if (const auto period = english_date(american)) return *period;
  }
  return parse_rate_period(text);
}

RateTable read_ecb_reference(RatesRows& rows, RatesAccount& account) {
  const RatesHeader header = rows.header();
  RateTable table(account.file(), grid_euro);
  rows.for_each(account, [&](std::uint64_t line, const std::vector<Cell>& cells) {
    const Cell date = rates_cell(cells, 0);
    const auto period = ecb_date(date.text);
    if (!period) return account.refuse(line, date, "date " + period.error().what);
    if (cells.size() > header.titles.size()) {
      return account.refuse(line, cells[header.titles.size()], "the row has more cells than the header has columns.");
    }
    for (std::size_t i = 1; i < cells.size(); ++i) {
      const Cell cell = rates_cell(cells, i);
      if (states_nothing(cell.text)) continue;
      const auto currency = parse_currency(header.titles[i]);
      const auto rate = parse_positive_decimal(cell.text, "rate");
      if (header.titles[i].empty()) account.refuse(line, cell, "this cell has no currency above it.");
      else if (!currency) account.pass_over("rates of " + header.titles[i] + ", a code that is not known here");
      else if (!rate) account.refuse(line, cell, rate.error().what);
      else account.take(table.add(*currency, true, *period, *rate), line, cell);
    }
  });
  return table;
}

// ---- IMF, daily ------------------------------------------------------------------------------------------------

bool is_imf_daily(const RatesHeader& header) {
  // The same page gives rates against the SDR under another title.
  return header.names.size() > 1 && header.names[0] == "currency" && english_date(header.titles[1]) &&
         in_small_letters(header.above).find("representative exchange rates") != std::string::npos;
}

struct QuotedName {
  std::string name;
  bool dollars_per_unit = false;
};

/// "Euro(1)": footnote 1 says that dollars are counted for one unit. Other footnotes say nothing here.
QuotedName quoted_name(std::string_view cell) {
  QuotedName quoted;
  while (cell.ends_with(')')) {
    const std::size_t open = cell.rfind('(');
    if (open == std::string_view::npos) break;
    quoted.dollars_per_unit |= cell.substr(open) == "(1)";
    cell = without_blanks(cell.substr(0, open));
  }
  quoted.name = cell;
  return quoted;
}

RateTable read_imf_daily(RatesRows& rows, RatesAccount& account) {
  std::vector<std::string> titles = rows.header().titles;
  RateTable table(account.file(), grid_dollar);
  rows.for_each(account, [&](std::uint64_t line, const std::vector<Cell>& cells) {
    const Cell first = rates_cell(cells, 0);
    if (in_small_letters(first.text) == "currency") {  // the second half of the month begins
      titles.clear();
      for (std::size_t i = 0; i < cells.size(); ++i) titles.emplace_back(rates_cell(cells, i).text);
      return;
    }
    const bool states = std::ranges::any_of(cells.begin() + 1, cells.end(), [](const Cell& cell) { return !states_nothing(without_blanks(cell.text)); });
    if (!states) return account.pass_over("lines of text and rows without a rate");
    const QuotedName quoted = quoted_name(first.text);
    const auto currency = currency_named(quoted.name);
    if (!currency) {
      return account.pass_over("rates of \"" + shortened(one_line(first.text), 40) + "\" in line " + std::to_string(line) +
                               ", whose code is not known here");
    }
    for (std::size_t i = 1; i < cells.size(); ++i) {
      const Cell cell = rates_cell(cells, i);
      if (states_nothing(cell.text)) continue;
      const auto period = i < titles.size() ? english_date(titles[i]) : std::nullopt;
      const auto rate = parse_positive_decimal(without_groups(cell.text), "rate");
      if (!period) account.refuse(line, cell, "this cell has no date such as \"January 02, 2026\" above it.");
      else if (!rate) account.refuse(line, cell, rate.error().what);
      else account.take(table.add(*currency, !quoted.dollars_per_unit, *period, *rate), line, cell);
    }
  });
  return table;
}

// ---- countries by period ---------------------------------------------------------------------------------------

bool is_country_rates(const RatesHeader& header) { return country_columns(header).has_value(); }

RateTable read_country_rates(RatesRows& rows, RatesAccount& account) {
  const CountryColumns columns = *country_columns(rows.header());
  RateTable table(account.file(), grid_dollar);
  if (columns.other_periods > 0) account.pass_over("columns of quarters, with all that is in them");
  rows.for_each(account, [&](std::uint64_t line, const std::vector<Cell>& cells) {
    const auto text = [&](std::size_t column) { return rates_cell(cells, column).text; };
    if (const auto attribute = text(columns.attribute); !attribute.empty() && attribute != "Value") {
      return account.pass_over("rows that state no values (Attribute)");
    }
    if (!is_dollar_rate(text(columns.indicator_code), text(columns.indicator_name), text(columns.transformation))) {
      return account.pass_over("rows of other indicators than units for one US dollar, mean of the period");
    }
    const auto of = currency_of_country(rates_cell(cells, columns.code), rates_cell(cells, columns.name), account);
    if (!of) return;
    for (const auto& [column, period] : columns.periods) {
      const Cell cell = rates_cell(cells, column);
      if (states_nothing(cell.text)) continue;
      if (year_of(period).value_or(0) > of->last_year) {
        account.pass_over("rates of members of the euro area after their accession");
        continue;
      }
      const auto rate = parse_positive_decimal(without_groups(cell.text), "rate");
      if (!rate) account.refuse(line, cell, rate.error().what);
      else account.take(table.add(of->currency, true, period, *rate), line, cell);
    }
  });
  return table;
}

}  // namespace

std::optional<CountryColumns> country_columns(const RatesHeader& header) {
  CountryColumns columns{header.find({"country code", "iso", "country iso", "ref_area"}),
                         header.find({"country name", "country"}),
                         header.find({"currency", "currency code"}),
                         header.find({"indicator code", "series code", "weo subject code"}),
                         header.find({"indicator name", "indicator", "series name", "subject descriptor"}),
                         header.find({"attribute"}),
                         header.find({"type_of_transformation", "type of transformation"}),
                         {}};
  const auto absent = RatesHeader::npos;
  if ((columns.code == absent && columns.name == absent) || (columns.indicator_code == absent && columns.indicator_name == absent)) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < header.titles.size(); ++i) {
    std::string_view title = header.titles[i];
    if (const std::size_t bracket = title.find(" ["); bracket != std::string_view::npos) title = title.substr(0, bracket);  // 2024 [YR2024]
    if (title.empty() || title[0] < '0' || title[0] > '9') continue;
    if (const auto period = parse_rate_period(title)) columns.periods.emplace_back(i, *period);
    else columns.other_periods += is_other_period(title);
  }
  return columns.periods.empty() ? std::nullopt : std::optional(std::move(columns));
}

std::optional<RowCurrency> currency_of_country(const Cell& code, const Cell& name, RatesAccount& account) {
  for (const Cell& cell : {code, name}) {
    if (cell.text.empty()) continue;
    if (const auto issuer = issuer_of(cell.text)) return RowCurrency{issuer->currency, issuer->last_year};
  }
  account.pass_over("rows of countries and groups that issue no currency of their own");
  return std::nullopt;
}

bool is_dollar_rate(std::string_view code, std::string_view name, std::string_view transformation) {
  for (const std::string_view known : {"PA.NUS.FCRF", "ENDA_XDC_USD_RATE"}) {
    if (code == known) return true;
  }
  const std::string words = in_small_letters(name), how = in_small_letters(transformation);
  const auto says = [](const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; };
  const bool mean = how == "pa_rt" || says(how, "period average") || says(words, "period average");
  if (in_small_letters(code) == "xdc_usd") return mean;
  return mean && (says(words, "domestic currency per u.s. dollar") || says(words, "domestic currency per us dollar") ||
                  says(words, "lcu per us$"));
}

const RatesLayout ecb_reference_rates{"the ECB's euro reference rates", "Date,USD,JPY,… (ECB)", "units of each currency for one",
                                      is_ecb_reference, read_ecb_reference};
const RatesLayout imf_daily_rates{"the IMF's daily table", "Currency and dates such as January 02, 2026, under the title Representative Exchange Rates (IMF)",
                                  "units of each currency, or where marked (1) one unit of it, against", is_imf_daily, read_imf_daily};
const RatesLayout country_rates{"countries by period", "Country Name,Country Code,Indicator Name,Indicator Code,2019,2020M01,… (IMF, World Bank)",
                                "units of each country's currency, mean of the period, for one", is_country_rates, read_country_rates};

}  // namespace entente
