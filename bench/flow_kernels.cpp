// Our kernels of flows and traced money, for bench_kernels.

#include <memory>
#include <utility>

#include "algorithms/flow/decompose.hpp"
#include "algorithms/flow/flow_network.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/funds/trace.hpp"
#include "bench/ours.hpp"
#include "bench/protocol.hpp"
#include "engine/graph.hpp"

namespace entente {
namespace {

/// The network and its capacities made from the columns of the file, and the flow through it.
Result<MaxFlow> flow_from_columns(const bench::EdgeList& list, const NodeId& from, const NodeId& to, const Job& job) {
  std::vector<Ends> ends;
  ends.reserve(list.size());
  EdgeColumn<std::int64_t> capacity;
  capacity.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    ends.push_back({NodeId{list.source[i]}, NodeId{list.target[i]}});
    capacity.push_back(list.weight[i]);
  }
  const Graph network = list.directed ? must(make_graph(list.nodes, std::move(ends)))
                                      : must(make_symmetric(list.nodes, std::move(ends))).both_ways();
  return max_flow(network, capacity, {&from, 1}, {&to, 1}, job);
}

}  // namespace

void add_flow(bench::Kernels& kernels, Ours& ours) {
  const auto graph = [&]() -> const Graph& { return ours.list.directed ? ours.directed() : ours.graph.both_ways(); };
  kernels["max_flow"] = [&, graph, kept = std::shared_ptr<FlowNetwork>()](const Request& request,
                                                                          Stopwatch& watch) mutable -> Answer {
    const NodeId from[] = {NodeId{request.node("source")}}, to[] = {NodeId{request.node("target")}};
    if (!kept) {
      kept = std::make_shared<FlowNetwork>(must(FlowNetwork::make(graph(), ours.capacity)));
      kept->prepare();
    }
    NodeColumn<std::uint8_t> side;
    const auto value = must(watch.time([&] {
      auto sent = kept->send(from, to, job_of(request));
      side = kept->source_side();
      return sent;
    }));
    return {{{"value", static_cast<double>(value)}}, {}};
  };
  kernels["max_flow_call"] = [&, graph](const Request& request, Stopwatch& watch) -> Answer {
    const NodeId from[] = {NodeId{request.node("source")}}, to[] = {NodeId{request.node("target")}};
    const Graph& network = graph();
    const auto found = must(watch.time([&] { return max_flow(network, ours.capacity, from, to, job_of(request)); }));
    return {{{"value", static_cast<double>(found.value)}}, {}};
  };
  kernels["max_flow_built"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const NodeId from{request.node("source")}, to{request.node("target")};
    const auto found = must(watch.time([&] { return flow_from_columns(ours.list, from, to, job_of(request)); }));
    return {{{"value", static_cast<double>(found.value)}}, {}};
  };
  kernels["decompose"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const NodeId from[] = {NodeId{request.node("source")}}, to[] = {NodeId{request.node("target")}};
    const auto found = must(watch.time([&]() -> Result<FlowRoutes> {
      const auto flow = max_flow(ours.graph.both_ways(), ours.capacity, from, to, job_of(request));
      if (!flow) return tl::unexpected(flow.error());
      return decompose_flow(ours.graph.both_ways(), flow->flow, from, to, job_of(request));
    }));
    return {{{"routes", static_cast<double>(found.routes.size())}}, {}};
  };
  kernels["trace"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const NodeId from[] = {NodeId{request.node("source")}};
    TracedTies ties;
    ties.amount = &ours.capacity;
    TraceOptions options;
    options.bounds = 0;
    const auto found = must(watch.time([&] { return trace_funds(ours.directed(), ties, from, {}, options, job_of(request)); }));
    Answer answer{{{"ended", static_cast<double>(found.put_in)}}, std::vector<double>(ours.node_count, 0)};
    for (const TracedEnd& end : found.ends) answer.values[end.body.index] = static_cast<double>(end.money);
    return answer;
  };
}

}  // namespace entente
