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

std::uint32_t label_of(const Step&) { return 0; }
std::uint32_t label_of(const LabelledStep& step) { return step.edge; }

/// How node numbers are cut into parts: the upper bits name the part.
struct Cut {
  explicit Cut(std::size_t node_count) {
    const int bits = static_cast<int>(std::bit_width(node_count));
    shift = bits - std::min(bits / 2, 9);
    parts = (node_count >> shift) + 1;
  }
  int shift = 0;
  std::size_t parts = 1;
};

/// Items of a pass are cut into at most 64 blocks, each with a count of its own for every part.
struct Blocks {
  explicit Blocks(std::size_t items)
      : size(std::max<std::size_t>((items + 63) / 64, std::size_t{1} << 15)), count((items + size - 1) / size) {}
  std::size_t size, count;
};

/// Stable partition by the part of `from`. `for_each_step(block, put)` calls put(step) for each step of the
/// block, the same ones each time. Returns where each part begins.
template <class AnyStep, class ForEachStep>
std::vector<std::uint64_t> partition(const Cut& cut, std::size_t blocks, Buffer<AnyStep>& steps, const Job& job,
                                     ForEachStep&& for_each_step) {
  std::vector<std::uint64_t> place(blocks * cut.parts, 0);
  for_each_block(blocks, job, [&](std::size_t block) {
    std::uint64_t* count = place.data() + block * cut.parts;
    for_each_step(block, [&](const AnyStep& step) { ++count[step.from >> cut.shift]; });
  });
  std::vector<std::uint64_t> part_begin(cut.parts + 1, 0);
  std::uint64_t total = 0;
  for (std::size_t part = 0; part < cut.parts; ++part) {
    part_begin[part] = total;
    for (std::size_t block = 0; block < blocks; ++block) {
      total += std::exchange(place[block * cut.parts + part], total);
    }
  }
  part_begin[cut.parts] = total;
  for_each_block(blocks, job, [&](std::size_t block) {
    std::uint64_t* next = place.data() + block * cut.parts;
    for_each_step(block, [&](const AnyStep& step) { steps[next[step.from >> cut.shift]++] = step; });
  });
  return part_begin;
}

/// Finishes what partition began: counts and scatters each part by the lower bits of `from`.
template <class AnyStep>
void scatter_parts(const Cut& cut, const std::vector<std::uint64_t>& part_begin, const Buffer<AnyStep>& steps,
                   Rows& rows, Buffer<std::uint32_t>* labels, const Job& job) {
  const std::size_t n = rows.node_count();
  const std::size_t width = std::size_t{1} << cut.shift;
  for_each_block(cut.parts, job, [&](std::size_t part) {
    const std::size_t first = part * width, last = std::min(n, first + width);
    if (first >= last) return;
    std::vector<std::uint64_t> next(last - first, 0);
    for (std::uint64_t i = part_begin[part]; i < part_begin[part + 1]; ++i) ++next[steps[i].from - first];
    std::uint64_t total = part_begin[part];
    for (std::size_t v = first; v < last; ++v) {
      rows.begin[v] = total;
      total += std::exchange(next[v - first], total);
    }
    for (std::uint64_t i = part_begin[part]; i < part_begin[part + 1]; ++i) {
      const std::uint64_t at = next[steps[i].from - first]++;
      rows.node[at] = steps[i].to;
      if (labels) (*labels)[at] = label_of(steps[i]);
    }
  });
  rows.begin[n] = part_begin[cut.parts];
}

/// Rows of the far ends, unsorted within a row, then turned over: as they are read in ascending order of the far
/// end, the rows of the near ends come out sorted.
template <class AnyStep>
Rows sorted_rows(const EdgeList& list, RowsOf side, std::span<const std::uint32_t> rank,
                 Buffer<std::uint32_t>* edge_of_arc, const Job& job) {
  constexpr bool labelled = std::is_same_v<AnyStep, LabelledStep>;
  const auto step = [](std::uint32_t from, std::uint32_t to, [[maybe_unused]] std::size_t edge) -> AnyStep {
    if constexpr (labelled) return {from, to, static_cast<std::uint32_t>(edge)};
    else return {from, to};
  };
  const Cut cut(list.node_count);
  const std::size_t arcs = list.arc_count();
  const std::size_t edges = list.ends.size();

  Rows rows;
  rows.begin = Buffer<std::uint64_t>(list.node_count + 1);
  rows.node = Buffer<std::uint32_t>(arcs);
  Buffer<std::uint32_t> label(labelled ? arcs : 0);
  Buffer<std::uint32_t>* labels = labelled ? &label : nullptr;
  {
    Buffer<AnyStep> steps(arcs);
    const Blocks blocks(edges);
    const auto by_far_end = partition(cut, blocks.count, steps, job, [&](std::size_t block, auto&& put) {
      const std::size_t last = std::min(edges, (block + 1) * blocks.size);
      for (std::size_t i = block * blocks.size; i < last; ++i) {
        std::uint32_t near = list.ends[i].source.index, far = list.ends[i].target.index;
        const bool both = list.runs_back(i);
        if (!rank.empty()) near = rank[near], far = rank[far];
        if (side == RowsOf::targets) std::swap(near, far);
        put(step(far, near, i));
        if (both) put(step(near, far, i));
      }
    });
    scatter_parts(cut, by_far_end, steps, rows, labels, job);
  }

  const Blocks blocks(arcs);
  Buffer<AnyStep> steps(arcs);
  const auto by_near_end = partition(cut, blocks.count, steps, job, [&](std::size_t block, auto&& put) {
    const std::uint64_t first = block * blocks.size, last = std::min<std::uint64_t>(arcs, first + blocks.size);
    const auto* row = std::upper_bound(rows.begin.begin(), rows.begin.end(), first) - 1;
    auto far = static_cast<std::uint32_t>(row - rows.begin.begin());
    for (std::uint64_t i = first; i < last; ++far) {
      const std::uint64_t row_end = std::min(last, rows.begin[far + 1]);
      for (; i < row_end; ++i) put(step(rows.node[i], far, labelled ? label[i] : 0));
    }
  });
  scatter_parts(cut, by_near_end, steps, rows, labels, job);
  if constexpr (labelled) *edge_of_arc = std::move(label);
  return rows;
}

/// The rows of an undirected graph from each edge's lower and upper end. A row is its lower neighbours, then its
/// upper ones. Read in ascending order, the lower neighbours write the upper halves in
/// ascending order, and these then write the lower halves: three passes over m edges, not two over 2 m arcs,
/// and where hubs come first most of the writes go to a few rows.
///
/// Threads read everything and write the rows of their own range, so the result does not know about them.
template <class Offset, bool labelled>
class SymmetricRows {
 public:
  SymmetricRows(const EdgeList& list, std::span<const std::uint32_t> rank, const Job& job)
      : list_(list), rank_(rank), job_(job), n_(list.node_count), m_(list.ends.size()),
        parts_(static_cast<std::size_t>(std::min(8, thread_count(job, m_ >> 17)))) {}

  Rows build(Buffer<std::uint32_t>* edge_of_arc) {
    count_halves();
    collect_lower();
    write_upper();
    write_lower();
    if constexpr (labelled) *edge_of_arc = std::move(label_);
    return std::move(rows_);
  }

 private:
  struct LowHigh {
    std::uint32_t low, high;
  };

  /// Where each half row begins; loops are the last of the lower half.
  void count_halves() {
    edges_ = Buffer<LowHigh>(m_);
    std::vector<Buffer<Offset>> lower(parts_), upper(parts_);
    for_each_block(parts_, job_, [&](std::size_t part) {
      Buffer<Offset> lows(n_, 0), highs(n_, 0);
      for (std::size_t i = part * m_ / parts_; i < (part + 1) * m_ / parts_; ++i) {
        std::uint32_t a = list_.ends[i].source.index, b = list_.ends[i].target.index;
        if (!rank_.empty()) a = rank_[a], b = rank_[b];
        edges_[i] = {std::min(a, b), std::max(a, b)};
        ++lows[edges_[i].high];
        highs[edges_[i].low] += a != b;
      }
      lower[part] = std::move(lows);
      upper[part] = std::move(highs);
    });
    rows_.begin = Buffer<std::uint64_t>(n_ + 1);
    first_begin_ = Buffer<Offset>(n_ + 1);
    upper_begin_ = Buffer<Offset>(n_);
    Offset arcs = 0, edges = 0;
    for (std::size_t v = 0; v < n_; ++v) {
      rows_.begin[v] = arcs;
      first_begin_[v] = edges;
      for (std::size_t part = 0; part < parts_; ++part) edges += lower[part][v];
      upper_begin_[v] = arcs + (edges - first_begin_[v]);
      arcs = upper_begin_[v];
      for (std::size_t part = 0; part < parts_; ++part) arcs += upper[part][v];
    }
    rows_.begin[n_] = arcs;
    first_begin_[n_] = edges;
  }

  /// The lower neighbours of each node, in edge order.
  void collect_lower() {
    first_ = Buffer<std::uint32_t>(m_);
    if constexpr (labelled) first_label_ = Buffer<std::uint32_t>(m_);
    for_each_range(first_begin_, [&](std::size_t begin, std::size_t end) {
      Buffer<Offset> next(end - begin);
      std::copy(first_begin_.begin() + begin, first_begin_.begin() + end, next.begin());
      for (std::size_t i = 0; i < m_; ++i) {
        const auto [low, high] = edges_[i];
        if (high - begin >= end - begin) continue;
        const Offset at = next[high - begin]++;
        first_[at] = low;
        if constexpr (labelled) first_label_[at] = static_cast<std::uint32_t>(i);
      }
    });
    edges_ = {};
  }

  void write_upper() {
    rows_.node = Buffer<std::uint32_t>(rows_.begin[n_]);
    if constexpr (labelled) label_ = Buffer<std::uint32_t>(rows_.begin[n_]);
    for_each_range(rows_.begin, [&](std::size_t begin, std::size_t end) {
      Buffer<Offset> next(end - begin);
      std::copy(upper_begin_.begin() + begin, upper_begin_.begin() + end, next.begin());
      for (std::size_t high = begin, i = first_begin_[begin]; high < n_; ++high) {
        for (; i < first_begin_[high + 1]; ++i) {
          const std::size_t low = first_[i];
          if (low - begin >= end - begin || low == high) continue;
          const Offset at = next[low - begin]++;
          rows_.node[at] = static_cast<std::uint32_t>(high);
          if constexpr (labelled) label_[at] = first_label_[i];
        }
      }
    });
  }

  void write_lower() {
    for_each_range(rows_.begin, [&](std::size_t begin, std::size_t end) {
      Buffer<Offset> next(end - begin);
      for (std::size_t v = begin; v < end; ++v) next[v - begin] = static_cast<Offset>(rows_.begin[v]);
      const auto place = [&](std::size_t high, std::size_t low, std::uint32_t edge) {
        const Offset at = next[high - begin]++;
        rows_.node[at] = static_cast<std::uint32_t>(low);
        if constexpr (labelled) label_[at] = edge;
      };
      for (std::size_t low = 0; low < end; ++low) {
        for (std::uint64_t at = upper_begin_[low]; at < rows_.begin[low + 1]; ++at) {
          const std::size_t high = rows_.node[at];
          if (high - begin < end - begin) place(high, low, labelled ? label_[at] : 0);
        }
        if (low >= begin && next[low - begin] < upper_begin_[low]) {  // what is missing are loops
          for (std::uint64_t i = first_begin_[low]; i < first_begin_[low + 1]; ++i) {
            if (first_[i] == low) place(low, low, labelled ? first_label_[i] : 0);
          }
        }
      }
    });
  }

  /// Calls work(begin, end) for ranges of nodes with about as many items each.
  template <class Begins, class Work>
  void for_each_range(const Begins& begins, Work&& work) {
    const auto border = [&](std::size_t part) {
      if (part == parts_) return n_;
      const auto items = static_cast<std::uint64_t>(begins[n_]) * part / parts_;
      return static_cast<std::size_t>(std::lower_bound(begins.begin(), begins.end(), items) - begins.begin());
    };
    for_each_block(parts_, job_, [&](std::size_t part) {
      const std::size_t begin = border(part), end = border(part + 1);
      if (begin < end) work(begin, end);
    });
  }

  const EdgeList& list_;
  const std::span<const std::uint32_t> rank_;
  const Job& job_;
  const std::size_t n_, m_, parts_;
  Buffer<LowHigh> edges_;
  Buffer<std::uint32_t> first_, first_label_;
  Buffer<Offset> first_begin_, upper_begin_;
  Rows rows_;
  Buffer<std::uint32_t> label_;
};

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
  if (list.ways == EdgeList::Ways::both) {
    const bool narrow = list.ends.size() <= std::numeric_limits<std::uint32_t>::max() / 2;
    if (edge_of_arc) {
      return narrow ? SymmetricRows<std::uint32_t, true>(list, rank, job).build(edge_of_arc)
                    : SymmetricRows<std::uint64_t, true>(list, rank, job).build(edge_of_arc);
    }
    return narrow ? SymmetricRows<std::uint32_t, false>(list, rank, job).build(nullptr)
                  : SymmetricRows<std::uint64_t, false>(list, rank, job).build(nullptr);
  }
  return edge_of_arc ? sorted_rows<LabelledStep>(list, side, rank, edge_of_arc, job)
                     : sorted_rows<Step>(list, side, rank, nullptr, job);
}

Buffer<std::uint32_t> ranks_by_degree(const EdgeList& list) {
  // A degree is at most twice the number of edges.
  const bool narrow = list.ends.size() <= std::numeric_limits<std::uint32_t>::max() / 2;
  return narrow ? ranks_by_counting<std::uint32_t>(list) : ranks_by_counting<std::uint64_t>(list);
}

}  // namespace entente
