// A line of numbers for betweenness_batch.kernel.hpp; compiled for each instruction set.

namespace entente::ENTENTE_ISA {

/// N numbers side by side, in as many registers as this instruction set needs; compilers split wider vectors badly.
template <class T, std::size_t N>
struct BatchLine {
  static constexpr std::size_t width = ENTENTE_ISA_LEVEL == 2 ? 64 : ENTENTE_ISA_LEVEL == 1 ? 32 : 16;
  static constexpr std::size_t parts = N * sizeof(T) / width;
  static constexpr std::size_t in_part = N / parts;
  typedef T Part __attribute__((vector_size(width)));
  Part part[parts];

  [[gnu::always_inline]] static BatchLine at(const T* from) {
    BatchLine line;
    for (std::size_t i = 0; i < parts; ++i) std::memcpy(&line.part[i], from + i * in_part, width);
    return line;
  }
  [[gnu::always_inline]] void put(T* to) const {
    for (std::size_t i = 0; i < parts; ++i) std::memcpy(to + i * in_part, &part[i], width);
  }
  [[gnu::always_inline]] static BatchLine zero() {
    BatchLine line;
    for (std::size_t i = 0; i < parts; ++i) line.part[i] = Part{};
    return line;
  }
  [[gnu::always_inline]] void add(const BatchLine& other) {
    for (std::size_t i = 0; i < parts; ++i) part[i] += other.part[i];
  }
  [[gnu::always_inline]] void add_at(const T* from) { add(at(from)); }
  [[gnu::always_inline]] void multiply(const BatchLine& other) {
    for (std::size_t i = 0; i < parts; ++i) part[i] *= other.part[i];
  }
  [[gnu::always_inline]] static BatchLine quotient(T value, const BatchLine& by) {
    BatchLine line;
    for (std::size_t i = 0; i < parts; ++i) line.part[i] = value / by.part[i];
    return line;
  }

  /// The lanes of the given bits, 0 elsewhere.
  [[gnu::always_inline]] void keep(std::uint32_t bits) {
    for (std::size_t i = 0; i < parts; ++i) {
      Bits bit;
      std::memcpy(&bit, lane_bit + i * in_part, sizeof bit);
      const Bits mask = reinterpret_cast<Bits>(((Bits{} + static_cast<Bit>(bits)) & bit) == bit);
      part[i] = reinterpret_cast<Part>(reinterpret_cast<Bits>(part[i]) & mask);
    }
  }
  /// The bits of the lanes that are not 0; no lane is below 0.
  [[gnu::always_inline]] std::uint32_t nonzero() const {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < parts; ++i) bits |= nonzero_of(part[i]) << (i * in_part);
    return bits;
  }
  /// Lane by lane the greater one.
  [[gnu::always_inline]] void raise_to(const BatchLine& other) {
    for (std::size_t i = 0; i < parts; ++i) part[i] = part[i] > other.part[i] ? part[i] : other.part[i];
  }
  /// The lanes in a fixed order, the same for every width: neighbours first.
  [[gnu::always_inline]] double sum() const {
    T lane[N];
    put(lane);
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
  }

 private:
  using Bit = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
  typedef Bit Bits __attribute__((vector_size(width)));
  static constexpr Bit lane_bit[16] = {1,   2,   4,    8,    16,   32,   64,    128,
                                       256, 512, 1024, 2048, 4096, 8192, 16384, 32768};

  [[gnu::always_inline]] static std::uint32_t nonzero_of(Part lanes) {
#if ENTENTE_ISA_LEVEL == 2
    const auto bits = reinterpret_cast<__m512i>(lanes);
    if constexpr (sizeof(T) == 8) return static_cast<std::uint32_t>(_mm512_test_epi64_mask(bits, bits));
    else return static_cast<std::uint32_t>(_mm512_test_epi32_mask(bits, bits));
#elif ENTENTE_ISA_LEVEL == 1
    const auto set = lanes > Part{};
    if constexpr (sizeof(T) == 8) return static_cast<std::uint32_t>(_mm256_movemask_pd(reinterpret_cast<__m256d>(set)));
    else return static_cast<std::uint32_t>(_mm256_movemask_ps(reinterpret_cast<__m256>(set)));
#else
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < in_part; ++j) bits |= static_cast<std::uint32_t>(lanes[j] != 0) << j;
    return bits;
#endif
  }
};

}  // namespace entente::ENTENTE_ISA
