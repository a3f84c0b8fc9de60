#pragma once

#include <string>

#include "algorithms/generate/partnership.hpp"
#include "engine/network.hpp"

namespace entente {

/// A made graph as a network, with ids "0", "1", … and ties without kind or direction.
Result<NetworkPtr> network_of(const GeneratedGraph& graph, const std::string& model);

/// A made partnership network, with ids "I0000000", names, kinds, countries, amounts, days, and the planted community of
/// each body in a further column.
Result<NetworkPtr> network_of(const PartnershipNetwork& made);

}  // namespace entente
