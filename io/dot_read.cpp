#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/dictionary.hpp"
#include "engine/key_pool.hpp"
#include "engine/text.hpp"
#include "io/bytes.hpp"
#include "io/dot.hpp"
#include "io/dot_lexer.hpp"
#include "io/raw_graph.hpp"

namespace entente {

namespace {

struct DotValue {
  std::string text;
  bool html = false;
};
using DotAttributes = std::map<Dictionary::Code, DotValue>;  // by the number of the name, so in order of first appearance

/// What `node [...]` and `edge [...]` set inside one pair of braces; the outer braces go on holding.
struct DotScope {
  DotScope* outer = nullptr;
  DotAttributes node, edge;
  std::vector<std::uint32_t> members;  // nodes met inside, for edges to the whole subgraph
};

struct DotNode {
  RawPlace place;
  DotAttributes attributes;
};

struct DotEdge {
  std::uint32_t source, target;
  RawPlace place;
  DotAttributes attributes;
};

/// graph : [strict] (graph | digraph) [ID] '{' statements '}'
class DotParser {
 public:
  DotParser(std::string_view text, const std::string& file, const ReadOptions& options)
      : lexer_(text, file, options.limits), options_(options), bytes_(text.size()) {}

  Result<void> parse();
  RawGraph take(NetworkInfo info);

 private:
  Result<void> advance();
  tl::unexpected<Error> unexpected_here(std::string_view wanted) const;
  Result<void> statements(DotScope& scope, int depth);
  Result<void> statement(DotScope& scope, int depth);
  Result<void> attribute_list(DotAttributes& attributes);
  Result<std::vector<std::uint32_t>> endpoint(DotScope& scope, int depth);
  Result<std::vector<std::uint32_t>> subgraph(DotScope& scope, int depth);
  Result<void> edge_chain(DotScope& scope, int depth, std::vector<std::uint32_t> first, const DotToken& begin);
  Result<void> add_edges(DotScope& scope, const std::vector<std::vector<std::uint32_t>>& chain, const DotAttributes& stated, const DotToken& begin);
  std::uint32_t node_named(DotScope& scope, const DotToken& token);
  void graph_attribute(const DotScope& scope, const std::string& name, const DotValue& value);
  Result<void> count_cells(const DotAttributes& attributes, const DotToken& begin);

  DotLexer lexer_;
  const ReadOptions& options_;
  std::size_t bytes_;
  DotToken token_;
  bool strict_ = false, directed_ = false, ours_ = false;
  std::string name_;
  Dictionary names_;  // of attributes
  KeyPool keys_;
  std::vector<DotNode> nodes_;
  std::vector<DotEdge> edges_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> strict_edges_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> subgraphs_;
  std::size_t merged_ = 0, ports_ = 0, subgraph_count_ = 0, cells_ = 0;
  bool more_graphs_ = false;
};

Result<void> DotParser::advance() {
  auto next = lexer_.next();
  if (!next) return tl::unexpected(next.error());
  token_ = std::move(*next);
  return {};
}

tl::unexpected<Error> DotParser::unexpected_here(std::string_view wanted) const {
  std::string found = token_.kind == DotToken::Kind::end ? "the end of the file" : "\"" + shortened(token_.text, 30) + "\"";
  if (token_.kind == DotToken::Kind::arrow) found = "->";
  if (token_.kind == DotToken::Kind::line) found = "--";
  return lexer_.fault(token_, found + " stands where " + std::string(wanted) + " should be.");
}

Result<void> DotParser::parse() {
  if (auto done = advance(); !done) return done;
  if (token_.is_keyword("strict")) {
    strict_ = true;
    if (auto done = advance(); !done) return done;
  }
  if (!token_.is_keyword("graph") && !token_.is_keyword("digraph")) return unexpected_here("graph or digraph");
  directed_ = token_.is_keyword("digraph");
  if (auto done = advance(); !done) return done;
  if (token_.kind == DotToken::Kind::id) {
    name_ = token_.text;
    if (auto done = advance(); !done) return done;
  }
  if (!token_.is('{')) return unexpected_here("{");
  if (auto done = advance(); !done) return done;
  DotScope root;
  if (auto done = statements(root, 1); !done) return done;
  if (!token_.is('}')) return unexpected_here("}");
  // The rest may be another graph, or rubbish that is none of this one's business but must be told.
  const auto rest = lexer_.next();
  more_graphs_ = !rest || rest->kind != DotToken::Kind::end;
  return {};
}

Result<void> DotParser::statements(DotScope& scope, int depth) {
  if (depth > options_.limits.depth) return lexer_.fault(token_, "subgraphs are nested deeper than " + std::to_string(options_.limits.depth) + " here.");
  while (token_.kind != DotToken::Kind::end && !token_.is('}')) {
    if (token_.is(';') || token_.is(',')) {
      if (auto done = advance(); !done) return done;
      continue;
    }
    if (auto done = statement(scope, depth); !done) return done;
  }
  return {};
}

Result<void> DotParser::statement(DotScope& scope, int depth) {
  const DotToken begin = token_;
  const bool of_node = begin.is_keyword("node"), of_edge = begin.is_keyword("edge"), of_graph = begin.is_keyword("graph");
  if (of_node || of_edge || of_graph) {
    if (auto done = advance(); !done) return done;
    if (!token_.is('[')) return unexpected_here("[");
    DotAttributes stated;
    while (token_.is('[')) {
      if (auto done = attribute_list(stated); !done) return done;
    }
    for (auto& [name, value] : stated) {
      if (of_node) scope.node[name] = value;
      if (of_edge) scope.edge[name] = value;
      if (of_graph) graph_attribute(scope, names_.text(name), value);
    }
    return {};
  }
  if (begin.kind == DotToken::Kind::id && !begin.is_keyword("subgraph")) {
    if (auto done = advance(); !done) return done;
    if (token_.is('=')) {
      if (auto done = advance(); !done) return done;
      if (token_.kind != DotToken::Kind::id) return unexpected_here("a value");
      graph_attribute(scope, begin.text, {token_.text, token_.html});
      return advance();
    }
    const std::uint32_t node = node_named(scope, begin);
    while (token_.is(':')) {  // ports
      ++ports_;
      if (auto done = advance(); !done) return done;
      if (token_.kind != DotToken::Kind::id) return unexpected_here("a port");
      if (auto done = advance(); !done) return done;
    }
    if (token_.kind == DotToken::Kind::arrow || token_.kind == DotToken::Kind::line) return edge_chain(scope, depth, {node}, begin);
    DotAttributes stated;
    while (token_.is('[')) {
      if (auto done = attribute_list(stated); !done) return done;
    }
    if (auto done = count_cells(stated, begin); !done) return done;
    for (auto& [name, value] : stated) nodes_[node].attributes[name] = value;
    return {};
  }
  if (begin.is('{') || begin.is_keyword("subgraph")) {
    auto members = endpoint(scope, depth);
    if (!members) return tl::unexpected(members.error());
    if (token_.kind == DotToken::Kind::arrow || token_.kind == DotToken::Kind::line) return edge_chain(scope, depth, std::move(*members), begin);
    DotAttributes ignored;
    while (token_.is('[')) {
      if (auto done = attribute_list(ignored); !done) return done;
    }
    return {};
  }
  return unexpected_here("a node, an edge or a subgraph");
}

Result<void> DotParser::attribute_list(DotAttributes& attributes) {
  if (auto done = advance(); !done) return done;  // [
  while (!token_.is(']')) {
    if (token_.is(',') || token_.is(';')) {
      if (auto done = advance(); !done) return done;
      continue;
    }
    if (token_.kind != DotToken::Kind::id) return unexpected_here("] or an attribute");
    const std::string name = token_.text;
    if (auto done = advance(); !done) return done;
    DotValue value{"true", false};
    if (token_.is('=')) {
      if (auto done = advance(); !done) return done;
      if (token_.kind != DotToken::Kind::id) return unexpected_here("a value");
      value = {token_.text, token_.html};
      if (auto done = advance(); !done) return done;
    }
    if (attributes.size() >= options_.limits.columns) return lexer_.fault(token_, "more than " + grouped(options_.limits.columns) + " attributes in one list.");
    attributes[names_.add(name)] = std::move(value);
  }
  return advance();
}

std::uint32_t DotParser::node_named(DotScope& scope, const DotToken& token) {
  const auto [node, is_new] = keys_.add(token.text);
  if (is_new) {
    DotNode made{{token.line, token.column}, {}};
    std::vector<const DotScope*> scopes;
    for (const DotScope* at = &scope; at; at = at->outer) scopes.push_back(at);
    for (auto at = scopes.rbegin(); at != scopes.rend(); ++at) {
      for (const auto& [name, value] : (*at)->node) made.attributes[name] = value;
    }
    cells_ += made.attributes.size();
    nodes_.push_back(std::move(made));
  }
  if (scope.outer) scope.members.push_back(node);
  return node;
}

Result<void> DotParser::count_cells(const DotAttributes& attributes, const DotToken& begin) {
  cells_ += attributes.size();
  if (cells_ > (std::size_t{1} << 22) && cells_ / 8 > bytes_) {
    return lexer_.fault(begin, "the defaults of this file give its nodes and edges more values than the file can hold.");
  }
  return {};
}

// subgraph [ID] [{ ... }]  or  { ... }
Result<std::vector<std::uint32_t>> DotParser::subgraph(DotScope& scope, int depth) {
  std::string name;
  bool named = false;
  if (token_.is_keyword("subgraph")) {
    if (auto done = advance(); !done) return tl::unexpected(done.error());
    if (token_.kind == DotToken::Kind::id) {
      name = token_.text;
      named = true;
      if (auto done = advance(); !done) return tl::unexpected(done.error());
    }
  }
  std::vector<std::uint32_t> members = named ? subgraphs_[name] : std::vector<std::uint32_t>();
  if (token_.is('{')) {
    ++subgraph_count_;
    if (auto done = advance(); !done) return tl::unexpected(done.error());
    DotScope inner;
    inner.outer = &scope;
    if (auto done = statements(inner, depth + 1); !done) return tl::unexpected(done.error());
    if (!token_.is('}')) return unexpected_here("}");
    if (auto done = advance(); !done) return tl::unexpected(done.error());
    members.insert(members.end(), inner.members.begin(), inner.members.end());
  } else if (!named) {
    return unexpected_here("{");
  }
  // Each once, in order of first mention.
  std::unordered_set<std::uint32_t> seen;
  std::erase_if(members, [&](std::uint32_t node) { return !seen.insert(node).second; });
  if (named) subgraphs_[name] = members;
  if (scope.outer) scope.members.insert(scope.members.end(), members.begin(), members.end());
  return members;
}

Result<std::vector<std::uint32_t>> DotParser::endpoint(DotScope& scope, int depth) {
  if (token_.is('{') || token_.is_keyword("subgraph")) return subgraph(scope, depth);
  if (token_.kind != DotToken::Kind::id) return unexpected_here("a node");
  const std::uint32_t node = node_named(scope, token_);
  if (auto done = advance(); !done) return tl::unexpected(done.error());
  while (token_.is(':')) {
    ++ports_;
    if (auto done = advance(); !done) return tl::unexpected(done.error());
    if (token_.kind != DotToken::Kind::id) return unexpected_here("a port");
    if (auto done = advance(); !done) return tl::unexpected(done.error());
  }
  return std::vector<std::uint32_t>{node};
}

Result<void> DotParser::edge_chain(DotScope& scope, int depth, std::vector<std::uint32_t> first, const DotToken& begin) {
  std::vector<std::vector<std::uint32_t>> chain;
  chain.push_back(std::move(first));
  while (token_.kind == DotToken::Kind::arrow || token_.kind == DotToken::Kind::line) {
    if ((token_.kind == DotToken::Kind::arrow) != directed_) {
      return lexer_.fault(token_, directed_ ? "-- stands in a digraph. Write ->, or call the whole a graph."
                                            : "-> stands in a graph. Write --, or call the whole a digraph.");
    }
    if (auto done = advance(); !done) return done;
    auto next = endpoint(scope, depth);
    if (!next) return tl::unexpected(next.error());
    chain.push_back(std::move(*next));
  }
  DotAttributes stated;
  while (token_.is('[')) {
    if (auto done = attribute_list(stated); !done) return done;
  }
  return add_edges(scope, chain, stated, begin);
}

Result<void> DotParser::add_edges(DotScope& scope, const std::vector<std::vector<std::uint32_t>>& chain, const DotAttributes& stated,
                                  const DotToken& begin) {
  DotAttributes attributes;
  std::vector<const DotScope*> scopes;
  for (const DotScope* at = &scope; at; at = at->outer) scopes.push_back(at);
  for (auto at = scopes.rbegin(); at != scopes.rend(); ++at) {
    for (const auto& [name, value] : (*at)->edge) attributes[name] = value;
  }
  for (const auto& [name, value] : stated) attributes[name] = value;

  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    const std::size_t pairs = chain[i].size() * chain[i + 1].size();
    if (edges_.size() + pairs > 1000000 && (edges_.size() + pairs) / 4 > bytes_) {
      return lexer_.fault(begin, "the subgraphs tied here make more ties than the file can hold.");
    }
    for (const std::uint32_t source : chain[i]) {
      for (const std::uint32_t target : chain[i + 1]) {
        if (strict_) {
          auto ends = std::pair(source, target);
          if (!directed_ && ends.first > ends.second) std::swap(ends.first, ends.second);
          const auto [known, is_new] = strict_edges_.try_emplace(ends, edges_.size());
          if (!is_new) {
            ++merged_;
            for (const auto& [name, value] : stated) edges_[known->second].attributes[name] = value;
            continue;
          }
        }
        if (auto done = count_cells(attributes, begin); !done) return done;
        edges_.push_back({source, target, {begin.line, begin.column}, attributes});
      }
    }
  }
  return {};
}

void DotParser::graph_attribute(const DotScope& scope, const std::string& name, const DotValue& value) {
  if (!scope.outer && name == "generator" && value.text == "entente") ours_ = true;
}

std::string without_doubled_backslashes(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    plain += text[i];
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '\\') ++i;
  }
  return plain;
}

/// A label as Graphviz shows it: \n \l \r end a line, \N is the node's own name, &amp; and its like are letters.
std::string shown_label(std::string_view text, std::string_view node) {
  constexpr std::pair<std::string_view, char> entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
  std::string shown;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      const char next = text[++i];
      if (next == 'n' || next == 'l' || next == 'r') {
        shown += '\n';
      } else if (next == 'N') {
        shown += node;
      } else {
        shown += next;
      }
      continue;
    }
    const auto entity = text[i] == '&' ? std::ranges::find_if(entities, [&](const auto& e) { return text.substr(i).starts_with(e.first); })
                                       : std::end(entities);
    if (entity != std::end(entities)) {
      shown += entity->second;
      i += entity->first.size() - 1;
    } else {
      shown += text[i];
    }
  }
  return shown;
}

RawGraph DotParser::take(NetworkInfo info) {
  RawGraph graph;
  graph.info = std::move(info);
  graph.file_bytes = bytes_;
  if (!name_.empty() && !name_.starts_with('<')) graph.info.name = ours_ ? without_doubled_backslashes(name_) : name_;
  graph.directed = directed_ ? 1 : 0;
  const auto column_name = [&](const std::string& name) {
    return ours_ && name.starts_with("data_") ? without_doubled_backslashes(name.substr(5)) : name;
  };
  const auto plain = [&](const std::string& text) { return ours_ ? without_doubled_backslashes(text) : text; };

  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    graph.node_keys.push_back(plain(std::string(keys_.text(i))));
    graph.node_places.push_back(nodes_[i].place);
    for (const auto& [code, value] : nodes_[i].attributes) {
      const std::string& name = names_.text(code);
      if (name == "label" && !value.html) {
        std::string shown = shown_label(value.text, keys_.text(i));
        while (!ours_ && shown.ends_with('\n')) shown.pop_back();  // \l ends every line of a label, the last too
        if (shown != keys_.text(i) || ours_) graph.nodes.column("name").set(i, shown);
      } else if (!value.text.empty()) {
        graph.nodes.column(column_name(name)).set(i, plain(value.text));
      }
    }
  }
  for (std::uint32_t i = 0; i < edges_.size(); ++i) {
    const DotEdge& edge = edges_[i];
    graph.ties.push_back({graph.node_keys[edge.source], graph.node_keys[edge.target], -1, edge.place});
    for (const auto& [code, value] : edge.attributes) {
      const std::string& name = names_.text(code);
      if (ours_ && name == "dir") {
        if (value.text == "none") graph.ties.back().directed = 0;
      } else if (!value.text.empty()) {
        graph.edges.column(column_name(name)).set(i, plain(value.text));
      }
    }
  }
  const auto say = [&](std::size_t count, const char* one, const char* many, const char* rest) {
    if (count > 0) graph.guesses.push_back(counted(count, one, many) + rest);
  };
  say(merged_, "repeated edge", "repeated edges", " of a strict graph merged into the first.");
  say(ports_, "port", "ports", " of nodes left out.");
  say(subgraph_count_, "subgraph was", "subgraphs were", " flattened: the grouping is lost.");
  if (more_graphs_) graph.guesses.push_back("only the first graph of the file was read.");
  return graph;
}

}  // namespace

Result<NetworkPtr> read_dot(const Input& input, const ReadOptions& options) {
  std::string encoding = options.encoding;
  std::vector<std::string> guesses;
  if (encoding.empty() && first_invalid_utf8(input.bytes) != std::string_view::npos) {
    // The file says so itself, in an attribute of the graph.
    const auto charset = input.bytes.find("charset");
    const auto stated = charset == std::string_view::npos ? std::string_view() : input.bytes.substr(charset, 40);
    for (const std::string_view word : {"latin1", "latin-1", "Latin1", "iso-8859-1", "ISO-8859-1", "l1"}) {
      if (stated.find(word) != std::string_view::npos) encoding = "latin-1";
    }
  }
  const auto decoded = Utf8Text::decode(input.bytes, encoding, input.file);
  if (!decoded) return tl::unexpected(decoded.error());
  if (const auto valid = check_utf8(input.file, decoded->view()); !valid) return tl::unexpected(valid.error());
  DotParser parser(decoded->view(), input.file, options);
  if (auto done = parser.parse(); !done) return tl::unexpected(done.error());
  RawGraph graph = parser.take(input.info);
  if (!encoding.empty() && options.encoding.empty()) graph.guesses.push_back("the text was taken as Latin-1, as its charset says.");
  return network_of(std::move(graph), input.file, options);
}

}  // namespace entente
