#include "algorithms/traversal/cards.hpp"

#include "algorithms/traversal/breadth_first.hpp"
#include "algorithms/traversal/shortest_lengths.hpp"

namespace entente {

std::vector<Card> traversal_cards() { return {breadth_first_card(), shortest_lengths_card()}; }

}  // namespace entente
