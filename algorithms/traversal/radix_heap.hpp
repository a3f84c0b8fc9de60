#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace entente {

/// Nodes waiting under keys >= 0, for searches that never push a key below the last one taken
/// [ahuja1990faster].
///
/// Bucket b > 0 holds the keys whose highest bit that differs from the last key taken is bit b - 1, bucket 0
/// the keys equal to it. When bucket 0 is empty, the first other bucket is dealt out anew around its
/// smallest key; each entry falls by at least one bucket, so it moves at most once for each bit of a key. The bits of
/// a double >= 0, read as an integer, order as the doubles do.
template <class Key>
class RadixHeap {
 public:
  struct Entry {
    Key key;
    std::uint32_t node;
  };

  void clear() {
    for (auto& bucket : buckets_) bucket.clear();
    filled_ = 0;
    last_ = 0;
  }

  void push(Key key, std::uint32_t node) {
    const auto place = static_cast<std::size_t>(std::bit_width(bits_of(key) ^ last_));
    if (place > 0) filled_ |= std::uint64_t{1} << (place - 1);
    buckets_[place].push_back({key, node});
  }

  /// The entries with the smallest key. Grows when an equal key is pushed.
  std::vector<Entry>& nearest() { return buckets_[0]; }

  /// Refills nearest(), which must be empty; false when nothing is left. Entries for which
  /// current(entry) is false are dropped. Calls soon(node, few) for entries that move; few: they are
  /// likely to be taken next.
  template <class Current, class Soon>
  bool refill(Current&& current, Soon&& soon) {
    while (buckets_[0].empty()) {
      if (filled_ == 0) return false;
      std::vector<Entry>& bucket = buckets_[static_cast<std::size_t>(std::countr_zero(filled_)) + 1];
      filled_ &= filled_ - 1;
      std::erase_if(bucket, [&](const Entry& entry) { return !current(entry); });
      if (bucket.empty()) continue;
      last_ = bits_of(std::ranges::min_element(bucket, {}, &Entry::key)->key);
      const bool few = bucket.size() <= 64;
      for (const Entry& entry : bucket) {
        push(entry.key, entry.node);  // into a lower bucket: all keys of this one agree in its bit
        soon(entry.node, few);
      }
      bucket.clear();
    }
    return true;
  }

 private:
  using Bits = std::conditional_t<sizeof(Key) == 4, std::uint32_t, std::uint64_t>;
  static Bits bits_of(Key key) { return std::bit_cast<Bits>(key); }

  std::array<std::vector<Entry>, sizeof(Key) * 8 + 1> buckets_;
  std::uint64_t filled_ = 0;  // bit b: bucket b + 1 is not empty
  Bits last_ = 0;
};

}  // namespace entente
