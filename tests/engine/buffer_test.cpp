#include "engine/buffer.hpp"

#include <cstdint>
#include <utility>

#include <catch2/catch.hpp>

#include "engine/graph.hpp"
#include "support/random_graphs.hpp"

using namespace entente;
using namespace entente::test;

TEST_CASE("buffer: holds its values, is aligned to a cache line and moves") {
  Buffer<double> first(1000, 2.5);
  CHECK(reinterpret_cast<std::uintptr_t>(first.data()) % 64 == 0);
  const double* data = first.data();
  Buffer<double> second = std::move(first);
  CHECK(first.empty());
  CHECK(first.data() == nullptr);
  CHECK(second.data() == data);
  CHECK(second[999] == 2.5);
  second = Buffer<double>{1, 2, 3};
  CHECK(second.size() == 3);
  CHECK(second[2] == 3);
  CHECK(Buffer<int>().begin() == Buffer<int>().end());
}

TEST_CASE("buffer: what is let go is not held, and an absurd size is refused") {
  const std::size_t before = array_memory().held;
  {
    const Buffer<std::uint32_t> large(1 << 20);
    CHECK(array_memory().held == before + (4u << 20));
    CHECK(array_memory().peak >= before + (4u << 20));
  }
  CHECK(array_memory().held == before);
  CHECK_THROWS_AS(Buffer<std::uint64_t>(~std::size_t{0} / 2), std::bad_alloc);
  CHECK(array_memory().held == before);
}

TEST_CASE("buffer: the rows of an undirected graph need 1.2 times 4 bytes an arc and 8 a node, and 3 times that while built") {
  Random random(Seed{5});
  constexpr std::size_t n = 30'000, m = 300'000;
  std::vector<Ends> edges(m);
  for (Ends& edge : edges) {
    edge = ends_of(random.below(1 + random.below(n)), random.below(n));
    if (edge.source == edge.target) edge.target.index = (edge.source.index + 1) % n;
  }
  for (const int threads : {1, 4}) {
    const Symmetric fresh = undirected(n, edges);
    Job job;
    job.threads = threads;
    const std::size_t before = array_memory().held;
    reset_array_peak();
    fresh.hub_first(job);
    const double least = 4.0 * 2 * m + 8.0 * n;
    CHECK(static_cast<double>(array_memory().held - before) <= 1.2 * least);
    CHECK(static_cast<double>(array_memory().peak - before) <= 3.0 * 1.2 * least);
  }
}
