// Ctrl-C in the middle of everything: the program ends soon, and nothing half-written stays.

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.hpp"

using namespace entente;
namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

struct Stopped {
  bool was_running = false;  // when the signal came
  int status = -1;           // -1: the signal ended it
  double seconds = 0;        // from the signal to the end
};

/// Starts the program, sends it the signal after a while, and waits for its end.
Stopped stopped_after(std::chrono::milliseconds wait, const std::vector<std::string>& arguments, int signal = SIGINT) {
  std::vector<char*> words{const_cast<char*>(ENTENTE_PROGRAM)};
  for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::execv(ENTENTE_PROGRAM, words.data());
    ::_exit(127);
  }
  std::this_thread::sleep_for(wait);
  Stopped stopped;
  int raw = 0;
  if (::waitpid(child, &raw, WNOHANG) == 0) {
    stopped.was_running = true;
    const auto begin = Clock::now();
    ::kill(child, signal);
    ::waitpid(child, &raw, 0);
    stopped.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  }
  stopped.status = WIFEXITED(raw) ? WEXITSTATUS(raw) : -1;
  return stopped;
}

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("interrupt: whenever it comes, a network that is being made and written is whole or not there") {
  for (const int wait : {20, 120, 250, 400, 600}) {
    const TestFolder folder;
    const Stopped stopped = stopped_after(std::chrono::milliseconds(wait),
                                          {"generate", "partnership", "--nodes", "20000", "--edges", "150000", "--out", folder.file("big")});
    CAPTURE(wait, stopped.was_running, stopped.seconds);
    if (stopped.status == 0) {
      CHECK(entries(folder.path()) == 1);
      CHECK(entries(folder.path() / "big") == 3);
    } else {
      CHECK((stopped.status == 1 || stopped.status == -1));  // -1 before it has begun
      CHECK(stopped.seconds < 5);  // it is a fifth of a second where nothing else runs
      CHECK(entries(folder.path()) == 0);
    }
  }
}

TEST_CASE("interrupt: work that looks at nothing ends too, with the words of its format") {
  // A pipe that nobody fills: the reader waits for ever.
  const TestFolder folder;
  REQUIRE(::mkfifo(folder.file("never").c_str(), 0600) == 0);
  const std::string call = "info - --input-format csv <>" + folder.file("never");
  const ProgramRun run = entente_says(call + " --format json", "timeout --foreground -k 5 -s INT 0.3");
  CHECK(run.status != 0);
  CHECK(nlohmann::json::parse(run.err)["error"]["code"] == "interrupted");
  const ProgramRun ended = entente_says(call, "timeout --foreground -k 5 -s TERM 0.3");
  CHECK(ended.err == "entente: Interrupted.\n");
}

TEST_CASE("progress: on a terminal work that says nothing is seen once it has lasted a second, elsewhere it is not") {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  REQUIRE(terminal >= 0);
  REQUIRE(::grantpt(terminal) == 0);
  REQUIRE(::unlockpt(terminal) == 0);
  const std::string seen_by_program = ::ptsname(terminal);
  const TestFolder folder;
  REQUIRE(::mkfifo(folder.file("never").c_str(), 0600) == 0);
  const std::string call = "info - --input-format csv <>" + folder.file("never"), stop = "timeout --foreground -k 5 -s INT ";
  const std::string watched = stop + "1.6 " + ENTENTE_PROGRAM + " " + call + " 2>" + seen_by_program;
  CHECK(std::system(watched.c_str()) != 0);
  char shown[4096];
  const ssize_t length = ::read(terminal, shown, sizeof shown);
  ::close(terminal);
  REQUIRE(length > 0);
  CHECK(std::string(shown, static_cast<std::size_t>(length)).find("reading standard input, 1 s") != std::string::npos);
  CHECK(entente_says(call, stop + "1.3").err == "entente: Interrupted.\n");
}

TEST_CASE("generate: a package is not written over another one of which tables would stay") {
  const TestFolder folder;
  const std::string out = folder.file("pack"), make = "generate partnership --nodes 20 --edges 40 --out ";
  REQUIRE(entente_says("convert invented-aid " + out).status == 0);
  const std::string before = folder.read("pack/edges.csv");
  const ProgramRun over = entente_says(make + out);
  CHECK(over.status == 1);
  CHECK(over.err.find("rates.csv") != std::string::npos);
  CHECK(folder.read("pack/edges.csv") == before);
  CHECK(entente_says("convert invented-aid " + out).status == 0);  // the same tables again
  folder.write("other/README.md", "mine");
  CHECK(entente_says(make + folder.file("other")).status == 0);
  CHECK(entente_says(make + folder.file("other") + " --seed 2").status == 0);
  CHECK(folder.read("other/README.md") == "mine");
}
