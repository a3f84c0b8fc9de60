#include "engine/buffer.hpp"

#include <atomic>
#include <cstdlib>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace entente {

namespace {

constexpr std::size_t cache_line = 64;
constexpr std::size_t huge_page = std::size_t{1} << 21;

std::atomic<std::size_t> held{0}, peak{0};

std::size_t rounded_up(std::size_t bytes, std::size_t unit) { return (bytes + unit - 1) / unit * unit; }

}  // namespace

void* allocate_array(std::size_t bytes) {
  if (bytes > std::size_t{1} << 62) throw std::bad_alloc();
  const std::size_t alignment = bytes >= huge_page ? huge_page : cache_line;
  const std::size_t size = rounded_up(bytes, alignment == huge_page ? 4096 : cache_line);
  void* memory = nullptr;
  if (posix_memalign(&memory, alignment, size) != 0) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  // A wish only: without huge pages everything works as well.
  if (alignment == huge_page) static_cast<void>(madvise(memory, size, MADV_HUGEPAGE));
#endif
  const std::size_t now = held.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  std::size_t most = peak.load(std::memory_order_relaxed);
  while (most < now && !peak.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
  }
  return memory;
}

void free_array(void* memory, std::size_t bytes) noexcept {
  held.fetch_sub(bytes, std::memory_order_relaxed);
  std::free(memory);
}

ArrayMemory array_memory() { return {held.load(), peak.load()}; }
void reset_array_peak() { peak.store(held.load()); }

}  // namespace entente
