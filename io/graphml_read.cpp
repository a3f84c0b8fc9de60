#include <expat.h>

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "engine/text.hpp"
#include "io/bytes.hpp"
#include "io/graphml.hpp"
#include "io/json_input.hpp"
#include "io/raw_graph.hpp"

namespace entente {

namespace {

struct GraphmlKey {
  std::string name;    // of the column
  std::string domain;  // node, edge, graph, all, …
  std::optional<CellType> type;
  std::string otherwise;  // the default
  bool has_default = false;
};

std::optional<CellType> graphml_type(std::string_view type) {
  if (type == "boolean") return CellType::boolean;
  if (type == "int" || type == "long" || type == "integer") return CellType::integer;
  if (type == "float" || type == "double") return CellType::number;
  if (type == "string") return CellType::text;
  return std::nullopt;
}

std::string_view local_part(std::string_view name) {
  const auto colon = name.find_last_of(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view trimmed_xml(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

/// Receives expat's events. What stands inside <data> that is no plain text is foreign and only
/// searched for labels.
class GraphmlReader {
 public:
  GraphmlReader(const Input& input, const ReadOptions& options, RawGraph& graph)
      : input_(input), options_(options), graph_(graph), parser_(XML_ParserCreate(nullptr), XML_ParserFree) {}

  Result<void> read();

 private:
  enum class Owner { none, graph, node, edge, other };

  static void start_element(void* self, const XML_Char* name, const XML_Char** attributes) {
    static_cast<GraphmlReader*>(self)->start(local_part(name), attributes);
  }
  static void end_element(void* self, const XML_Char* name) { static_cast<GraphmlReader*>(self)->end(local_part(name)); }
  static void characters(void* self, const XML_Char* text, int size) {
    static_cast<GraphmlReader*>(self)->text({text, static_cast<std::size_t>(size)});
  }
  static void doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int has_internal_subset) {
    if (has_internal_subset != 0) static_cast<GraphmlReader*>(self)->stop("the document type declares things of its own, which is not allowed. Remove it.");
  }
  static void entity(void* self, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*,
                     const XML_Char*, const XML_Char*) {
    static_cast<GraphmlReader*>(self)->stop("the file declares an entity, which is not allowed. Remove it.");
  }

  void start(std::string_view name, const XML_Char** attributes);
  void end(std::string_view name);
  void text(std::string_view piece);
  void stop(std::string what);
  RawPlace here() const {
    return {XML_GetCurrentLineNumber(parser_.get()), XML_GetCurrentColumnNumber(parser_.get()) + 1};
  }
  void start_key(const XML_Char** attributes);
  void start_graph(const XML_Char** attributes);
  void start_node(const XML_Char** attributes);
  void start_edge(const XML_Char** attributes);
  void end_data();
  void put(Owner owner, const std::string& column, std::optional<CellType> type, std::string_view value);
  void put_defaults(std::string_view domain, Owner owner);

  const Input& input_;
  const ReadOptions& options_;
  RawGraph& graph_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  std::optional<Error> error_;

  int depth_ = 0, graphs_ = 0, open_graphs_ = 0, nested_graphs_ = 0, ports_ = 0, undeclared_ = 0;
  std::map<std::string, GraphmlKey, std::less<>> keys_;
  std::vector<std::pair<std::string, std::string>> names_by_domain_;
  std::vector<Owner> owners_;       // what the open elements are
  std::vector<std::uint32_t> rows_;  // of the open nodes
  std::vector<std::string> keys_put_;
  GraphmlKey* open_key_ = nullptr;   // whose <default> is open
  bool in_default_ = false;
  std::size_t defaults_put_ = 0;
  int in_data_ = 0;                  // 1: in <data>; more: in a foreign element there
  std::string data_key_, data_text_, label_text_;
  bool foreign_ = false;
  int in_label_ = 0;
  std::string root_;
};

const XML_Char* attribute_of(const XML_Char** attributes, std::string_view name) {
  for (; *attributes; attributes += 2) {
    if (local_part(attributes[0]) == name) return attributes[1];
  }
  return nullptr;
}

std::string text_of(const XML_Char** attributes, std::string_view name) {
  const XML_Char* value = attribute_of(attributes, name);
  return value ? std::string(value) : std::string();
}

void GraphmlReader::stop(std::string what) {
  if (!error_) {
    const RawPlace place = here();
    error_ = Error{ErrorCode::bad_input, std::move(what), Place{input_.file, place.line, place.column}.text()};
  }
  XML_StopParser(parser_.get(), XML_FALSE);
}

void GraphmlReader::start_key(const XML_Char** attributes) {
  const std::string id = text_of(attributes, "id");
  if (id.empty()) return stop("this key has no id.");
  if (keys_.size() >= options_.limits.columns) return stop("the file declares more than " + grouped(options_.limits.columns) + " keys.");
  GraphmlKey key;
  key.name = text_of(attributes, "attr.name");
  if (key.name.empty()) key.name = id;
  key.domain = text_of(attributes, "for");
  if (key.domain.empty()) key.domain = "all";
  key.type = graphml_type(text_of(attributes, "attr.type"));
  // Two keys of one name for the same things: the second goes by its id.
  for (const auto& [other_id, other] : keys_) {
    if (other.name == key.name && other.domain == key.domain) key.name += " (" + id + ")";
  }
  open_key_ = &keys_.insert_or_assign(id, std::move(key)).first->second;
}

void GraphmlReader::start_graph(const XML_Char** attributes) {
  const bool nested = open_graphs_ > 0;
  if (!nested && graphs_ > 0) return stop("a second graph begins here. Give each graph a file of its own.");
  ++graphs_;
  ++open_graphs_;
  if (nested) {
    ++nested_graphs_;
    return;
  }
  const std::string direction = text_of(attributes, "edgedefault");
  if (direction == "directed") graph_.directed = 1;
  if (direction == "undirected") graph_.directed = 0;
}

void GraphmlReader::put_defaults(std::string_view domain, Owner owner) {
  for (const auto& [id, key] : keys_) {
    if (!key.has_default || (key.domain != domain && key.domain != "all")) continue;
    if (++defaults_put_ > (std::size_t{1} << 20) && defaults_put_ / 8 > input_.bytes.size()) {
      return stop("the defaults of this file give its nodes and edges more values than the file can hold.");
    }
    put(owner, key.name, key.type, key.otherwise);
  }
}

void GraphmlReader::start_node(const XML_Char** attributes) {
  const XML_Char* id = attribute_of(attributes, "id");
  if (!id) return stop("this node has no id.");
  rows_.push_back(static_cast<std::uint32_t>(graph_.node_keys.size()));
  graph_.node_keys.emplace_back(id);
  graph_.node_places.push_back(here());
  put_defaults("node", Owner::node);
}

void GraphmlReader::start_edge(const XML_Char** attributes) {
  const XML_Char* source = attribute_of(attributes, "source");
  const XML_Char* target = attribute_of(attributes, "target");
  if (!source || !target) return stop(std::string("this edge has no ") + (source ? "target." : "source."));
  RawGraph::Tie tie{source, target, -1, here()};
  const std::string directed = text_of(attributes, "directed");
  if (directed == "true" || directed == "1") tie.directed = 1;
  if (directed == "false" || directed == "0") tie.directed = 0;
  graph_.ties.push_back(std::move(tie));
  const std::string id = text_of(attributes, "id");
  if (!id.empty()) put(Owner::edge, "key", CellType::text, id);
  put_defaults("edge", Owner::edge);
}

void GraphmlReader::put(Owner owner, const std::string& column, std::optional<CellType> type, std::string_view value) {
  if (type && *type != CellType::text) value = trimmed_xml(value);
  if (value.empty()) return;
  if (owner == Owner::graph) {
    if (open_graphs_ > 1) return;
    if (column == "sources") graph_.sources = value;
    if (column == "title") graph_.info.title = value;
    if (column == "description") graph_.info.description = value;
    if (column == "licence") graph_.info.licence = value;
    if (column == "name") graph_.info.name = value;
    if (column == "hidden_kinds") {
      const Json kinds = Json::parse(value.begin(), value.end(), nullptr, false);
      if (!kinds.is_array()) return;
      for (const Json& kind : kinds) {
        if (kind.is_string()) graph_.info.hidden_kinds.push_back(kind.get<std::string>());
      }
    }
    return;
  }
  // Nodes can hold graphs that hold nodes; a row that is no longer the last one cannot be filled.
  RawTable& table = owner == Owner::node ? graph_.nodes : graph_.edges;
  const auto last = static_cast<std::uint32_t>((owner == Owner::node ? graph_.node_keys.size() : graph_.ties.size()) - 1);
  if (owner == Owner::node && rows_.back() != last) return stop("data of a node must stand before the graph inside it.");
  if (table.columns().size() >= options_.limits.columns && !table.find(column)) {
    return stop("the file names more than " + grouped(options_.limits.columns) + " different columns.");
  }
  RawColumn& cells = table.column(column);
  if (!cells.type) cells.type = type;
  cells.set(last, value);
}

void GraphmlReader::start(std::string_view name, const XML_Char** attributes) {
  if (error_) return;
  if (++depth_ > options_.limits.depth) return stop("elements are nested deeper than " + std::to_string(options_.limits.depth) + " here.");
  if (in_data_ > 0) {
    ++in_data_;
    foreign_ = true;
    if (name == "NodeLabel" || name == "EdgeLabel" || in_label_ > 0) ++in_label_;
    return;
  }
  if (root_.empty()) {
    root_ = name;
    if (name != "graphml") return stop("this is not GraphML: the outermost element is " + shortened(name, 40) + ".");
  }
  Owner owner = owners_.empty() ? Owner::none : Owner::other;
  if (name == "key") {
    start_key(attributes);
  } else if (name == "default" && open_key_) {
    in_default_ = true;
    open_key_->has_default = true;
  } else if (name == "graph") {
    owner = Owner::graph;
    start_graph(attributes);
  } else if (name == "node") {
    owner = Owner::node;
    start_node(attributes);
  } else if (name == "edge") {
    owner = Owner::edge;
    start_edge(attributes);
  } else if (name == "port") {
    ++ports_;
  } else if (name == "hyperedge") {
    const RawPlace place = here();
    graph_.refused_ties.push_back({Place{input_.file, place.line, place.column},
                                   "a hyperedge ties more than two nodes at once, which cannot be read. Write it as an agreement of several ties."});
  } else if (name == "data") {
    in_data_ = 1;
    data_key_ = text_of(attributes, "key");
    data_text_.clear();
    label_text_.clear();
    foreign_ = false;
    in_label_ = 0;
  }
  owners_.push_back(owner);
}

void GraphmlReader::text(std::string_view piece) {
  std::string* into = in_default_ ? &open_key_->otherwise : in_label_ > 0 ? &label_text_ : in_data_ == 1 ? &data_text_ : nullptr;
  if (!into) return;
  if (into->size() + piece.size() > options_.limits.cell_bytes) {
    return stop("a value has more than " + grouped(options_.limits.cell_bytes) + " bytes.");
  }
  *into += piece;
}

void GraphmlReader::end_data() {
  Owner owner = Owner::none;
  for (auto at = owners_.rbegin(); at != owners_.rend() && owner == Owner::none; ++at) {
    if (*at == Owner::graph || *at == Owner::node || *at == Owner::edge) owner = *at;
    else if (at != owners_.rbegin()) return;  // of a port or hyperedge
  }
  if (owner == Owner::none) return;
  if (!trimmed_xml(label_text_).empty()) put(owner, "label", CellType::text, trimmed_xml(label_text_));
  if (foreign_ && trimmed_xml(data_text_).empty()) return;
  const auto key = keys_.find(data_key_);
  if (key == keys_.end()) {
    ++undeclared_;
    put(owner, data_key_.empty() ? std::string("data") : data_key_, std::nullopt, data_text_);
  } else {
    put(owner, key->second.name, key->second.type, data_text_);
  }
}

void GraphmlReader::end(std::string_view name) {
  if (error_) return;
  --depth_;
  if (in_data_ > 1) {
    --in_data_;
    if (in_label_ > 0 && --in_label_ == 0) label_text_ += ' ';
    return;
  }
  if (name == "data" && in_data_ == 1) {
    in_data_ = 0;
    end_data();
  }
  if (name == "default") in_default_ = false;
  if (name == "key") open_key_ = nullptr;
  if (name == "graph") --open_graphs_;
  if (name == "node" && !rows_.empty()) rows_.pop_back();
  if (!owners_.empty()) owners_.pop_back();
}

Result<void> GraphmlReader::read() {
  XML_Parser parser = parser_.get();
  XML_SetUserData(parser, this);
  XML_SetElementHandler(parser, start_element, end_element);
  XML_SetCharacterDataHandler(parser, characters);
  XML_SetStartDoctypeDeclHandler(parser, doctype);
  XML_SetEntityDeclHandler(parser, entity);
  if (!options_.encoding.empty()) XML_SetEncoding(parser, "UTF-8");  // decoded already

  std::string_view rest = input_.bytes;
  constexpr std::size_t piece = 1 << 20;
  while (true) {
    const auto now = rest.substr(0, piece);
    rest.remove_prefix(now.size());
    const auto status = XML_Parse(parser, now.data(), static_cast<int>(now.size()), rest.empty());
    if (error_) return tl::unexpected(*error_);
    if (status != XML_STATUS_OK) {
      const auto code = XML_GetErrorCode(parser);
      const RawPlace place = here();
      return fail(ErrorCode::bad_input, std::string("the text is not well-formed XML: ") + XML_ErrorString(code) + ".",
                  Place{input_.file, place.line, place.column}.text());
    }
    if (rest.empty()) break;
  }
  if (graphs_ == 0) return fail(ErrorCode::bad_input, "the file holds no graph.", input_.file);
  if (nested_graphs_ > 0) {
    graph_.guesses.push_back(counted(static_cast<std::size_t>(nested_graphs_), "nested graph was", "nested graphs were") +
                             " flattened: the nesting is lost.");
  }
  if (ports_ > 0) graph_.guesses.push_back(counted(static_cast<std::size_t>(ports_), "port was", "ports were") + " left out.");
  if (undeclared_ > 0) {
    graph_.guesses.push_back(counted(static_cast<std::size_t>(undeclared_), "value", "values") +
                             " without a declared key went into a column named by the key's id.");
  }
  return {};
}

}  // namespace

Result<NetworkPtr> read_graphml(const Input& input, const ReadOptions& options) {
  if (trimmed_xml(input.bytes).empty()) return fail(ErrorCode::bad_input, "the file is empty.", input.file);
  Input decoded = input;
  Result<Utf8Text> text = Utf8Text::decode(input.bytes, options.encoding.empty() ? "utf-8" : options.encoding, input.file);
  if (!text) return tl::unexpected(text.error());
  if (!options.encoding.empty()) decoded.bytes = text->view();
  RawGraph graph;
  graph.info = input.info;
  graph.file_bytes = input.bytes.size();
  if (auto read = GraphmlReader(decoded, options, graph).read(); !read) return tl::unexpected(read.error());
  return network_of(std::move(graph), input.file, options);
}

}  // namespace entente
