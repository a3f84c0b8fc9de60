#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dictionary.hpp"

namespace entente {

/// What the cells of a further column hold. The text is kept as read; the type says how to compare
/// it and how to write it to formats that have types.
enum class CellType { text, integer, number, boolean, date };

std::string_view to_string(CellType type);

/// A column that the data brought along and that means nothing to us: kept, usable in selections and
/// as a weight, and written back. Row i belongs to NodeId{i} or EdgeId{i}. An empty text is "no value".
struct Attribute {
  std::string name;
  CellType type = CellType::text;
  std::string description;                // from the schema, may be empty
  Dictionary values;                      // each distinct text once
  std::vector<Dictionary::Code> codes;    // one per row

  std::string_view text(std::uint32_t row) const { return values.text(codes[row]); }
};

/// The name that is wanted, or, where it is taken, the first free one of "name (2)", "name (3)", …
template <class Taken>
std::string free_column_name(const std::string& wanted, Taken&& taken) {
  if (!taken(wanted)) return wanted;
  for (std::size_t number = 2;; ++number) {
    std::string candidate = wanted + " (" + std::to_string(number) + ")";
    if (!taken(candidate)) return candidate;
  }
}

}  // namespace entente
