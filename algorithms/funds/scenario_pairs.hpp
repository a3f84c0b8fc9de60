#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "algorithms/funds/ledger.hpp"
#include "algorithms/funds/scenario.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/job.hpp"

namespace entente {

/// What bodies lose when two funders leave together, and when each leaves alone. A body that leaves is not among the
/// losers of any of the three.
struct FunderPair {
  NodeId first, second;
  std::int64_t loss = 0;                           // together
  std::int64_t first_alone = 0, second_alone = 0;
  std::int64_t interaction() const { return loss - first_alone - second_alone; }
};

struct WorstPairs {
  std::vector<FunderPair> pairs;  // the worst first: by falling loss, then ids
  std::size_t tried = 0;          // pairs in all among the candidates
  bool complete = true;           // false: a run was stopped by its bound on work; its loss is at least what is told
};

/// The pairs of candidates whose leaving together takes most income from the bodies marked in `counted`: every pair is
/// tried with PassingOn.
///
/// Cost     k (k + 1) / 2 runs for k candidates, each of which sees only what its loss reaches; in parallel over pairs.
/// Repeats  exactly, whatever the number of threads.
/// Errors   bad_argument: a candidate that the graph lacks or that is named twice. interrupted.
Result<WorstPairs> worst_pairs(const FundsLedger& ledger, const PassingOn& model, std::span<const NodeId> candidates,
                               const NodeColumn<std::uint8_t>& counted, std::size_t most, const Job& job = {});

/// The bodies that give most, the largest first; ties by id.
std::vector<NodeId> largest_givers(const FundsLedger& ledger, std::size_t most);

Card worst_pair_card();

}  // namespace entente
