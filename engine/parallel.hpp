#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

#include "engine/ids.hpp"
#include "engine/job.hpp"

namespace entente {

/// Threads are known only here. Work is cut into blocks whose borders depend on the number of
/// items alone, never on the number of threads; threads take blocks as they come free, and
/// partial results are combined in block order. So one thread and eight give the same bits.

/// Items in a block: small enough to balance, large enough to hide the hand-over.
inline constexpr std::size_t block_size = 2048;

/// Runs `work(block)` for each block in [0, blocks), on up to job.threads threads, and waits for
/// all. An exception thrown by `work` is rethrown here after all threads have stopped.
/// Once the job is cancelled no further block is begun.
void for_each_block(std::size_t blocks, const Job& job, const std::function<void(std::size_t)>& work);

/// The same for blocks of which each lasts milliseconds or more, or which are the threads' own loops: helpers join at once.
void for_each_long_block(std::size_t blocks, const Job& job, const std::function<void(std::size_t)>& work);

/// Other loops are begun alone, and have helpers once their pace shows that enough is left: a helper must be woken, and on
/// a busy machine whoever waits for it at the end may wait for somebody else's slice of time. So several threads are not
/// slower than one where there is little to share.
struct HelpPolicy {
  std::chrono::microseconds alone_for{200};     // before the pace is judged
  std::chrono::microseconds worth_help{2000};  // left at that pace
  std::chrono::microseconds worth_staying{200};
};
/// For tests of what threads do to each other, where helpers should join every loop. Not while a loop runs.
void set_help_policy(const HelpPolicy& policy);

/// Threads a job would use for `blocks` blocks, at least 1.
int thread_count(const Job& job, std::size_t blocks);

/// Runs `work(index)` for each index in [0, count).
template <class Work>
void for_each_index(std::size_t count, const Job& job, Work&& work, std::size_t block = block_size) {
  for_each_block((count + block - 1) / block, job, [&](std::size_t b) {
    const std::size_t end = std::min(count, (b + 1) * block);
    for (std::size_t i = b * block; i < end; ++i) work(i);
  });
}

/// The sum of `term(index)` over [0, count): within a block in index order, then block by block.
template <class Term>
auto sum_over_indices(std::size_t count, const Job& job, Term&& term, std::size_t block = block_size) {
  using Value = decltype(term(std::size_t{0}));
  std::vector<Value> part((count + block - 1) / block, Value{});
  for_each_block(part.size(), job, [&](std::size_t b) {
    Value sum{};
    const std::size_t end = std::min(count, (b + 1) * block);
    for (std::size_t i = b * block; i < end; ++i) sum += term(i);
    part[b] = sum;
  });
  Value total{};
  for (const Value& p : part) total += p;
  return total;
}

/// Runs `work(node)` for each node of a graph.
template <class AnyGraph, class Work>
void for_each_node(const AnyGraph& graph, const Job& job, Work&& work) {
  for_each_index(graph.node_count(), job,
                 [&](std::size_t i) { work(NodeId{static_cast<std::uint32_t>(i)}); });
}

/// The sum of `term(node)` over all nodes of a graph, in a fixed order.
template <class AnyGraph, class Term>
auto sum_over_nodes(const AnyGraph& graph, const Job& job, Term&& term) {
  return sum_over_indices(graph.node_count(), job,
                          [&](std::size_t i) { return term(NodeId{static_cast<std::uint32_t>(i)}); });
}

}  // namespace entente
