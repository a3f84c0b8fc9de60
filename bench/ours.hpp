#pragma once

// What all of our kernels under measurement share: the graph in the forms that they take, and errors as exceptions.

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "bench/protocol.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

using bench::Answer;
using bench::Request;
using bench::Stopwatch;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().sentence());
  return std::move(*result);
}

inline void must(Result<void> result) {
  if (!result) throw std::runtime_error(result.error().sentence());
}

inline Job job_of(const Request& request) {
  Job job;
  job.threads = request.threads;
  return job;
}

/// The graph in the forms that kernels take.
struct Ours {
  explicit Ours(const bench::EdgeList& edges) : list(edges), node_count(edges.nodes) {
    for (std::size_t i = 0; i < list.size(); ++i) ends.push_back({NodeId{list.source[i]}, NodeId{list.target[i]}});
    graph = must(make_symmetric(node_count, ends));
    weight = EdgeColumn<double>(list.size());
    capacity = EdgeColumn<std::int64_t>(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      weight.values()[i] = list.weight[i];
      capacity.values()[i] = list.weight[i];
    }
    one = EdgeColumn<double>(list.size(), 1.0);
  }
  /// Every edge from its source to its target; made when a kernel first asks.
  const Graph& directed() {
    if (!directed_) directed_ = must(make_graph(node_count, ends));
    return *directed_;
  }

  const bench::EdgeList& list;
  std::size_t node_count;
  std::vector<Ends> ends;
  Symmetric graph;
  EdgeColumn<double> weight, one;
  EdgeColumn<std::int64_t> capacity;

 private:
  std::optional<Graph> directed_;
};

template <class Value>
std::vector<double> column(const NodeColumn<Value>& values) {
  return bench::as_doubles(values.values());
}

/// max_flow alone and with the network built, decompose, trace.
void add_flow(bench::Kernels& kernels, Ours& ours);

}  // namespace entente
