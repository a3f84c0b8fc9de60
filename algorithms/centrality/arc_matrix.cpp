#include "algorithms/centrality/arc_matrix.hpp"

#include <algorithm>
#include <cmath>

namespace entente {

namespace {

/// Blocks of about as much work: an arc is one read, a row about four.
constexpr std::uint64_t work_of_block = std::uint64_t{1} << 14;
constexpr std::uint64_t work_of_row = 4;

std::vector<std::size_t> borders_of_equal_work(const Rows& rows) {
  std::vector<std::size_t> border{0};
  std::uint64_t work = 0;
  for (std::uint32_t v = 0; v < rows.node_count(); ++v) {
    work += rows.degree(v) + work_of_row;
    if (work >= work_of_block) {
      border.push_back(v + std::size_t{1});
      work = 0;
    }
  }
  if (border.back() != rows.node_count()) border.push_back(rows.node_count());
  return border;
}

/// From this mean length on rows are long.
constexpr std::uint64_t long_row = 2048;

/// y(v) = sum of term(i) over the arcs i of row v. An addition waits for the one before it, so four sums run side by
/// side: those of four rows, which hub-first order makes about equally long, so that they end together; of
/// rows so long that few of them fill a block, four sums of one row.
template <class Term>
void sum_rows(const Rows& rows, double* y, std::size_t first, std::size_t last, Term term) {
  const std::uint64_t* begin = rows.begin.data();
  if (begin[last] - begin[first] >= long_row * (last - first)) {
    for (std::size_t v = first; v < last; ++v) {
      const std::uint64_t end = begin[v + 1];
      std::uint64_t i = begin[v];
      double sum = 0, second = 0, third = 0, fourth = 0;
      for (; i + 4 <= end; i += 4) {
        sum += term(i);
        second += term(i + 1);
        third += term(i + 2);
        fourth += term(i + 3);
      }
      sum = (sum + second) + (third + fourth);
      for (; i < end; ++i) sum += term(i);
      y[v] = sum;
    }
    return;
  }
  std::size_t v = first;
  for (; v + 4 <= last; v += 4) {
    const std::uint64_t* const b = begin + v;
    const std::uint64_t shared = std::min(std::min(b[1] - b[0], b[2] - b[1]), std::min(b[3] - b[2], b[4] - b[3]));
    double sum = 0, second = 0, third = 0, fourth = 0;
    for (std::uint64_t i = 0; i < shared; ++i) {
      sum += term(b[0] + i);
      second += term(b[1] + i);
      third += term(b[2] + i);
      fourth += term(b[3] + i);
    }
    for (std::uint64_t i = b[0] + shared; i < b[1]; ++i) sum += term(i);
    for (std::uint64_t i = b[1] + shared; i < b[2]; ++i) second += term(i);
    for (std::uint64_t i = b[2] + shared; i < b[3]; ++i) third += term(i);
    for (std::uint64_t i = b[3] + shared; i < b[4]; ++i) fourth += term(i);
    y[v] = sum;
    y[v + 1] = second;
    y[v + 2] = third;
    y[v + 3] = fourth;
  }
  for (; v < last; ++v) {
    double sum = 0;
    for (std::uint64_t i = begin[v]; i < begin[v + 1]; ++i) sum += term(i);
    y[v] = sum;
  }
}

}  // namespace

ArcMatrix::ArcMatrix(const Graph& graph, Of side, const EdgeColumn<double>* weight, double scale, const Job& job)
    : hub_first_(&graph.hub_first(job)),
      rows_(side == Of::entering ? &hub_first_->in(job) : &hub_first_->out()),
      border_(borders_of_equal_work(*rows_)) {
  if (!weight) return;
  const Buffer<std::uint32_t>& edge = side == Of::entering ? hub_first_->in_edge(job) : hub_first_->out_edge(job);
  weight_ = Buffer<double>(edge.size());
  for_each_index(
      edge.size(), job, [&](std::size_t i) { weight_[i] = (*weight)[EdgeId{edge[i]}] / scale; }, work_of_block);
}

std::size_t ArcMatrix::blocks_with_arcs() const {
  const auto has_arcs_after = [this](std::size_t row) { return rows_->begin[row] < rows_->arc_count(); };
  return static_cast<std::size_t>(std::ranges::partition_point(border_, has_arcs_after) - border_.begin());
}

template <class Number>
void ArcMatrix::sum_of_rows(const Number* x, double* y, std::size_t first, std::size_t last) const {
  const std::uint32_t* node = rows_->node.data();
  const double* weight = weight_.data();
  if (weight_.empty()) sum_rows(*rows_, y, first, last, [=](std::uint64_t i) { return x[node[i]]; });
  else sum_rows(*rows_, y, first, last, [=](std::uint64_t i) { return x[node[i]] * weight[i]; });
}

void ArcMatrix::multiply_rows(const double* x, double* y, std::size_t first, std::size_t last) const {
  sum_of_rows(x, y, first, last);
}
void ArcMatrix::multiply_rows(const float* x, double* y, std::size_t first, std::size_t last) const {
  sum_of_rows(x, y, first, last);
}

void ArcMatrix::multiply(const Buffer<double>& x, Buffer<double>& y, const Job& job) const {
  multiply(x, y, job, [](std::size_t, std::size_t) {});
}

Buffer<double> ArcMatrix::row_sums(const Job& job) const {
  Buffer<double> sum(size());
  const double* weight = weight_.data();
  for_rows(job, [&](std::size_t first, std::size_t last) {
    if (weight_.empty()) sum_rows(*rows_, sum.data(), first, last, [](std::uint64_t) { return 1.0; });
    else sum_rows(*rows_, sum.data(), first, last, [=](std::uint64_t i) { return weight[i]; });
  });
  return sum;
}

double weight_scale(const EdgeColumn<double>* weight) {
  if (!weight) return 1;
  double largest = 0;
  for (const double value : weight->values()) largest = std::max(largest, value);
  return largest > 0 ? largest : 1;
}

double euclidean_norm(const ArcMatrix& matrix, const Buffer<double>& x, const Job& job) {
  return std::sqrt(matrix.for_rows(job, [&](std::size_t first, std::size_t last) {
    Sums<1> square{};
    for (std::size_t v = first; v < last; ++v) square[0] += x[v] * x[v];
    return square;
  })[0]);
}

void scale_to_maximum(NodeColumn<double>& x) {
  double largest = 0;
  for (const double value : x.values()) largest = std::max(largest, value);
  if (!(largest > 0)) return;
  for (double& value : x.values()) value /= largest;
}

}  // namespace entente
