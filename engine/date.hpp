#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "engine/error.hpp"

namespace entente {

/// Days since 1970-01-01 in the proleptic Gregorian calendar; negative before. Holds the years
/// -5877641 to 5881580; dates beyond are held as before or after all others.
using Day = std::int32_t;

inline constexpr Day beginning_of_time = std::numeric_limits<Day>::min();
inline constexpr Day end_of_time = std::numeric_limits<Day>::max();

/// A date or an interval as EDTF (ISO 8601-2:2019) levels 0 and 1 write it, its precision kept.
///
/// "2021" is not 2021-01-01: it is some day of 2021, so `earliest` is 2021-01-01 and `latest`
/// 2021-12-31. An interval runs from the earliest day of its start to the latest day of its end;
/// "2021/.." has no end (`latest` = end_of_time), and "2021/", whose end is unknown, may have none.
///
/// Years are astronomical: 0000 is 1 BC. A date with a time is the day it names, whatever its zone.
/// Seasons are those of the northern hemisphere, named by the year they begin in: 2021-21 is March to
/// May 2021, -22 June to August, -23 September to November, -24 December 2021 to February 2022.
/// [iso2019dates2, loc2019edtf]
class Edtf {
 public:
  /// Reads level 0 (2021, 2021-04, 2021-12-16, date and time, intervals) and level 1 (a ~ ? %
  /// qualifier at the end of a date, unspecified digits 202X 20XX 2021-XX 2021-12-XX 2021-XX-XX,
  /// seasons 21 to 24, Y-years beyond four digits, negative years, open and unknown ends). O(length).
  /// Errors: bad_input, one sentence with what is wrong ("month 13") and how to write it; level 2 is
  /// recognised and refused as such.
  static Result<Edtf> parse(std::string_view text);

  /// The text it was read from, letter by letter.
  const std::string& text() const { return text_; }
  Day earliest() const { return earliest_; }
  Day latest() const { return latest_; }

  bool is_interval() const { return interval_; }
  /// Marked ~, ? or % somewhere.
  bool is_qualified() const { return qualified_; }
  /// Known to the day: one day, without a qualifier.
  bool is_exact() const { return earliest_ == latest_ && !qualified_; }

  /// False for "../.." and its like, which name no year at all.
  bool has_year() const { return earliest_ != beginning_of_time || latest_ != end_of_time; }
  /// The year of `earliest`, or of `latest` where the start is open or unknown. Needs has_year().
  int year() const;

  /// The latest day on which what is dated may begin, and the earliest on which it may end. They
  /// differ from the outer days where the bounds of an interval are imprecise: "2020/2023" begins at
  /// the latest on 2020-12-31 and ends at the earliest on 2023-01-01. Of a single date that is not an
  /// interval they are `latest` and `earliest`.
  Day latest_start() const { return latest_start_; }
  Day earliest_end() const { return earliest_end_; }

  friend bool operator==(const Edtf& a, const Edtf& b) { return a.text_ == b.text_; }

 private:
  std::string text_;
  Day earliest_ = beginning_of_time;
  Day latest_ = end_of_time;
  Day latest_start_ = end_of_time;
  Day earliest_end_ = beginning_of_time;
  bool interval_ = false;
  bool qualified_ = false;
};

/// The day of a calendar date, month 1 to 12; the nearest Day for years that Day cannot hold.
/// [hinnant2013date]
Day day_of(int year, int month, int day);

/// "2021-12-16", "-0043-03-15", "12021-12-16"; ".." for beginning_of_time and end_of_time.
std::string iso_text(Day day);

/// How the days of a tie (start, end) meet a window of time.
enum class Meets {
  certainly,  // whatever the imprecise dates turn out to be
  possibly,   // for some reading of them
  never,
  unknown,    // the tie states no date
};

/// Does a tie that lasts from `start` to `end` meet the window from `since` to `until`?
///
/// Null pointers mean "not stated". A tie without an end is taken to last a single date when it has a
/// start, since most ties are events; an interval in `start` speaks for both ends unless `end` is
/// stated too. A tie with an end alone began some time before. The window runs from the earliest day
/// of `since` to the latest of `until`, without bound where that is null. A date that is marked ~, ?
/// or % is read as it stands, but never makes the answer certain.
Meets meets(const Edtf* start, const Edtf* end, const Edtf* since, const Edtf* until);

}  // namespace entente
