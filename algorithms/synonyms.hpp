#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "algorithms/card.hpp"

namespace entente {

/// Names that other programs and books give to what the registry calls `card`.
struct Synonym {
  std::string_view names;   // separated by blanks: "k-core coreness"
  std::string_view card;
  std::string_view result;  // one of its results, where that is what is meant; empty: the algorithm itself
  bool same = true;         // false: another method with the same purpose
};

/// The one list of them.
std::span<const Synonym> synonyms();

/// The other names of a card, or of one of its results, as the list writes them.
std::vector<std::string> other_names(const Card& card, std::string_view result = {});

/// What a name means in the registry.
struct MeantHere {
  const Card* card = nullptr;
  std::string_view result;
  bool same = true;
};

/// What is meant by a name that need not be the registry's: "HITS", "k-core", "Betweenness centrality", "max flow". Case, blanks
/// and marks do not count, nor does a word like "centrality" or "algorithm" at the end. Empty where nothing is known by it.
std::vector<MeantHere> known_as(std::string_view name);

}  // namespace entente
