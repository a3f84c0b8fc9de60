#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "algorithms/cohesion/checks.hpp"
#include "algorithms/cohesion/components.hpp"
#include "algorithms/cohesion/numbering.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr std::size_t strong_patience = 4096;  // nodes between two looks at job.cancelled()
constexpr std::size_t arcs_for_two_threads = std::size_t{1} << 23;  // of which reading lasts milliseconds

/// Which nodes are reached from `start` along the rows: breadth-first, without a branch on what was seen before,
/// which nobody can guess.
Buffer<std::uint8_t> reached_from(const Rows& rows, std::uint32_t start, const Job& job) {
  const std::size_t n = rows.node_count();
  Buffer<std::uint8_t> seen(n, 0);
  Buffer<std::uint32_t> queue(n + 1);  // one more to write what is not kept
  queue[0] = start;
  seen[start] = 1;
  std::size_t tail = 1;
  for (std::size_t head = 0; head < tail; ++head) {
    if (head % strong_patience == 0 && job.cancelled()) break;
    if (head + 16 < tail) __builtin_prefetch(&rows.begin[queue[head + 16]]);
    if (head + 8 < tail) __builtin_prefetch(rows.node.data() + rows.begin[queue[head + 8]]);
    for (const std::uint32_t v : rows[queue[head]]) {
      queue[tail] = v;
      tail += seen[v] == 0;
      seen[v] = 1;
    }
  }
  return seen;
}

/// The node of most pairs (arc in, arc out) among the first hubs: where there is a giant component, it is in it.
std::uint32_t pivot_among_hubs(const Rows& out, const Rows& in) {
  const auto hubs = static_cast<std::uint32_t>(std::min<std::size_t>(out.node_count(), 64));
  std::uint32_t best = 0;
  for (std::uint32_t v = 1; v < hubs; ++v) {
    if (out.degree(v) * in.degree(v) > out.degree(best) * in.degree(best)) best = v;
  }
  return best;
}

/// Pearce's search [pearce2016space]: Tarjan's [tarjan1972depth] with one number per node, which says
///   0              not yet entered
///   small          entered; the earliest open node it is known to reach, by order of entry
///   large          its component, counted down from the largest number
/// so that nodes of complete components never count as earlier.
class StrongSearch {
 public:
  explicit StrongSearch(const Rows& rows) : rows_(rows), number_(rows.node_count(), 0) {}

  /// Makes a component of all nodes where `is_member`.
  template <class IsMember>
  void assign_all(IsMember&& is_member) {
    for (std::size_t v = 0; v < number_.size(); ++v) {
      if (is_member(v)) number_[v] = next_component_;
    }
    --next_component_;
  }

  bool run(const Job& job) {
    for (std::uint32_t root = 0; root < number_.size(); ++root) {
      if (root % strong_patience == 0) job.report("strong components", root, number_.size());
      if (number_[root] == 0 && !search_from(root, job)) return false;
    }
    return !job.cancelled();
  }

  /// Of a complete search: a code per component, from 0 without gaps.
  std::uint32_t code(std::uint32_t v) const { return std::numeric_limits<std::uint32_t>::max() - number_[v]; }

 private:
  struct Visit {
    std::uint32_t node;
    std::uint32_t entered;
    const std::uint32_t* next;  // arc to look at
    const std::uint32_t* end;
  };

  void enter(std::uint32_t v) {
    number_[v] = clock_;
    const auto row = rows_[v];
    path_.push_back({v, clock_++, row.data(), row.data() + row.size()});
  }

  bool search_from(std::uint32_t root, const Job& job) {
    enter(root);
    while (!path_.empty()) {
      Visit& at = path_.back();
      std::uint32_t earliest = number_[at.node];
      std::uint32_t fresh = at.node;
      while (at.next != at.end) {
        const std::uint32_t v = *at.next++;
        const std::uint32_t number = number_[v];
        if (number == 0) {
          fresh = v;
          break;
        }
        earliest = std::min(earliest, number);
      }
      number_[at.node] = earliest;
      if (fresh != at.node) {
        if (++steps_ % strong_patience == 0 && job.cancelled()) return false;
        enter(fresh);
      } else {
        leave();
      }
    }
    return true;
  }

  void leave() {
    const Visit left = path_.back();
    path_.pop_back();
    const std::uint32_t earliest = number_[left.node];
    if (earliest == left.entered) {  // nothing earlier is reached: a component is complete
      clock_ = left.entered;
      while (!open_.empty() && number_[open_.back()] >= left.entered) {
        number_[open_.back()] = next_component_;
        open_.pop_back();
      }
      number_[left.node] = next_component_--;
    } else {
      open_.push_back(left.node);
    }
    if (!path_.empty()) {
      std::uint32_t& above = number_[path_.back().node];
      above = std::min(above, number_[left.node]);
    }
  }

  const Rows& rows_;
  Buffer<std::uint32_t> number_;
  std::vector<Visit> path_;
  std::vector<std::uint32_t> open_;
  std::uint32_t clock_ = 1;
  std::uint32_t next_component_ = std::numeric_limits<std::uint32_t>::max();
  std::size_t steps_ = 0;
};

}  // namespace

// The giant component is what a hub reaches and is reached from, two linear sweeps without a stack
// [fleischer2000identifying]; only the nodes outside it are searched depth-first.
Result<Components> strong_components(const Graph& graph, const Job& job) {
  const HubFirst& order = graph.hub_first(job);
  const Rows& out = order.out();
  const std::size_t n = out.node_count();
  StrongSearch search(out);
  if (n > 0) {
    const Rows& in = order.in(job);
    const std::uint32_t hub = pivot_among_hubs(out, in);
    Buffer<std::uint8_t> reached, reaching;
    const auto for_each_side = out.arc_count() < arcs_for_two_threads ? for_each_block : for_each_long_block;
    for_each_side(order.symmetric() ? 1 : 2, job, [&](std::size_t side) {
      (side == 0 ? reached : reaching) = reached_from(side == 0 ? out : in, hub, job);
    });
    if (job.cancelled()) return interrupted();
    const Buffer<std::uint8_t>& back = order.symmetric() ? reached : reaching;
    search.assign_all([&](std::size_t v) { return (reached[v] & back[v]) != 0; });
  }
  if (!search.run(job)) return interrupted();

  Buffer<std::uint32_t> code(n);
  const auto rank = order.rank_of();
  for (std::size_t v = 0; v < n; ++v) code[v] = search.code(rank[v]);
  Numbering numbering = numbered_by_size(code.span());
  return Components{std::move(numbering.group), numbering.count, numbering.largest};
}

namespace {
struct NoStrongComponentOptions {};
}  // namespace

Card strong_components_card() {
  return describe<NoStrongComponentOptions, Components>("strong_components", "cohesion")
      .summary("Which nodes reach each other along the directions of the ties.")
      .cost("O(n + m)")
      .convention("a mutual tie runs both ways; weights ignored; parallel edges and self-loops change nothing; a "
                  "node on no directed cycle is a component of its own, an empty network has none; numbered by "
                  "falling size, ties by the smallest node")
      .source("tarjan1972depth")
      .source("fleischer2000identifying")
      .source("pearce2016space")
      .per_node("component", &Components::component, "", "number of the component; 0 is the largest")
      .figure("count", &Components::count, "components", "how many components there are")
      .figure("largest", &Components::largest, "nodes", "nodes of the largest component")
      .verified_by([](const Problem& problem, const NoStrongComponentOptions&, const Findings& findings) {
        return verified_strong_components(problem, findings);
      })
      .runs([](const Problem& problem, const NoStrongComponentOptions&, const Job& job) {
        return strong_components(problem.undirected ? problem.symmetric->both_ways() : *problem.graph, job);
      });
}

}  // namespace entente
