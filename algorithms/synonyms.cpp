#include "algorithms/synonyms.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "algorithms/registry.hpp"

namespace entente {

namespace {

constexpr std::array<Synonym, 61> all_synonyms{{
    // centrality
    {"degree-centrality valency", "degree", ""},
    {"weighted-degree node-strength", "strength", ""},
    {"weighted-indegree", "in_strength", ""},
    {"weighted-outdegree", "out_strength", ""},
    {"harmonic-closeness", "harmonic", ""},
    {"top-k-closeness", "top_closeness", ""},
    {"information", "current_flow_closeness", ""},
    {"shortest-path-betweenness brandes", "betweenness", ""},
    {"approximate-betweenness kadabra", "betweenness_sampled", ""},
    {"link-betweenness tie-betweenness", "edge_betweenness", ""},
    {"random-walk-betweenness", "current_flow_betweenness", ""},
    {"eigen evcent", "eigenvector", ""},
    {"google-pagerank random-surfer", "pagerank", ""},
    {"katz-bonacich alpha-centrality", "katz", ""},
    {"hits kleinberg", "hub", ""},
    {"hits kleinberg authorities", "authority", ""},
    {"k-core k-cores coreness core-number k-shell k-core-decomposition", "core", ""},
    {"degeneracy", "core", "degeneracy"},
    // clusters
    {"modularity", "leiden", "modularity"},
    {"communities community-detection clusters", "leiden", ""},
    {"multilevel", "louvain", ""},
    {"lpa label-propagation-communities", "label_propagation", ""},
    {"girvan-newman edge-betweenness-communities", "leiden", "", false},
    {"girvan-newman edge-betweenness-communities", "edge_betweenness", "", false},
    {"infomap walktrap fast-greedy clauset-newman-moore cnm spinglass leading-eigenvector spectral-clustering", "leiden", "", false},
    // what holds together
    {"connected-components weakly-connected-components wcc weak-components", "components", ""},
    {"strongly-connected-components scc tarjan", "strong_components", ""},
    {"biconnected-components blocks biconnected", "bicomponents", ""},
    {"bridges cut-edges", "cohesion", "bridges"},
    {"articulation articulation-points cutpoints cut-vertices cut-nodes", "cohesion", "articulation_points"},
    {"spanning-tree", "spanning_forest", ""},
    {"mst minimum-spanning-tree minimum-spanning-forest kruskal prim boruvka", "spanning_forest", "", false},  // lengths are 1 / weight
    // walks and paths
    {"bfs breadth-first-search hops", "breadth_first", ""},
    {"dijkstra geodesic astar", "shortest-path", ""},
    {"dijkstra sssp single-source-shortest-paths distances bellman-ford delta-stepping", "shortest_lengths", ""},
    {"geodesics all-geodesics", "all-shortest-paths", ""},
    {"yen ksp k-shortest", "k-shortest-paths", ""},
    {"maximum-capacity-path bottleneck-path", "widest-path", ""},
    // money and flows
    {"maximum-flow dinic edmonds-karp ford-fulkerson push-relabel", "max-flow", ""},
    {"min-cut minimum-cut bottleneck", "max-flow", ""},
    {"min-cost-flow minimum-cost-flow network-simplex", "min-cost", ""},
    {"flow-decomposition", "decompose", ""},
    {"gomory-hu-tree cut-tree", "gomory-hu", ""},
    {"circuits round-tripping", "cycles", ""},
    {"dominator-tree", "dominators", ""},
    {"tracing", "trace", ""},
    {"brokerage brokers gould-fernandez", "money-brokerage", "", false},
    {"null-model", "significance", ""},
    // figures of a network
    {"density", "statistics", "density"},
    {"diameter", "statistics", "diameter"},
    {"reciprocity", "statistics", "reciprocity"},
    {"transitivity global-clustering", "statistics", "transitivity"},
    {"average-clustering", "statistics", "average_clustering"},
    {"average-path-length average-shortest-path-length characteristic-path-length mean-distance apl average-distance", "statistics", "average_distance"},
    {"assortativity degree-assortativity", "statistics", "degree_assortativity"},
    {"assortativity category-assortativity attribute-assortativity assortativity_by_kind assortativity_by_country", "statistics", "category_assortativity"},
    {"isolates", "statistics", "isolates"},
    {"stats summary", "statistics", ""},
    {"local-clustering clustering-coefficient", "clustering", ""},
    {"triangle-count triangle-counting", "triangles", ""},
    {"giant-component largest-component", "components", "largest"},
}};

/// Small letters and digits only.
std::string bare(std::string_view name) {
  std::string text;
  for (const char letter : name) {
    if (letter >= 'A' && letter <= 'Z') text += static_cast<char>(letter - 'A' + 'a');
    else if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) text += letter;
  }
  return text;
}

/// Whether `name`, which is bare, is one of them.
bool lists(std::string_view names, std::string_view name) {
  for (std::size_t begin = 0; begin <= names.size();) {
    const std::size_t end = std::min(names.find(' ', begin), names.size());
    if (bare(names.substr(begin, end - begin)) == name) return true;
    begin = end + 1;
  }
  return false;
}

std::vector<MeantHere> known_exactly(const std::string& name) {
  if (name.empty()) return {};
  for (const Card& card : registry()) {
    if (bare(card.name) == name) return {{&card, {}, true}};
  }
  std::vector<MeantHere> meant;
  for (const Synonym& synonym : synonyms()) {
    if (lists(synonym.names, name)) meant.push_back({find_card(synonym.card), synonym.result, synonym.same});
  }
  return meant;
}

}  // namespace

std::span<const Synonym> synonyms() { return all_synonyms; }

std::vector<std::string> other_names(const Card& card, std::string_view result) {
  std::vector<std::string> names;
  for (const Synonym& synonym : synonyms()) {
    if (!synonym.same || synonym.card != card.name || synonym.result != result) continue;
    for (std::size_t begin = 0; begin < synonym.names.size();) {
      const std::size_t end = std::min(synonym.names.find(' ', begin), synonym.names.size());
      const std::string_view name = synonym.names.substr(begin, end - begin);
      if (bare(name) != bare(result)) names.emplace_back(name);  // the same in other marks is no other name
      begin = end + 1;
    }
  }
  return names;
}

std::vector<MeantHere> known_as(std::string_view name) {
  std::string wanted = bare(name);
  auto meant = known_exactly(wanted);
  for (const std::string_view ending : {"centrality", "algorithm", "method", "score", "scores", "s"}) {
    if (!meant.empty()) break;
    if (wanted.ends_with(ending)) meant = known_exactly(wanted.substr(0, wanted.size() - ending.size()));
  }
  return meant;
}

}  // namespace entente
