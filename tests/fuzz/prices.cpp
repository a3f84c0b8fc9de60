#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "io/rates.hpp"

// Any bytes are a table of price indices or one line of error, and every entry is accounted for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  entente::ReadOptions options;
  options.lenient = true;
  const auto read = entente::read_prices("fuzz.csv", {reinterpret_cast<const char*>(data), size}, options);
  if (!read) {
    if (read.error().what.empty() || read.error().sentence().find('\n') != std::string::npos) std::abort();
    return 0;
  }
  const entente::LedgerEntry& entry = read->ledger.tables.at(0);
  if (entry.rows != entry.kept + entry.merged + entry.refused) std::abort();
  std::size_t kept = 0;
  for (const auto& [currency, values] : read->table.series()) kept += values.all().size();
  if (kept != entry.kept) std::abort();
  return 0;
}
