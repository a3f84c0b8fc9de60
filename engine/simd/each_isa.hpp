// Includes ENTENTE_KERNEL once for each instruction set; see engine/simd.hpp. No include guard: each
// kernel file passes through here once.

#define ENTENTE_ISA portable
#define ENTENTE_ISA_LEVEL 0
#include ENTENTE_KERNEL
#undef ENTENTE_ISA
#undef ENTENTE_ISA_LEVEL

#ifdef ENTENTE_X86

#define ENTENTE_ISA avx2
#define ENTENTE_ISA_LEVEL 1
#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,lzcnt,popcnt")
#endif
#include ENTENTE_KERNEL
#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#undef ENTENTE_ISA
#undef ENTENTE_ISA_LEVEL

#define ENTENTE_ISA avx512
#define ENTENTE_ISA_LEVEL 2
#ifdef __clang__
#pragma clang attribute push(                                                                                  \
    __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vpopcntdq"))), \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vpopcntdq,prefer-vector-width=512")
#endif
#include ENTENTE_KERNEL
#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#undef ENTENTE_ISA
#undef ENTENTE_ISA_LEVEL

#endif

#undef ENTENTE_KERNEL
