#include "engine/parallel.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "support/random_graphs.hpp"

using namespace entente;
using namespace entente::test;

namespace {

constexpr HelpPolicy help_always{.alone_for = {}, .worth_help = {}, .worth_staying = {}};  // as in all tests

Job with_threads(int threads) {
  Job job;
  job.threads = threads;
  return job;
}

}  // namespace

TEST_CASE("parallel: every index is visited exactly once at any number of threads") {
  for (const int threads : {1, 2, 7}) {
    for (const std::size_t count : {0u, 1u, 5u, 2048u, 2049u, 10000u}) {
      CAPTURE(threads, count);
      std::vector<int> visits(count, 0);  // each index is written by one thread only
      for_each_index(count, with_threads(threads), [&](std::size_t i) { ++visits[i]; }, 7);
      CHECK(std::ranges::all_of(visits, [](int v) { return v == 1; }));
    }
  }
}

TEST_CASE("parallel: a sum has the same bits at any number of threads") {
  for_each_seed(5, [](Seed seed) {
    std::vector<double> terms(20000);
    Random random(seed);
    for (double& term : terms) term = std::ldexp(random.unit() - 0.5, static_cast<int>(random.below(60)));
    const auto sum = [&](int threads) {
      return sum_over_indices(terms.size(), with_threads(threads), [&](std::size_t i) { return terms[i]; });
    };
    const double one = sum(1);
    CHECK(sum(2) == one);
    CHECK(sum(7) == one);
    CHECK(sum(0) == one);
  });
}

TEST_CASE("parallel: a sum of whole numbers is exact") {
  CHECK(sum_over_indices(100001, with_threads(3), [](std::size_t i) { return static_cast<std::int64_t>(i); }) ==
        5000050000);
  CHECK(sum_over_indices(0, with_threads(3), [](std::size_t) { return 1.0; }) == 0.0);
}

TEST_CASE("parallel: for_each_node gives each node of a graph once") {
  const Graph graph = directed(5000, {});
  NodeColumn<int> visits(5000);
  for_each_node(graph, with_threads(2), [&](NodeId v) { ++visits[v]; });
  CHECK(std::ranges::all_of(visits.values(), [](int v) { return v == 1; }));
  CHECK(sum_over_nodes(graph, with_threads(2), [](NodeId) { return 1; }) == 5000);
}

TEST_CASE("parallel: an exception of the work comes back to the caller after all threads have stopped") {
  for (const int threads : {1, 2, 7}) {
    std::atomic<int> running{0};
    const auto work = [&](std::size_t block) {
      ++running;
      if (block == 3) {
        --running;
        throw std::runtime_error("block 3");
      }
      --running;
    };
    CHECK_THROWS_WITH(for_each_block(100, with_threads(threads), work), "block 3");
    CHECK(running == 0);
  }
}

TEST_CASE("parallel: once the job is cancelled no further block is begun") {
  for (const int threads : {1, 2, 7}) {
    std::atomic<bool> cancel{false};
    std::atomic<int> begun{0};
    Job job = with_threads(threads);
    job.cancel = &cancel;
    for_each_block(100000, job, [&](std::size_t) {
      ++begun;
      cancel = true;
    });
    CHECK(begun >= 1);
    CHECK(begun <= threads);
  }
}

TEST_CASE("parallel: no more threads run than blocks, and at least one") {
  CHECK(thread_count(with_threads(8), 3) == 3);
  CHECK(thread_count(with_threads(2), 100) == 2);
  CHECK(thread_count(with_threads(5), 0) == 1);
  CHECK(thread_count(with_threads(0), 1000) >= 1);
}

TEST_CASE("parallel: a parallel loop inside a block of another one, and loops begun by many threads at once") {
  const auto nested = [] {
    std::vector<std::uint64_t> sums(40);
    for_each_block(sums.size(), with_threads(4), [&](std::size_t block) {
      sums[block] = sum_over_indices(5000, with_threads(4), [&](std::size_t i) { return i * block; }, 16);
    });
    return std::ranges::all_of(sums, [&](const std::uint64_t& sum) {
      return sum == 12497500u * static_cast<std::uint64_t>(&sum - sums.data());
    });
  };
  std::atomic<int> right{0};
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 6; ++i) callers.emplace_back([&] { for (int j = 0; j < 5; ++j) right += nested(); });
  }
  CHECK(right == 30);
}

TEST_CASE("parallel: callers that follow on each other's heels all come back") {
  // A caller whose helpers are still inside must not wait for those of the next one, nor miss that its own have left.
  // Every third block lasts, so that callers are through before their helpers.
  std::atomic<int> visits{0};
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 6; ++i) {
      callers.emplace_back([&] {
        for (int j = 0; j < 300; ++j) {
          for_each_block(4, with_threads(3), [&](std::size_t block) {
            if (block % 3 == 0) std::this_thread::sleep_for(std::chrono::microseconds(30));
            ++visits;
          });
        }
      });
    }
  }
  CHECK(visits == 6 * 300 * 4);
}

TEST_CASE("parallel: long loops have helpers, short ones and the ends of loops do not") {
  const auto threads_of = [](std::size_t blocks, std::chrono::microseconds each, auto&& loop) {
    std::mutex mutex;
    std::map<std::thread::id, std::size_t> taken;
    loop(blocks, with_threads(2), [&](std::size_t) {
      std::this_thread::sleep_for(each);
      const std::lock_guard lock(mutex);
      ++taken[std::this_thread::get_id()];
    });
    return taken.size();
  };
  set_help_policy({});
  // A sleep may last longer than asked for: 10 of 50 µs stay below 2 ms even so, nearly always.
  int alone = 0;
  for (int i = 0; i < 20; ++i) alone += threads_of(10, std::chrono::microseconds(50), for_each_block) == 1;
  CHECK(alone > 10);
  CHECK(threads_of(200, std::chrono::microseconds(500), for_each_block) == 2);
  // Two blocks of which each waits for the other need two threads from the start.
  std::atomic<int> inside{0};
  for_each_long_block(2, with_threads(2), [&](std::size_t) {
    ++inside;
    while (inside < 2) std::this_thread::yield();
  });
  CHECK(inside == 2);
  set_help_policy(help_always);
}

TEST_CASE("parallel: thousands of short loops and an absurd number of threads") {
  std::uint64_t total = 0;
  for (int i = 0; i < 3000; ++i) {
    total += sum_over_indices(64, with_threads(i % 5 + 1), [](std::size_t k) { return k; }, 4);
  }
  CHECK(total == 3000 * 2016);
  CHECK(thread_count(with_threads(1'000'000'000), 1'000'000) <= 256);
  CHECK(thread_count(with_threads(-3), 1000) >= 1);
}

TEST_CASE("parallel: a child process, which has no helpers, works alone and ends") {
  for_each_block(100, with_threads(3), [](std::size_t) {});  // the helpers exist
  const pid_t child = fork();
  if (child == 0) {
    std::atomic<int> visits{0};
    for_each_block(100, with_threads(3), [&](std::size_t) { ++visits; });
    _exit(visits == 100 ? 0 : 1);
  }
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}
