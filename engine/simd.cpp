#include "engine/simd.hpp"

#include <algorithm>
#include <atomic>

namespace entente::simd {

namespace {

Isa asked_of_the_machine() {
#ifdef ENTENTE_X86
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512vpopcntdq");
  if (avx512) return Isa::avx512;
  if (avx2) return Isa::avx2;
#endif
  return Isa::portable;
}

std::atomic<Isa>& chosen() {
  static std::atomic<Isa> isa{best_isa()};
  return isa;
}

}  // namespace

Isa best_isa() {
  static const Isa best = asked_of_the_machine();
  return best;
}

Isa isa() { return chosen().load(std::memory_order_relaxed); }

ForcedIsa::ForcedIsa(Isa isa) : before_(chosen().exchange(std::min(isa, best_isa()))) {}
ForcedIsa::~ForcedIsa() { chosen().store(before_); }

}  // namespace entente::simd
