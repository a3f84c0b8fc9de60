#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <ranges>
#include <span>
#include <utility>
#include <vector>

#include "engine/ids.hpp"

namespace entente {

/// One value per node or per edge, reached only through the matching id.
///
/// A graph is topology; amounts, weights, dates and results are columns beside it.
/// Use std::uint8_t rather than bool for flags: every value must have an address.
template <class IdType, class Value>
class Column {
 public:
  using value_type = Value;

  Column() = default;
  explicit Column(std::size_t size, Value value = Value{}) : values_(size, std::move(value)) {}
  explicit Column(std::vector<Value> values) : values_(std::move(values)) {}
  Column(std::initializer_list<Value> values) : values_(values) {}

  Value& operator[](IdType id) { return values_[id.index]; }
  const Value& operator[](IdType id) const { return values_[id.index]; }

  std::size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }

  /// All values in id order.
  std::span<const Value> values() const { return values_; }
  std::span<Value> values() { return values_; }

  void push_back(Value value) { values_.push_back(std::move(value)); }
  void reserve(std::size_t size) { values_.reserve(size); }

  friend bool operator==(const Column&, const Column&) = default;

 private:
  std::vector<Value> values_;
};

template <class Value>
using NodeColumn = Column<NodeId, Value>;
template <class Value>
using EdgeColumn = Column<EdgeId, Value>;

/// The ids 0 … count-1, for range-for loops.
template <class IdType>
auto ids_below(std::size_t count) {
  return std::views::iota(std::uint32_t{0}, static_cast<std::uint32_t>(count)) |
         std::views::transform([](std::uint32_t index) { return IdType{index}; });
}

}  // namespace entente
