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

/// So many arcs ahead of the sum their memory is asked for.
constexpr std::uint64_t arcs_ahead = 512;

/// Whether the first row is far longer than most, as it is where there are hubs.
bool has_hubs(const Rows& rows) {
  return rows.node_count() > 0 && rows.degree(0) * rows.node_count() > 16 * rows.arc_count();
}

/// y(v) = sum of term(i) over the arcs i of row v. An addition waits for the one before it, so four sums run side by side:
/// four of a row; or, where no hub lies at the front to be found in the cache, those of four rows, which hub-first
/// order makes about equally long, so that they read x in about the same places at the same time.
///
/// The arcs are read once and in order, but the entries of x that are read between them hide that order from the
/// machine and lose their place in the cache to the arcs; so `ask_for(i)` asks for what term(i) will read of the arcs in
/// good time, and only to be used once.
template <class Term, class Ask>
void sum_rows(const Rows& rows, double* y, std::size_t first, std::size_t last, Term term, Ask ask_for) {
  const std::uint64_t* const begin = rows.begin.data();
  const auto sum_of = [&](std::uint64_t i, std::uint64_t end) {
    double sum = 0;
    for (; i < end; ++i) sum += term(i);
    return sum;
  };
  std::size_t v = first;
  if (!has_hubs(rows)) {
    for (; v + 4 <= last; v += 4) {
      const std::uint64_t* const b = begin + v;
      const std::uint64_t shared = std::min(std::min(b[1] - b[0], b[2] - b[1]), std::min(b[3] - b[2], b[4] - b[3]));
      for (std::uint64_t i = b[0]; i < b[4]; i += 16) ask_for(i + arcs_ahead);
      double sum = 0, second = 0, third = 0, fourth = 0;
      for (std::uint64_t i = 0; i < shared; ++i) {
        sum += term(b[0] + i);
        second += term(b[1] + i);
        third += term(b[2] + i);
        fourth += term(b[3] + i);
      }
      y[v] = sum + sum_of(b[0] + shared, b[1]);
      y[v + 1] = second + sum_of(b[1] + shared, b[2]);
      y[v + 2] = third + sum_of(b[2] + shared, b[3]);
      y[v + 3] = fourth + sum_of(b[3] + shared, b[4]);
    }
  }
  for (; v < last; ++v) {
    std::uint64_t i = begin[v];
    const std::uint64_t end = begin[v + 1];
    double sum = 0, second = 0, third = 0, fourth = 0;
    ask_for(i + arcs_ahead);
    for (; i + 8 <= end; i += 8) {
      ask_for(i + arcs_ahead);
      sum += term(i);
      second += term(i + 1);
      third += term(i + 2);
      fourth += term(i + 3);
      sum += term(i + 4);
      second += term(i + 5);
      third += term(i + 6);
      fourth += term(i + 7);
    }
    y[v] = (sum + second) + (third + fourth) + sum_of(i, end);
  }
}

template <class T>
void prefetch_once(const T* from) {
#ifdef __GNUC__
  __builtin_prefetch(from, 0, 0);
#endif
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
  const std::uint32_t* const node = rows_->node.data();
  const double* const weight = weight_.data();
  const std::uint64_t end = rows_->arc_count();
  if (weight_.empty()) {
    sum_rows(*rows_, y, first, last, [=](std::uint64_t i) { return x[node[i]]; },
             [=](std::uint64_t i) { prefetch_once(node + std::min(i, end)); });
  } else {
    sum_rows(*rows_, y, first, last, [=](std::uint64_t i) { return x[node[i]] * weight[i]; }, [=](std::uint64_t i) {
      prefetch_once(node + std::min(i, end));
      prefetch_once(weight + std::min(i, end));
    });
  }
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
    if (weight_.empty()) sum_rows(*rows_, sum.data(), first, last, [](std::uint64_t) { return 1.0; }, [](std::uint64_t) {});
    else sum_rows(*rows_, sum.data(), first, last, [=](std::uint64_t i) { return weight[i]; }, [](std::uint64_t) {});
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
