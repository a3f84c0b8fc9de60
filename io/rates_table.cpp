#include "io/rates_table.hpp"

#include <algorithm>

#include "engine/text.hpp"

namespace entente {

namespace {

constexpr int header_within = 12;  // lines: the World Bank and the IMF put titles above

bool all_rate_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::size_t RatesHeader::find(std::initializer_list<std::string_view> wanted) const {
  for (const std::string_view name : wanted) {
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  return npos;
}

void RatesAccount::take(const Result<bool>& added, std::uint64_t line, const Cell& cell) {
  if (!added) return refuse(line, cell, added.error().what);
  ++entry_.rows;
  ++(*added ? entry_.kept : entry_.merged);
}

void RatesAccount::refuse(std::uint64_t line, const Cell& cell, std::string reason) {
  ++entry_.rows;
  ++entry_.refused;
  if (refusals_.size() < Ledger::remarks_kept) {
    refusals_.push_back({Place{file_, line + cell.below, cell.column}, std::move(reason)});
  }
}

Ledger RatesAccount::ledger() const { return {{entry_}, refusals_, {}}; }

std::vector<std::string> RatesAccount::notes() const {
  std::vector<std::string> notes;
  for (const auto& [what, count] : passed_over_) notes.push_back("passed over in " + file_ + ": " + what + " (" + grouped(count) + ")");
  if (entry_.refused > 0) {
    notes.push_back(counted(entry_.refused, "entry", "entries") + " of " + file_ + (entry_.refused == 1 ? " was" : " were") +
                    " refused and left out; the first: " + refusals_.front().place.text() + ": " + refusals_.front().text);
  }
  return notes;
}

std::optional<Error> RatesAccount::error() const {
  if (entry_.refused == 0) return std::nullopt;
  std::string what = refusals_.front().text;
  if (entry_.refused > 1) {
    if (what.ends_with('.')) what.pop_back();
    what += "; and " + counted(entry_.refused - 1, "more entry is wrong.", "more entries are wrong.");
  }
  return Error{ErrorCode::bad_input, std::move(what), refusals_.front().place.text()};
}

bool RatesRows::find_header(const std::function<bool(const RatesHeader&)>& is_header) {
  for (const char delimiter : {'\t', ',', ';'}) {
    Dialect dialect;
    dialect.delimiter = delimiter;
    reader_.emplace(text_, dialect, limits_);
    header_ = {};
    for (int row = 0; row < header_within; ++row) {
      const auto step = reader_->next();
      if (step == DelimitedReader::Step::end) break;
      if (step == DelimitedReader::Step::fault) continue;
      header_.names.clear();
      header_.titles.clear();
      header_.line = reader_->line();
      for (const Cell& cell : reader_->cells()) {
        header_.titles.emplace_back(without_blanks(cell.text));
        header_.names.push_back(in_small_letters(header_.titles.back()));
      }
      if (is_header(header_)) return true;
      for (const std::string& title : header_.titles) header_.above += title + "\n";
    }
  }
  return false;
}

void RatesRows::for_each(RatesAccount& account,
                         const std::function<void(std::uint64_t line, const std::vector<Cell>& cells)>& take) {
  while (true) {
    const auto step = reader_->next();
    if (step == DelimitedReader::Step::end) return;
    if (step == DelimitedReader::Step::fault) {
      const Remark& fault = reader_->fault();
      account.refuse(fault.place.line, Cell{{}, fault.place.column, 0}, fault.text);
      continue;
    }
    const std::vector<Cell>& cells = reader_->cells();
    const auto spoilt = std::ranges::find_if(cells, [](const Cell& cell) { return first_invalid_utf8(cell.text) != std::string_view::npos; });
    if (spoilt != cells.end()) account.refuse(reader_->line(), *spoilt, "the cell is not valid UTF-8. Save the file as UTF-8.");
    else take(reader_->line(), cells);
  }
}

bool states_nothing(std::string_view cell) {
  const std::string word = in_small_letters(cell);
  for (const char* nothing : {"", "n/a", "na", "n.a.", "nan", "..", "...", "-", "--", "–"}) {
    if (word == nothing) return true;
  }
  return false;
}

Cell rates_cell(const std::vector<Cell>& cells, std::size_t column) {
  if (cells.empty()) return {};
  if (column >= cells.size()) return Cell{{}, cells.back().column, cells.back().below};
  Cell cell = cells[column];
  cell.text = without_blanks(cell.text);
  return cell;
}

Result<Period> parse_rate_period(std::string_view text) {
  std::string plain(text);
  const std::size_t dash = text.size() > 4 && text[4] == '-' ? 1 : 0;
  if (text.size() > 5 + dash && (text[4 + dash] == 'M' || text[4 + dash] == 'm') && all_rate_digits(text.substr(0, 4))) {
    std::string month(text.substr(5 + dash));
    if (month.size() == 1) month = "0" + month;
    plain = std::string(text.substr(0, 4)) + "-" + month;
  }
  const auto date = plain.size() <= 10 ? Edtf::parse(plain) : fail(ErrorCode::bad_input, "");
  if (date && !date->is_interval() && !date->is_qualified()) {
    const Period period{date->earliest(), date->latest()};
    if (period.is_day() || period.is_month() || period.is_year()) return period;
  }
  return fail(ErrorCode::bad_input, "\"" + shortened(one_line(text), 40) + "\" is no day, month or year. Write 2020-01-31, 2020-01 or 2020.");
}

bool is_other_period(std::string_view text) {
  if (text.size() < 6 || text.size() > 8 || !all_rate_digits(text.substr(0, 4))) return false;
  text.remove_prefix(text[4] == '-' ? 5 : 4);
  return text.size() > 1 && std::string_view("QqSsHhWw").find(text[0]) != std::string_view::npos && all_rate_digits(text.substr(1));
}

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string without_groups(std::string_view number) {
  const std::size_t point = number.find('.');
  if (point == std::string_view::npos || number.find(',') == std::string_view::npos) return std::string(number);
  std::string plain;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (number[i] != ',') {
      plain += number[i];
      continue;
    }
    if (i == 0 || i > point || (point - i) % 4 != 0) return std::string(number);  // no group of three follows
  }
  return plain;
}

}  // namespace entente
