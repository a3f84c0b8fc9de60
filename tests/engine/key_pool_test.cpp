#include "engine/key_pool.hpp"

#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "engine/random.hpp"
#include "support/random_graphs.hpp"

using namespace entente;

TEST_CASE("key pool: keys are numbered in order of arrival, each once") {
  KeyPool pool;
  CHECK(pool.size() == 0);
  CHECK_FALSE(pool.find("a").has_value());
  CHECK(pool.add("a") == std::pair{0u, true});
  CHECK(pool.add("") == std::pair{1u, true});  // an empty key is a key
  CHECK(pool.add("a") == std::pair{0u, false});
  CHECK(pool.find("") == 1u);
  CHECK(pool.text(0) == "a");
  CHECK(pool.text(1).empty());
  CHECK(pool.size() == 2);
}

TEST_CASE("key pool: agrees with a map on random keys, with and without reserving") {
  test::for_each_seed(20, [](Seed seed) {
    Random random(seed);
    KeyPool pool;
    if (random.below(2) == 0) pool.reserve(random.below(3000));
    std::map<std::string, std::uint32_t> oracle;
    for (int i = 0; i < 2000; ++i) {
      const std::string key = std::to_string(random.below(1500));
      const auto [place, is_new] = oracle.try_emplace(key, static_cast<std::uint32_t>(oracle.size()));
      REQUIRE(pool.add(key) == std::pair{place->second, is_new});
    }
    REQUIRE(pool.size() == oracle.size());
    for (const auto& [key, number] : oracle) {
      REQUIRE(pool.find(key) == number);
      REQUIRE(pool.text(number) == key);
    }
    REQUIRE_FALSE(pool.find("absent").has_value());
  });
}

TEST_CASE("key pool: a key may be a view into the pool itself") {
  KeyPool pool;
  pool.add("Namangan technopark");
  for (int i = 0; i < 100; ++i) pool.add(pool.text(0).substr(0, static_cast<std::size_t>(i % 19) + 1));
  CHECK(pool.size() == 19);
  CHECK(pool.find("Namangan") == 8u);
}
