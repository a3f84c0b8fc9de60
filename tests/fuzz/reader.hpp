#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "io/formats.hpp"
#include "io/read.hpp"

namespace entente::fuzz {

/// Reads the bytes as a file of this name. What is read leniently must be written and read back, and
/// every error must be one line.
inline int read_as(const char* file, const std::uint8_t* data, std::size_t size) {
  ReadOptions options;
  options.lenient = true;
  const auto outcome = try_read_bytes(file, {reinterpret_cast<const char*>(data), size}, options);
  if (outcome.error) {
    if (outcome.error->what.empty() || outcome.error->what.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  for (const LedgerEntry& entry : outcome.ledger.tables) {
    if (entry.rows != entry.kept + entry.merged + entry.refused) std::abort();
  }
  const Format* format = format_of_path(file);
  const auto written = format->write(*outcome.network);
  if (!written) std::abort();
  const auto again = try_read_bytes(file, written->files[0].bytes, options);
  if (again.error || again.network->edge_count() != outcome.network->edge_count()) std::abort();
  return 0;
}

}  // namespace entente::fuzz
