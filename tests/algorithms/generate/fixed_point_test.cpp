#include "algorithms/generate/fixed_point.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "engine/random.hpp"

using namespace entente;

TEST_CASE("fixed point: logarithms of powers of two are whole, others are those of the C library") {
  for (int power = 0; power < 64; ++power) CHECK(log2_of(std::uint64_t{1} << power) == Fixed{power} << 32);
  Random random(1);
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t value = (random.next() >> random.below(63)) | 1;
    CHECK(static_cast<double>(log2_of(value)) / 0x1.0p32 == Approx(std::log2(static_cast<double>(value))).margin(1e-9));
  }
}

TEST_CASE("fixed point: powers of two are those of the C library, and undo logarithms") {
  CHECK(exp2_of(-1) == 0);
  CHECK(exp2_of(0) == 1);
  CHECK(exp2_of((Fixed{63} << 32) - 1) < std::uint64_t{1} << 63);
  Random random(2);
  for (int i = 0; i < 2000; ++i) {
    const auto exponent = static_cast<Fixed>(random.below(std::uint64_t{30} << 32)) + (Fixed{30} << 32);
    CHECK(static_cast<double>(exp2_of(exponent)) == Approx(std::exp2(static_cast<double>(exponent) / 0x1.0p32)).epsilon(1e-8));
    const std::uint64_t value = std::uint64_t{1} << 40 | random.next() >> 24;
    CHECK(static_cast<double>(exp2_of(log2_of(value))) == Approx(static_cast<double>(value)).epsilon(1e-8));
  }
}

TEST_CASE("fixed point: products and quotients round as they say") {
  CHECK(fixed(1.5) == fixed_one + fixed_one / 2);
  CHECK(fixed(-1.5) == -fixed(1.5));
  CHECK(fixed_product(fixed(3), fixed(-0.5)) == fixed(-1.5));
  CHECK(fixed_quotient(fixed(-3), fixed(2)) == fixed(-1.5));
  CHECK(fixed_product(1, 1) == 0);
  CHECK(fixed_product(-1, 1) == -1);
  CHECK(scaled(~std::uint64_t{0}, 7, 7) == ~std::uint64_t{0});
}
