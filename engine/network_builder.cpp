#include "engine/network_builder.hpp"

#include <algorithm>
#include <utility>

#include "engine/kind.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

std::string quoted(std::string_view text) { return "\"" + shortened(text, 40) + "\""; }

/// What is wrong with a cell as text, or empty.
std::string text_fault(std::string_view text) {
  if (const auto at = first_invalid_utf8(text); at != std::string_view::npos) {
    return "byte " + std::to_string(at + 1) + " of the cell is not valid UTF-8. Save the file as UTF-8.";
  }
  if (const auto at = first_control_character(text); at != std::string_view::npos) {
    return "byte " + std::to_string(at + 1) + " of the cell is a control character. Remove it.";
  }
  return {};
}

/// The columns that have a meaning of their own; a further column cannot have their names.
constexpr std::string_view columns_of_nodes[] = {"id", "kind", "name", "country"};
constexpr std::string_view columns_of_ties[] = {"id",    "source", "target", "kind",     "directed", "status",
                                                "start", "end",    "amount", "currency", "agreement"};

/// What a cell says of a direction, in the words that tables use for it.
std::optional<bool> truth_in_cell(std::string_view text) {
  if (text == "true" || text == "True" || text == "TRUE" || text == "1") return true;
  if (text == "false" || text == "False" || text == "FALSE" || text == "0") return false;
  return std::nullopt;
}

bool is_country_code(std::string_view text) {
  return text.size() == 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z';
}

/// Lists of (owner, item) in arrival order -> items grouped by owner, and where each owner's begin.
template <class IdType, class Item>
void group_by_owner(std::vector<std::pair<IdType, Item>>& pairs, std::size_t owners,
                    std::vector<std::uint32_t>& begin, std::vector<Item>& items) {
  std::ranges::stable_sort(pairs, {}, [](const auto& pair) { return pair.first.index; });
  begin.assign(owners + 1, 0);
  items.reserve(pairs.size());
  for (auto& [owner, item] : pairs) {
    ++begin[owner.index + 1];
    items.push_back(std::move(item));
  }
  for (std::size_t i = 0; i < owners; ++i) begin[i + 1] += begin[i];
}

/// The further cells of a row of names or evidence as texts of their own.
std::vector<std::string> texts_of(const std::vector<Cell>& cells) {
  std::vector<std::string> texts;
  for (const Cell& cell : cells) texts.emplace_back(cell.text);
  return texts;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += '\x1f' + text;
  return all;
}

void add_further(std::vector<Attribute>& attributes, const std::vector<Cell>& cells) {
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    attributes[i].codes.push_back(attributes[i].values.add(i < cells.size() ? cells[i].text : std::string_view()));
  }
}

}  // namespace

NetworkBuilder::NetworkBuilder(NetworkInfo info, BuilderOptions options)
    : options_(options), network_(new Network()) {
  network_->info_ = std::move(info);
}

void NetworkBuilder::declare(std::vector<Attribute>& attributes, std::span<const std::string_view> reserved,
                             const char* table, Attribute attribute) {
  const std::string wanted = std::exchange(attribute.name, free_column_name(attribute.name, [&](const std::string& name) {
    return std::ranges::find(reserved, name) != reserved.end() ||
           std::ranges::find(attributes, name, &Attribute::name) != attributes.end();
  }));
  if (attribute.name != wanted) {
    guess(Place{table, 0, 0}, "further column " + shortened(wanted, 40) + " was kept as " +
                                  shortened(attribute.name, 48) + ", since its name is taken.");
  }
  attributes.push_back(std::move(attribute));
}

void NetworkBuilder::declare_node_attribute(std::string name, CellType type, std::string description) {
  declare(network_->node_attributes_, columns_of_nodes, "nodes", {std::move(name), type, std::move(description), {}, {}});
}

void NetworkBuilder::declare_edge_attribute(std::string name, CellType type, std::string description) {
  declare(network_->edge_attributes_, columns_of_ties, "edges", {std::move(name), type, std::move(description), {}, {}});
}

void NetworkBuilder::reserve(std::size_t nodes, std::size_t edges) {
  network_->node_keys_.reserve(nodes);
  network_->edge_keys_.reserve(edges);
  network_->ends_.reserve(edges);
}

bool NetworkBuilder::refused(LedgerEntry& entry, RowPlace place, const Cell& cell, std::string reason) {
  ++entry.refused;
  auto& refusals = network_->ledger_.refusals;
  if (refusals.size() < Ledger::remarks_kept) {
    const std::uint64_t line = place.line == 0 ? 0 : place.line + cell.below;
    refusals.push_back({Place{std::string(place.file), line, cell.column}, one_line(reason)});
  }
  return false;
}

LedgerEntry& NetworkBuilder::entry_of(std::string_view table) {
  LedgerEntry* entries[] = {&nodes_, &names_, &sources_entry_, &edges_, &evidence_entry_, &node_evidence_entry_};
  for (LedgerEntry* entry : entries) {
    if (entry->table == table) return *entry;
  }
  const auto found = std::ranges::find(other_entries_, table, &LedgerEntry::table);
  return found != other_entries_.end() ? *found : other_entries_.emplace_back(LedgerEntry{std::string(table)});
}

void NetworkBuilder::refuse(std::string_view table, Place place, std::string reason) {
  LedgerEntry& entry = entry_of(table);
  ++entry.rows;
  refused(entry, RowPlace{place.file, place.line}, Cell{{}, place.column}, std::move(reason));
}

void NetworkBuilder::count_kept(std::string_view table) {
  LedgerEntry& entry = entry_of(table);
  ++entry.rows;
  ++entry.kept;
}

void NetworkBuilder::guess(Place place, std::string text) {
  auto& guesses = network_->ledger_.guesses;
  if (guesses.size() < Ledger::remarks_kept) guesses.push_back({std::move(place), one_line(text)});
}

NodeId NetworkBuilder::new_node(std::string_view key, std::string_view kind, std::string_view name,
                                std::string_view country) {
  const NodeId node{network_->node_keys_.add(key).first};
  network_->node_labels_.push_back(std::string(name));
  network_->node_states_name_.push_back(!name.empty());
  network_->node_kind_.push_back(network_->node_kinds_.add(kind));
  network_->node_country_.push_back(network_->countries_.add(country));
  return node;
}

bool NetworkBuilder::add(const NodeRow& row) {
  ++nodes_.rows;
  const auto refuse_at = [&](const Cell& cell, std::string reason) {
    return refused(nodes_, row.place, cell, std::move(reason));
  };
  if (row.key.text.empty()) return refuse_at(row.key, "the node has no id. Give every node a short id of its own.");
  for (const Cell* cell : {&row.key, &row.kind, &row.name, &row.country}) {
    if (auto fault = text_fault(cell->text); !fault.empty()) return refuse_at(*cell, std::move(fault));
  }
  for (const Cell& cell : row.further) {
    if (auto fault = text_fault(cell.text); !fault.empty()) return refuse_at(cell, std::move(fault));
  }
  if (!row.country.text.empty() && !is_country_code(row.country.text)) {
    return refuse_at(row.country, "country " + quoted(row.country.text) +
                                      " is not an ISO 3166 code. Write two capital letters such as KR, or leave it empty.");
  }
  if (network_->node_keys_.find(row.key.text)) {
    return refuse_at(row.key, "node id " + quoted(row.key.text) + " occurs twice. Ids must differ.");
  }
  new_node(row.key.text, row.kind.text, row.name.text, row.country.text);
  add_further(network_->node_attributes_, row.further);
  ++nodes_.kept;
  return true;
}

bool NetworkBuilder::add(const NameRow& row) {
  ++names_.rows;
  const auto refuse_at = [&](const Cell& cell, std::string reason) {
    return refused(names_, row.place, cell, std::move(reason));
  };
  for (const Cell* cell : {&row.node, &row.text, &row.lang, &row.type, &row.source}) {
    if (auto fault = text_fault(cell->text); !fault.empty()) return refuse_at(*cell, std::move(fault));
  }
  for (const Cell& cell : row.further) {
    if (auto fault = text_fault(cell.text); !fault.empty()) return refuse_at(cell, std::move(fault));
  }
  if (row.text.text.empty()) return refuse_at(row.text, "the name is empty.");
  const auto node = network_->find_node(row.node.text);
  if (!node) return refuse_at(row.node, "node " + quoted(row.node.text) + " is not in nodes.csv.");

  Name name{std::string(row.text.text), std::string(row.lang.text), std::string(row.type.text),
            std::string(row.source.text), texts_of(row.further)};
  const std::string identity = "name\x1f" + std::to_string(node->index) + '\x1f' + name.text + '\x1f' + name.lang +
                               '\x1f' + name.type + '\x1f' + name.source + joined(name.further);
  if (!seen_.insert(identity).second) {
    ++names_.merged;
    return true;
  }
  names_of_nodes_.emplace_back(*node, std::move(name));
  ++names_.kept;
  return true;
}

bool NetworkBuilder::add(const SourceRow& row) {
  ++sources_entry_.rows;
  const auto refuse_at = [&](const Cell& cell, std::string reason) {
    return refused(sources_entry_, row.place, cell, std::move(reason));
  };
  for (const Cell* cell : {&row.key, &row.title, &row.publisher, &row.date, &row.url, &row.lang, &row.file}) {
    if (auto fault = text_fault(cell->text); !fault.empty()) return refuse_at(*cell, std::move(fault));
  }
  for (const Cell& cell : row.further) {
    if (auto fault = text_fault(cell.text); !fault.empty()) return refuse_at(cell, std::move(fault));
  }
  if (row.key.text.empty()) return refuse_at(row.key, "the source has no id.");
  if (!row.date.text.empty()) {
    if (const auto date = Edtf::parse(row.date.text); !date) return refuse_at(row.date, date.error().what);
  }
  if (!source_keys_.add(row.key.text).second) {
    return refuse_at(row.key, "source id " + quoted(row.key.text) + " occurs twice. Ids must differ.");
  }
  Source source{std::string(row.key.text),  std::string(row.title.text), std::string(row.publisher.text),
                std::string(row.date.text), std::string(row.url.text),   std::string(row.lang.text),
                std::string(row.file.text), {}};
  for (const Cell& cell : row.further) source.further.emplace_back(cell.text);
  network_->sources_.push_back(std::move(source));
  ++sources_entry_.kept;
  return true;
}

std::optional<NodeId> NetworkBuilder::end_of(const Cell& cell) {
  if (const auto node = network_->find_node(cell.text)) return node;
  if (!options_.implicit_nodes) return std::nullopt;
  const NodeId node = new_node(cell.text, "", "", "");
  add_further(network_->node_attributes_, {});
  ++nodes_.rows;
  ++nodes_.kept;
  return node;
}

Result<std::uint32_t> NetworkBuilder::date_code(std::string_view text) {
  if (text.empty()) return 0u;
  if (const auto known = date_texts_.find(text)) return *known + 1;
  auto date = Edtf::parse(text);
  if (!date) return tl::unexpected(date.error());
  date_texts_.add(text);
  network_->dates_.push_back(std::move(*date));
  return static_cast<std::uint32_t>(network_->dates_.size());
}

bool NetworkBuilder::add(const EdgeRow& row) {
  ++edges_.rows;
  const auto refuse_at = [&](const Cell& cell, std::string reason) {
    return refused(edges_, row.place, cell, std::move(reason));
  };
  for (const Cell* cell : {&row.key, &row.source, &row.target, &row.kind, &row.directed, &row.status, &row.start,
                           &row.end, &row.amount, &row.currency, &row.agreement}) {
    if (auto fault = text_fault(cell->text); !fault.empty()) return refuse_at(*cell, std::move(fault));
  }
  for (const Cell& cell : row.further) {
    if (auto fault = text_fault(cell.text); !fault.empty()) return refuse_at(cell, std::move(fault));
  }
  if (row.source.text.empty()) return refuse_at(row.source, "the tie has no source.");
  if (row.target.text.empty()) return refuse_at(row.target, "the tie has no target.");
  if (row.key.text.empty() && row.key.column > 0) return refuse_at(row.key, "the tie has no id. Give it one, or remove the column id.");
  if (const auto taken = network_->edge_keys_.find(row.key.text); taken && !row.key.text.empty()) {
    return refuse_at(row.key, "tie id " + quoted(row.key.text) +
                                  (key_is_generated_[*taken] ? " was given to a tie above that has none. Give every tie an id."
                                                             : " occurs twice. Ids must differ."));
  }

  bool directed = false;
  if (const auto stated = truth_in_cell(row.directed.text)) {
    directed = *stated;
  } else if (!row.directed.text.empty()) {
    return refuse_at(row.directed, "directed " + quoted(row.directed.text) + " is neither true nor false.");
  } else if (options_.without_direction == BuilderOptions::Direction::by_kind) {
    directed = is_directed_by_nature(row.kind.text);
  } else {
    directed = options_.without_direction == BuilderOptions::Direction::directed;
  }

  const auto start = date_code(row.start.text);
  if (!start) return refuse_at(row.start, start.error().what);
  const auto end = date_code(row.end.text);
  if (!end) return refuse_at(row.end, end.error().what);
  if (*start && *end && network_->dates_[*end - 1].latest() < network_->dates_[*start - 1].earliest()) {
    return refuse_at(row.end, "the end " + quoted(row.end.text) + " lies before the start " + quoted(row.start.text) + ".");
  }

  std::optional<Money> amount;
  if (!row.amount.text.empty()) {
    if (row.currency.text.empty()) {
      return refuse_at(row.amount, "amount " + quoted(row.amount.text) + " has no currency. Add an ISO 4217 code in column currency.");
    }
    const auto currency = parse_currency(row.currency.text);
    if (!currency) return refuse_at(row.currency, currency.error().what);
    const auto money = parse_money(row.amount.text, *currency);
    if (!money) return refuse_at(row.amount, money.error().what);
    if (money->units < 0) {
      return refuse_at(row.amount, "amount " + quoted(row.amount.text) +
                                       " is negative. Write a repayment as a tie of its own in the other direction.");
    }
    amount = *money;
  } else if (!row.currency.text.empty()) {
    if (const auto currency = parse_currency(row.currency.text); !currency) {
      return refuse_at(row.currency, currency.error().what);
    }
  }

  // The ends come last, so that a refused row leaves no implicit node behind.
  const auto known_source = network_->find_node(row.source.text), known_target = network_->find_node(row.target.text);
  for (const auto& [cell, known] : {std::pair(&row.source, known_source), std::pair(&row.target, known_target)}) {
    if (!options_.implicit_nodes && !known) {
      return refuse_at(*cell, "node " + quoted(cell->text) + " is not among the nodes. Add it, or correct the id.");
    }
  }
  const NodeId source = known_source ? *known_source : *end_of(row.source);
  const NodeId target = known_target ? *known_target : *end_of(row.target);

  if (!row.key.text.empty()) {
    network_->edge_keys_.add(row.key.text);
  } else {
    std::string key = "e" + std::to_string(edges_.rows);
    while (!network_->edge_keys_.add(key).second) key += "_";
  }
  key_is_generated_.push_back(row.key.text.empty());
  network_->ends_.push_back({source, target});
  network_->directed_.push_back(directed);
  network_->has_directed_ = network_->has_directed_ || directed;
  network_->edge_kind_.push_back(network_->edge_kinds_.add(row.kind.text));
  network_->status_.push_back(network_->statuses_.add(row.status.text));
  network_->agreement_.push_back(network_->agreements_.add(row.agreement.text));
  network_->start_.push_back(*start);
  network_->end_.push_back(*end);
  network_->amount_units_.push_back(amount ? amount->units : 0);
  network_->amount_decimals_.push_back(amount ? static_cast<std::uint8_t>(amount->decimals) : Network::no_amount);
  std::size_t currency = 0;
  if (amount) {
    auto& known = network_->currencies_;
    currency = static_cast<std::size_t>(std::ranges::find(known, amount->currency) - known.begin());
    if (currency == known.size()) known.push_back(amount->currency);
  }
  network_->amount_currency_.push_back(static_cast<std::uint8_t>(currency));
  add_further(network_->edge_attributes_, row.further);
  ++edges_.kept;
  return true;
}

bool NetworkBuilder::add_edge_evidence(const EvidenceRow& row) {
  ++evidence_entry_.rows;
  const auto refuse_at = [&](const Cell& cell, std::string reason) {
    return refused(evidence_entry_, row.place, cell, std::move(reason));
  };
  for (const Cell* cell : {&row.subject, &row.source, &row.quote, &row.locator}) {
    if (auto fault = text_fault(cell->text); !fault.empty()) return refuse_at(*cell, std::move(fault));
  }
  for (const Cell& cell : row.further) {
    if (auto fault = text_fault(cell.text); !fault.empty()) return refuse_at(cell, std::move(fault));
  }
  const auto edge = network_->find_edge(row.subject.text);
  if (!edge) return refuse_at(row.subject, "tie " + quoted(row.subject.text) + " is not in edges.csv.");
  const auto source = source_keys_.find(row.source.text);
  if (!source) return refuse_at(row.source, "source " + quoted(row.source.text) + " is not in sources.csv.");
  if (!seen_.insert("tie\x1f" + std::to_string(edge->index) + '\x1f' + std::to_string(*source) + '\x1f' +
                    std::string(row.quote.text) + '\x1f' + std::string(row.locator.text) +
                    joined(texts_of(row.further)))
           .second) {
    ++evidence_entry_.merged;
    return true;
  }
  evidence_of_edges_.emplace_back(
      *edge, Evidence{SourceId{*source}, std::string(row.quote.text), std::string(row.locator.text), {},
                       texts_of(row.further)});
  ++evidence_entry_.kept;
  return true;
}

bool NetworkBuilder::add_node_evidence(const EvidenceRow& row) {
  ++node_evidence_entry_.rows;
  const auto refuse_at = [&](const Cell& cell, std::string reason) {
    return refused(node_evidence_entry_, row.place, cell, std::move(reason));
  };
  for (const Cell* cell : {&row.subject, &row.source, &row.quote, &row.locator, &row.field}) {
    if (auto fault = text_fault(cell->text); !fault.empty()) return refuse_at(*cell, std::move(fault));
  }
  for (const Cell& cell : row.further) {
    if (auto fault = text_fault(cell.text); !fault.empty()) return refuse_at(cell, std::move(fault));
  }
  const auto node = network_->find_node(row.subject.text);
  if (!node) return refuse_at(row.subject, "node " + quoted(row.subject.text) + " is not in nodes.csv.");
  const auto source = source_keys_.find(row.source.text);
  if (!source) return refuse_at(row.source, "source " + quoted(row.source.text) + " is not in sources.csv.");
  if (!seen_.insert("node\x1f" + std::to_string(node->index) + '\x1f' + std::to_string(*source) + '\x1f' +
                    std::string(row.quote.text) + '\x1f' + std::string(row.locator.text) + '\x1f' +
                    std::string(row.field.text) + joined(texts_of(row.further)))
           .second) {
    ++node_evidence_entry_.merged;
    return true;
  }
  evidence_of_nodes_.emplace_back(*node, Evidence{SourceId{*source}, std::string(row.quote.text),
                                                  std::string(row.locator.text), std::string(row.field.text),
                                                  texts_of(row.further)});
  ++node_evidence_entry_.kept;
  return true;
}

const Ledger& NetworkBuilder::ledger() const {
  auto& tables = network_->ledger_.tables;
  tables.clear();
  for (const LedgerEntry* entry :
       {&nodes_, &names_, &sources_entry_, &edges_, &evidence_entry_, &node_evidence_entry_}) {
    if (entry->rows > 0) tables.push_back(*entry);
  }
  tables.insert(tables.end(), other_entries_.begin(), other_entries_.end());
  return network_->ledger_;
}

NetworkPtr NetworkBuilder::build() {
  Network& network = *network_;
  group_by_owner(names_of_nodes_, network.node_count(), network.names_begin_, network.names_);
  // A node that only names.csv names is shown by its official name, or else by its first that is well spelled.
  for (const NodeId node : network.nodes()) {
    const auto names = network.names(node);
    if (!network.node_labels_[node].empty() || names.empty()) continue;
    auto shown = std::ranges::find(names, "official", &Name::type);
    if (shown == names.end()) shown = std::ranges::find_if(names, [](const Name& name) { return name.type != "misspelling"; });
    network.node_labels_[node] = (shown == names.end() ? names.begin() : shown)->text;
  }
  group_by_owner(evidence_of_nodes_, network.node_count(), network.node_evidence_begin_, network.node_evidence_);
  group_by_owner(evidence_of_edges_, network.edge_count(), network.evidence_begin_, network.evidence_);
  ledger();
  NetworkPtr built(network_.release());
  *this = NetworkBuilder(NetworkInfo{}, options_);
  return built;
}

}  // namespace entente
