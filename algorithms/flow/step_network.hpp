#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// The steps from one body to another, each with what all its ties state together, among renumbered nodes: the lower a
/// number, the earlier its circles are searched. Rows are in ascending order.
class StepNetwork {
 public:
  struct Step {
    std::uint32_t head;
    bool mutual_alone;    // all its ties are mutual
    std::int64_t amount;  // of the ties together
  };

  std::size_t node_count() const { return node_.size(); }
  NodeId node(std::uint32_t v) const { return node_[v]; }
  std::int64_t narrowest() const { return narrowest_; }  // every step of at least this amount is here
  bool is_whole() const { return is_whole_; }

  std::span<const Step> row(std::uint32_t u) const { return {steps_.data() + begin_[u], begin_[u + 1] - begin_[u]}; }
  std::span<const std::uint32_t> ways_back(std::uint32_t v) const {
    return {tails_.data() + tails_begin_[v], tails_begin_[v + 1] - tails_begin_[v]};
  }
  /// Those to `first` and beyond.
  std::span<const Step> row(std::uint32_t u, std::uint32_t first) const;
  std::span<const std::uint32_t> ways_back(std::uint32_t v, std::uint32_t first) const;

 private:
  friend class WideSteps;
  std::vector<NodeId> node_;
  std::vector<std::size_t> begin_, tails_begin_;
  std::vector<Step> steps_;
  std::vector<std::uint32_t> tails_;
  std::int64_t narrowest_ = 0;
  bool is_whole_ = false;
};

/// All steps of a network by falling amount, from which networks of the widest are made.
class WideSteps {
 public:
  /// Starts (flags; empty: all nodes) are numbered first, each group by falling degree, then by id. O(m log m).
  /// Errors: overflow where the ties of a step exceed 64 bits together.
  static Result<WideSteps> of(const Graph& graph, const EdgeColumn<std::int64_t>& amount,
                              const NodeColumn<std::uint8_t>& starts);

  /// The widest steps, at least `wanted` where there are as many, with all that are as wide. O(n + steps log steps).
  StepNetwork widest(std::size_t wanted) const;
  std::uint32_t start_count() const { return start_count_; }

 private:
  struct WideStep {
    std::uint32_t tail, head;
    bool mutual_alone;
    std::int64_t amount;
  };
  std::vector<NodeId> node_;
  std::vector<WideStep> steps_;
  std::uint32_t start_count_ = 0;
};

}  // namespace entente
