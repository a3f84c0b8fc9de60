#include "engine/derivation.hpp"

#include <algorithm>
#include <utility>

namespace entente {

namespace {

NetworkInfo derived_info(const Network& from, const std::string& step) {
  NetworkInfo info = from.info();
  if (!info.description.empty()) info.description += " ";
  info.description += step + ".";
  return info;
}

bool is_numeric_cell(CellType type) { return type == CellType::integer || type == CellType::number; }

template <class Taken>
std::string first_free(const std::string& wanted, Taken&& taken) {
  if (!taken(wanted)) return wanted;
  for (std::size_t number = 2;; ++number) {
    std::string candidate = wanted + "_" + std::to_string(number);
    if (!taken(candidate)) return candidate;
  }
}

template <class Texts>
std::vector<Cell> as_cells(const Texts& texts) {
  std::vector<Cell> cells;
  cells.reserve(texts.size());
  for (const std::string_view text : texts) cells.push_back(Cell{text});
  return cells;
}

}  // namespace

Derivation::Derivation(const Network& from, const std::string& step)
    : from_(from), builder_(derived_info(from, step)) {
  for (const Attribute& column : from.node_attributes()) {
    node_columns_.push_back({column.name, column.type, column.description});
  }
  for (const Attribute& column : from.edge_attributes()) {
    edge_columns_.push_back({column.name, column.type, column.description});
  }
  for (const Source& source : from.sources()) {
    builder_.add(SourceRow{{"sources", 0},
                           {source.key},
                           {source.title},
                           {source.publisher},
                           {source.date},
                           {source.url},
                           {source.lang},
                           {source.file},
                           as_cells(source.further)});
  }
}

std::size_t Derivation::new_node_column(const std::string& name, CellType type, std::string description) {
  const auto taken = [&](const std::string& candidate) {
    return std::ranges::find(node_columns_, candidate, &NewColumn::name) != node_columns_.end();
  };
  node_columns_.push_back({first_free(name, taken), type, std::move(description)});
  return node_columns_.size() - 1;
}

std::size_t Derivation::new_or_same_edge_column(const std::string& name, CellType type, std::string description) {
  const auto same = std::ranges::find(edge_columns_, name, &NewColumn::name);
  if (same != edge_columns_.end() && (same->type == type || (is_numeric_cell(same->type) && is_numeric_cell(type)))) {
    if (same->type != type) same->type = CellType::number;
    return static_cast<std::size_t>(same - edge_columns_.begin());
  }
  const auto taken = [&](const std::string& candidate) {
    return std::ranges::find(edge_columns_, candidate, &NewColumn::name) != edge_columns_.end();
  };
  edge_columns_.push_back({first_free(name, taken), type, std::move(description)});
  return edge_columns_.size() - 1;
}

void Derivation::declare_columns() {
  if (std::exchange(declared_, true)) return;
  for (const NewColumn& column : node_columns_) {
    builder_.declare_node_attribute(column.name, column.type, column.description);
  }
  for (const NewColumn& column : edge_columns_) {
    builder_.declare_edge_attribute(column.name, column.type, column.description);
  }
}

NodeDraft Derivation::draft(NodeId node) const {
  NodeDraft draft{from_.key(node), from_.kind(node), from_.has_name(node) ? from_.label(node) : std::string_view(),
                  from_.country(node), {}};
  draft.further.reserve(node_columns_.size());
  for (const Attribute& column : from_.node_attributes()) draft.further.push_back(column.text(node.index));
  draft.further.resize(node_columns_.size());
  return draft;
}

TieDraft Derivation::draft(EdgeId edge) const {
  const Edtf *start = from_.start(edge), *end = from_.end(edge);
  TieDraft draft{from_.key(edge),
                 from_.key(from_.source(edge)),
                 from_.key(from_.target(edge)),
                 from_.kind(edge),
                 from_.status(edge),
                 start ? std::string_view(start->text()) : std::string_view(),
                 end ? std::string_view(end->text()) : std::string_view(),
                 from_.agreement(edge),
                 from_.is_directed(edge),
                 from_.amount(edge),
                 {}};
  draft.further.reserve(edge_columns_.size());
  for (const Attribute& column : from_.edge_attributes()) draft.further.push_back(column.text(edge.index));
  draft.further.resize(edge_columns_.size());
  return draft;
}

void Derivation::add(const NodeDraft& node) {
  declare_columns();
  builder_.add(NodeRow{{"nodes", builder_.node_count() + 1}, {node.key}, {node.kind}, {node.name}, {node.country},
                       as_cells(node.further)});
}

void Derivation::add(const TieDraft& tie) {
  declare_columns();
  const std::string amount = tie.amount ? decimal_text(*tie.amount) : std::string();
  builder_.add(EdgeRow{{"ties", builder_.edge_count() + 1},
                       {tie.key},
                       {tie.source},
                       {tie.target},
                       {tie.kind},
                       {tie.directed ? "true" : "false"},
                       {tie.status},
                       {tie.start},
                       {tie.end},
                       {amount},
                       {tie.amount ? tie.amount->currency.text() : std::string_view()},
                       {tie.agreement},
                       as_cells(tie.further)});
}

void Derivation::copy(NodeId node) {
  add(draft(node));
  carry_names(node, from_.key(node));
  carry_evidence(node, from_.key(node));
}

void Derivation::copy(EdgeId edge) {
  add(draft(edge));
  carry_evidence(edge, from_.key(edge));
}

void Derivation::carry_names(NodeId from, std::string_view key) {
  for (const Name& name : from_.names(from)) {
    builder_.add(
        NameRow{{"names", 0}, {key}, {name.text}, {name.lang}, {name.type}, {name.source}, as_cells(name.further)});
  }
}

EvidenceRow Derivation::evidence_row(const Evidence& evidence, std::string_view key) const {
  return {{"evidence", 0},    {key},
          {from_.source_document(evidence.source).key}, {evidence.quote},
          {evidence.locator}, {evidence.field},
          as_cells(evidence.further)};
}

void Derivation::carry_evidence(NodeId from, std::string_view key) {
  for (const Evidence& evidence : from_.evidence(from)) builder_.add_node_evidence(evidence_row(evidence, key));
}

void Derivation::carry_evidence(EdgeId from, std::string_view key) {
  for (const Evidence& evidence : from_.evidence(from)) builder_.add_edge_evidence(evidence_row(evidence, key));
}

std::string Derivation::free_node_key(const std::string& wanted) {
  std::string key = first_free(wanted, [&](const std::string& candidate) {
    return from_.find_node(candidate).has_value() || new_node_keys_.contains(candidate);
  });
  new_node_keys_.insert(key);
  return key;
}

std::string Derivation::free_tie_key(const std::string& wanted) {
  std::string key = first_free(wanted, [&](const std::string& candidate) {
    return from_.find_edge(candidate).has_value() || new_tie_keys_.contains(candidate);
  });
  new_tie_keys_.insert(key);
  return key;
}

Result<NetworkPtr> Derivation::build() {
  declare_columns();
  if (builder_.ledger().refused() > 0) {
    const Remark& first = builder_.ledger().refusals.front();
    return fail(ErrorCode::bad_input, "the derived network is not sound: " + first.text, first.place.text());
  }
  return builder_.build();
}

Selection continued(const Selection& before, NetworkPtr derived, const std::string& step) {
  Selection result = whole(std::move(derived));
  if (before.description.empty() || before.description == result.description) {
    result.description = step;
  } else {
    result.description = before.description + "; " + step;
  }
  result.undirected = before.undirected;
  result.notes = before.notes;
  return result;
}

Result<NetworkPtr> copy_of(const Selection& selection) {
  Derivation derivation(*selection.network, "Selection: " + selection.description);
  for (const NodeId node : selection.nodes) derivation.copy(node);
  for (const EdgeId edge : selection.edges) derivation.copy(edge);
  return derivation.build();
}

}  // namespace entente
