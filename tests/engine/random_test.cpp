#include "engine/random.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <catch2/catch.hpp>

using namespace entente;

// The first outputs of S. Vigna's splitmix64.c (https://prng.di.unimi.it/splitmix64.c) from state 1234567.
TEST_CASE("random: the numbers are those of SplitMix64") {
  Random random(1234567 ^ 0x632BE59BD9B4E019ull);  // stream 0 starts at the seed, changed by this constant
  for (const std::uint64_t expected : {6457827717110365317ull, 3203168211198807973ull, 9817491932198370423ull,
                                       4593380528125082431ull, 16408922859458223821ull}) {
    CHECK(random.next() == expected);
  }
}

TEST_CASE("random: a seed gives the same numbers, another seed or stream gives others") {
  const auto first = [](Seed seed, std::uint64_t stream) { return Random(seed, stream).next(); };
  CHECK(first(7, 0) == first(7, 0));
  CHECK(first(7, 0) != first(8, 0));
  CHECK(first(7, 0) != first(7, 1));
}

TEST_CASE("random: numbers below a bound are below it, and all occur alike") {
  Random random(1);
  for (int i = 0; i < 1000; ++i) CHECK(random.below(1) == 0);
  std::vector<int> count(6);
  for (int i = 0; i < 60000; ++i) ++count[random.below(6)];
  for (const int occurrences : count) {
    CHECK(occurrences > 9600);  // 10000 expected, standard deviation 91
    CHECK(occurrences < 10400);
  }
  const std::uint64_t large = (std::uint64_t{1} << 63) + 1;
  for (int i = 0; i < 1000; ++i) CHECK(random.below(large) < large);
  for (int i = 0; i < 1000; ++i) {
    const double u = random.unit();
    CHECK((u >= 0 && u < 1));
  }
}

TEST_CASE("random: a shuffle makes every order alike, and keeps what it shuffles") {
  std::map<std::vector<int>, int> count;
  Random random(3);
  for (int i = 0; i < 24000; ++i) {
    std::vector<int> order{0, 1, 2, 3};
    shuffle(order, random);
    ++count[order];
  }
  REQUIRE(count.size() == 24);  // all permutations and nothing else
  for (const auto& [order, occurrences] : count) {
    CHECK(occurrences > 840);  // 1000 expected, standard deviation 31
    CHECK(occurrences < 1160);
  }
  std::vector<int> none, one{5};
  shuffle(none, random);
  shuffle(one, random);
  CHECK(one == std::vector<int>{5});
}
