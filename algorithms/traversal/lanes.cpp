#include "algorithms/traversal/lanes.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <mutex>
#include <utility>

#include "engine/parallel.hpp"
#include "engine/simd.hpp"

namespace entente {

namespace {

constexpr std::size_t lane_count = 512;
constexpr std::uint64_t lane_look_ahead = 16;  // arcs between asking for a line and using it

/// The nodes with new sources, and the arcs along which they pass them on.
struct LaneLevel {
  std::size_t nodes = 0, arcs = 0;
};

/// What a step from one level to the next reads and writes.
struct LaneStep {
  const std::uint64_t* pull_begin;  // rows along which a node looks for sources,
  const std::uint32_t* pull_node;
  const std::uint64_t* push_begin;  // and along which it passes them on
  const std::uint32_t* push_node;
  std::uint64_t last_arc;

  const simd::U64x8* all;      // the lanes in use
  simd::U64x8* seen;           // sources that met a node
  const simd::U64x8* line;     // those that met it in this level, where level_bits is set
  simd::U64x8* next_line;      // and in the next, where next_bits is set
  const std::uint64_t* level_bits;
  std::uint64_t* next_bits;
  std::uint64_t* open;         // nodes that lack a source

  std::uint64_t* hops;         // sums by node; null where not wanted
  std::uint32_t* reached;
  InverseSum* inverses;
  simd::U64x8* planes;         // binary digits of the nodes that each lane meets in this level; null where not wanted
  std::uint64_t level;
  std::uint64_t inverse_of_level;
};

}  // namespace

}  // namespace entente

#define ENTENTE_KERNEL "algorithms/traversal/lanes.kernel.hpp"
#include "engine/simd/each_isa.hpp"

namespace entente {

namespace {

/// 1/hops in units of 2^-63.
std::uint64_t inverse_of(std::uint32_t hops) { return ((std::uint64_t{1} << 63) + hops / 2) / hops; }

/// What a search adds up, and where; null where not wanted.
struct LaneTally {
  std::uint64_t* hops = nullptr;
  std::uint32_t* reached = nullptr;
  InverseSum* inverses = nullptr;
  simd::U64x8* planes = nullptr;
};

/// Searches of one thread, up to 512 sources at a time.
class LaneSearch {
 public:
  LaneSearch(const Rows& pull, const Rows& push, const Job& job)
      : pull_(pull), push_(push), job_(job), cheap_lines_(pull.node_count() <= lines_in_cache) {
    const std::size_t n = pull_.node_count();
    const std::size_t words = (n + 63) / 64;
    seen_ = Buffer<simd::U64x8>(n);
    line_ = Buffer<simd::U64x8>(n);
    next_line_ = Buffer<simd::U64x8>(n);
    level_bits_ = Buffer<std::uint64_t>(words);
    next_bits_ = Buffer<std::uint64_t>(words);
    open_ = Buffer<std::uint64_t>(words);
  }

  /// Calls after_level(hops) for each distance at which a node is met. Stops soon when the job is cancelled;
  /// the tally is worthless then.
  template <class AfterLevel>
  void search(std::span<const std::uint32_t> sources, const LaneTally& tally, AfterLevel&& after_level) {
    LaneLevel level = begin(sources);
    for (std::uint32_t hops = 1; level.nodes > 0 && !job_.cancelled(); ++hops) {
      level = advance(level, hops, tally);
      if (level.nodes > 0) after_level(hops);
      std::swap(line_, next_line_);
      std::swap(level_bits_, next_bits_);
    }
  }

 private:
  static constexpr std::size_t lines_in_cache = 10000;  // nodes whose three lines fit 2 MB

  LaneLevel begin(std::span<const std::uint32_t> sources) {
    seen_.fill(simd::U64x8{});
    level_bits_.fill(0);
    open_.fill(~std::uint64_t{0});
    if (const std::size_t tail = pull_.node_count() % 64; tail != 0) {
      open_[open_.size() - 1] = (std::uint64_t{1} << tail) - 1;
    }
    all_ = simd::U64x8{};
    LaneLevel level;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const std::uint32_t s = sources[i];
      all_[i / 64] |= std::uint64_t{1} << (i % 64);
      seen_[s][i / 64] |= std::uint64_t{1} << (i % 64);
      line_[s] = seen_[s];
      level_bits_[s / 64] |= std::uint64_t{1} << (s % 64);
      level.nodes += 1;
      level.arcs += push_.degree(s);
    }
    return level;
  }

  /// Pushing an arc touches a line that may be anywhere twice, pulling one at most once and mostly a hub's;
  /// but to pull, all arcs of the nodes that lack a source are looked at. The shares are measured.
  bool cheaper_to_push(const LaneLevel& level) const {
    return static_cast<double>(level.arcs) * (cheap_lines_ ? 1.5 : 3) < static_cast<double>(push_.arc_count());
  }

  LaneLevel advance(const LaneLevel& level, std::uint32_t hops, const LaneTally& tally) {
    const LaneStep step{pull_.begin.data(),
                        pull_.node.data(),
                        push_.begin.data(),
                        push_.node.data(),
                        push_.arc_count() - 1,
                        &all_,
                        seen_.data(),
                        line_.data(),
                        next_line_.data(),
                        level_bits_.data(),
                        next_bits_.data(),
                        open_.data(),
                        tally.hops,
                        tally.reached,
                        tally.inverses,
                        tally.planes,
                        hops,
                        inverse_of(hops)};
    LaneLevel next;
    if (cheaper_to_push(level)) {
      next_bits_.fill(0);
      in_pieces([&](std::size_t first, std::size_t last) { ENTENTE_DISPATCH(lane_push)(step, first, last); });
      in_pieces([&](std::size_t first, std::size_t last) { ENTENTE_DISPATCH(lane_settle)(step, first, last, next); });
    } else {
      in_pieces([&](std::size_t first, std::size_t last) { ENTENTE_DISPATCH(lane_pull)(step, first, last, next); });
    }
    return next;
  }

  /// Runs `work` over all words, looking up now and then whether the job is cancelled.
  template <class Work>
  void in_pieces(Work&& work) {
    constexpr std::size_t piece = 128;  // 8192 nodes
    for (std::size_t w = 0; w < open_.size() && !job_.cancelled(); w += piece) {
      work(w, std::min(open_.size(), w + piece));
    }
  }

  const Rows& pull_;
  const Rows& push_;
  const Job& job_;
  const bool cheap_lines_;
  simd::U64x8 all_{};
  Buffer<simd::U64x8> seen_, line_, next_line_;
  Buffer<std::uint64_t> level_bits_, next_bits_, open_;
};

/// Runs search(lanes, first, count) for each batch of sources, with a LaneSearch of the thread that runs it, and
/// then done(lanes) once for each such thread, one at a time.
template <class Lanes, class Make, class Search, class Done>
Result<void> in_batches(std::size_t sources, std::string_view what, const Job& job, Make&& make, Search&& search,
                        Done&& done) {
  const std::size_t batches = (sources + lane_count - 1) / lane_count;
  std::atomic<std::size_t> next_batch{0};
  std::mutex door;  // of `done`, and of the ear for progress
  std::size_t searched = 0;
  // Each thread takes batches as it comes free: what they add up are integers, in any order.
  for_each_long_block(static_cast<std::size_t>(thread_count(job, batches)), job, [&](std::size_t) {
    std::size_t batch = next_batch++;
    if (batch >= batches) return;
    Lanes lanes = make();
    for (; batch < batches && !job.cancelled(); batch = next_batch++) {
      const std::size_t first = batch * lane_count;
      const std::size_t count = std::min(lane_count, sources - first);
      search(lanes, first, count);
      const std::lock_guard lock(door);
      searched += count;
      job.report(what, searched, sources);
    }
    const std::lock_guard lock(door);
    done(lanes);
  });
  if (job.cancelled()) return interrupted();
  return {};
}

HopSums zero_sums(std::size_t n, SumOf wanted) {
  HopSums sums;
  if (wanted == SumOf::inverses) {
    sums.inverses = Buffer<InverseSum>(n, InverseSum{0});
  } else {
    sums.hops = Buffer<std::uint64_t>(n, 0);
    sums.reached = Buffer<std::uint32_t>(n, 0);
  }
  return sums;
}

void add_hop_sums(HopSums& total, const HopSums& part) {
  for (std::size_t v = 0; v < part.hops.size(); ++v) total.hops[v] += part.hops[v];
  for (std::size_t v = 0; v < part.reached.size(); ++v) total.reached[v] += part.reached[v];
  for (std::size_t v = 0; v < part.inverses.size(); ++v) total.inverses[v] += part.inverses[v];
  total.longest = std::max(total.longest, part.longest);
}

/// The number that the planes hold for one lane.
std::uint64_t number_in(const std::array<simd::U64x8, 33>& planes, std::size_t lane) {
  std::uint64_t number = 0;
  for (std::size_t digit = 0; digit < planes.size(); ++digit) {
    number |= (planes[digit][lane / 64] >> (lane % 64) & 1) << digit;
  }
  return number;
}

}  // namespace

double to_double(InverseSum sum) {
  constexpr double unit = 1.0 / static_cast<double>(std::uint64_t{1} << 63);
  return static_cast<double>(sum) * unit;
}

Result<HopSums> sum_hops(const HubFirst& graph, std::span<const std::uint32_t> sources, SumOf wanted,
                         std::string_view what, const Job& job) {
  struct Lanes {
    LaneSearch search;
    HopSums sums;
  };
  const Rows& push = graph.in(job);
  const std::size_t n = graph.node_count();
  HopSums total = zero_sums(n, wanted);
  const auto searched = in_batches<Lanes>(
      sources.size(), what, job, [&] { return Lanes{LaneSearch(graph.out(), push, job), zero_sums(n, wanted)}; },
      [&](Lanes& lanes, std::size_t first, std::size_t count) {
        HopSums& sums = lanes.sums;
        const auto batch = sources.subspan(first, count);
        if (wanted == SumOf::hops) {
          for (const std::uint32_t s : batch) sums.reached[s] += 1;
        }
        lanes.search.search(batch, {sums.hops.data(), sums.reached.data(), sums.inverses.data(), nullptr},
                            [&](std::uint32_t hops) { sums.longest = std::max(sums.longest, hops); });
      },
      [&](const Lanes& lanes) { add_hop_sums(total, lanes.sums); });
  if (!searched) return tl::unexpected(searched.error());
  return total;
}

Result<std::vector<ReachSums>> sum_hops_from(const HubFirst& graph, std::span<const std::uint32_t> sources,
                                             std::string_view what, const Job& job) {
  const Rows& pull = graph.in(job);
  std::vector<ReachSums> sums(sources.size());
  const auto searched = in_batches<LaneSearch>(
      sources.size(), what, job, [&] { return LaneSearch(pull, graph.out(), job); },
      [&](LaneSearch& lanes, std::size_t first, std::size_t count) {
        std::array<simd::U64x8, 33> planes{};
        for (std::size_t lane = 0; lane < count; ++lane) sums[first + lane].reached = 1;
        const LaneTally by_lane{nullptr, nullptr, nullptr, planes.data()};
        lanes.search(sources.subspan(first, count), by_lane, [&](std::uint32_t hops) {
          for (std::size_t lane = 0; lane < count; ++lane) {
            const std::uint64_t met = number_in(planes, lane);
            ReachSums& sum = sums[first + lane];
            sum.hops += met * hops;
            sum.reached += static_cast<std::uint32_t>(met);
            sum.inverses += static_cast<InverseSum>(inverse_of(hops)) * met;
          }
          planes.fill(simd::U64x8{});
        });
      },
      [](const LaneSearch&) {});
  if (!searched) return tl::unexpected(searched.error());
  return sums;
}

std::vector<std::uint32_t> near_each_other(const HubFirst& graph) {
  const Rows& rows = graph.out();
  const auto n = static_cast<std::uint32_t>(rows.node_count());
  std::vector<std::uint32_t> order;
  order.reserve(n);
  std::vector<std::uint8_t> listed(n, 0);
  const auto add = [&](std::uint32_t v) {
    if (listed[v]) return;
    listed[v] = 1;
    order.push_back(v);
  };
  for (std::uint32_t start = 0; start < n; ++start) {
    std::size_t head = order.size();
    for (add(start); head < order.size(); ++head) {
      for (const std::uint32_t v : rows[order[head]]) add(v);
    }
  }
  return order;
}

}  // namespace entente
