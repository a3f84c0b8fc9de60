#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "algorithms/community/level.hpp"

namespace entente {

// The three kinds of levels, so that each kernel is written once and compiled for each: ties that are only
// counted need no weights read and half the memory in the arrays that are touched at random.

/// Every arc weighs 1.
struct CountedTies {
  using Weight = std::uint32_t;
  using Mass = std::uint32_t;
  const Level& level;
  Weight weight(std::uint64_t) const { return 1; }
  Mass mass(std::uint32_t v) const { return static_cast<Mass>(level.mass[v]); }
};

struct WeightedTies {
  using Weight = double;
  using Mass = double;
  const Level& level;
  Weight weight(std::uint64_t arc) const { return level.weight[arc]; }
  Mass mass(std::uint32_t v) const { return level.mass[v]; }
};

/// What leaves a node or group, and what arrives.
struct BothMasses {
  double out = 0, in = 0;
  BothMasses& operator+=(const BothMasses& other) { out += other.out; in += other.in; return *this; }
  BothMasses& operator-=(const BothMasses& other) { out -= other.out; in -= other.in; return *this; }
};

struct DirectedTies {
  using Weight = double;
  using Mass = BothMasses;
  const Level& level;
  Weight weight(std::uint64_t arc) const { return level.weight[arc]; }
  Mass mass(std::uint32_t v) const { return {level.mass[v], level.mass_in[v]}; }
};

/// penalty * mass * mass, of which the first two factors are the same for all groups that a node compares.
inline double price(double penalty, double mass) { return penalty * mass; }
inline BothMasses price(double penalty, const BothMasses& mass) { return {penalty * mass.out, penalty * mass.in}; }
inline double cost(double price, double mass) { return price * mass; }
inline double cost(const BothMasses& price, const BothMasses& mass) {
  return price.out * mass.in + price.in * mass.out;
}
/// The mass of a group without some of it.
inline double without(double mass, double part) { return mass - part; }
inline BothMasses without(BothMasses mass, const BothMasses& part) { return mass -= part; }

inline std::uint32_t only_if(bool wanted, std::uint32_t weight) { return wanted ? weight : 0; }
inline double only_if(bool wanted, double weight) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(weight) & (0 - std::uint64_t{wanted}));
}

/// The weight of v's ties within its group. Without a branch for each, which would be wrong too often.
template <class Ties>
typename Ties::Weight weight_within(const Ties& ties, std::span<const std::uint32_t> group, std::uint32_t v) {
  typename Ties::Weight within{};
  for (std::uint64_t a = ties.level.begin[v]; a < ties.level.begin[v + 1]; ++a) {
    within += only_if(group[ties.level.neighbour[a]] == group[v], ties.weight(a));
  }
  return within;
}

/// Calls `kernel` with the ties of the level as what they are.
template <class Kernel>
auto with_ties(const Level& level, Kernel&& kernel) {
  if (level.counted) return kernel(CountedTies{level});
  if (level.directed()) return kernel(DirectedTies{level});
  return kernel(WeightedTies{level});
}

}  // namespace entente
