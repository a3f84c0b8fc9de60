// Price indices: our own deflators.csv, and tables of the World Bank and the IMF.

#include <filesystem>

#include "engine/text.hpp"
#include "io/bytes.hpp"
#include "io/rates.hpp"
#include "io/rates_issuers.hpp"
#include "io/rates_layouts.hpp"

namespace entente {

namespace {

constexpr std::size_t no_price_column = RatesHeader::npos;

bool is_plain_prices(const RatesHeader& header) {
  const bool one = (header.find({"currency"}) != no_price_column) != (header.find({"country"}) != no_price_column);
  return one && header.find({"year"}) != no_price_column && header.find({"index", "deflator"}) != no_price_column;
}

/// An index of prices among the indicators of the World Bank and the IMF; not a rate of change.
bool is_price_index(std::string_view code, std::string_view name) {
  for (const std::string_view known : {"NY.GDP.DEFL.ZS", "NY.GDP.DEFL.ZS.AD", "FP.CPI.TOTL", "NGDP_D", "NGDP_D_IX", "NGDP_D_SA_IX", "PCPI", "PCPI_IX"}) {
    if (code == known) return true;
  }
  const std::string words = in_small_letters(name);
  const auto says = [&](std::string_view part) { return words.find(part) != std::string::npos; };
  return code.empty() && (says("deflator") || says("consumer price index")) && !says("annual %") && !says("percent");
}

void add_price(PriceTable& table, RatesAccount& account, std::uint64_t line, Currency currency, int year, const Cell& cell) {
  const auto index = parse_positive_decimal(without_groups(cell.text), "price index");
  if (!index) return account.refuse(line, cell, index.error().what);
  account.take(table.add(currency, year, *index), line, cell);
}

void read_plain_prices(RatesRows& rows, RatesAccount& account, PriceTable& table) {
  const RatesHeader header = rows.header();
  const std::size_t currency = header.find({"currency"}), country = header.find({"country"}), year = header.find({"year"}),
                    value = header.find({"index", "deflator"});
  rows.for_each(account, [&](std::uint64_t line, const std::vector<Cell>& cells) {
    const Cell stated = rates_cell(cells, value), when = rates_cell(cells, year);
    if (states_nothing(stated.text)) return account.pass_over("rows without an index");
    const auto period = parse_rate_period(when.text);
    if (!period || !period->is_year()) {
      return account.refuse(line, when, "year \"" + shortened(one_line(when.text), 40) + "\" is no year. Write 2020.");
    }
    const int number = *year_of(*period);
    if (currency != no_price_column) {
      const Cell cell = rates_cell(cells, currency);
      const auto parsed = parse_currency(cell.text);
      if (!parsed) return account.refuse(line, cell, parsed.error().what);
      return add_price(table, account, line, *parsed, number, stated);
    }
    const Cell cell = rates_cell(cells, country);
    const auto issuer = issuer_of(cell.text);
    if (!issuer) {
      return account.refuse(line, cell, "country \"" + shortened(one_line(cell.text), 40) + "\" is not known to issue a currency. Write its ISO 3166 code, or a column currency.");
    }
    if (number > issuer->last_year) return account.pass_over("indices of members of the euro area after their accession");
    add_price(table, account, line, issuer->currency, number, stated);
  });
}

/// The name of the one index that was taken; a file with several cannot be read.
std::string read_country_prices(RatesRows& rows, RatesAccount& account, PriceTable& table) {
  const CountryColumns columns = *country_columns(rows.header());
  if (columns.other_periods > 0) account.pass_over("columns of quarters, with all that is in them");
  std::string taken;
  rows.for_each(account, [&](std::uint64_t line, const std::vector<Cell>& cells) {
    const Cell code = rates_cell(cells, columns.indicator_code), name = rates_cell(cells, columns.indicator_name);
    const auto attribute = rates_cell(cells, columns.attribute).text;
    if (!attribute.empty() && attribute != "Value") return account.pass_over("rows that state no values (Attribute)");
    if (!is_price_index(code.text, name.text)) return account.pass_over("rows of other indicators than price indices");
    const Cell& which = code.text.empty() ? name : code;
    if (taken.empty()) taken = which.text;
    if (taken != which.text) {
      return account.refuse(line, which, "\"" + shortened(one_line(which.text), 60) + "\" is a second price index beside \"" +
                                             shortened(one_line(taken), 60) + "\". Keep the rows of one.");
    }
    const auto of = currency_of_country(rates_cell(cells, columns.code), rates_cell(cells, columns.name), account);
    if (!of) return;
    for (const auto& [column, period] : columns.periods) {
      const Cell cell = rates_cell(cells, column);
      if (states_nothing(cell.text)) continue;
      if (!period.is_year()) account.pass_over("indices of months");
      else if (*year_of(period) > of->last_year) account.pass_over("indices of members of the euro area after their accession");
      else add_price(table, account, line, of->currency, *year_of(period), cell);
    }
  });
  return taken;
}

}  // namespace

Result<PricesRead> read_prices(const std::string& file, std::string_view bytes, const ReadOptions& options) {
  const auto text = Utf8Text::decode(bytes, options.encoding, file);
  if (!text) return tl::unexpected(text.error());
  RatesRows rows(text->view(), options.limits);
  bool plain = false;
  const bool found = rows.find_header([&](const RatesHeader& header) {
    plain = is_plain_prices(header);
    return plain || country_columns(header).has_value();
  });
  if (!found) {
    return fail(ErrorCode::bad_input, "no line names the columns of a table of price indices. Known are: currency,year,index; country,year,index; "
                                      "Country Name,Country Code,Indicator Name,Indicator Code,1960,… (World Bank, IMF).", file);
  }
  RatesAccount account(file, "prices");
  PriceTable table(file);
  std::string layout = "currency by year";
  if (plain) read_plain_prices(rows, account, table);
  else layout = "countries by period, " + one_line(read_country_prices(rows, account, table));
  if (auto error = account.error(); error && !options.lenient) return tl::unexpected(*error);
  if (account.kept() == 0) return fail(ErrorCode::bad_input, "the table holds no price index (read as " + layout + ").", file);
  table.checksum = sha256(bytes);
  PricesRead read{std::move(table), layout, account.ledger(), account.notes()};
  read.notes.insert(read.notes.begin(), file + " read as " + layout);
  return read;
}

Result<PricesRead> read_prices_file(const std::string& path, const ReadOptions& options) {
  const auto bytes = read_bytes_of(path, options.limits);
  if (!bytes) return tl::unexpected(bytes.error());
  return read_prices(std::filesystem::path(path).filename().string(), bytes->view(), options);
}

}  // namespace entente
