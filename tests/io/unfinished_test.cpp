// What is on its way to its own name: taken away by whoever stops, and by the next after whoever was killed.

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include <catch2/catch.hpp>

#include "io/atomic_file.hpp"
#include "io/support.hpp"
#include "io/unfinished.hpp"

namespace entente {
namespace {

namespace fs = std::filesystem;

/// Runs it in a process of its own that ends without cleaning up, as one that is killed.
template <class Work>
void in_a_killed_process(Work&& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(status == 0);
}

TEST_CASE("unfinished: what a killed process left is swept by the next writer in the folder, other files are not") {
  test::TemporaryFolder folder;
  fs::create_directories(folder / "pack");
  test::spill(folder / "pack/mine.csv", "mine");
  test::spill(folder / "pack/.mine.partial", "mine");
  test::spill(folder / "pack/.edges.csv.ffffffff-1-0.partial", "of another machine, it may be running");
  const std::string own = temporary_beside(folder / "pack/own.csv");
  test::spill(own, "of this process, which is running");
  const auto leave = [&] {
    in_a_killed_process([&] {
      ::close(open_unfinished(temporary_beside(folder / "pack/edges.csv")));
      UnfinishedFolder inside(temporary_beside(folder / "pack/new"));
      inside.make("data");
      ::close(inside.open("data/nodes.csv"));
      ::_exit(0);
    });
  };
  const auto count = [&] { return std::distance(fs::directory_iterator(folder / "pack"), {}); };
  leave();
  REQUIRE(count() == 6);
  REQUIRE(write_file(folder / "pack/a.csv", "1"));
  CHECK(count() == 5);
  leave();
  REQUIRE(write_folder(folder / "pack", {{"b.csv", "2"}}));
  CHECK(count() == 6);
  leave();
  REQUIRE(write_folder(folder / "pack/whole", {{"c.csv", "3"}}));
  CHECK(count() == 7);
  CHECK(test::slurp(folder / "pack/.mine.partial") == "mine");
  CHECK(fs::exists(own));
}

TEST_CASE("unfinished: a process that stops takes away what it has not finished, and nothing else") {
  test::TemporaryFolder folder;
  in_a_killed_process([&] {
    if (!write_file(folder / "whole.csv", "1")) ::_exit(1);
    ::close(open_unfinished(temporary_beside(folder / "half.csv")));
    UnfinishedFolder inside(temporary_beside(folder / "new"));
    inside.make("data/deep");
    ::close(inside.open("data/deep/nodes.csv"));
    abandon_all();
    ::_exit(0);
  });
  CHECK(folder.entries() == 1);
  CHECK(test::slurp(folder / "whole.csv") == "1");
}

TEST_CASE("unfinished: long names are written too, and the longest that a file system takes") {
  test::TemporaryFolder folder;
  const std::string name(255, 'n');
  REQUIRE(write_file(folder / name, "1"));
  CHECK(test::slurp(folder / name) == "1");
  CHECK(folder.entries() == 1);
}

}  // namespace
}  // namespace entente
