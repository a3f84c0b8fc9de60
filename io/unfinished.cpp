#include "io/unfinished.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>

namespace entente {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view partial_ending = ".partial";

std::mutex unfinished_lock;
// What abandon_all() takes away, the last first. Changed only without interruption, so a handler on the same thread
// never sees it in the middle of a change.
std::vector<std::string> unfinished;

void remember(const std::string& path) {
  const std::lock_guard lock(unfinished_lock);
  unfinished.push_back(path);
}

void forget(const std::string& path) {
  const std::lock_guard lock(unfinished_lock);
  const auto found = std::ranges::find(unfinished, path);
  if (found != unfinished.end()) unfinished.erase(found);
}

/// Processes have numbers within a machine, or within a part of it: this tells them apart.
const std::string& place_of_processes() {
  static const std::string place = [] {
    std::uint64_t mark = 14695981039346656037ULL;  // FNV-1a
    const auto mix = [&](unsigned char byte) { mark = (mark ^ byte) * 1099511628211ULL; };
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) == 0) {
      for (const char letter : std::string_view(host.data())) mix(static_cast<unsigned char>(letter));
    }
    struct stat processes {};
    if (::stat("/proc/self/ns/pid", &processes) == 0) {
      for (int shift = 0; shift < 64; shift += 8) mix(static_cast<unsigned char>(std::uint64_t{processes.st_ino} >> shift));
    }
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), mark & 0xFFFFFFFF, 16).ptr;
    return std::string(digits.data(), end);
  }();
  return place;
}

/// The process that a temporary name speaks of, where it is one of this place.
std::optional<pid_t> writer_of(std::string_view name) {
  if (!name.starts_with('.') || !name.ends_with(partial_ending)) return std::nullopt;
  name.remove_suffix(partial_ending.size());
  name.remove_prefix(std::min(name.size(), name.rfind('.') + 1));
  const std::string begin = place_of_processes() + "-";
  if (!name.starts_with(begin)) return std::nullopt;
  name.remove_prefix(begin.size());
  pid_t process = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), process);
  if (error != std::errc() || process <= 0 || end == name.data() + name.size() || *end != '-') return std::nullopt;
  return process;
}

}  // namespace

WithoutInterruption::WithoutInterruption() {
  sigset_t all;
  sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, &before_);
}

WithoutInterruption::~WithoutInterruption() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

std::string temporary_beside(const std::string& target) {
  static std::atomic<unsigned> serial{0};
  constexpr std::size_t longest = 180;  // file systems allow 255
  const fs::path path(target);
  return (path.parent_path() / ("." + path.filename().string().substr(0, longest) + "." + place_of_processes() + "-" +
                                std::to_string(::getpid()) + "-" + std::to_string(serial++) + std::string(partial_ending)))
      .string();
}

int open_unfinished(const std::string& temporary) {
  const WithoutInterruption whole;
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor >= 0) remember(temporary);
  return descriptor;
}

int finish(const std::string& temporary, const std::string& target) {
  const WithoutInterruption whole;
  if (::rename(temporary.c_str(), target.c_str()) != 0) return errno;
  forget(temporary);
  return 0;
}

void abandon(const std::string& temporary) {
  const WithoutInterruption whole;
  ::unlink(temporary.c_str());
  forget(temporary);
}

UnfinishedFolder::~UnfinishedFolder() {
  const WithoutInterruption whole;
  for (; !made_.empty(); made_.pop_back()) {
    if (::unlink(made_.back().c_str()) != 0) ::rmdir(made_.back().c_str());
    forget(made_.back());
  }
}

int UnfinishedFolder::make(const fs::path& inside) {
  const WithoutInterruption whole;
  fs::path path = temporary_;
  const auto make_one = [&] {
    if (::mkdir(path.c_str(), 0777) != 0) return errno == EEXIST && !made_.empty() ? 0 : errno;  // made before
    made_.push_back(path.string());
    remember(made_.back());
    return 0;
  };
  int error = made_.empty() ? make_one() : 0;
  for (const fs::path& part : inside) {
    if (error != 0) break;
    path /= part;
    error = make_one();
  }
  return error;
}

int UnfinishedFolder::open(const fs::path& inside) {
  const WithoutInterruption whole;
  const std::string path = (fs::path(temporary_) / inside).string();
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) return descriptor;
  made_.push_back(path);
  remember(path);
  return descriptor;
}

int UnfinishedFolder::finish(const std::string& target) {
  const WithoutInterruption whole;
  if (::rename(temporary_.c_str(), target.c_str()) != 0) return errno;
  for (const std::string& path : made_) forget(path);
  made_.clear();
  return 0;
}

void sweep_leftovers(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder.empty() ? fs::path(".") : folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const auto writer = writer_of(entry->path().filename().string());
    if (!writer || ::kill(*writer, 0) == 0 || errno != ESRCH) continue;
    std::error_code ignored;
    fs::remove_all(entry->path(), ignored);
  }
}

void abandon_all() noexcept {
  for (std::size_t i = unfinished.size(); i-- > 0;) {
    const char* path = unfinished[i].c_str();
    if (::unlink(path) != 0) ::rmdir(path);
  }
}

}  // namespace entente
