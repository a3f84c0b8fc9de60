#include "engine/parallel.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace entente {

int thread_count(const Job& job, std::size_t blocks) {
  const unsigned hardware = std::max(1u, std::thread::hardware_concurrency());
  const std::size_t wanted = job.threads > 0 ? static_cast<std::size_t>(job.threads) : hardware;
  return static_cast<int>(std::max<std::size_t>(1, std::min(wanted, blocks)));
}

void for_each_block(std::size_t blocks, const Job& job, const std::function<void(std::size_t)>& work) {
  const int threads = thread_count(job, blocks);
  if (threads == 1) {
    for (std::size_t block = 0; block < blocks && !job.cancelled(); ++block) work(block);
    return;
  }

  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto take_blocks = [&] {
    for (std::size_t block = next++; block < blocks && !failed && !job.cancelled(); block = next++) {
      try {
        work(block);
      } catch (...) {
        const std::lock_guard lock(failure_mutex);
        if (!failure) failure = std::current_exception();
        failed = true;
      }
    }
  };
  {
    std::vector<std::jthread> helpers;
    helpers.reserve(static_cast<std::size_t>(threads - 1));
    for (int i = 1; i < threads; ++i) helpers.emplace_back(take_blocks);
    take_blocks();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace entente
