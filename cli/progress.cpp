#include "cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace entente {

namespace {

void put_line(const std::string& text) {
  [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

Progress::Progress(std::string what) : what_(std::move(what)), drawer_([this] { draw_now_and_then(); }) {}

Progress::~Progress() {
  {
    const std::lock_guard guard(lock_);
    is_over_ = true;
  }
  over_.notify_all();
  drawer_.join();
}

void Progress::report(std::string_view what, std::size_t done, std::size_t total) {
  const std::lock_guard guard(lock_);
  if (what != what_) {
    what_ = what;
    begin_ = Clock::now();
  }
  done_ = done;
  total_ = total;
}

std::string Progress::line() const {
  const double seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
  if (seconds < 1) return {};
  char numbers[64];
  const double share = total_ > 0 ? std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_)) : 0;
  if (share <= 0) {
    std::snprintf(numbers, sizeof numbers, ", %.0f s", seconds);
    return what_ + numbers;
  }
  constexpr std::size_t width = 30;
  std::string bar(static_cast<std::size_t>(share * width), '#');
  bar.resize(width, '.');
  std::snprintf(numbers, sizeof numbers, "] %3.0f %%, %.0f s left", 100 * share, seconds / share - seconds);
  return what_ + " [" + bar + numbers;
}

void Progress::draw_now_and_then() {
  std::unique_lock guard(lock_);
  bool shown = false;
  while (!over_.wait_for(guard, std::chrono::milliseconds(200), [this] { return is_over_; })) {
    const std::string now = line();
    if (now.empty()) continue;
    put_line("\r" + now + "\x1b[K");
    shown = true;
  }
  if (shown) put_line("\r\x1b[K");
}

}  // namespace entente
