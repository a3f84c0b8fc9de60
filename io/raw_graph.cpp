#include "io/raw_graph.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>

#include "engine/date.hpp"
#include "engine/text.hpp"
#include "io/json_input.hpp"
#include "io/schema.hpp"

namespace entente {

namespace {

using Fits = std::function<bool(std::string_view)>;

bool all_values(const RawColumn& column, const Fits& fits) {
  for (Dictionary::Code code = 0; code < column.values().size(); ++code) {
    const std::string& text = column.values().text(code);
    if (!text.empty() && !fits(text)) return false;
  }
  return true;
}

bool is_country_text(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_date_text(std::string_view text) { return Edtf::parse(text).has_value(); }
bool is_any_text(std::string_view) { return true; }
bool is_boolean_text(std::string_view text) {
  const auto plain = plain_boolean(Field{}, text);
  return plain == "true" || plain == "false";
}

/// The JSON of a cell as our writers put it: an array of objects that all have this member.
std::optional<Json> objects_with(std::string_view text, const char* member) {
  if (!text.starts_with('[') || !check_json_depth(text, {}, 4)) return std::nullopt;
  Json json = Json::parse(text.begin(), text.end(), nullptr, false);
  if (!json.is_array()) return std::nullopt;
  for (const Json& item : json) {
    if (!item.is_object() || !item.contains(member)) return std::nullopt;
    for (const auto& [key, value] : item.items()) {
      if (!value.is_string()) return std::nullopt;
    }
  }
  return json;
}

std::string member_text(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Turns the tables into rows, column by column decided what it means.
class RawReader {
 public:
  RawReader(RawGraph& graph, const std::string& file, const ReadOptions& options)
      : graph_(graph), file_(file), limits_(options.limits), builder_(graph.info, builder_options(graph, options)) {}

  NetworkPtr read() {
    for (const std::string& guess : graph_.guesses) builder_.guess(Place{file_, 0, 0}, guess);
    add_nodes();
    add_sources();
    add_ties();
    for (const Remark& remark : graph_.refused_ties) builder_.refuse("edges", remark.place, remark.text);
    return builder_.build();
  }

 private:
  static BuilderOptions builder_options(const RawGraph& graph, const ReadOptions& options) {
    auto direction = options.direction;
    if (graph.directed == 0) direction = BuilderOptions::Direction::mutual;
    if (graph.directed == 1) direction = BuilderOptions::Direction::directed;
    return {.implicit_nodes = graph.implicit_nodes, .without_direction = direction};
  }

  /// The column of this name if its values fit its meaning; then it is no further column.
  RawColumn* meaningful(RawTable& table, std::string_view name, const Fits& fits, const char* what) {
    RawColumn* column = table.find(name);
    if (!column) return nullptr;
    if (all_values(*column, fits)) {
      used_.insert(column);
      return column;
    }
    builder_.guess(Place{file_, 0, 0}, "column " + std::string(name) + " holds values that are not " + what +
                                           ", so it was kept as a further column.");
    return nullptr;
  }

  std::vector<RawColumn*> further(RawTable& table) {
    std::vector<RawColumn*> columns;
    for (RawColumn& column : table.columns()) {
      if (!used_.contains(&column)) columns.push_back(&column);
    }
    return columns;
  }

  CellType type_of(const RawColumn& column) {
    const CellType fitting = inferred_type(column.values());
    if (!column.type) return fitting;
    if (*column.type == CellType::text && fitting == CellType::date) return CellType::date;
    const CellType stated = *column.type;
    const bool fits = stated == CellType::text || stated == fitting || (stated == CellType::number && fitting == CellType::integer);
    if (fits || all_values(column, [](std::string_view text) { return text.empty(); })) return stated;
    if (stated == CellType::number && all_values(column, is_number_text)) return stated;
    if (stated == CellType::integer && all_values(column, is_integer_text)) return stated;
    builder_.guess(Place{file_, 0, 0}, "column " + shortened(column.name, 40) + " is declared as " + std::string(to_string(stated)) +
                                           ", but not all its values are; it was kept as " + std::string(to_string(fitting)) + ".");
    return fitting;
  }

  Cell cell(const RawColumn* column, std::size_t row, const RawPlace& place) const {
    return {column ? column->text(row) : std::string_view(), place.column};
  }

  /// False, and refused, where some cell of the row is too long.
  bool short_enough(std::string_view table, const RawPlace& place, const std::vector<Cell>& cells) {
    for (const Cell& one : cells) {
      if (one.text.size() <= limits_.cell_bytes) continue;
      builder_.refuse(table, Place{file_, place.line, place.column},
                      "a value has " + grouped(one.text.size()) + " bytes; the most is " + grouped(limits_.cell_bytes) + ".");
      return false;
    }
    return true;
  }

  void add_nodes();
  void add_sources();
  void add_ties();
  void add_evidence(const Json& list, const std::string& subject, const RawPlace& place, bool of_node);

  RawGraph& graph_;
  const std::string& file_;
  ReadLimits limits_;
  NetworkBuilder builder_;
  std::unordered_set<const RawColumn*> used_;
  std::vector<std::tuple<std::string, RawPlace, Json>> node_evidence_;
};

void RawReader::add_nodes() {
  RawTable& table = graph_.nodes;
  const RawColumn* kind = meaningful(table, "kind", is_any_text, "");
  const RawColumn* name = meaningful(table, "name", is_any_text, "");
  if (!name) name = meaningful(table, "label", is_any_text, "");
  const RawColumn* country = meaningful(table, "country", is_country_text, "ISO 3166 codes of two letters");
  const auto is_names = [](std::string_view text) { return objects_with(text, "name").has_value(); };
  const auto is_evidence = [](std::string_view text) { return objects_with(text, "source").has_value(); };
  RawColumn* names = table.find("names") && all_values(*table.find("names"), is_names) ? table.find("names") : nullptr;
  RawColumn* evidence = table.find("evidence") && all_values(*table.find("evidence"), is_evidence) && !graph_.sources.empty()
                            ? table.find("evidence") : nullptr;
  used_.insert(names);
  used_.insert(evidence);
  const auto columns = further(table);
  for (const RawColumn* column : columns) builder_.declare_node_attribute(column->name, type_of(*column));

  NodeRow row;
  for (std::size_t i = 0; i < graph_.node_keys.size(); ++i) {
    const RawPlace& place = graph_.node_places[i];
    row.place = {file_, place.line};
    row.key = {graph_.node_keys[i], place.column};
    row.kind = cell(kind, i, place);
    row.name = cell(name, i, place);
    row.country = cell(country, i, place);
    row.further.clear();
    for (const RawColumn* column : columns) row.further.push_back(cell(column, i, place));
    std::vector<Cell> all = row.further;
    all.insert(all.end(), {row.key, row.kind, row.name});
    if (!short_enough("nodes", place, all) || !builder_.add(row)) continue;
    if (names && !names->text(i).empty()) {
      const Json list = *objects_with(names->text(i), "name");
      for (const Json& item : list) {
        const std::string text = member_text(item, "name"), lang = member_text(item, "lang"),
                          type = member_text(item, "type"), source = member_text(item, "source");
        builder_.add(NameRow{row.place, row.key, {text}, {lang}, {type}, {source}});
      }
    }
    if (evidence && !evidence->text(i).empty()) {
      node_evidence_.emplace_back(graph_.node_keys[i], place, *objects_with(evidence->text(i), "source"));
    }
  }
}

void RawReader::add_sources() {
  if (graph_.sources.empty()) return;
  const auto list = objects_with(graph_.sources, "id");
  if (!list) {
    builder_.guess(Place{file_, 0, 0}, "the sources of the graph are not a list of objects with an id, so they were left out.");
    graph_.sources.clear();
    return;
  }
  const std::vector<std::string> known{"id", "title", "publisher", "date", "url", "lang", "file"};
  std::vector<std::string>& columns = builder_.info().source_columns;
  for (const Json& item : *list) {
    for (const auto& [key, value] : item.items()) {
      if (std::ranges::find(known, key) == known.end() && std::ranges::find(columns, key) == columns.end()) columns.push_back(key);
    }
  }
  for (const Json& item : *list) {
    std::vector<std::string> texts;
    for (const std::string& key : known) texts.push_back(member_text(item, key.c_str()));
    SourceRow row{{file_, 0}, {texts[0]}, {texts[1]}, {texts[2]}, {texts[3]}, {texts[4]}, {texts[5]}, {texts[6]}, {}};
    std::vector<std::string> more;
    for (const std::string& column : columns) more.push_back(member_text(item, column.c_str()));
    for (const std::string& text : more) row.further.push_back({text});
    builder_.add(row);
  }
  for (const auto& [key, place, json] : node_evidence_) add_evidence(json, key, place, true);
}

void RawReader::add_evidence(const Json& list, const std::string& subject, const RawPlace& place, bool of_node) {
  for (const Json& item : list) {
    const std::string source = member_text(item, "source"), quote = member_text(item, "quote"),
                      locator = member_text(item, "locator"), field = member_text(item, "field");
    const EvidenceRow row{{file_, place.line}, {subject, place.column}, {source, place.column}, {quote, place.column},
                          {locator, place.column}, {field, place.column}};
    if (of_node) {
      builder_.add_node_evidence(row);
    } else {
      builder_.add_edge_evidence(row);
    }
  }
}

void RawReader::add_ties() {
  RawTable& table = graph_.edges;
  // Ids of ties: a column id always; a column key where it tells all ties apart.
  const RawColumn* id = meaningful(table, "id", is_any_text, "");
  if (RawColumn* key = table.find("key"); key && !id && key->values().size() == graph_.ties.size() && key->cell_count() == graph_.ties.size() &&
      !key->values().contains("")) {
    id = key;
    used_.insert(key);
  }
  const RawColumn* kind = meaningful(table, "kind", is_any_text, "");
  const RawColumn* directed = meaningful(table, "directed", is_boolean_text, "true or false");
  const RawColumn* status = meaningful(table, "status", is_any_text, "");
  const RawColumn* start = meaningful(table, "start", is_date_text, "dates");
  const RawColumn* end = meaningful(table, "end", is_date_text, "dates");
  const RawColumn* agreement = meaningful(table, "agreement", is_any_text, "");
  const bool has_money = table.find("amount") && table.find("currency");
  if (table.find("amount") && !has_money) {
    builder_.guess(Place{file_, 0, 0}, "amount was kept as plain numbers, since no currency is stated. Add a member currency (USD, EUR, …) to the ties "
                                       "to have it counted as money.");
  }
  const RawColumn* amount = has_money ? meaningful(table, "amount", is_any_text, "") : nullptr;
  const RawColumn* currency = has_money ? meaningful(table, "currency", is_any_text, "") : nullptr;
  const auto is_evidence = [](std::string_view text) { return objects_with(text, "source").has_value(); };
  RawColumn* evidence = table.find("evidence") && !graph_.sources.empty() && all_values(*table.find("evidence"), is_evidence)
                            ? table.find("evidence") : nullptr;
  used_.insert(evidence);
  const auto columns = further(table);
  for (const RawColumn* column : columns) builder_.declare_edge_attribute(column->name, type_of(*column));

  EdgeRow row;
  for (std::size_t i = 0; i < graph_.ties.size(); ++i) {
    const RawGraph::Tie& tie = graph_.ties[i];
    row.place = {file_, tie.place.line};
    row.key = cell(id, i, tie.place);
    if (row.key.text.empty()) row.key.column = 0;
    row.source = {tie.source, tie.place.column};
    row.target = {tie.target, tie.place.column};
    row.kind = cell(kind, i, tie.place);
    row.directed = cell(directed, i, tie.place);
    if (row.directed.text.empty() && tie.directed >= 0) row.directed.text = tie.directed == 1 ? "true" : "false";
    row.status = cell(status, i, tie.place);
    row.start = cell(start, i, tie.place);
    row.end = cell(end, i, tie.place);
    row.amount = cell(amount, i, tie.place);
    row.currency = cell(currency, i, tie.place);
    row.agreement = cell(agreement, i, tie.place);
    row.further.clear();
    for (const RawColumn* column : columns) row.further.push_back(cell(column, i, tie.place));
    std::vector<Cell> all = row.further;
    all.insert(all.end(), {row.key, row.source, row.target, row.kind, row.status, row.agreement});
    if (!short_enough("edges", tie.place, all)) continue;
    const std::size_t before = builder_.edge_count();
    if (!builder_.add(row) || !evidence || evidence->text(i).empty()) continue;
    const std::string key = row.key.text.empty() ? "e" + std::to_string(before + 1) : std::string(row.key.text);
    add_evidence(*objects_with(evidence->text(i), "source"), key, tie.place, false);
  }
}

}  // namespace

RawColumn& RawTable::column(std::string_view name) {
  const auto code = index_.add(name);
  if (code == columns_.size()) columns_.emplace_back(std::string(name));
  return columns_[code];
}

RawColumn* RawTable::find(std::string_view name) {
  const auto code = index_.find(name);
  return code < columns_.size() ? &columns_[code] : nullptr;
}

Result<NetworkPtr> network_of(RawGraph graph, const std::string& file, const ReadOptions& options) {
  const std::size_t cells = graph.node_keys.size() * graph.nodes.columns().size() + graph.ties.size() * graph.edges.columns().size();
  if (cells > (std::size_t{1} << 24) && cells / 32 > graph.file_bytes) {
    return fail(ErrorCode::bad_input, "the file names so many different columns that its table would have " + grouped(cells) +
                                          " cells, nearly all of them empty.", file);
  }
  return RawReader(graph, file, options).read();
}

}  // namespace entente
