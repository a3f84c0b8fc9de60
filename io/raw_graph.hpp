#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/dictionary.hpp"
#include "engine/key_pool.hpp"
#include "engine/network_builder.hpp"
#include "io/format.hpp"

namespace entente {

/// A column of a file that tells its columns only as it goes along. Cells arrive in row order; those
/// that hold nothing take no room, since a hostile file can name a new column on every line.
class RawColumn {
 public:
  explicit RawColumn(std::string column_name) : name(std::move(column_name)) {}

  std::string name;
  std::optional<CellType> type;  // as the file states it

  /// `row` is the last row set, or a later one.
  void set(std::uint32_t row, std::string_view text) {
    if (!cells_.empty() && cells_.back().first == row) {
      cells_.back().second = values_.add(text);
    } else {
      cells_.emplace_back(row, values_.add(text));
    }
  }
  std::string_view text(std::size_t row) const {
    const auto found = std::ranges::lower_bound(cells_, row, {}, &std::pair<std::uint32_t, Dictionary::Code>::first);
    return found != cells_.end() && found->first == row ? std::string_view(values_.text(found->second)) : std::string_view();
  }
  const Dictionary& values() const { return values_; }
  std::size_t cell_count() const { return cells_.size(); }

 private:
  Dictionary values_;
  std::vector<std::pair<std::uint32_t, Dictionary::Code>> cells_;
};

struct RawPlace {
  std::uint64_t line = 0, column = 0;
};

/// Columns by name, in order of first appearance.
class RawTable {
 public:
  RawColumn& column(std::string_view name);
  RawColumn* find(std::string_view name);
  std::vector<RawColumn>& columns() { return columns_; }

 private:
  std::vector<RawColumn> columns_;
  Dictionary index_;
};

/// A graph as GraphML, DOT and JSON tell it: nodes and ties with whatever columns they bring. It
/// becomes a network by one set of rules, so that the three formats agree.
struct RawGraph {
  struct Tie {
    std::string source, target;
    std::int8_t directed = -1;  // -1: as the whole file, or the caller, says
    RawPlace place;
  };
  std::vector<std::string> node_keys;  // declared, in order, repetitions included
  std::vector<RawPlace> node_places;
  RawTable nodes;
  std::vector<Tie> ties;
  RawTable edges;              // its columns id and key are candidates for the ids of ties
  std::int8_t directed = -1;   // what the file says of all ties
  bool implicit_nodes = false; // ends need not be declared
  std::string sources;         // JSON array of sources, as our own writers put it; or empty
  NetworkInfo info;
  std::vector<std::string> guesses;
  std::vector<Remark> refused_ties;  // hyperedges and their like
  std::size_t file_bytes = 0;
};

/// Columns that have a meaning here (kind, name or label, country; kind, status, start, end, amount with
/// currency, agreement, directed) are given it where all their values fit, and are further columns
/// otherwise, which the ledger says. Columns `names` and `evidence` that hold the JSON of our
/// writers become names and evidence again.
/// Errors: bad_input for so many different columns that the table would outgrow its file a hundredfold.
Result<NetworkPtr> network_of(RawGraph graph, const std::string& file, const ReadOptions& options);

}  // namespace entente
