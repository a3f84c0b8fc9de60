#include "viz/isolated.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

using namespace entente;
using End = ChildOutcome::End;

namespace {

bool no_children_left() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

}  // namespace

TEST_CASE("run_isolated: returns the bytes whole, also more than a pipe holds") {
  std::string large(3'000'000, 'x');
  large[1'234'567] = '\0';
  const auto outcome = run_isolated([&] { return large; }, {});
  CHECK(outcome.end == End::finished);
  CHECK(outcome.bytes == large);
  CHECK(run_isolated([] { return std::string(); }, {}).end == End::finished);
  CHECK(no_children_left());
}

TEST_CASE("run_isolated: work without end is killed at the limit of time") {
  const auto begin = std::chrono::steady_clock::now();
  const auto outcome = run_isolated(
      []() -> std::string {
        for (;;) ::pause();
      },
      {.seconds = 0.2});
  CHECK(outcome.end == End::timed_out);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
  CHECK(no_children_left());
}

TEST_CASE("run_isolated: a crash is told with its signal") {
  const auto outcome = run_isolated(
      []() -> std::string {
        std::fputs("last words\n", stderr);
        ::raise(SIGSEGV);
        return {};
      },
      {});
  CHECK(outcome.end == End::crashed);
  CHECK(outcome.signal == SIGSEGV);
  CHECK(outcome.last_words == "last words\n");
  CHECK(no_children_left());
}

TEST_CASE("run_isolated: exit() in the child runs no exit handler of the parent and flushes none of its output") {
  std::FILE* file = std::tmpfile();
  REQUIRE(file);
  std::fputs("once", file);  // still in the buffer when the child leaves
  const auto outcome = run_isolated([]() -> std::string { std::exit(3); }, {});
  CHECK(outcome.end == End::crashed);
  CHECK(outcome.signal == 0);
  std::fflush(file);
  CHECK(std::ftell(file) == 4);
  std::fseek(file, 0, SEEK_END);
  CHECK(std::ftell(file) == 4);
  std::fclose(file);
}

TEST_CASE("run_isolated: an exception stays in the child") {
  CHECK(run_isolated([]() -> std::string { throw 1; }, {}).end == End::crashed);
}

TEST_CASE("run_isolated: a set cancel flag stops the work soon") {
  std::atomic<bool> cancel{false};
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    cancel = true;
  });
  Job job;
  job.cancel = &cancel;
  const auto outcome = run_isolated(
      []() -> std::string {
        for (;;) ::pause();
      },
      {.seconds = 30}, job);
  later.join();
  CHECK(outcome.end == End::interrupted);
  CHECK(no_children_left());
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("run_isolated: memory beyond the limit is refused, and said") {
  const auto outcome = run_isolated(
      []() -> std::string {
        std::vector<std::string> hoard;
        for (;;) hoard.emplace_back(std::size_t{16} << 20, 'x');
      },
      {.seconds = 30, .memory_bytes = std::size_t{200} << 20});
  CHECK(outcome.end == End::out_of_memory);
}
#endif
