#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "io/rates.hpp"

// Any bytes are a table of rates or one line of error; every entry is accounted for, and every rate that is kept is a
// positive decimal that reads as itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  entente::ReadOptions options;
  options.lenient = true;
  const auto read = entente::read_rates("fuzz.csv", {reinterpret_cast<const char*>(data), size}, options);
  if (!read) {
    if (read.error().what.empty() || read.error().sentence().find('\n') != std::string::npos) std::abort();
    return 0;
  }
  const entente::LedgerEntry& entry = read->ledger.tables.at(0);
  if (entry.rows != entry.kept + entry.merged + entry.refused || entry.kept != read->table.size()) std::abort();
  for (const auto& [currency, series] : read->table.series()) {
    for (const entente::DatedValues* values : {&series.days, &series.months, &series.years}) {
      for (const auto& [period, value] : values->all()) {
        const auto again = entente::parse_positive_decimal(entente::decimal_text(value), "rate");
        if (!again || !(*again == value) || period.last < period.first || entente::period_text(period).empty()) std::abort();
      }
    }
  }
  return 0;
}
