#include "query/who.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "algorithms/analysis.hpp"
#include "algorithms/paths/all_shortest.hpp"
#include "algorithms/paths/k_shortest.hpp"
#include "algorithms/paths/shortest.hpp"
#include "engine/kind.hpp"

namespace entente {

namespace {

/// Which nodes may not lie inside a path.
NodeColumn<std::uint8_t> forbidden_stepping_stones(const Topology& topology, const ConnectionOptions& options) {
  const Network& network = *topology.network;
  NodeColumn<std::uint8_t> forbidden(topology.graph.node_count(), 0);
  for (const NodeId node : topology.graph.nodes()) {
    const std::string& kind = network.kind(topology.node[node]);
    const bool allowed = options.via.empty() ? !is_kind(kind, "country")
                                             : std::ranges::any_of(options.via, [&](const std::string& via) { return is_kind(kind, via); });
    forbidden[node] = !allowed;
  }
  for (const NodeId avoided : options.avoid) {
    if (const auto node = topology.find(avoided)) forbidden[*node] = 1;
  }
  return forbidden;
}

/// Every tie that makes the step from u to v: parallel ties are one step with several reasons.
std::vector<EdgeId> ties_of_step(const Topology& topology, const Graph& graph, NodeId u, NodeId v) {
  std::vector<EdgeId> ties;
  const ArcRange arcs = graph.out(u);
  for (auto arc = std::lower_bound(arcs.begin(), arcs.end(), Arc{v, EdgeId{0}}); arc != arcs.end() && (*arc).node == v; ++arc) {
    ties.push_back(topology.edge[(*arc).edge]);
  }
  return ties;
}

Connection connection_of(const Topology& topology, const Graph& graph, const Walk& walk) {
  Connection connection;
  for (const NodeId node : walk.nodes) connection.nodes.push_back(topology.node[node]);
  for (std::size_t i = 0; i + 1 < walk.nodes.size(); ++i) {
    connection.ties.push_back(ties_of_step(topology, graph, walk.nodes[i], walk.nodes[i + 1]));
  }
  connection.length = walk.length;
  return connection;
}

int as_int(std::size_t number) {
  return static_cast<int>(std::min<std::size_t>(number, std::numeric_limits<int>::max()));
}

}  // namespace

Partners partners_of(const Selection& selection, NodeId node) {
  const Network& network = *selection.network;
  std::map<NodeId, std::vector<EdgeId>> by_partner;
  Partners partners{node, {}, 0};
  for (const EdgeId tie : selection.edges) {
    const auto [source, target] = network.ends(tie);
    if (source != node && target != node) continue;
    by_partner[source == node ? target : source].push_back(tie);
    ++partners.ties;
  }
  for (auto& [partner, ties] : by_partner) partners.partners.push_back({partner, std::move(ties)});
  std::ranges::stable_sort(partners.partners, std::ranges::greater{}, [](const Partner& p) { return p.ties.size(); });
  return partners;
}

Result<Connections> connections(const Selection& selection, NodeId from, NodeId to, const ConnectionOptions& options,
                                const Job& job) {
  const auto analysis = Analysis::prepare(selection, {.weight = options.weight, .currency = options.currency});
  if (!analysis) return tl::unexpected(analysis.error());
  const EdgeColumn<double>* const length = analysis->problem().length;
  const Topology* const made = &analysis->topology();
  const Graph& graph = options.directed ? made->graph : made->symmetric.both_ways();
  const auto a = made->find(from), b = made->find(to);
  if (!a || !b) {
    return fail(ErrorCode::bad_argument, std::string(selection.network->label(a ? to : from)) +
                                             " is not in the selection, so nothing can be said about its connections.");
  }

  for (const std::string& via : options.via) {
    const Dictionary& kinds = selection.network->node_kinds();
    bool known = false;
    for (Dictionary::Code code = 0; code < kinds.size(); ++code) known = known || is_kind(kinds.text(code), via);
    if (!known) return fail(ErrorCode::bad_argument, "The network has no nodes of kind \"" + via + "\".", "option via");
  }

  Connections answer{from, to, false, std::nullopt, std::nullopt, {}, true, {}, analysis->notes()};
  const auto forbidden = forbidden_stepping_stones(*made, options);
  const PathRules rules{.length = length, .no_stepping_stone = &forbidden};
  const std::vector<NodeId> ends_a{*a}, ends_b{*b};

  std::vector<Walk> walks;
  if (options.all_shortest) {
    const auto found = all_shortest_paths(graph, ends_a, ends_b, rules,
                                          {.max_paths = static_cast<std::int64_t>(options.limit)}, job);
    if (!found) return tl::unexpected(found.error());
    walks = found->walks;
    answer.complete = found->complete;
    answer.completeness = found->completeness;
    const auto too_long = [&](const Walk& walk) { return options.max_length > 0 && walk.edges.size() > options.max_length; };
    if (std::erase_if(walks, too_long) > 0) {
      answer.completeness = "complete up to length " + std::to_string(options.max_length) + ": the shortest paths are longer";
      answer.complete = true;
    }
  } else {
    const std::size_t k = std::min(options.k, options.limit);
    const auto found = k_shortest_paths(graph, ends_a, ends_b, rules,
                                        {.k = as_int(k), .max_length = as_int(options.max_length)}, job);
    if (!found) return tl::unexpected(found.error());
    walks = found->walks;
    answer.complete = found->complete;
    answer.completeness = found->completeness;
  }

  // What was no stepping stone belongs to the answer: a reader may have meant it otherwise.
  const bool countries = options.via.empty() && std::ranges::any_of(selection.nodes, [&](NodeId node) {
                           return node != from && node != to && is_kind(selection.network->kind(node), "country");
                         });
  const std::string reach = countries ? " (countries are no stepping stones; --via names the kinds that may be)" : "";
  answer.connected = !walks.empty();
  for (const Walk& walk : walks) answer.paths.push_back(connection_of(*made, graph, walk));
  if (answer.connected) {
    answer.distance = walks.front().edges.size();
    if (length) answer.length = walks.front().length;
  } else {
    answer.completeness = options.max_length > 0 ? "complete up to length " + std::to_string(options.max_length) + ": no path"
                                                 : "complete: no path at all";
  }
  answer.completeness += reach;
  return answer;
}

}  // namespace entente
