#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "engine/error.hpp"

namespace entente {

/// Days since 1970-01-01 in the proleptic Gregorian calendar; negative before.
using Day = std::int32_t;

inline constexpr Day beginning_of_time = std::numeric_limits<Day>::min();
inline constexpr Day end_of_time = std::numeric_limits<Day>::max();

/// A date or an interval as EDTF (ISO 8601-2:2019) levels 0 and 1 write it, its precision kept.
///
/// "2021" is not 2021-01-01: it is some day of 2021, so `earliest` is 2021-01-01 and `latest`
/// 2021-12-31. An interval runs from the earliest day of its start to the latest day of its end;
/// "2021/.." has no end (`latest` = end_of_time), and so has "2021/" whose end is unknown.
class Edtf {
 public:
  /// Reads level 0 (2021, 2021-04, 2021-12-16, date and time, intervals) and level 1 (~ ? %
  /// qualifiers, unspecified digits 202X 20XX 2021-XX 2021-12-XX, seasons 21 to 24, Y-years,
  /// open and unknown ends). Errors: bad_input, with what is wrong ("month 13").
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

  /// The year of `earliest`, or of `latest` where the start is open.
  int year() const;

  friend bool operator==(const Edtf& a, const Edtf& b) { return a.text_ == b.text_; }

 private:
  std::string text_;
  Day earliest_ = beginning_of_time;
  Day latest_ = end_of_time;
  bool interval_ = false;
  bool qualified_ = false;
};

/// The day of a calendar date. [hinnant2013date]
Day day_of(int year, int month, int day);

/// "2021-12-16".
std::string iso_text(Day day);

/// How the days of a tie (start, end) meet a window of time.
enum class Meets {
  certainly,  // whatever the imprecise dates turn out to be
  possibly,   // for some reading of them
  never,
  unknown,    // the tie states no date
};

/// Does a tie that lasts from `start` to `end` meet the window from `since` to `until`? Null
/// pointers mean "not stated": a tie without an end is taken to last a single date when it has
/// a start, since most ties are events; an interval in `start` speaks for both.
Meets meets(const Edtf* start, const Edtf* end, const Edtf* since, const Edtf* until);

}  // namespace entente
