#include <catch2/catch.hpp>

#include "engine/text.hpp"
#include "io/rates.hpp"
#include "io/rates_exchange.hpp"
#include "io/rates_issuers.hpp"
#include "support.hpp"

namespace entente {
namespace {

Currency code(std::string_view text) { return *parse_currency(text); }

RatesRead rates(const std::string& text, bool lenient = false) {
  ReadOptions options;
  options.lenient = lenient;
  auto read = read_rates("r.csv", text, options);
  if (!read) FAIL(read.error().sentence());
  const LedgerEntry& entry = read->ledger.tables.at(0);
  CHECK(entry.rows == entry.kept + entry.merged + entry.refused);
  CHECK(entry.kept == read->table.size());
  return std::move(*read);
}

/// The whole sentence of what is wrong.
std::string trouble(const std::string& text) {
  const auto read = read_rates("r.csv", text);
  return read ? "read" : read.error().sentence();
}

std::string price_trouble(const std::string& text) {
  const auto read = read_prices("d.csv", text);
  return read ? "read" : read.error().sentence();
}

/// "1.1234 D 2021-04-08" for every rate of a currency; U for units of it per base.
std::vector<std::string> listed(const RateTable& table, std::string_view currency) {
  std::vector<std::string> list;
  const RateSeries* series = table.find(code(currency));
  if (!series) return {"none"};
  for (const DatedValues* values : {&series->days, &series->months, &series->years}) {
    for (const auto& [period, value] : values->all()) {
      list.push_back(decimal_text(value) + (series->units_per_base ? " U " : " D ") + period_text(period));
    }
  }
  return list;
}

using Lines = std::vector<std::string>;

bool says(const std::vector<std::string>& notes, std::string_view part) {
  for (const std::string& note : notes) {
    if (note.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("rates: our own table is dollars for one unit, by day, month or year") {
  const RatesRead read = rates("currency,date,usd\nKRW,2021-04-08,0.000895\nKRW,2021-04-09,0.00089\nEUR,2021,1.1827\nEUR,2021-05,1.2146\nGBP,2021-05-05,\n");
  CHECK(read.layout == "currency by date");
  CHECK(read.table.base() == code("USD"));
  CHECK(listed(read.table, "KRW") == Lines{"0.000895 D 2021-04-08", "0.00089 D 2021-04-09"});
  CHECK(listed(read.table, "EUR") == Lines{"1.2146 D 2021-05", "1.1827 D 2021"});
  CHECK(listed(read.table, "GBP") == Lines{"none"});
  CHECK(says(read.notes, "rows without a rate (1)"));
  CHECK(read.table.checksum.size() == 64);
  CHECK(read.table.identity() == "r.csv " + read.table.checksum.substr(0, 12));
}

TEST_CASE("rates: columns are found by name, in any order, and another base by its code") {
  const RatesRead read = rates("note;Date;EUR;Currency\nx;2021-04-08;0.00075;KRW\n");
  CHECK(read.table.base() == code("EUR"));
  CHECK(listed(read.table, "KRW") == Lines{"0.00075 D 2021-04-08"});
}

TEST_CASE("rates: the ECB's reference rates are units for one euro, newest first, N/A where there is none") {
  const RatesRead read = rates("Date,USD,JPY,CYP,\n2021-04-09,1.1888,130.21,N/A,\n2021-04-08,1.1873,129.93,N/A,\n2007-12-31,1.4721,164.93,0.585274,\n");
  CHECK(read.table.base() == code("EUR"));
  CHECK(listed(read.table, "USD") == Lines{"1.4721 U 2007-12-31", "1.1873 U 2021-04-08", "1.1888 U 2021-04-09"});
  CHECK(listed(read.table, "CYP") == Lines{"0.585274 U 2007-12-31"});
  CHECK(says(read.notes, "units of each currency for one EUR"));
  CHECK(read.ledger.tables[0].rows == 7);
}

TEST_CASE("rates: the ECB's file of one day, and a code that is on no list of ours") {
  const RatesRead day = rates("Date, USD, JPY, \n20 November 2026, 1.1588, 177.26, \n");
  CHECK(listed(day.table, "JPY") == Lines{"177.26 U 2026-11-20"});
  const RatesRead odd = rates("Date,USD,QQZ,\n2004-01-02,1.2592,41000,\n2004-01-01,1.25,N/A,\n");
  CHECK(odd.table.size() == 2);
  CHECK(says(odd.notes, "rates of QQZ, a code that is not known here (1)"));
  CHECK(trouble("Date,QQZ\n2004-01-02,1\n").starts_with("r.csv: no line names"));
}

TEST_CASE("rates: a table with a column EUR is not the ECB's, and a base is never guessed") {
  CHECK(trouble("Date,EUR,KRW\n2021-04-08,1.2,1000\n").starts_with("r.csv: no line names the columns of a table of exchange rates. Known are: currency,date,usd;"));
  CHECK(trouble("year,AED,AFN\n1990,3.6,50\n").starts_with("r.csv: no line names"));
  CHECK(trouble("").starts_with("r.csv: no line names"));
  CHECK(trouble("a,b,c\n1,2,3\n").starts_with("r.csv: no line names"));
}

TEST_CASE("rates: the ECB's portal: spot averages by day, month and year; the rest is passed over and counted") {
  const RatesRead read = rates(
      "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,TITLE,UNIT_MULT\n"
      "EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2024-01-02,1.0956,A,\"US dollar/Euro, daily\",0\n"
      "EXR.M.USD.EUR.SP00.A,M,USD,EUR,SP00,A,2024-01,1.0905,A,,0\n"
      "EXR.A.USD.EUR.SP00.A,A,USD,EUR,SP00,A,2023,1.0813,A,,0\n"
      "EXR.M.USD.EUR.SP00.E,M,USD,EUR,SP00,E,2024-01,1.0837,A,,0\n"
      "EXR.Q.USD.EUR.SP00.A,Q,USD,EUR,SP00,A,2024-Q1,1.0858,A,,0\n"
      "EXR.M.E03.EUR.EN00.A,M,E03,EUR,EN00,A,2024-01,98.3,A,,0\n"
      "EXR.D.JPY.EUR.SP00.A,D,JPY,EUR,SP00,A,2024-01-01,,H,,0\n");
  CHECK(listed(read.table, "USD") == Lines{"1.0956 U 2024-01-02", "1.0905 U 2024-01", "1.0813 U 2023"});
  CHECK(says(read.notes, "rows of series other than spot rates (SP00) (1)"));
  CHECK(says(read.notes, "rows of other than the mean of the period (A) (1)"));
  CHECK(says(read.notes, "rows of quarters and half years (1)"));
  CHECK(trouble("FREQ,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE\nD,USD,GBP,2024-01-02,1.2\n") ==
        "r.csv:2:7: the rate is for one \"GBP\"; rates of the ECB are for one EUR.");
}

TEST_CASE("rates: the IMF's daily table: names for codes, two blocks, dollars for one unit where marked (1)") {
  const RatesRead read = rates(
      "Representative Exchange Rates for Selected Currencies for January 2026\n\n"
      "Currency\tJanuary 02, 2026\tJanuary 05, 2026\n"
      "Euro(1)\t1.1698\t1.1606\n"
      "Korean won\t1,445.600000\tNA\n"
      "U.S. dollar\t1.0000\t1.0000\n"
      "\n"
      "Currency\tJanuary 20, 2026\n"
      "Euro(1)\t1.1700\n"
      "(1) Exchange rates expressed in dollars for one unit\n");
  CHECK(read.table.base() == code("USD"));
  CHECK(listed(read.table, "EUR") == Lines{"1.1698 D 2026-01-02", "1.1606 D 2026-01-05", "1.1700 D 2026-01-20"});
  CHECK(listed(read.table, "KRW") == Lines{"1445.600000 U 2026-01-02"});
  CHECK(read.ledger.tables[0].merged == 2);
  // The same page against the SDR has another title, and would mean something else.
  CHECK(trouble("SDRs per Currency unit for January 2026\nCurrency\tJanuary 02, 2026\nEuro\t0.85\n").find("no line names") != std::string::npos);
  const RatesRead partly = rates("Representative Exchange Rates\nCurrency\tJanuary 02, 2026\nMartian crown\t3\nKorean won\t1445\n");
  CHECK(partly.table.size() == 1);
  CHECK(says(partly.notes, "rates of \"Martian crown\" in line 3, whose code is not known here (1)"));
  CHECK(trouble("Representative Exchange Rates\nCurrency\tJanuary 02, 2026\nKorean won\t1,44\n").starts_with("r.csv:3:12: rate \"1,44\" is not a number"));
  for (const char* wrong : {"1,44.5", "14,45,000.0", ",445.6", "1445.600,1"}) {
    INFO(wrong);
    CHECK(trouble("Representative Exchange Rates\nCurrency\tJanuary 02, 2026\nKorean won\t" + std::string(wrong) + "\n").find("is not a number") != std::string::npos);
  }
}

TEST_CASE("rates: countries by period: period averages against the dollar by the currency that a country issues") {
  const RatesRead read = rates(
      "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"Attribute\",\"1998\",\"2019\",\"2019M1\",\"2019Q1\",\"2020-M02\",\n"
      "\"Korea, Rep. of\",\"542\",\"Exchange Rates, Domestic Currency per U.S. Dollar, Period Average, Rate\",\"ENDA_XDC_USD_RATE\",\"Value\",\"1401.44\",\"1165.36\",\"1122.0\",\"1125.1\",\"1.19352E3\",\n"
      "\"Korea, Rep. of\",\"542\",\"Exchange Rates, Domestic Currency per U.S. Dollar, Period Average, Rate\",\"ENDA_XDC_USD_RATE\",\"Status\",\"\",\"p\",\"\",\"\",\"\",\n"
      "\"Korea, Rep. of\",\"542\",\"Exchange Rates, Domestic Currency per U.S. Dollar, End of Period, Rate\",\"ENDE_XDC_USD_RATE\",\"Value\",\"1204\",\"1157.8\",\"1119\",\"\",\"\",\n"
      "Germany,DEU,Exchange rate,ENDA_XDC_USD_RATE,Value,1.7597,0.8933,,,,\n"
      "World,WLD,Exchange rate,ENDA_XDC_USD_RATE,Value,1,1,,,,\n");
  CHECK(listed(read.table, "KRW") == Lines{"1122.0 U 2019-01", "1193.52 U 2020-02", "1401.44 U 1998", "1165.36 U 2019"});
  CHECK(listed(read.table, "DEM") == Lines{"1.7597 U 1998"});
  CHECK(says(read.notes, "members of the euro area after their accession (1)"));
  CHECK(says(read.notes, "issue no currency of their own (1)"));
  CHECK(says(read.notes, "rows of other indicators"));
  CHECK(says(read.notes, "columns of quarters"));
}

TEST_CASE("rates: the World Bank's file with its title lines, and the IMF's portal") {
  const RatesRead bank = rates(
      "\xEF\xBB\xBF\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2026-04-08\",\n\n"
      "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2019\",\"2020\",\n"
      "\"Uzbekistan\",\"UZB\",\"Official exchange rate (LCU per US$, period average)\",\"PA.NUS.FCRF\",\"8836.79\",\"10054.26\",\n");
  CHECK(listed(bank.table, "UZS") == Lines{"8836.79 U 2019", "10054.26 U 2020"});
  const RatesRead portal = rates(
      "DATAFLOW,COUNTRY,INDICATOR,TYPE_OF_TRANSFORMATION,FREQUENCY,TIME_PERIOD,OBS_VALUE\n"
      "IMF.STA:ER(4.0.1),KOR,XDC_USD,PA_RT,M,2026-M01,1460.1\n"
      "IMF.STA:ER(4.0.1),KOR,XDC_USD,EOP_RT,M,2026-M01,1470.2\n"
      "IMF.STA:ER(4.0.1),KOR,XDC_EUR,PA_RT,M,2026-M01,1700\n"
      "IMF.STA:ER(4.0.1),KOR,XDC_USD,PA_RT,Q,2026-Q1,1465\n");
  CHECK(listed(portal.table, "KRW") == Lines{"1460.1 U 2026-01"});
}

TEST_CASE("rates: each wrong entry is one sentence with its place") {
  const std::string head = "currency,date,usd\n";
  CHECK(trouble(head + "KRW,2021-04-08,0\n") == "r.csv:2:16: rate \"0\" is zero. It must be more than zero; leave it out if it is not known.");
  CHECK(trouble(head + "KRW,2021-04-08,-0.1\n").starts_with("r.csv:2:16: rate \"-0.1\" is negative."));
  CHECK(trouble(head + "KRW,2021-04-08,\"1,2\"\n").starts_with("r.csv:2:16: rate \"1,2\" is not a number."));
  CHECK(trouble(head + "XXQ,2021-04-08,1\n").starts_with("r.csv:2:1: currency \"XXQ\" is not an ISO 4217 code."));
  CHECK(trouble(head + "KRW,8.4.2021,1\n").starts_with("r.csv:2:5: date \"8.4.2021\" is no day, month or year."));
  CHECK(trouble(head + "KRW,2021-13-01,1\n").starts_with("r.csv:2:5: date "));
  CHECK(trouble(head + "KRW,2021~,1\n").starts_with("r.csv:2:5: date "));
  CHECK(trouble(head + "KRW,2021-04-08,0.1\nKRW,2021-04-08,0.2\n") ==
        "r.csv:3:16: KRW of 2021-04-08 has 0.2 here and 0.1 before. Keep the one that is right.");
  CHECK(trouble(head + "KRW,2021-04-08,0.1\nKRW,2021-04-09,0.1\nKRW,2021-04-01,0.1\n").starts_with("r.csv:4:16: KRW of 2021-04-01 comes after 2021-04-09, out of order"));
  CHECK(trouble(head + "KRW,2021,1E-13\n").starts_with("r.csv:2:10: rate 0.0000000000001 of KRW is beyond"));
  CHECK(trouble(head + "USD,2021,2\n").starts_with("r.csv:2:10: the table is in USD, yet it states"));
  CHECK(trouble(head + "KRW,2021\n") == "r.csv:2:5: the row has 2 cells for 3 columns.");
  CHECK(trouble(head + "KRW,2021,\"1\n").starts_with("r.csv:2:10: the quote that opens here is never closed."));
  CHECK(trouble(head + "KRW,2021,0\nKRW,2022,0\nKRW,2023,0\n").ends_with("if it is not known; and 2 more entries are wrong."));
  CHECK(trouble(head) == "r.csv: the table holds no exchange rate (read as currency by date).");
  CHECK(trouble("Date,USD,JPY\n2021-04-08,1.1,x\n").starts_with("r.csv:2:16: rate \"x\" is not a number."));
  CHECK(trouble("Date,USD\n2021-04-08,1.1,3\n").starts_with("r.csv:2:16: the row has more cells"));
  CHECK(trouble("Date,USD\n\n08/04/2021,1.1\n").starts_with("r.csv:3:1: date "));
  CHECK(trouble(head + "KR\xC3,2021,1\n").find("r.csv:2:1: ") == 0);
}

TEST_CASE("rates: with --lenient the rest is read, and the account names what was left out") {
  const RatesRead read = rates("currency,date,usd\nKRW,2021-04-08,0\nKRW,2021-04-09,0.001\nKRW,2021-04-09,0.0010\nKRW,2021-04-09,0.002\n", true);
  CHECK(listed(read.table, "KRW") == Lines{"0.001 D 2021-04-09"});
  const LedgerEntry& entry = read.ledger.tables[0];
  CHECK(entry.rows == 4);
  CHECK(entry.kept == 1);
  CHECK(entry.merged == 1);
  CHECK(entry.refused == 2);
  REQUIRE(read.ledger.refusals.size() == 2);
  CHECK(read.ledger.refusals[1].place.text() == "r.csv:5:16");
  CHECK(says(read.notes, "2 entries of r.csv were refused and left out; the first: r.csv:2:16: rate \"0\" is zero"));
}

TEST_CASE("rates: files in UTF-16, with CR LF and blank lines") {
  const std::string text = "currency,date,usd\r\n\r\nKRW,2021,0.001\r\n";
  CHECK(listed(rates(text).table, "KRW") == Lines{"0.001 D 2021"});
  std::string wide = "\xFF\xFE";
  for (const char c : text) wide += std::string{c, '\0'};
  CHECK(listed(rates(wide).table, "KRW") == Lines{"0.001 D 2021"});
}

TEST_CASE("prices: by currency or country and year, or as the World Bank and the IMF publish them") {
  const auto own = read_prices("d.csv", "currency,year,index\nUSD,2019,98.7\nUSD,2020,100\n");
  REQUIRE(own);
  REQUIRE(own->table.find(code("USD"), 2019));
  CHECK(decimal_text(*own->table.find(code("USD"), 2019)) == "98.7");
  CHECK(own->table.find(code("USD"), 2021) == nullptr);
  CHECK(own->table.years(code("USD")) == std::pair(2019, 2020));
  const auto country = read_prices("d.csv", "country,year,deflator\nKR,2019,98.7\nEMU,2020,100\nDE,1998,90\nDE,2005,99\n");
  REQUIRE(country);
  CHECK(country->table.find(code("KRW"), 2019));
  CHECK(country->table.find(code("EUR"), 2020));
  CHECK(country->table.find(code("DEM"), 1998));
  CHECK_FALSE(country->table.find(code("DEM"), 2005));
  CHECK_FALSE(country->table.find(code("EUR"), 2005));
  const auto bank = read_prices("d.csv",
      "Country Name,Country Code,Indicator Name,Indicator Code,2019,2020 [YR2020]\nUnited States,USA,GDP deflator,NY.GDP.DEFL.ZS,98.7,\nUnited States,USA,GDP growth (annual %),NY.GDP.MKTP.KD.ZG,-2,3\n");
  REQUIRE(bank);
  CHECK(bank->layout == "countries by period, NY.GDP.DEFL.ZS");
  CHECK(bank->table.find(code("USD"), 2019));
  CHECK_FALSE(bank->table.find(code("USD"), 2020));
  const auto weo = read_prices("d.xls", "WEO Country Code\tISO\tWEO Subject Code\tCountry\tSubject Descriptor\tUnits\t2019\t2020\n"
                                        "111\tUSA\tNGDP_D\tUnited States\tGross domestic product, deflator\tIndex\t1,098.7\tn/a\n");
  REQUIRE(weo);
  CHECK(decimal_text(*weo->table.find(code("USD"), 2019)) == "1098.7");
}

TEST_CASE("prices: what is wrong is one sentence with its place") {
  CHECK(price_trouble("currency,year,index\nUSD,2019,0\n").starts_with("d.csv:2:10: price index \"0\" is zero."));
  CHECK(price_trouble("currency,year,index\nUSD,2019-01,1\n") == "d.csv:2:5: year \"2019-01\" is no year. Write 2020.");
  CHECK(price_trouble("currency,year,index\nUSX,2019,1\n").starts_with("d.csv:2:1: currency \"USX\""));
  CHECK(price_trouble("country,year,index\nAtlantis,2019,1\n").starts_with("d.csv:2:1: country \"Atlantis\" is not known to issue a currency."));
  CHECK(price_trouble("currency,year,index\nUSD,2019,1\nUSD,2019,2\n").starts_with("d.csv:3:10: USD of 2019 has 2 here and 1 before."));
  CHECK(price_trouble("currency,year,index\n") == "d.csv: the table holds no price index (read as currency by year).");
  CHECK(price_trouble("a,b\n1,2\n").starts_with("d.csv: no line names the columns of a table of price indices."));
  CHECK(price_trouble("Country Name,Country Code,Indicator Name,Indicator Code,2019\nUnited States,USA,GDP deflator,NY.GDP.DEFL.ZS,98.7\nUnited States,USA,CPI,FP.CPI.TOTL,117\n") ==
        "d.csv:3:23: \"FP.CPI.TOTL\" is a second price index beside \"NY.GDP.DEFL.ZS\". Keep the rows of one.");
}

TEST_CASE("rates: countries by code or name, whatever their spelling; who issues nothing is not known") {
  for (const char* name : {"KR", "kor", "Korea, Rep.", "Korea, Republic of", "KOREA REP OF"}) {
    INFO(name);
    REQUIRE(issuer_of(name));
    CHECK(issuer_of(name)->currency == code("KRW"));
  }
  CHECK(issuer_of("Türkiye, Rep. of")->currency == code("TRY"));
  CHECK(issuer_of("FRA")->last_year == 1998);
  CHECK_FALSE(issuer_of("Ecuador"));
  CHECK_FALSE(issuer_of(""));
  CHECK(currency_named("U.K. pound") == code("GBP"));
  CHECK_FALSE(currency_named("pound"));
}

TEST_CASE("exchange: a package's own rates.csv is used, and what is missing is said") {
  const std::map<std::string, std::string> files{{"edges.csv", "source,target,start,amount,currency\na,b,2021,1000,KRW\n"},
                                                 {"rates.csv", "currency,date,usd\nKRW,2021,0.5\n"},
                                                 {"deflators.csv", "currency,year,index\nUSD,2021,104\nUSD,2020,100\n"}};
  const auto network = test::package({{"edges.csv", files.at("edges.csv")}, {"rates.csv", files.at("rates.csv")}});
  REQUIRE(network);
  CHECK(has_rates(**network));
  ExchangeRequest request;
  request.currency = code("USD");
  const auto done = exchanged_for(*network, request);
  REQUIRE(done);
  CHECK(to_string(*done->network->amount(EdgeId{0})) == "USD 500.00");
  CHECK(done->table.starts_with("rates.csv "));
  CHECK(says(done->notes(), "rates.csv read as currency by date"));
  CHECK(has_rates(*done->network));

  request.rule = "yearly";
  CHECK(exchanged_for(*network, request).error().what == "rule \"yearly\" is unknown. Known are: value-date, year-mean, fixed:DATE.");
  request.rule = "fixed:20211";
  CHECK(exchanged_for(*network, request).error().where == "option rate-rule");
  request.rule = "";
  request.prices = 2020;
  CHECK(exchanged_for(*network, request).error().where == "option prices");
  request.prices = std::nullopt;
  request.deflators = "nowhere.csv";
  CHECK(exchanged_for(*network, request).error().where == "option deflators");
  request.deflators = "";
  request.rates = "/nowhere/rates.csv";
  CHECK(exchanged_for(*network, request).error().code == ErrorCode::unreadable);
  request.rates = "";
  const auto bare = test::package({{"edges.csv", files.at("edges.csv")}});
  CHECK_FALSE(has_rates(**bare));
  CHECK(exchanged_for(*bare, request).error().what == "Amounts need rates to be converted, and the network has no rates.csv. Name a table with --rates.");

  const test::TemporaryFolder folder;
  for (const auto& [name, text] : files) test::spill(folder / name, text);
  const auto read = read_network(folder.path().string());
  REQUIRE(read);
  request.prices = 2020;
  request.rates = folder / "rates.csv";
  request.deflators = folder / "deflators.csv";
  const auto real = exchanged_for(*read, request);
  REQUIRE(real);
  CHECK(to_string(*real->network->amount(EdgeId{0})) == "USD 480.77");  // 500 * 100 / 104
}

}  // namespace entente
