#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/buffer.hpp"

namespace entente {

/// Sets of the numbers 0 … n-1 that may be united from several threads at once.
///
/// Each set is a tree whose root is its smallest number: only a root is ever hung up, and always below
/// a smaller number. So what the roots are in the end does not depend on the order of the unions.
class DisjointSets {
 public:
  explicit DisjointSets(std::size_t n) : above_(n) {}  // unset: every number must be placed first

  std::size_t size() const { return above_.size(); }

  /// Puts v below `above` <= v, before any union; v itself makes it a root.
  void place(std::uint32_t v, std::uint32_t above) { store(v, above); }

  std::uint32_t root(std::uint32_t v) const {
    for (std::uint32_t above = load(v); above != v; above = load(v)) v = above;
    return v;
  }

  /// One set where there were two; whether there were two.
  bool unite(std::uint32_t a, std::uint32_t b) {
    for (;;) {
      a = root(a);
      b = root(b);
      if (a == b) return false;
      if (a > b) std::swap(a, b);
      std::uint32_t expected = b;
      if (std::atomic_ref(above_[b]).compare_exchange_strong(expected, a, std::memory_order_relaxed)) return true;
    }
  }

  /// Hangs v directly below its root. Cheap in ascending order: what is above v has been flattened before.
  void flatten(std::uint32_t v) { store(v, root(v)); }

  /// The set that most of a sample of 1024 of the flattened numbers below `end` lie in (Boyer and Moore's
  /// majority vote), and whether it is a giant: whether nearly all of the sample do.
  struct Frequent {
    std::uint32_t root = 0;
    bool giant = false;
  };
  Frequent frequent(std::size_t end) const {
    const std::size_t step = end / 1024 + 1;
    Frequent found;
    int votes = 0, sampled = 0;
    for (std::size_t v = 0; v < end; v += step, ++sampled) {
      const std::uint32_t set = above(static_cast<std::uint32_t>(v));
      if (votes == 0) found.root = set;
      votes += set == found.root ? 1 : -1;
    }
    found.giant = votes > sampled / 2;
    return found;
  }

  /// What v hangs below: its root where it was flattened and nothing was united since.
  std::uint32_t above(std::uint32_t v) const { return load(v); }

 private:
  std::uint32_t load(std::uint32_t v) const {
    return std::atomic_ref(const_cast<std::uint32_t&>(above_[v])).load(std::memory_order_relaxed);
  }
  void store(std::uint32_t v, std::uint32_t above) {
    std::atomic_ref(above_[v]).store(above, std::memory_order_relaxed);
  }
  Buffer<std::uint32_t> above_;
};

}  // namespace entente
