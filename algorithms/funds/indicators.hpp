#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "algorithms/card.hpp"
#include "algorithms/funds/ledger.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"

namespace entente {

/// How a sum is divided among those it comes from or goes to. Empty shares: there is no sum to divide.
struct Division {
  std::int64_t parts = 0;                 // distinct bodies with more than nothing
  std::optional<NodeId> largest;          // the one with the largest part; ties: the lowest id
  std::int64_t largest_units = 0;
  std::optional<double> largest_share;    // of the whole
  std::optional<double> herfindahl;       // sum of squared shares: 1/parts where all are equal, 1 for a single one
  std::optional<double> gini;             // 0 where all parts are equal, towards 1 - 1/parts where one has all
};

/// The account of every body, in units of the money column.
///
///     received + own = given + kept              to the unit, for each body
///     own  = max(0, given + spent - received)    money it brought in beyond what it received
///     kept = spent + max(0, received - given - spent)
///     passed_on = min(received, given)           share of received: pass-through; the rest of it: retention
///     net = received - given
///
/// What a body received is taken to be used first, before money of its own, so own is the least that it must have
/// brought. Amounts are sums over what is stated: with unknown ties they are lower bounds.
struct Indicators {
  NodeColumn<std::int64_t> received, own, given, kept, spent, passed_on, net;
  NodeColumn<Division> donors;      // of what a body received
  NodeColumn<Division> recipients;  // of what it gave
  std::int64_t total = 0;           // received by all = given by all
  std::int64_t own_total = 0, kept_total = 0, spent_total = 0, passed_on_total = 0;
  std::int64_t largest_donor_total = 0;  // what bodies receive from their largest donor
  std::int64_t returned = 0;  // money matched by money the other way between the same two bodies
  Division givers, takers;    // of all money, among the bodies that give and that receive
};

/// Cost O(n + m log m). All sums are exact; shares are quotients of exact whole numbers.
/// Source [hirschman1964paternity] for the sum of squared shares, [gini1921measurement]; the identity is that of an account.
Indicators fund_indicators(const FundsLedger& ledger);

/// The division of one sum; entries with more than 0 units, any order.
Division division_of(std::span<const GiftRows::Entry> parts);

Card indicators_card();

}  // namespace entente
