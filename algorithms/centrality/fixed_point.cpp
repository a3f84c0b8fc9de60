#include "algorithms/centrality/fixed_point.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace entente {

namespace {

/// The arithmetic error of a vector of floats in L1, relative: each is off by 2^-24 at most, and most of that cancels.
constexpr double error_of_floats = 0x1p-26;

/// Conjugate gradients in the inner product <x, S y>.
///
/// The sweep gathers S p. An error in a product harms the answer in proportion to |p|, which shrinks like the residual
/// [simoncini2003theory]: late products may be inexact. So once what is left is small enough S p is
/// gathered as floats, of which twice as many fit the cache; everything else stays in doubles. Isolates, on which
/// the system is x = b, are solved at once and not visited again.
Approach by_conjugate_gradients(const FixedPoint& system, Buffer<double>& x, Buffer<double>& r, double tolerance,
                                int most_products, const Job& job) {
  const ArcMatrix& M = *system.matrix;
  const Buffer<double>& share = *system.share;
  constexpr auto tied = ArcMatrix::Extent::up_to_last_arc;
  Buffer<double> p(x.size()), sent(x.size()), Ap(x.size());
  Buffer<float> sent_roughly;
  const std::uint64_t* const begin = M.rows().begin.data();
  auto [r_r, left, total] = M.for_rows(job, [&](std::size_t first, std::size_t last) {
    Sums<3> sum{};
    for (std::size_t v = first; v < last; ++v) {
      if (begin[v] == begin[v + 1]) x[v] += std::exchange(r[v], 0.0);
      p[v] = r[v];
      sent[v] = share[v] * p[v];
      sum[0] += r[v] * sent[v];
      sum[1] += std::abs(r[v]);
      sum[2] += x[v];
    }
    return sum;
  });

  Approach done{0, left};
  double unit = 1;  // floats count in this
  while (done.products < most_products && r_r > 0 && !job.cancelled()) {
    const double factor = system.factor * unit;
    const auto product = [&](std::size_t first, std::size_t last) {
      Sums<1> sum{};
      for (std::size_t v = first; v < last; ++v) {
        Ap[v] = p[v] - factor * Ap[v];
        sum[0] += share[v] * p[v] * Ap[v];
      }
      return sum;
    };
    const bool rough = !sent_roughly.empty();
    const double p_Ap = rough ? M.multiply(sent_roughly, Ap, job, product, tied)[0] : M.multiply(sent, Ap, job, product, tied)[0];
    ++done.products;
    job.report(system.what, static_cast<std::size_t>(done.products), static_cast<std::size_t>(most_products));
    if (!(p_Ap > 0)) break;  // rounding has eaten the direction
    const double step = r_r / p_Ap;
    const auto [next_r_r, next_left] = M.for_rows(job, [&](std::size_t first, std::size_t last) {
      Sums<2> sum{};
      for (std::size_t v = first; v < last; ++v) {
        r[v] -= step * Ap[v];
        sum[0] += r[v] * r[v] * share[v];
        sum[1] += std::abs(r[v]);
      }
      return sum;
    }, tied);
    const double turn = next_r_r / r_r;
    if (!M.weighted() && next_left > std::numeric_limits<double>::min() &&
        next_left * error_of_floats <= 0.1 * tolerance * total) {
      unit = next_left;
      if (!rough) sent_roughly = Buffer<float>(x.size());
    }
    const bool rough_next = !sent_roughly.empty();
    const double to_unit = 1 / unit;
    total = M.for_rows(job, [&](std::size_t first, std::size_t last) {
      Sums<1> sum{};
      for (std::size_t v = first; v < last; ++v) {
        x[v] += step * p[v];
        p[v] = r[v] + turn * p[v];
        sum[0] += x[v];
      }
      for (std::size_t v = first; v < last && rough_next; ++v) sent_roughly[v] = static_cast<float>(share[v] * p[v] * to_unit);
      for (std::size_t v = first; v < last && !rough_next; ++v) sent[v] = share[v] * p[v];
      return sum;
    }, tied)[0];
    r_r = next_r_r;
    done.residual = next_left;
    if (done.residual <= tolerance * total) break;
  }
  return done;
}

/// Stabilised biconjugate gradients; the shadow residual is the first residual.
Approach by_biconjugate_gradients(const FixedPoint& system, Buffer<double>& x, Buffer<double>& r, double tolerance,
                                  int most_products, const Job& job) {
  const ArcMatrix& M = *system.matrix;
  const Buffer<double>& share = *system.share;
  Buffer<double> shadow(x.size()), p(x.size()), sent(x.size()), Ap(x.size()), Ar(x.size());
  auto [rho, left] = M.for_rows(job, [&](std::size_t first, std::size_t last) {
    Sums<2> sum{};
    for (std::size_t v = first; v < last; ++v) {
      shadow[v] = p[v] = r[v];
      sent[v] = share[v] * p[v];
      sum[0] += r[v] * r[v];
      sum[1] += std::abs(r[v]);
    }
    return sum;
  });

  Approach done{0, left};
  while (done.products + 2 <= most_products && rho != 0 && !job.cancelled()) {
    const double shadow_Ap = M.multiply(sent, Ap, job, [&](std::size_t first, std::size_t last) {
      Sums<1> sum{};
      for (std::size_t v = first; v < last; ++v) {
        Ap[v] = p[v] - system.factor * Ap[v];
        sum[0] += shadow[v] * Ap[v];
      }
      return sum;
    })[0];
    ++done.products;
    const double step = rho / shadow_Ap;
    if (!std::isfinite(step)) break;
    M.for_rows(job, [&](std::size_t first, std::size_t last) {
      for (std::size_t v = first; v < last; ++v) {
        r[v] -= step * Ap[v];
        sent[v] = share[v] * r[v];
      }
    });
    const auto [Ar_r, Ar_Ar] = M.multiply(sent, Ar, job, [&](std::size_t first, std::size_t last) {
      Sums<2> sum{};
      for (std::size_t v = first; v < last; ++v) {
        Ar[v] = r[v] - system.factor * Ar[v];
        sum[0] += Ar[v] * r[v];
        sum[1] += Ar[v] * Ar[v];
      }
      return sum;
    });
    ++done.products;
    job.report(system.what, static_cast<std::size_t>(done.products), static_cast<std::size_t>(most_products));
    const double smoothing = Ar_Ar > 0 ? Ar_r / Ar_Ar : 0;
    const auto [next_rho, next_left, total] = M.for_rows(job, [&](std::size_t first, std::size_t last) {
      Sums<3> sum{};
      for (std::size_t v = first; v < last; ++v) {
        x[v] += step * p[v] + smoothing * r[v];
        r[v] -= smoothing * Ar[v];
        sum[0] += shadow[v] * r[v];
        sum[1] += std::abs(r[v]);
        sum[2] += x[v];
      }
      return sum;
    });
    done.residual = next_left;
    const double turn = next_rho / rho * (step / smoothing);
    if (done.residual <= tolerance * total || !std::isfinite(turn)) break;
    rho = next_rho;
    M.for_rows(job, [&](std::size_t first, std::size_t last) {
      for (std::size_t v = first; v < last; ++v) {
        p[v] = r[v] + turn * (p[v] - smoothing * Ap[v]);
        sent[v] = share[v] * p[v];
      }
    });
  }
  return done;
}

}  // namespace

Approach approach_fixed_point(const FixedPoint& system, Buffer<double>& x, Buffer<double>& residual, double tolerance,
                              int most_products, const Job& job) {
  return system.matrix->symmetric() ? by_conjugate_gradients(system, x, residual, tolerance, most_products, job)
                                    : by_biconjugate_gradients(system, x, residual, tolerance, most_products, job);
}

int sweeps_to_gain(double tolerance, double factor) {
  if (!(factor > 0)) return 1;
  const double sweeps = std::ceil(std::log(tolerance) / std::log(factor));
  return static_cast<int>(std::clamp(sweeps, 1.0, 1e9));
}

}  // namespace entente
