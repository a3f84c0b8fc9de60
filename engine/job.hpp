#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>

#include "engine/error.hpp"

namespace entente {

/// What a caller lends to a piece of work that may last: threads, a way to stop it, and an ear for
/// its progress. The default is one job on all hardware threads, never stopped, silent.
///
/// Answers never depend on `threads`: parallel sums are combined in a fixed order.
struct Job {
  int threads = 0;  // 0 = as many as the hardware has

  /// Set from outside (another thread, a signal handler) to stop the work soon.
  const std::atomic<bool>* cancel = nullptr;

  /// Called now and then, from one thread at a time, with work done and work in all (same unit).
  std::function<void(std::string_view what, std::size_t done, std::size_t total)> progress;

  bool cancelled() const { return cancel && cancel->load(std::memory_order_relaxed); }
  void report(std::string_view what, std::size_t done, std::size_t total) const {
    if (progress) progress(what, done, total);
  }
};

/// The error of work that was cancelled.
inline tl::unexpected<Error> interrupted() {
  return fail(ErrorCode::interrupted, "Stopped before the answer was complete; nothing was written.");
}

}  // namespace entente
