#include "engine/edit_distance.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace entente {

namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Code points of well-formed UTF-8.
std::vector<std::uint32_t> letters_of(std::string_view text) {
  std::vector<std::uint32_t> letters;
  letters.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      letters.push_back(byte);
    } else if (byte >= 0xC0 || letters.empty()) {
      letters.push_back(byte >= 0xF0 ? byte & 0x07u : byte >= 0xE0 ? byte & 0x0Fu : byte & 0x1Fu);
    } else {
      letters.back() = letters.back() << 6 | (byte & 0x3Fu);
    }
  }
  return letters;
}

/// Myers' algorithm: bit i of `up` (`down`) says that the table grows (shrinks) by one from row i to
/// row i + 1 of the column at hand. `pattern` has 1 to 64 letters; `occurs` gives the rows of a letter.
template <class Text, class Occurs>
std::size_t bit_parallel_distance(std::size_t pattern_size, const Text& text, Occurs&& occurs) {
  const std::uint64_t last_row = std::uint64_t{1} << (pattern_size - 1);
  std::uint64_t up = ~std::uint64_t{0}, down = 0;
  std::size_t distance = pattern_size;
  for (const auto letter : text) {
    const std::uint64_t equal = occurs(letter);
    const std::uint64_t vertical = equal | down;
    const std::uint64_t diagonal_zero = (((equal & up) + up) ^ up) | equal;
    std::uint64_t right_up = down | ~(diagonal_zero | up);
    std::uint64_t right_down = up & diagonal_zero;
    if (right_up & last_row) ++distance;
    if (right_down & last_row) --distance;
    right_up = right_up << 1 | 1;  // the first row of the table counts 0, 1, 2, …
    right_down <<= 1;
    up = right_down | ~(vertical | right_up);
    down = right_up & vertical;
  }
  return distance;
}

template <class Text>
std::size_t table_distance(const Text& a, const Text& b) {
  std::vector<std::size_t> row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) row[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    std::size_t diagonal = std::exchange(row[0], j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[i];
      row[i] = std::min({changed, row[i] + 1, row[i - 1] + 1});
    }
  }
  return row.back();
}

std::size_t ascii_distance(std::string_view a, std::string_view b) {
  if (a.size() > 64) return table_distance(a, b);
  std::array<std::uint64_t, 128> rows{};
  for (std::size_t i = 0; i < a.size(); ++i) rows[static_cast<unsigned char>(a[i])] |= std::uint64_t{1} << i;
  return bit_parallel_distance(a.size(), b, [&](char c) { return rows[static_cast<unsigned char>(c)]; });
}

std::size_t letter_distance(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  if (a.size() > 64) return table_distance(a, b);
  std::unordered_map<std::uint32_t, std::uint64_t> rows;
  for (std::size_t i = 0; i < a.size(); ++i) rows[a[i]] |= std::uint64_t{1} << i;
  return bit_parallel_distance(a.size(), b, [&](std::uint32_t letter) {
    const auto found = rows.find(letter);
    return found == rows.end() ? 0 : found->second;
  });
}

std::size_t letter_count(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.empty()) return letter_count(b);
  if (is_ascii(a) && is_ascii(b)) return ascii_distance(a, b);
  auto x = letters_of(a), y = letters_of(b);
  if (x.size() > y.size()) std::swap(x, y);
  return letter_distance(x, y);
}

double similarity(std::string_view a, std::string_view b) {
  const std::size_t longer = std::max(letter_count(a), letter_count(b));
  if (longer == 0) return 1;
  return 1 - static_cast<double>(edit_distance(a, b)) / static_cast<double>(longer);
}

}  // namespace entente
