#include "algorithms/centrality/core.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/centrality/input.hpp"

namespace entente {

namespace {

constexpr std::size_t core_patience = 4096;  // nodes between two looks at job.cancelled()

/// The nodes are taken away in rounds k = 0, 1, 2 …: in round k all that have at most k partners left, until
/// there are none. What a node has left when it goes is its core number, for in round k all who stay have
/// more than k partners among themselves [batagelj2003cores].
///
/// Rounds by scan instead of buckets [dasari2014park]: a queue grows by whoever falls to k, without a
/// branch, and those who stay are read once a round. What has gone keeps a number that is no greater than k
/// and is never lowered again. In hub-first order the many nodes of few partners are the end of every row,
/// which is not read once they all have gone.
class Peeling {
 public:
  explicit Peeling(const Rows& rows) : rows_(rows), left_(rows.node_count()), queue_(rows.node_count() + 1) {
    for (std::uint32_t v = 0; v < left_.size(); ++v) left_[v] = partners_of(v);
  }

  /// The core numbers by rank; empty where the job was cancelled.
  Buffer<std::uint32_t> run(const Job& job) {
    Buffer<std::uint32_t> stay(left_.size());
    for (std::uint32_t v = 0; v < stay.size(); ++v) stay[v] = v;
    std::size_t staying = stay.size();
    std::size_t end = stay.size();  // nodes from here on have gone
    for (std::uint32_t k = 0; staying > 0;) {
      std::size_t kept = 0;
      std::uint32_t next = UINT32_MAX;
      tail_ = 0;
      for (std::size_t i = 0; i < staying; ++i) {
        const std::uint32_t v = stay[i], left = left_[v];
        stay[kept] = queue_[tail_] = v;
        kept += left > k;
        tail_ += left == k;
        next = std::min(next, left > k ? left : UINT32_MAX);
      }
      staying = kept;
      if (tail_ == 0) {
        k = next;
        continue;
      }
      while (end > 0 && left_[end - 1] <= k) --end;
      job.report("core numbers", left_.size() - staying, left_.size());
      if (!(parallel_arcs_ ? take<true>(k, end, job) : take<false>(k, end, job))) return {};
      ++k;
    }
    return std::move(left_);
  }

 private:
  std::uint32_t partners_of(std::uint32_t v) {
    const auto row = rows_[v];
    std::uint32_t again = 0, loops = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      again += i > 0 && row[i] == row[i - 1];
      loops |= row[i] == v;
    }
    parallel_arcs_ = parallel_arcs_ || again > 0;
    return static_cast<std::uint32_t>(row.size()) - again - loops;
  }

  /// Takes away the queue of round k and all that fall to k on the way.
  template <bool parallel_arcs>
  bool take(std::uint32_t k, std::size_t end, const Job& job) {
    std::size_t tail = tail_;
    for (std::size_t head = 0; head < tail; ++head) {
      if (head % core_patience == 0 && job.cancelled()) return false;
      if (head + 16 < tail) __builtin_prefetch(&rows_.begin[queue_[head + 16]]);
      if (head + 8 < tail) __builtin_prefetch(rows_.node.data() + rows_.begin[queue_[head + 8]]);
      std::uint32_t last = UINT32_MAX;
      for (const std::uint32_t v : rows_[queue_[head]]) {
        if (v >= end) break;
        if constexpr (parallel_arcs) {
          if (std::exchange(last, v) == v) continue;
        }
        const std::uint32_t left = left_[v];
        left_[v] = left - (left > k);
        queue_[tail] = v;
        tail += left == k + 1;
      }
    }
    return true;
  }

  const Rows& rows_;
  bool parallel_arcs_ = false;
  Buffer<std::uint32_t> left_;   // partners left, by rank
  Buffer<std::uint32_t> queue_;  // one more to write what is not kept
  std::size_t tail_ = 0;
};

}  // namespace

Result<Core> core_numbers(const Symmetric& graph, const Job& job) {
  const HubFirst& order = graph.hub_first(job);
  const std::size_t n = order.node_count();
  const Buffer<std::uint32_t> core = Peeling(order.out()).run(job);
  if (job.cancelled()) return interrupted();
  const auto rank = order.rank_of();
  std::vector<std::int64_t> values(n);
  for (std::size_t v = 0; v < n; ++v) values[v] = core[rank[v]];
  const auto most = std::ranges::max_element(core);
  return Core{NodeColumn<std::int64_t>(std::move(values)), most == core.end() ? 0 : *most};
}

Core core_numbers(const Symmetric& graph) { return core_numbers(graph, Job{}).value(); }

namespace {

/// Both bounds of every core number. At least: each node has as many partners whose numbers are no smaller, so those of
/// number >= k are a k-core. At most: taken away by rising number, each node with at most that many partners left, all
/// go; the first of a larger core to go would have had more.
Result<std::string> verified_core(const Problem& problem, const CoreOptions&, const Findings& findings) {
  const auto wrong = [](const char* what) { return fail(ErrorCode::bad_argument, what); };
  const Symmetric& graph = *problem.symmetric;
  const std::size_t n = graph.node_count();
  const NodeColumn<std::int64_t>* core = nullptr;
  for (const auto& [name, values] : findings.per_node) {
    if (name == "core") core = std::get_if<NodeColumn<std::int64_t>>(&values);
  }
  if (!core || core->size() != n) return wrong("There is not one core number per node.");
  const auto for_each_partner = [&](NodeId u, auto&& visit) {
    NodeId last = u;
    for (const NodeId v : graph.neighbours(u)) {
      if (v != u && v != last) visit(v);
      last = v;
    }
  };
  NodeColumn<std::int64_t> left(n, 0);
  for (const NodeId u : graph.nodes()) {
    std::int64_t inside = 0;
    for_each_partner(u, [&](NodeId v) {
      inside += (*core)[v] >= (*core)[u];
      ++left[u];
    });
    if ((*core)[u] < 0 || inside < (*core)[u]) return wrong("A node has too few partners in the core stated for it.");
  }
  std::vector<NodeId> waiting(n);
  std::ranges::copy(graph.nodes(), waiting.begin());
  std::ranges::stable_sort(waiting, {}, [&](NodeId u) { return (*core)[u]; });
  NodeColumn<std::uint8_t> gone(n, 0);
  std::vector<NodeId> queue;
  for (std::size_t first = 0, last = 0; first < n; first = last) {
    const std::int64_t k = (*core)[waiting[first]];
    const auto may_go = [&](NodeId u) { return (*core)[u] == k && left[u] <= k && !gone[u]; };
    queue.clear();
    for (; last < n && (*core)[waiting[last]] == k; ++last) {
      if (may_go(waiting[last])) gone[waiting[last]] = 1, queue.push_back(waiting[last]);
    }
    for (std::size_t head = 0; head < queue.size(); ++head) {
      for_each_partner(queue[head], [&](NodeId v) {
        --left[v];
        if (may_go(v)) gone[v] = 1, queue.push_back(v);
      });
    }
    if (queue.size() != last - first) return wrong("A node belongs to a larger core than stated.");
  }
  const std::int64_t most = n == 0 ? 0 : *std::ranges::max_element(core->values());
  for (const auto& [name, value] : findings.figures) {
    if (name == "degeneracy" && std::get<std::int64_t>(value) != most) return wrong("The degeneracy is another.");
  }
  return "verified: every node has enough partners in its core, and all can be taken away in the order of their numbers";
}

}  // namespace

Card core_card() {
  return describe<CoreOptions, Core>("core", "centrality")
      .summary("The largest k such that a node belongs to a group in which everyone has k partners.")
      .cost("O(n + m)")
      .convention(
          "Directions and weights are ignored. Partners are distinct other nodes: parallel ties count once, self-loops "
          "not at all. Isolates have 0.")
      .per_node("core", &Core::core, "partners", "the k of the innermost k-core that holds the node")
      .figure("degeneracy", &Core::degeneracy, "partners", "the largest core number")
      .source("seidman1983network")
      .source("batagelj2003cores")
      .verified_by(verified_core)
      .runs([](const Problem& problem, const CoreOptions&, const Job& job) -> Result<Core> {
        const auto graph = symmetric_graph(problem);
        if (!graph) return tl::unexpected(graph.error());
        return core_numbers(**graph, job);
      });
}

}  // namespace entente
