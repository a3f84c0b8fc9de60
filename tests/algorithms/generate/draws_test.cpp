#include "algorithms/generate/draws.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

using namespace entente;

namespace {

/// The largest distance between the distribution of a sample and the one it should have (Kolmogorov and Smirnov).
template <class Cumulative>
double farthest(std::vector<double> sample, Cumulative&& cumulative) {
  std::ranges::sort(sample);
  double far = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double expected = cumulative(sample[i]), n = static_cast<double>(sample.size());
    far = std::max({far, expected - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - expected});
  }
  return far;
}

constexpr std::size_t draws = 40'000;
constexpr double rarely = 1.95 / 200;  // beyond 1.95 / sqrt(40000) with a chance of 1 in 1000

}  // namespace

TEST_CASE("draws: a power law has its distribution and its bounds") {
  for (const double exponent : {1.5, 2.0, 2.3, 4.0}) {
    CAPTURE(exponent);
    Random random(3);
    const PowerLaw law(2, 1000, exponent);
    std::vector<double> sample;
    for (std::size_t i = 0; i < draws; ++i) sample.push_back(static_cast<double>(law.draw(random)) / 65536);
    CHECK(*std::ranges::min_element(sample) >= 2 - 1e-3);
    CHECK(*std::ranges::max_element(sample) <= 1000 + 1e-3);
    const double a = 1 - exponent, low = std::pow(2, a), high = std::pow(1000, a);
    CHECK(farthest(sample, [&](double x) { return (std::pow(x, a) - low) / (high - low); }) < rarely);
  }
}

TEST_CASE("draws: normal deviates are normal") {
  Random random(4);
  std::vector<double> sample;
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < draws; ++i) {
    sample.push_back(static_cast<double>(normal_deviate(random)) / 0x1.0p32);
    sum += sample.back();
    squares += sample.back() * sample.back();
  }
  CHECK(sum / draws == Approx(0).margin(0.02));
  CHECK(squares / draws == Approx(1).margin(0.03));
  CHECK(farthest(sample, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }) < rarely + 4e-4);
}

TEST_CASE("draws: a choice follows its weights and never takes what weighs nothing") {
  Random random(5);
  const std::array<std::uint64_t, 4> weight{1, 0, 6, 3};
  const Choice choice(weight);
  std::array<double, 4> share{};
  for (std::size_t i = 0; i < draws; ++i) share[choice.draw(random)] += 1.0 / draws;
  CHECK(share[0] == Approx(0.1).margin(0.006));
  CHECK(share[1] == 0);
  CHECK(share[2] == Approx(0.6).margin(0.01));
  CHECK(share[3] == Approx(0.3).margin(0.01));
}

TEST_CASE("draws: rounding by chance keeps the mean") {
  Random random(6);
  double sum = 0;
  for (std::size_t i = 0; i < draws; ++i) {
    const std::uint64_t rounded = rounded_by_chance((3 << 8) + 64, 8, random);  // 3.25
    REQUIRE((rounded == 3 || rounded == 4));
    sum += static_cast<double>(rounded);
  }
  CHECK(sum / draws == Approx(3.25).margin(0.01));
}
