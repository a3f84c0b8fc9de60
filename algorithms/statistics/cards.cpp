#include "algorithms/statistics/cards.hpp"

#include "algorithms/statistics/statistics.hpp"
#include "algorithms/statistics/triangles.hpp"

namespace entente {

std::vector<Card> statistics_cards() { return {statistics_card(), clustering_card(), triangles_card()}; }

}  // namespace entente
