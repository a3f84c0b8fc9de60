#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "engine/buffer.hpp"
#include "engine/edge_list.hpp"
#include "engine/job.hpp"
#include "engine/parallel.hpp"

/// Radix partitioning of arcs, the one tool that rows are built with; see build_rows().
namespace entente {

/// How node numbers are cut into parts: the upper bits name the part, at most 256 of them, so that the open end of
/// each has a line in the cache while arcs are dealt out.
struct NodeCut {
  explicit NodeCut(std::size_t nodes)
      : node_count(nodes), bits(nodes > 1 ? static_cast<int>(std::bit_width(nodes - 1)) : 0),
        shift(bits - std::min(bits / 2, 8)), count(nodes > 0 ? ((nodes - 1) >> shift) + 1 : 0) {}
  std::size_t begin(std::size_t part) const { return std::min(node_count, part << shift); }
  std::size_t end(std::size_t part) const { return begin(part + 1); }
  std::size_t size(std::size_t part) const { return end(part) - begin(part); }

  std::size_t node_count;
  int bits, shift;
  std::size_t count;
};

/// An arc in a part: its near end counted from the first node of the part.
struct LocalArc {
  std::uint32_t local, far, edge;
};

/// How arcs are kept while they wait in a part. Up to 2^20 nodes the place in the part and the far end share one word
/// of 32 bits (`narrow`), which halves what is written and read.
template <bool narrow, bool labelled>
class ArcCode {
 public:
  static constexpr bool has_edge = labelled;
  static constexpr std::size_t words = (narrow ? 1 : 2) + (labelled ? 1 : 0);

  explicit ArcCode(const NodeCut& cut)
      : bits_(cut.bits), far_((std::uint64_t{1} << cut.bits) - 1), local_((std::uint64_t{1} << cut.shift) - 1) {}

  void write(std::uint32_t* at, std::uint32_t near, std::uint32_t far, [[maybe_unused]] std::uint32_t edge) const {
    const auto local = static_cast<std::uint32_t>(near & local_);
    if constexpr (narrow) {
      *at++ = local << bits_ | far;
    } else {
      *at++ = local;
      *at++ = far;
    }
    if constexpr (labelled) *at = edge;
  }
  LocalArc read(const std::uint32_t* at) const {
    LocalArc arc{};
    if constexpr (narrow) {
      arc.local = *at >> bits_;
      arc.far = static_cast<std::uint32_t>(*at & far_);
    } else {
      arc.local = at[0];
      arc.far = at[1];
    }
    if constexpr (labelled) arc.edge = at[words - 1];
    return arc;
  }

 private:
  int bits_;
  std::uint64_t far_, local_;  // masks
};

inline bool arcs_are_narrow(const NodeCut& cut) { return cut.bits + cut.shift <= 32; }

/// Calls `build` with the code that fits.
template <bool labelled, class Build>
auto with_arc_code(const NodeCut& cut, Build&& build) {
  return arcs_are_narrow(cut) ? build(ArcCode<true, labelled>(cut)) : build(ArcCode<false, labelled>(cut));
}

/// see(arc) for each of `count` arcs. The code is copied so that it can stay in registers.
template <class Code, class See>
void for_each_arc(const std::uint32_t* at, std::size_t count, Code code, See&& see) {
  for (const std::uint32_t* const end = at + count * Code::words; at != end; at += Code::words) see(code.read(at));
}

/// Arcs that stand part after part, by the part of their near end.
template <class Code>
struct ArcParts {
  std::size_t size(std::size_t part) const { return static_cast<std::size_t>(begin[part + 1] - begin[part]); }

  /// see(arc) for each arc of a part, in order.
  template <class See>
  void for_each(std::size_t part, const Code& code, See&& see) const {
    for_each_arc(word.data() + begin[part] * Code::words, size(part), code, see);
  }

  Buffer<std::uint32_t> word;
  std::vector<std::uint64_t> begin;  // of each part, and the end
};

/// How many arcs each block will give to each part; then where they go. Places depend on the blocks alone.
class PartPlaces {
 public:
  PartPlaces(std::size_t blocks, std::size_t parts) : blocks_(blocks), parts_(parts), place_(blocks * parts, 0) {}

  std::uint64_t* of_block(std::size_t block) { return place_.data() + block * parts_; }

  /// Counts become places. Returns where each part begins, and the end.
  std::vector<std::uint64_t> settle() {
    std::vector<std::uint64_t> begin(parts_ + 1, 0);
    for (std::size_t i = 0; i < place_.size(); i += parts_) {
      for (std::size_t part = 0; part < parts_; ++part) begin[part + 1] += place_[i + part];
    }
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    std::vector<std::uint64_t> next = begin;
    for (std::size_t i = 0; i < place_.size(); i += parts_) {
      for (std::size_t part = 0; part < parts_; ++part) next[part] += std::exchange(place_[i + part], next[part]);
    }
    return begin;
  }
  std::size_t blocks() const { return blocks_; }

 private:
  std::size_t blocks_, parts_;
  std::vector<std::uint64_t> place_;  // block after block
};

inline void fetch_for_writing([[maybe_unused]] const std::uint32_t* at) {
#ifdef __GNUC__
  __builtin_prefetch(at, 1);
#endif
}

/// Deals arcs out to their parts, stably: give(block, put) calls put(near, far, edge) for each arc of the
/// block in the order that is to be kept; as many as `places` counted.
template <class Code, class Give>
ArcParts<Code> dealt_out(const NodeCut& cut, const Code& code, PartPlaces& places, Buffer<std::uint32_t> memory, const Job& job,
                         Give&& give) {
  ArcParts<Code> parts;
  parts.begin = places.settle();
  parts.word = std::move(memory);
  if (parts.word.size() < parts.begin.back() * Code::words) parts.word = Buffer<std::uint32_t>(parts.begin.back() * Code::words);
  for_each_block(places.blocks(), job, [&](std::size_t block) {
    give(block, [next = places.of_block(block), to = parts.word.data(), code, shift = cut.shift](
                    std::uint32_t near, std::uint32_t far, std::uint32_t edge) {
      std::uint32_t* const at = to + next[near >> shift]++ * Code::words;
      fetch_for_writing(at + 16);  // the line after this one, before the part comes to it
      code.write(at, near, far, edge);
    });
  });
  return parts;
}

/// Blocks of edges, which depend on their number alone.
struct EdgeBlocks {
  explicit EdgeBlocks(std::size_t edge_count)
      : edges(edge_count), size(std::max<std::size_t>((edges + 63) / 64, std::size_t{1} << 15)), count((edges + size - 1) / size) {}
  std::size_t begin(std::size_t block) const { return block * size; }
  std::size_t end(std::size_t block) const { return std::min(edges, (block + 1) * size); }

  std::size_t edges, size, count;
};

/// The ends of edges as the rows will number them. A copy by value lets the compiler keep it in registers
/// while arcs are written.
struct RankedEnds {
  std::pair<std::uint32_t, std::uint32_t> operator()(std::size_t edge) const {
    const auto [source, target] = ends[edge];
    return rank ? std::pair(rank[source.index], rank[target.index]) : std::pair(source.index, target.index);
  }
  const Ends* ends;
  const std::uint32_t* rank;  // null: as they are
};

}  // namespace entente
