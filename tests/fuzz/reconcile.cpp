#include <set>

#include "query/reconcile.hpp"
#include "reader.hpp"

// A CSV file of payments with reporter, activity, provider_activity, receiver_activity and parent_activity: activities
// that are their own parents, reports about themselves, ids that connect everything. No money is lost: gross = net +
// removed, and what is counted once is a network.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  ReadOptions lenient;
  lenient.lenient = true;
  const auto read = try_read_bytes("payments.csv", fuzz::text_of(data, size), lenient);
  if (read.error) return 0;
  const auto found = reconcile(whole(read.network));
  if (!found) {
    fuzz::require(!found.error().what.empty());
    return 0;
  }
  for (const ReconciledTotals& total : found->totals) {
    const auto removed = add(total.removed_parents, total.removed_pairs);
    const auto sum = removed ? add(total.net, *removed) : removed;
    fuzz::require(sum && *sum == total.gross && total.low.units >= 0 && total.high.units >= 0);
  }
  std::set<std::size_t> paired;
  for (const ReportPair& pair : found->pairs) {
    for (const auto* side : {&pair.given, &pair.taken}) {
      for (const std::size_t report : *side) fuzz::require(report < found->reports.size() && paired.insert(report).second);
    }
  }
  for (const ReportVersion version : {ReportVersion::reconciled, ReportVersion::low, ReportVersion::high}) {
    const auto once = reconciled_network(*found, version);
    fuzz::require(once ? (*once)->edge_count() <= read.network->edge_count() : !once.error().what.empty());
  }
  fuzz::require(!reconciliation_tables(*found).empty());
  return 0;
}
