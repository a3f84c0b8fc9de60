#include "algorithms/statistics/statistics.hpp"

#include <utility>

#include "algorithms/cohesion/components.hpp"
#include "algorithms/statistics/assortativity.hpp"
#include "algorithms/statistics/density.hpp"
#include "algorithms/statistics/distances.hpp"
#include "algorithms/statistics/reciprocity.hpp"
#include "algorithms/statistics/triangles.hpp"

namespace entente {

namespace {

/// Why figures are absent, in the order of the figures.
void explain_absences(Statistics& s, bool directed, bool categories, const StatisticsOptions& options) {
  const auto note = [&](bool absent, std::string why) {
    if (absent) s.notes.push_back(std::move(why));
  };
  note(!s.density, "Density needs at least two nodes.");
  note(!s.reciprocity, directed ? "Reciprocity does not exist: no directed tie runs between different nodes."
                                : "Reciprocity does not exist: no tie has a direction.");
  note(!s.transitivity, "Transitivity does not exist: no node has two partners.");
  note(!s.average_clustering, "Average clustering does not exist: there are no nodes.");
  note(!s.degree_assortativity, s.pairs == 0
                                    ? "Assortativity by degree does not exist: no two nodes are tied."
                                    : "Assortativity by degree does not exist: all tied nodes have as many partners.");
  note(categories && !s.category_assortativity,
       s.pairs == 0 ? "Assortativity by category does not exist: no two nodes are tied."
                    : "Assortativity by category does not exist: all tied nodes are of one category.");
  const std::string distances = "Diameter and average distance ";
  note(s.largest_component > options.most_nodes,
       distances + "were left out: the largest component has " + std::to_string(s.largest_component) +
           " nodes, more than most_nodes allows (" + std::to_string(options.most_nodes) + ").");
  note(s.largest_component == 0, distances + "do not exist: there are no nodes.");
  note(s.largest_component == 1, "The average distance does not exist: no two nodes are tied.");
}

}  // namespace

Result<Statistics> statistics(const Symmetric& graph, const Graph* directed, const NodeColumn<std::uint32_t>* category,
                              const StatisticsOptions& options, const Job& job) {
  if (category && category->size() != graph.node_count()) {
    return fail(ErrorCode::bad_argument, "There is not one category per node.", "category");
  }
  if (directed && directed->node_count() != graph.node_count()) {
    return fail(ErrorCode::bad_argument, "The graph with directions has other nodes than the one without.");
  }
  const SimpleRows rows(graph);
  Statistics s;
  s.nodes = static_cast<std::int64_t>(graph.node_count());
  s.edges = static_cast<std::int64_t>(graph.edge_count());
  for (const NodeId u : rows.nodes()) s.isolates += rows.degree(u) == 0 ? 1 : 0;

  const Density ties = density(graph, rows);
  s.pairs = ties.pairs;
  s.self_loops = ties.self_loops;
  s.density = ties.density;
  s.edges_per_pair = ties.edges_per_pair;
  if (directed) {
    s.directed_density = directed_density(*directed);
    s.reciprocity = reciprocity(*directed);
  }

  const auto parts = components(graph, job);
  if (!parts) return tl::unexpected(parts.error());
  s.components = parts->count;
  s.largest_component = parts->largest;

  const auto local = local_clustering(graph, job);
  if (!local) return tl::unexpected(local.error());
  s.triangles = local->triangles;
  s.transitivity = local->transitivity;
  s.average_clustering = local->average;

  s.degree_assortativity = degree_assortativity(rows);
  if (category) s.category_assortativity = category_assortativity(rows, *category);

  const auto distances = distances_in_largest_component(graph, {options.most_nodes}, job);
  if (!distances) return tl::unexpected(distances.error());
  s.diameter = distances->diameter;
  s.average_distance = distances->average;

  explain_absences(s, directed != nullptr, category != nullptr, options);
  return s;
}

Card statistics_card() {
  return describe<StatisticsOptions, Statistics>("statistics", "statistics")
      .summary("The figures by which networks are compared: size, density, reciprocity, clustering, mixing, distances.")
      .takes_group()
      .cost("O(m^1.5 + n m / 64)")
      .convention("weights ignored; density counts a pair of nodes once, edges_per_pair each edge; reciprocity counts "
                  "directed ties only; clustering, assortativity and distances on the simple graph without directions; "
                  "distances within the largest component")
      .source("wasserman1994social")
      .source("watts1998collective")
      .source("newman2001random")
      .source("newman2002assortative")
      .source("newman2003mixing")
      .source("then2014more")
      .option("most_nodes", &StatisticsOptions::most_nodes, {0, 1e9},
              "no distances where the largest component has more nodes")
      .figure("nodes", &Statistics::nodes, "nodes", "")
      .figure("edges", &Statistics::edges, "edges", "parallel ones and self-loops included")
      .figure("pairs", &Statistics::pairs, "pairs", "different pairs of tied nodes")
      .figure("self_loops", &Statistics::self_loops, "edges", "ties of a node with itself")
      .figure("isolates", &Statistics::isolates, "nodes", "nodes without a tie to another node")
      .figure("components", &Statistics::components, "components", "parts without a tie between them")
      .figure("largest_component", &Statistics::largest_component, "nodes", "nodes of the largest component")
      .figure("density", &Statistics::density, "share", "possible pairs that are tied")
      .figure("edges_per_pair", &Statistics::edges_per_pair, "edges", "all edges over possible pairs")
      .figure("directed_density", &Statistics::directed_density, "share", "possible ordered pairs that are tied")
      .figure("reciprocity", &Statistics::reciprocity, "share", "directed ties that are returned")
      .figure("triangles", &Statistics::triangles, "triangles", "three nodes all tied, each counted once")
      .figure("transitivity", &Statistics::transitivity, "share", "connected triples that are closed")
      .figure("average_clustering", &Statistics::average_clustering, "share", "mean local clustering of all nodes")
      .figure("degree_assortativity", &Statistics::degree_assortativity, "",
              "correlation of the numbers of partners of tied nodes, in [-1, 1]")
      .figure("category_assortativity", &Statistics::category_assortativity, "",
              "preference for ties within the own category, in [-1, 1]")
      .figure("diameter", &Statistics::diameter, "hops", "longest distance in the largest component")
      .figure("average_distance", &Statistics::average_distance, "hops", "between two nodes of the largest component")
      .also([](Statistics& answer, Findings& findings) { findings.notes = std::move(answer.notes); })
      .runs([](const Problem& problem, const StatisticsOptions& options, const Job& job) {
        const Graph* directed = problem.undirected ? nullptr : problem.graph;
        return statistics(*problem.symmetric, directed, problem.group, options, job);
      });
}

}  // namespace entente
