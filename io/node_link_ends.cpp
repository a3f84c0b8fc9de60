#include "io/node_link_ends.hpp"

#include <charconv>
#include <string_view>
#include <unordered_set>

#include "engine/text.hpp"

namespace entente {

namespace {

tl::unexpected<Error> lacks_id(const NodeLinkEnds& ends, const std::string& file, std::string_view advice) {
  return fail(ErrorCode::bad_input, "this node has no id. " + std::string(advice),
              Place{file, ends.node_without_id->line, ends.node_without_id->column}.text());
}

/// The column that tells all nodes apart by what they are called, or null.
const RawColumn* telling_names(RawGraph& graph) {
  for (const char* name : {"name", "label"}) {
    const RawColumn* column = graph.nodes.find(name);
    if (column && column->cell_count() == graph.node_keys.size() && column->values().size() == graph.node_keys.size() &&
        !column->values().contains("")) {
      return column;
    }
  }
  return nullptr;
}

bool no_end_is_an_id(const RawGraph& graph) {
  const std::unordered_set<std::string_view> ids(graph.node_keys.begin(), graph.node_keys.end());
  for (const RawGraph::Tie& tie : graph.ties) {
    if (ids.contains(tie.source) || ids.contains(tie.target)) return false;
  }
  return true;
}

/// Ids in place of positions. A position beyond the list stays, and the builder refuses its tie.
void ids_for_positions(RawGraph& graph) {
  for (RawGraph::Tie& tie : graph.ties) {
    for (std::string* end : {&tie.source, &tie.target}) {
      std::size_t position = 0;
      const auto read = std::from_chars(end->data(), end->data() + end->size(), position);
      const bool whole = read.ec == std::errc{} && read.ptr == end->data() + end->size();
      if (whole && position < graph.node_keys.size()) *end = graph.node_keys[position];
    }
  }
}

}  // namespace

Result<void> settle_ends(RawGraph& graph, const NodeLinkEnds& ends, const std::string& file) {
  const bool positions = !graph.ties.empty() && ends.whole_ends == 2 * graph.ties.size();
  constexpr const char* convention = "the ends of the ties were taken as positions in the list nodes, counted from 0";
  if (!ends.node_without_id) {
    if (positions && ends.nodes_with_id > 0 && no_end_is_an_id(graph)) {
      ids_for_positions(graph);
      graph.guesses.push_back(std::string(convention) + ", since none of them is the id of a node.");
    }
    return {};
  }
  if (ends.nodes_with_id > 0) return lacks_id(ends, file, "Give every node an id, or none of them.");
  if (positions) {
    for (std::size_t i = 0; i < graph.node_keys.size(); ++i) graph.node_keys[i] = std::to_string(i);
    graph.guesses.push_back(std::string(convention) + ", and the positions became the ids, since no node has an id.");
    return {};
  }
  const RawColumn* names = !graph.ties.empty() && ends.whole_ends == 0 ? telling_names(graph) : nullptr;
  if (!names) {
    return lacks_id(ends, file, "Give every node an id, or let source and target be whole numbers: positions in the list nodes, counted from 0.");
  }
  for (std::size_t i = 0; i < graph.node_keys.size(); ++i) graph.node_keys[i] = names->text(i);
  graph.guesses.push_back("no node has an id, so its " + names->name + " was taken, which differs from node to node.");
  return {};
}

}  // namespace entente
