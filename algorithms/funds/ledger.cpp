#include "algorithms/funds/ledger.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "algorithms/centrality/input.hpp"
#include "algorithms/flow/capacity.hpp"

namespace entente {

namespace {

__extension__ using LedgerSum = __int128;

std::string ledger_count(std::int64_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace

Result<FundsLedger> money_ledger(const Graph& graph, const EdgeColumn<std::int64_t>& units,
                            const EdgeColumn<std::uint8_t>* stated) {
  const std::size_t n = graph.node_count(), m = graph.edge_count();
  if (units.size() != m || (stated && stated->size() != m)) {
    return fail(ErrorCode::bad_argument, "A column of amounts has another number of values than the " +
                                             std::to_string(m) + " edges.");
  }
  LedgerSum sum = 0;
  for (const EdgeId edge : graph.edges()) {
    if (units[edge] < 0) {
      return fail(ErrorCode::bad_argument, "edge " + std::to_string(edge.index) + " has the amount " +
                                               std::to_string(units[edge]) +
                                               "; a gift must be at least 0. Turn the edge around or leave it out.");
    }
    sum += units[edge];
  }
  if (sum > std::numeric_limits<std::int64_t>::max()) {
    return fail(ErrorCode::overflow, "All amounts together exceed 64 bits. Use fewer decimals or a larger unit.");
  }

  FundsLedger ledger;
  ledger.received = ledger.given = ledger.spent = NodeColumn<std::int64_t>(n);
  ledger.ties_in = ledger.ties_out = ledger.loops = NodeColumn<FundsLedger::Count>(n);
  using Mutual = FlowCapacities::Mutual;
  const Mutual which = mutual_among(graph);
  const EdgeColumn<std::uint8_t> mutual_edge = which == Mutual::some ? mutual_edges(graph) : EdgeColumn<std::uint8_t>();
  for (const EdgeId edge : graph.edges()) {
    const auto [giver, taker] = graph.ends(edge);
    const bool loop = giver == taker;
    if (!loop && (which == Mutual::all || (which == Mutual::some && mutual_edge[edge] != 0))) {
      ++ledger.mutual;
      continue;
    }
    const bool known = !stated || (*stated)[edge] != 0;
    const auto count = [known](FundsLedger::Count& ties) { ++(known ? ties.stated : ties.unknown); };
    count(loop ? ledger.loops[giver] : ledger.ties_out[giver]);
    if (!loop) count(ledger.ties_in[taker]);
    if (!known) {
      ++ledger.unknown;
      continue;
    }
    const Gift gift{giver, taker, edge, units[edge]};
    if (loop) {
      ledger.spent[giver] += gift.units;
      ledger.spending += gift.units;
      ledger.spendings.push_back(gift);
    } else {
      ledger.given[giver] += gift.units;
      ledger.received[taker] += gift.units;
      ledger.total += gift.units;
      ledger.gifts.push_back(gift);
    }
  }
  return ledger;
}

Result<FundsLedger> money_ledger(const Problem& problem) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  if (!problem.money) return fail(ErrorCode::bad_argument, "An account of funds needs an amount on each tie.");
  return money_ledger(**graph, problem.money->units, problem.stated);
}

std::vector<std::string> ledger_notes(const FundsLedger& ledger) {
  std::vector<std::string> notes;
  if (ledger.unknown > 0) {
    notes.push_back(ledger_count(ledger.unknown, "tie states", "ties state") +
                    " no amount: what is received, given and spent is at least what is shown; unknown is not zero.");
  }
  if (ledger.mutual > 0) {
    notes.push_back(ledger_count(ledger.mutual, "tie has", "ties have") +
                    " no direction and so no giver: left out of the account.");
  }
  if (ledger.gifts.empty()) notes.push_back("No tie with a direction states an amount between two bodies.");
  return notes;
}

GiftRows::GiftRows(const FundsLedger& ledger, Of side) : begin_(ledger.node_count() + 1, 0) {
  const auto row_of = [side](const Gift& gift) { return side == Of::takers ? gift.taker : gift.giver; };
  for (const Gift& gift : ledger.gifts) begin_[row_of(gift).index + 1] += gift.units > 0 ? 1 : 0;
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  std::vector<Entry> all(begin_.back());
  std::vector<std::size_t> next(begin_.begin(), begin_.end() - 1);
  for (const Gift& gift : ledger.gifts) {
    const NodeId row = row_of(gift), other = row == gift.taker ? gift.giver : gift.taker;
    if (gift.units > 0) all[next[row.index]++] = {other, gift.units};
  }
  // Each row in order, gifts of the same two bodies added up, rows moved together as they shrink.
  entries_.reserve(all.size());
  for (std::size_t row = 0, first = 0; row + 1 < begin_.size(); ++row) {
    const std::size_t last = begin_[row + 1], place = entries_.size();
    std::sort(all.begin() + static_cast<std::ptrdiff_t>(first), all.begin() + static_cast<std::ptrdiff_t>(last),
              [](const Entry& a, const Entry& b) { return a.node < b.node; });
    for (; first < last; ++first) {
      if (entries_.size() > place && entries_.back().node == all[first].node) entries_.back().units += all[first].units;
      else entries_.push_back(all[first]);
    }
    begin_[row + 1] = entries_.size();
  }
}

}  // namespace entente
