#include "io/atomic_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "io/write.hpp"
#include "support.hpp"

namespace entente {
namespace {

namespace fs = std::filesystem;

TEST_CASE("write_file: the file holds the bytes and nothing else is left in the folder") {
  test::TemporaryFolder folder;
  REQUIRE(write_file(folder / "a.txt", std::string_view("one\0two", 7)));
  CHECK(test::slurp(folder / "a.txt") == std::string("one\0two", 7));
  REQUIRE(write_file(folder / "a.txt", "new"));
  CHECK(test::slurp(folder / "a.txt") == "new");
  CHECK(folder.entries() == 1);
}

TEST_CASE("write_file: an existing file keeps its permissions, a link stays a link") {
  test::TemporaryFolder folder;
  test::spill(folder / "a.txt", "old");
  fs::permissions(folder / "a.txt", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("a.txt", folder / "link");
  REQUIRE(write_file(folder / "link", "new"));
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(test::slurp(folder / "a.txt") == "new");
  struct stat status {};
  REQUIRE(::stat((folder / "a.txt").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("write_file: what cannot be written is said with its place, and nothing is left behind") {
  test::TemporaryFolder folder;
  test::spill(folder / "file", "x");
  fs::create_directory(folder / "dir");
  for (const std::string& path : {folder / "dir", folder / "file/below", folder / "missing/below", std::string("/proc/nothing/here")}) {
    CAPTURE(path);
    const auto done = write_file(path, "bytes");
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::unwritable);
    CHECK(done.error().where == path);
  }
  CHECK(folder.entries() == 2);
}

TEST_CASE("write_file: a full disk is an error") {
  if (!fs::exists("/dev/full")) {
    WARN("skipped: there is no /dev/full");
    return;
  }
  const auto done = write_file("/dev/full", "bytes");
  REQUIRE_FALSE(done);
  CHECK(done.error().code == ErrorCode::unwritable);
  CHECK(done.error().what.find("No space left") != std::string::npos);
}

TEST_CASE("write_folder: a new folder appears whole") {
  test::TemporaryFolder folder;
  REQUIRE(write_folder(folder / "new/", {{"a.csv", "1"}, {"data/b.csv", "2"}}));
  CHECK(test::slurp(folder / "new/data/b.csv") == "2");
  CHECK(folder.entries() == 1);
}

TEST_CASE("write_folder: an existing folder keeps its other files, and is untouched where one file fails") {
  test::TemporaryFolder folder;
  fs::create_directories(folder / "pack/blocked.csv");
  test::spill(folder / "pack/a.csv", "old");
  test::spill(folder / "pack/README.md", "mine");
  const auto failed = write_folder(folder / "pack", {{"a.csv", "new"}, {"blocked.csv", "x"}});
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == ErrorCode::unwritable);
  CHECK(test::slurp(folder / "pack/a.csv") == "old");
  REQUIRE(write_folder(folder / "pack", {{"a.csv", "new"}}));
  CHECK(test::slurp(folder / "pack/a.csv") == "new");
  CHECK(test::slurp(folder / "pack/README.md") == "mine");
  CHECK(std::distance(fs::directory_iterator(folder / "pack"), {}) == 3);
  CHECK(write_folder(folder / "pack/a.csv", {{"x", "y"}}).error().code == ErrorCode::unwritable);
}

TEST_CASE("read_network: files that cannot be read are told apart from files that are wrong") {
  test::TemporaryFolder folder;
  test::spill(folder / "x.csv", "source,target\na,b\n");
  test::spill(folder / "x.odd", "?");
  fs::create_symlink("nowhere.csv", folder / "dangling.csv");
  CHECK(read_network(folder / "none.csv").error().code == ErrorCode::unreadable);
  CHECK(read_network(folder / "dangling.csv").error().code == ErrorCode::unreadable);
  CHECK(read_network(folder / "x.csv/below.csv").error().code == ErrorCode::unreadable);
  CHECK(read_network(folder / "x.odd").error().code == ErrorCode::bad_argument);
  ReadOptions options;
  options.format = "csv";
  options.limits.file_bytes = 5;
  CHECK(read_network(folder / "x.csv", options).error().code == ErrorCode::bad_input);
  options = {};
  options.format = "none";
  CHECK(read_network(folder / "x.csv", options).error().code == ErrorCode::bad_argument);
}

TEST_CASE("write_network: the extension chooses the format, and an unknown one is refused") {
  test::TemporaryFolder folder;
  const auto network = test::package(test::full_package());
  for (const std::string name : {"x.csv", "x.graphml", "x.json", "x.gv", "package"}) {
    CAPTURE(name);
    REQUIRE(write_network(**network, folder / name));
    CHECK(read_network(folder / name));
  }
  CHECK(write_network(**network, folder / "x.xyz").error().code == ErrorCode::bad_argument);
  CHECK(write_network(**network, folder / "x.csv/below.csv").error().code == ErrorCode::unwritable);
}

TEST_CASE("write_file: a pipe whose reader has gone is no error") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  std::fflush(stdout);
  const int standard_output = ::dup(STDOUT_FILENO);
  ::dup2(ends[1], STDOUT_FILENO);
  ::close(ends[0]);
  ::close(ends[1]);
  const auto done = write_file("-", "many\nlines\n");
  ::dup2(standard_output, STDOUT_FILENO);
  ::close(standard_output);
  std::signal(SIGPIPE, before);
  CHECK(done);
}

TEST_CASE("write_network: standard output and unknown extensions ask for --output-format") {
  const auto network = test::package({{"edges.csv", "source,target\na,b\n"}});
  REQUIRE(network);
  for (const char* path : {"-", "ties.xlsx"}) {
    CAPTURE(path);
    const auto written = write_network(**network, path);
    REQUIRE_FALSE(written);
    CHECK(written.error().code == ErrorCode::bad_argument);
    CHECK(written.error().what.find("--output-format: graphml, json, dot, csv") != std::string::npos);
  }
}

}  // namespace
}  // namespace entente
