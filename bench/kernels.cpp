// bench_kernels: our kernels, run one by one on the request of bench/run.py (see protocol.hpp).
//
//   bench_kernels GRAPH.bin
//
// Each entry below names a kernel, prepares its input, times the call that a user of the library would
// make, and gives the answer in the user's order of nodes. A kernel with a new name appears here (those of flows in
// flow_kernels.cpp) and, with what its answers are compared by, in bench/kernels.py.

#include <algorithm>
#include <iostream>
#include <memory>

#include "algorithms/centrality/betweenness.hpp"
#include "algorithms/centrality/closeness.hpp"
#include "algorithms/centrality/core.hpp"
#include "algorithms/centrality/eigenvector.hpp"
#include "algorithms/centrality/harmonic.hpp"
#include "algorithms/centrality/hits.hpp"
#include "algorithms/centrality/katz.hpp"
#include "algorithms/centrality/pagerank.hpp"
#include "algorithms/centrality/sampled_betweenness.hpp"
#include "algorithms/centrality/top_closeness.hpp"
#include "algorithms/cohesion/bicomponents.hpp"
#include "algorithms/cohesion/components.hpp"
#include "algorithms/cohesion/spanning_forest.hpp"
#include "algorithms/community/label_propagation.hpp"
#include "algorithms/community/leiden.hpp"
#include "algorithms/community/louvain.hpp"
#include "algorithms/paths/k_shortest.hpp"
#include "algorithms/statistics/triangles.hpp"
#include "algorithms/traversal/breadth_first.hpp"
#include "algorithms/traversal/shortest_lengths.hpp"
#include "bench/ours.hpp"
#include "bench/protocol.hpp"
#include "engine/hub_first.hpp"
#include "engine/rows_as_given.hpp"
#include "engine/version.hpp"

namespace entente {
namespace {

/// What is the same for all three ways to find clusters.
template <class Options, class Kernel>
Answer clusters(Ours& ours, bool weighted, Options options, const Request& request, Stopwatch& watch, Kernel&& kernel) {
  options.runs = 1;
  options.seed = static_cast<std::uint64_t>(request.number("seed"));
  const auto& weight = weighted ? ours.weight : ours.one;
  const auto found = must(watch.time([&] { return kernel(ours.graph, weight, options, job_of(request)); }));
  return {{{"clusters", static_cast<double>(found.clusters)}}, column(found.cluster)};
}

void add_traversal(bench::Kernels& kernels, Ours& ours) {
  // As the peers' graphs: the user's numbers, each row in the order of the edges.
  kernels["build"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const Rows rows = must(watch.time([&] { return rows_as_given(ours.node_count, ours.ends, EdgeList::Ways::both, job_of(request)); }));
    return {{{"arcs", static_cast<double>(rows.arc_count())}}, {}};
  };
  kernels["build:sorted_rows"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const EdgeList list{ours.node_count, ours.ends, EdgeList::Ways::both, {}};
    const Rows rows = watch.time([&] { return build_rows(list, RowsOf::sources, {}, nullptr, job_of(request)); });
    return {{{"arcs", static_cast<double>(rows.arc_count())}}, {}};
  };
  // As our kernels take it.
  kernels["build:hub_first"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const auto graph = watch.time([&] {
      auto made = must(make_symmetric(ours.node_count, ours.ends));
      made.hub_first(job_of(request));
      return made;
    });
    return {{{"arcs", static_cast<double>(graph.arc_count())}}, {}};
  };
  kernels["build:user_rows"] = [&](const Request&, Stopwatch& watch) -> Answer {
    const auto graph = watch.time([&] {
      auto made = must(make_symmetric(ours.node_count, ours.ends));
      if (ours.node_count > 0) made.neighbours(NodeId{0});
      return made;
    });
    return {{{"arcs", static_cast<double>(graph.arc_count())}}, {}};
  };
  kernels["bfs"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const NodeId source[] = {NodeId{request.node("source")}};
    const auto found = must(watch.time([&] { return breadth_first(ours.graph.both_ways(), source, job_of(request)); }));
    Answer answer{{{"reached", static_cast<double>(found.reached)}}, column(found.hops)};
    std::ranges::replace(answer.values, static_cast<double>(no_hops), -1.0);
    return answer;
  };
  kernels["bfs_reused"] = [&, search = std::shared_ptr<BreadthFirstSearch>(), found = BreadthFirst()](const Request& request,
                                                                                                      Stopwatch& watch) mutable -> Answer {
    const NodeId source[] = {NodeId{request.node("source")}};
    if (!search) search = std::make_shared<BreadthFirstSearch>(ours.graph.both_ways());
    must(watch.time([&] {
      auto done = search->from(source, job_of(request));
      if (done) search->write(found, job_of(request));
      return done;
    }));
    Answer answer{{{"reached", static_cast<double>(search->reached())}}, column(found.hops)};
    std::ranges::replace(answer.values, static_cast<double>(no_hops), -1.0);
    return answer;
  };
  // The graphs of the peers hold the length of each arc; so do LengthArcs.
  kernels["sssp"] = [&, arcs = std::shared_ptr<LengthArcs>(), search = std::shared_ptr<LengthSearch>()](
                        const Request& request, Stopwatch& watch) mutable -> Answer {
    if (!search) {
      arcs = std::make_shared<LengthArcs>(ours.graph.both_ways(), ours.weight);
      search = std::make_shared<LengthSearch>(*arcs);
    }
    const std::uint32_t source[] = {arcs->ranks().rank_of(NodeId{request.node("source")})};
    NodeColumn<double> length(arcs->ranks().node_count());
    const auto done = watch.time([&]() -> Result<void> {
      if (auto searched = search->from(source, job_of(request)); !searched) return searched;
      const auto rank_of = arcs->ranks().rank_of();
      for (std::size_t v = 0; v < rank_of.size(); ++v) length.values()[v] = search->length_to(rank_of[v]);
      return {};
    });
    must(done);
    Answer answer{{{"reached", static_cast<double>(search->settled().size())}}, column(length)};
    std::ranges::replace(answer.values, no_length, -1.0);
    return answer;
  };
  kernels["sssp_once"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const NodeId source[] = {NodeId{request.node("source")}};
    const auto found = must(watch.time([&] { return shortest_lengths(ours.graph.both_ways(), source, ours.weight, job_of(request)); }));
    Answer answer{{{"reached", static_cast<double>(found.reached)}}, column(found.length)};
    std::ranges::replace(answer.values, no_length, -1.0);
    return answer;
  };
  kernels["k_shortest"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const NodeId from[] = {NodeId{request.node("source")}}, to[] = {NodeId{request.node("target")}};
    PathRules rules;
    rules.length = &ours.weight;
    KShortestOptions options;
    options.k = static_cast<int>(request.number("k"));
    const auto found = must(watch.time([&] { return k_shortest_paths(ours.graph.both_ways(), from, to, rules, options, job_of(request)); }));
    Answer answer;
    for (const Walk& walk : found.walks) answer.values.push_back(walk.length);
    return answer;
  };
}

void add_centrality(bench::Kernels& kernels, Ours& ours) {
  kernels["pagerank"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    PageRankOptions options;
    // The peers end when a sweep changes the scores by at most their tolerance; ours by what such a sweep proves.
    options.tolerance = request.number("tolerance") * options.damping / (1 - options.damping);
    const auto found = must(watch.time([&] { return pagerank(ours.graph.both_ways(), nullptr, options, job_of(request)); }));
    return {{{"iterations", static_cast<double>(found.iterations)}}, column(found.score)};
  };
  kernels["eigenvector"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    EigenvectorOptions options;
    options.tolerance = request.number("residual");
    const auto found = must(watch.time([&] { return eigenvector(ours.graph.both_ways(), nullptr, options, job_of(request)); }));
    return {{{"iterations", static_cast<double>(found.iterations)}}, column(found.score)};
  };
  kernels["katz"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    KatzOptions options;
    options.alpha = request.number("alpha");
    options.tolerance = request.number("tolerance");
    options.scores_only = true;  // the peers do not compute the eigenvalue
    const auto found = must(watch.time([&] { return katz(ours.graph.both_ways(), nullptr, options, job_of(request)); }));
    return {{{"iterations", static_cast<double>(found.iterations)}}, column(found.score)};
  };
  kernels["katz:with_eigenvalue"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    KatzOptions options;
    options.alpha = request.number("alpha");
    options.tolerance = request.number("tolerance");
    const auto found = must(watch.time([&] { return katz(ours.graph.both_ways(), nullptr, options, job_of(request)); }));
    return {{{"iterations", static_cast<double>(found.iterations)}, {"eigenvalue", found.eigenvalue}}, column(found.score)};
  };
  kernels["hits"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    HitsOptions options;
    options.tolerance = request.number("tolerance");
    const auto found = must(watch.time([&] { return hits(ours.directed(), nullptr, options, job_of(request)); }));
    return {{{"iterations", static_cast<double>(found.iterations)}}, column(found.authority)};
  };
  kernels["betweenness"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    return {{}, column(must(watch.time([&] { return betweenness(ours.graph, nullptr, {}, job_of(request)); })).betweenness)};
  };
  kernels["betweenness_sampled"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    SampledBetweennessOptions options;
    options.epsilon = request.number("epsilon");
    options.delta = request.number("delta");
    options.seed = static_cast<std::uint64_t>(request.number("seed"));
    const auto found = must(watch.time([&] { return sampled_betweenness(ours.graph, nullptr, options, job_of(request)); }));
    const double n = static_cast<double>(ours.node_count);
    Answer answer{{{"samples", static_cast<double>(found.samples + found.first_samples)}}, column(found.betweenness_sampled)};
    for (double& pairs : answer.values) pairs /= n * (n - 1) / 2;  // the share of all pairs, as the peers give it
    return answer;
  };
  kernels["closeness"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    return {{}, column(must(watch.time([&] { return closeness(ours.graph.both_ways(), nullptr, {}, job_of(request)); })).closeness)};
  };
  kernels["harmonic"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    return {{}, column(must(watch.time([&] { return harmonic(ours.graph.both_ways(), nullptr, {}, job_of(request)); })).harmonic)};
  };
  for (const char* measure : {"closeness", "harmonic"}) {
    kernels[std::string("top_") + measure] = [&ours, measure](const Request& request, Stopwatch& watch) -> Answer {
      TopClosenessOptions options;
      options.top = static_cast<std::int64_t>(request.number("k"));
      options.measure = measure;
      const auto found = must(watch.time([&] { return top_closeness(ours.graph.both_ways(), options, job_of(request)); }));
      return {{{"searched", static_cast<double>(found.searched)}}, found.score};
    };
  }
  kernels["core"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const auto found = must(watch.time([&] { return core_numbers(ours.graph, job_of(request)); }));
    return {{{"degeneracy", static_cast<double>(found.degeneracy)}}, column(found.core)};
  };
}

void add_cohesion(bench::Kernels& kernels, Ours& ours) {
  kernels["components"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const auto found = must(watch.time([&] { return components(ours.graph, job_of(request)); }));
    return {{{"components", static_cast<double>(found.count)}}, column(found.component)};
  };
  kernels["strong_components"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const Graph& graph = ours.directed();
    const auto found = must(watch.time([&] { return strong_components(graph, job_of(request)); }));
    return {{{"components", static_cast<double>(found.count)}}, column(found.component)};
  };
  kernels["bicomponents"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const auto found = must(watch.time([&] { return bicomponents(ours.graph, job_of(request)); }));
    return {{{"bicomponents", static_cast<double>(found.count)}}, column(found.articulation)};
  };
  kernels["triangles"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const auto found = must(watch.time([&] { return triangles(ours.graph, job_of(request)); }));
    return {{{"triangles", static_cast<double>(found.total)}}, column(found.triangles)};
  };
  kernels["clustering"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    return {{}, column(must(watch.time([&] { return local_clustering(ours.graph, job_of(request)); })).clustering)};
  };
  kernels["spanning_forest"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const auto found = must(watch.time([&] { return spanning_forest(ours.graph, &ours.weight, {}, job_of(request)); }));
    return {{{"edges", static_cast<double>(found.edges)}, {"weight", found.total}}, {}};
  };
  for (const bool weighted : {false, true}) {
    const std::string suffix = weighted ? "_weighted" : "";
    kernels["louvain" + suffix] = [&ours, weighted](const Request& request, Stopwatch& watch) {
      return clusters(ours, weighted, LouvainOptions{}, request, watch, [](auto&&... given) { return louvain(given...); });
    };
    kernels["leiden" + suffix] = [&ours, weighted](const Request& request, Stopwatch& watch) {
      LeidenOptions options;
      options.max_iterations = static_cast<int>(request.number("iterations"));
      return clusters(ours, weighted, options, request, watch, [](auto&&... given) { return leiden(given...); });
    };
  }
  kernels["label_propagation"] = [&](const Request& request, Stopwatch& watch) {
    return clusters(ours, false, LabelPropagationOptions{}, request, watch, [](auto&&... given) { return label_propagation(given...); });
  };
}

}  // namespace
}  // namespace entente

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "bench_kernels GRAPH.bin\n";
    return 2;
  }
  try {
    const bench::EdgeList list = bench::read_edges(arguments[1]);
    entente::Ours ours(list);
    bench::Kernels kernels;
    entente::add_traversal(kernels, ours);
    entente::add_flow(kernels, ours);
    entente::add_centrality(kernels, ours);
    entente::add_cohesion(kernels, ours);
    return bench::serve(entente::version, kernels);
  } catch (const std::exception& error) {
    std::cerr << "bench_kernels: " << error.what() << '\n';
    return 1;
  }
}
