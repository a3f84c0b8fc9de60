#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/attribute.hpp"
#include "engine/column.hpp"
#include "engine/date.hpp"
#include "engine/graph.hpp"
#include "engine/ids.hpp"
#include "engine/key_pool.hpp"
#include "engine/ledger.hpp"
#include "engine/money.hpp"
#include "engine/name.hpp"

namespace entente {

/// A document that ties are taken from.
struct Source {
  std::string key;
  std::string title;
  std::string publisher;
  std::string date;  // EDTF text as given, or empty
  std::string url;
  std::string lang;
  std::string file;
  std::vector<std::string> further;  // cells of NetworkInfo::source_columns
};

/// What a source says for a tie, or for a column of a node, word for word in its own language.
struct Evidence {
  SourceId source;
  std::string quote;
  std::string locator;  // "paragraph 3", "p. 17"; may be empty
  std::string field;    // of a node: the column it supports; empty for a tie or a node as such
  std::vector<std::string> further = {};  // cells of NetworkInfo::evidence_columns or node_evidence_columns
};

/// A file of a data package that is not one of ours, kept byte for byte for writing back.
struct KeptFile {
  std::string path;   // relative to the package
  std::string bytes;
};

/// What is known of a network as a whole.
struct NetworkInfo {
  std::string name;         // short: "korea-innovation"
  std::string title;
  std::string description;
  std::string licence;
  std::string checksum;     // SHA-256 of the input, 64 hex digits; empty where there is no file
  std::vector<std::string> hidden_kinds;  // node kinds left out unless asked for, such as person
  std::vector<std::string> source_columns;    // further columns of the sources
  std::vector<std::string> name_columns = {};           // and of names.csv,
  std::vector<std::string> evidence_columns = {};       // evidence.csv,
  std::vector<std::string> node_evidence_columns = {};  // node_evidence.csv
  std::string metadata;     // the package's descriptor as JSON text, kept for writing back
  std::vector<KeptFile> files = {};  // further files of the package, such as notes.csv
};

/// A partnership network: nodes, ties, their columns, names and evidence. Immutable: made by
/// NetworkBuilder, then only read, from as many threads as you like.
///
/// Ids are dense and follow the order of the input. Parallel ties are the normal case.
class Network {
 public:
  const NetworkInfo& info() const { return info_; }
  const Ledger& ledger() const { return ledger_; }

  std::size_t node_count() const { return node_keys_.size(); }
  std::size_t edge_count() const { return ends_.size(); }
  auto nodes() const { return ids_below<NodeId>(node_count()); }
  auto edges() const { return ids_below<EdgeId>(edge_count()); }

  // Nodes.
  std::string_view key(NodeId node) const { return node_keys_.text(node.index); }
  const std::string& kind(NodeId node) const { return node_kinds_.text(node_kind_[node]); }
  /// The name shown when no language is asked for; the key where the data has none.
  std::string_view label(NodeId node) const {
    return node_labels_[node].empty() ? key(node) : std::string_view(node_labels_[node]);
  }
  /// The first name in the first of these languages that has one, official names first and
  /// misspellings never; label() where none has.
  std::string_view label(NodeId node, std::span<const std::string> languages) const;
  /// False where the data gives the node no name at all, and label() falls back on the key.
  bool has_name(NodeId node) const { return !node_labels_[node].empty(); }
  /// True where the node's own row names it; the label of another may come from its names.
  bool states_name(NodeId node) const { return node_states_name_[node] != 0; }
  /// ISO 3166 two letters, or empty.
  const std::string& country(NodeId node) const { return countries_.text(node_country_[node]); }
  std::span<const Name> names(NodeId node) const;
  std::span<const Evidence> evidence(NodeId node) const;
  std::optional<NodeId> find_node(std::string_view key) const;

  // Ties.
  /// The id in the data, or "e17" for row 17 where the data has none.
  std::string_view key(EdgeId edge) const { return edge_keys_.text(edge.index); }
  Ends ends(EdgeId edge) const { return ends_[edge]; }
  NodeId source(EdgeId edge) const { return ends_[edge].source; }
  NodeId target(EdgeId edge) const { return ends_[edge].target; }
  bool is_directed(EdgeId edge) const { return directed_[edge] != 0; }
  const std::string& kind(EdgeId edge) const { return edge_kinds_.text(edge_kind_[edge]); }
  /// signed, planned, ...; empty if not stated.
  const std::string& status(EdgeId edge) const { return statuses_.text(status_[edge]); }
  /// Null where not stated.
  const Edtf* start(EdgeId edge) const { return date_at(start_[edge]); }
  const Edtf* end(EdgeId edge) const { return date_at(end_[edge]); }
  /// Empty where no amount is stated, which is not zero.
  std::optional<Money> amount(EdgeId edge) const;
  /// The agreement that several ties belong to; empty if none.
  const std::string& agreement(EdgeId edge) const { return agreements_.text(agreement_[edge]); }
  std::span<const Evidence> evidence(EdgeId edge) const;
  std::optional<EdgeId> find_edge(std::string_view key) const;

  // Sources.
  std::span<const Source> sources() const { return sources_; }
  const Source& source_document(SourceId id) const { return sources_[id.index]; }

  // Further columns, in the order of the input.
  std::span<const Attribute> node_attributes() const { return node_attributes_; }
  std::span<const Attribute> edge_attributes() const { return edge_attributes_; }
  const Attribute* node_attribute(std::string_view name) const;
  const Attribute* edge_attribute(std::string_view name) const;

  // The distinct values of the coded columns, in order of first appearance.
  const Dictionary& node_kinds() const { return node_kinds_; }
  const Dictionary& edge_kinds() const { return edge_kinds_; }
  const Dictionary& statuses() const { return statuses_; }
  const Dictionary& countries() const { return countries_; }
  const Dictionary& agreements() const { return agreements_; }
  Dictionary::Code kind_code(NodeId node) const { return node_kind_[node]; }
  Dictionary::Code kind_code(EdgeId edge) const { return edge_kind_[edge]; }
  Dictionary::Code status_code(EdgeId edge) const { return status_[edge]; }
  Dictionary::Code country_code(NodeId node) const { return node_country_[node]; }
  Dictionary::Code agreement_code(EdgeId edge) const { return agreement_[edge]; }

  /// True where some tie has a direction.
  bool has_directed() const { return has_directed_; }

 private:
  friend class NetworkBuilder;
  Network() = default;
  const Edtf* date_at(std::uint32_t code) const { return code == 0 ? nullptr : &dates_[code - 1]; }

  NetworkInfo info_;
  Ledger ledger_;

  KeyPool node_keys_;
  NodeColumn<std::string> node_labels_;
  NodeColumn<std::uint8_t> node_states_name_;
  NodeColumn<Dictionary::Code> node_kind_, node_country_;
  Dictionary node_kinds_, countries_;
  std::vector<std::uint32_t> names_begin_;
  std::vector<Name> names_;
  std::vector<std::uint32_t> node_evidence_begin_;
  std::vector<Evidence> node_evidence_;
  std::vector<Attribute> node_attributes_;

  EdgeColumn<Ends> ends_;
  EdgeColumn<std::uint8_t> directed_;
  KeyPool edge_keys_;
  EdgeColumn<Dictionary::Code> edge_kind_, status_, agreement_;
  Dictionary edge_kinds_, statuses_, agreements_;
  EdgeColumn<std::uint32_t> start_, end_;  // 0 = not stated, else 1 + index into dates_
  std::vector<Edtf> dates_;
  EdgeColumn<std::int64_t> amount_units_;
  EdgeColumn<std::uint8_t> amount_decimals_;    // no_amount where not stated
  EdgeColumn<std::uint8_t> amount_currency_;    // index into currencies_
  std::vector<Currency> currencies_;
  std::vector<std::uint32_t> evidence_begin_;
  std::vector<Evidence> evidence_;
  std::vector<Attribute> edge_attributes_;
  std::vector<Source> sources_;
  bool has_directed_ = false;

  static constexpr std::uint8_t no_amount = 255;
};

/// Networks are shared, never copied.
using NetworkPtr = std::shared_ptr<const Network>;

}  // namespace entente
