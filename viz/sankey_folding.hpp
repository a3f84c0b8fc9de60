#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "viz/sankey_bodies.hpp"
#include "viz/sankey_circles.hpp"
#include "viz/sankey_data.hpp"

namespace entente {

/// Which node of the drawing each body becomes: its own, or one of the "others".
struct SankeyFolding {
  std::vector<std::size_t> node;   // of each body
  std::vector<SankeyNode> nodes;
};

/// Folds the bodies that do not keep a node of their own.
///
/// With levels given, into one "other" for each level. By hops, such that no circle is drawn where none is:
///
///     other givers          nothing comes in
///     other receivers       nothing goes out
///     others of a circle    bodies of a strong component of which another body keeps its node
///     other intermediaries  all between, one node for those between two neighbouring levels of bodies that stay
///
/// The level of a body is the longest way to its component. Between two components every tie leads to a higher level,
/// and so it does between the nodes of the drawing: what runs around there runs around within one component.
class SankeyFolder {
 public:
  SankeyFolder(const std::vector<SankeyBody>& bodies, const std::vector<SankeyTie>& ties, const SankeyData& data,
               const SankeySpec& spec);

  /// So many bodies pass `least_share`; they come first.
  std::size_t large_enough() const { return large_enough_; }

  /// The first `most` bodies keep their node, and so does a body that would be folded alone.
  SankeyFolding folded(std::size_t most) const;

  /// Whether the ways of the drawing fit sankey_most_hops columns, each circle taken for one.
  bool fits(const SankeyFolding& folding) const;

 private:
  using Bundle = std::pair<std::size_t, std::size_t>;  // what it holds, and which of these

  const std::vector<SankeyBody>& bodies_;
  const SankeyData& data_;
  const SankeySpec& spec_;
  std::size_t large_enough_ = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs_;  // by hops: each pair of bodies once
  std::vector<std::uint8_t> gets_, gives_;
  SankeyComponents components_;
  std::vector<std::uint32_t> level_;  // of components
};

}  // namespace entente
