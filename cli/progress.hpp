#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace entente {

/// One piece of work, told on standard error once it has lasted a second: a bar with the time left where the work says
/// how far it is, else the time that it has taken. A thread of its own draws, so work that says nothing is seen too.
/// The line is gone with the object.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `total` 0: it is not known how much there is to do.
  void report(std::string_view what, std::size_t done, std::size_t total);

 private:
  using Clock = std::chrono::steady_clock;
  void draw_now_and_then();
  std::string line() const;

  mutable std::mutex lock_;
  std::condition_variable over_;
  std::string what_;
  std::size_t done_ = 0, total_ = 0;
  Clock::time_point begin_ = Clock::now();
  bool is_over_ = false;
  std::thread drawer_;
};

}  // namespace entente
