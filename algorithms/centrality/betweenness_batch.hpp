#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "engine/buffer.hpp"

namespace entente {

/// Sources that are searched from at the same time, one per bit of a 16-bit mask.
inline constexpr std::size_t batch_lanes = 16;

/// The graph a batch walks: rows in ascending order, without loops and without parallel arcs.
struct BatchGraph {
  std::uint32_t node_count = 0;
  const std::uint64_t* out_begin = nullptr;  // node_count + 1 offsets into `out`, not from 0
  const std::uint32_t* out = nullptr;
  const std::uint64_t* in_begin = nullptr;
  const std::uint32_t* in = nullptr;
  const double* weight = nullptr;  // how many pairs end at a node
};

/// A node, and the lanes whose search reaches it in one and the same number of steps.
struct LevelEntry {
  std::uint32_t node;
  std::uint32_t lanes;
};

/// What a batch needs; made once for graphs of up to `node_count` nodes and used for many batches.
/// Memory: 200 bytes a node, 330 once counts have left the floats, and 8 for each level that reaches a node.
class BatchWorkspace {
 public:
  explicit BatchWorkspace(std::size_t node_count)
      : nodes_(node_count), count(8 * node_count), pending(8 * node_count), share(8 * node_count), visited(node_count),
        slot(node_count, 0) {}

  /// Makes room for path counts in doubles.
  void widen() {
    if (count.size() == 16 * nodes_) return;
    count = Buffer<double>(16 * nodes_);
    pending = Buffer<double>(16 * nodes_);
  }

 private:
  std::size_t nodes_;

 public:
  Buffer<double> count;            // path counts: 16 floats, or 16 doubles after widen(), a node
  Buffer<double> pending;          // new lines of a level, until the level is complete
  Buffer<double> share;            // 8 doubles a node
  Buffer<std::uint16_t> visited;   // lanes that have reached a node
  Buffer<std::uint32_t> slot;      // place of a node in `pending`, if the entry there agrees
  std::vector<LevelEntry> entry;   // all levels, one after the other
  std::vector<std::size_t> level;  // where each begins, and the end
};

/// One batch: what its sources add to the sums.
struct Batch {
  std::span<const std::uint32_t> source;      // up to batch_lanes different nodes
  std::span<const double> source_weight;      // batch_lanes values: how many pairs begin at each; 0 where unused
  double* node_sum = nullptr;                 // one per node
  double* arc_sum = nullptr;                  // one per arc, from the first row on; null: not wanted
  const std::function<bool()>* stop = nullptr;  // asked once a level
};

enum class BatchOutcome : std::uint8_t {
  done,
  too_many_paths,  // more than `most_paths` between two nodes; nothing was added
  stopped,
};

/// Path counts up to here keep 1/count a normal double.
inline constexpr double most_paths = 1e300;

/// Brandes' accumulation [brandes2001faster] from up to sixteen sources at once, for paths in hops. The counts
/// of shortest paths are held in floats while all of them are below 2^24, where they are exact, and in doubles
/// after `wide` was set, which this does when a count grows beyond; the sums are the same either way, and the
/// same on every instruction set.
BatchOutcome add_batch(const BatchGraph& graph, const Batch& batch, BatchWorkspace& work, std::atomic<bool>& wide);

/// Workspaces lent to whoever works on a block and used again for the next.
template <class Workspace>
class WorkspacePool {
 public:
  explicit WorkspacePool(std::function<std::unique_ptr<Workspace>()> make) : make_(std::move(make)) {}

  template <class Use>
  void with(Use&& use) {
    std::unique_ptr<Workspace> workspace = take();
    use(*workspace);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(workspace));
  }

 private:
  std::unique_ptr<Workspace> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<Workspace> workspace = std::move(idle_.back());
        idle_.pop_back();
        return workspace;
      }
    }
    return make_();
  }

  std::function<std::unique_ptr<Workspace>()> make_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Workspace>> idle_;
};

}  // namespace entente
