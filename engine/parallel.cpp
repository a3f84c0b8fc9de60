#include "engine/parallel.hpp"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace entente {

namespace {

constexpr int most_threads = 256;

using Clock = std::chrono::steady_clock;
constinit HelpPolicy help_policy;

/// One call of for_each_block, shared by the threads that work on it.
class Task {
 public:
  Task(std::size_t blocks, const Job& job, const std::function<void(std::size_t)>& work)
      : blocks_(blocks), job_(job), work_(work) {}

  void take_blocks() {
    while (take_block()) {
    }
  }
  /// Until helpers are worth their waking; false: until nothing was left.
  bool take_first_blocks() {
    while (Clock::now() - begun_ < help_policy.alone_for || !is_left(help_policy.worth_help)) {
      if (!take_block()) return false;
    }
    return true;
  }
  void help() {
    while (is_left(help_policy.worth_staying) && take_block()) {
    }
  }
  void rethrow_failure() const {
    if (failure_) std::rethrow_exception(failure_);
  }

  int helpers_inside = 0;  // guarded by the mutex of the pool

 private:
  bool take_block() {
    const std::size_t block = next_.fetch_add(1, std::memory_order_relaxed);
    if (block >= blocks_ || failed_ || job_.cancelled()) return false;
    try {
      work_(block);
    } catch (...) {
      const std::lock_guard lock(failure_mutex_);
      if (!failure_) failure_ = std::current_exception();
      failed_ = true;
    }
    finished_.fetch_add(1, std::memory_order_relaxed);
    return true;
  }

  /// Whether so much is left at the pace so far; of long blocks any is enough.
  bool is_left(Clock::duration least) const {
    const std::size_t taken = std::min(next_.load(std::memory_order_relaxed), blocks_);
    const std::size_t finished = finished_.load(std::memory_order_relaxed);
    if (finished == 0) return taken < blocks_;
    const auto each = std::chrono::duration<double>(Clock::now() - begun_) / static_cast<double>(finished);
    return each * static_cast<double>(blocks_ - taken) > least;
  }

  const Clock::time_point begun_ = Clock::now();
  const std::size_t blocks_;
  const Job& job_;
  const std::function<void(std::size_t)>& work_;
  std::atomic<std::size_t> next_{0}, finished_{0};
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;
  std::mutex failure_mutex_;
};

/// The threads of this process, kept between calls and asleep when there is nothing to do.
///
/// The caller works on its own task from the first moment; helpers join when they have woken up, and one
/// that wakes too late finds the door closed. So a helper that gets no core costs nothing:
/// the caller waits only for those that are inside a block, and they leave a little before the end.
class Pool {
 public:
  static Pool& standing() {
    static Pool pool;
    return pool;
  }

  /// Runs the task on the calling thread and up to `helpers` others. One task at a time has helpers;
  /// a second one, or one begun inside a block of the first, runs on its caller alone.
  void run(Task& task, int helpers) {
    if (forked_.load(std::memory_order_relaxed)) {  // nobody is left to unlock the mutex
      task.take_blocks();
      return;
    }
    {
      const std::lock_guard lock(mutex_);
      helpers = task_ ? 0 : engage(helpers);
      if (helpers > 0) {
        task_ = &task;
        seats_ = helpers;
        ++tasks_;
      }
    }
    if (helpers == 0) {
      task.take_blocks();
      return;
    }
    if (helpers == 1) wake_.notify_one();
    else wake_.notify_all();
    task.take_blocks();
    std::unique_lock lock(mutex_);
    task_ = nullptr;
    // Meanwhile another caller may begin a task of its own; its helpers are not waited for.
    left_.wait(lock, [&] { return task.helpers_inside == 0; });
  }

 private:
  Pool() {
    // A child process has the calling thread alone.
    pthread_atfork(nullptr, nullptr, [] { forked_.store(true, std::memory_order_relaxed); });
  }
  ~Pool() {
    if (forked_.load(std::memory_order_relaxed)) {
      for (std::thread& thread : threads_) thread.detach();
      return;
    }
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  /// As many of the wanted helpers as the system gives.
  int engage(int wanted) {
    try {
      while (static_cast<int>(threads_.size()) < wanted) threads_.emplace_back([this] { help(); });
    } catch (const std::system_error&) {
      // Fewer threads give the same answer later.
    }
    return std::min(wanted, static_cast<int>(threads_.size()));
  }

  void help() {
    std::uint64_t last_task = 0;
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [&] { return closing_ || (task_ && seats_ > 0 && tasks_ != last_task); });
      if (closing_) return;
      Task& task = *task_;
      last_task = tasks_;
      --seats_;
      ++task.helpers_inside;
      lock.unlock();
      task.help();
      lock.lock();
      if (--task.helpers_inside == 0) left_.notify_all();  // several callers may wait, each for its own
    }
  }

  static inline std::atomic<bool> forked_{false};

  std::mutex mutex_;
  std::condition_variable wake_, left_;
  std::vector<std::thread> threads_;
  Task* task_ = nullptr;       // the one that may be joined
  std::uint64_t tasks_ = 0;    // begun so far
  int seats_ = 0;              // helpers that may still join
  bool closing_ = false;
};

}  // namespace

int thread_count(const Job& job, std::size_t blocks) {
  static const unsigned hardware = std::max(1u, std::thread::hardware_concurrency());
  const std::size_t wanted = job.threads > 0 ? static_cast<std::size_t>(job.threads) : hardware;
  return static_cast<int>(std::clamp<std::size_t>(std::min(wanted, blocks), 1, most_threads));
}

namespace {

void run_blocks(std::size_t blocks, const Job& job, const std::function<void(std::size_t)>& work, bool long_blocks) {
  const int threads = thread_count(job, blocks);
  if (threads == 1) {
    for (std::size_t block = 0; block < blocks && !job.cancelled(); ++block) work(block);
    return;
  }
  Task task(blocks, job, work);
  if (long_blocks || task.take_first_blocks()) Pool::standing().run(task, threads - 1);
  task.rethrow_failure();
}

}  // namespace

void for_each_block(std::size_t blocks, const Job& job, const std::function<void(std::size_t)>& work) {
  run_blocks(blocks, job, work, false);
}

void for_each_long_block(std::size_t blocks, const Job& job, const std::function<void(std::size_t)>& work) {
  run_blocks(blocks, job, work, true);
}

void set_help_policy(const HelpPolicy& policy) { help_policy = policy; }

}  // namespace entente
