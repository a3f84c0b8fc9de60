#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace entente {

/// Many distinct keys, numbered from 0 in order of arrival: one block of text, one table of numbers.
/// Two million keys of ten letters take about 50 MB, a third of what a map of strings takes.
class KeyPool {
 public:
  /// The key's number, and whether it is new.
  std::pair<std::uint32_t, bool> add(std::string_view key) {
    if (2 * (size() + 1) > table_.size()) grow();
    const std::size_t slot = slot_of(key);
    if (table_[slot] != empty) return {table_[slot], false};
    const auto number = static_cast<std::uint32_t>(size());
    table_[slot] = number;
    text_ += key;
    begin_.push_back(text_.size());
    return {number, true};
  }

  std::optional<std::uint32_t> find(std::string_view key) const {
    if (table_.empty()) return std::nullopt;
    const std::size_t slot = slot_of(key);
    return table_[slot] == empty ? std::nullopt : std::optional(table_[slot]);
  }

  std::string_view text(std::uint32_t number) const {
    return std::string_view(text_).substr(begin_[number], begin_[number + 1] - begin_[number]);
  }
  std::size_t size() const { return begin_.size() - 1; }

  void reserve(std::size_t keys) {
    begin_.reserve(keys + 1);
    while (table_.size() < 2 * keys) grow();
  }

 private:
  static constexpr std::uint32_t empty = 0xFFFFFFFF;

  // Linear probing in a table that is at most half full.
  std::size_t slot_of(std::string_view key) const {
    const std::size_t mask = table_.size() - 1;
    std::size_t slot = std::hash<std::string_view>{}(key) & mask;
    while (table_[slot] != empty && text(table_[slot]) != key) slot = (slot + 1) & mask;
    return slot;
  }

  void grow() {
    table_.assign(table_.empty() ? 16 : 2 * table_.size(), empty);
    const std::size_t mask = table_.size() - 1;
    for (std::uint32_t number = 0; number < size(); ++number) {
      std::size_t slot = std::hash<std::string_view>{}(text(number)) & mask;
      while (table_[slot] != empty) slot = (slot + 1) & mask;
      table_[slot] = number;
    }
  }

  std::string text_;
  std::vector<std::uint64_t> begin_{0};
  std::vector<std::uint32_t> table_;  // size a power of two
};

}  // namespace entente
