#include "algorithms/community/local_moving.hpp"

#include <vector>

namespace entente {

namespace {

/// The nodes still to look at, each at most once, in a ring of as many places as there are nodes.
class MovingQueue {
 public:
  MovingQueue(std::size_t size, Random& random) : ring_(singletons(size)), waiting_(size, 1), count_(size) {
    shuffle(ring_, random);
  }
  bool empty() const { return count_ == 0; }
  std::uint32_t take() {
    const std::uint32_t v = ring_[head_];
    head_ = head_ + 1 == ring_.size() ? 0 : head_ + 1;
    --count_;
    waiting_[v] = 0;
    return v;
  }
  void add(std::uint32_t v) {
    if (waiting_[v]) return;
    waiting_[v] = 1;
    const std::size_t tail = head_ + count_++;
    ring_[tail < ring_.size() ? tail : tail - ring_.size()] = v;
  }

 private:
  std::vector<std::uint32_t> ring_;
  std::vector<std::uint8_t> waiting_;
  std::size_t head_ = 0;
  std::size_t count_ = 0;
};

}  // namespace

std::size_t move_nodes(const Level& level, double penalty, Grouping& group, Random& random, const Job& job) {
  constexpr double least_gain = 1e-10;
  const std::size_t n = level.size();
  std::vector<double> mass(n, 0), weight_to(n, 0);
  std::vector<std::uint32_t> members(n, 0), unused, touched;
  for (std::uint32_t v = 0; v < n; ++v) {
    mass[group[v]] += level.mass[v];
    ++members[group[v]];
  }
  for (std::uint32_t g = 0; g < n; ++g) {
    if (members[g] == 0) unused.push_back(g);
  }

  std::size_t moves = 0, looked_at = 0;
  for (MovingQueue queue(n, random); !queue.empty();) {
    if (++looked_at % 4096 == 0 && job.cancelled()) break;
    const std::uint32_t v = queue.take();
    const std::uint32_t own = group[v];
    for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
      const std::uint32_t g = group[level.neighbour[a]];
      if (weight_to[g] == 0) touched.push_back(g);
      weight_to[g] += level.weight[a];
    }
    const double price = penalty * level.mass[v];
    const double staying = weight_to[own] - price * (mass[own] - level.mass[v]);
    double best_gain = staying + least_gain * level.strength[v];
    std::uint32_t best = own;
    for (const std::uint32_t g : touched) {
      const double gain = weight_to[g] - price * mass[g];
      weight_to[g] = 0;
      if (g != own && gain > best_gain) {
        best_gain = gain;
        best = g;
      }
    }
    touched.clear();
    if (best_gain < 0 && members[own] > 1) best = unused.back();  // better alone; some number is always free
    if (best == own) continue;

    mass[own] -= level.mass[v];
    mass[best] += level.mass[v];
    if (--members[own] == 0) {
      mass[own] = 0;
      unused.push_back(own);
    }
    if (members[best]++ == 0) unused.pop_back();
    group[v] = best;
    ++moves;
    for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
      if (group[level.neighbour[a]] != best) queue.add(level.neighbour[a]);
    }
  }
  return moves;
}

}  // namespace entente
