#pragma once

#include <string>
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

}  // namespace entente
