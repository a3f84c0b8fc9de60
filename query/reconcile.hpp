#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/job.hpp"
#include "engine/selection.hpp"
#include "engine/table.hpp"
#include "query/reports.hpp"

namespace entente {

/// Which of two words about the same money stands where they disagree.
enum class ReportVersion { reconciled, low, high };

struct ReconcileOptions {
  ReportColumns columns;
  Report::Side prefer = Report::Side::giver;  // whose report stands in the reconciled version: who paid knows what was paid
  std::int64_t window_days = 60;    // reports further apart than this are never the same money
  std::int64_t tolerance_bp = 100;  // without common activity ids: hundredths of a percent of the larger amount
};

/// The same money, told by giver and taker.
struct ReportPair {
  enum class Reason : std::uint8_t { activity_ids, date_and_amount };

  std::vector<std::size_t> given, taken;  // indices into Reconciliation::reports; one each, or groups that ids connect
  Reason reason = Reason::activity_ids;
  std::optional<Money> given_sum, taken_sum;  // empty where no amount is stated; in different currencies where they are
  std::optional<std::int64_t> days_apart;     // the least among the group
};

/// A parent activity that reports money again which its parts report in detail.
struct ParentCover {
  std::size_t report = 0;        // the parent's report
  Money stated, removed, left;   // stated = removed + left
  std::vector<std::string> parts;  // the activities below it
};

/// What one currency adds up to, at one stage of the money: a commitment and its disbursement are no one sum.
/// Exact: gross = net + removed_pairs + removed_parents.
struct ReconciledTotals {
  Currency currency;
  std::string stage;      // see money_stage(); empty where kinds name none
  Money gross;            // everything reported, and all ties without a reporter
  Money removed_parents;  // reported again in the parts
  Money removed_pairs;    // the second word about money that is counted once
  Money net;              // what is left
  Money paired;           // of the net: what giver and taker both report
  Money unreconciled;     // of the net: reports without a partner between two bodies of which both report
  Money low, high;        // the net, where the lower and where the higher word always holds
};

struct Reconciliation {
  NetworkPtr network;
  std::vector<Report> reports;
  std::vector<ReportPair> pairs;
  std::vector<ParentCover> covers;
  std::vector<std::size_t> unreconciled;       // indices into reports
  std::vector<std::string> why_unreconciled;   // one for each
  std::vector<ReconciledTotals> totals;        // by currency code and stage
  std::size_t unknown = 0;                     // ties of no stated amount: no sum holds them
  std::vector<std::string> notes;
  Selection selection;
  ReconcileOptions options;
};

/// Finds the money that is reported more than once among the ties of a selection.
///
/// First the parents: where one reporter states an activity's money and again that of its parts, the parts stand, and of
/// the parent only what they leave open. Then giver and taker, between the same two bodies, in the same stage of the
/// same money and in the same currency (activity ids also across currencies): reports that activity ids connect and whose
/// dates lie within the window, one to one by the nearest amounts and dates where these agree within the tolerance, the
/// rest of them as groups, sum against sum; then reports without common ids, one to one, if dates and amounts both fit.
/// Each matching is one of most pairs and least differences.
///
/// What fits nothing stays in the sum: nothing is taken for the same by guess. Where both bodies report and some of it
/// has no partner, that is `unreconciled`, and the low version counts only the larger side of it.
///
/// Cost     O(r log r) for r reports and, in each block of k reports between two bodies, that of match().
/// Errors   overflow: more than 64 bits of one currency. interrupted.
/// Source   The double counting of givers' and takers' reports in open aid data, and of parents and children in it.
Result<Reconciliation> reconcile(const Selection& selection, const ReconcileOptions& options = {}, const Job& job = {});

/// The network with each payment once: second words and what parents repeat are taken out, their evidence goes to the tie
/// that stands. New columns: `reported_by`, `same_as` (ids of the ties taken out), `amount_low`, `amount_high` (of a
/// pair), `amount_stated` (of a parent that is cut down).
/// Errors: those of the builder.
Result<NetworkPtr> reconciled_network(const Reconciliation& found, ReportVersion version = ReportVersion::reconciled);

/// Totals by currency, pairs with why, parents, and what found no partner.
std::vector<Table> reconciliation_tables(const Reconciliation& found);

}  // namespace entente
