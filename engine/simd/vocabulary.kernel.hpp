// What kernels say beyond the operators of the lane types; compiled for each instruction set.

namespace entente::ENTENTE_ISA {

using simd::F32x16;
using simd::F64x8;
using simd::U32x16;
using simd::U64x8;

/// Lanes from memory and back; the address need not be aligned.
template <class Lanes, class T>
[[gnu::always_inline]] inline Lanes load(const T* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}
template <class Lanes, class T>
[[gnu::always_inline]] inline void store(T* to, Lanes lanes) {
  std::memcpy(to, &lanes, sizeof lanes);
}

/// Whether any bit is set.
[[gnu::always_inline]] inline bool any(U64x8 lanes) {
#if ENTENTE_ISA_LEVEL == 2
  return _mm512_test_epi64_mask(reinterpret_cast<__m512i>(lanes), reinterpret_cast<__m512i>(lanes)) != 0;
#else
  return ((lanes[0] | lanes[1]) | (lanes[2] | lanes[3])) | ((lanes[4] | lanes[5]) | (lanes[6] | lanes[7]));
#endif
}

/// The number of set bits of all lanes.
[[gnu::always_inline]] inline std::uint32_t popcount(U64x8 lanes) {
#if ENTENTE_ISA_LEVEL == 2
  return static_cast<std::uint32_t>(_mm512_reduce_add_epi64(_mm512_popcnt_epi64(reinterpret_cast<__m512i>(lanes))));
#else
  int count = 0;
  for (int i = 0; i < 8; ++i) count += std::popcount(lanes[i]);
  return static_cast<std::uint32_t>(count);
#endif
}

/// The number of set bits of each lane.
[[gnu::always_inline]] inline U64x8 popcounts(U64x8 lanes) {
#if ENTENTE_ISA_LEVEL == 2
  return reinterpret_cast<U64x8>(_mm512_popcnt_epi64(reinterpret_cast<__m512i>(lanes)));
#else
  for (int i = 0; i < 8; ++i) lanes[i] = static_cast<std::uint64_t>(std::popcount(lanes[i]));
  return lanes;
#endif
}

/// All bits of lane i where bit i of `bits` is set, no bits elsewhere.
[[gnu::always_inline]] inline U64x8 lanes_where(std::uint32_t bits) {
#if ENTENTE_ISA_LEVEL == 2
  return reinterpret_cast<U64x8>(_mm512_movm_epi64(static_cast<__mmask8>(bits)));
#else
  const U64x8 bit = {1, 2, 4, 8, 16, 32, 64, 128};
  const U64x8 all = U64x8{} + bits;
  return reinterpret_cast<U64x8>((all & bit) == bit);
#endif
}

/// base[index[i]] for 16 indices, each below 2^31.
[[gnu::always_inline]] inline U32x16 gather(const std::uint32_t* base, const std::uint32_t* index) {
#if ENTENTE_ISA_LEVEL == 2
  return reinterpret_cast<U32x16>(_mm512_i32gather_epi32(_mm512_loadu_si512(index), base, 4));
#else
  U32x16 lanes;
  for (int i = 0; i < 16; ++i) lanes[i] = base[index[i]];
  return lanes;
#endif
}
[[gnu::always_inline]] inline U32x16 gather(const std::uint32_t* base, U32x16 index) {
#if ENTENTE_ISA_LEVEL == 2
  return reinterpret_cast<U32x16>(_mm512_i32gather_epi32(reinterpret_cast<__m512i>(index), base, 4));
#else
  U32x16 lanes;
  for (int i = 0; i < 16; ++i) lanes[i] = base[index[i]];
  return lanes;
#endif
}

/// The number of lanes that are not 0.
[[gnu::always_inline]] inline std::uint32_t count_nonzero(U32x16 lanes) {
#if ENTENTE_ISA_LEVEL == 2
  const auto bits = reinterpret_cast<__m512i>(lanes);
  return static_cast<std::uint32_t>(std::popcount(static_cast<std::uint32_t>(_mm512_test_epi32_mask(bits, bits))));
#else
  std::uint32_t count = 0;
  for (int i = 0; i < 16; ++i) count += lanes[i] != 0;
  return count;
#endif
}

/// The lanes in a fixed order: pairs, then pairs of pairs.
[[gnu::always_inline]] inline double sum(F64x8 lanes) {
  return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

}  // namespace entente::ENTENTE_ISA
