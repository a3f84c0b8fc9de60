#pragma once

#include <cstdint>
#include <vector>

#include "algorithms/flow/carrying.hpp"
#include "algorithms/flow/residual.hpp"
#include "engine/buffer.hpp"
#include "engine/job.hpp"

namespace entente {

/// Maximum flow by push-relabel, the highest node with a demand first [goldberg1988new], with exact heights computed
/// anew now and then and with the gap rule [cherkassky1997implementing]. It runs from the targets: what can
/// reach them is demanded from their neighbours, who pass the demand on towards the sources. So it ends
/// with the smallest source side, without a second search. Works on any flow that it finds in the residual and adds
/// what is missing. Best where ways are long and many: demands move one arc at a time and no way is followed.
///
///     demand(v)   what leaves v and has not entered it
///     height(v)   at most the number of residual arcs from a source to v; n: none reaches it any more
///     push        of a demand against a residual arc that comes from one below
///     relabel     to one above the lowest residual neighbour, once no arc comes from one below
///     gap         once no node has some height, no source reaches a node above it
///
/// O(n^2 sqrt(m)).
class PushRelabel {
 public:
  /// Whether demands fit 64 bits: all that could reach the targets is one for a while, and goes anywhere.
  static bool fits(const FlowQuestion& question) {
    return question.targets_fit && question.most < (std::int64_t{1} << 62) - 1;
  }

  /// fits(question) must hold.
  PushRelabel(const FlowQuestion& question, Residual& residual, const Job& job);

  /// Until no demand can be met any more, at the latest when `at_most` is met. False once cancelled.
  bool run(std::int64_t at_most);

  std::int64_t value() const { return value_; }  // what the sources met
  int updates() const { return updates_; }       // of all heights

 private:
  static constexpr std::uint32_t none = Residual::none;

  struct Node {
    std::int64_t demand = 0;
    std::uint32_t current = 0;  // no arc before it comes from one below
    std::uint32_t next = none;  // with a demand at the same height
  };

  /// Of one height. Nodes that have left it since are still listed.
  struct Level {
    std::uint32_t waiting = none;  // the first node with a demand
    std::uint32_t newest = none;   // the last of its entries
    std::uint32_t count = 0;       // of the nodes that are there now
  };
  struct Entry {
    std::uint32_t node, older;
  };

  std::uint32_t append(std::uint32_t v, std::uint32_t older) {
    entries_.push_back({v, older});
    return static_cast<std::uint32_t>(entries_.size() - 1);
  }
  void update_heights();
  void discharge(std::uint32_t v);
  bool relabel(std::uint32_t v);
  void wait(std::uint32_t v);
  void enter(std::uint32_t v, std::uint32_t height);
  void drop_above(std::uint32_t gap);

  const FlowQuestion& question_;
  Residual& residual_;
  const Job& job_;
  std::uint32_t n_;
  std::vector<Node> node_;
  Buffer<std::uint32_t> height_;
  std::vector<Level> levels_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> queue_;
  std::uint32_t highest_ = 0, top_ = 0;  // height with a demand, height with nodes; both at least the true one
  std::uint64_t work_ = 0, arcs_ = 0;
  std::int64_t value_ = 0;
  int updates_ = 0;
};

/// Takes demands that no source met out of a flow without circles: from the sources downstream, each node
/// sends on no more than has entered it. O(n + m).
void drop_unmet_demands(const Graph& graph, const FlowQuestion& question, const Carrying& carrying,
                        EdgeColumn<std::int64_t>& flow);

}  // namespace entente
