#include "engine/money.hpp"

#include <limits>
#include <string>

#include <catch2/catch.hpp>

#include "engine/random.hpp"
#include "support/random_graphs.hpp"

using namespace entente;

namespace {

__extension__ using Wide = __int128;

Currency currency(const char* code) { return parse_currency(code).value(); }
Money money(const std::string& amount, const char* code) { return parse_money(amount, currency(code)).value(); }
std::string fault(const std::string& amount, const char* code) {
  const auto read = parse_money(amount, currency(code));
  return read ? "accepted " + to_string(*read) : read.error().what;
}

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

/// Units to nine decimals, where every amount can be compared with every other.
Wide exact(const Money& amount) {
  Wide units = amount.units;
  for (int i = amount.decimals; i < 9; ++i) units *= 10;
  return units;
}

Money random_money(Random& random, Currency in) {
  const auto bits = random.below(63) + 1;  // all magnitudes alike
  auto units = static_cast<std::int64_t>(random.next() >> (64 - bits));
  if (random.below(2) == 0) units = -units;
  return {units, static_cast<int>(random.below(10)), in};
}

}  // namespace

TEST_CASE("money: a plain decimal is read exactly, with the decimals it states") {
  const Money amount = money("1250000.50", "EUR");
  CHECK(amount.units == 125000050);
  CHECK(amount.decimals == 2);
  CHECK(to_string(amount) == "EUR 1250000.50");
  CHECK(decimal_text(money("14155.0825", "USD")) == "14155.0825");
  CHECK(decimal_text(money("0.000000001", "USD")) == "0.000000001");
  CHECK(decimal_text(money("-0.05", "USD")) == "-0.05");
  CHECK(decimal_text(money("+7", "USD")) == "7");
  CHECK(decimal_text(money("007", "USD")) == "7");
  CHECK(decimal_text(money("-0", "USD")) == "0");
}

TEST_CASE("money: what could be misread is refused") {
  for (const char* text : {"", "-", "+", ".", "1.", ".5", "1,200", "1 200", "1'200", "1e6", "0x10", "1.2.3", "--1", "+-1", "$5",
                           "5 ", " 5", "１２", "NaN", "inf", "1,2M", "1.5-"}) {
    CAPTURE(text);
    const auto read = parse_money(text, currency("USD"));
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == ErrorCode::bad_input);
  }
  CHECK(fault("1,2M", "USD") ==
        "amount \"1,2M\" is not a number. Write digits with a point, such as 1200000 or 1200000.50, or leave the cell "
        "empty if unknown.");
  CHECK(fault(std::string(1000, 'x'), "USD").size() < 250);
  // A sentence never holds half a letter.
  const std::string letters(39, 'x');
  CHECK(fault(letters + "억원", "USD").find(letters + "억…") != std::string::npos);
}

TEST_CASE("money: currencies without a smaller coin take no fraction but zeros") {
  for (const char* code : {"JPY", "KRW", "VND"}) {
    CAPTURE(code);
    CHECK(money("1500", code).decimals == 0);
    CHECK(money("1500.00", code) == money("1500", code));
    CHECK(money("1500.00", code).decimals == 0);
    CHECK(money("1500.000000000000", code).decimals == 0);
    CHECK(fault("1500.5", code).find("has decimals, but " + std::string(code) + " has no smaller coin.") != std::string::npos);
    CHECK(fault("0.125", code).find("no smaller coin") != std::string::npos);
  }
  CHECK(decimal_text(money("1.125", "KWD")) == "1.125");
}

TEST_CASE("money: both ends of 64 bits are read, and one beyond is an overflow") {
  CHECK(money("9223372036854775807", "USD").units == most);
  CHECK(money("-9223372036854775808", "USD").units == least);
  CHECK(decimal_text(money("-9223372036854775808", "USD")) == "-9223372036854775808");
  CHECK(decimal_text(money("-92233720368547758.08", "USD")) == "-92233720368547758.08");
  CHECK(money("9223372036854775807.00", "USD").units == most);  // zeros that end a fraction carry no value
  for (const char* text : {"9223372036854775808", "-9223372036854775809", "92233720368547758070", "92233720368547758.08",
                           "9223372036854775807.1"}) {
    CAPTURE(text);
    const auto read = parse_money(text, currency("USD"));
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == ErrorCode::overflow);
  }
  CHECK(fault("0.1234567891", "USD") == "amount \"0.1234567891\" has more than 9 decimals.");
  CHECK(decimal_text(money("0.12345678900000", "USD")) == "0.123456789");
}

TEST_CASE("money: currency codes are those of ISO 4217, in capitals") {
  CHECK(minor_digits(currency("KRW")) == 0);
  CHECK(minor_digits(currency("JPY")) == 0);
  CHECK(minor_digits(currency("UZS")) == 2);
  CHECK(minor_digits(currency("KWD")) == 3);
  CHECK(currency("DEM").text() == "DEM");
  for (const char* text : {"", "usd", "US", "USDX", "XXQ", "€", "원"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_currency(text).has_value());
  }
  CHECK(parse_currency("won").error().what ==
        "currency \"won\" is not an ISO 4217 code. Write three capital letters such as USD or KRW.");
  CHECK(parse_currency(std::string(1000000, 'Q')).error().what.size() < 200);
}

TEST_CASE("money: equal values are equal whatever their decimals, in one currency") {
  CHECK(money("1.50", "EUR") == money("1.5", "EUR"));
  CHECK(money("0.00", "EUR") == money("0", "EUR"));
  CHECK_FALSE(money("1.50", "EUR") == money("1.05", "EUR"));
  CHECK_FALSE(money("1.50", "EUR") == money("1.50", "USD"));
}

TEST_CASE("money: sums across currencies or beyond 64 bits are refused") {
  CHECK(add(money("1.5", "USD"), money("0.25", "USD")).value() == money("1.75", "USD"));
  const auto mixed = add(money("1", "USD"), money("1", "KRW"));
  REQUIRE_FALSE(mixed.has_value());
  CHECK(mixed.error().code == ErrorCode::unit_mismatch);
  CHECK(mixed.error().what == "USD 1 and KRW 1 are in different currencies and cannot be added.");
  CHECK(add(Money{most, 0, currency("USD")}, money("1", "USD")).error().code == ErrorCode::overflow);
  CHECK(add(Money{least, 0, currency("USD")}, money("-1", "USD")).error().code == ErrorCode::overflow);
  CHECK(add(Money{most, 0, currency("USD")}, money("0.5", "USD")).error().code == ErrorCode::overflow);
  CHECK(add(Money{most, 0, currency("USD")}, Money{least, 0, currency("USD")}).value() == money("-1", "USD"));
}

TEST_CASE("money: rescale keeps the value or says why it cannot") {
  CHECK(rescale(money("1.50", "EUR"), 1).value().units == 15);
  CHECK(rescale(money("1.5", "EUR"), 9).value().units == 1500000000);
  CHECK(rescale(money("1.25", "EUR"), 1).error().what == "EUR 1.25 cannot be written to 1 decimals exactly.");
  CHECK(rescale(money("1.25", "EUR"), 1).error().code == ErrorCode::bad_argument);
  CHECK(rescale(Money{most, 0, currency("EUR")}, 1).error().code == ErrorCode::overflow);
  CHECK(rescale(Money{least, 2, currency("EUR")}, 3).error().code == ErrorCode::overflow);
  CHECK(rescale(money("0", "EUR"), -1).error().code == ErrorCode::bad_argument);
  CHECK(rescale(money("0", "EUR"), 10).error().code == ErrorCode::bad_argument);
}

TEST_CASE("money: the text of an amount reads back as that amount") {
  test::for_each_seed(3000, [](Seed seed) {
    Random random(seed);
    const Money amount = random_money(random, currency("USD"));
    const auto back = parse_money(decimal_text(amount), amount.currency);
    CAPTURE(decimal_text(amount));
    REQUIRE(back.has_value());
    CHECK(back->units == amount.units);
    CHECK(back->decimals == amount.decimals);
  });
}

TEST_CASE("money: add and rescale agree with 128-bit arithmetic") {
  std::size_t sums = 0, overflows = 0;
  test::for_each_seed(5000, [&](Seed seed) {
    Random random(seed);
    const Money a = random_money(random, currency("USD")), b = random_money(random, currency("USD"));
    CAPTURE(to_string(a), to_string(b));

    const int decimals = std::max(a.decimals, b.decimals);
    const auto scaled = [&](const Money& x) {
      Wide units = x.units;
      for (int i = x.decimals; i < decimals; ++i) units *= 10;
      return units;
    };
    const auto fits = [](Wide units) { return units >= Wide{least} && units <= Wide{most}; };
    const bool possible = fits(scaled(a)) && fits(scaled(b)) && fits(scaled(a) + scaled(b));
    const auto sum = add(a, b), reverse = add(b, a);
    REQUIRE(sum.has_value() == possible);
    REQUIRE(reverse.has_value() == possible);
    if (possible) {
      CHECK((exact(*sum) == exact(a) + exact(b)));
      CHECK(*sum == *reverse);
      ++sums;
    } else {
      CHECK(sum.error().code == ErrorCode::overflow);
      ++overflows;
    }

    const int places = static_cast<int>(random.below(10));
    const auto written = rescale(a, places);
    Wide divisor = 1;
    for (int i = places; i < 9; ++i) divisor *= 10;
    const bool exactly = exact(a) % divisor == 0;
    REQUIRE(written.has_value() == (exactly && fits(exact(a) / divisor)));
    if (written) {
      CHECK(*written == a);
      CHECK(written->decimals == places);
    }
  });
  CHECK(sums > 500);  // the law was tried on both sides
  CHECK(overflows > 500);
}

TEST_CASE("money: a total counts what it cannot add, and no amount is not zero") {
  MoneyTotal total;
  CHECK_FALSE(total.sum.has_value());
  total = accumulate(total, std::nullopt).value();
  CHECK_FALSE(total.sum.has_value());
  CHECK(total.unknown == 1);
  total = accumulate(total, money("1.5", "USD")).value();
  total = accumulate(total, money("2", "USD")).value();
  CHECK(*total.sum == money("3.5", "USD"));
  CHECK(total.known == 2);
  CHECK(accumulate(total, money("2", "KRW")).error().code == ErrorCode::unit_mismatch);
}
