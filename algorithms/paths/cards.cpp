#include "algorithms/paths/cards.hpp"

#include "algorithms/paths/all_shortest.hpp"
#include "algorithms/paths/k_shortest.hpp"
#include "algorithms/paths/shortest.hpp"
#include "algorithms/paths/widest.hpp"

namespace entente {

std::vector<Card> paths_cards() {
  return {shortest_path_card(), all_shortest_paths_card(), k_shortest_paths_card(), widest_path_card()};
}

}  // namespace entente
