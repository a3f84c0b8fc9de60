#include "algorithms/cohesion/cards.hpp"

#include "algorithms/cohesion/bicomponents.hpp"
#include "algorithms/cohesion/cohesion.hpp"
#include "algorithms/cohesion/components.hpp"
#include "algorithms/cohesion/spanning_forest.hpp"

namespace entente {

std::vector<Card> cohesion_cards() {
  return {components_card(), strong_components_card(), bicomponents_card(), spanning_forest_card(),
          cohesion_card()};
}

}  // namespace entente
