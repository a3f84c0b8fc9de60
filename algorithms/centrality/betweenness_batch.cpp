#include "algorithms/centrality/betweenness_batch.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "engine/simd.hpp"

#define ENTENTE_KERNEL "algorithms/centrality/betweenness_batch.kernel.hpp"
#include "engine/simd/each_isa.hpp"

namespace entente {

BatchOutcome add_batch(const BatchGraph& graph, const Batch& batch, BatchWorkspace& work, std::atomic<bool>& wide) {
  if (!wide.load(std::memory_order_relaxed)) {
    const BatchOutcome outcome = ENTENTE_DISPATCH(batch_in_floats)(graph, batch, work);
    if (outcome != BatchOutcome::too_many_paths) return outcome;
    wide.store(true, std::memory_order_relaxed);
  }
  work.widen();
  return ENTENTE_DISPATCH(batch_in_doubles)(graph, batch, work);
}

}  // namespace entente
