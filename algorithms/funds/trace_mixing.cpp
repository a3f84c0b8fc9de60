#include "algorithms/funds/trace_mixing.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include "algorithms/funds/trace_loop.hpp"
#include "algorithms/funds/trace_parts.hpp"

namespace entente {

namespace {

constexpr std::uint32_t not_in_loop = std::numeric_limits<std::uint32_t>::max();

/// What is left open where `put_in` units are traced: far below a unit, or as far as doubles tell them apart.
double open_allowed(const FundsNetwork& network) {
  return std::max(0x1p-20, 1e-14 * static_cast<double>(network.put_in));
}

/// The other end of each move in a row, and its amount.
class FundsRows {
 public:
  FundsRows(const FundsNetwork& network, bool against) : network_(network), against_(against) {}

  template <class Visit>
  void for_each(std::uint32_t v, Visit&& visit) const {
    if (!against_) {
      for (std::size_t i = network_.in_begin[v]; i < network_.in_begin[v + 1]; ++i) {
        visit(network_.moves[i].tail, static_cast<double>(network_.moves[i].amount));
      }
    } else {
      for (std::size_t k = network_.out_begin[v]; k < network_.out_begin[v + 1]; ++k) {
        const auto& move = network_.moves[network_.out[k]];
        visit(move.head, static_cast<double>(move.amount));
      }
    }
  }

 private:
  const FundsNetwork& network_;
  bool against_;
};

/// The equations of one loop on their own; what comes from elsewhere is known and stands on the right side.
LoopSystem loop_system(const FundsNetwork& network, const FundsRows& rows, std::span<const std::uint32_t> places,
                       const std::vector<double>& known, const std::vector<double>& alone,
                       std::vector<std::uint32_t>& position) {
  for (std::uint32_t i = 0; i < places.size(); ++i) position[places[i]] = i;
  LoopSystem system;
  system.row_begin.push_back(0);
  for (const std::uint32_t v : places) {
    double right = alone[v];
    rows.for_each(v, [&](std::uint32_t u, double amount) {
      if (position[u] == not_in_loop) {
        right += known[u] * amount;
      } else {
        system.column.push_back(position[u]);
        system.amount.push_back(amount);
      }
    });
    system.right.push_back(right);
    system.handled.push_back(static_cast<double>(network.handled[v]));
    system.row_begin.push_back(system.column.size());
  }
  for (const std::uint32_t v : places) position[v] = not_in_loop;
  return system;
}

struct SolvedParts {
  double open = 0;
  std::size_t sweeps = 0, factored = 0;
};

/// Solves  handled(v) x(v) = alone(v) + sum over the row of v of amount * x(other end)  for all parts, which must
/// come before those whose rows lead to them. weight(v): how much a unit of error in the equation of v costs.
template <class Parts, class Weight>
std::optional<SolvedParts> solve_funds_parts(const FundsNetwork& network, bool against, Parts&& part_at, std::size_t count,
                                  const std::vector<double>& alone, const Weight& weight, std::vector<double>& x,
                                  const Job& job) {
  const FundsRows rows(network, against);
  std::vector<std::uint32_t> position(network.places() + 1, not_in_loop);
  std::vector<double> weights;
  SolvedParts solved;
  std::size_t done = 0;
  for (std::size_t p = 0; p < count; ++p) {
    const std::span<const std::uint32_t> places = part_at(p);
    if (places.size() > 1) job.report("tracing money", done, network.places());
    if (places.size() == 1) {
      const std::uint32_t v = places[0];
      double sum = alone[v];
      rows.for_each(v, [&](std::uint32_t u, double amount) { sum += x[u] * amount; });
      x[v] = sum / static_cast<double>(network.handled[v]);
    } else {
      const LoopSystem system = loop_system(network, rows, places, x, alone, position);
      weights.clear();
      for (const std::uint32_t v : places) weights.push_back(weight(v));
      const auto loop = solve_loop(system, weights, open_allowed(network), job);
      if (!loop) return std::nullopt;
      for (std::size_t i = 0; i < places.size(); ++i) x[places[i]] = loop->x[i];
      solved.open += loop->open;
      solved.sweeps += loop->sweeps;
      solved.factored += loop->factored;
    }
    done += places.size();
    if ((p & 0x3FFF) == 0) {
      if (job.cancelled()) return std::nullopt;
      job.report("tracing money", done, network.places());
    }
  }
  return solved;
}

}  // namespace

Result<Mixing> mix(const FundsNetwork& network, const Job& job) {
  const FundsParts parts = parts_reached(network);
  Mixing mixing;
  mixing.share.assign(network.places() + 1, 0.0);
  mixing.share[network.origin()] = 1;
  mixing.loop.assign(network.places(), 0);
  const auto along = [&](std::size_t p) {  // the parts come against the order of the moves
    const std::size_t part = parts.count() - 1 - p;
    return std::span(parts.places).subspan(parts.part_begin[part], parts.part_begin[part + 1] - parts.part_begin[part]);
  };
  const std::vector<double> alone(network.places() + 1, 0.0);
  const auto solved = solve_funds_parts(network, false, along, parts.count(), alone, [](std::uint32_t) { return 1.0; },
                                  mixing.share, job);
  if (!solved) return interrupted();
  mixing.open = solved->open;
  mixing.sweeps = solved->sweeps;
  mixing.factored = solved->factored;
  for (std::size_t p = 0; p < parts.count(); ++p) {
    const auto places = along(p);
    if (places.size() < 2) continue;
    ++mixing.loops;
    for (const std::uint32_t v : places) mixing.loop[v] = mixing.loops;
  }
  return mixing;
}

Result<Prospects> prospects(const FundsNetwork& network, const Mixing& mixing, const std::vector<std::uint8_t>& ends,
                            const Job& job) {
  const FundsParts parts = parts_reached(network);
  const auto part_at = [&](std::size_t p) {
    return std::span(parts.places).subspan(parts.part_begin[p], parts.part_begin[p + 1] - parts.part_begin[p]);
  };
  std::vector<double> alone(network.places() + 1, 0.0);
  for (std::size_t v = 0; v < network.places(); ++v) {
    if (ends[v]) alone[v] = static_cast<double>(network.kept[v]);
  }
  Prospects answer;
  answer.chance.assign(network.places() + 1, 0.0);
  const auto weight = [&](std::uint32_t v) { return mixing.share[v]; };
  const auto solved = solve_funds_parts(network, true, part_at, parts.count(), alone, weight, answer.chance, job);
  if (!solved) return interrupted();
  answer.open = solved->open;
  return answer;
}

}  // namespace entente
