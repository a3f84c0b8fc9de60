#include "engine/rows_as_given.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/arc_partition.hpp"

namespace entente {

namespace {

/// put(near, far) for each arc of a block of edges.
template <bool both, class Put>
void give_arcs(std::span<const Ends> edges, Put&& put) {
  for (const auto [source, target] : edges) {
    put(source.index, target.index, 0);
    if (both && source != target) put(target.index, source.index, 0);
  }
}

template <bool both, class Code>
Rows rows_from_parts(const NodeCut& cut, const Code& code, std::span<const Ends> edges, const Job& job) {
  const EdgeBlocks blocks(edges.size());
  const auto block_of = [&](std::size_t block) {
    return edges.subspan(blocks.begin(block), blocks.end(block) - blocks.begin(block));
  };
  PartPlaces places(blocks.count, cut.count);
  for_each_block(blocks.count, job, [&](std::size_t block) {
    give_arcs<both>(block_of(block), [counts = places.of_block(block), shift = cut.shift](
                                         std::uint32_t near, std::uint32_t, std::uint32_t) { ++counts[near >> shift]; });
  });
  auto parts = dealt_out(cut, code, places, {}, job,
                         [&](std::size_t block, auto&& put) { give_arcs<both>(block_of(block), put); });

  Rows rows;
  rows.begin = Buffer<std::uint64_t>(cut.node_count + 1);
  rows.begin[cut.node_count] = parts.begin.back();
  constexpr bool in_place = Code::words == 1;
  if constexpr (in_place) rows.node = std::move(parts.word);
  else rows.node = Buffer<std::uint32_t>(parts.begin.back());
  const std::uint32_t* const word = in_place ? rows.node.data() : parts.word.data();
  for_each_block(cut.count, job, [&](std::size_t part) {
    std::vector<std::uint64_t> place(cut.size(part), 0);
    const std::uint32_t* const first = word + parts.begin[part] * Code::words;
    const std::size_t size = parts.size(part);
    for_each_arc(first, size, code, [count = place.data()](const LocalArc& arc) { ++count[arc.local]; });
    std::uint64_t at = 0;
    for (std::size_t v = 0; v < place.size(); ++v) {
      rows.begin[cut.begin(part) + v] = parts.begin[part] + at;
      at += std::exchange(place[v], at);
    }
    Buffer<std::uint32_t> in_order(size);
    for_each_arc(first, size, code, [place = place.data(), node = in_order.data()](const LocalArc& arc) {
      node[place[arc.local]++] = arc.far;
    });
    std::ranges::copy(in_order, rows.node.begin() + parts.begin[part]);
  });
  return rows;
}

}  // namespace

Result<Rows> rows_as_given(std::size_t node_count, std::span<const Ends> edges, EdgeList::Ways ways, const Job& job) {
  const auto outside = std::ranges::find_if(edges, [node_count](const Ends& ends) {
    return ends.source.index >= node_count || ends.target.index >= node_count;
  });
  if (outside != edges.end()) {
    return fail(ErrorCode::bad_argument, "edge " + std::to_string(outside - edges.begin()) + " has an end that is not one of the " +
                                             std::to_string(node_count) + " nodes.");
  }
  const NodeCut cut(node_count);
  return with_arc_code<false>(cut, [&](const auto& code) {
    return ways == EdgeList::Ways::both ? rows_from_parts<true>(cut, code, edges, job)
                                        : rows_from_parts<false>(cut, code, edges, job);
  });
}

}  // namespace entente
