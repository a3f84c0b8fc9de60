#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/network.hpp"

namespace entente {

/// One cell on its way in: its text, its column in the line (0 = not known), and how many lines below
/// the first line of its row it begins (cells may hold line ends).
struct Cell {
  std::string_view text;
  std::uint64_t column = 0;
  std::uint32_t below = 0;
};

/// Where a row stands. `file` is a short name as a reader knows it: "edges.csv".
struct RowPlace {
  std::string_view file;
  std::uint64_t line = 0;
};

struct NodeRow {
  RowPlace place;
  Cell key, kind, name, country;
  std::vector<Cell> further;  // one per declared node attribute
};

struct EdgeRow {
  RowPlace place;
  Cell key, source, target, kind, directed, status, start, end, amount, currency, agreement;
  std::vector<Cell> further;  // one per declared edge attribute
};

struct NameRow {
  RowPlace place;
  Cell node, text, lang, type, source;
  std::vector<Cell> further = {};  // cells of NetworkInfo::name_columns
};

struct EvidenceRow {
  RowPlace place;
  Cell subject, source, quote, locator, field;  // subject: key of a tie or a node
  std::vector<Cell> further = {};
};

struct SourceRow {
  RowPlace place;
  Cell key, title, publisher, date, url, lang, file;
  std::vector<Cell> further;
};

/// How the builder treats what the rows leave open.
struct BuilderOptions {
  bool implicit_nodes = false;  // an end that no row declared becomes a node
  enum class Direction { by_kind, directed, mutual } without_direction = Direction::by_kind;
};

/// The only door into a Network: every check of the data is here, and every row is accounted for.
///
/// Add nodes first, then names, sources and ties, then evidence. A row that fails a check is
/// refused: it is counted and its place and reason go into the ledger, and the rest goes on. What
/// refused rows mean for the user (stop, or go on with the rest) is for the caller to decide.
///
/// Checks: keys present and unique; text is valid UTF-8 without control characters; ends declared;
/// dates are EDTF, ends not before starts; amounts are exact decimals, not negative, with an
/// ISO 4217 code; directions are true or false (or True, TRUE, 1 and their like); countries are two letters; sources of evidence exist.
class NetworkBuilder {
 public:
  explicit NetworkBuilder(NetworkInfo info, BuilderOptions options = {});

  NetworkInfo& info() { return network_->info_; }

  /// Declares further columns, before the rows that carry them. One that has the name of a column with a
  /// meaning of its own (id, kind, source, amount, …) or of another further one is kept as "name (2)", so that
  /// no writer can mistake it for that; the ledger's guesses say so.
  void declare_node_attribute(std::string name, CellType type, std::string description = {});
  void declare_edge_attribute(std::string name, CellType type, std::string description = {});

  /// The further columns so far, for settling their types when no schema states them.
  std::vector<Attribute>& node_attributes() { return network_->node_attributes_; }
  std::vector<Attribute>& edge_attributes() { return network_->edge_attributes_; }

  /// Each returns whether the row was kept (or merged with an equal one).
  bool add(const NodeRow& row);
  bool add(const NameRow& row);
  bool add(const SourceRow& row);
  bool add(const EdgeRow& row);
  bool add_edge_evidence(const EvidenceRow& row);
  bool add_node_evidence(const EvidenceRow& row);

  /// For what a reader itself refuses (a row with too few cells), so that the account stays whole.
  void refuse(std::string_view table, Place place, std::string reason);
  /// For a row of a table that is not ours and passed the reader's checks, for the same reason.
  void count_kept(std::string_view table);
  /// For what a reader guessed.
  void guess(Place place, std::string text);

  void reserve(std::size_t nodes, std::size_t edges);

  /// The account so far; its tables are brought up to date by this call.
  const Ledger& ledger() const;
  std::size_t node_count() const { return network_->node_count(); }
  std::size_t edge_count() const { return network_->edge_count(); }

  /// Freezes. The builder is empty afterwards, as if new.
  NetworkPtr build();

 private:
  void declare(std::vector<Attribute>& attributes, std::span<const std::string_view> reserved, const char* table,
               Attribute attribute);
  LedgerEntry& entry_of(std::string_view table);
  bool refused(LedgerEntry& entry, RowPlace place, const Cell& cell, std::string reason);
  /// The node of an end, made on the spot where that is allowed.
  std::optional<NodeId> end_of(const Cell& cell);
  NodeId new_node(std::string_view key, std::string_view kind, std::string_view name, std::string_view country);
  Result<std::uint32_t> date_code(std::string_view text);

  BuilderOptions options_;
  std::unique_ptr<Network> network_;
  LedgerEntry nodes_{"nodes"}, names_{"names"}, sources_entry_{"sources"}, edges_{"edges"},
      evidence_entry_{"evidence"}, node_evidence_entry_{"node_evidence"};
  std::vector<LedgerEntry> other_entries_;
  KeyPool source_keys_;
  KeyPool date_texts_;
  std::vector<bool> key_is_generated_;  // of each tie
  std::vector<std::pair<NodeId, Name>> names_of_nodes_;
  std::vector<std::pair<NodeId, Evidence>> evidence_of_nodes_;
  std::vector<std::pair<EdgeId, Evidence>> evidence_of_edges_;
  std::unordered_set<std::string> seen_;  // names and evidence, to merge exact repetitions
};

}  // namespace entente
