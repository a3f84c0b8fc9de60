#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/network.hpp"

namespace entente {

/// What a format leaves behind.
struct LeftBehind {
  bool node_columns = false;   // kinds, names, countries and further columns of nodes
  bool isolates = false;       // nodes without ties
  bool names = false;          // names beyond the one shown
  bool edge_evidence = false;
  bool node_evidence = false;
  bool sources = false;        // sources that no evidence names; with evidence, all of them
  bool package = false;        // title, description, licence, hidden kinds
  bool package_files = false;  // the descriptor's other properties and further files
  bool further_of_names = false;  // further columns of names and evidence
  bool types = false;          // the types of further columns
};

/// One sentence for each sort of thing that this network has and the format leaves behind.
std::vector<std::string> losses_of(const Network& network, const LeftBehind& left);

/// The names of these further columns as a format writes them: one that the format uses itself is written as
/// "key (2)", which a sentence in `losses` tells.
std::vector<std::string> written_names(std::span<const Attribute> attributes, std::span<const std::string_view> used,
                                       std::vector<std::string>& losses);

}  // namespace entente
