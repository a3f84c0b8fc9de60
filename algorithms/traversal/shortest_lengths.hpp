#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string_view>

#include "algorithms/traversal/radix_heap.hpp"
#include "engine/buffer.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

/// Where no path leads.
inline constexpr double no_length = std::numeric_limits<double>::infinity();

struct ShortestLengths {
  NodeColumn<double> length;  // of a shortest path from the nearest source, or no_length
  std::size_t reached = 0;    // nodes, the sources among them
  double longest = 0;         // length to the furthest node reached
};

/// How far each node is from the nearest of `sources` [dijkstra1959note], arcs having lengths. For many
/// searches on one graph see LengthSearch.
///
/// Directions are followed; for a graph without directions give symmetric.both_ways(). The shortest of
/// parallel edges counts; self-loops change nothing.
///
/// Input    length: one finite value >= 0 per edge, with a finite sum.
/// Output   the least sum of lengths of all paths, added up from the source in double: the numbers of
///          textbook Dijkstra, bit for bit.
/// Cost     O(n + arcs · b), b the bits of a length (at most 64; in practice an entry moves twice or so);
///          8 or 16 bytes an arc and 24 a node besides graph.hub_first().
/// Repeats  exactly; one thread.
/// Errors   bad_argument: no source, or one that the graph lacks; a length that is negative or not
///          finite. interrupted.
/// Source   [ahuja1990faster]
Result<ShortestLengths> shortest_lengths(const Graph& graph, std::span<const NodeId> sources,
                                         const EdgeColumn<double>& length, const Job& job = {});

/// The arcs of a graph with their lengths, packed for searching: made once, shared by any number of searches.
///
/// Lengths that are whole multiples of one power of two, and so small that no path leaves 32 bits, become
/// integers; so do the distances, and every sum is as exact as in double. Other lengths stay double.
class LengthArcs {
 public:
  /// The lengths are finite and >= 0, with a finite sum. The graph must outlive the arcs.
  LengthArcs(const Graph& graph, const EdgeColumn<double>& length, const Job& job = {});

  template <class Length>
  struct Arc {
    std::uint32_t node;
    Length length;
  };
  using Whole = Arc<std::uint32_t>;
  using Real = Arc<double>;

  const HubFirst& ranks() const { return *ranks_; }
  const Rows& rows() const { return ranks_->out(); }
  bool are_whole() const { return are_whole_; }

  /// The arcs in the order of rows().node, with lengths in units, or as they are; the other span is empty.
  std::span<const Whole> whole() const { return whole_.span(); }
  std::span<const Real> real() const { return real_.span(); }
  double unit() const { return unit_; }

 private:
  const HubFirst* ranks_;
  bool are_whole_ = true;
  double unit_ = 1;
  Buffer<Whole> whole_;
  Buffer<Real> real_;
};

/// Shortest lengths from one source, or set of sources, after the other; once warm, a search allocates nothing.
///
/// Dijkstra's algorithm with a radix heap [ahuja1990faster]; the bits of a double >= 0 order as the number does,
/// so real lengths have one as well. No entry is ever moved up: a node reached over a shorter way is pushed
/// again, and outdated entries are dropped when met. Rows of the nodes next in line are fetched ahead.
///
/// One search at a time: threads need one object each.
class LengthSearch {
 public:
  /// The arcs must outlive it. Memory: 20 bytes a node, and the heap.
  explicit LengthSearch(const LengthArcs& arcs);

  /// Searches from `sources`, ranks; one may come twice. What an earlier search found is gone.
  /// Errors: interrupted; then the object is fit for the next search.
  Result<void> from(std::span<const std::uint32_t> sources, const Job& job = {});

  /// The ranks reached, nearest first.
  std::span<const std::uint32_t> settled() const { return {settled_.data(), settled_count_}; }

  /// The length to a rank, or no_length.
  double length_to(std::uint32_t rank) const {
    if (!arcs_->are_whole()) return real_[rank];
    return whole_[rank] == out_of_reach<std::uint32_t> ? no_length : static_cast<double>(whole_[rank]) * arcs_->unit();
  }

 private:
  template <class Distance>
  static constexpr Distance out_of_reach = std::numeric_limits<Distance>::has_infinity
                                               ? std::numeric_limits<Distance>::infinity()
                                               : std::numeric_limits<Distance>::max();
  template <class Distance>
  Result<void> search(std::span<const LengthArcs::Arc<Distance>> arcs, Buffer<Distance>& distance,
                      RadixHeap<Distance>& waiting, std::span<const std::uint32_t> sources, const Job& job);

  const LengthArcs* arcs_;
  Buffer<std::uint32_t> whole_;  // distances by rank: these in units,
  Buffer<double> real_;          // or these
  RadixHeap<std::uint32_t> waiting_whole_;
  RadixHeap<double> waiting_real_;
  Buffer<std::uint32_t> settled_;
  std::size_t settled_count_ = 0;
};

/// measure(search) for a search from each node, in the user's order, on all threads of the job.
/// The lengths are finite and >= 0, with a finite sum. Memory: 8 or 16 bytes an arc, 24 a node and thread.
/// Repeats bit for bit. Errors: interrupted. Reports progress as `what`, in nodes.
Result<NodeColumn<double>> measure_from_each_node(const Graph& graph, const EdgeColumn<double>& length,
                                                  std::string_view what, const Job& job,
                                                  const std::function<double(const LengthSearch&)>& measure);

Card shortest_lengths_card();

}  // namespace entente
