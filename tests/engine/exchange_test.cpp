#include <catch2/catch.hpp>

#include <boost/multiprecision/cpp_int.hpp>

#include "engine/exchange.hpp"
#include "engine/random.hpp"
#include "made_network.hpp"

namespace entente {
namespace {

using test::Made;
using test::TieCells;
using Rational = boost::multiprecision::cpp_rational;
using boost::multiprecision::cpp_int;

Currency iso(std::string_view code) { return *parse_currency(code); }

Period during(std::string_view text) {
  const auto date = Edtf::parse(text);
  REQUIRE(date);
  return {date->earliest(), date->latest()};
}

struct Row {
  std::string_view currency, date, value;
};

/// A table against the dollar, written down row by row: dollars for one unit, as in rates.csv.
RateTable dollars(std::initializer_list<Row> rows) {
  RateTable table("rates.csv", iso("USD"));
  for (const Row& row : rows) REQUIRE(table.add(iso(row.currency), false, during(row.date), *parse_positive_decimal(row.value, "rate")));
  return table;
}

/// The same the other way round: units for one euro, as the ECB writes it.
RateTable per_euro(std::initializer_list<Row> rows) {
  RateTable table("eurofxref-hist.csv", iso("EUR"));
  for (const Row& row : rows) REQUIRE(table.add(iso(row.currency), true, during(row.date), *parse_positive_decimal(row.value, "rate")));
  return table;
}

Exchanged into(std::string_view code, const NetworkPtr& network, const RateTable& table, ExchangeRule rule = {}, const PriceTable* prices = nullptr) {
  rule.to = iso(code);
  auto exchanged = exchange(network, table, rule, prices);
  if (!exchanged) FAIL(exchanged.error().sentence());
  return std::move(*exchanged);
}

NetworkPtr one_tie(std::string_view amount, std::string_view currency, std::string_view start, std::string_view end = {}) {
  return Made().node("a").node("b").tie("a", "b", {.start = start, .end = end, .amount = amount, .currency = currency}).build();
}

std::string cell(const Network& network, std::uint32_t tie, std::string_view column) {
  const Attribute* attribute = network.edge_attribute(column);
  return attribute ? std::string(attribute->text(tie)) : "no such column";
}

/// "USD 895.00", or "missing".
std::string amount_of(const Exchanged& exchanged, std::uint32_t tie = 0) {
  const auto amount = exchanged.network->amount(EdgeId{tie});
  return amount ? to_string(*amount) : "missing";
}

std::string why(const Exchanged& exchanged) { return exchanged.gaps.size() == 1 ? exchanged.gaps[0].why : "not one gap"; }

/// A plain decimal as a fraction: digits over a power of ten.
Rational fraction(std::string text) {
  const auto point = text.find('.');
  if (point == std::string::npos) return Rational(cpp_int(text));
  const std::size_t decimals = text.size() - point - 1;
  text.erase(point, 1);
  text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));  // a zero in front would mean octal
  cpp_int scale = 1;
  for (std::size_t i = 0; i < decimals; ++i) scale *= 10;
  return Rational(cpp_int(text), scale);
}

/// What is printed in `rate` and `price_index`, computed from left to right.
Rational value_of(const std::string& expression) {
  Rational value = 1;
  char operation = '*';
  for (std::size_t at = 0; at <= expression.size();) {
    const std::size_t end = std::min(expression.find_first_of("*/", at), expression.size());
    const Rational next = fraction(expression.substr(at, end - at));
    if (operation == '*') value *= next;
    else value /= next;
    if (end < expression.size()) operation = expression[end];
    at = end + 1;
  }
  return value;
}

/// Half to even, by the definition: the nearest integer, and of two equally near the even one.
cpp_int rounded(const Rational& value) {
  const cpp_int below = numerator(value) / denominator(value);
  const Rational rest = value - Rational(below), half(1, 2);
  if (rest < half) return below;
  if (rest > half) return below + 1;
  return below % 2 == 0 ? below : cpp_int(below + 1);
}

/// Computes a tie's amount again from what its columns say, in smallest coins.
cpp_int recomputed(const Network& network, std::uint32_t tie, int decimals) {
  Rational value = fraction(cell(network, tie, "amount_original")) * value_of(cell(network, tie, "rate"));
  if (network.edge_attribute("price_index")) value *= value_of(cell(network, tie, "price_index"));
  for (int i = 0; i < decimals; ++i) value *= 10;
  return rounded(value);
}

}  // namespace

TEST_CASE("exchange: an amount times the day's rate, rounded to the smallest coin") {
  const auto table = dollars({{"KRW", "2021-04-07", "0.000893"}, {"KRW", "2021-04-08", "0.000895"}});
  const Exchanged done = into("USD", one_tie("1234567", "KRW", "2021-04-08"), table);
  CHECK(amount_of(done) == "USD 1104.94");  // 1104.937465
  const Network& network = *done.network;
  CHECK(cell(network, 0, "amount_original") == "1234567");
  CHECK(cell(network, 0, "currency_original") == "KRW");
  CHECK(cell(network, 0, "rate") == "0.000895");
  CHECK(cell(network, 0, "rate_date") == "2021-04-08");
  CHECK(cell(network, 0, "rate_rule") == "value date, at most 7 days back");
  CHECK(cell(network, 0, "rate_table") == "rates.csv");
  CHECK(done.converted == 1);
  CHECK(done.missing == 0);
}

TEST_CASE("exchange: rates per euro divide, and a cross rate goes through the base and is rounded once") {
  const auto table = per_euro({{"USD", "2021-04-08", "1.1873"}, {"KRW", "2021-04-08", "1327.97"}});
  CHECK(amount_of(into("EUR", one_tie("1000000", "KRW", "2021-04-08"), table)) == "EUR 753.03");   // 753.0290...
  CHECK(amount_of(into("KRW", one_tie("100.50", "EUR", "2021-04-08"), table)) == "KRW 133461");    // 133460.985
  const Exchanged cross = into("USD", one_tie("1000000", "KRW", "2021-04-08"), table);
  CHECK(amount_of(cross) == "USD 894.07");  // 894.0714..., where 753.03 * 1.1873 would be 894.0725
  CHECK(cell(*cross.network, 0, "rate") == "1.1873/1327.97");
  CHECK(cell(*cross.network, 0, "rate_date") == "2021-04-08");
}

TEST_CASE("exchange: halves are rounded to the even coin, to as many digits as the currency has") {
  const auto table = dollars({{"EUR", "2021", "0.5"}, {"KWD", "2021", "2"}, {"JPY", "2021", "4"}});
  CHECK(amount_of(into("USD", one_tie("0.01", "EUR", "2021"), table)) == "USD 0.00");
  CHECK(amount_of(into("USD", one_tie("0.03", "EUR", "2021"), table)) == "USD 0.02");
  CHECK(amount_of(into("USD", one_tie("0.05", "EUR", "2021"), table)) == "USD 0.02");
  CHECK(amount_of(into("USD", one_tie("0.050000001", "EUR", "2021"), table)) == "USD 0.03");
  CHECK(amount_of(into("KWD", one_tie("0.025", "USD", "2021"), table)) == "KWD 0.012");
  CHECK(amount_of(into("JPY", one_tie("10", "USD", "2021"), table)) == "JPY 2");
  CHECK(into("USD", one_tie("0.01", "EUR", "2021"), table).rounded_to_zero == 1);
  CHECK(into("USD", one_tie("0", "EUR", "2021"), table).rounded_to_zero == 0);
  CHECK(amount_of(into("USD", one_tie("0", "EUR", "2021"), table)) == "USD 0.00");
}

TEST_CASE("exchange: a day without a rate takes the latest before it, so many days back, and never a later one") {
  const auto table = dollars({{"EUR", "2021-04-01", "1.17"}, {"EUR", "2021-04-20", "1.20"}});
  CHECK(amount_of(into("USD", one_tie("100", "EUR", "2021-04-08"), table)) == "USD 117.00");
  const Exchanged late = into("USD", one_tie("100", "EUR", "2021-04-09"), table);
  CHECK(amount_of(late) == "missing");
  CHECK(why(late) == "no rate of EUR within 7 days before its day");
  CHECK(amount_of(into("USD", one_tie("100", "EUR", "2021-04-09"), table, {.to = {}, .days_back = 8})) == "USD 117.00");
  CHECK(amount_of(into("USD", one_tie("100", "EUR", "2021-04-02"), table, {.to = {}, .days_back = 0})) == "missing");
  CHECK(amount_of(into("USD", one_tie("100", "EUR", "2021-04-01"), table, {.to = {}, .days_back = 0})) == "USD 117.00");
  CHECK(amount_of(into("USD", one_tie("100", "EUR", "2021-03-31"), table)) == "missing");
}

TEST_CASE("exchange: a date known to the month or year takes the mean of its days, which must cover it") {
  RateTable table("rates.csv", iso("USD"));
  for (int day = 1; day <= 30; day += 3) {  // 1, 4, ..., 28
    const std::string date = "2021-04-" + std::string(day < 10 ? "0" : "") + std::to_string(day);
    REQUIRE(table.add(iso("EUR"), false, during(date), {1000 + static_cast<std::uint64_t>(day), 3}));
  }
  const Exchanged month = into("USD", one_tie("1000", "EUR", "2021-04"), table);
  CHECK(amount_of(month) == "USD 1014.50");  // 1.001 + 1.004 + ... + 1.028 = 10.145
  CHECK(cell(*month.network, 0, "rate") == "10.145/10");
  CHECK(cell(*month.network, 0, "rate_date") == "2021-04 (mean of 10 days)");
  const Exchanged year = into("USD", one_tie("1000", "EUR", "2021"), table);
  CHECK(amount_of(year) == "missing");
  CHECK(why(year) == "the rates of EUR do not cover its time");
  const Exchanged mean = into("USD", one_tie("1000", "EUR", "2021-04-04"), table, {.to = {}, .by = ExchangeRule::By::year_mean});
  CHECK(amount_of(mean) == "missing");
}

TEST_CASE("exchange: the mean of rates per euro is the mean of what is printed, then inverted") {
  const auto table = per_euro({{"KRW", "2021-01", "1300"}, {"KRW", "2021-02", "1301"}, {"KRW", "2021-03", "1302.5"}, {"KRW", "2021-04", "1300"},
                               {"KRW", "2021-05", "1300"}, {"KRW", "2021-06", "1300"}, {"KRW", "2021-07", "1300"}, {"KRW", "2021-08", "1300"},
                               {"KRW", "2021-09", "1300"}, {"KRW", "2021-10", "1300"}, {"KRW", "2021-11", "1300"}, {"KRW", "2021-12", "1300"}});
  const Exchanged done = into("EUR", one_tie("1000000000", "KRW", "2021-07-07"), table, {.to = {}, .by = ExchangeRule::By::year_mean});
  CHECK(cell(*done.network, 0, "rate") == "12/15603.5");
  CHECK(cell(*done.network, 0, "rate_date") == "2021 (mean of 12 months)");
  CHECK(amount_of(done) == "EUR 769058.22");  // 12e9 / 15603.5 = 769058.2241...
  const auto hole = per_euro({{"KRW", "2021-01", "1300"}, {"KRW", "2021-03", "1300"}});
  CHECK(amount_of(into("EUR", one_tie("1000", "KRW", "2021"), hole)) == "missing");
  const auto begun = per_euro({{"KRW", "2021-01", "1300"}, {"KRW", "2021-02", "1300"}});
  CHECK(amount_of(into("EUR", one_tie("1000", "KRW", "2021"), begun)) == "missing");
}

TEST_CASE("exchange: a hole of more than a fortnight among the days, or at an end, leaves no mean; a long holiday does") {
  const auto with_days = [](std::initializer_list<int> days) {
    RateTable table("rates.csv", iso("USD"));
    for (const int day : days) REQUIRE(table.add(iso("EUR"), false, {day_of(2021, 1, day), day_of(2021, 1, day)}, {12, 1}));
    return amount_of(into("USD", one_tie("10", "EUR", "2021-01"), table));
  };
  CHECK(with_days({1, 15, 29}) == "USD 12.00");
  CHECK(with_days({1, 16, 29}) == "missing");
  CHECK(with_days({15, 17}) == "USD 12.00");
  CHECK(with_days({16, 18}) == "missing");
  CHECK(with_days({14, 16}) == "missing");  // 15 days to the end
}

TEST_CASE("exchange: days come before months, and months before years, where a table has them") {
  const auto table = dollars({{"EUR", "2021-04-08", "1.1"}, {"EUR", "2021-04", "1.2"}, {"EUR", "2021", "1.3"}});
  CHECK(amount_of(into("USD", one_tie("1", "EUR", "2021-04-08"), table)) == "USD 1.10");
  CHECK(amount_of(into("USD", one_tie("1", "EUR", "2021-04-30"), table)) == "USD 1.20");
  CHECK(amount_of(into("USD", one_tie("1", "EUR", "2021-04"), table)) == "USD 1.20");
  CHECK(amount_of(into("USD", one_tie("1", "EUR", "2021-05-05"), table)) == "USD 1.30");
  CHECK(amount_of(into("USD", one_tie("1", "EUR", "2021"), table)) == "USD 1.30");
}

TEST_CASE("exchange: the date is the start, else the end; of an interval it is where it begins") {
  const auto table = dollars({{"EUR", "2020", "1.2"}, {"EUR", "2023", "1.5"}});
  CHECK(amount_of(into("USD", one_tie("1", "EUR", "2020", "2023"), table)) == "USD 1.20");
  CHECK(amount_of(into("USD", one_tie("1", "EUR", "", "2023"), table)) == "USD 1.50");
  CHECK(amount_of(into("USD", one_tie("1", "EUR", "2020/2023"), table)) == "USD 1.20");
  CHECK(amount_of(into("USD", one_tie("1", "EUR", "2020/.."), table)) == "USD 1.20");
  CHECK(amount_of(into("USD", one_tie("1", "EUR", "../2023"), table)) == "USD 1.50");
  CHECK(amount_of(into("USD", one_tie("1", "EUR", "2020~"), table)) == "USD 1.20");
  CHECK(why(into("USD", one_tie("1", "EUR", ""), table)) == "the tie states no date that a rate could have");
  CHECK(why(into("USD", one_tie("1", "EUR", "202X"), table, {.to = {}, .by = ExchangeRule::By::year_mean})) == "its date spans several years");
  CHECK(why(into("USD", one_tie("1", "EUR", "Y-170000"), table)) == "the rates of EUR do not cover its time");
}

TEST_CASE("exchange: the first day of 1970 is a date like others, and no date is none") {
  const auto network = Made().node("a").node("b").tie("a", "b", {.amount = "1", .currency = "EUR"})
                           .tie("a", "b", {.start = "1970-01-01", .amount = "1", .currency = "EUR"}).build();
  const Exchanged done = into("USD", network, dollars({{"EUR", "1970-01-01", "1.2"}}));
  CHECK(amount_of(done, 0) == "missing");
  CHECK(amount_of(done, 1) == "USD 1.20");
}

TEST_CASE("exchange: a fixed date converts all, dated or not") {
  const auto table = dollars({{"EUR", "2020-06-30", "1.1198"}, {"EUR", "2021-06-30", "1.1884"}});
  ExchangeRule rule{.to = {}, .by = ExchangeRule::By::fixed, .fixed = *Edtf::parse("2020-06-30")};
  CHECK(amount_of(into("USD", one_tie("100", "EUR", "2021-06-30"), table, rule)) == "USD 111.98");
  const Exchanged undated = into("USD", one_tie("100", "EUR", ""), table, rule);
  CHECK(amount_of(undated) == "USD 111.98");
  CHECK(cell(*undated.network, 0, "rate_rule") == "fixed 2020-06-30, at most 7 days back");
  rule.to = iso("USD");
  rule.fixed = std::nullopt;
  CHECK(exchange(one_tie("1", "EUR", ""), table, rule).error().where == "option rate-rule");
  rule.fixed = *Edtf::parse("2020/2021");
  CHECK(exchange(one_tie("1", "EUR", ""), table, rule).error().code == ErrorCode::bad_argument);
}

TEST_CASE("exchange: what is in the currency already keeps every digit and needs neither rate nor date") {
  const Exchanged done = into("USD", one_tie("14155.0825", "USD", ""), dollars({{"EUR", "2021", "1.2"}}));
  CHECK(amount_of(done) == "USD 14155.0825");
  CHECK(cell(*done.network, 0, "rate") == "1");
  CHECK(cell(*done.network, 0, "rate_table").empty());
  CHECK(done.already == 1);
  CHECK(done.converted == 0);
}

TEST_CASE("exchange: an amount without a rate is missing, keeps its original and is listed with its money") {
  const auto network = Made().node("a").node("b")
                           .tie("a", "b", {.start = "2021", .amount = "5000000", .currency = "VND"})
                           .tie("a", "b", {.start = "2021-03", .amount = "7", .currency = "VND"})
                           .tie("a", "b", {.start = "2022", .amount = "1", .currency = "VND"})
                           .tie("a", "b", {.start = "2021", .amount = "2.50", .currency = "EUR"})
                           .tie("a", "b", {.start = "2021"})
                           .build();
  const Exchanged done = into("USD", network, dollars({{"EUR", "2021", "1.2"}}));
  CHECK(amount_of(done, 0) == "missing");
  CHECK(cell(*done.network, 0, "amount_original") == "5000000");
  CHECK(cell(*done.network, 0, "currency_original") == "VND");
  CHECK(cell(*done.network, 0, "rate").empty());
  CHECK(cell(*done.network, 4, "amount_original").empty());
  REQUIRE(done.gaps.size() == 2);
  CHECK(done.gaps[0].year == 2021);
  CHECK(done.gaps[0].ties == 2);
  CHECK(to_string(done.gaps[0].sum) == "VND 5000007");
  CHECK(done.gaps[0].why == "the table has no rate of VND");
  CHECK(done.gaps[1].year == 2022);
  CHECK(done.missing == 3);
  CHECK(done.unstated == 1);
  const auto notes = done.notes();
  REQUIRE(notes.size() == 3);
  CHECK(notes[0] == "1 amount converted to USD by value date, at most 7 days back, rates of rates.csv");
  CHECK(notes[1] == "3 amounts have no rate and are missing now, not zero: VND 5000008 (the table has no rate of VND)");
  CHECK(notes[2] == "1 tie states no amount");
}

TEST_CASE("exchange: the rest of the network comes along, and a column name that is taken stays") {
  NetworkInfo info;
  info.name = "made";
  info.checksum = std::string(64, 'a');
  info.files.push_back({"notes.csv", "kept"});
  Made made(std::move(info));
  made.node_column("staff", CellType::integer).tie_column("rate");
  const auto network = made.node("a", "city", "KR", "Seoul", {"5"}).node("b").name("a", "서울", "ko")
                           .tie("a", "b", {.kind = "funding", .directed = "true", .status = "signed", .start = "2021", .end = "2022", .amount = "1",
                                           .currency = "EUR", .agreement = "m", .further = {"my own"}, .key = "t1"})
                           .quote("t1", "quoted").node_quote("a", "of a").build();
  const Exchanged done = into("USD", network, dollars({{"EUR", "2021", "1.2"}}));
  const Network& result = *done.network;
  CHECK(cell(result, 0, "rate") == "my own");
  CHECK(cell(result, 0, "rate (2)") == "1.2");
  CHECK(result.key(EdgeId{0}) == "t1");
  CHECK(result.kind(EdgeId{0}) == "funding");
  CHECK(result.status(EdgeId{0}) == "signed");
  CHECK(result.end(EdgeId{0})->text() == "2022");
  CHECK(result.agreement(EdgeId{0}) == "m");
  CHECK(result.is_directed(EdgeId{0}));
  REQUIRE(result.evidence(EdgeId{0}).size() == 1);
  CHECK(result.evidence(EdgeId{0})[0].quote == "quoted");
  CHECK(result.evidence(NodeId{0}).size() == 1);
  CHECK(result.names(NodeId{0}).size() == network->names(NodeId{0}).size());
  CHECK(result.node_attribute("staff")->text(0) == "5");
  CHECK(result.info().files.size() == 1);
  CHECK(result.info().checksum == network->info().checksum);
  CHECK(result.info().description.find("Amounts in USD by value date") != std::string::npos);
}

TEST_CASE("exchange: prices of another year multiply by the indices of the target currency") {
  PriceTable prices("deflators.csv");
  for (const auto& [year, index] : {std::pair{2019, 980u}, {2020, 1000u}, {2021, 1042u}}) REQUIRE(prices.add(iso("USD"), year, {index, 1}));
  const auto table = dollars({{"EUR", "2021", "1.2"}, {"EUR", "2020", "1.1"}, {"EUR", "2018", "1.1"}});
  const ExchangeRule rule{.to = iso("USD"), .prices = 2020};
  const Exchanged done = into("USD", one_tie("100", "EUR", "2021-05-05"), table, rule, &prices);
  CHECK(amount_of(done) == "USD 115.16");  // 100 * 1.2 * 100.0 / 104.2 = 115.1631
  CHECK(cell(*done.network, 0, "rate") == "1.2");
  CHECK(cell(*done.network, 0, "price_index") == "100.0/104.2");
  CHECK(cell(*done.network, 0, "price_base") == "2020");
  CHECK(cell(*done.network, 0, "price_table") == "deflators.csv");
  CHECK(amount_of(into("USD", one_tie("50.125", "USD", "2021"), table, rule, &prices)) == "USD 48.10");  // 48.1046
  CHECK(amount_of(into("USD", one_tie("50.125", "USD", "2020"), table, rule, &prices)) == "USD 50.125");
  CHECK(why(into("USD", one_tie("100", "EUR", "2018"), table, rule, &prices)) == "no price index of USD for 2018");
  CHECK(why(into("USD", one_tie("100", "USD", ""), table, rule, &prices)) == "the tie states no date whose prices could be known");

  ExchangeRule wrong{.to = iso("USD"), .prices = 2030};
  CHECK(exchange(one_tie("1", "USD", "2021"), table, wrong, &prices).error().what ==
        "deflators.csv has no price index of USD for 2030; it has USD from 2019 to 2021.");
  CHECK(exchange(one_tie("1", "USD", "2021"), table, wrong).error().where == "option prices");
}

TEST_CASE("exchange: amounts and sums beyond 64 bits are errors, not other numbers") {
  const auto table = dollars({{"KRW", "2021", "0.0008"}});
  const ExchangeRule rule{.to = iso("KRW")};
  const auto too_much = exchange(one_tie("9000000000000000000", "USD", "2021"), table, rule);
  REQUIRE(!too_much);
  CHECK(too_much.error().code == ErrorCode::overflow);
  const auto both = Made().node("a").node("b").tie("a", "b", {.start = "2021", .amount = "9000000000000000000", .currency = "JPY"})
                        .tie("a", "b", {.start = "2021", .amount = "9000000000000000000", .currency = "JPY"}).build();
  CHECK(exchange(both, table, rule).error().code == ErrorCode::overflow);
  CHECK(exchange(one_tie("1", "KRW", "2021"), table, {.to = iso("USD"), .days_back = 367}).error().where == "option days-back");
  CHECK(exchange(one_tie("1", "KRW", "2021"), table, {.to = iso("USD"), .days_back = -1}).error().code == ErrorCode::bad_argument);
}

TEST_CASE("exchange: an empty network, and one without money, are answered") {
  const auto table = dollars({{"EUR", "2021", "1.2"}});
  CHECK(into("USD", Made().build(), table).network->node_count() == 0);
  const Exchanged done = into("USD", Made().node("a").tie("a", "a", {}).build(), table);
  CHECK(done.unstated == 1);
  CHECK(done.sums.empty());
  std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  CHECK(exchange(Made().node("a").tie("a", "a", {}).build(), table, {.to = iso("USD")}, nullptr, job).error().code == ErrorCode::interrupted);
}

TEST_CASE("exchange: amounts and sums computed again from the printed columns are those of the answer") {
  const std::array<std::string_view, 7> codes{"USD", "EUR", "KRW", "KWD", "JPY", "UZS", "VND"};
  std::size_t checked = 0, gaps = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Random random(seed);
    const auto below = [&](std::uint64_t bound) { return static_cast<std::uint64_t>(random.below(bound)); };
    RateTable table("rates.csv", iso(seed % 2 == 0 ? "USD" : "EUR"));
    PriceTable prices("deflators.csv");
    for (const std::string_view code : codes) {
      if (iso(code) == table.base() || code == "VND") continue;
      const bool per_base = below(2) == 0;
      const ExactDecimal unit{1000 + below(999999), 2 + static_cast<int>(below(4))};
      for (int year = 2019; year <= 2021; ++year) {
        if (code == "UZS" && year == 2020) continue;
        REQUIRE(table.add(iso(code), per_base, year_period(year), {unit.units + below(1000), unit.decimals}));
      }
      for (int day = 1; day <= 28; day += 1 + static_cast<int>(below(4))) {
        const Day when = day_of(2021, 4, day);
        REQUIRE(table.add(iso(code), per_base, {when, when}, {unit.units + below(1000), unit.decimals}));
      }
    }
    for (const std::string_view code : codes) {
      for (int year = 2019; year <= 2021; ++year) REQUIRE(prices.add(iso(code), year, {800 + below(400), 1}));
    }
    Made made;
    made.node("a").node("b");
    const std::array<std::string_view, 8> dates{"2021-04-05", "2021-04-28", "2021-04", "2021", "2020", "2019-07-07", "2020/2021", ""};
    for (int tie = 0; tie < 60; ++tie) {
      const std::string_view code = codes[below(codes.size())];
      const Money amount{static_cast<std::int64_t>(below(10000000)), minor_digits(iso(code)), iso(code)};
      const std::string text = decimal_text(amount);
      const bool stated = below(8) > 0;
      made.tie("a", "b", {.start = dates[below(dates.size())], .amount = stated ? std::string_view(text) : std::string_view(),
                          .currency = stated ? code : std::string_view()});
    }
    const auto network = made.build();
    const std::string_view to = codes[below(codes.size() - 1)];
    ExchangeRule rule;
    if (below(3) == 0) rule.by = ExchangeRule::By::year_mean;
    if (below(2) == 0) rule.prices = 2019 + static_cast<int>(below(3));
    const Exchanged done = into(to, network, table, rule, &prices);
    const Network& result = *done.network;

    std::map<std::pair<Currency, std::optional<int>>, cpp_int> converted;  // in smallest coins of `to`, all of them
    std::map<Currency, Rational> original, missing;
    std::size_t amounts = 0;
    for (const EdgeId edge : network->edges()) {
      const auto before = network->amount(edge);
      const auto after = result.amount(edge);
      if (!before) {
        CHECK(!after);
        continue;
      }
      ++amounts;
      CHECK(cell(result, edge.index, "amount_original") == decimal_text(*before));
      original[before->currency] += fraction(decimal_text(*before));
      if (!after) {
        missing[before->currency] += fraction(decimal_text(*before));
        continue;
      }
      ++checked;
      INFO("seed " << seed << " tie " << edge.index << " rate " << cell(result, edge.index, "rate"));
      CHECK(after->currency == iso(to));
      const auto scaled = rescale(*after, minor_digits(iso(to)));
      REQUIRE(scaled);
      CHECK(cpp_int(scaled->units) == recomputed(result, edge.index, minor_digits(iso(to))));
    }
    CHECK(done.converted + done.already + done.missing == amounts);
    CHECK(amounts + done.unstated == network->edge_count());

    std::map<Currency, Rational> listed, left_out, by_rate;
    cpp_int total = 0, total_by_rate = 0;
    for (const ExchangeSum& sum : done.sums) {
      listed[sum.currency] += fraction(decimal_text(sum.original));
      if (sum.missing_ties > 0) left_out[sum.currency] += fraction(decimal_text(sum.missing));
      if (sum.converted_ties > 0) total += rescale(sum.converted, minor_digits(iso(to)))->units;
      CHECK(sum.ties == sum.converted_ties + sum.missing_ties);
    }
    for (const ExchangeRateUse& use : done.rates) total_by_rate += rescale(use.converted, minor_digits(iso(to)))->units;
    CHECK(listed == original);
    CHECK(left_out == missing);
    CHECK(total == total_by_rate);
    cpp_int total_of_ties = 0;
    for (const EdgeId edge : result.edges()) {
      if (const auto after = result.amount(edge)) total_of_ties += rescale(*after, minor_digits(iso(to)))->units;
    }
    CHECK(total == total_of_ties);
    CHECK(verify_exchange(*network, done));
    std::map<Currency, Rational> in_gaps;
    for (const ExchangeGap& gap : done.gaps) in_gaps[gap.currency] += fraction(decimal_text(gap.sum));
    CHECK(in_gaps == missing);
    gaps += done.gaps.size();
  }
  CHECK(checked > 2000);
  CHECK(gaps > 100);
}

TEST_CASE("exchange: a certificate holds for the answer and for no other") {
  const auto network = Made().node("a").node("b")
                           .tie("a", "b", {.start = "2021", .amount = "0.25", .currency = "EUR"})
                           .tie("a", "b", {.start = "2021", .amount = "7", .currency = "VND"})
                           .tie("a", "b", {.start = "2021", .amount = "1.005", .currency = "USD"})
                           .build();
  const auto table = dollars({{"EUR", "2021", "0.5"}});
  const Exchanged done = into("USD", network, table);
  CHECK(amount_of(done) == "USD 0.12");  // half a coin off, to the even one
  const auto sentence = verify_exchange(*network, done);
  REQUIRE(sentence);
  CHECK(*sentence == "verified: 2 amounts, and the sums by currency, computed again from the printed rates");

  const auto with = [&](auto change) {
    Exchanged other = done;
    change(other);
    const auto result = verify_exchange(*network, other);
    return result ? std::string("verified") : result.error().what;
  };
  CHECK(with([](Exchanged& e) { e.sums[0].converted.units += 1; }).find("the sum of EUR") != std::string::npos);
  CHECK(with([](Exchanged& e) { e.gaps.clear(); }).find("the sum of VND") != std::string::npos);
  CHECK(with([&](Exchanged& e) { e.rule.to = iso("EUR"); }).find("tie e1") != std::string::npos);
  // Other amounts under the same columns: 0.13 is as near but odd, 0.11 too far, 0.125 no whole coin.
  for (const std::string_view wrong : {"0.13", "0.11", "0.125"}) {
    Made made;
    made.tie_column("amount_original", CellType::number).tie_column("currency_original").tie_column("rate");
    const auto other = made.node("a").node("b")
                           .tie("a", "b", {.start = "2021", .amount = wrong, .currency = "USD", .further = {"0.25", "EUR", "0.5"}})
                           .tie("a", "b", {.start = "2021", .further = {"7", "VND", ""}})
                           .tie("a", "b", {.start = "2021", .amount = "1.005", .currency = "USD", .further = {"1.005", "USD", "1"}})
                           .build();
    INFO(wrong);
    CHECK(with([&](Exchanged& e) { e.network = other; }).find("the amount of tie e1") != std::string::npos);
  }
}

TEST_CASE("rates: a positive decimal is read exactly, and nothing else is") {
  const auto text = [](std::string_view written) {
    const auto value = parse_positive_decimal(written, "rate");
    return value ? decimal_text(*value) : "refused";
  };
  CHECK(text("1.10") == "1.10");
  CHECK(text("0.00075") == "0.00075");
  CHECK(text("7.5E-4") == "0.00075");
  CHECK(text("7.5e+3") == "7500");
  CHECK(text("1.5E1") == "15");
  CHECK(text("123456789012345678") == "123456789012345678");
  CHECK(text("1.00000000000000000000000") == "1.00000000000000000");
  for (const char* bad : {"", "0", "0.000", "-1", "+1", "1,2", "1.", ".5", "1.2.3", "abc", "1e", "1e999", "inf", "nan", "1234567890123456789", "1E-40",
                          "1 000", "0x1", "1.0000000000000000001", "5E30"}) {
    INFO(bad);
    CHECK(text(bad) == "refused");
  }
  CHECK(parse_positive_decimal("0.0", "rate").error().what.find("is zero") != std::string::npos);
  CHECK(parse_positive_decimal("-2", "rate").error().what.find("is negative") != std::string::npos);
}

TEST_CASE("rates: repetitions agree, contradictions, wrong order, both ways and wild values are refused") {
  const ExactDecimal one_two{12, 1}, one_three{13, 1};
  RateTable table("rates.csv", iso("USD"));
  CHECK(*table.add(iso("EUR"), false, during("2021-04-08"), one_two));
  CHECK_FALSE(*table.add(iso("EUR"), false, during("2021-04-08"), {120, 2}));  // 1.20 is 1.2
  CHECK(table.add(iso("EUR"), false, during("2021-04-08"), one_three).error().what ==
        "EUR of 2021-04-08 has 1.3 here and 1.2 before. Keep the one that is right.");
  CHECK(*table.add(iso("EUR"), false, during("2021-04-09"), one_two));
  CHECK(table.add(iso("EUR"), false, during("2021-04-07"), one_two).error().what ==
        "EUR of 2021-04-07 comes after 2021-04-09, out of order: the rows before run upward in time. Sort them by date.");
  CHECK(*table.add(iso("EUR"), false, during("2021-03"), one_two));  // months have an order of their own
  CHECK(*table.add(iso("EUR"), false, during("2021-02"), one_two));
  CHECK_FALSE(table.add(iso("EUR"), false, during("2021-04"), one_two));
  CHECK(table.add(iso("EUR"), true, during("2021-04-10"), one_two).error().what.find("quoted both ways") != std::string::npos);
  CHECK(table.add(iso("USD"), false, during("2021"), one_two).error().what.find("can only be 1") != std::string::npos);
  CHECK_FALSE(*table.add(iso("USD"), false, during("2021"), {100, 2}));
  CHECK(table.add(iso("JPY"), false, during("2021"), {1, 13}).error().what.find("beyond") != std::string::npos);
  CHECK(table.add(iso("JPY"), false, during("2021"), {10000000000000, 0}).error().what.find("beyond") != std::string::npos);
  CHECK(table.add(iso("JPY"), false, during("2020/2021"), one_two).error().what.find("no day, month or year") != std::string::npos);
  CHECK(table.size() == 4);
  CHECK(table.find(iso("VND")) == nullptr);
}

}  // namespace entente
