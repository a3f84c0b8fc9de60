// Counts triangles; compiled for each instruction set, see engine/simd.hpp.

namespace entente::ENTENTE_ISA {

/// How often each of the 512 hubs was hit by one of the lines added: bit p of the number of hub h is bit h
/// of plane p. Adding a line is four half adders; what overflows them goes to planes that are rarely needed.
struct HubCounter {
  U64x8 plane[32];
  int planes = 4;

  [[gnu::always_inline]] inline void clear() {
    for (int p = 0; p < 4; ++p) plane[p] = U64x8{};
    planes = 4;
  }
  [[gnu::always_inline]] inline void add(U64x8 carry) {
    for (int p = 0; p < 4; ++p) {
      const U64x8 both = plane[p] & carry;
      plane[p] ^= carry;
      carry = both;
    }
    if (any(carry)) [[unlikely]] overflow(carry);
  }
  [[gnu::noinline]] void overflow(const U64x8& line) {
    U64x8 carry = line;
    for (int p = 4; any(carry); ++p) {
      if (p == planes) plane[planes++] = U64x8{};
      const U64x8 both = plane[p] & carry;
      plane[p] ^= carry;
      carry = both;
    }
  }
  std::uint64_t of(std::uint32_t hub) const {
    std::uint64_t count = 0;
    for (int p = 0; p < planes; ++p) count |= (plane[p][hub / 64] >> hub % 64 & 1) << p;
    return count;
  }
};

/// How many of the nodes first … last - 1 are marked; each of them is one corner more.
[[gnu::always_inline]] inline std::uint64_t count_marked(const std::uint32_t* first, const std::uint32_t* last,
                                                         const std::uint32_t* mark, std::uint64_t* corner) {
  std::uint64_t count = 0;
#if ENTENTE_ISA_LEVEL == 2
  for (; first < last; first += 16) {
    const U32x16 node = load<U32x16>(first);
    const U32x16 bit = gather(mark, node >> 5) >> (node & 31) & 1;
    const auto lanes = reinterpret_cast<__m512i>(bit);
    auto hits = static_cast<std::uint32_t>(_mm512_test_epi32_mask(lanes, lanes));
    if (last - first < 16) hits &= (1u << (last - first)) - 1;
    count += static_cast<std::uint64_t>(std::popcount(hits));
    for (; hits != 0; hits &= hits - 1) ++corner[first[std::countr_zero(hits)]];
  }
#else
  for (; first < last; ++first) {
    const std::uint32_t hit = mark[*first / 32] >> *first % 32 & 1;
    corner[*first] += hit;
    count += hit;
  }
#endif
  return count;
}

/// The triangles whose corner of greatest rank is in [first, last): adds 1 to each of their three corners.
/// `mark` has a bit per node, all 0 before and after.
inline void count_triangles(const LowerRows& rows, std::uint32_t first, std::uint32_t last, std::uint32_t* mark,
                            std::uint64_t* corner) {
  HubCounter hub_counter;
  for (std::uint32_t u = first; u < last; ++u) {
    const auto row = rows[u];
    if (row.size() < 2) continue;
    for (const std::uint32_t v : row) mark[v / 32] |= 1u << v % 32;
    const U64x8 hubs_of_u = load<U64x8>(mark);
    const std::size_t hub_count = popcount(hubs_of_u);
    hub_counter.clear();

    // The third corner w is below v: with v the i-th partner, one of the i before it.
    std::uint64_t at_u = 0;
    for (std::size_t i = 1; i < row.size(); ++i) {
      const std::uint32_t* ahead = row.data() + i;  // the rows that come next are those of the numbers that follow
      __builtin_prefetch(&rows.begin[ahead[16]]);
      __builtin_prefetch(rows.node.data() + rows.begin[ahead[8]]);
      const std::uint32_t v = row[i];
      const std::uint32_t* w = rows.node.data() + rows.begin[v];
      const std::uint32_t* end = rows.node.data() + rows.begin[v + 1];
      std::uint64_t at_v = 0;
      if (v < LowerRows::lines) {
        const U64x8 hits = hubs_of_u & rows.hub_line[v];
        at_v = popcount(hits);
        hub_counter.add(hits);
        w += rows.hub_count[v];
        if (i <= hub_count) end = w;
      }
      at_v += count_marked(w, end, mark, corner);
      corner[v] += at_v;
      at_u += at_v;
    }
    corner[u] += at_u;
    for (const std::uint32_t w : row.first(hub_count)) corner[w] += hub_counter.of(w);
    for (const std::uint32_t v : row) mark[v / 32] = 0;
  }
}

}  // namespace entente::ENTENTE_ISA
