#pragma once

#include <string>

#include "viz/sankey_data.hpp"

namespace entente {

/// "A → B" and all that is known of the flow: kind, class of status, exact amount, its ties with dates, statuses,
/// quotes and documents. Lines are separated by line feeds; long lists say how much they leave out.
std::string sankey_link_words(const SankeyData& data, const SankeyLink& link, const SankeySpec& spec);

/// The node with its exact balance, and what a bundle holds.
std::string sankey_node_words(const SankeyData& data, const SankeyNode& node, const SankeySpec& spec);

/// The first http or https address among the documents of the flow, or empty.
std::string sankey_link_address(const SankeyData& data, const SankeyLink& link);

/// "USD 1,200 in 3 ties, 2 of unknown amount".
std::string sankey_sum_words(const SankeyData& data, std::int64_t units, std::size_t stated, std::size_t unknown);

/// The same of the whole drawing, by class of status and family of kinds where there are several: they are no one sum.
std::string sankey_total_words(const SankeyData& data);

/// One or two sentences for those who cannot see the picture.
std::string sankey_description(const SankeyData& data);

}  // namespace entente
