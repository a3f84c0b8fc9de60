#pragma once

#include <functional>
#include <string_view>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// y = M x, for a matrix known only by what it does to a column.
using Product = std::function<void(const NodeColumn<double>& x, NodeColumn<double>& y)>;

struct Dominant {
  NodeColumn<double> vector;  // >= 0, unit Euclidean norm; all 0 where the start is
  double value = 0;           // the largest eigenvalue that the start leads to
  int products = 0;           // how often M was applied
  double residual = 0;        // |M x - value x| / value, Euclidean
  bool converged = true;      // residual <= tolerance
};

struct DominantOptions {
  double tolerance = 1e-12;
  int max_products = 10000;
};

/// The dominant eigenvector of a matrix M >= 0 by Arnoldi's method with restarts [saad2011numerical].
///
/// A Krylov space x, Mx, M²x, … of the start x holds, for each eigenvalue, only what x itself has of that
/// eigenspace. So where several parts of a network share the largest eigenvalue the answer is still one:
/// the projection of the start onto their eigenspace. Unlike the power method it needs no shift on
/// bipartite graphs and few products where the second eigenvalue is close.
/// Entries below 1e-14 are rounding and come back as 0.
///
/// Cost     one product, and O(20 n) for keeping the basis orthogonal, per step; 22 columns of n doubles.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   interrupted.
Result<Dominant> dominant_eigenvector(const Product& product, NodeColumn<double> start, const DominantOptions& options,
                                      std::string_view what, const Job& job);

/// 1 for each node on a cycle of arcs of weight > 0 or downstream of one, else 0. Walks of any length end
/// only there, so outside it the dominant eigenvector is 0; a graph without cycles has no eigenvalue but 0.
NodeColumn<double> downstream_of_cycles(const Graph& graph, const EdgeColumn<double>* weight);

/// The largest weight, to scale by, so that no square overflows; 1 for a null column or if all are 0.
double weight_scale(const EdgeColumn<double>* weight);

/// y(v) = sum over arcs u -> v of x(u) w(u,v) / scale: what flows in.
void sum_over_in_arcs(const Graph& graph, const EdgeColumn<double>* weight, double scale, const NodeColumn<double>& x,
                      NodeColumn<double>& y, const Job& job);
/// y(v) = sum over arcs v -> u of x(u) w(v,u) / scale.
void sum_over_out_arcs(const Graph& graph, const EdgeColumn<double>* weight, double scale, const NodeColumn<double>& x,
                       NodeColumn<double>& y, const Job& job);

/// Divides by the largest value, so that it becomes 1; all 0 stays so.
void scale_to_maximum(NodeColumn<double>& x);

/// sqrt(sum of x(v)²), in a fixed order.
double euclidean_norm(const NodeColumn<double>& x, const Job& job);

}  // namespace entente
