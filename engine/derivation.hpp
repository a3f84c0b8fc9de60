#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/network_builder.hpp"
#include "engine/selection.hpp"

namespace entente {

/// A node on its way into a derived network. The views must live until it is added.
struct NodeDraft {
  std::string_view key, kind, name, country;
  std::vector<std::string_view> further;  // one per node column, in the order of Derivation
};

/// A tie on its way into a derived network. The views must live until it is added.
struct TieDraft {
  std::string_view key, source, target, kind, status, start, end, agreement;
  bool directed = false;
  std::optional<Money> amount;
  std::vector<std::string_view> further;  // one per edge column, in the order of Derivation
};

/// Makes a network out of another one, through the one door, NetworkBuilder: name, hidden kinds,
/// checksum, sources and columns are those of the origin, and its description names the step. The
/// caller declares new columns, adds nodes, then ties; evidence and names are carried by key.
class Derivation {
 public:
  /// `step` is a sentence without its dot: "Derived by collapsing country".
  Derivation(const Network& from, const std::string& step);

  /// Declares a new column and returns its place in `further`. All before the first row.
  std::size_t new_node_column(const std::string& name, CellType type, std::string description);
  /// As above; but a column of the same name is used again where it holds what the new one would:
  /// numbers for numbers, text for text.
  std::size_t new_or_same_edge_column(const std::string& name, CellType type, std::string description);

  std::size_t node_column_count() const { return node_columns_.size(); }
  std::size_t edge_column_count() const { return edge_columns_.size(); }

  NodeDraft draft(NodeId node) const;
  TieDraft draft(EdgeId edge) const;

  void add(const NodeDraft& node);
  void add(const TieDraft& tie);
  /// A node with its names and evidence; a tie with its evidence.
  void copy(NodeId node);
  void copy(EdgeId edge);

  void carry_names(NodeId from, std::string_view key);
  void carry_evidence(NodeId from, std::string_view key);
  void carry_evidence(EdgeId from, std::string_view key);

  /// A key that neither the origin nor this derivation has: the one wanted, or with "_2", "_3" ...
  std::string free_node_key(const std::string& wanted);
  std::string free_tie_key(const std::string& wanted);

  /// Freezes. Errors: bad_input where a row did not pass the builder.
  Result<NetworkPtr> build();

 private:
  struct NewColumn {
    std::string name;
    CellType type;
    std::string description;
  };
  void declare_columns();
  EvidenceRow evidence_row(const Evidence& evidence, std::string_view key) const;

  const Network& from_;
  NetworkBuilder builder_;
  std::vector<NewColumn> node_columns_, edge_columns_;
  bool declared_ = false;
  std::unordered_set<std::string> new_node_keys_, new_tie_keys_;
};

/// The whole of a derived network as a selection: `step` is added to the description of `before`, whose
/// notes and treatment of directions go on.
Selection continued(const Selection& before, NetworkPtr derived, const std::string& step);

/// A selection as a network of its own: its nodes and ties in their order, with all that belongs to
/// them. O(n + m).
Result<NetworkPtr> copy_of(const Selection& selection);

}  // namespace entente
