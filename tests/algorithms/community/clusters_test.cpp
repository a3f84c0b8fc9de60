// What every search for clusters must keep: the laws of louvain, leiden and label_propagation.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "algorithms/community/cards.hpp"
#include "algorithms/community/clusters.hpp"
#include "algorithms/community/label_propagation.hpp"
#include "algorithms/community/leiden.hpp"
#include "algorithms/community/louvain.hpp"

namespace entente::test {

using Catch::Matchers::WithinAbs;

namespace {

struct Search {
  std::string name;
  bool climbs;     // nothing simple is left to gain
  bool connected;  // every cluster is connected
  std::function<Result<Clustering>(const Symmetric&, const EdgeColumn<double>&, Seed, int runs, const Job&)> run;
};

std::vector<Search> searches() {
  return {{"louvain", true, false,
           [](const Symmetric& graph, const EdgeColumn<double>& weight, Seed seed, int runs, const Job& job) {
             return louvain(graph, weight, {.seed = seed, .runs = runs}, job);
           }},
          {"leiden", true, true,
           [](const Symmetric& graph, const EdgeColumn<double>& weight, Seed seed, int runs, const Job& job) {
             return leiden(graph, weight, {.seed = seed, .runs = runs}, job);
           }},
          {"leiden stopped after one iteration", true, true,
           [](const Symmetric& graph, const EdgeColumn<double>& weight, Seed seed, int runs, const Job& job) {
             return leiden(graph, weight, {.seed = seed, .runs = runs, .max_iterations = 1}, job);
           }},
          {"label_propagation", false, true,
           [](const Symmetric& graph, const EdgeColumn<double>& weight, Seed seed, int runs, const Job& job) {
             return label_propagation(graph, weight, {.seed = seed, .runs = runs}, job);
           }}};
}

void check_columns(const NamedGraph& shape, const EdgeColumn<double>& weight, const Clustering& found) {
  std::vector<std::int64_t> size(static_cast<std::size_t>(found.clusters), 0);
  std::vector<std::uint32_t> first(size.size(), 0);
  REQUIRE(found.cluster.size() == shape.node_count);
  for (std::size_t i = shape.node_count; i-- > 0;) {
    const NodeId u{static_cast<std::uint32_t>(i)};
    REQUIRE(found.cluster[u] >= 0);
    REQUIRE(found.cluster[u] < found.clusters);
    ++size[static_cast<std::size_t>(found.cluster[u])];
    first[static_cast<std::size_t>(found.cluster[u])] = u.index;
  }
  for (std::size_t c = 0; c < size.size(); ++c) {
    CHECK(size[c] > 0);
    if (c > 0) CHECK((size[c - 1] > size[c] || (size[c - 1] == size[c] && first[c - 1] < first[c])));
  }
  CHECK(found.modularity.has_value() == std::ranges::any_of(weight.values(), [](double w) { return w > 0; }));
  if (found.modularity) {
    CHECK_THAT(*found.modularity, WithinAbs(modularity_by_pairs(shape, weight, found.cluster), 1e-9));
    CHECK(*found.modularity >= -0.5);
    CHECK(*found.modularity < 1);
  }
  if (found.stability) {
    for (const double s : found.stability->values()) CHECK((s > 0 && s <= 1));
  }
}

}  // namespace

TEST_CASE("clusters: two cliques joined by an edge are two clusters, and all runs agree") {
  NamedGraph shape{"", 9, edges_of({{4, 3}})};
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = i + 1; j < 4; ++j) shape.edges.push_back(ends_of(i, j));
  }
  for (std::size_t i = 4; i < 9; ++i) {
    for (std::size_t j = i + 1; j < 9; ++j) shape.edges.push_back(ends_of(i, j));
  }
  for (const Search& search : searches()) {
    CAPTURE(search.name);
    const auto found = search.run(undirected(shape), unit_weights(shape), 1, 20, {}).value();
    CHECK(found.cluster == Membership{1, 1, 1, 1, 0, 0, 0, 0, 0});
    CHECK(found.clusters == 2);
    if (search.climbs) CHECK(*found.stability == NodeColumn<double>(9, 1.0));
  }
}

TEST_CASE("clusters: numbering, modularity and connectedness hold on hundreds of graphs and weights") {
  for_each_seed(300, [](Seed seed) {
    const NamedGraph shape = any_graph(seed);
    const EdgeColumn<double> weight = seed % 3 == 0   ? unit_weights(shape)
                                      : seed % 3 == 1 ? random_whole_values(shape.edges.size(), seed, 0, 4)
                                                      : heavy_tail(shape.edges.size(), seed);
    const Symmetric graph = undirected(shape);
    Membership alone(shape.node_count);
    for (const NodeId u : graph.nodes()) alone[u] = u.index;
    for (const Search& search : searches()) {
      CAPTURE(search.name);
      const auto found = search.run(graph, weight, seed, 3, {}).value();
      check_columns(shape, weight, found);
      if (search.connected) CHECK(connected_pieces(shape, weight, found.cluster) == found.clusters);
      if (search.climbs && found.modularity) {
        CHECK(*found.modularity >= modularity(graph, weight, alone)->value() - 1e-12);
      }
    }
  });
}

TEST_CASE("clusters: neither moving a node nor merging two clusters raises modularity") {
  for_each_seed(60, [](Seed seed) {
    NamedGraph shape = any_graph(seed);
    const EdgeColumn<double> weight =
        seed % 2 ? random_whole_values(shape.edges.size(), seed) : heavy_tail(shape.edges.size(), seed);
    const Symmetric graph = undirected(shape);
    for (const Search& search : searches()) {
      if (!search.climbs) continue;
      CAPTURE(search.name);
      const auto found = search.run(graph, weight, seed, 1, {}).value();
      if (!found.modularity) continue;
      const double most = *found.modularity + 1e-9;
      const auto q = [&](const Membership& cluster) { return modularity(graph, weight, cluster)->value(); };
      for (std::int64_t a = 0; a < found.clusters; ++a) {
        for (std::int64_t b = 0; b < a; ++b) {
          Membership merged = found.cluster;
          for (std::int64_t& c : merged.values()) c = c == a ? b : c;
          CHECK(q(merged) <= most);
        }
      }
      for (const NodeId u : graph.nodes()) {
        Membership moved = found.cluster;
        for (std::int64_t c = 0; c <= found.clusters && c < static_cast<std::int64_t>(shape.node_count); ++c) {
          moved[u] = c;
          CHECK(q(moved) <= most);
        }
      }
    }
  });
}

TEST_CASE("clusters: no search beats trying every partition, and leiden finds the best of 8 nodes") {
  for_each_seed(40, [](Seed seed) {
    Random random(seed);
    NamedGraph shape{"", 4 + random.below(5), {}};
    shape.edges = random_edges(shape.node_count, 3 + random.below(12), seed, seed % 4 == 0, seed % 5 == 0);
    const auto weight = random_whole_values(shape.edges.size(), seed);
    const Symmetric graph = undirected(shape);
    double best = -1, best_potts = -1e9;
    for_each_partition(shape.node_count, [&](const Membership& cluster) {
      best = std::max(best, modularity(graph, weight, cluster)->value());
      best_potts = std::max(best_potts, *constant_potts_quality(graph, weight, cluster, 2));
    });
    for (const Search& search : searches()) {
      CAPTURE(search.name);
      const auto found = search.run(graph, weight, seed, 20, {}).value();
      CHECK(*found.modularity <= best + 1e-12);
      if (search.name == "leiden") CHECK_THAT(*found.modularity, WithinAbs(best, 1e-12));
    }
    const auto potts = leiden(graph, weight, {.quality = "cpm", .resolution = 2, .seed = seed}).value();
    CHECK_THAT(potts.quality, WithinAbs(best_potts, 1e-12));
  });
}

TEST_CASE("clusters: the same bits with 1, 2 and 7 threads, and with all weights times a power of two") {
  for_each_seed(12, [](Seed seed) {
    const NamedGraph shape = planted_groups(120, 6, 500, 0.4, seed);
    const Symmetric graph = undirected(shape);
    const EdgeColumn<double> weight = heavy_tail(shape.edges.size(), seed);
    EdgeColumn<double> scaled = weight;
    for (double& w : scaled.values()) w = std::ldexp(w, 40);
    for (const Search& search : searches()) {
      CAPTURE(search.name);
      Job one;
      one.threads = 1;
      const auto found = search.run(graph, weight, seed, 6, one).value();
      for (const int threads : {2, 7}) {
        Job job;
        job.threads = threads;
        const auto again = search.run(graph, weight, seed, 6, job).value();
        CHECK(again.cluster == found.cluster);
        CHECK(again.stability == found.stability);
        CHECK(again.modularity == found.modularity);
        CHECK(again.iterations == found.iterations);
      }
      const auto times = search.run(graph, scaled, seed, 6, one).value();
      CHECK(times.cluster == found.cluster);
      CHECK(times.stability == found.stability);
      CHECK(times.modularity == found.modularity);
    }
  });
}

TEST_CASE("clusters: planted groups are found, by weights alone where the ties do not tell") {
  const NamedGraph shape = planted_groups(200, 8, 3000, 0.2, 5);
  Membership planted(200);
  for (const NodeId u : ids_below<NodeId>(200)) planted[u] = u.index / 25;

  NamedGraph complete = complete_graph(40);
  Membership halves(40);
  for (const NodeId u : ids_below<NodeId>(40)) halves[u] = u.index % 2;
  EdgeColumn<double> weight(complete.edges.size());
  for (const EdgeId e : ids_below<EdgeId>(complete.edges.size())) {
    const auto [u, v] = complete.edges[e.index];
    weight[e] = halves[u] == halves[v] ? 3 : 1;
  }
  for (const Search& search : searches()) {
    CAPTURE(search.name);
    const auto found = search.run(undirected(shape), unit_weights(shape), 3, 5, {}).value();
    CHECK_THAT(normalised_mutual_information(found.cluster, planted), WithinAbs(1, 1e-12));
    if (search.climbs) CHECK(search.run(undirected(complete), weight, 3, 5, {})->cluster == halves);
  }
}

TEST_CASE("clusters: a finer resolution gives more clusters, and the finest gives single nodes") {
  const auto shape = karate_club();
  const Symmetric graph = undirected(shape);
  const auto weight = unit_weights(shape);
  CHECK(leiden(graph, weight, {.resolution = 1e-3})->clusters == 1);
  CHECK(leiden(graph, weight, {.resolution = 2})->clusters > leiden(graph, weight)->clusters);
  CHECK(leiden(graph, weight, {.resolution = 1e6})->clusters == 34);
  CHECK(louvain(graph, weight, {.resolution = 1e6})->clusters == 34);
  CHECK(leiden(graph, weight, {.quality = "cpm", .resolution = 1.5})->clusters == 34);
  CHECK(leiden(graph, weight, {.quality = "cpm", .resolution = 1e-3})->clusters == 1);
}

TEST_CASE("clusters: odd shapes, and isolates are clusters of their own") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    for (const Search& search : searches()) {
      CAPTURE(search.name);
      const auto found = search.run(undirected(shape), unit_weights(shape), 1, 4, {}).value();
      check_columns(shape, unit_weights(shape), found);
    }
  }
  for (const Search& search : searches()) {
    CAPTURE(search.name);
    const auto apart = search.run(undirected(4, edges_of({{1, 3}})), {1.0}, 1, 4, {}).value();
    CHECK(apart.cluster == Membership{1, 0, 2, 0});
  }
}

TEST_CASE("clusters: without any weight every node is alone, modularity is absent and a note says so") {
  for (const Search& search : searches()) {
    CAPTURE(search.name);
    const auto found = search.run(undirected(path_graph(3)), {0.0, 0.0}, 1, 2, {}).value();
    CHECK(found.cluster == Membership{0, 1, 2});
    CHECK(!found.modularity);
    CHECK(found.notes.size() == 1);
  }
}

TEST_CASE("clusters: stability is low where runs disagree, and absent with a single run") {
  // On a cycle every cut is as good as any other; the centre of a clique is never in doubt.
  const auto ring = cycle_graph(60);
  for (const Search& search : searches()) {
    CAPTURE(search.name);
    CHECK(!search.run(undirected(ring), unit_weights(ring), 1, 1, {})->stability);
    const auto found = search.run(undirected(ring), unit_weights(ring), 1, 20, {}).value();
    for (const double s : found.stability->values()) CHECK(s < 0.95);
  }
}

TEST_CASE("element similarity: by hand, and 1 only for the same clusters") {
  // |C and C'| / max(|C|, |C'|), node by node.
  NodeColumn<double> sum(5, 0);
  add_element_similarity({0, 0, 0, 1, 1}, {0, 0, 1, 1, 2}, sum);
  CHECK(sum == NodeColumn<double>{2.0 / 3, 2.0 / 3, 1.0 / 3, 0.5, 0.5});
  NodeColumn<double> same(3, 0);
  add_element_similarity({0, 1, 0}, {1, 0, 1}, same);
  CHECK(same == NodeColumn<double>(3, 1.0));
}

TEST_CASE("clusters: refuses wrong weights and options, and stops when cancelled") {
  const auto graph = undirected(path_graph(3));
  const std::atomic<bool> stop = true;
  Job cancelled;
  cancelled.cancel = &stop;
  for (const Search& search : searches()) {
    CAPTURE(search.name);
    const auto refused = [&](const EdgeColumn<double>& weight, int runs) {
      const auto found = search.run(graph, weight, 1, runs, {});
      return !found && found.error().code == ErrorCode::bad_argument;
    };
    CHECK(refused({1.0, -1.0}, 1));
    CHECK(refused({1.0, std::numeric_limits<double>::quiet_NaN()}, 1));
    CHECK(refused({1.0, std::numeric_limits<double>::infinity()}, 1));
    CHECK(refused({1.0}, 1));
    CHECK(refused({1.0, 1.0}, 0));
    CHECK(search.run(graph, {1.0, 1.0}, 1, 3, cancelled).error().code == ErrorCode::interrupted);
  }
  const EdgeColumn<double> ones(2, 1.0);
  CHECK(!leiden(graph, ones, {.quality = "silhouette"}));
  CHECK(!louvain(graph, ones, {.quality = "silhouette"}));
  CHECK(!leiden(graph.both_ways(), ones, {.quality = "cpm"}));  // knows no directions
  CHECK(!louvain(graph.both_ways(), ones, {.quality = "cpm"}));
  CHECK(!leiden(graph, ones, {.resolution = 0}));
  CHECK(!leiden(graph, ones, {.max_iterations = -1}));
  CHECK(!louvain(graph, ones, {.resolution = -1}));
  CHECK(!louvain(graph, ones, {.max_iterations = 0}));
  CHECK(!label_propagation(graph, ones, {.max_iterations = 0}));
}

TEST_CASE("cluster cards: results are as announced, and verify notices a changed answer") {
  const auto shape = karate_club();
  const Symmetric both = undirected(shape);
  const Graph graph = both.both_ways();
  Problem problem;
  problem.graph = &graph;
  problem.symmetric = &both;
  for (const Card& card : community_cards()) {
    CAPTURE(card.name);
    auto findings = card.run(problem, {{"seed", std::int64_t{7}}}, {}).value();
    CHECK(findings.per_node.size() + findings.figures.size() == card.results.size());
    CHECK(card.verify(problem, {}, findings).has_value());

    auto changed = findings;
    auto& cluster = std::get<NodeColumn<std::int64_t>>(changed.per_node.front().second);
    std::swap(cluster[NodeId{0}], cluster[NodeId{33}]);
    CHECK(card.verify(problem, {}, changed).error().code == ErrorCode::bad_argument);
    CHECK(card.run(problem, {{"runs", std::int64_t{1}}}, {})->per_node.size() == 1);
    for (auto& [name, value] : findings.figures) {
      if (name == "modularity") value = std::get<double>(value) + 1e-6;
    }
    CHECK(card.verify(problem, {}, findings).error().code == ErrorCode::bad_argument);
    CHECK(card.run(problem, {{"runs", std::int64_t{0}}}, {}).error().code == ErrorCode::bad_argument);
  }
}

TEST_CASE("clusters: louvain in the constant Potts model leaves nothing simple to gain") {
  for_each_seed(30, [](Seed seed) {
    const NamedGraph shape = any_graph(seed);
    const auto weight = seed % 2 ? unit_weights(shape) : random_whole_values(shape.edges.size(), seed, 0, 4);
    const double resolution = 0.2 + 0.3 * static_cast<double>(seed % 5);
    const Symmetric graph = undirected(shape);
    const auto found =
        louvain(graph, weight, {.quality = "cpm", .resolution = resolution, .seed = seed, .runs = 1}).value();
    const auto h = [&](const Membership& cluster) {
      return constant_potts_quality(graph, weight, cluster, resolution).value();
    };
    CHECK_THAT(found.quality, WithinAbs(h(found.cluster), 1e-9));
    for (const NodeId u : graph.nodes()) {
      Membership moved = found.cluster;
      for (std::int64_t c = 0; c <= found.clusters && c < static_cast<std::int64_t>(shape.node_count); ++c) {
        moved[u] = c;
        CHECK(h(moved) <= found.quality + 1e-9);
      }
    }
  });
}

TEST_CASE("clusters: on a network large enough for blocks of nodes the same bits with 1, 2, 7 and 16 threads") {
  const NamedGraph shape = planted_groups(6000, 60, 24000, 0.3, 9);
  const Symmetric graph = undirected(shape);
  const EdgeColumn<double> weight = heavy_tail(shape.edges.size(), 9);
  for (const Search& search : searches()) {
    CAPTURE(search.name);
    Job one;
    one.threads = 1;
    const auto counted = search.run(graph, unit_weights(shape), 3, 3, one).value();
    const auto weighed = search.run(graph, weight, 3, 3, one).value();
    CHECK_THAT(*counted.modularity, WithinAbs(modularity(graph, unit_weights(shape), counted.cluster)->value(), 1e-12));
    for (const int threads : {2, 7, 16}) {
      Job job;
      job.threads = threads;
      CHECK(search.run(graph, unit_weights(shape), 3, 3, job)->cluster == counted.cluster);
      CHECK(search.run(graph, weight, 3, 3, job)->cluster == weighed.cluster);
    }
    if (search.connected) {
      CHECK(connected_pieces(shape, unit_weights(shape), counted.cluster) == counted.clusters);
      CHECK(connected_pieces(shape, weight, weighed.cluster) == weighed.clusters);
    }
  }
}

TEST_CASE("clusters: equal weights of any size are ties that are only counted") {
  for_each_seed(20, [](Seed seed) {
    const NamedGraph shape = any_graph(seed);
    const Symmetric graph = undirected(shape);
    for (const Search& search : searches()) {
      CAPTURE(search.name);
      const auto ones = search.run(graph, unit_weights(shape), seed, 1, {}).value();
      for (const double w : {3.0, 1e-300, 1e300}) {
        const auto found = search.run(graph, EdgeColumn<double>(shape.edges.size(), w), seed, 1, {}).value();
        CHECK(found.cluster == ones.cluster);
      }
    }
    const auto potts = leiden(graph, unit_weights(shape), {.quality = "cpm", .resolution = 0.4, .seed = seed}).value();
    const auto times = leiden(graph, EdgeColumn<double>(shape.edges.size(), 3.0),
                              {.quality = "cpm", .resolution = 3 * 0.4, .seed = seed}).value();
    CHECK_THAT(times.quality, WithinAbs(3 * potts.quality, 1e-9));
  });
}

TEST_CASE("label_propagation: in the end no label outweighs a node's own, where its cluster is in one piece") {
  for_each_seed(100, [](Seed seed) {
    const NamedGraph shape = any_graph(seed);
    const auto weight = random_whole_values(shape.edges.size(), seed, 0, 4);
    const Symmetric graph = undirected(shape);
    const auto found = label_propagation(graph, weight, {.seed = seed, .runs = 1}).value();
    REQUIRE(found.converged);
    const std::size_t n = shape.node_count;
    std::vector<double> to(n * n, 0);  // weight from a node to a cluster
    for (std::uint32_t e = 0; e < shape.edges.size(); ++e) {
      const auto [u, v] = shape.edges[e];
      if (u == v) continue;
      to[u.index * n + static_cast<std::size_t>(found.cluster[v])] += weight[EdgeId{e}];
      to[v.index * n + static_cast<std::size_t>(found.cluster[u])] += weight[EdgeId{e}];
    }
    // A label that lies in several pieces is several clusters, of which a node knows only its own and those it touches.
    for (const NodeId u : graph.nodes()) {
      for (std::size_t c = 0; c < n; ++c) {
        CHECK(to[u.index * n + static_cast<std::size_t>(found.cluster[u])] >= to[u.index * n + c]);
      }
    }
  });
}

TEST_CASE("label_propagation: hubs seldom flood a network with one label") {
  // Groups joined by a few nodes with ties to everyone: in some orders, one label ends with most of the nodes.
  NamedGraph shape = planted_groups(1200, 12, 6000, 0.15, 4);
  Random random(8);
  for (std::size_t hub = 0; hub < 6; ++hub) {
    for (int i = 0; i < 200; ++i) {
      const std::size_t other = random.below(1200);
      if (other != hub) shape.edges.push_back(ends_of(hub, other));
    }
  }
  const Symmetric graph = undirected(shape);
  int good = 0;
  for_each_seed(60, [&](Seed seed) {
    const auto found = label_propagation(graph, unit_weights(shape), {.seed = seed, .runs = 1}).value();
    good += *found.modularity > 0.4;
  });
  CAPTURE(good);
  CHECK(good >= 53);  // plain sweeps: 48
}

TEST_CASE("clusters: a cancelled search of a large network stops soon") {
  const NamedGraph shape = planted_groups(20000, 50, 100000, 0.5, 3);
  const Symmetric graph = undirected(shape);
  std::atomic<bool> stop = false;
  Job job;
  job.threads = 1;
  job.cancel = &stop;
  job.progress = [&](std::string_view, std::size_t, std::size_t) { stop = true; };  // after the first iteration
  CHECK(leiden(graph, unit_weights(shape), {.runs = 1}, job).error().code == ErrorCode::interrupted);
  stop = false;
  CHECK(louvain(graph, unit_weights(shape), {.runs = 1}, job).error().code == ErrorCode::interrupted);
  stop = false;
  CHECK(label_propagation(graph, unit_weights(shape), {.runs = 1}, job).error().code == ErrorCode::interrupted);
}

}  // namespace entente::test
