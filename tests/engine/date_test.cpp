#include "engine/date.hpp"

#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "engine/random.hpp"
#include "support/random_graphs.hpp"

using namespace entente;

namespace {

/// "2021-01-01 … 2021-12-31"
std::string days_of(const std::string& text) {
  const auto date = Edtf::parse(text);
  if (!date) return date.error().what;
  return iso_text(date->earliest()) + " … " + iso_text(date->latest());
}

std::string fault_of(const std::string& text) {
  const auto date = Edtf::parse(text);
  return date ? "accepted" : date.error().what;
}

Edtf edtf(const std::string& text) { return Edtf::parse(text).value(); }

Meets meets_window(const std::optional<std::string>& start, const std::optional<std::string>& end,
                   const std::optional<std::string>& since, const std::optional<std::string>& until) {
  std::vector<Edtf> dates;
  dates.reserve(4);
  const auto pointer = [&](const std::optional<std::string>& text) -> const Edtf* {
    if (!text) return nullptr;
    dates.push_back(edtf(*text));
    return &dates.back();
  };
  const Edtf* a = pointer(start);
  const Edtf* b = pointer(end);
  const Edtf* c = pointer(since);
  const Edtf* d = pointer(until);
  return meets(a, b, c, d);
}

constexpr std::optional<std::string> none = std::nullopt;

}  // namespace

TEST_CASE("date: a date covers every day it may mean") {
  CHECK(days_of("2021") == "2021-01-01 … 2021-12-31");
  CHECK(days_of("2021-04") == "2021-04-01 … 2021-04-30");
  CHECK(days_of("2021-12-16") == "2021-12-16 … 2021-12-16");
  CHECK(days_of("2020-02") == "2020-02-01 … 2020-02-29");
  CHECK(days_of("1900-02") == "1900-02-01 … 1900-02-28");
  CHECK(days_of("2000-02-29") == "2000-02-29 … 2000-02-29");
  CHECK(days_of("0000") == "0000-01-01 … 0000-12-31");
  CHECK(days_of("0000-02-29") == "0000-02-29 … 0000-02-29");
  CHECK(days_of("-0043-03-15") == "-0043-03-15 … -0043-03-15");
  CHECK(days_of("-0004-02-29") == "-0004-02-29 … -0004-02-29");
}

TEST_CASE("date: a time is the day it names, whatever the zone") {
  for (const char* text : {"1985-04-12T23:20:30", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30-04",
                           "1985-04-12T23:20:30+04:30", "1985-04-12T00:00:00+14:00", "1985-04-12T23:59:60Z"}) {
    CAPTURE(text);
    CHECK(days_of(text) == "1985-04-12 … 1985-04-12");
  }
  for (const char* text : {"1985-04-12T24:00:00", "1985-04-12T23:60:00", "1985-04-12T23:20:61", "1985-04-12T23:20:60",
                           "1985-04-12T23:20", "1985-04-12T", "1985-04-12T23:20:30+24", "1985-04-12T23:20:30+04:60",
                           "1985-04-12T23:20:30z", "1985-04-12t23:20:30", "1985-04-12 23:20:30", "1985-04T23:20:30",
                           "1985-04-12T23:20:30.5", "1985-04-12T23:20:30+0430", "1985-04-12T23:20:30~"}) {
    CAPTURE(text);
    CHECK_FALSE(Edtf::parse(text).has_value());
  }
}

TEST_CASE("date: unspecified digits stand for all of theirs") {
  CHECK(days_of("201X") == "2010-01-01 … 2019-12-31");
  CHECK(days_of("20XX") == "2000-01-01 … 2099-12-31");
  CHECK(days_of("2004-XX") == "2004-01-01 … 2004-12-31");
  CHECK(days_of("2004-XX-XX") == "2004-01-01 … 2004-12-31");
  CHECK(days_of("2004-02-XX") == "2004-02-01 … 2004-02-29");
  CHECK(days_of("-201X") == "-2019-01-01 … -2010-12-31");
  CHECK(days_of("-00XX") == "-0099-01-01 … -0001-12-31");
  CHECK(days_of("000X") == "0000-01-01 … 0009-12-31");
}

TEST_CASE("date: a season belongs to the year in which it begins") {
  CHECK(days_of("2021-21") == "2021-03-01 … 2021-05-31");
  CHECK(days_of("2021-22") == "2021-06-01 … 2021-08-31");
  CHECK(days_of("2021-23") == "2021-09-01 … 2021-11-30");
  CHECK(days_of("2021-24") == "2021-12-01 … 2022-02-28");
  CHECK(days_of("2023-24") == "2023-12-01 … 2024-02-29");
  CHECK(fault_of("2021-21-03") == "date \"2021-21-03\" has a day within a season. Write 2021, 2021-04 or 2021-04-30.");
}

TEST_CASE("date: intervals run from the first day of the start to the last day of the end") {
  CHECK(days_of("1964/2008") == "1964-01-01 … 2008-12-31");
  CHECK(days_of("2004-02-01/2005-02") == "2004-02-01 … 2005-02-28");
  CHECK(days_of("2004-02-01/2004") == "2004-02-01 … 2004-12-31");
  CHECK(days_of("1985-04-12/..") == "1985-04-12 … ..");
  CHECK(days_of("1985-04-12/") == "1985-04-12 … ..");
  CHECK(days_of("../1985") == ".. … 1985-12-31");
  CHECK(days_of("/1985") == ".. … 1985-12-31");
  CHECK(edtf("1985/..").is_interval());
  CHECK_FALSE(edtf("1985").is_interval());
  CHECK_FALSE(edtf("1985/1985").is_exact());
  CHECK(edtf("1985-04-12/1985-04-12").is_exact());

  const Edtf span = edtf("2020/2023");
  CHECK(iso_text(span.latest_start()) == "2020-12-31");
  CHECK(iso_text(span.earliest_end()) == "2023-01-01");

  CHECK(fault_of("2023/2021") == "date \"2023/2021\" ends before it starts. Write the earlier date first.");
  CHECK(fault_of("/") == "date \"/\" states neither start nor end. Leave the cell empty.");
  CHECK(fault_of("2005-07-25/2006-01-01T10:10:10Z") ==
        "date \"2005-07-25/2006-01-01T10:10:10Z\" has a time within an interval. An interval runs from day to day: "
        "2021-12-16/2021-12-17.");
}

TEST_CASE("date: qualifiers are kept and change no day") {
  for (const char* text : {"2021?", "2021-04~", "2021-04-30%", "2021-21~", "202X?", "2021~/2022", "2021/2022%"}) {
    CAPTURE(text);
    CHECK(edtf(text).is_qualified());
    CHECK_FALSE(edtf(text).is_exact());
    CHECK(edtf(text).text() == text);
  }
  CHECK(days_of("2021-04-30~") == "2021-04-30 … 2021-04-30");
  CHECK_FALSE(edtf("2021-04-30").is_qualified());
  CHECK(edtf("2021-04-30").is_exact());
  CHECK(fault_of("2021?~").find("two qualifiers") != std::string::npos);
}

TEST_CASE("date: years beyond four digits need a Y, and only they may have one") {
  CHECK(days_of("Y12345") == "12345-01-01 … 12345-12-31");
  CHECK(days_of("Y-12345") == "-12345-01-01 … -12345-12-31");
  CHECK_FALSE(Edtf::parse("12345").has_value());
  CHECK_FALSE(Edtf::parse("Y2006").has_value());
  CHECK_FALSE(Edtf::parse("Y02006").has_value());
  CHECK_FALSE(Edtf::parse("Y").has_value());
  CHECK_FALSE(Edtf::parse("Y-").has_value());
}

TEST_CASE("date: a year that days cannot hold lies beyond all others and is never exact") {
  for (const std::string year : {"Y170000002", "Y99999999999999999999999999"}) {
    const Edtf late = edtf(year), early = edtf("Y-" + year.substr(1));
    CHECK(late.earliest() > edtf("Y5881000").latest());
    CHECK(early.latest() < edtf("Y-5877000").earliest());
    CHECK_FALSE(late.is_exact());
    CHECK_FALSE(early.is_exact());
    CHECK(late.has_year());
    CHECK(early.has_year());
  }
}

TEST_CASE("date: errors name the finding and the way out") {
  CHECK(fault_of("2021-13") == "date \"2021-13\" has month 13. Write 2021, 2021-04 or 2021-04-30.");
  CHECK(fault_of("2021-00") == "date \"2021-00\" has month 00. Write 2021, 2021-04 or 2021-04-30.");
  CHECK(fault_of("2021-04-31") ==
        "date \"2021-04-31\" has day 31, but that month has 30 days. Write 2021, 2021-04 or 2021-04-30.");
  CHECK(fault_of("2021-02-29").find("that month has 28 days") != std::string::npos);
  CHECK(fault_of("2021-04-00").find("has day 00") != std::string::npos);
  CHECK(fault_of("2020/2021-13").find("has month 13") != std::string::npos);
  CHECK(fault_of("") == "date \"\" is empty. Write 2021, 2021-04 or 2021-04-30.");
  CHECK(fault_of("2021 ").find("begins or ends with a blank") != std::string::npos);
  CHECK(fault_of("soon") == "date \"soon\" is not a date. Write 2021, 2021-04 or 2021-04-30.");
  CHECK(fault_of("[..1984]").find("level 2 is not read") != std::string::npos);
  CHECK(fault_of(std::string(1000000, '7')).size() < 200);
}

TEST_CASE("date: a date as people write it gets the way to write it here") {
  const auto hint = [](const std::string& text) {
    const std::string fault = fault_of(text);
    const auto at = fault.find("Write ");
    return at == std::string::npos ? fault : fault.substr(at);
  };
  CHECK(fault_of("21.12.2021") == "date \"21.12.2021\" is not written as a date is. Write 2021-12-21.");
  CHECK(hint("12/21/2021") == "Write 2021-12-21.");
  CHECK(hint("21/12/2021") == "Write 2021-12-21.");
  CHECK(hint("04/05/2021") == "Write 2021-05-04 or 2021-04-05, whichever is meant.");
  CHECK(hint("2021/12/21") == "Write 2021-12-21.");
  CHECK(hint("2021.12") == "Write 2021-12.");
  CHECK(hint("12.2021") == "Write 2021-12.");
  CHECK(hint("2021-4") == "Write 2021-04.");
  CHECK(hint("20211221") == "Write 2021-12-21.");
  CHECK(hint("April 2021") == "Write 2021-04.");
  CHECK(hint("16 December 2021") == "Write 2021-12-16.");
  CHECK(hint("Dec 16, 2021") == "Write 2021-12-16.");
  CHECK(hint("Sept. 2021") == "Write 2021-09.");
  CHECK(hint("2021年12月16日") == "Write 2021-12-16.");
  CHECK(hint("2021년 12월") == "Write 2021-12.");
  CHECK(hint("c. 2021") == "Write 2021~.");
  CHECK(hint("2021-2023") == "Write an interval as 2021/2023.");
  CHECK(hint("31.02.2021") == "Write 2021, 2021-04 or 2021-04-30.");
}

TEST_CASE("date: days count from 1970, and back again") {
  CHECK(day_of(1970, 1, 1) == 0);
  CHECK(day_of(1969, 12, 31) == -1);
  CHECK(day_of(2000, 3, 1) == 11017);
  CHECK(day_of(0, 3, 1) == -719468);  // the origin of the algorithm, as published
  CHECK(iso_text(11017) == "2000-03-01");
  CHECK(iso_text(day_of(12021, 12, 16)) == "12021-12-16");
  CHECK(iso_text(end_of_time) == "..");
  CHECK(day_of(6000000, 1, 1) == end_of_time);
  CHECK(day_of(-6000000, 1, 1) == beginning_of_time);

  // Walking through all days of 2,000 years, each month has its length and no day is left out.
  const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  Day expected = day_of(-400, 1, 1);
  for (int year = -400; year < 1600; ++year) {
    const bool leap = ((year % 4) == 0 && (year % 100) != 0) || (year % 400) == 0;
    for (int month = 1; month <= 12; ++month) {
      REQUIRE(day_of(year, month, 1) == expected);
      expected += lengths[month - 1] + (month == 2 && leap ? 1 : 0);
    }
  }
}

TEST_CASE("date: the text of a day reads back as that day") {
  test::for_each_seed(2000, [](Seed seed) {
    Random random(seed);
    const auto day = static_cast<Day>(random.below(3'652'059)) + day_of(0, 1, 1);  // years 0000 to 9998
    const Edtf date = edtf(iso_text(day));
    REQUIRE(date.earliest() == day);
    REQUIRE(date.is_exact());
  });
}

TEST_CASE("date: the year of a date is that of its first day, or of its last where the start is open") {
  CHECK(edtf("2021-12-16").year() == 2021);
  CHECK(edtf("2020/2023").year() == 2020);
  CHECK(edtf("../2023").year() == 2023);
  CHECK(edtf("-0043").year() == -43);
  CHECK_FALSE(edtf("../..").has_year());
  CHECK(edtf("2021/..").has_year());
}

TEST_CASE("date: an event meets a window certainly, possibly or never") {
  CHECK(meets_window("2021-04-30", none, "2021", "2021") == Meets::certainly);
  CHECK(meets_window("2021", none, "2021", "2021") == Meets::certainly);
  CHECK(meets_window("2021", none, "2021-06", none) == Meets::possibly);
  CHECK(meets_window("2021", none, none, "2021-06") == Meets::possibly);
  CHECK(meets_window("2021", none, "2022", none) == Meets::never);
  CHECK(meets_window("2021", none, none, "2020") == Meets::never);
  CHECK(meets_window("2021~", none, "2021", "2021") == Meets::possibly);
  CHECK(meets_window(none, none, "2021", none) == Meets::unknown);
  CHECK(meets_window("2021", none, "2022", "2020") == Meets::never);
}

TEST_CASE("date: a span meets a window that it encloses, though its bounds are imprecise") {
  CHECK(meets_window("2020", "2023", "2021", "2022") == Meets::certainly);
  CHECK(meets_window("2020/2023", none, "2021", "2022") == Meets::certainly);
  CHECK(meets_window("2020/2023", none, "2023-06", none) == Meets::possibly);
  CHECK(meets_window("2020/2023", none, "2024", none) == Meets::never);
  CHECK(meets_window("2020/..", none, "2100", none) == Meets::certainly);  // goes on
  CHECK(meets_window("2020/", none, "2100", none) == Meets::possibly);     // may have ended
  CHECK(meets_window("../2020", none, none, "1900") == Meets::certainly);
  CHECK(meets_window("/2020", none, none, "1900") == Meets::possibly);
  CHECK(meets_window(none, "2020", "2019", "2020") == Meets::certainly);
  CHECK(meets_window(none, "2020", none, "2019") == Meets::possibly);
  CHECK(meets_window(none, "2020", "2021", none) == Meets::never);
}

TEST_CASE("date: meets agrees with trying every reading of the dates") {
  // Spans of whole days within months of one year; all readings of (first day, last day) are tried.
  test::for_each_seed(300, [](Seed seed) {
    Random random(seed);
    const auto month = [&] { return static_cast<int>(1 + random.below(4)); };
    const auto date = [&](int m) {
      std::string text = "2021-0" + std::to_string(m);
      if (random.below(2) == 0) text += "-" + std::to_string(10 + random.below(18));
      return text;
    };
    const int m1 = month(), m2 = month();
    const Edtf start = edtf(date(std::min(m1, m2))), end = edtf(date(std::max(m1, m2)));
    if (end.latest() < start.earliest()) return;
    const Edtf since = edtf(date(month())), until = edtf(date(month()));
    bool all = true, any = false;
    for (Day s = start.earliest(); s <= start.latest(); ++s) {
      for (Day e = std::max(s, end.earliest()); e <= end.latest(); ++e) {
        const bool overlap = e >= since.earliest() && s <= until.latest() && since.earliest() <= until.latest();
        all = all && overlap;
        any = any || overlap;
      }
    }
    CAPTURE(start.text(), end.text(), since.text(), until.text());
    const Meets expected = all ? Meets::certainly : any ? Meets::possibly : Meets::never;
    CHECK(meets(&start, &end, &since, &until) == expected);
  });
}

TEST_CASE("date: random letters are refused or read, never worse") {
  const std::string letters = "0123456789-/.XYT:Z+~?%[]E ";
  test::for_each_seed(20000, [&](Seed seed) {
    Random random(seed);
    std::string text;
    for (std::size_t i = random.below(14); i > 0; --i) text += letters[random.below(letters.size())];
    CAPTURE(text);
    const auto date = Edtf::parse(text);
    if (date) {
      REQUIRE(date->earliest() <= date->latest());
      REQUIRE(date->text() == text);
    } else {
      REQUIRE(date.error().code == ErrorCode::bad_input);
    }
  });
}

// The strings are those of the test suite of edtf-validate, University of North Texas Libraries.
TEST_CASE("date: EDTF levels 0 and 1 are read, level 2 and what is invalid refused") {
  std::ifstream file(ENTENTE_SHARED_DATA "/data/expected/edtf.json");
  if (!file) {
    WARN("skipped: the collected EDTF strings are not here");
    return;
  }
  const auto cases = nlohmann::json::parse(file).at("cases");
  const auto strings = [&](const char* name) { return cases.at(name).get<std::vector<std::string>>(); };

  // Two strings stand on both sides of the collection: a qualifier at the end of any date, seasons
  // included, is level 1 by the specification (and "1952-23~/1953" is listed as such).
  const std::set<std::string> level_1_by_specification{"2011-23~"};
  for (const char* list : {"Level0", "L0_Intervals", "Level1", "L1_Intervals", "L0_L1"}) {
    for (const std::string& text : strings(list)) {
      CAPTURE(list, text);
      const auto date = Edtf::parse(text);
      CHECK((date ? "" : date.error().what) == "");
    }
  }
  for (const char* list : {"Level2", "L2_Intervals"}) {
    for (const std::string& text : strings(list)) {
      if (level_1_by_specification.contains(text)) continue;
      CAPTURE(list, text);
      CHECK(fault_of(text).find("level 2 is not read") != std::string::npos);
    }
  }
  for (const char* list : {"invalid_edtf_dates", "invalid_edtf_intervals", "invalid_edtf_datetimes"}) {
    for (const std::string& text : strings(list)) {
      CAPTURE(list, text);
      CHECK_FALSE(Edtf::parse(text).has_value());
    }
  }
}
