#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#define ENTENTE_X86 1
#include <immintrin.h>
#endif

/// The widest instructions of this machine, chosen when the program runs: one program serves every
/// x86-64, and elsewhere the portable variant is all there is.
///
/// A kernel that gains by them is written once, in a file of its own without include guard, in
/// the vocabulary below, and compiled once for each instruction set:
///
///     // count.kernel.hpp                          // count.cpp
///     namespace entente::ENTENTE_ISA {             #include "engine/simd.hpp"
///     std::uint64_t count(...) { ... }             #define ENTENTE_KERNEL "algorithms/x/count.kernel.hpp"
///     }                                            #include "engine/simd/each_isa.hpp"
///                                                  ... ENTENTE_DISPATCH(count)(...) ...
///
/// All variants give the same bits: lanes are added in a fixed order, and a product is never fused
/// with a sum (the build forbids contraction).
namespace entente::simd {

enum class Isa : std::uint8_t { portable, avx2, avx512 };

/// The best this machine has.
Isa best_isa();

/// What kernels run on: best_isa(), unless a test forces less.
Isa isa();

/// Forces an instruction set while it lives; one that the machine lacks is lowered to best_isa().
class ForcedIsa {
 public:
  explicit ForcedIsa(Isa isa);
  ~ForcedIsa();
  ForcedIsa(const ForcedIsa&) = delete;
  ForcedIsa& operator=(const ForcedIsa&) = delete;

 private:
  Isa before_;
};

/// A cache line as lanes of numbers: `+`, `|`, `<`, `m ? a : b` work lane by lane, v[i] is a lane.
using U64x8 = std::uint64_t __attribute__((vector_size(64)));
using U32x16 = std::uint32_t __attribute__((vector_size(64)));
using F64x8 = double __attribute__((vector_size(64)));
using F32x16 = float __attribute__((vector_size(64)));

}  // namespace entente::simd

#ifdef ENTENTE_X86
#define ENTENTE_DISPATCH(kernel)                                                  \
  (::entente::simd::isa() == ::entente::simd::Isa::avx512 ? ::entente::avx512::kernel \
   : ::entente::simd::isa() == ::entente::simd::Isa::avx2 ? ::entente::avx2::kernel   \
                                                          : ::entente::portable::kernel)
#else
#define ENTENTE_DISPATCH(kernel) (::entente::portable::kernel)
#endif

#define ENTENTE_KERNEL "engine/simd/vocabulary.kernel.hpp"
#include "engine/simd/each_isa.hpp"
