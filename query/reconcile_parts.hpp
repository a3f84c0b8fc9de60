#pragma once

#include <optional>
#include <vector>

#include "query/reconcile.hpp"
#include "query/sentences.hpp"

namespace entente {

// The steps of reconcile() that stand for themselves.

/// Takes off each parent activity's reports what its parts report in detail, from the leaves up, per reporter, stage and
/// currency; earlier reports first. Fills covers and lowers Report::amount. Errors: overflow.
Result<void> cover_parents(Reconciliation& found);

/// What stands of each tie of the selection in one version: nothing where it was taken out, or its amount (which may be
/// unknown). In the order of the selection's ties.
struct Standing {
  bool stands = true;
  std::optional<Money> amount;
  std::vector<EdgeId> same_as;  // ties taken out for this one
  std::optional<Money> other_word;  // the other side's sum, of a pair of single reports
};
std::vector<Standing> standing(const Reconciliation& found, ReportVersion version);

/// Errors: overflow.
Result<std::vector<ReconciledTotals>> totals_of(const Reconciliation& found);

}  // namespace entente
