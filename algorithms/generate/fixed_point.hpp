#pragma once

#include <cstdint>

namespace entente {

/// A real number as a multiple of 2^-32, between -2^31 and 2^31.
///
/// The logarithms and powers of the C library differ in their last bit from one system to the next, and
/// compilers may join a product and a sum. Whole numbers do neither, so what is drawn through them is the
/// same on every machine.
using Fixed = std::int64_t;

inline constexpr Fixed fixed_one = Fixed{1} << 32;

/// The nearest multiple of 2^-32; |value| < 2^30. Scaling by a power of two rounds nothing else.
constexpr Fixed fixed(double value) {
  return static_cast<Fixed>(value * 0x1.0p32 + (value < 0 ? -0.5 : 0.5));
}

/// a * b, rounded down.
constexpr Fixed fixed_product(Fixed a, Fixed b) {
  __extension__ using Wide = __int128;
  return static_cast<Fixed>((static_cast<Wide>(a) * b) >> 32);
}

/// a / b, rounded towards zero. b != 0.
constexpr Fixed fixed_quotient(Fixed a, Fixed b) {
  __extension__ using Wide = __int128;
  return static_cast<Fixed>(static_cast<Wide>(a) * fixed_one / b);
}

/// floor(a * b / c) for whole numbers; c > 0, and the result must fit 64 bits.
constexpr std::uint64_t scaled(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>(static_cast<Wide>(a) * b / c);
}

/// The logarithm of a whole number to base 2, to within 2^-31. value >= 1.
Fixed log2_of(std::uint64_t value);

/// 2^exponent as a whole number, rounded down; to within 2^-26 of the value. exponent < 63; below 0 it is 0.
std::uint64_t exp2_of(Fixed exponent);

}  // namespace entente
