#include "algorithms/registry.hpp"

#include <algorithm>

#include "algorithms/centrality/cards.hpp"
#include "algorithms/cohesion/cards.hpp"
#include "algorithms/community/cards.hpp"
#include "algorithms/flow/cards.hpp"
#include "algorithms/funds/cards.hpp"
#include "algorithms/paths/cards.hpp"
#include "algorithms/statistics/cards.hpp"
#include "algorithms/traversal/cards.hpp"

namespace entente {

const std::vector<Card>& registry() {
  static const std::vector<Card> cards = [] {
    std::vector<Card> all;
    for (auto family : {centrality_cards, community_cards, cohesion_cards, traversal_cards, paths_cards, flow_cards, funds_cards, statistics_cards}) {
      for (Card& card : family()) all.push_back(std::move(card));
    }
    return all;
  }();
  return cards;
}

const Card* find_card(std::string_view name) {
  const auto found = std::ranges::find(registry(), name, &Card::name);
  return found == registry().end() ? nullptr : &*found;
}

}  // namespace entente
