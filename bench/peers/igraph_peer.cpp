// igraph, the C library, behind bench/protocol.hpp.

#include <igraph/igraph.h>

#include <memory>
#include <numeric>

#include "bench/protocol.hpp"

namespace {

using bench::Answer;
using bench::Request;
using bench::Stopwatch;

void must(igraph_error_t code) {
  if (code != IGRAPH_SUCCESS) throw std::runtime_error(igraph_strerror(code));
}

struct Numbers {
  explicit Numbers(igraph_integer_t size = 0) { igraph_vector_init(&of, size); }
  ~Numbers() { igraph_vector_destroy(&of); }
  Numbers(const Numbers&) = delete;
  Numbers& operator=(const Numbers&) = delete;
  std::vector<double> all() const { return {VECTOR(of), VECTOR(of) + igraph_vector_size(&of)}; }
  igraph_vector_t of;
};

struct Whole {
  explicit Whole(igraph_integer_t size = 0) { igraph_vector_int_init(&of, size); }
  ~Whole() { igraph_vector_int_destroy(&of); }
  Whole(const Whole&) = delete;
  Whole& operator=(const Whole&) = delete;
  std::vector<double> all() const { return {VECTOR(of), VECTOR(of) + igraph_vector_int_size(&of)}; }
  igraph_vector_int_t of;
};

struct Graph {
  Graph(const Whole& ends, igraph_integer_t nodes, bool directed) { must(igraph_create(&of, &ends.of, nodes, directed)); }
  ~Graph() { igraph_destroy(&of); }
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;
  igraph_t of;
};

/// The edges as igraph takes them: the ends by turns, and the weights.
std::pair<std::unique_ptr<Whole>, std::unique_ptr<Numbers>> columns(const bench::EdgeList& edges) {
  const auto m = static_cast<igraph_integer_t>(edges.size());
  auto ends = std::make_unique<Whole>(2 * m);
  auto weight = std::make_unique<Numbers>(m);
  for (igraph_integer_t i = 0; i < m; ++i) {
    VECTOR(ends->of)[2 * i] = edges.source[static_cast<std::size_t>(i)];
    VECTOR(ends->of)[2 * i + 1] = edges.target[static_cast<std::size_t>(i)];
    VECTOR(weight->of)[i] = edges.weight[static_cast<std::size_t>(i)];
  }
  return {std::move(ends), std::move(weight)};
}

}  // namespace

int main(int, char** arguments) {
  const bench::EdgeList edges = bench::read_edges(arguments[1]);
  const auto n = static_cast<igraph_integer_t>(edges.nodes);
  igraph_set_error_handler(igraph_error_handler_ignore);
  const auto [held_ends, held_weight] = columns(edges);
  const Whole& ends = *held_ends;
  const Numbers& weight = *held_weight;
  const Graph graph(ends, n, false);
  std::unique_ptr<Graph> directed;
  const igraph_t* g = &graph.of;

  bench::Kernels kernels;
  kernels["build"] = [&](const Request&, Stopwatch& watch) -> Answer {
    const auto made = watch.time([&] { return std::make_unique<Graph>(ends, n, false); });
    return {{{"arcs", 2.0 * static_cast<double>(igraph_ecount(&made->of))}}, {}};
  };
  kernels["bfs"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    Whole distance;
    watch.time([&] {
      must(igraph_bfs(g, request.node("source"), nullptr, IGRAPH_ALL, false, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, &distance.of,
                      nullptr, nullptr));
    });
    Answer answer{{}, distance.all()};
    for (double& d : answer.values) d = d < 0 ? -1 : d;
    return answer;
  };
  kernels["sssp"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    igraph_matrix_t distance;
    igraph_matrix_init(&distance, 0, 0);
    watch.time([&] { must(igraph_distances_dijkstra(g, &distance, igraph_vss_1(request.node("source")), igraph_vss_all(), &weight.of, IGRAPH_ALL)); });
    Answer answer;
    for (igraph_integer_t v = 0; v < n; ++v) {
      const double d = MATRIX(distance, 0, v);
      answer.values.push_back(d < 1e300 ? d : -1);
    }
    igraph_matrix_destroy(&distance);
    return answer;
  };
  kernels["pagerank"] = [&](const Request&, Stopwatch& watch) -> Answer {  // PRPACK: its accuracy is its own
    Numbers score;
    watch.time([&] { must(igraph_pagerank(g, IGRAPH_PAGERANK_ALGO_PRPACK, &score.of, nullptr, igraph_vss_all(), false, 0.85, nullptr, nullptr)); });
    return {{}, score.all()};
  };
  kernels["components"] = [&](const Request&, Stopwatch& watch) -> Answer {
    Whole component;
    igraph_integer_t count = 0;
    igraph_invalidate_cache(g);  // or the second run looks the answer up
    watch.time([&] { must(igraph_connected_components(g, &component.of, nullptr, &count, IGRAPH_WEAK)); });
    return {{{"components", static_cast<double>(count)}}, component.all()};
  };
  kernels["strong_components"] = [&](const Request&, Stopwatch& watch) -> Answer {
    if (!directed) directed = std::make_unique<Graph>(ends, n, true);
    Whole component;
    igraph_integer_t count = 0;
    igraph_invalidate_cache(&directed->of);
    watch.time([&] { must(igraph_connected_components(&directed->of, &component.of, nullptr, &count, IGRAPH_STRONG)); });
    return {{{"components", static_cast<double>(count)}}, component.all()};
  };
  kernels["bicomponents"] = [&](const Request&, Stopwatch& watch) -> Answer {
    igraph_integer_t count = 0;
    Whole points;
    igraph_vector_int_list_t component_edges;
    igraph_vector_int_list_init(&component_edges, 0);
    watch.time([&] { must(igraph_biconnected_components(g, &count, nullptr, &component_edges, nullptr, &points.of)); });
    igraph_vector_int_list_destroy(&component_edges);
    Answer answer{{{"bicomponents", static_cast<double>(count)}}, std::vector<double>(edges.nodes, 0)};
    for (const double v : points.all()) answer.values[static_cast<std::size_t>(v)] = 1;
    return answer;
  };
  kernels["core"] = [&](const Request&, Stopwatch& watch) -> Answer {
    Whole core;
    watch.time([&] { must(igraph_coreness(g, &core.of, IGRAPH_ALL)); });
    return {{{"degeneracy", static_cast<double>(igraph_vector_int_max(&core.of))}}, core.all()};
  };
  kernels["triangles"] = [&](const Request&, Stopwatch& watch) -> Answer {
    Whole corners;
    watch.time([&] { must(igraph_list_triangles(g, &corners.of)); });  // igraph_adjacent_triangles is slower
    Answer answer{{}, std::vector<double>(edges.nodes, 0)};
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(&corners.of); ++i) ++answer.values[static_cast<std::size_t>(VECTOR(corners.of)[i])];
    answer.figures["triangles"] = static_cast<double>(igraph_vector_int_size(&corners.of) / 3);
    return answer;
  };
  kernels["clustering"] = [&](const Request&, Stopwatch& watch) -> Answer {
    Numbers share;
    watch.time([&] { must(igraph_transitivity_local_undirected(g, &share.of, igraph_vss_all(), IGRAPH_TRANSITIVITY_ZERO)); });
    return {{}, share.all()};
  };
  kernels["spanning_forest"] = [&](const Request&, Stopwatch& watch) -> Answer {
    Whole tree;
    watch.time([&] { must(igraph_minimum_spanning_tree(g, &tree.of, &weight.of)); });
    double total = 0;
    for (const double edge : tree.all()) total += VECTOR(weight.of)[static_cast<igraph_integer_t>(edge)];
    return {{{"edges", static_cast<double>(igraph_vector_int_size(&tree.of))}, {"weight", total}}, {}};
  };
  kernels["betweenness"] = [&](const Request&, Stopwatch& watch) -> Answer {
    Numbers score;
    watch.time([&] { must(igraph_betweenness(g, &score.of, igraph_vss_all(), false, nullptr)); });
    return {{}, score.all()};
  };
  kernels["closeness"] = [&](const Request&, Stopwatch& watch) -> Answer {
    Numbers score;
    watch.time([&] { must(igraph_closeness(g, &score.of, nullptr, nullptr, igraph_vss_all(), IGRAPH_ALL, nullptr, true)); });
    return {{}, score.all()};
  };
  kernels["harmonic"] = [&](const Request&, Stopwatch& watch) -> Answer {
    Numbers score;
    watch.time([&] { must(igraph_harmonic_centrality(g, &score.of, igraph_vss_all(), IGRAPH_ALL, nullptr, false)); });
    return {{}, score.all()};
  };
  kernels["eigenvector"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    Numbers score;
    igraph_arpack_options_t options;
    igraph_arpack_options_init(&options);
    options.tol = request.number("tolerance");
    watch.time([&] { must(igraph_eigenvector_centrality(g, &score.of, nullptr, false, true, nullptr, &options)); });
    return {{}, score.all()};
  };
  kernels["hits"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    if (!directed) directed = std::make_unique<Graph>(ends, n, true);
    Numbers hub, authority;
    igraph_arpack_options_t options;
    igraph_arpack_options_init(&options);
    options.tol = request.number("tolerance");
    watch.time([&] { must(igraph_hub_and_authority_scores(&directed->of, &hub.of, &authority.of, nullptr, true, nullptr, &options)); });
    return {{}, authority.all()};
  };
  for (const bool weighted : {false, true}) {
    const std::string suffix = weighted ? "_weighted" : "";
    const igraph_vector_t* of_edges = weighted ? &weight.of : nullptr;
    kernels["louvain" + suffix] = [&, of_edges](const Request& request, Stopwatch& watch) -> Answer {
      igraph_rng_seed(igraph_rng_default(), static_cast<igraph_uint_t>(request.number("seed")));
      Whole cluster;
      watch.time([&] { must(igraph_community_multilevel(g, of_edges, 1, &cluster.of, nullptr, nullptr)); });
      return {{}, cluster.all()};
    };
    kernels["leiden" + suffix] = [&, of_edges](const Request& request, Stopwatch& watch) -> Answer {
      igraph_rng_seed(igraph_rng_default(), static_cast<igraph_uint_t>(request.number("seed")));
      Whole cluster;
      igraph_integer_t clusters = 0;
      igraph_real_t quality = 0;
      watch.time([&] {  // modularity: the strengths as weights of the nodes, and a resolution of 1 / 2m
        Numbers strength;
        must(igraph_strength(g, &strength.of, igraph_vss_all(), IGRAPH_ALL, true, of_edges));
        must(igraph_community_leiden(g, of_edges, &strength.of, 1 / igraph_vector_sum(&strength.of), 0.01, false,
                                     static_cast<igraph_integer_t>(request.number("iterations")), &cluster.of, &clusters, &quality));
      });
      return {{{"clusters", static_cast<double>(clusters)}}, cluster.all()};
    };
  }
  kernels["label_propagation"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    igraph_rng_seed(igraph_rng_default(), static_cast<igraph_uint_t>(request.number("seed")));
    Whole cluster;
    watch.time([&] { must(igraph_community_label_propagation(g, &cluster.of, IGRAPH_ALL, nullptr, nullptr, nullptr)); });
    return {{}, cluster.all()};
  };
  kernels["max_flow"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    if (edges.directed && !directed) directed = std::make_unique<Graph>(ends, n, true);
    const igraph_t* network = edges.directed ? &directed->of : g;
    igraph_real_t value = 0;
    watch.time([&] { must(igraph_maxflow_value(network, &value, request.node("source"), request.node("target"), &weight.of, nullptr)); });
    return {{{"value", value}}, {}};
  };
  kernels["max_flow_built"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    igraph_real_t value = 0;
    watch.time([&] {
      const auto [pairs, capacity] = columns(edges);
      const Graph network(*pairs, n, edges.directed);
      must(igraph_maxflow_value(&network.of, &value, request.node("source"), request.node("target"), &capacity->of, nullptr));
    });
    return {{{"value", value}}, {}};
  };
  kernels["k_shortest"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    igraph_vector_int_list_t paths;
    igraph_vector_int_list_init(&paths, 0);
    watch.time([&] {
      must(igraph_get_k_shortest_paths(g, &weight.of, nullptr, &paths, static_cast<igraph_integer_t>(request.number("k")), request.node("source"),
                                       request.node("target"), IGRAPH_ALL));
    });
    Answer answer;
    for (igraph_integer_t p = 0; p < igraph_vector_int_list_size(&paths); ++p) {
      const igraph_vector_int_t* path = igraph_vector_int_list_get_ptr(&paths, p);
      double length = 0;
      for (igraph_integer_t i = 0; i < igraph_vector_int_size(path); ++i) length += VECTOR(weight.of)[VECTOR(*path)[i]];
      answer.values.push_back(length);
    }
    igraph_vector_int_list_destroy(&paths);
    return answer;
  };

  const char* version = nullptr;
  igraph_version(&version, nullptr, nullptr, nullptr);
  return bench::serve(version, kernels);
}
