#include "algorithms/funds/trace.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "algorithms/funds/trace_bounds.hpp"
#include "algorithms/funds/trace_mixing.hpp"
#include "algorithms/funds/trace_network.hpp"
#include "algorithms/funds/trace_rounding.hpp"

namespace entente {

namespace {

__extension__ using Int128 = __int128;

Result<void> check_trace_question(const Graph& graph, const TracedTies& ties, const Payments& payments,
                                  std::span<const NodeId> to, const TraceOptions& options) {
  for (const NodeId v : to) {
    if (v.index >= graph.node_count()) {
      return fail(ErrorCode::bad_argument, "node " + std::to_string(v.index) + " is not one of the graph's.");
    }
    if (payments.source[v]) {
      return fail(ErrorCode::bad_argument, "node " + std::to_string(v.index) +
                                               " is both a source and an end asked for; what comes back to the "
                                               "sources is listed as an end of its own.");
    }
  }
  if (options.dates && !ties.days) {
    return fail(ErrorCode::bad_argument, "The ties come without days.", "option dates");
  }
  if (options.reading != "latest" && options.reading != "earliest") {
    return fail(ErrorCode::bad_argument, "A reading is latest or earliest.", "option reading");
  }
  return {};
}

Portions portions_of(const FundsNetwork& network, const std::vector<double>& share) {
  Portions portions;
  portions.move.reserve(network.moves.size());
  portions.stay.reserve(network.places());
  for (const auto& move : network.moves) portions.move.push_back(share[move.tail] * static_cast<double>(move.amount));
  for (std::size_t v = 0; v < network.places(); ++v) {
    portions.stay.push_back(share[v] * static_cast<double>(network.kept[v]));
  }
  return portions;
}

/// Per body, from its places.
struct TracedSums {
  NodeColumn<std::int64_t> received, passed_on, stays, kept;
  NodeColumn<std::uint32_t> loop;
  NodeColumn<std::uint8_t> reached;
};

TracedSums traced_sums(const FundsNetwork& network, const Carriage& carriage, const Mixing& mixing,
                       std::size_t bodies) {
  TracedSums sums{NodeColumn<std::int64_t>(bodies), NodeColumn<std::int64_t>(bodies), NodeColumn<std::int64_t>(bodies),
                  NodeColumn<std::int64_t>(bodies), NodeColumn<std::uint32_t>(bodies), NodeColumn<std::uint8_t>(bodies)};
  for (std::size_t i = 0; i < network.moves.size(); ++i) {
    const auto& [tail, head, amount, edge] = network.moves[i];
    if (edge == no_tie || network.spends(network.moves[i])) continue;
    sums.received[network.body[head]] += carriage.move[i];
    if (tail != network.origin()) sums.passed_on[network.body[tail]] += carriage.move[i];
  }
  for (std::size_t v = 0; v < network.places(); ++v) {
    const NodeId body = network.body[v];
    sums.stays[body] += carriage.stay[v];
    sums.kept[body] += network.kept[v];
    sums.loop[body] = std::max(sums.loop[body], mixing.loop[v]);
    if (mixing.share[v] > 0) sums.reached[body] = 1;
  }
  return sums;
}

Result<std::vector<TracedLoop>> traced_loops(const FundsNetwork& network, const Carriage& carriage,
                                            const Mixing& mixing) {
  struct Sums {
    std::size_t bodies = 0;
    Int128 entered = 0, circled = 0, ended = 0;
  };
  std::vector<Sums> sums(mixing.loops + 1);  // at 0: what lies on none
  for (std::size_t v = 0; v < network.places(); ++v) {
    ++sums[mixing.loop[v]].bodies;
    sums[mixing.loop[v]].ended += carriage.stay[v];
  }
  for (std::size_t i = 0; i < network.moves.size(); ++i) {
    const auto& [tail, head, amount, edge] = network.moves[i];
    const std::uint32_t from = tail == network.origin() ? 0 : mixing.loop[tail], to = mixing.loop[head];
    if (from == to) {
      sums[to].circled += carriage.move[i];
    } else {
      sums[to].entered += carriage.move[i];
      if (edge == no_tie || network.spends(network.moves[i])) sums[from].ended += carriage.move[i];
    }
  }
  std::vector<TracedLoop> loops;
  for (std::size_t i = 1; i < sums.size(); ++i) {
    const auto& [bodies, entered, circled, ended] = sums[i];
    if (std::max({entered, circled, ended}) > std::numeric_limits<std::int64_t>::max()) {
      return fail(ErrorCode::overflow, "What circles adds up to more than 64 bits hold. Use fewer decimals.");
    }
    loops.push_back({bodies, static_cast<std::int64_t>(entered), static_cast<std::int64_t>(circled),
                     static_cast<std::int64_t>(ended)});
  }
  return loops;
}

void list_bodies(const Payments& payments, const TracedSums& sums, TracedFunds& funds) {
  for (const NodeId v : ids_below<NodeId>(payments.bodies)) {
    if (!sums.reached[v]) continue;
    if (sums.kept[v] > 0) funds.ends.push_back({v, sums.kept[v], sums.stays[v], {}, {}});
    if (payments.source[v]) funds.returned += sums.stays[v];
    else funds.bodies.push_back({v, sums.received[v], sums.passed_on[v], sums.stays[v], sums.loop[v]});
  }
  std::ranges::stable_sort(funds.ends, std::ranges::greater{}, &TracedEnd::money);
  std::ranges::stable_sort(funds.bodies, std::ranges::greater{}, &TracedBody::received);
}

Result<void> add_bounds(const Payments& payments, const FundsNetwork& network, Carriage way, const TracedSums& sums,
                        std::span<const NodeId> to, const TraceOptions& options, TracedFunds& funds, const Job& job) {
  Job one_flow = job;
  one_flow.progress = nullptr;  // the bounds tell how far this is
  FundsNetwork widest;
  const bool slack = options.dates && payments.imprecise + payments.undated > 0;
  if (slack) {
    widest = widest_network(payments);
    auto same_way = carriage_of(widest, funds.traced);
    if (!same_way) return tl::unexpected(same_way.error());
    way = *std::move(same_way);
  }
  auto bounds = FundsBounds::prepare(slack ? widest : network, std::move(way), funds.traced.size());
  if (!bounds) return tl::unexpected(bounds.error());
  std::vector<NodeId> targets(to.begin(), to.end());
  std::ranges::sort(targets);
  targets.erase(std::ranges::unique(targets).begin(), targets.end());
  if (!targets.empty()) {
    job.report("bounds of the targets together", 0, 2);
    auto most = bounds->at_most(targets, one_flow);
    if (!most) return tl::unexpected(most.error());
    job.report("bounds of the targets together", 1, 2);
    auto least = bounds->at_least(targets, one_flow);
    if (!least) return tl::unexpected(least.error());
    funds.at_targets = 0;
    for (const NodeId v : targets) *funds.at_targets += sums.stays[v];
    funds.at_most = most->amount;
    funds.at_least = least->amount;
    funds.most_way = std::move(most->carried);
    funds.least_way = std::move(least->carried);
  }
  std::size_t done = 0;
  const auto wanted = targets.empty() ? static_cast<std::size_t>(options.bounds) : funds.ends.size();
  const std::size_t in_all = targets.empty() ? std::min(wanted, funds.ends.size()) : targets.size();
  for (TracedEnd& end : funds.ends) {
    if (done == wanted) break;
    if (!targets.empty() && !std::ranges::binary_search(targets, end.body)) continue;
    job.report("bounds of ends", done++, in_all);
    if (targets.size() == 1) {  // it alone is the targets together
      end.at_most = funds.at_most;
      end.at_least = funds.at_least;
      continue;
    }
    const NodeId at[] = {end.body};
    const auto most = bounds->most_units(at, one_flow);
    if (!most) return tl::unexpected(most.error());
    const auto least = bounds->at_least(at, one_flow);
    if (!least) return tl::unexpected(least.error());
    end.at_most = *most;
    end.at_least = least->amount;
  }
  return {};
}

}  // namespace

Result<TracedFunds> trace_funds(const Graph& graph, const TracedTies& ties, std::span<const NodeId> from,
                                std::span<const NodeId> to, const TraceOptions& options, const Job& job) {
  if (!ties.amount) return fail(ErrorCode::bad_argument, "Tracing money needs an amount on each tie.");
  job.report("following the payments", 0, 0);
  const auto payments = payments_from(graph, *ties.amount, ties.stated, ties.days, from);
  if (!payments) return tl::unexpected(payments.error());
  if (auto fine = check_trace_question(graph, ties, *payments, to, options); !fine) {
    return tl::unexpected(fine.error());
  }
  const FundsNetwork network =
      options.dates
          ? dated_network(*payments, options.reading == "latest" ? Reading::latest : Reading::earliest)
          : undated_network(*payments);
  const auto mixing = mix(network, job);
  if (!mixing) return tl::unexpected(mixing.error());
  job.report("rounding to whole units", 0, 0);
  auto carriage = whole_units(network, portions_of(network, mixing->share), true, job);
  if (!carriage) return tl::unexpected(carriage.error());

  TracedFunds funds;
  funds.put_in = network.put_in;
  auto loops = traced_loops(network, *carriage, *mixing);
  if (!loops) return tl::unexpected(loops.error());
  funds.loops = *std::move(loops);
  funds.open = mixing->open;
  funds.mutual = payments->mutual;
  if (options.dates) {
    funds.undated = payments->undated;
    funds.imprecise = payments->imprecise;
  }
  funds.traced = EdgeColumn<std::int64_t>(graph.edge_count());
  for (std::size_t i = 0; i < network.moves.size(); ++i) {
    if (network.moves[i].edge != no_tie) funds.traced[network.moves[i].edge] = carriage->move[i];
  }
  const TracedSums sums = traced_sums(network, *carriage, *mixing, payments->bodies);
  list_bodies(*payments, sums, funds);
  for (const EdgeId edge : payments->unknown) {
    const NodeId payer = graph.ends(edge).source;
    if (payments->source[payer] || sums.reached[payer]) funds.unknown.push_back(edge);
  }
  auto bounded = add_bounds(*payments, network, *std::move(carriage), sums, to, options, funds, job);
  if (!bounded) return tl::unexpected(bounded.error());
  return funds;
}

}  // namespace entente
