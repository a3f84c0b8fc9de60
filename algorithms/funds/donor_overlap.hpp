#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "algorithms/funds/ledger.hpp"
#include "engine/error.hpp"
#include "engine/job.hpp"

namespace entente {

/// Two bodies and the partners that they have in common.
struct Overlap {
  NodeId first, second;     // first < second
  std::int64_t shared = 0;  // partners of both
  std::int64_t either = 0;  // partners of one or both; shared / either is the Jaccard index
  std::int64_t units = 0;   // sum over shared partners of the smaller of the two amounts
};

struct OverlapOptions {
  std::int64_t most_pairs = 100;          // pairs returned
  std::int64_t most_steps = 100'000'000;  // meetings of two bodies at one partner that are looked at
};

struct Overlaps {
  std::vector<Overlap> pairs;  // by falling units, then falling shared, then ids
  bool complete = true;        // every pair with something in common is in `pairs`
  bool certain = true;         // no pair left out has more units than the last one in `pairs`
  std::string completeness;
};

/// The pairs of bodies that depend most on the same donors (rows of takers), or of donors that fund most the same
/// bodies (rows of givers): shared money is what both would lose if each lost the smaller of the two at every partner.
///
/// A pair is met when its poorer body is taken up, bodies in falling order of money: shared money is at most
/// what the poorer has, so nothing is left to find once that falls below the last pair kept.
///
/// Input    rows of one side and those of the other side of the same ledger.
/// Cost     O(sum over partners of their rows squared) at worst, stopped after most_steps; n words of memory.
/// Errors   interrupted.
/// Source   [jaccard1912distribution]
Result<Overlaps> greatest_overlaps(const GiftRows& rows, const GiftRows& others, std::size_t node_count,
                                   const OverlapOptions& options = {}, const Job& job = {});

}  // namespace entente
