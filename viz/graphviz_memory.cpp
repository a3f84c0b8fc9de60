#include "viz/graphviz_memory.hpp"

#include <gvc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace entente {

namespace {

constexpr std::size_t grain = 16;             // every block begins at a multiple of it
constexpr std::size_t most_graded = 4096;     // up to it a list of free blocks for each multiple of the grain, then for each power of 2
constexpr std::size_t least_bytes = std::size_t{16} << 20;

/// Before each block: its size, and the next of the free blocks of that size while it is one.
struct alignas(grain) BlockHead {
  std::size_t size;
  BlockHead* next_free;
};

/// All of the state. Graphviz calls from one thread; Pango's threads allocate no graphs.
struct OrderlyMemory {
  std::byte *begin = nullptr, *unused = nullptr, *end = nullptr;
  std::array<BlockHead*, most_graded / grain + 1 + 64> free{};
};

OrderlyMemory& orderly_memory() {
  static OrderlyMemory memory;
  return memory;
}

[[noreturn]] void leave_out_of_memory() {
  constexpr char words[] = "the graph is out of memory\n";
  if (::write(STDERR_FILENO, words, sizeof words - 1) < 0) std::abort();
  ::_exit(EXIT_FAILURE);
}

std::size_t block_size(std::size_t request) {
  if (request <= most_graded) return std::max(grain, (request + grain - 1) / grain * grain);
  if (request > SIZE_MAX / 2) leave_out_of_memory();
  return std::bit_ceil(request);
}

BlockHead*& free_blocks(std::size_t size) {
  const std::size_t place = size <= most_graded ? size / grain : most_graded / grain + static_cast<std::size_t>(std::bit_width(size) - 1);
  return orderly_memory().free[place];
}

BlockHead* head_of(void* block) { return static_cast<BlockHead*>(block) - 1; }

bool is_ours(const void* block) {
  const OrderlyMemory& memory = orderly_memory();
  return block >= memory.begin && block < memory.end;
}

void* take_block(void*, std::size_t request) {  // Graphviz expects zeros
  OrderlyMemory& memory = orderly_memory();
  const std::size_t size = block_size(request);
  BlockHead*& free = free_blocks(size);
  BlockHead* head = free;
  if (head) {
    free = head->next_free;
    std::memset(static_cast<void*>(head + 1), 0, size);
  } else {
    if (static_cast<std::size_t>(memory.end - memory.unused) < sizeof(BlockHead) + size) leave_out_of_memory();
    head = reinterpret_cast<BlockHead*>(memory.unused);  // fresh pages are zeros
    memory.unused += sizeof(BlockHead) + size;
  }
  *head = {size, nullptr};
  return head + 1;
}

void free_block(void*, void* block) {
  if (!block || !is_ours(block)) return;  // of a graph older than this memory: it goes with the process
  BlockHead* head = head_of(block);
  BlockHead*& free = free_blocks(head->size);
  head->next_free = free;
  free = head;
}

void* resize_block(void* state, void* block, std::size_t old_request, std::size_t request) {
  const bool stays = block && is_ours(block) && block_size(request) == head_of(block)->size;
  void* moved = stays ? block : take_block(state, request);
  if (block && !stays) std::memcpy(moved, block, std::min(old_request, request));
  if (stays && request > old_request) std::memset(static_cast<std::byte*>(moved) + old_request, 0, request - old_request);
  if (!stays) free_block(state, block);
  return moved;
}

/// A range of addresses: of the wanted size, or of what the system allows. The first choice of a place makes the addresses
/// themselves the same, not their order alone, for tables that hash them.
bool set_aside(std::size_t bytes) {
  const auto place = sizeof(void*) < 8 ? std::uintptr_t{0} : static_cast<std::uintptr_t>(std::uint64_t{0x2000} << 32);
  for (std::size_t size = bytes / grain * grain; size >= std::min(bytes, least_bytes) && size > 0; size /= 2) {
    void* begin = ::mmap(reinterpret_cast<void*>(place), size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (begin == MAP_FAILED) continue;
    OrderlyMemory& memory = orderly_memory();
    memory.begin = memory.unused = static_cast<std::byte*>(begin);
    memory.end = memory.begin + size / grain * grain;
    return true;
  }
  return false;
}

/// Also the graphs that Graphviz opens for itself name no allocator and take the default one, so that is the one replaced.
template <class Disciplines>
void replace_allocator(Disciplines& defaults, std::size_t bytes) {
  if constexpr (requires { defaults.mem->resize; }) {
    if (!set_aside(bytes)) leave_out_of_memory();
    defaults.mem->alloc = take_block;
    defaults.mem->resize = resize_block;
    defaults.mem->free = free_block;
  }
}

}  // namespace

void use_orderly_memory(std::size_t bytes) { replace_allocator(AgDefaultDisc, bytes); }

}  // namespace entente
