#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/network.hpp"
#include "engine/selection.hpp"

namespace entente {

/// The further columns of ties that say who reports a payment and in which activity; a name that the network lacks
/// means that nothing is said.
struct ReportColumns {
  std::string reporter = "reporter";                      // the id or the name of the body that says so
  std::string activity = "activity";                      // the reporter's own id of what the payment belongs to
  std::string provider_activity = "provider_activity";    // the giver's, as the reporter knows it
  std::string receiver_activity = "receiver_activity";    // the taker's
  std::string parent_activity = "parent_activity";        // the activity that `activity` is a part of
};

/// One body's word about one payment: a tie that names its reporter.
struct Report {
  enum class Side : std::uint8_t { giver, taker, other };

  EdgeId tie;
  Side side = Side::other;       // the reporter is the tie's source, its target, or neither
  std::string reporter;          // as the cell says
  std::string activity, provider_activity, receiver_activity, parent_activity;
  std::string stage;             // of the money: "disbursement"; or the kind of the tie where it names none
  std::optional<Money> amount;   // what is left of it, once parts reported elsewhere are taken off
  DayRange days;
};

/// The reports among the ties of a selection, in an order that depends on what they say and not on the order of rows:
/// by source, target, stage, currency, date, amount, activity, id. Ties without a reporter are none.
std::vector<Report> reports_of(const Selection& selection, const ReportColumns& columns);

/// True where some tie of the network names its reporter.
bool has_reports(const Network& network, const ReportColumns& columns = {});

/// Days between two ranges, 0 where they touch or overlap; empty where one of them is not stated.
std::optional<std::int64_t> days_between(const DayRange& a, const DayRange& b);

}  // namespace entente
