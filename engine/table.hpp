#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/ids.hpp"
#include "engine/money.hpp"
#include "engine/network.hpp"

namespace entente {

/// One cell: nothing known, or a value with its type. Money stays exact to the last writer.
using TableCell = std::variant<std::monostate, bool, std::int64_t, double, std::string, Money, NodeId, EdgeId>;

/// What a column holds and in which unit.
struct TableColumn {
  std::string name;         // "betweenness"
  std::string unit;         // "share", "ties", "USD"; empty for text and pure numbers
  std::string description;  // one sentence
};

/// How a result came about: enough to compute it again and to notice that something changed.
struct Provenance {
  std::string network;    // name
  std::string checksum;   // SHA-256 of the input
  std::string selection;  // "kinds funding; since 2021", or "whole network"
  std::string algorithm;  // "pagerank", or empty
  std::vector<std::pair<std::string, std::string>> parameters;  // option, value as written
  std::string version;    // of Entente
  std::vector<std::string> notes;  // what was left out, guessed or not finished
};

/// A result: rows of typed cells under columns that carry their units, with where it came from.
/// NodeId and EdgeId cells point into `network`, so a writer can show names or link to evidence.
struct Table {
  std::string name;   // short, fit for a file name: "centrality"
  std::string title;  // one line for people
  NetworkPtr network;
  std::vector<TableColumn> columns;
  std::vector<std::vector<TableCell>> rows;
  Provenance provenance;
  bool complete = true;      // false: the listing was stopped before its end
  std::string completeness;  // "complete up to length 4", "stopped at 1000 paths"; empty if trivially complete
};

}  // namespace entente
