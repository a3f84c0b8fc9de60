#include <algorithm>
#include <unordered_map>

#include "engine/text.hpp"
#include "io/bytes.hpp"
#include "io/json_input.hpp"
#include "io/node_link.hpp"
#include "io/node_link_ends.hpp"
#include "io/raw_graph.hpp"

namespace entente {

namespace {

/// Hands the text to the parser and remembers how far it has come.
class JsonCursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  JsonCursor(const char* at, const char** shared) : at_(at), shared_(shared) {}
  const char& operator*() const { return *at_; }
  JsonCursor& operator++() {
    ++at_;
    *shared_ = at_;
    return *this;
  }
  JsonCursor operator++(int) {
    JsonCursor old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const JsonCursor& a, const JsonCursor& b) { return a.at_ == b.at_; }
  friend bool operator!=(const JsonCursor& a, const JsonCursor& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  const char** shared_;
};

/// Receives the parser's events. The levels: 1 the file's object, 2 a list of nodes or edges, 3 one of them;
/// anything deeper is taken as the JSON text it is.
class NodeLinkReader : public nlohmann::json_sax<Json> {
 public:
  NodeLinkReader(std::string_view text, const std::string& file, const ReadOptions& options, RawGraph& graph)
      : text_(text), file_(file), options_(options), graph_(graph), at_(text.data()), line_at_(text.data()) {}

  const char** cursor() { return &at_; }
  const std::optional<Error>& error() const { return error_; }
  bool saw_nodes() const { return saw_nodes_; }
  bool saw_edges() const { return saw_edges_; }
  const std::string& graph_json() const { return graph_json_; }
  const NodeLinkEnds& ends() const { return ends_; }

  bool null() override { return scalar({}, Scalar::null); }
  bool boolean(bool value) override { return scalar(value ? "true" : "false", Scalar::boolean); }
  bool number_integer(number_integer_t value) override { return scalar(std::to_string(value), Scalar::integer); }
  bool number_unsigned(number_unsigned_t value) override { return scalar(std::to_string(value), Scalar::integer); }
  bool number_float(number_float_t, const string_t& digits) override { return scalar(digits, Scalar::number); }
  bool string(string_t& value) override { return scalar(value, Scalar::text); }
  bool binary(binary_t&) override { return true; }
  bool key(string_t& value) override {
    if (nested_ == 0) key_ = value;
    return true;
  }
  bool start_object(std::size_t) override { return open(true); }
  bool start_array(std::size_t) override { return open(false); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t byte, const std::string&, const nlohmann::detail::exception& exception) override {
    error_ = not_json(text_, file_, byte, exception.what()).value();
    return false;
  }

 private:
  enum class Scalar { null, boolean, integer, number, text };
  enum class List { none, nodes, edges };

  bool refuse_shape(std::string what) {
    error_ = Error{ErrorCode::bad_input, std::move(what), place_of_byte(file_, text_, static_cast<std::size_t>(at_ - text_.data()) - 1)};
    return false;
  }

  RawPlace place_here() {
    for (; line_at_ < at_; ++line_at_) {
      if (*line_at_ == '\n') {
        ++line_;
        line_begin_ = line_at_ + 1;
      }
    }
    return {line_, static_cast<std::uint64_t>(at_ - line_begin_)};
  }

  bool open(bool object) {
    if (nested_ > 0) {
      ++nested_;
      return true;
    }
    if (level_ == 0) {
      if (!object) return refuse_shape("this is not a node-link file: its outermost value is a list, not an object.");
      level_ = 1;
    } else if (level_ == 1 && !object && key_ == "nodes") {
      if (saw_nodes_) return refuse_shape("the list nodes occurs twice.");
      saw_nodes_ = true;
      list_ = List::nodes;
      level_ = 2;
    } else if (level_ == 1 && !object && (key_ == "edges" || key_ == "links")) {
      if (saw_edges_) return refuse_shape("a second list of ties begins here: edges and links may not both occur.");
      saw_edges_ = true;
      list_ = List::edges;
      level_ = 2;
    } else if (level_ == 2) {
      if (!object) return refuse_shape("a list stands where a node or tie should be an object.");
      begin_item();
      level_ = 3;
    } else {
      nested_ = 1;
      nested_begin_ = at_ - 1;
    }
    return true;
  }

  bool close() {
    if (nested_ > 0) {
      if (--nested_ == 0) nested_value(std::string_view(nested_begin_, static_cast<std::size_t>(at_ - nested_begin_)));
      return !error_;
    }
    if (level_ == 3 && !end_item()) return false;
    --level_;
    if (level_ == 1) list_ = List::none;
    return true;
  }

  void begin_item() {
    place_ = place_here();
    has_id_ = has_source_ = has_target_ = false;
    id_.clear();
    tie_ = RawGraph::Tie{{}, {}, -1, place_};
    row_ = static_cast<std::uint32_t>(list_ == List::nodes ? graph_.node_keys.size() : graph_.ties.size());
  }

  bool end_item() {
    if (list_ == List::nodes) {
      if (has_id_) ++ends_.nodes_with_id;
      if (!has_id_ && !ends_.node_without_id) ends_.node_without_id = place_;
      graph_.node_keys.push_back(std::move(id_));
      graph_.node_places.push_back(place_);
    } else {
      if (!has_source_ || !has_target_) return refuse_shape(std::string("this tie has no ") + (has_source_ ? "target." : "source."));
      graph_.ties.push_back(std::move(tie_));
    }
    return true;
  }

  void nested_value(std::string_view json) {
    if (level_ == 1 && key_ == "graph") {
      graph_json_ = json;
    } else if (level_ == 3) {
      put(json, CellType::text);
    } else if (level_ == 1) {
      graph_.guesses.push_back("the property " + shortened(key_, 40) + " of the file was left out.");
    }
  }

  bool scalar(std::string_view text, Scalar type) {
    if (nested_ > 0) return true;
    if (level_ == 0) return refuse_shape("this is not a node-link file: its outermost value is not an object.");
    if (level_ == 2) return refuse_shape("a bare value stands where a node or tie should be an object.");
    if (level_ == 1) {
      if (key_ == "directed" && type == Scalar::boolean) graph_.directed = text == "true" ? 1 : 0;
      return true;
    }
    if (type == Scalar::null) return true;
    put(text, type == Scalar::integer   ? CellType::integer
              : type == Scalar::number  ? CellType::number
              : type == Scalar::boolean ? CellType::boolean
                                        : CellType::text);
    return !error_;
  }

  /// One member of a node or tie.
  void put(std::string_view text, CellType type) {
    if (list_ == List::nodes && key_ == "id") {
      id_ = text;
      has_id_ = true;
      return;
    }
    if (list_ == List::edges && (key_ == "source" || key_ == "target")) {
      const bool again = key_ == "source" ? has_source_ : has_target_;
      if (again) return void(refuse_shape("this tie has two members " + key_ + "."));
      ends_.whole_ends += type == CellType::integer;
    }
    if (list_ == List::edges && key_ == "source") {
      tie_.source = text;
      has_source_ = true;
      return;
    }
    if (list_ == List::edges && key_ == "target") {
      tie_.target = text;
      has_target_ = true;
      return;
    }
    RawTable& table = list_ == List::nodes ? graph_.nodes : graph_.edges;
    if (table.columns().size() >= options_.limits.columns && !table.find(key_)) {
      refuse_shape("the file names more than " + grouped(options_.limits.columns) + " different columns.");
      return;
    }
    RawColumn& column = table.column(key_);
    // Whole numbers among fractions are numbers; anything else mixed is text.
    if (!column.type) {
      column.type = type;
    } else if (*column.type != type) {
      const bool numbers = (type == CellType::integer || type == CellType::number) &&
                           (*column.type == CellType::integer || *column.type == CellType::number);
      column.type = numbers ? CellType::number : CellType::text;
    }
    column.set(row_, text);
  }

  std::string_view text_;
  const std::string& file_;
  const ReadOptions& options_;
  RawGraph& graph_;
  const char* at_;
  const char* line_at_;
  const char* line_begin_ = line_at_;
  std::uint64_t line_ = 1;
  std::optional<Error> error_;

  int level_ = 0, nested_ = 0;
  const char* nested_begin_ = nullptr;
  List list_ = List::none;
  std::string key_, id_, graph_json_;
  NodeLinkEnds ends_;
  bool saw_nodes_ = false, saw_edges_ = false;
  bool has_id_ = false, has_source_ = false, has_target_ = false;
  RawPlace place_;
  RawGraph::Tie tie_;
  std::uint32_t row_ = 0;
};

/// Name, title, licence and sources under "graph".
void take_graph_properties(const std::string& json, RawGraph& graph) {
  const Json properties = Json::parse(json, nullptr, false);
  if (!properties.is_object()) return;
  const auto text = [&](const char* key) {
    const auto found = properties.find(key);
    return found != properties.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (!text("name").empty()) graph.info.name = text("name");
  graph.info.title = text("title");
  graph.info.description = text("description");
  graph.info.licence = text("licence");
  if (const auto sources = properties.find("sources"); sources != properties.end() && sources->is_array()) {
    graph.sources = sources->dump();
  }
  if (const auto hidden = properties.find("hidden_kinds"); hidden != properties.end() && hidden->is_array()) {
    for (const Json& kind : *hidden) {
      if (kind.is_string()) graph.info.hidden_kinds.push_back(kind.get<std::string>());
    }
  }
}

}  // namespace

Result<NetworkPtr> read_node_link(const Input& input, const ReadOptions& options) {
  const auto decoded = Utf8Text::decode(input.bytes, options.encoding, input.file);
  if (!decoded) return tl::unexpected(decoded.error());
  const std::string_view text = decoded->view();
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return fail(ErrorCode::bad_input, "the file is empty.", input.file);
  }
  if (const auto deep = check_json_depth(text, input.file, options.limits.depth); !deep) return tl::unexpected(deep.error());

  RawGraph graph;
  graph.info = input.info;
  graph.file_bytes = text.size();
  NodeLinkReader reader(text, input.file, options, graph);
  const JsonCursor begin(text.data(), reader.cursor()), end(text.data() + text.size(), reader.cursor());
  const bool complete = Json::sax_parse(begin, end, &reader);
  if (reader.error()) return tl::unexpected(*reader.error());
  if (!complete) return fail(ErrorCode::bad_input, "the text is not valid JSON.", input.file);
  if (!reader.saw_edges()) {
    return fail(ErrorCode::bad_input, "the file has no list of ties. They belong under \"edges\" (or \"links\").", input.file);
  }
  graph.implicit_nodes = !reader.saw_nodes();
  if (!reader.saw_nodes()) graph.guesses.push_back("the file has no list of nodes; the ends of ties were taken as nodes.");
  if (auto settled = settle_ends(graph, reader.ends(), input.file); !settled) return tl::unexpected(settled.error());
  if (!reader.graph_json().empty()) take_graph_properties(reader.graph_json(), graph);
  return network_of(std::move(graph), input.file, options);
}

}  // namespace entente
