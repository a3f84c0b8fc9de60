#include "engine/edge_list.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/arc_partition.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

/// Counts become places: the first at `begin`.
template <class Number>
void to_places(std::span<Number> counts, Number begin) {
  for (Number& count : counts) begin += std::exchange(count, begin);
}

/// Rows under construction.
template <class Code>
class RowsBuilder {
 public:
  RowsBuilder(const EdgeList& list, std::span<const std::uint32_t> rank, const NodeCut& cut, Code code, const Job& job)
      : list_(list), ends_{list.ends.data(), rank.empty() ? nullptr : rank.data()}, job_(job), cut_(cut), code_(code),
        blocks_(list.ends.size()), degree_(list.node_count) {
    rows_.begin = Buffer<std::uint64_t>(list.node_count + 1);
  }

  /// Arcs parted by their far ends and turned over stand in ascending order of them; then each row takes its own.
  Rows one_way(RowsOf side, Buffer<std::uint32_t>* edge_of_arc) {
    Parts by_near;
    {
      const auto by_far = parted([&](std::size_t block, auto&& put) {
        const bool back = side == RowsOf::targets, mixed = list_.ways == EdgeList::Ways::mixed;
        const RankedEnds ends = ends_;
        for (std::size_t edge = blocks_.begin(block); edge < blocks_.end(block); ++edge) {
          auto [near, far] = ends(edge);
          if (back) std::swap(near, far);
          put(far, near, static_cast<std::uint32_t>(edge));
          if (mixed && list_.runs_back(edge)) put(near, far, static_cast<std::uint32_t>(edge));
        }
      });
      by_near = turned_over(by_far, [](std::size_t, std::uint64_t) {});
    }
    allocate(by_near.begin.back());
    for_each_block(cut_.count, job_, [&](std::size_t part) {
      std::vector<std::uint64_t> place(cut_.size(part), 0);
      by_near.for_each(part, code_, [count = place.data()](const LocalArc& arc) { ++count[arc.local]; });
      to_places<std::uint64_t>(place, by_near.begin[part]);
      std::ranges::copy(place, rows_.begin.begin() + cut_.begin(part));
      write_rows(by_near, part, place.data());
    });
    return finished(edge_of_arc);
  }

  /// A row is its lower neighbours, then itself as often as it has loops, then its upper neighbours. Edges parted by
  /// their higher end and turned over stand in ascending order of it, and so write the upper halves of all rows,
  /// loops first; these, read row by row, write the lower halves. That is half the work of sorting both
  /// arcs of each edge.
  Rows both_ways(Buffer<std::uint32_t>* edge_of_arc) {
    Parts by_low;
    Buffer<std::uint32_t> memory;
    std::vector<std::uint64_t> loops(cut_.count, 0);
    {
      Parts by_high = parted([&](std::size_t block, auto&& put) {
        const RankedEnds ends = ends_;
        for (std::size_t edge = blocks_.begin(block); edge < blocks_.end(block); ++edge) {
          const auto [a, b] = ends(edge);
          put(std::max(a, b), std::min(a, b), static_cast<std::uint32_t>(edge));
        }
      });
      by_low = turned_over(by_high, [&](std::size_t part, std::uint64_t count) { loops[part] += count; });
      memory = std::move(by_high.word);
    }
    // From here on degree_ counts the lower neighbours.
    std::vector<std::uint64_t> begin(cut_.count + 1, 0);
    for_each_block(cut_.count, job_, [&](std::size_t part) {
      std::uint64_t arcs = by_low.size(part);
      for (std::size_t v = cut_.begin(part); v < cut_.end(part); ++v) arcs += degree_[v];
      begin[part + 1] = arcs;
    });
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    allocate(begin.back());

    PartPlaces places(cut_.count, cut_.count);
    for_each_block(cut_.count, job_, [&](std::size_t part) {
      std::vector<std::uint64_t> place(cut_.size(part), 0);
      std::uint64_t* const of_part = places.of_block(part);
      by_low.for_each(part, code_, [of_part, count = place.data(), shift = cut_.shift](const LocalArc& arc) {
        ++count[arc.local];
        ++of_part[arc.far >> shift];
      });
      of_part[part] -= loops[part];
      std::uint64_t at = begin[part];
      for (std::size_t v = cut_.begin(part); v < cut_.end(part); ++v) {
        rows_.begin[v] = at;
        at += degree_[v];
        at += std::exchange(place[v - cut_.begin(part)], at);
      }
      write_rows(by_low, part, place.data());
    });
    by_low = {};

    const Parts by_high = dealt_out(cut_, code_, places, std::move(memory), job_, [&](std::size_t part, auto&& put) {
      const std::uint32_t* const node = rows_.node.data();
      [[maybe_unused]] const std::uint32_t* const label = label_.data();
      for (std::size_t low = cut_.begin(part); low < cut_.end(part); ++low) {
        std::uint64_t i = rows_.begin[low] + degree_[low];
        const std::uint64_t end = rows_.begin[low + 1];
        while (i < end && node[i] == low) ++i;
        for (; i < end; ++i) put(node[i], static_cast<std::uint32_t>(low), Code::has_edge ? label[i] : 0);
      }
    });
    for_each_block(cut_.count, job_, [&](std::size_t part) {
      std::vector<std::uint64_t> place(rows_.begin.begin() + cut_.begin(part), rows_.begin.begin() + cut_.end(part));
      write_rows(by_high, part, place.data());
    });
    return finished(edge_of_arc);
  }

 private:
  using Parts = ArcParts<Code>;

  /// The arcs that give(block of edges, put) names, by the parts of their near ends.
  template <class Give>
  Parts parted(Give&& give) {
    PartPlaces places(blocks_.count, cut_.count);
    for_each_block(blocks_.count, job_, [&](std::size_t block) {
      give(block, [counts = places.of_block(block), shift = cut_.shift](std::uint32_t near, std::uint32_t, std::uint32_t) {
        ++counts[near >> shift];
      });
    });
    return dealt_out(cut_, code_, places, {}, job_, give);
  }

  /// The arcs of each part ordered by their near end and turned over, so that the new parts stand in ascending order
  /// of what is now the far end. A part is sorted in the cache just before its arcs go out. On the way
  /// degree_ counts the arcs of each near end but not its loops, of which see_loops(part, count) is told.
  template <class SeeLoops>
  Parts turned_over(const Parts& parts, SeeLoops&& see_loops) {
    PartPlaces places(cut_.count, cut_.count);
    for_each_block(cut_.count, job_, [&](std::size_t part) {
      std::uint32_t* const degree = degree_.data() + cut_.begin(part);
      std::fill_n(degree, cut_.size(part), 0u);
      parts.for_each(part, code_, [degree, of_part = places.of_block(part), shift = cut_.shift](const LocalArc& arc) {
        ++degree[arc.local];
        ++of_part[arc.far >> shift];
      });
    });
    return dealt_out(cut_, code_, places, {}, job_, [&](std::size_t part, auto&& put) {
      const std::size_t first = cut_.begin(part);
      std::vector<std::uint64_t> place(degree_.begin() + first, degree_.begin() + cut_.end(part));
      to_places<std::uint64_t>(place, 0);
      Buffer<std::uint32_t> far(parts.size(part)), edge(Code::has_edge ? parts.size(part) : 0);
      parts.for_each(part, code_, [place = place.data(), far = far.data(), edge = edge.data()](const LocalArc& arc) {
        const std::uint64_t at = place[arc.local]++;
        far[at] = arc.far;
        if constexpr (Code::has_edge) edge[at] = arc.edge;
      });
      std::size_t i = 0;
      for (std::size_t v = first; v < cut_.end(part); ++v) {
        std::uint32_t loops = 0;
        for (; i < place[v - first]; ++i) {
          put(far[i], static_cast<std::uint32_t>(v), Code::has_edge ? edge[i] : 0);
          loops += far[i] == v;
        }
        degree_[v] -= loops;
        see_loops(part, loops);
      }
    });
  }

  void allocate(std::uint64_t arcs) {
    rows_.node = Buffer<std::uint32_t>(arcs);
    rows_.begin[list_.node_count] = arcs;
    if constexpr (Code::has_edge) label_ = Buffer<std::uint32_t>(arcs);
  }
  /// Each arc of a part goes to the next place of its near end.
  void write_rows(const Parts& parts, std::size_t part, std::uint64_t* place) {
    parts.for_each(part, code_, [place, node = rows_.node.data(), label = label_.data()](const LocalArc& arc) {
      const std::uint64_t at = place[arc.local]++;
      node[at] = arc.far;
      if constexpr (Code::has_edge) label[at] = arc.edge;
    });
  }
  Rows finished(Buffer<std::uint32_t>* edge_of_arc) {
    if constexpr (Code::has_edge) *edge_of_arc = std::move(label_);
    return std::move(rows_);
  }

  const EdgeList& list_;
  const RankedEnds ends_;
  const Job& job_;
  const NodeCut cut_;
  const Code code_;
  const EdgeBlocks blocks_;
  Buffer<std::uint32_t> degree_;
  Rows rows_;
  Buffer<std::uint32_t> label_;
};

template <bool labelled>
Rows built_rows(const EdgeList& list, RowsOf side, std::span<const std::uint32_t> rank,
                Buffer<std::uint32_t>* edge_of_arc, const Job& job) {
  const NodeCut cut(list.node_count);
  return with_arc_code<labelled>(cut, [&](auto code) {
    RowsBuilder builder(list, rank, cut, code, job);
    return list.ways == EdgeList::Ways::both ? builder.both_ways(edge_of_arc) : builder.one_way(side, edge_of_arc);
  });
}

template <class Count>
Buffer<std::uint32_t> ranks_by_counting(const EdgeList& list) {
  const std::size_t n = list.node_count;
  Buffer<Count> degree(n, Count{0});
  for (const auto [source, target] : list.ends) {
    ++degree[source.index];
    ++degree[target.index];
  }
  // Degrees up to a limit are counted; the few nodes above it are sorted.
  constexpr std::size_t limit = std::size_t{1} << 16;
  std::vector<std::uint32_t> giants;
  std::vector<std::uint32_t> place(limit + 1, 0);
  for (std::size_t v = 0; v < n; ++v) {
    if (degree[v] > limit) giants.push_back(static_cast<std::uint32_t>(v));
    else ++place[degree[v]];
  }
  std::stable_sort(giants.begin(), giants.end(), [&](auto a, auto b) { return degree[a] > degree[b]; });

  Buffer<std::uint32_t> rank(n);
  std::uint32_t next = 0;
  for (const std::uint32_t v : giants) rank[v] = next++;
  for (std::size_t d = limit + 1; d-- > 0;) next += std::exchange(place[d], next);
  for (std::size_t v = 0; v < n; ++v) {
    if (degree[v] <= limit) rank[v] = place[degree[v]]++;
  }
  return rank;
}

}  // namespace

std::size_t EdgeList::arc_count() const {
  std::size_t arcs = ends.size();
  if (ways == Ways::one) return arcs;
  for (std::size_t i = 0; i < ends.size(); ++i) arcs += runs_back(i);
  return arcs;
}

Rows build_rows(const EdgeList& list, RowsOf side, std::span<const std::uint32_t> rank,
                Buffer<std::uint32_t>* edge_of_arc, const Job& job) {
  return edge_of_arc ? built_rows<true>(list, side, rank, edge_of_arc, job)
                     : built_rows<false>(list, side, rank, nullptr, job);
}

Buffer<std::uint32_t> ranks_by_degree(const EdgeList& list) {
  // A degree is at most twice the number of edges.
  const bool narrow = list.ends.size() <= std::numeric_limits<std::uint32_t>::max() / 2;
  return narrow ? ranks_by_counting<std::uint32_t>(list) : ranks_by_counting<std::uint64_t>(list);
}

}  // namespace entente
