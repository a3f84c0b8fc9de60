#include "engine/edge_list.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "engine/parallel.hpp"

namespace entente {

namespace {

struct Step {
  std::uint32_t from, to;
};
struct LabelledStep {
  std::uint32_t from, to, edge;
};

/// How node numbers are cut into parts: the upper bits name the part.
struct Cut {
  explicit Cut(std::size_t nodes) : node_count(nodes) {
    const int bits = static_cast<int>(std::bit_width(nodes));
    shift = bits - std::min(bits / 2, 9);
    count = (nodes >> shift) + 1;
  }
  std::size_t begin(std::size_t part) const { return std::min(node_count, part << shift); }
  std::size_t end(std::size_t part) const { return begin(part + 1); }

  std::size_t node_count;
  int shift = 0;
  std::size_t count = 1;
};

/// Steps that stand part after part, by the part of their `from`.
template <class AnyStep>
struct Parts {
  std::span<const AnyStep> operator[](std::size_t part) const {
    return {step.data() + begin[part], static_cast<std::size_t>(begin[part + 1] - begin[part])};
  }
  Buffer<AnyStep> step;
  std::vector<std::uint64_t> begin;
};

/// Stable partition of what `blocks` blocks give by the part of `from`. count(block, see) calls see(step) for every step of
/// the block in any order, give(block, put) calls put(step) for each in the order that is to be kept.
template <class AnyStep, class Count, class Give>
Parts<AnyStep> partition(const Cut& cut, std::size_t blocks, Buffer<AnyStep> memory, const Job& job, Count&& count,
                         Give&& give) {
  Parts<AnyStep> parts;
  parts.step = std::move(memory);
  std::vector<std::uint64_t> place(blocks * cut.count, 0);
  for_each_block(blocks, job, [&](std::size_t block) {
    std::uint64_t* counts = place.data() + block * cut.count;
    count(block, [counts, shift = cut.shift](const AnyStep& step) { ++counts[step.from >> shift]; });
  });
  std::uint64_t total = 0;
  for (std::size_t part = 0; part < cut.count; ++part) {
    parts.begin.push_back(total);
    for (std::size_t block = 0; block < blocks; ++block) total += std::exchange(place[block * cut.count + part], total);
  }
  parts.begin.push_back(total);
  for_each_block(blocks, job, [&](std::size_t block) {
    std::uint64_t* next = place.data() + block * cut.count;
    give(block, [next, shift = cut.shift, to = parts.step.data()](const AnyStep& step) {
      to[next[step.from >> shift]++] = step;
    });
  });
  return parts;
}

/// How often each node of a part is the `from` of a step.
template <class AnyStep>
std::vector<std::uint64_t> counts_in_part(const Cut& cut, std::size_t part, std::span<const AnyStep> steps) {
  std::vector<std::uint64_t> counts(cut.end(part) - cut.begin(part), 0);
  for (const AnyStep& step : steps) ++counts[step.from - cut.begin(part)];
  return counts;
}

/// Counts become places: the first at `begin`.
std::uint64_t to_places(std::vector<std::uint64_t>& counts, std::uint64_t begin) {
  for (std::uint64_t& count : counts) begin += std::exchange(count, begin);
  return begin;
}

template <class AnyStep>
AnyStep turned(const AnyStep& step) {
  AnyStep back = step;
  std::swap(back.from, back.to);
  return back;
}

/// The steps of each part ordered by their `from` and turned over, so that the new parts stand in ascending order
/// of what is now `to`. The part is sorted in the cache just before its steps go out.
template <class AnyStep>
Parts<AnyStep> turned_over(const Cut& cut, const Parts<AnyStep>& parts, const Job& job) {
  return partition(
      cut, cut.count, Buffer<AnyStep>(parts.step.size()), job,
      [&](std::size_t part, auto&& see) {
        for (const AnyStep& step : parts[part]) see(turned(step));
      },
      [&](std::size_t part, auto&& put) {
        std::vector<std::uint64_t> place = counts_in_part(cut, part, parts[part]);
        to_places(place, 0);
        Buffer<AnyStep> sorted(parts[part].size());
        for (const AnyStep& step : parts[part]) sorted[place[step.from - cut.begin(part)]++] = turned(step);
        for (const AnyStep& step : sorted) put(step);
      });
}

/// Rows under construction.
template <class AnyStep>
class RowsBuilder {
 public:
  static constexpr bool labelled = std::is_same_v<AnyStep, LabelledStep>;

  RowsBuilder(const EdgeList& list, std::span<const std::uint32_t> rank, const Job& job)
      : list_(list), rank_(rank), job_(job), cut_(list.node_count) {
    rows_.begin = Buffer<std::uint64_t>(list.node_count + 1);
  }

  /// Arcs parted by their far ends and turned over stand in ascending order of them; then each row takes its own.
  Rows one_way(RowsOf side, Buffer<std::uint32_t>* edge_of_arc) {
    Parts<AnyStep> by_near;
    {
      const Parts<AnyStep> by_far = parted_edges(list_.arc_count(), [this, side, ends = ranked_ends()](std::size_t edge, auto&& put) {
        auto [near, far] = ends(edge);
        if (side == RowsOf::targets) std::swap(near, far);
        put(step(far, near, edge));
        if (list_.runs_back(edge)) put(step(near, far, edge));
      });
      by_near = turned_over(cut_, by_far, job_);
    }
    allocate(by_near.step.size());
    for_each_block(cut_.count, job_, [&](std::size_t part) {
      std::vector<std::uint64_t> place = counts_in_part(cut_, part, by_near[part]);
      to_places(place, by_near.begin[part]);
      std::ranges::copy(place, rows_.begin.begin() + cut_.begin(part));
      for (const AnyStep& step : by_near[part]) write(place[step.from - cut_.begin(part)]++, step);
    });
    return finished(edge_of_arc);
  }

  /// A row is its lower neighbours, then its upper ones. Edges parted by their higher end and turned over stand in
  /// ascending order of it, and so write the upper halves of all rows; these, read row by row and
  /// turned over, write the lower halves. That is half the work of sorting both arcs of each edge.
  Rows both_ways(Buffer<std::uint32_t>* edge_of_arc) {
    const std::size_t n = list_.node_count;
    Buffer<std::uint64_t> upper_begin(n);
    Parts<AnyStep> by_low, by_high;
    std::vector<std::uint64_t> lower_total;  // of the parts before
    {
      by_high = parted_edges(list_.ends.size(), [ends = ranked_ends()](std::size_t edge, auto&& put) {
        const auto [a, b] = ends(edge);
        put(step(std::max(a, b), std::min(a, b), edge));
      });
      lower_total = by_high.begin;
      for_each_block(cut_.count, job_, [&](std::size_t part) {
        std::ranges::copy(counts_in_part(cut_, part, by_high[part]), upper_begin.begin() + cut_.begin(part));
      });
      by_low = turned_over(cut_, by_high, job_);
    }
    std::vector<std::uint64_t> loops_before(cut_.count + 1, 0);
    for_each_block(cut_.count, job_, [&](std::size_t part) {
      for (const AnyStep& step : by_low[part]) loops_before[part + 1] += step.from == step.to;
    });
    for (std::size_t part = 0; part < cut_.count; ++part) loops_before[part + 1] += loops_before[part];
    const bool loops = loops_before.back() > 0;

    allocate(2 * list_.ends.size() - loops_before.back());
    for_each_block(cut_.count, job_, [&](std::size_t part) {
      const std::size_t first = cut_.begin(part);
      std::vector<std::uint64_t> place = counts_in_part(cut_, part, by_low[part]);
      if (loops) {
        for (const AnyStep& step : by_low[part]) place[step.from - first] -= step.from == step.to;
      }
      std::uint64_t at = lower_total[part] + by_low.begin[part] - loops_before[part];
      for (std::size_t v = first; v < cut_.end(part); ++v) {
        rows_.begin[v] = at;
        at += upper_begin[v];
        upper_begin[v] = at;
        at += std::exchange(place[v - first], at);
      }
      for (const AnyStep& step : by_low[part]) {
        if (step.from != step.to) write(place[step.from - first]++, step);
      }
    });
    by_low = {};
    rows_.begin[n] = rows_.node.size();

    const auto upper = [&](std::size_t part, auto&& see) {
      for (std::size_t low = cut_.begin(part); low < cut_.end(part); ++low) {
        for (std::uint64_t i = upper_begin[low]; i < rows_.begin[low + 1]; ++i) {
          see(step(rows_.node[i], static_cast<std::uint32_t>(low), labelled ? label_[i] : 0));
        }
      }
    };
    by_high = partition(cut_, cut_.count, std::move(by_high.step), job_, upper, upper);
    for_each_block(cut_.count, job_, [&](std::size_t part) {
      const std::size_t first = cut_.begin(part);
      std::vector<std::uint64_t> place(rows_.begin.begin() + first, rows_.begin.begin() + cut_.end(part));
      for (const AnyStep& step : by_high[part]) write(place[step.from - first]++, step);
      std::ranges::copy(place, upper_begin.begin() + first);  // where loops go, the last of the lower half
    });
    if (loops) {
      for (std::size_t edge = 0; edge < list_.ends.size(); ++edge) {
        const auto [a, b] = ranked_ends()(edge);
        if (a == b) write(upper_begin[a]++, step(a, a, edge));
      }
    }
    return finished(edge_of_arc);
  }

 private:
  static AnyStep step(std::uint32_t from, std::uint32_t to, [[maybe_unused]] std::size_t edge) {
    if constexpr (labelled) return {from, to, static_cast<std::uint32_t>(edge)};
    else return {from, to};
  }
  /// The ends of edges as the rows will number them. A copy by value lets the compiler keep it in registers
  /// while steps are written.
  struct RankedEnds {
    const Ends* edge;
    const std::uint32_t* rank;
    std::pair<std::uint32_t, std::uint32_t> operator()(std::size_t i) const {
      const auto [source, target] = edge[i];
      return rank ? std::pair(rank[source.index], rank[target.index]) : std::pair(source.index, target.index);
    }
  };
  RankedEnds ranked_ends() const { return {list_.ends.data(), rank_.empty() ? nullptr : rank_.data()}; }

  /// The steps that each edge gives, parted. Blocks depend on the number of edges alone.
  template <class StepsOf>
  Parts<AnyStep> parted_edges(std::size_t steps, StepsOf&& steps_of) {
    const std::size_t edges = list_.ends.size();
    const std::size_t size = std::max<std::size_t>((edges + 63) / 64, std::size_t{1} << 15);
    const auto give = [=](std::size_t block, auto&& put) {
      const std::size_t last = std::min(edges, (block + 1) * size);
      for (std::size_t edge = block * size; edge < last; ++edge) steps_of(edge, put);
    };
    return partition(cut_, (edges + size - 1) / size, Buffer<AnyStep>(steps), job_, give, give);
  }

  void allocate(std::uint64_t arcs) {
    rows_.node = Buffer<std::uint32_t>(arcs);
    rows_.begin[list_.node_count] = arcs;
    if constexpr (labelled) label_ = Buffer<std::uint32_t>(arcs);
  }
  void write(std::uint64_t at, const AnyStep& step) {
    rows_.node[at] = step.to;
    if constexpr (labelled) label_[at] = step.edge;
  }
  Rows finished(Buffer<std::uint32_t>* edge_of_arc) {
    if constexpr (labelled) *edge_of_arc = std::move(label_);
    return std::move(rows_);
  }

  const EdgeList& list_;
  const std::span<const std::uint32_t> rank_;
  const Job& job_;
  const Cut cut_;
  Rows rows_;
  Buffer<std::uint32_t> label_;
};

template <class AnyStep>
Rows built_rows(const EdgeList& list, RowsOf side, std::span<const std::uint32_t> rank,
                Buffer<std::uint32_t>* edge_of_arc, const Job& job) {
  RowsBuilder<AnyStep> builder(list, rank, job);
  return list.ways == EdgeList::Ways::both ? builder.both_ways(edge_of_arc) : builder.one_way(side, edge_of_arc);
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
  return edge_of_arc ? built_rows<LabelledStep>(list, side, rank, edge_of_arc, job)
                     : built_rows<Step>(list, side, rank, nullptr, job);
}

Buffer<std::uint32_t> ranks_by_degree(const EdgeList& list) {
  // A degree is at most twice the number of edges.
  const bool narrow = list.ends.size() <= std::numeric_limits<std::uint32_t>::max() / 2;
  return narrow ? ranks_by_counting<std::uint32_t>(list) : ranks_by_counting<std::uint64_t>(list);
}

}  // namespace entente
