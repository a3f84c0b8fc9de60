#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace entente {

/// A seed; every random choice of ours starts from one that is recorded with the result.
using Seed = std::uint64_t;

/// SplitMix64 [steele2014splitmix]: small, fast, the same numbers on every machine, and good enough
/// for shuffles and tie-breaking. Independent streams come from `Random(seed, stream)`.
class Random {
 public:
  explicit Random(Seed seed, std::uint64_t stream = 0)
      : state_(seed ^ (stream * 0xD1342543DE82EF95ull + 0x632BE59BD9B4E019ull)) {}

  /// 64 uniform bits.
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }

  /// Uniform in [0, bound), without bias [lemire2019interval]. bound >= 1.
  std::uint64_t below(std::uint64_t bound) {
    __extension__ using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(next()) * bound;
    if (static_cast<std::uint64_t>(product) < bound) {
      const std::uint64_t threshold = (0 - bound) % bound;
      while (static_cast<std::uint64_t>(product) < threshold) product = static_cast<Wide>(next()) * bound;
    }
    return static_cast<std::uint64_t>(product >> 64);
  }

  /// Uniform in [0, 1), 53 bits.
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

/// Fisher–Yates: every order of [first, last) equally likely, the same for the same seed.
template <class Range>
void shuffle(Range& range, Random& random) {
  for (std::size_t i = range.size(); i > 1; --i) {
    using std::swap;
    swap(range[i - 1], range[random.below(i)]);
  }
}

}  // namespace entente
