#include "viz/isolated.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <string_view>

namespace entente {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_can_be_limited = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool memory_can_be_limited = false;
#else
constexpr bool memory_can_be_limited = true;
#endif
#else
constexpr bool memory_can_be_limited = true;
#endif

using Clock = std::chrono::steady_clock;

constexpr int exit_out_of_memory = 77;
constexpr int exit_finished = 0;

/// The message is its length in 8 bytes, then the bytes: the parent need not wait for the end of the
/// pipe, which another child forked at the same moment may hold open.
constexpr std::size_t length_bytes = sizeof(std::uint64_t);

bool write_all(int file, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(file, data, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    data += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

/// Address space in use now.
std::size_t address_space() {
  std::size_t pages = 0;
  if (std::FILE* statm = std::fopen("/proc/self/statm", "re")) {
    if (std::fscanf(statm, "%zu", &pages) != 1) pages = 0;
    std::fclose(statm);
  }
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void leave_at_once() { ::_exit(EXIT_FAILURE); }

/// Makes the child harmless: no exit handlers or buffered output of the parent, no terminal, no core
/// file, default signals, limits, and death when the parent dies.
void settle_in_child(int errors, const ChildLimits& limits, std::size_t space_before, pid_t parent) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGALRM}) {
    std::signal(signal, SIG_DFL);
  }
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  if (::getppid() != parent) ::_exit(EXIT_FAILURE);
  // Handlers run last registered first: a library that calls exit() never reaches those of the parent.
  std::atexit(leave_at_once);

  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(nowhere, STDIN_FILENO);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(errors >= 0 ? errors : nowhere, STDERR_FILENO);

  const auto limit = [](auto resource, std::size_t value) {
    rlimit bound{};
    if (::getrlimit(resource, &bound) != 0) return;
    bound.rlim_cur = bound.rlim_max == RLIM_INFINITY ? value : std::min<rlim_t>(value, bound.rlim_max);
    ::setrlimit(resource, &bound);
  };
  limit(RLIMIT_CORE, 0);
  if (memory_can_be_limited && limits.memory_bytes > 0) limit(RLIMIT_AS, space_before + limits.memory_bytes);
}

[[noreturn]] void child_main(int answer, const std::function<std::string()>& work) {
  std::string bytes;
  try {
    bytes = work();
  } catch (const std::bad_alloc&) {
    ::_exit(exit_out_of_memory);
  } catch (...) {
    ::_exit(EXIT_FAILURE);
  }
  const auto length = static_cast<std::uint64_t>(bytes.size());
  std::array<char, length_bytes> head{};
  std::memcpy(head.data(), &length, length_bytes);
  const bool sent = write_all(answer, head.data(), head.size()) && write_all(answer, bytes.data(), bytes.size());
  ::_exit(sent ? exit_finished : EXIT_FAILURE);
}

/// A file that has no name, for the child's last words; null where none can be made.
std::string read_last_words(std::FILE* file) {
  std::array<char, 4096> buffer{};
  if (!file || ::lseek(::fileno(file), 0, SEEK_SET) != 0) return {};
  const ssize_t count = ::read(::fileno(file), buffer.data(), buffer.size());
  return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
}

bool is_complete(const std::string& message) {
  if (message.size() < length_bytes) return false;
  std::uint64_t length = 0;
  std::memcpy(&length, message.data(), length_bytes);
  return message.size() - length_bytes >= length;
}

}  // namespace

ChildOutcome run_isolated(const std::function<std::string()>& work, const ChildLimits& limits, const Job& job) {
  ChildOutcome outcome;
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return outcome;
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  std::FILE* errors = std::tmpfile();
  const std::size_t space = address_space();
  const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                           std::chrono::duration<double>(std::clamp(limits.seconds, 0.0, 1e8)));
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    settle_in_child(errors ? ::fileno(errors) : -1, limits, space, parent);
    child_main(ends[1], work);
  }
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    if (errors) std::fclose(errors);
    return outcome;
  }
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);

  using End = ChildOutcome::End;
  std::string message;
  int status = 0;
  bool gone = false;
  std::optional<End> stopped;
  const auto drain = [&] {
    std::array<char, 65536> buffer;
    ssize_t count = 0;
    while ((count = ::read(ends[0], buffer.data(), buffer.size())) > 0) {
      message.append(buffer.data(), static_cast<std::size_t>(count));
    }
  };
  while (!is_complete(message)) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (job.cancelled()) stopped = End::interrupted;
    else if (left <= 0) stopped = End::timed_out;
    if (stopped) break;
    pollfd waiting{ends[0], POLLIN, 0};
    ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left, 50)));
    drain();
    if (::waitpid(child, &status, WNOHANG) == child) {
      gone = true;
      drain();
      break;
    }
  }
  if (!gone) {
    // A complete answer needs nothing more of the child; a stopped one is not asked.
    ::kill(child, SIGKILL);
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
  }
  ::close(ends[0]);
  outcome.last_words = read_last_words(errors);
  if (errors) std::fclose(errors);

  if (stopped) {
    outcome.end = *stopped;
  } else if (is_complete(message)) {
    outcome.end = End::finished;
    outcome.bytes = message.substr(length_bytes);
  } else if ((WIFEXITED(status) && WEXITSTATUS(status) == exit_out_of_memory) ||
             outcome.last_words.find("out of memory") != std::string::npos ||
             outcome.last_words.find("failed to allocate") != std::string::npos) {
    outcome.end = End::out_of_memory;
  } else {
    outcome.end = End::crashed;
    outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  }
  return outcome;
}

}  // namespace entente
