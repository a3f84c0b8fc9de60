#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace entente {

/// A dense index, counted from 0, that cannot be mistaken for another kind of index.
/// Inside one graph or network ids are contiguous; they mean nothing in another one.
/// What users see and what survives an edit of the data is the key (text), never the id.
template <class Tag>
struct Id {
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(Id, Id) = default;
};

using NodeId = Id<struct NodeTag>;
using EdgeId = Id<struct EdgeTag>;
using SourceId = Id<struct SourceTag>;

}  // namespace entente

template <class Tag>
struct std::hash<entente::Id<Tag>> {
  std::size_t operator()(entente::Id<Tag> id) const noexcept {
    return std::hash<std::uint32_t>{}(id.index);
  }
};
