// A step of breadth-first search upwards; compiled for each instruction set.

namespace entente::ENTENTE_ISA {

/// Which of 64 nodes is entered from the level by its first arc: a bit each.
[[gnu::always_inline]] inline std::uint64_t entered_by_first_arc(const std::uint32_t* first_in,
                                                                 const std::uint32_t* level) {
  std::uint64_t entered = 0;
#if ENTENTE_ISA_LEVEL == 2
  for (int part = 0; part < 4; ++part) {
    const __m512i from = _mm512_loadu_si512(first_in + 16 * part);
    const __m512i words = _mm512_i32gather_epi32(_mm512_srli_epi32(from, 5), level, 4);
    const __m512i bit = _mm512_sllv_epi32(_mm512_set1_epi32(1), _mm512_and_si512(from, _mm512_set1_epi32(31)));
    entered |= std::uint64_t{_mm512_test_epi32_mask(words, bit)} << (16 * part);
  }
#else
  for (int i = 0; i < 64; ++i) {
    entered |= std::uint64_t{level[first_in[i] / 32] >> (first_in[i] % 32) & 1} << i;
  }
#endif
  return entered;
}

/// Notes that the nodes first + i, for each bit i of `nodes`, are entered by their first arc; returns how
/// many arcs leave them.
[[gnu::always_inline]] inline std::size_t settle_by_first_arc(const BfsStepUp& step, std::size_t first,
                                                              std::uint64_t nodes) {
#if ENTENTE_ISA_LEVEL == 2
  const __m256i hops = _mm256_set1_epi32(static_cast<int>(step.depth));
  __m512i arcs = _mm512_setzero_si512();
  for (std::size_t v = first; nodes != 0; v += 8, nodes >>= 8) {
    const auto here = static_cast<__mmask8>(nodes);
    _mm256_mask_storeu_epi32(step.parent + v, here, _mm256_maskz_loadu_epi32(here, step.first_in + v));
    _mm256_mask_storeu_epi32(step.hops + v, here, hops);
    const __m512i begin = _mm512_maskz_loadu_epi64(here, step.out_begin + v);
    const __m512i end = _mm512_maskz_loadu_epi64(here, step.out_begin + v + 1);
    arcs = _mm512_add_epi64(arcs, _mm512_sub_epi64(end, begin));
  }
  return static_cast<std::size_t>(_mm512_reduce_add_epi64(arcs));
#else
  std::size_t arcs = 0;
  for (; nodes != 0; nodes &= nodes - 1) {
    const std::size_t v = first + static_cast<std::size_t>(std::countr_zero(nodes));
    step.parent[v] = step.first_in[v];
    step.hops[v] = step.depth;
    arcs += step.out_begin[v + 1] - step.out_begin[v];
  }
  return arcs;
#endif
}

/// Looks back at the level from the unsettled nodes of the words [first_word, last_word).
/// Adds to `nodes` and `arcs` the nodes found and the arcs that leave them.
inline void bfs_step_up(const BfsStepUp& step, std::size_t first_word, std::size_t last_word, std::size_t& nodes,
                        std::size_t& arcs) {
  const auto in_level = [&](std::uint32_t u) { return step.level[u / 32] >> (u % 32) & 1; };
  for (std::size_t w = first_word; w < last_word; ++w) {
    const std::uint64_t left = ~step.settled[w];
    step.next[w] = 0;
    if (left == 0) continue;
    const std::uint64_t at_once = left & entered_by_first_arc(step.first_in + w * 64, step.level);
    arcs += settle_by_first_arc(step, w * 64, at_once);
    std::uint64_t found = at_once;
    for (std::uint64_t rest = left & ~at_once; rest != 0; rest &= rest - 1) {
      const std::size_t v = w * 64 + static_cast<std::size_t>(std::countr_zero(rest));
      const std::uint32_t* const end = step.in_node + step.in_begin[v + 1];
      for (const std::uint32_t* u = step.in_node + step.in_begin[v] + 1; u != end; ++u) {
        if (!in_level(*u)) continue;
        step.parent[v] = *u;
        step.hops[v] = step.depth;
        arcs += step.out_begin[v + 1] - step.out_begin[v];
        found |= rest & -rest;
        break;
      }
    }
    step.next[w] = found;
    step.settled[w] |= found;
    nodes += static_cast<std::size_t>(std::popcount(found));
  }
}

}  // namespace entente::ENTENTE_ISA
