#include "algorithms/community/cards.hpp"

#include "algorithms/community/label_propagation.hpp"
#include "algorithms/community/leiden.hpp"
#include "algorithms/community/louvain.hpp"

namespace entente {

std::vector<Card> community_cards() { return {louvain_card(), leiden_card(), label_propagation_card()}; }

}  // namespace entente
