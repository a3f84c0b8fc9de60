#include "engine/suggestion.hpp"

#include <algorithm>
#include <utility>

#include "engine/edit_distance.hpp"
#include "engine/text.hpp"

namespace entente {

std::string nearest_first(std::string_view asked, std::vector<std::string> known, std::size_t shown) {
  const std::string wanted = shortened(asked, 64);  // kinds and columns have short names
  std::erase(known, "");
  if (known.empty()) return "none";
  std::vector<std::pair<std::size_t, std::string>> ranked;
  ranked.reserve(known.size());
  for (std::string& text : known) {
    const std::size_t changes = edit_distance(wanted, shortened(text, 64));
    ranked.emplace_back(changes, std::move(text));
  }
  std::ranges::sort(ranked);
  std::string list;
  for (std::size_t i = 0; i < std::min(shown, ranked.size()); ++i) {
    if (i > 0) list += i + 1 == ranked.size() ? " and " : ", ";
    list += ranked[i].second;
  }
  if (ranked.size() > shown) list += " and " + std::to_string(ranked.size() - shown) + " more";
  return list;
}

}  // namespace entente
