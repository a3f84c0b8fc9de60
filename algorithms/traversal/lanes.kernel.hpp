// Breadth-first search in 512 bit lanes; compiled for each instruction set.

namespace entente::ENTENTE_ISA {

/// The new sources of a node: what they add to its sums, or to the binary counters of their lanes.
[[gnu::always_inline]] inline void lane_arrival(const LaneStep& step, std::size_t v, simd::U64x8 fresh) {
  if (step.planes) {
    for (simd::U64x8* plane = step.planes; any(fresh); ++plane) {
      const simd::U64x8 carry = *plane & fresh;
      *plane ^= fresh;
      fresh = carry;
    }
    return;
  }
  const std::uint64_t count = popcount(fresh);
  if (step.inverses) {
    step.inverses[v] += static_cast<InverseSum>(step.inverse_of_level) * count;
  } else {
    step.hops[v] += count * step.level;
    step.reached[v] += static_cast<std::uint32_t>(count);
  }
}

/// Each node of the words [first_word, last_word) that lacks a source looks along its arcs for nodes of the
/// level, until it lacks none.
inline void lane_pull(const LaneStep& step, std::size_t first_word, std::size_t last_word, LaneLevel& next) {
  const simd::U64x8 all = *step.all;
  for (std::size_t w = first_word; w < last_word; ++w) {
    std::uint64_t met = 0, full = 0;
    for (std::uint64_t open = step.open[w]; open != 0; open &= open - 1) {
      const std::size_t v = w * 64 + static_cast<std::size_t>(std::countr_zero(open));
      const simd::U64x8 seen = step.seen[v];
      simd::U64x8 now = seen;
      const std::uint64_t end = step.pull_begin[v + 1];
      for (std::uint64_t a = step.pull_begin[v]; a < end; ++a) {
        __builtin_prefetch(step.line + step.pull_node[std::min(a + lane_look_ahead, step.last_arc)]);
        const std::uint32_t u = step.pull_node[a];
        if (!(step.level_bits[u / 64] >> (u % 64) & 1)) continue;
        now |= step.line[u];
        if (!any(all & ~now)) break;
      }
      const simd::U64x8 fresh = now & ~seen;
      if (!any(fresh)) continue;
      const std::uint64_t bit = open & -open;
      met |= bit;
      if (!any(all & ~now)) full |= bit;
      step.seen[v] = now;
      step.next_line[v] = fresh;
      next.arcs += step.push_begin[v + 1] - step.push_begin[v];
      lane_arrival(step, v, fresh);
    }
    step.next_bits[w] = met;
    step.open[w] &= ~full;
    next.nodes += static_cast<std::size_t>(std::popcount(met));
  }
}

/// The nodes of the level in the words [first_word, last_word) pass their sources on to the nodes that lack some.
inline void lane_push(const LaneStep& step, std::size_t first_word, std::size_t last_word) {
  for (std::size_t w = first_word; w < last_word; ++w) {
    for (std::uint64_t level = step.level_bits[w]; level != 0; level &= level - 1) {
      const std::size_t u = w * 64 + static_cast<std::size_t>(std::countr_zero(level));
      const simd::U64x8 line = step.line[u];
      const std::uint64_t end = step.push_begin[u + 1];
      for (std::uint64_t a = step.push_begin[u]; a < end; ++a) {
        __builtin_prefetch(step.seen + step.push_node[std::min(a + lane_look_ahead, step.last_arc)]);
        const std::uint32_t v = step.push_node[a];
        const std::uint64_t bit = std::uint64_t{1} << (v % 64);
        if (!(step.open[v / 64] & bit)) continue;
        const simd::U64x8 fresh = line & ~step.seen[v];
        if (!any(fresh)) continue;
        std::uint64_t& met = step.next_bits[v / 64];
        if (met & bit) step.next_line[v] |= fresh;
        else step.next_line[v] = fresh;
        met |= bit;
      }
    }
  }
}

/// After a push: the nodes met in the words [first_word, last_word) are the next level.
inline void lane_settle(const LaneStep& step, std::size_t first_word, std::size_t last_word, LaneLevel& next) {
  const simd::U64x8 all = *step.all;
  for (std::size_t w = first_word; w < last_word; ++w) {
    std::uint64_t full = 0;
    for (std::uint64_t met = step.next_bits[w]; met != 0; met &= met - 1) {
      const std::size_t v = w * 64 + static_cast<std::size_t>(std::countr_zero(met));
      const simd::U64x8 fresh = step.next_line[v];
      const simd::U64x8 now = step.seen[v] | fresh;
      step.seen[v] = now;
      if (!any(all & ~now)) full |= met & -met;
      next.arcs += step.push_begin[v + 1] - step.push_begin[v];
      lane_arrival(step, v, fresh);
    }
    step.open[w] &= ~full;
    next.nodes += static_cast<std::size_t>(std::popcount(step.next_bits[w]));
  }
}

}  // namespace entente::ENTENTE_ISA
