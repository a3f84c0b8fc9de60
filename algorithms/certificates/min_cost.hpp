#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// What a minimum-cost flow was asked; null: costs of 1, no lower bounds.
struct PricedNetwork {
  const Graph* graph = nullptr;
  const EdgeColumn<std::int64_t>* capacity = nullptr;
  const EdgeColumn<std::int64_t>* cost = nullptr;
  const EdgeColumn<std::int64_t>* least = nullptr;
  std::span<const NodeId> from, to;
};

/// Whether a flow is the cheapest of its value, by complementary slackness [ahuja1993network]: it is possible, and the
/// potentials leave no edge that could carry more and would save by it, or carry less and would. Returns its value.
/// O(n + m). Errors: bad_argument with the first edge or node where it does not hold; overflow of the value.
Result<std::int64_t> cheapest_flow_value(const PricedNetwork& network, const EdgeColumn<std::int64_t>& flow,
                                         const NodeColumn<std::int64_t>& potential);

/// Whether a set of nodes shows that no flow of the amount (empty: of any) keeps the lower bounds: more must enter it
/// than can leave [hoffman1960some]. O(n + m). Errors: bad_argument where it shows nothing of the kind.
Result<void> check_shortfall(const PricedNetwork& network, std::optional<std::int64_t> amount,
                             const NodeColumn<std::uint8_t>& set);

}  // namespace entente
