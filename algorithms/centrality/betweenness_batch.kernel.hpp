// Brandes' accumulation from sixteen sources at a time; compiled for each instruction set.
//
// The trick: all searches of a batch walk in step, one hop a level, and a node holds its sixteen path counts
// side by side, so that an arc costs one addition of a whole line. No masks are needed on the way:
//
//   * A lane in which v is still unvisited sees only neighbours of the level before, or unvisited
//     ones, whose count is 0. So the sum over the whole row of v is sigma(v).
//   * A lane in which v is of level k sees shares only of successors of level k + 1: those of levels <= k are not
//     yet there and are 0. So the sum over the whole row of v is the sum over its successors.
//
// Both hold because the lines of a level are put in place when the level is complete.

#include "algorithms/centrality/betweenness_line.kernel.hpp"

namespace entente::ENTENTE_ISA {

template <class Count>
using CountLine = BatchLine<Count, 16>;
using ShareLine = BatchLine<double, 8>;

/// Eight counts as doubles.
[[gnu::always_inline]] inline ShareLine batch_counts(const double* from) { return ShareLine::at(from); }
[[gnu::always_inline]] inline ShareLine batch_counts(const float* from) {
  typedef float Half __attribute__((vector_size(ShareLine::width / 2)));
  ShareLine line;
  for (std::size_t i = 0; i < ShareLine::parts; ++i) {
    Half half;
    std::memcpy(&half, from + i * ShareLine::in_part, sizeof half);
    line.part[i] = __builtin_convertvector(half, ShareLine::Part);
  }
  return line;
}

/// The sum of the lines of a row, in two strands that run side by side.
template <class Line, class T>
[[gnu::always_inline]] inline Line sum_of_row(const T* lines, std::size_t stride, const std::uint32_t* row,
                                              std::size_t size) {
  Line even = Line::zero(), odd = Line::zero();
  std::size_t i = 0;
  for (; i + 1 < size; i += 2) {
    even.add_at(lines + stride * row[i]);
    odd.add_at(lines + stride * row[i + 1]);
  }
  if (i < size) even.add_at(lines + stride * row[i]);
  even.add(odd);
  return even;
}

/// Walking down to a level costs, with arcs taken one by one, about this many times what an arc of a swept row
/// costs: it must look the node up first.
inline constexpr std::uint64_t cost_of_a_step = 3;

template <class Count>
class BatchSearch {
 public:
  BatchSearch(const BatchGraph& graph, const Batch& batch, BatchWorkspace& work)
      : g_(graph), batch_(batch), work_(work), count_(reinterpret_cast<Count*>(work.count.data())),
        pending_(reinterpret_cast<Count*>(work.pending.data())),
        full_((1u << batch.source.size()) - 1) {}

  BatchOutcome run() {
    const BatchOutcome searched = count_paths();
    if (searched != BatchOutcome::done) return searched;
    for (std::uint32_t half = 0; half < 2 && batch_.source.size() > 8 * half; ++half) {
      if (!gather_shares(half)) return BatchOutcome::stopped;
    }
    return BatchOutcome::done;
  }

 private:
  using Line = CountLine<Count>;
  static constexpr Count limit = sizeof(Count) == 4 ? static_cast<Count>(0x1p24) : static_cast<Count>(most_paths);

  std::size_t out_degree(std::uint32_t u) const { return g_.out_begin[u + 1] - g_.out_begin[u]; }
  std::size_t in_degree(std::uint32_t u) const { return g_.in_begin[u + 1] - g_.in_begin[u]; }
  bool stopped() const { return batch_.stop && (*batch_.stop)(); }

  BatchOutcome count_paths() {
    const std::uint32_t n = g_.node_count;
    std::memset(count_, 0, sizeof(Count) * batch_lanes * n);
    std::memset(work_.visited.data(), 0, sizeof(std::uint16_t) * n);
    work_.entry.clear();
    work_.level.assign({0, 0});
    open_ = n;
    open_arcs_ = g_.in_begin[n] - g_.in_begin[0];
    for (std::uint32_t lane = 0; lane < batch_.source.size(); ++lane) {
      const std::uint32_t s = batch_.source[lane];
      count_[batch_lanes * s + lane] = 1;
      work_.entry.push_back({s, 1u << lane});
      visit(s, 1u << lane);
    }
    work_.level.back() = work_.entry.size();
    while (open_ > 0) {
      if (stopped()) return BatchOutcome::stopped;
      const std::size_t first = work_.level[work_.level.size() - 2], last = work_.level.back();
      std::uint64_t arcs = 0;
      for (std::size_t i = first; i < last; ++i) arcs += out_degree(work_.entry[i].node);
      const bool few = arcs * cost_of_a_step < open_arcs_;
      work_.entry.resize(last + (few ? std::min<std::size_t>(arcs, n) : n));
      const std::uint32_t size = few ? step(first, last) : sweep(last);
      work_.entry.resize(last + size);
      if (size == 0) break;
      if (!put_in_place(last, size)) return BatchOutcome::too_many_paths;
      work_.level.push_back(last + size);
    }
    return BatchOutcome::done;
  }

  /// The next level along the arcs of the level [first, last); few nodes are in it.
  std::uint32_t step(std::size_t first, std::size_t last) {
    LevelEntry* const next = work_.entry.data() + last;
    std::uint32_t size = 0;
    for (std::size_t i = first; i < last; ++i) {
      const auto [u, lanes] = work_.entry[i];
      const Line line = Line::at(count_ + batch_lanes * u);
      for (std::uint64_t a = g_.out_begin[u]; a < g_.out_begin[u + 1]; ++a) {
        const std::uint32_t v = g_.out[a];
        const std::uint32_t fresh = lanes & ~std::uint32_t{work_.visited[v]};
        if (!fresh) continue;
        const std::uint32_t s = work_.slot[v];
        if (s < size && next[s].node == v) {
          next[s].lanes |= fresh;
          Line sum = Line::at(pending_ + batch_lanes * s);
          sum.add(line);
          sum.put(pending_ + batch_lanes * s);
        } else {
          work_.slot[v] = size;
          next[size] = {v, fresh};
          line.put(pending_ + batch_lanes * size);
          ++size;
        }
      }
    }
    return size;
  }

  /// The next level by the rows of all nodes that some lane has not reached.
  std::uint32_t sweep(std::size_t last) {
    LevelEntry* const next = work_.entry.data() + last;
    std::uint32_t size = 0;
    for (std::uint32_t v = 0; v < g_.node_count; ++v) {
      const std::uint32_t missing = full_ & ~std::uint32_t{work_.visited[v]};
      if (!missing) continue;
      const Line line = sum_of_row<Line>(count_, batch_lanes, g_.in + g_.in_begin[v], in_degree(v));
      const std::uint32_t fresh = line.nonzero() & missing;
      if (!fresh) continue;
      next[size] = {v, fresh};
      line.put(pending_ + batch_lanes * size);
      ++size;
    }
    return size;
  }

  bool put_in_place(std::size_t first, std::uint32_t size) {
    Line largest = Line::zero();
    for (std::uint32_t i = 0; i < size; ++i) {
      const auto [v, lanes] = work_.entry[first + i];
      Line line = Line::at(pending_ + batch_lanes * i);
      line.keep(lanes);
      largest.raise_to(line);
      line.add_at(count_ + batch_lanes * v);
      line.put(count_ + batch_lanes * v);
      visit(v, lanes);
    }
    Count lane[batch_lanes];
    largest.put(lane);
    for (const Count value : lane) {
      if (value >= limit) return false;
    }
    return true;
  }

  void visit(std::uint32_t v, std::uint32_t lanes) {
    const std::uint32_t now = work_.visited[v] | lanes;
    work_.visited[v] = static_cast<std::uint16_t>(now);
    if (now != full_) return;
    --open_;
    open_arcs_ -= in_degree(v);
  }

  /// From the last level up, for the lanes 8 * half and on, with weights W of the ends:
  ///     share(v) = W(v) / sigma(v) + sum of share(w),      delta(v) = sigma(v) * sum of share(w)
  bool gather_shares(std::uint32_t half) {
    std::memset(work_.share.data(), 0, sizeof(double) * 8 * g_.node_count);
    double* const share = work_.share.data();
    double* const pending = work_.pending.data();
    const ShareLine source_weight = ShareLine::at(batch_.source_weight.data() + 8 * half);
    const std::uint32_t shift = 8 * half;
    const std::size_t depth = work_.level.size() - 2;
    const std::size_t top = batch_.arc_sum ? 0 : 1;
    for (std::size_t k = depth + 1; k-- > top;) {
      if (stopped()) return false;
      const LevelEntry* const here = work_.entry.data() + work_.level[k];
      const std::size_t size = work_.level[k + 1] - work_.level[k];
      const bool stepped = k < depth && step_up(k, shift);
      for (std::size_t i = 0; i < size; ++i) {
        const std::uint32_t v = here[i].node, lanes = (here[i].lanes >> shift) & 255;
        if (!lanes) continue;
        const ShareLine sigma = batch_counts(count_ + batch_lanes * v + shift);
        ShareLine line = ShareLine::quotient(g_.weight[v], sigma);
        if (k < depth) {
          const ShareLine shares =
              stepped ? ShareLine::at(pending + 8 * i)
                      : sum_of_row<ShareLine>(share, 8, g_.out + g_.out_begin[v], out_degree(v));
          line.add(shares);
          ShareLine pairs = sigma;
          pairs.multiply(source_weight);
          pairs.keep(lanes);
          if (batch_.arc_sum) add_to_arcs(v, pairs);
          pairs.multiply(shares);
          if (k > 0) batch_.node_sum[v] += pairs.sum();
        }
        line.keep(lanes);
        line.put(pending + 8 * i);
      }
      for (std::size_t i = 0; i < size; ++i) {
        if (!((here[i].lanes >> shift) & 255)) continue;
        double* const at = share + 8 * std::size_t{here[i].node};
        ShareLine line = ShareLine::at(pending + 8 * i);
        line.add_at(at);
        line.put(at);
      }
    }
    return true;
  }

  /// Where few nodes are below level k, brings their shares up arc by arc into `pending`; else does nothing.
  bool step_up(std::size_t k, std::uint32_t shift) {
    if (batch_.arc_sum) return false;
    const LevelEntry* const here = work_.entry.data() + work_.level[k];
    const LevelEntry* const below = work_.entry.data() + work_.level[k + 1];
    const std::size_t size = work_.level[k + 1] - work_.level[k];
    const std::size_t size_below = work_.level[k + 2] - work_.level[k + 1];
    std::uint64_t arcs = 0, arcs_below = 0;
    for (std::size_t i = 0; i < size; ++i) arcs += out_degree(here[i].node);
    for (std::size_t i = 0; i < size_below; ++i) arcs_below += in_degree(below[i].node);
    if (arcs_below * cost_of_a_step >= arcs) return false;

    double* const pending = work_.pending.data();
    for (std::size_t i = 0; i < size; ++i) {
      work_.slot[here[i].node] = static_cast<std::uint32_t>(i);
      ShareLine::zero().put(pending + 8 * i);
    }
    for (std::size_t i = 0; i < size_below; ++i) {
      const std::uint32_t w = below[i].node, lanes = below[i].lanes & (255u << shift);
      if (!lanes) continue;
      const ShareLine line = ShareLine::at(work_.share.data() + 8 * std::size_t{w});
      for (std::uint64_t a = g_.in_begin[w]; a < g_.in_begin[w + 1]; ++a) {
        const std::uint32_t v = g_.in[a];
        const std::size_t s = work_.slot[v];
        if (s >= size || here[s].node != v || !(here[s].lanes & lanes)) continue;
        ShareLine sum = ShareLine::at(pending + 8 * s);
        sum.add(line);
        sum.put(pending + 8 * s);
      }
    }
    return true;
  }

  /// What pairs that run over v and then over each of its arcs add to the arc.
  void add_to_arcs(std::uint32_t v, const ShareLine& pairs) {
    for (std::uint64_t a = g_.out_begin[v]; a < g_.out_begin[v + 1]; ++a) {
      ShareLine over = ShareLine::at(work_.share.data() + 8 * std::size_t{g_.out[a]});
      over.multiply(pairs);
      batch_.arc_sum[a - g_.out_begin[0]] += over.sum();
    }
  }

  const BatchGraph& g_;
  const Batch& batch_;
  BatchWorkspace& work_;
  Count* const count_;
  Count* const pending_;
  const std::uint32_t full_;
  std::uint32_t open_ = 0;        // nodes that some lane has not reached
  std::uint64_t open_arcs_ = 0;   // arcs into them
};

inline BatchOutcome batch_in_floats(const BatchGraph& graph, const Batch& batch, BatchWorkspace& work) {
  return BatchSearch<float>(graph, batch, work).run();
}
inline BatchOutcome batch_in_doubles(const BatchGraph& graph, const Batch& batch, BatchWorkspace& work) {
  return BatchSearch<double>(graph, batch, work).run();
}

}  // namespace entente::ENTENTE_ISA
