#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/selection.hpp"

namespace entente {

/// How an agreement of several parties, stated as several ties with one value of `agreement`, is seen.
enum class AgreementsAs {
  stated,  // the ties as the data has them
  clique,  // one tie for each pair of parties
  star,    // one tie from the lead (the source of the first tie) to each other party
  node,    // the agreement as a node of kind agreement, with one tie to each party
};

/// "as-stated" (or empty), "clique", "star", "node". Errors: bad_argument.
Result<AgreementsAs> parse_agreements_view(std::string_view text);

struct AgreementsView {
  NetworkPtr network;
  std::size_t first_agreement_node = 0;  // nodes from here on are agreements
  std::vector<std::string> notes;
};

/// A network in which every agreement is seen in the same way.
///
/// The mutual ties of one agreement and one kind make a unit; its parties are their ends. Directed
/// ties of an agreement (its funding, say) stay as stated, and so does a unit of a single party.
/// A new tie has the agreement and kind of the unit. A pair that the data ties directly keeps the columns
/// and evidence of its first tie and the evidence of the others; a pair that it does not carries the
/// status, dates and further columns that all ties of the unit share, and the evidence of the ties
/// that its two parties have in it (likewise the ties of an agreement node).
///
/// Money is counted once: an amount that all ties of the unit repeat, or that only one states, is the
/// agreement's, and stands on the unit's first tie. A unit whose ties state different amounts, or
/// where some state one and some do not, stays as stated. The notes count both.
///
/// Cost     O(n + m + ties made).
/// Errors   bad_argument: more than 50 million pairs for a clique.
Result<AgreementsView> view_agreements(const NetworkPtr& network, AgreementsAs as);

}  // namespace entente
