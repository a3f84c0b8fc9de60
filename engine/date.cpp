#include "engine/date.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "engine/text.hpp"

namespace entente {

namespace {

constexpr std::string_view qualifiers = "?~%";

bool is_decimal_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_decimal_digit); }

/// The number that `digits` spell; stops growing at a number far beyond any year that Day holds.
std::int64_t digits_value(std::string_view digits) {
  constexpr std::int64_t enough = 1'000'000'000'000;
  std::int64_t number = 0;
  for (const char c : digits) number = std::min(enough, 10 * number + (c - '0'));
  return number;
}

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(std::int64_t year, int month) {
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

/// Days from 1970-01-01 [hinnant2013date]: years begin in March, so that the leap day is the last of
/// its year; 400 such years, an era, have 146097 days.
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

struct CivilDate {
  int year;
  int month;
  int day;
};

/// The inverse of days_from_civil [hinnant2013date].
CivilDate civil_from_days(Day days) {
  const std::int64_t z = std::int64_t{days} + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t day_of_era = z - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t mp = (5 * day_of_year + 2) / 153;
  const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
  return {static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0)), static_cast<int>(month),
          static_cast<int>(day_of_year - (153 * mp + 2) / 5 + 1)};
}

/// What is never a stated day stays for "open": a stated start is never the end of time, nor a stated
/// end its beginning. So a year beyond Day is after (or before) all others, and never exact.
Day as_first_day(std::int64_t days) {
  return static_cast<Day>(std::clamp<std::int64_t>(days, beginning_of_time, end_of_time - 1));
}
Day as_last_day(std::int64_t days) {
  return static_cast<Day>(std::clamp<std::int64_t>(days, beginning_of_time + 1, end_of_time));
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string calendar_text(const CivilDate& date) {
  std::string year = std::to_string(date.year < 0 ? -date.year : date.year);
  if (year.size() < 4) year.insert(0, 4 - year.size(), '0');
  return (date.year < 0 ? "-" : "") + year + "-" + two_digits(date.month) + "-" + two_digits(date.day);
}

/// One date that is not an interval.
struct SingleDate {
  Day earliest;
  Day latest;
  bool qualified = false;
};

SingleDate days_between(std::int64_t year, int month, int day, std::int64_t last_year, int last_month, int last_day) {
  return {as_first_day(days_from_civil(year, month, day)),
          as_last_day(days_from_civil(last_year, last_month, last_day))};
}

/// Reads one text. `whole_` is the cell for the error sentences, which quote all of it.
class EdtfReader {
 public:
  explicit EdtfReader(std::string_view whole) : whole_(whole) {}

  Result<SingleDate> date(std::string_view text, bool within_interval) const;
  tl::unexpected<Error> fault(const std::string& finding) const {
    return wrong(finding + " Write 2021, 2021-04 or 2021-04-30.");
  }
  tl::unexpected<Error> wrong(const std::string& rest) const {
    return fail(ErrorCode::bad_input, "date \"" + shortened(whole_, 40) + "\" " + rest);
  }
  /// For a text of no known form: the way to write it, where that can be told.
  tl::unexpected<Error> not_a_date() const;

 private:
  tl::unexpected<Error> level_2() const {
    return wrong("is EDTF level 2, and level 2 is not read. Write levels 0 and 1, such as 2021, 2021-04~, 202X or 2021/2023.");
  }
  Result<SingleDate> letter_year(std::string_view text) const;
  Result<SingleDate> season(std::int64_t year, int number) const;
  std::optional<Error> time_fault(std::string_view time) const;

  std::string_view whole_;
};

/// Made of nothing but what level 2 is written with, and with something that levels 0 and 1 lack at
/// that place.
bool looks_like_level_2(std::string_view text) {
  return text.find_first_not_of("0123456789-X?~%YES[]{},./") == std::string_view::npos &&
         text.find_first_of("X?~%ES[]{}") != std::string_view::npos;
}

Result<SingleDate> EdtfReader::letter_year(std::string_view text) const {
  const bool negative = text.starts_with("Y-");
  const std::string_view digits = text.substr(negative ? 2 : 1);
  if (!all_digits(digits)) return looks_like_level_2(text) ? level_2() : not_a_date();
  if (digits.size() < 5 || digits[0] == '0') {
    return wrong("has a Y before a year of four digits or fewer, or a zero after it. Y stands only before years "
                 "beyond 9999 or before -9999, such as Y12000; write others with four digits, such as 2021.");
  }
  const std::int64_t year = negative ? -digits_value(digits) : digits_value(digits);
  return days_between(year, 1, 1, year, 12, 31);
}

Result<SingleDate> EdtfReader::season(std::int64_t year, int number) const {
  if (number == 24) return days_between(year, 12, 1, year + 1, 2, days_in_month(year + 1, 2));
  const int first = 3 * (number - 20);  // 21 begins in March, 22 in June, 23 in September
  return days_between(year, first, 1, year, first + 2, days_in_month(year, first + 2));
}

/// hh:mm:ss, then nothing, Z, +hh, -hh, +hh:mm or -hh:mm.
std::optional<Error> EdtfReader::time_fault(std::string_view time) const {
  const auto form = [&](std::string_view pattern, std::string_view text) {
    return std::ranges::equal(pattern, text, [](char p, char c) { return p == '0' ? is_decimal_digit(c) : p == c; });
  };
  const std::string_view zone = time.substr(std::min<std::size_t>(8, time.size()));
  if (!form("00:00:00", time.substr(0, 8)) ||
      !(zone.empty() || zone == "Z" || form("+00", zone) || form("-00", zone) || form("+00:00", zone) ||
        form("-00:00", zone))) {
    return wrong("has a time that cannot be read. Write 2021-04-30T09:30:00, 2021-04-30T09:30:00Z or "
                 "2021-04-30T09:30:00+09:00, or the day alone.").value();
  }
  const std::int64_t hour = digits_value(time.substr(0, 2)), minute = digits_value(time.substr(3, 2)),
                     second = digits_value(time.substr(6, 2));
  // Second 60 exists: leap seconds end an hour.
  if (hour > 23 || minute > 59 || second > 60 || (second == 60 && minute != 59)) {
    return wrong("has the time " + std::string(time.substr(0, 8)) +
                 ", which no day has. Hours are 00 to 23, minutes and seconds 00 to 59.").value();
  }
  if (zone.size() > 1 && (digits_value(zone.substr(1, 2)) > 23 || (zone.size() == 6 && digits_value(zone.substr(4)) > 59))) {
    return wrong("has the time zone " + std::string(zone) + ", which does not exist. Write Z, or a shift such as +09:00.").value();
  }
  return std::nullopt;
}

Result<SingleDate> EdtfReader::date(std::string_view text, bool within_interval) const {
  if (!text.empty() && qualifiers.find(text.back()) != std::string_view::npos) {
    if (text.find('T') != std::string_view::npos) return wrong("qualifies a time. Qualify the day: 2021-04-30~.");
    const auto unqualified = text.substr(0, text.size() - 1);
    if (!unqualified.empty() && qualifiers.find(unqualified.back()) != std::string_view::npos) {
      return fault("has two qualifiers; % alone says both ? and ~.");
    }
    auto plain = date(unqualified, within_interval);
    if (plain) plain->qualified = true;
    return plain;
  }
  if (text.starts_with('Y')) return letter_year(text);

  std::string_view day_text = text;
  if (const auto t = text.find('T'); t != std::string_view::npos && t >= 10 && is_decimal_digit(text[t - 1])) {
    if (within_interval) return wrong("has a time within an interval. An interval runs from day to day: 2021-12-16/2021-12-17.");
    if (auto wrong_time = time_fault(text.substr(t + 1))) return tl::unexpected(std::move(*wrong_time));
    day_text = text.substr(0, t);
  }

  // [-]YYYY[-MM[-DD]], an X for each unspecified digit.
  const bool negative = day_text.starts_with('-');
  const std::string_view rest = day_text.substr(negative ? 1 : 0);
  const std::string_view year_text = rest.substr(0, 4);
  const bool has_month = rest.size() >= 7, has_day = rest.size() == 10;
  const std::string_view month_text = has_month ? rest.substr(5, 2) : "", last_text = has_day ? rest.substr(8, 2) : "";
  const auto digit_or_x = [](char c) { return is_decimal_digit(c) || c == 'X'; };
  const bool well_formed = (rest.size() == 4 || rest.size() == 7 || rest.size() == 10) &&
                           std::ranges::all_of(year_text, digit_or_x) && std::ranges::all_of(month_text, digit_or_x) &&
                           std::ranges::all_of(last_text, digit_or_x) && (!has_month || rest[4] == '-') &&
                           (!has_day || rest[7] == '-');
  if (!well_formed) return looks_like_level_2(text) ? level_2() : not_a_date();
  const bool timed = day_text.size() != text.size();
  if (timed && !has_day) return not_a_date();

  if (const auto x = rest.find('X'); x != std::string_view::npos) {
    // Level 1 leaves open the last one or two digits of a bare year, or a whole day, or month and day.
    const bool level_1 = has_month ? all_digits(year_text) && (month_text == "XX" ? !has_day || last_text == "XX"
                                                                                 : all_digits(month_text) && last_text == "XX")
                                   : x >= 2 && rest.find_first_not_of('X', x) == std::string_view::npos;
    if (!level_1 || within_interval || timed) return level_2();
  }

  std::string lowest(year_text), highest(year_text);
  std::ranges::replace(lowest, 'X', '0');
  std::ranges::replace(highest, 'X', '9');
  if (negative && highest == "0000") return wrong("is the year -0000, which does not exist. Write 0000 for 1 BC, -0001 for 2 BC.");
  std::int64_t first_year = digits_value(lowest), last_year = digits_value(highest);
  if (negative) {
    std::swap(first_year, last_year);
    first_year = -first_year;
    last_year = std::min<std::int64_t>(-last_year, -1);  // -000X begins below the year 0
  }
  if (!has_month || month_text == "XX") return days_between(first_year, 1, 1, last_year, 12, 31);

  const int month = static_cast<int>(digits_value(month_text));
  if (month >= 21 && month <= 24) {
    if (has_day) return fault("has a day within a season.");
    return season(first_year, month);
  }
  if (month >= 25 && month <= 41 && !has_day) return level_2();
  if (month < 1 || month > 12) return fault("has month " + std::string(month_text) + ".");
  const int length = days_in_month(first_year, month);
  if (!has_day || last_text == "XX") return days_between(first_year, month, 1, first_year, month, length);

  const int day = static_cast<int>(digits_value(last_text));
  if (day < 1 || day > length) {
    return fault("has day " + std::string(last_text) + ", but that month has " + std::to_string(length) + " days.");
  }
  return days_between(first_year, month, day, first_year, month, day);
}

// --- Dates as people write them, for the hint of an error ---

/// 1 to 12 for an English month, whole or its first three letters; 0 for any other word.
int month_named(std::string word) {
  constexpr std::array<std::string_view, 12> months{"january", "february", "march",     "april",   "may",      "june",
                                                    "july",    "august",   "september", "october", "november", "december"};
  std::ranges::transform(word, word.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (word == months[i] || (word.size() >= 3 && word.size() <= 4 && months[i].starts_with(word)) ||
        (word == "sept" && i == 8)) {
      return static_cast<int>(i + 1);
    }
  }
  return 0;
}

struct DateWords {
  std::vector<std::string_view> numbers;
  int month = 0;         // from a month's name
  bool about = false;    // "ca.", "circa", "about"
  bool slashes = false;
};

DateWords date_words(std::string_view text) {
  DateWords words;
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    if (is_decimal_digit(text[i])) {
      while (end < text.size() && is_decimal_digit(text[end])) ++end;
      words.numbers.push_back(text.substr(i, end - i));
    } else if (is_letter(text[i])) {
      while (end < text.size() && is_letter(text[end])) ++end;
      const std::string word(text.substr(i, end - i));
      if (const int month = month_named(word)) words.month = month;
      words.about = words.about || word == "c" || word == "ca" || word == "circa" || word == "about" || word == "around";
    }
    words.slashes = words.slashes || text[i] == '/';
    i = end;
  }
  return words;
}

/// "2021-12-21", or nothing where the numbers make no date. Month and day may be absent (empty).
std::optional<std::string> iso_of(std::string_view year, std::string_view month, std::string_view day) {
  if (year.size() != 4 || month.size() > 2 || day.size() > 2) return std::nullopt;
  std::string text(year);
  if (month.empty()) return text;
  const int m = static_cast<int>(digits_value(month));
  if (m < 1 || m > 12) return std::nullopt;
  text += "-" + two_digits(m);
  if (day.empty()) return text;
  const int d = static_cast<int>(digits_value(day));
  if (d < 1 || d > days_in_month(digits_value(year), m)) return std::nullopt;
  return text + "-" + two_digits(d);
}

/// How a date in another form is written here: one way, or two where day and month may be swapped.
std::vector<std::string> iso_readings(std::string_view text) {
  const DateWords words = date_words(text);
  const auto& n = words.numbers;
  std::vector<std::optional<std::string>> readings;
  if (words.month > 0) {
    const std::string month = std::to_string(words.month);
    if (n.size() == 1) readings = {iso_of(n[0], month, "")};
    if (n.size() == 2) readings = {iso_of(n[1], month, n[0]), iso_of(n[0], month, n[1])};
  } else if (n.size() == 1 && n[0].size() == 8) {
    readings = {iso_of(n[0].substr(0, 4), n[0].substr(4, 2), n[0].substr(6))};
  } else if (n.size() == 1 && words.about) {
    readings = {iso_of(n[0], "", "")};
  } else if (n.size() == 2) {
    readings = {iso_of(n[0], n[1], ""), iso_of(n[1], n[0], "")};
  } else if (n.size() == 3) {
    readings = {iso_of(n[0], n[1], n[2]), iso_of(n[2], n[1], n[0])};
    if (words.slashes) readings.push_back(iso_of(n[2], n[0], n[1]));
  }
  std::vector<std::string> ways;
  for (const auto& reading : readings) {
    if (!reading) continue;
    const std::string way = *reading + (words.about ? "~" : "");
    if (std::ranges::find(ways, way) == ways.end()) ways.push_back(way);
  }
  return ways;
}

tl::unexpected<Error> EdtfReader::not_a_date() const {
  if (whole_.empty()) return fault("is empty.");
  if (whole_.front() == ' ' || whole_.back() == ' ') return fault("begins or ends with a blank.");
  if (whole_.size() > 64) return fault("is too long to be a date.");
  if (whole_.size() == 9 && whole_[4] == '-' && all_digits(whole_.substr(0, 4)) && all_digits(whole_.substr(5))) {
    return wrong("joins two years by a hyphen. Write an interval as " + std::string(whole_.substr(0, 4)) + "/" +
                 std::string(whole_.substr(5)) + ".");
  }
  const auto ways = iso_readings(whole_);
  if (ways.empty()) return fault("is not a date.");
  std::string hint = "is not written as a date is. Write " + ways[0];
  for (std::size_t i = 1; i < ways.size(); ++i) hint += " or " + ways[i];
  return wrong(hint + (ways.size() > 1 ? ", whichever is meant." : "."));
}

}  // namespace

Result<Edtf> Edtf::parse(std::string_view text) {
  Edtf result;
  result.text_ = text;
  const EdtfReader reader(text);
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) {
    const auto date = reader.date(text, false);
    if (!date) return tl::unexpected(date.error());
    result.earliest_ = result.earliest_end_ = date->earliest;
    result.latest_ = result.latest_start_ = date->latest;
    result.qualified_ = date->qualified;
    return result;
  }

  const std::string_view from = text.substr(0, slash), to = text.substr(slash + 1);
  if (to.find('/') != std::string_view::npos) return reader.not_a_date();
  if (from.empty() && to.empty()) return reader.wrong("states neither start nor end. Leave the cell empty.");
  result.interval_ = true;
  // "..": no bound. Nothing: a bound that is not known, anywhere in time.
  if (from == "..") result.latest_start_ = beginning_of_time;
  if (to == "..") result.earliest_end_ = end_of_time;
  if (!from.empty() && from != "..") {
    const auto date = reader.date(from, true);
    if (!date) return tl::unexpected(date.error());
    result.earliest_ = date->earliest;
    result.latest_start_ = date->latest;
    result.qualified_ = date->qualified;
  }
  if (!to.empty() && to != "..") {
    const auto date = reader.date(to, true);
    if (!date) return tl::unexpected(date.error());
    result.earliest_end_ = date->earliest;
    result.latest_ = date->latest;
    result.qualified_ = result.qualified_ || date->qualified;
  }
  if (result.latest_ < result.earliest_) return reader.wrong("ends before it starts. Write the earlier date first.");
  return result;
}

int Edtf::year() const { return civil_from_days(earliest_ == beginning_of_time ? latest_ : earliest_).year; }

Day day_of(int year, int month, int day) {
  return static_cast<Day>(
      std::clamp<std::int64_t>(days_from_civil(year, month, day), beginning_of_time, end_of_time));
}

std::string iso_text(Day day) {
  if (day == beginning_of_time || day == end_of_time) return "..";
  return calendar_text(civil_from_days(day));
}

Meets meets(const Edtf* start, const Edtf* end, const Edtf* since, const Edtf* until) {
  if (!start && !end) return Meets::unknown;
  const Day window_begin = since ? since->earliest() : beginning_of_time;
  const Day window_end = until ? until->latest() : end_of_time;
  if (window_begin > window_end) return Meets::never;

  // An event: one day within the date.
  if (start && !end && !start->is_interval()) {
    if (start->latest() < window_begin || start->earliest() > window_end) return Meets::never;
    const bool inside = start->earliest() >= window_begin && start->latest() <= window_end;
    return inside && !start->is_qualified() ? Meets::certainly : Meets::possibly;
  }

  // A span: the first day lies in [first, first_at_latest], the last in [last_at_earliest, last].
  const Edtf* closing = end ? end : start;
  const Day first = start ? start->earliest() : beginning_of_time;
  const Day first_at_latest = start ? start->latest_start() : end_of_time;
  const Day last_at_earliest = closing->earliest_end();
  const Day last = closing->latest();
  if (last < window_begin || first > window_end) return Meets::never;
  const bool qualified = (start && start->is_qualified()) || closing->is_qualified();
  // The first day is not after the last, which narrows both.
  const bool certain = std::max(last_at_earliest, first) >= window_begin && std::min(first_at_latest, last) <= window_end;
  return certain && !qualified ? Meets::certainly : Meets::possibly;
}

}  // namespace entente
