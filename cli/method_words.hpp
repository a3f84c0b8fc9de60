#pragma once

#include <string>

#include "algorithms/card.hpp"
#include "cli/session.hpp"

namespace entente {

/// A measure is a card that needs no ends and whose first result is a number per node under its own name.
bool is_measure(const Card& card);

/// Cards that clusters and flow take as their method.
bool is_cluster_method(const Card& card);
bool is_flow_method(const Card& card);

/// "entente clusters NET --method leiden": how to ask for a card. A command that is called as the card comes before run.
std::string call_of(const Card& card, const Session& session);

/// What to ask for instead of a name that is not known where it was given: "It is called core here: entente centrality
/// NET core." Empty where the registry knows nothing by it.
std::string other_name_advice(const std::string& name, const Session& session);

}  // namespace entente
