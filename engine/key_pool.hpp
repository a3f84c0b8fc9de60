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
/// Two million keys of ten letters take about 70 MB, a third of what a map of strings takes.
class KeyPool {
 public:
  /// The key's number, and whether it is new.
  std::pair<std::uint32_t, bool> add(std::string_view key) {
    if (2 * (size() + 1) > table_.size()) grow();
    const std::uint32_t hash = hash_of(key);
    Slot& slot = table_[slot_of(key, hash)];
    if (slot.number != empty) return {slot.number, false};
    slot = {static_cast<std::uint32_t>(size()), hash};
    text_ += key;
    begin_.push_back(text_.size());
    return {slot.number, true};
  }

  std::optional<std::uint32_t> find(std::string_view key) const {
    if (table_.empty()) return std::nullopt;
    const std::uint32_t number = table_[slot_of(key, hash_of(key))].number;
    return number == empty ? std::nullopt : std::optional(number);
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

  // The hash beside the number tells most keys apart without a look at their text, which lies far away.
  struct Slot {
    std::uint32_t number = empty;
    std::uint32_t hash = 0;
  };

  static std::uint32_t hash_of(std::string_view key) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(key));
  }

  // Linear probing in a table that is at most half full.
  std::size_t slot_of(std::string_view key, std::uint32_t hash) const {
    const std::size_t mask = table_.size() - 1;
    std::size_t slot = hash & mask;
    while (table_[slot].number != empty && (table_[slot].hash != hash || text(table_[slot].number) != key)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  void grow() {
    std::vector<Slot> larger(table_.empty() ? 16 : 2 * table_.size());
    const std::size_t mask = larger.size() - 1;
    for (const Slot& old : table_) {
      if (old.number == empty) continue;
      std::size_t slot = old.hash & mask;
      while (larger[slot].number != empty) slot = (slot + 1) & mask;
      larger[slot] = old;
    }
    table_ = std::move(larger);
  }

  std::string text_;
  std::vector<std::uint64_t> begin_{0};
  std::vector<Slot> table_;  // size a power of two
};

}  // namespace entente
