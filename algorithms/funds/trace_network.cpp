#include "algorithms/funds/trace_network.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "algorithms/flow/capacity.hpp"

namespace entente {

namespace {

__extension__ using Int128 = __int128;

constexpr Int128 most_funds = std::numeric_limits<std::int64_t>::max();

Result<void> check_funds_columns(const Graph& graph, const EdgeColumn<std::int64_t>& amount,
                                 const EdgeColumn<std::uint8_t>* stated, const EdgeColumn<DayRange>* days) {
  const std::size_t m = graph.edge_count();
  if (amount.size() != m || (stated && stated->size() != m) || (days && days->size() != m)) {
    return fail(ErrorCode::bad_argument, "Amounts, their statement and days need one value for each tie.");
  }
  for (const EdgeId edge : graph.edges()) {
    if (amount[edge] < 0) {
      return fail(ErrorCode::bad_argument, "edge " + std::to_string(edge.index) + " has the amount " +
                                               std::to_string(amount[edge]) +
                                               "; turn it around, for money is traced along what was paid.");
    }
  }
  return {};
}

Result<void> check_funds_sums(const Payments& payments) {
  std::vector<Int128> given(payments.bodies), taken(payments.bodies);
  Int128 put_in = 0;
  for (const auto& [payer, taker, amount, edge] : payments.paid) {
    given[payer.index] += amount;
    taken[taker.index] += amount;
    if (payments.source[payer]) put_in += amount;
  }
  for (std::size_t v = 0; v < payments.bodies; ++v) {
    if (std::max(given[v], taken[v]) > most_funds) {
      return fail(ErrorCode::overflow, "The payments of node " + std::to_string(v) +
                                           " and what it spends add up to more than 64 bits hold. Use fewer decimals.");
    }
  }
  if (put_in > most_funds) {
    return fail(ErrorCode::overflow, "The sources together give more than 64 bits hold. Use fewer decimals.");
  }
  return {};
}

/// Fills the rows and the money put in; where nobody said what can be kept, also what each place handles and keeps.
FundsNetwork with_rows(FundsNetwork network) {
  const std::size_t places = network.places();
  auto& moves = network.moves;
  network.in_begin.assign(places + 1, 0);
  network.out_begin.assign(places + 2, 0);
  for (const auto& move : moves) ++network.in_begin[move.head + 1];
  for (std::size_t v = 0; v < places; ++v) network.in_begin[v + 1] += network.in_begin[v];
  std::vector<FundsNetwork::Move> by_head(moves.size());
  std::vector<std::size_t> next(network.in_begin.begin(), network.in_begin.end() - 1);
  for (const auto& move : moves) by_head[next[move.head]++] = move;
  moves = std::move(by_head);

  for (const auto& move : moves) ++network.out_begin[move.tail + 1];
  for (std::size_t v = 0; v <= places; ++v) network.out_begin[v + 1] += network.out_begin[v];
  next.assign(network.out_begin.begin(), network.out_begin.end() - 1);
  network.out.resize(moves.size());
  for (std::uint32_t i = 0; i < moves.size(); ++i) network.out[next[moves[i].tail]++] = i;

  for (std::size_t k = network.out_begin[places]; k < network.out_begin[places + 1]; ++k) {
    network.put_in += moves[network.out[k]].amount;
  }
  if (!network.kept.empty()) return network;
  std::vector<std::int64_t> passed(places + 1);
  network.handled.assign(places, 0);
  network.kept.assign(places, 0);
  for (const auto& move : moves) {
    network.handled[move.head] += move.amount;
    passed[move.tail] += move.amount;
  }
  for (std::size_t v = 0; v < places; ++v) {
    network.handled[v] = std::max(network.handled[v], passed[v]);
    network.kept[v] = network.handled[v] - passed[v];
  }
  return network;
}

}  // namespace

Result<Payments> payments_from(const Graph& graph, const EdgeColumn<std::int64_t>& amount,
                               const EdgeColumn<std::uint8_t>* stated, const EdgeColumn<DayRange>* days,
                               std::span<const NodeId> from) {
  if (auto fine = check_funds_columns(graph, amount, stated, days); !fine) return tl::unexpected(fine.error());
  if (from.empty()) return fail(ErrorCode::bad_argument, "Name at least one body whose money is to be traced.");
  Payments payments;
  payments.bodies = graph.node_count();
  payments.days = days;
  payments.source = NodeColumn<std::uint8_t>(graph.node_count());
  for (const NodeId v : from) {
    if (v.index >= graph.node_count()) {
      return fail(ErrorCode::bad_argument, "node " + std::to_string(v.index) + " is not one of the graph's.");
    }
    payments.source[v] = 1;
  }
  const auto kind = mutual_among(graph);
  const EdgeColumn<std::uint8_t> both_ways =
      kind == FlowCapacities::Mutual::none ? EdgeColumn<std::uint8_t>(graph.edge_count()) : mutual_edges(graph);
  std::size_t one_way = 0;
  for (const EdgeId edge : graph.edges()) {
    const auto [payer, taker] = graph.ends(edge);
    if (both_ways[edge]) {
      ++payments.mutual;
      continue;
    }
    if (payer != taker) ++one_way;
    if (payments.source[payer] && payments.source[taker]) continue;
    if (stated && !(*stated)[edge]) {
      payments.unknown.push_back(edge);
    } else if (amount[edge] > 0) {
      payments.paid.push_back({payer, taker, amount[edge], edge});
      if (!days) continue;
      const DayRange& range = (*days)[edge];
      if (range.earliest > range.latest) {
        return fail(ErrorCode::bad_argument, "edge " + std::to_string(edge.index) + " ends before it begins.");
      }
      if (!range.stated) ++payments.undated;
      else if (range.earliest < range.latest) ++payments.imprecise;
    }
  }
  if (payments.mutual > 0 && one_way == 0) {
    return fail(ErrorCode::bad_argument,
                "No tie of this network has a direction, so nothing says who paid whom; money cannot be traced.");
  }
  if (auto fine = check_funds_sums(payments); !fine) return tl::unexpected(fine.error());
  return payments;
}

namespace {

/// With moves that stand as payments do, but for these ends: adds the places at which bodies spend, and then, for it
/// comes after all places, the origin.
void add_spending_and_origin(FundsNetwork& network, const Payments& payments) {
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  NodeColumn<std::uint32_t> spending(payments.bodies, none);
  network.first_spending = static_cast<std::uint32_t>(network.places());
  for (std::size_t i = 0; i < payments.paid.size(); ++i) {
    if (!payments.paid[i].spent()) continue;
    const NodeId body = payments.paid[i].payer;
    if (spending[body] == none) {
      spending[body] = static_cast<std::uint32_t>(network.places());
      network.body.push_back(body);
    }
    network.moves[i].head = spending[body];
  }
  for (std::size_t i = 0; i < payments.paid.size(); ++i) {
    if (payments.source[payments.paid[i].payer]) network.moves[i].tail = network.origin();
  }
}

}  // namespace

FundsNetwork undated_network(const Payments& payments) {
  FundsNetwork network;
  for (const NodeId v : ids_below<NodeId>(payments.bodies)) network.body.push_back(v);
  network.moves.reserve(payments.paid.size());
  for (const auto& [payer, taker, amount, edge] : payments.paid) {
    network.moves.push_back({payer.index, taker.index, amount, edge});
  }
  add_spending_and_origin(network, payments);
  return with_rows(std::move(network));
}

namespace {

/// The days on which a payment leaves its payer and reaches its taker.
struct PaymentDays {
  Day leaves, reaches;
};

/// Places and the moves of payments; nothing is held yet.
template <class DaysOf>
FundsNetwork places_and_payments(const Payments& payments, DaysOf&& days_of) {
  struct Visit {
    std::uint64_t body_and_day;
    std::uint64_t end;  // twice the payment, and 1 more for its taker
    auto operator<=>(const Visit&) const = default;
  };
  const auto key = [](NodeId body, Day day) {
    return std::uint64_t{body.index} << 32 | (static_cast<std::uint32_t>(day) ^ 0x80000000u);
  };
  std::vector<Visit> visits;
  visits.reserve(2 * payments.paid.size());
  for (std::uint64_t i = 0; i < payments.paid.size(); ++i) {
    const auto& [payer, taker, amount, edge] = payments.paid[i];
    const PaymentDays days = days_of(edge);
    if (!payments.source[payer]) visits.push_back({key(payer, days.leaves), 2 * i});
    if (payer == taker) continue;
    visits.push_back({key(taker, payments.source[taker] ? end_of_time : days.reaches), 2 * i + 1});
  }
  std::ranges::sort(visits);
  FundsNetwork network;
  network.moves.resize(payments.paid.size());
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (i == 0 || visits[i].body_and_day != visits[i - 1].body_and_day) {
      network.body.push_back(NodeId{static_cast<std::uint32_t>(visits[i].body_and_day >> 32)});
    }
    auto& move = network.moves[visits[i].end / 2];
    (visits[i].end % 2 ? move.head : move.tail) = static_cast<std::uint32_t>(network.body.size() - 1);
  }
  for (std::size_t i = 0; i < payments.paid.size(); ++i) {
    network.moves[i].amount = payments.paid[i].amount;
    network.moves[i].edge = payments.paid[i].edge;
  }
  add_spending_and_origin(network, payments);
  return network;
}

struct PlaceSums {
  std::vector<std::int64_t> received, passed;
};

PlaceSums place_sums(const FundsNetwork& network) {
  PlaceSums sums{std::vector<std::int64_t>(network.places()), std::vector<std::int64_t>(network.places() + 1)};
  for (const auto& move : network.moves) {
    sums.received[move.head] += move.amount;
    sums.passed[move.tail] += move.amount;
  }
  return sums;
}

bool same_body_goes_on(const FundsNetwork& network, std::size_t place) {
  return place + 1 < network.first_spending && network.body[place + 1] == network.body[place];
}

void hold_until_next(FundsNetwork& network, std::size_t place, std::int64_t amount) {
  const auto v = static_cast<std::uint32_t>(place);
  if (amount > 0) network.moves.push_back({v, v + 1, amount, no_tie});
}

/// The most that any reading of the days leaves with each body unspent: it pays as early and is paid as late as can be.
std::vector<std::int64_t> most_kept(const Payments& payments) {
  struct Event {
    NodeId body;
    Day day;
    bool pays;  // on one day a body is paid first
    std::int64_t amount;
    auto operator<=>(const Event&) const = default;
  };
  std::vector<Event> events;
  events.reserve(2 * payments.paid.size());
  for (const auto& [payer, taker, amount, edge] : payments.paid) {
    const DayRange& range = (*payments.days)[edge];
    if (!payments.source[payer]) events.push_back({payer, range.earliest, true, amount});
    if (payer != taker) events.push_back({taker, range.latest, false, amount});
  }
  std::ranges::sort(events);
  std::vector<std::int64_t> held(payments.bodies);
  for (const auto& [body, day, pays, amount] : events) {
    auto& pot = held[body.index];
    pot = pays ? std::max<std::int64_t>(0, pot - amount) : pot + amount;
  }
  return held;
}

}  // namespace

FundsNetwork dated_network(const Payments& payments, Reading reading) {
  FundsNetwork network = places_and_payments(payments, [&](EdgeId edge) {
    const DayRange& range = (*payments.days)[edge];
    const Day day = reading == Reading::latest ? range.latest : range.earliest;
    return PaymentDays{day, day};
  });
  const auto [received, passed] = place_sums(network);
  std::int64_t pot = 0;
  for (std::size_t v = 0; v < network.first_spending; ++v) {
    pot = std::max<std::int64_t>(0, pot + received[v] - passed[v]);
    if (same_body_goes_on(network, v)) hold_until_next(network, v, pot);
    else pot = 0;
  }
  return with_rows(std::move(network));
}

FundsNetwork widest_network(const Payments& payments) {
  FundsNetwork network = places_and_payments(payments, [&](EdgeId edge) {
    const DayRange& range = (*payments.days)[edge];
    return PaymentDays{range.latest, range.earliest};
  });
  const std::vector<std::int64_t> received = place_sums(network).received;
  const std::vector<std::int64_t> most = most_kept(payments);
  network.kept.assign(network.places(), 0);
  std::int64_t so_far = 0;
  for (std::size_t v = network.first_spending; v < network.places(); ++v) network.kept[v] = received[v];
  for (std::size_t v = 0; v < network.first_spending; ++v) {
    so_far += received[v];
    if (same_body_goes_on(network, v)) {
      hold_until_next(network, v, so_far);
    } else {
      network.kept[v] = most[network.body[v].index];
      so_far = 0;
    }
  }
  return with_rows(std::move(network));
}

Result<Carriage> carriage_of(const FundsNetwork& network, const EdgeColumn<std::int64_t>& carried) {
  Carriage carriage{std::vector<std::int64_t>(network.moves.size()), std::vector<std::int64_t>(network.places())};
  const auto wrong = [&](std::size_t place, const char* what) {
    return fail(ErrorCode::bad_argument,
                "The money does not add up at node " + std::to_string(network.body[place].index) + ": it " + what);
  };
  for (std::size_t i = 0; i < network.moves.size(); ++i) {
    const auto& [tail, head, amount, edge] = network.moves[i];
    if (edge == no_tie) continue;
    if (edge.index >= carried.size()) return fail(ErrorCode::bad_argument, "A tie has no figure of what it carries.");
    const std::int64_t units = carriage.move[i] = carried[edge];
    if (units < 0 || units > amount || (tail == network.origin() && units != amount)) {
      return fail(ErrorCode::bad_argument, "edge " + std::to_string(edge.index) + " does not carry what it can.");
    }
  }
  // By place, so that what is held goes on to the next place of the body before that one is looked at.
  for (std::size_t v = 0; v < network.places(); ++v) {
    Int128 left = 0;
    for (std::size_t i = network.in_begin[v]; i < network.in_begin[v + 1]; ++i) left += carriage.move[i];
    std::size_t held = network.moves.size();
    for (std::size_t k = network.out_begin[v]; k < network.out_begin[v + 1]; ++k) {
      const std::uint32_t i = network.out[k];
      if (network.moves[i].edge == no_tie) held = i;
      else left -= carriage.move[i];
    }
    if (left < 0) return wrong(v, "passes on more than it received.");
    if (held < network.moves.size()) {
      // What can end here ends later: only the last place of a body keeps.
      if (left > network.moves[held].amount) return wrong(v, "holds more than it can.");
      carriage.move[held] = static_cast<std::int64_t>(left);
    } else {
      if (left > network.kept[v]) return wrong(v, "keeps more than it can.");
      carriage.stay[v] = static_cast<std::int64_t>(left);
    }
  }
  return carriage;
}

}  // namespace entente
