#include <catch2/catch.hpp>

#include "algorithms/cohesion/bicomponents.hpp"
#include "algorithms/cohesion/components.hpp"
#include "algorithms/cohesion/networkx_cases.hpp"

namespace entente::test {

namespace {

using NodeSets = std::multiset<std::set<std::uint32_t>>;

NodeSets sets_of_components(const Components& parts) {
  std::map<std::int64_t, std::set<std::uint32_t>> members;
  for (std::uint32_t u = 0; u < parts.component.size(); ++u) members[parts.component[NodeId{u}]].insert(u);
  NodeSets sets;
  for (const auto& [number, part] : members) sets.insert(part);
  return sets;
}

NodeSets sets_of_bicomponents(const NamedGraph& graph, const Bicomponents& parts) {
  std::map<std::int64_t, std::set<std::uint32_t>> members;
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    if (parts.bicomponent[EdgeId{e}] < 0) continue;
    members[parts.bicomponent[EdgeId{e}]].insert({graph.edges[e].source.index, graph.edges[e].target.index});
  }
  NodeSets sets;
  for (const auto& [number, part] : members) sets.insert(part);
  return sets;
}

}  // namespace

TEST_CASE("cohesion: agrees with the cases of the networkx test suite") {
  const auto cases = networkx_cases({"connected_components", "weakly_connected_components",
                                     "number_connected_components", "strongly_connected_components",
                                     "biconnected_components", "articulation_points"});
  if (cases.empty()) WARN("skipped: the recorded networkx cases are not here");
  for (const NetworkxCase& recorded : cases) {
    CAPTURE(recorded.test, recorded.function);
    const Symmetric both = undirected(recorded.graph);
    if (recorded.function == "number_connected_components") {
      CHECK(components(both)->count == recorded.result.get<std::int64_t>());
    } else if (recorded.function == "strongly_connected_components") {
      CHECK(sets_of_components(strong_components(directed(recorded.graph)).value()) == recorded.node_sets());
    } else if (recorded.function == "biconnected_components") {
      CHECK(sets_of_bicomponents(recorded.graph, bicomponents(both).value()) == recorded.node_sets());
    } else if (recorded.function == "articulation_points") {
      std::set<std::uint32_t> ours, theirs;
      const auto parts = bicomponents(both).value();
      for (const NodeId u : both.nodes()) {
        if (parts.articulation[u]) ours.insert(u.index);
      }
      for (const auto& name : recorded.result) theirs.insert(recorded.index(name));
      CHECK(ours == theirs);
    } else {
      CHECK(sets_of_components(components(both).value()) == recorded.node_sets());
    }
  }
}

}  // namespace entente::test
