#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/job.hpp"

namespace entente {

/// handled(i) x(i) = right(i) + sum over the entries of row i of  amount * x(column), with right >= 0 and amounts
/// that exceed what is handled neither in a row nor in a column, and somewhere fall short of it in each.
struct LoopSystem {
  std::vector<double> handled, right;
  std::vector<std::size_t> row_begin;  // n + 1
  std::vector<std::uint32_t> column;
  std::vector<double> amount;
  std::size_t size() const { return handled.size(); }
};

struct LoopSolution {
  std::vector<double> x;
  double open = 0;  // sum over rows of weight * |what the equation of the row leaves unequal|
  std::size_t sweeps = 0, factored = 0;
};

/// Solves until at most `allowed` is left open, or no way is left to get nearer. Gauss-Seidel from 0 never
/// overshoots; where it gains too little, sparse LU with refinement, or beyond its size BiCGSTAB with sweeps as
/// preconditioner. Without a value: cancelled.
std::optional<LoopSolution> solve_loop(const LoopSystem& system, const std::vector<double>& weight, double allowed,
                                       const Job& job);

}  // namespace entente
