#include "algorithms/traversal/breadth_first.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/traversal/certificate.hpp"
#include "algorithms/traversal/ends.hpp"
#include "engine/parallel.hpp"
#include "engine/simd.hpp"

namespace entente {

namespace {

/// What a step upwards reads and writes. The bits of the level are read as words of 32.
struct BfsStepUp {
  const std::uint32_t* first_in;
  const std::uint64_t* in_begin;
  const std::uint32_t* in_node;
  const std::uint64_t* out_begin;
  const std::uint32_t* level;
  std::uint64_t* settled;
  std::uint64_t* next;
  std::uint32_t* hops;
  std::uint32_t* parent;
  std::uint32_t depth;
};

}  // namespace

}  // namespace entente

#define ENTENTE_KERNEL "algorithms/traversal/breadth_first.kernel.hpp"
#include "engine/simd/each_isa.hpp"

namespace entente {

namespace {

constexpr std::uint32_t bfs_nobody = no_parent.index;
constexpr std::size_t bfs_block_words = 512;  // of a step up: 32768 nodes, some 100 µs

/// Bit v of words of 64 is bit v of the same memory in words of 32: every machine we build for is little-endian.
static_assert(std::endian::native == std::endian::little);

bool bfs_has(const Buffer<std::uint64_t>& bits, std::uint32_t v) { return bits[v / 64] >> (v % 64) & 1; }
void bfs_add(Buffer<std::uint64_t>& bits, std::uint32_t v) { bits[v / 64] |= std::uint64_t{1} << (v % 64); }

}  // namespace

BreadthFirstSearch::BreadthFirstSearch(const Graph& graph, const Job& job)
    : ranks_(&graph.hub_first(job)), out_(&ranks_->out()), in_(&ranks_->in(job)) {
  const std::size_t n = ranks_->node_count();
  const std::size_t words = (n + 63) / 64;
  first_in_ = Buffer<std::uint32_t>(words * 64, 0);
  closed_ = Buffer<std::uint64_t>(words, ~std::uint64_t{0});
  for (std::uint32_t v = 0; v < n; ++v) {
    if (in_->degree(v) == 0) continue;
    first_in_[v] = (*in_)[v].front();
    closed_[v / 64] &= ~(std::uint64_t{1} << (v % 64));
    ++entered_;
  }
  hops_ = Buffer<std::uint32_t>(n);
  parent_ = Buffer<std::uint32_t>(n);
  list_ = Buffer<std::uint32_t>(n);
  next_list_ = Buffer<std::uint32_t>(n);
  settled_ = Buffer<std::uint64_t>(words);
  level_ = Buffer<std::uint64_t>(words);
  next_ = Buffer<std::uint64_t>(words);
  found_ = Buffer<Level>((words + bfs_block_words - 1) / bfs_block_words);
}

Result<void> BreadthFirstSearch::from(std::span<const NodeId> sources, const Job& job) {
  Level level = begin(sources);
  bool as_bits = false;
  while (level.nodes > 0 && nodes_left_ > 0) {
    if (job.cancelled()) return interrupted();
    const bool up = cheaper_up(level);
    if (up && !as_bits) list_to_bits(level.nodes);
    if (!up && as_bits) bits_to_list();
    as_bits = up;
    ++depth_;
    level = up ? step_up(job) : step_down(level.nodes, job);
    if (level.nodes == 0) --depth_;
    reached_ += level.nodes;
    nodes_left_ -= level.nodes;
    arcs_left_ -= level.arcs;
  }
  if (job.cancelled()) return interrupted();
  return {};
}

BreadthFirstSearch::Level BreadthFirstSearch::begin(std::span<const NodeId> sources) {
  parent_.fill(bfs_nobody);
  hops_.fill(no_hops);
  std::copy(closed_.begin(), closed_.end(), settled_.begin());
  nodes_left_ = entered_;
  Level level;
  for (const NodeId source : sources) {
    const std::uint32_t s = ranks_->rank_of(source);
    if (hops_[s] == 0) continue;
    hops_[s] = 0;
    if (!bfs_has(closed_, s)) --nodes_left_;
    bfs_add(settled_, s);
    list_[level.nodes++] = s;
    level.arcs += out_->degree(s);
  }
  reached_ = level.nodes;
  arcs_left_ = out_->arc_count() - level.arcs;
  depth_ = 0;
  return level;
}

/// A step down looks at the arcs of the level. A step up looks from each node left at one arc, and at
/// more as long as few arcs come from the level; the weights are measured, and their choice is not critical.
bool BreadthFirstSearch::cheaper_up(const Level& level) const {
  const auto down = static_cast<double>(level.arcs);
  const double misses = static_cast<double>(arcs_left_) / (down + 1);
  return down > static_cast<double>(nodes_left_) * (0.5 + misses / 8);
}

BreadthFirstSearch::Level BreadthFirstSearch::step_down(std::size_t level_size, const Job& job) {
  Level next;
  for (std::size_t i = 0; i < level_size; ++i) {
    if (i % 4096 == 4095 && job.cancelled()) return {};
    const std::uint32_t u = list_[i];
    for (const std::uint32_t v : (*out_)[u]) {
      if (bfs_has(settled_, v)) continue;
      if (parent_[v] == bfs_nobody) next_list_[next.nodes++] = v;
      parent_[v] = std::min(parent_[v], u);  // the list is in no order
    }
  }
  for (std::size_t i = 0; i < next.nodes; ++i) {
    const std::uint32_t v = next_list_[i];
    bfs_add(settled_, v);
    hops_[v] = depth_;
    next.arcs += out_->degree(v);
  }
  std::swap(list_, next_list_);
  return next;
}

BreadthFirstSearch::Level BreadthFirstSearch::step_up(const Job& job) {
  const BfsStepUp step{first_in_.data(),
                       in_->begin.data(),
                       in_->node.data(),
                       out_->begin.data(),
                       reinterpret_cast<const std::uint32_t*>(level_.data()),
                       settled_.data(),
                       next_.data(),
                       hops_.data(),
                       parent_.data(),
                       depth_};
  const auto look_back = [&](std::size_t block) {
    Level found;
    const std::size_t end = std::min(settled_.size(), (block + 1) * bfs_block_words);
    ENTENTE_DISPATCH(bfs_step_up)(step, block * bfs_block_words, end, found.nodes, found.arcs);
    found_[block] = found;
  };
  found_.fill({});
  const Job alone{.threads = 1, .cancel = job.cancel, .progress = {}};  // late steps are too short for several threads
  for_each_block(found_.size(), nodes_left_ < 2 * 64 * bfs_block_words ? alone : job, std::ref(look_back));
  Level next;
  for (const Level& found : found_) {
    next.nodes += found.nodes;
    next.arcs += found.arcs;
  }
  std::swap(level_, next_);
  return next;
}

void BreadthFirstSearch::list_to_bits(std::size_t level_size) {
  level_.fill(0);
  for (std::size_t i = 0; i < level_size; ++i) bfs_add(level_, list_[i]);
}

void BreadthFirstSearch::bits_to_list() {
  std::size_t count = 0;
  for (std::size_t w = 0; w < level_.size(); ++w) {
    for (std::uint64_t bits = level_[w]; bits != 0; bits &= bits - 1) {
      list_[count++] = static_cast<std::uint32_t>(w * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
    }
  }
}

void BreadthFirstSearch::write(BreadthFirst& answer, const Job& job) const {
  const std::size_t n = ranks_->node_count();
  if (answer.hops.size() != n) answer.hops = NodeColumn<std::uint32_t>(n);
  if (answer.parent.size() != n) answer.parent = NodeColumn<NodeId>(n);
  answer.reached = reached_;
  answer.depth = depth_;
  const std::span<const std::uint32_t> rank_of = ranks_->rank_of();
  const auto copy = [&](std::size_t i) {
    const NodeId v{static_cast<std::uint32_t>(i)};
    const std::uint32_t parent = parent_[rank_of[i]];
    answer.hops[v] = hops_[rank_of[i]];
    answer.parent[v] = parent == bfs_nobody ? no_parent : ranks_->node_at(parent);
  };
  for_each_index(n, job, std::ref(copy), std::size_t{1} << 16);
}

Result<BreadthFirst> breadth_first(const Graph& graph, std::span<const NodeId> sources, const Job& job) {
  if (auto checked = check_sources(graph, sources); !checked) return tl::unexpected(checked.error());
  BreadthFirstSearch search(graph, job);
  if (auto done = search.from(sources, job); !done) return tl::unexpected(done.error());
  BreadthFirst answer;
  search.write(answer, job);
  return answer;
}

namespace {

struct BfsNoOptions {};

struct BfsFindings {
  NodeColumn<double> hops;
  std::int64_t reached = 0;
  std::int64_t depth = 0;
};

}  // namespace

Card breadth_first_card() {
  return describe<BfsNoOptions, BfsFindings>("breadth_first", "traversal")
      .summary("How many steps each node is away from the nearest of some nodes.")
      .takes_ends()
      .cost("O(n + m), mostly far less than m")
      .convention("Along directions, every tie one step; lengths are ignored, parallel ties and self-loops change "
                  "nothing. A node out of reach has no value. At least one node to start from, so none in a graph "
                  "without nodes.")
      .per_node("hops", &BfsFindings::hops, "hops", "from the nearest node to start from; absent out of reach")
      .figure("reached", &BfsFindings::reached, "nodes", "those to start from among them")
      .figure("depth", &BfsFindings::depth, "hops", "to the furthest node reached")
      .source("beamer2012direction")
      .verified_by([](const Problem& problem, const BfsNoOptions&, const Findings& findings) -> Result<std::string> {
        const auto graph = graph_to_search(problem);
        if (!graph) return tl::unexpected(graph.error());
        if (auto holds = check_found_distances(**graph, problem.from, nullptr, findings); !holds) {
          return tl::unexpected(holds.error());
        }
        return "No tie leads to a node in fewer steps, and as many steps as stated lead to each node reached.";
      })
      .runs([](const Problem& problem, const BfsNoOptions&, const Job& job) -> Result<BfsFindings> {
        const auto graph = graph_to_search(problem);
        if (!graph) return tl::unexpected(graph.error());
        const auto found = breadth_first(**graph, problem.from, job);
        if (!found) return tl::unexpected(found.error());
        BfsFindings answer{NodeColumn<double>((*graph)->node_count()), static_cast<std::int64_t>(found->reached),
                           std::int64_t{found->depth}};
        for (const NodeId v : (*graph)->nodes()) {
          const std::uint32_t hops = found->hops[v];
          answer.hops[v] = hops == no_hops ? std::numeric_limits<double>::infinity() : hops;
        }
        return answer;
      });
}

}  // namespace entente
