#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// "funding, funding.grant and 3 more": what is known, nearest to what was asked first, for error
/// sentences about a word that is not among them. Near means few letters changed, left out or
/// added; equals are in alphabetical order. "none" where `known` is empty.
std::string nearest_first(std::string_view asked, std::vector<std::string> known, std::size_t shown = 12);

}  // namespace entente
