#pragma once

// What the targets share. Each is a function of bytes that aborts where a law is broken, and returns where all is well.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "io/formats.hpp"
#include "io/read.hpp"

namespace entente::fuzz {

inline void require(bool law) {
  if (!law) std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// What a user is told is one sentence on one line.
inline void require_one_line(const Error& error) {
  require(!error.what.empty() && error.sentence().find('\n') == std::string::npos);
}

/// The line that the text begins with, which is taken off it.
inline std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// Files in one text: lines that begin with "--- ", followed by a file's name, cut them; what stands above the first is `first`.
inline std::map<std::string, std::string> files_of(std::string_view text, const std::string& first) {
  std::map<std::string, std::string> files;
  std::string* file = &files[first];
  while (!text.empty()) {
    const bool ends = text.find('\n') != std::string_view::npos;
    const std::string_view line = take_line(text);
    if (line.starts_with("--- ")) {
      file = &files[std::string(line.substr(4))];
    } else {
      (*file += line) += ends ? "\n" : "";
    }
  }
  if (files[first].empty()) files.erase(first);
  return files;
}

inline void require_account(const Ledger& ledger) {
  for (const LedgerEntry& entry : ledger.tables) require(entry.rows == entry.kept + entry.merged + entry.refused);
}

/// Reads the bytes as a file of this name. What is read leniently must be written and read back, and
/// every error must be one line.
inline int read_as(const char* file, const std::uint8_t* data, std::size_t size, ReadOptions options = {}) {
  options.lenient = true;
  const auto outcome = try_read_bytes(file, text_of(data, size), options);
  if (outcome.error) {
    require_one_line(*outcome.error);
    return 0;
  }
  require_account(outcome.ledger);
  const Format* format = format_of_path(file);
  if (!format) return 0;
  const auto written = format->write(*outcome.network);
  require(written.has_value());
  options.encoding.clear();
  options.delimiter = 0;
  const auto again = try_read_bytes(file, written->files[0].bytes, options);
  require(!again.error && again.network->edge_count() == outcome.network->edge_count());
  return 0;
}

}  // namespace entente::fuzz
