#pragma once

// What the readers of rates and prices share: finding the header line, words for "not stated", periods as
// statistical offices write them, and the account.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/exchange_rates.hpp"
#include "engine/ledger.hpp"
#include "io/delimited.hpp"

namespace entente {

/// Column names in small letters, without outer blanks.
struct RatesHeader {
  std::vector<std::string> names;
  std::vector<std::string> titles;  // as written
  std::uint64_t line = 0;
  std::string above;  // the text of the rows above it

  /// The first of these columns that there is; npos where none is.
  std::size_t find(std::initializer_list<std::string_view> wanted) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// The account of one table.
class RatesAccount {
 public:
  RatesAccount(std::string file, std::string table) : file_(std::move(file)) { entry_.table = std::move(table); }

  /// What became of one rate.
  void take(const Result<bool>& added, std::uint64_t line, const Cell& cell);
  void refuse(std::uint64_t line, const Cell& cell, std::string reason);
  /// For what is no rate of this layout; `what` is counted: "rates of quarters".
  void pass_over(const std::string& what) { ++passed_over_[what]; }

  std::size_t kept() const { return entry_.kept; }
  const std::string& file() const { return file_; }
  Ledger ledger() const;
  std::vector<std::string> notes() const;
  /// The first refusal and how many more, or nothing.
  std::optional<Error> error() const;

 private:
  std::string file_;
  LedgerEntry entry_;
  std::vector<Remark> refusals_;
  std::map<std::string, std::size_t> passed_over_;
};

/// Finds the header among the first lines, under whichever of tab, comma and semicolon it is one, then reads on.
class RatesRows {
 public:
  RatesRows(std::string_view text, const ReadLimits& limits) : text_(text), limits_(limits) {}

  /// True where `is_header` took a line; it is asked line by line for each delimiter.
  bool find_header(const std::function<bool(const RatesHeader&)>& is_header);
  const RatesHeader& header() const { return header_; }

  /// Calls `take` with every row below. Rows that cannot be cut into cells are refused.
  void for_each(RatesAccount& account, const std::function<void(std::uint64_t line, const std::vector<Cell>& cells)>& take);

 private:
  std::string_view text_;
  ReadLimits limits_;
  std::optional<DelimitedReader> reader_;
  RatesHeader header_;
};

/// Empty, N/A, "..", "-" and their like.
bool states_nothing(std::string_view cell);

/// The cell without outer blanks; empty where the row is shorter.
Cell rates_cell(const std::vector<Cell>& cells, std::size_t column);

/// A day, month or year: 2020-01-31, 2020-01, 2020M1, 2020-M01, 2020. Errors: bad_input.
Result<Period> parse_rate_period(std::string_view text);
/// 2020Q1, 2020-Q1, 2020-S2 and other parts of a year that are no month.
bool is_other_period(std::string_view text);

std::string in_small_letters(std::string_view text);
std::string_view without_blanks(std::string_view text);

/// 1,455.6 as 1455.6, where the groups are right and a point follows; others as they are.
std::string without_groups(std::string_view number);

}  // namespace entente
