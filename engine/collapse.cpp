#include "engine/collapse.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/derivation.hpp"
#include "engine/kind.hpp"
#include "engine/suggestion.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

constexpr std::uint32_t no_group = 0xFFFFFFFF;

/// The value of each node that decides what it is merged into, and the nodes that values stand for.
struct Grouping {
  NodeColumn<std::string_view> value;                              // empty: not merged
  std::unordered_map<std::string_view, NodeId> representative;     // a node of kind country or city
};

/// For each node the nearest node of kind city that located_in and part_of ties lead to.
/// Breadth first from all cities at once, against the ties; among equally near ones the first wins.
NodeColumn<std::optional<NodeId>> nearest_cities(const Network& network) {
  std::vector<std::vector<NodeId>> inside(network.node_count());
  for (const EdgeId edge : network.edges()) {
    if (!is_kind(network.kind(edge), "located_in") && !is_kind(network.kind(edge), "part_of")) continue;
    inside[network.target(edge).index].push_back(network.source(edge));
  }
  NodeColumn<std::optional<NodeId>> city(network.node_count());
  std::vector<NodeId> queue;
  for (const NodeId node : network.nodes()) {
    if (!is_kind(network.kind(node), "city")) continue;
    city[node] = node;
    queue.push_back(node);
  }
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const NodeId node : inside[queue[next].index]) {
      if (city[node]) continue;
      city[node] = city[queue[next]];
      queue.push_back(node);
    }
  }
  return city;
}

Result<Grouping> group_by_city(const Network& network) {
  Grouping grouping{NodeColumn<std::string_view>(network.node_count()), {}};
  const Attribute* column = network.node_attribute("city");
  const auto city = nearest_cities(network);
  std::unordered_map<std::string_view, NodeId> city_called;
  for (const NodeId node : network.nodes()) {
    if (city[node] != node) continue;
    grouping.representative.emplace(network.key(node), node);
    city_called.emplace(network.label(node), node);
  }
  if (!column && grouping.representative.empty()) {
    std::vector<std::string> known{"country", "kind"};
    for (const Attribute& attribute : network.node_attributes()) known.push_back(attribute.name);
    return fail(ErrorCode::bad_argument,
                "the network has neither a column city nor nodes of kind city, so it cannot be collapsed by city. "
                "It can be collapsed by " + nearest_first("city", std::move(known)) + ".",
                "option collapse");
  }
  for (const NodeId node : network.nodes()) {
    const std::string_view stated = column ? column->text(node.index) : std::string_view();
    if (!stated.empty() && city[node] != node) {
      const auto called = city_called.find(stated);
      const bool by_label = !grouping.representative.contains(stated) && called != city_called.end();
      grouping.value[node] = by_label ? network.key(called->second) : stated;
    } else if (city[node]) {
      grouping.value[node] = network.key(*city[node]);
    }
  }
  return grouping;
}

Result<Grouping> group_by(const Network& network, const std::string& column) {
  if (column == "city") return group_by_city(network);
  Grouping grouping{NodeColumn<std::string_view>(network.node_count()), {}};
  if (column == "country") {
    for (const NodeId node : network.nodes()) {
      grouping.value[node] = network.country(node);
      if (is_kind(network.kind(node), "country") && !network.country(node).empty()) {
        grouping.representative.emplace(network.country(node), node);
      }
    }
  } else if (column == "kind") {
    for (const NodeId node : network.nodes()) grouping.value[node] = network.kind(node);
  } else if (const Attribute* attribute = network.node_attribute(column)) {
    for (const NodeId node : network.nodes()) grouping.value[node] = attribute->text(node.index);
  } else {
    std::vector<std::string> known{"country", "city", "kind"};
    for (const Attribute& each : network.node_attributes()) known.push_back(each.name);
    return fail(ErrorCode::bad_argument,
                "\"" + shortened(column, 40) + "\" is not a column of nodes. A network can be collapsed by " +
                    nearest_first(column, std::move(known)) + ".",
                "option collapse");
  }
  return grouping;
}

/// A text that stays as long as all members agree on it.
void agree(std::string_view& common, std::string_view text, bool first) {
  if (first) {
    common = text;
  } else if (common != text) {
    common = {};
  }
}

/// Nodes that share a value, in order of the first of them.
struct MergedNodes {
  std::string_view value;
  std::vector<NodeId> members;
  std::string key;
};

void add_merged(Derivation& derived, const Network& network, const Grouping& grouping, const MergedNodes& merged,
                const std::string& kind, std::size_t members_column) {
  NodeDraft node;
  for (const NodeId member : merged.members) {
    const bool first = member == merged.members.front();
    const NodeDraft each = derived.draft(member);
    if (first) node.further = each.further;
    agree(node.country, each.country, first);
    for (std::size_t i = 0; i < node.further.size(); ++i) agree(node.further[i], each.further[i], first);
  }
  const auto stands_for = grouping.representative.find(merged.value);
  const bool represented = stands_for != grouping.representative.end();
  const std::string count = std::to_string(merged.members.size());
  node.key = merged.key;
  node.kind = kind;
  node.name = represented ? network.label(stands_for->second) : merged.value;
  if (kind == "country") node.country = merged.value;
  node.further[members_column] = count;
  derived.add(node);
  if (represented) derived.carry_names(stands_for->second, merged.key);
  for (const NodeId member : merged.members) derived.carry_evidence(member, merged.key);
}

}  // namespace

Result<Selection> collapse(const Selection& selection, const std::string& column) {
  const Network& network = *selection.network;
  const auto grouping = group_by(network, column);
  if (!grouping) return tl::unexpected(grouping.error());

  std::vector<MergedNodes> groups;
  std::unordered_map<std::string_view, std::uint32_t> group_of_value;
  NodeColumn<std::uint32_t> group(network.node_count(), no_group);
  for (const NodeId node : selection.nodes) {
    const std::string_view value = grouping->value[node];
    if (value.empty()) continue;
    const auto [place, is_new] = group_of_value.emplace(value, static_cast<std::uint32_t>(groups.size()));
    if (is_new) groups.push_back({value, {}, {}});
    groups[place->second].members.push_back(node);
    group[node] = place->second;
  }

  Derivation derived(network, "Nodes merged by " + column);
  const std::size_t members_column =
      derived.new_node_column("members", CellType::integer, "how many nodes were merged into this one");
  NodeColumn<std::uint8_t> stays(network.node_count(), 0);
  std::size_t kept = 0;
  for (const NodeId node : selection.nodes) kept += stays[node] = group[node] == no_group;
  for (MergedNodes& merged : groups) {
    // In the way of a value as a key: a node that stays and has it, and for "X_2" the value "X_2".
    const auto taken = [&](const std::string& key) {
      const auto holder = network.find_node(key);
      return (holder && stays[*holder]) || (key != merged.value && group_of_value.contains(key));
    };
    merged.key = merged.value;
    for (int number = 2; taken(merged.key); ++number) {
      merged.key = std::string(merged.value) + "_" + std::to_string(number);
    }
  }
  for (const NodeId node : selection.nodes) {
    if (stays[node]) {
      derived.copy(node);
    } else if (groups[group[node]].members.front() == node) {
      add_merged(derived, network, *grouping, groups[group[node]], column, members_column);
    }
  }
  std::size_t inside = 0;
  for (const EdgeId edge : selection.edges) {
    const auto [source, target] = network.ends(edge);
    TieDraft tie = derived.draft(edge);
    if (group[source] != no_group) tie.source = groups[group[source]].key;
    if (group[target] != no_group) tie.target = groups[group[target]].key;
    inside += source != target && tie.source == tie.target;
    derived.add(tie);
    derived.carry_evidence(edge, tie.key);
  }

  auto merged_network = derived.build();
  if (!merged_network) return tl::unexpected(merged_network.error());
  Selection result = continued(selection, std::move(*merged_network), "collapsed by " + column);
  result.notes.push_back(counted(selection.nodes.size() - kept, "node", "nodes") + " merged into " +
                         counted(groups.size(), "node", "nodes") + " by " + column);
  if (kept > 0) result.notes.push_back(counted(kept, "node", "nodes") + " without a " + column + " kept as they are");
  if (inside > 0) {
    result.notes.push_back(counted(inside, "tie", "ties") + " inside a merged node " +
                           (inside == 1 ? "is a loop" : "are loops"));
  }
  return result;
}

}  // namespace entente
