#pragma once

#include <cstdint>
#include <vector>

#include "algorithms/funds/trace_network.hpp"
#include "engine/error.hpp"
#include "engine/job.hpp"

namespace entente {

struct Mixing {
  std::vector<double> share;            // per place: which part of all it handles is traced money, 0 … 1
  std::vector<std::uint32_t> loop;      // per place: number of the loop it lies on from 1, 0: on none
  std::uint32_t loops = 0;              // strongly connected parts of two places or more that the money reaches
  double open = 0;                      // units whose end the solution leaves open: a bound of the error of all ends
  std::size_t sweeps = 0, factored = 0; // over loops that iteration could solve; loops that took an LU factorisation
};

/// Money that arrives at a place is mixed with all that is there, and what leaves holds its part of the mixture:
///
///     share(v) * handled(v) = sum over moves u -> v of  share(u) * amount(u -> v),   share(origin) = 1
///
/// So a move carries share(u) * amount, and share(v) * kept(v) ends at v: an absorbing chain. It has exactly one
/// solution: a set of places which money enters and nothing leaves must keep something, since its payments add up.
///
/// The places that the money reaches are solved part by part, along the order of their strongly connected
/// parts: at once where money does not circle; else by Gauss-Seidel sweeps, which pass money on as far as it
/// gets and leave a rest on its way whose sum bounds the error; where the rest dwindles too slowly, by a sparse LU
/// factorisation of the part, refined with extended residuals, or by BiCGSTAB where the part is large.
///
/// Cost     O(n + m) and a sweep over the loops for each round of the money.
/// Repeats  bit for bit; one thread.
/// Errors   interrupted.
/// Source   [kemeny1960finite] absorbing chains; [tarjan1972depth]; [vandervorst1992bicgstab].
Result<Mixing> mix(const FundsNetwork& network, const Job& job = {});

/// For a unit at each place the chance that it ends at one of the places marked in `ends`; 0 where the money
/// never comes. Solved as `mix`, against the direction of the moves.
struct Prospects {
  std::vector<double> chance;  // per place
  double open = 0;             // units of the traced money by which the sum over all its ways may be wrong
};
Result<Prospects> prospects(const FundsNetwork& network, const Mixing& mixing, const std::vector<std::uint8_t>& ends,
                            const Job& job = {});

}  // namespace entente
