#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/buffer.hpp"
#include "engine/column.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"
#include "engine/parallel.hpp"

namespace entente {

/// Sums of several terms at once: what a block of rows contributes, and all blocks together.
template <std::size_t terms>
using Sums = std::array<double, terms>;

/// The matrix of weights of a graph, for measures that multiply with it again and again.
///
/// Rows and columns are ranks of HubFirst: the entries of a vector that most arcs ask for lie side by side
/// and stay in the cache, so that a product costs little more than reading the arcs. Work is cut
/// into blocks of about equally many arcs, for hubs are first: blocks of equally many rows
/// would put most of the work into the first. A row is summed in four interleaved
/// sums, and sums over rows block by block; so nothing depends on the number of threads.
class ArcMatrix {
 public:
  enum class Of : std::uint8_t {
    entering,  // (M x)(v) = sum over arcs u -> v of x(u) w(u,v) / scale
    leaving    // (M x)(v) = sum over arcs v -> u of x(u) w(v,u) / scale
  };

  /// `weight`: one value per edge, or null for all 1. 8 bytes an arc if there are weights, else nothing.
  ArcMatrix(const Graph& graph, Of side, const EdgeColumn<double>* weight, double scale, const Job& job);

  std::size_t size() const { return rows_->node_count(); }
  /// Whether every edge runs both ways.
  bool symmetric() const { return hub_first_->symmetric(); }
  const HubFirst& ranks() const { return *hub_first_; }
  const Rows& rows() const { return *rows_; }
  bool weighted() const { return !weight_.empty(); }

  /// M 1: the sum of each row.
  Buffer<double> row_sums(const Job& job) const;

  /// Hub-first order puts rows without arcs last; where every edge runs both ways these are the isolates.
  enum class Extent : std::uint8_t { all, up_to_last_arc };

  /// Runs `work(first, last)` on each block of rows [first, last). Returns the sums of what it returns.
  template <class Work>
  auto for_rows(const Job& job, Work&& work, Extent extent = Extent::all) const {
    return in_blocks(size() < rows_worth_a_thread ? on_one_thread(job) : job, extent, std::forward<Work>(work));
  }

  /// y = M x, and then, while the block is still in the cache, as for_rows. Sums are of doubles also where x is of
  /// floats, of which twice as many fit the cache.
  template <class Number, class Work>
  auto multiply(const Buffer<Number>& x, Buffer<double>& y, const Job& job, Work&& then, Extent extent = Extent::all) const {
    return in_blocks(rows_->arc_count() < arcs_worth_a_thread ? on_one_thread(job) : job, extent,
                     [&](std::size_t first, std::size_t last) {
                       multiply_rows(x.data(), y.data(), first, last);
                       return then(first, last);
                     });
  }
  void multiply(const Buffer<double>& x, Buffer<double>& y, const Job& job) const;

 private:
  static constexpr std::size_t rows_worth_a_thread = std::size_t{1} << 16;
  static constexpr std::size_t arcs_worth_a_thread = std::size_t{1} << 17;

  static Job on_one_thread(const Job& job) { return {.threads = 1, .cancel = job.cancel, .progress = {}}; }
  std::size_t blocks_with_arcs() const;
  void multiply_rows(const double* x, double* y, std::size_t first, std::size_t last) const;
  void multiply_rows(const float* x, double* y, std::size_t first, std::size_t last) const;
  template <class Number>
  void sum_of_rows(const Number* x, double* y, std::size_t first, std::size_t last) const;

  template <class Work>
  auto in_blocks(const Job& job, Extent extent, Work&& work) const {
    using Value = std::invoke_result_t<Work&, std::size_t, std::size_t>;
    const std::size_t blocks = extent == Extent::all ? border_.size() - 1 : blocks_with_arcs();
    if constexpr (std::is_void_v<Value>) {
      for_each_block(blocks, job, [&](std::size_t b) { work(border_[b], border_[b + 1]); });
    } else {
      std::vector<Value> part(blocks);
      for_each_block(blocks, job, [&](std::size_t b) { part[b] = work(border_[b], border_[b + 1]); });
      Value total{};
      for (const Value& sums : part) {
        for (std::size_t i = 0; i < total.size(); ++i) total[i] += sums[i];
      }
      return total;
    }
  }

  const HubFirst* hub_first_;
  const Rows* rows_;
  Buffer<double> weight_;            // of each arc; empty: all 1
  std::vector<std::size_t> border_;  // of the blocks of rows
};

/// The largest weight, to scale by, so that no square overflows; 1 for a null column or if all are 0.
double weight_scale(const EdgeColumn<double>* weight);

/// sqrt(sum of x(v)²), in the order of the matrix's blocks.
double euclidean_norm(const ArcMatrix& matrix, const Buffer<double>& x, const Job& job);

/// Divides by the largest value, so that it becomes 1; all 0 stays so.
void scale_to_maximum(NodeColumn<double>& x);

}  // namespace entente
