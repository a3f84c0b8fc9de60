#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "engine/error.hpp"
#include "engine/job.hpp"

namespace entente {

/// What a child process may use.
struct ChildLimits {
  double seconds = 60;                                     // wall clock
  std::size_t memory_bytes = std::size_t{4} << 30;         // beyond what the parent holds when it forks
};

/// How a piece of work in a child process ended.
struct ChildOutcome {
  enum class End { finished, timed_out, out_of_memory, crashed, interrupted, not_started } end = End::not_started;
  std::string bytes;       // what the work returned, when finished
  std::string last_words;  // what it wrote to standard error, at most 4096 bytes
  int signal = 0;          // that ended it, when crashed
};

/// Runs `work` in a forked child and returns its bytes. Whatever it does there (crash, hang, exit, eat
/// memory, print) leaves this process untouched: the child has its own copy of memory, standard
/// streams that lead nowhere, no exit handlers of ours, and dies with this process. It is killed at the
/// limit of time or when job.cancel is set, and always waited for. `work` must start no threads
/// and take no lock that another thread of this process may hold.
///
/// The limit of memory is not set under AddressSanitizer and ThreadSanitizer, which need more
/// address space than any machine has memory.
ChildOutcome run_isolated(const std::function<std::string()>& work, const ChildLimits& limits, const Job& job = {});

}  // namespace entente
