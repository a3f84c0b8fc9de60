#pragma once

#include <string>
#include <string_view>

#include "engine/selection.hpp"

namespace entente {

/// KIND, KIND:count, KIND:newman or KIND:binary.
struct Projection {
  enum class Weight {
    count,   // how many nodes of the kind two neighbours share
    newman,  // sum of 1 / (d - 1) over the shared nodes, d = how many neighbours each has
    binary,  // 1
  };
  std::string kind;
  Weight weight = Weight::count;
};

/// Errors: bad_argument (no kind, or another word after the colon).
Result<Projection> parse_projection(std::string_view text);

/// Replaces the nodes of a kind (its children included) by ties among their neighbours.
///
/// Two nodes u, v that are both tied to nodes k of the kind get one mutual tie of kind
/// "shared.KIND", with two columns: `weight`,
///
///     count  | S |        newman  sum over k in S of 1 / (d(k) - 1)        binary  1
///
/// where S holds the nodes of the kind next to both, and d(k) counts the distinct neighbours of k
/// that stay; and `through`, the keys of S joined by "; ". Direction and parallel ties do not count.
/// With newman, the weights of a node's ties sum to the number of nodes of the kind that it shares
/// with anybody. The tie carries the evidence of all ties between u, v and S, and their status, start
/// and end where all of them state the same. Ties of S carry amounts to no pair in particular, so
/// amounts on them are left out, and the notes say how many. All other ties stay as they are.
///
/// Cost     O(n + m + P log P) time, P = sum of d(k)^2 / 2; O(n + m + result) memory.
/// Errors   bad_argument: no such kind in the network; P above 50 million.
/// Source   newman: [newman2001scientific].
Result<Selection> project(const Selection& selection, const Projection& projection);

}  // namespace entente
