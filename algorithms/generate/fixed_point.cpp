#include "algorithms/generate/fixed_point.hpp"

#include <array>
#include <bit>

namespace entente {

namespace {

__extension__ using FixedWide = unsigned __int128;

constexpr int fraction_bits = 32;

/// The whole part of a square root below 2^64, digit by digit.
constexpr std::uint64_t whole_root(FixedWide value) {
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 63; bit != 0; bit >>= 1) {
    if (static_cast<FixedWide>(root | bit) * (root | bit) <= value) root |= bit;
  }
  return root;
}

/// 2^(1/2), 2^(1/4), …, each as a multiple of 2^-63: every one is the square root of the one before.
constexpr std::array<std::uint64_t, fraction_bits> roots_of_two() {
  std::array<std::uint64_t, fraction_bits> root{};
  FixedWide last = FixedWide{1} << 64;
  for (std::uint64_t& next : root) {
    next = whole_root(last << 63);
    last = next;
  }
  return root;
}

constexpr auto root_of_two = roots_of_two();

}  // namespace

Fixed log2_of(std::uint64_t value) {
  const auto whole = static_cast<int>(std::bit_width(value)) - 1;
  std::uint64_t mantissa = value << (63 - whole);  // in [1, 2), a multiple of 2^-63
  Fixed log = whole;
  for (int i = 0; i < fraction_bits; ++i) {  // squaring doubles the logarithm: its digits come out one by one
    const FixedWide square = static_cast<FixedWide>(mantissa) * mantissa;
    const bool two = (square >> 127) != 0;
    mantissa = static_cast<std::uint64_t>(square >> (two ? 64 : 63));
    log = 2 * log + (two ? 1 : 0);
  }
  return log;
}

std::uint64_t exp2_of(Fixed exponent) {
  if (exponent < 0) return 0;
  const int whole = static_cast<int>(exponent >> fraction_bits);
  std::uint64_t mantissa = std::uint64_t{1} << 63;
  for (std::size_t i = 0; i < fraction_bits; ++i) {
    if (((exponent >> (fraction_bits - 1 - static_cast<int>(i))) & 1) == 0) continue;
    mantissa = static_cast<std::uint64_t>((static_cast<FixedWide>(mantissa) * root_of_two[i]) >> 63);
  }
  return mantissa >> (63 - whole);
}

}  // namespace entente
