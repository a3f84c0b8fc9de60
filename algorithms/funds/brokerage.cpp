#include "algorithms/funds/brokerage.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "algorithms/funds/trace_mixing.hpp"
#include "algorithms/funds/trace_network.hpp"
#include "algorithms/funds/trace_rounding.hpp"

namespace entente {

namespace {

__extension__ using Int128 = __int128;

/// Units by group, with the groups that have any; emptied in the time that it took to fill.
class UnitsByGroup {
 public:
  explicit UnitsByGroup(std::size_t groups) : units_(groups, 0) {}
  void add(std::uint32_t group, std::int64_t units) {
    if (units_[group] == 0) groups_.push_back(group);
    units_[group] += units;
    total_ += units;
  }
  void clear() {
    for (const std::uint32_t group : groups_) units_[group] = 0;
    groups_.clear();
    total_ = 0;
  }
  std::int64_t operator[](std::uint32_t group) const { return units_[group]; }
  std::int64_t total() const { return total_; }
  const std::vector<std::uint32_t>& groups() const { return groups_; }

 private:
  std::vector<std::int64_t> units_;
  std::vector<std::uint32_t> groups_;
  std::int64_t total_ = 0;
};

/// Every pair of payer and taker weighs the product of what they pay and take; the roles' weights over all that
/// came in add up to what went out, which is divided by largest remainder, equal ones by the order of the roles.
std::array<std::int64_t, 5> units_by_role(const UnitsByGroup& in, const UnitsByGroup& out, std::uint32_t own) {
  const Int128 in_own = in[own], out_own = out[own];
  const Int128 in_others = in.total() - in[own], out_others = out.total() - out[own];
  Int128 there_and_back = 0;
  for (const std::uint32_t group : in.groups()) {
    if (group != own) there_and_back += Int128{in[group]} * out[group];
  }
  const std::array<Int128, 5> weight{in_own * out_own, in_others * out_own, in_own * out_others, there_and_back,
                                     in_others * out_others - there_and_back};
  std::array<std::int64_t, 5> units{};
  std::array<std::size_t, 5> order{0, 1, 2, 3, 4};
  std::int64_t left = out.total();
  for (std::size_t role = 0; role < 5; ++role) {
    units[role] = static_cast<std::int64_t>(weight[role] / in.total());
    left -= units[role];
  }
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t role) { return weight[role] % in.total(); });
  for (std::size_t i = 0; left > 0; ++i, --left) ++units[order[i]];
  return units;
}

Result<void> check_brokerage_question(const Graph& graph, const TracedTies& ties, std::span<const NodeId> to,
                                      const NodeColumn<std::uint32_t>& group) {
  if (!ties.amount) return fail(ErrorCode::bad_argument, "Brokerage of money needs an amount on each tie.");
  if (to.empty()) return fail(ErrorCode::bad_argument, "Name at least one body that the money is to reach.");
  if (group.size() != graph.node_count()) {
    return fail(ErrorCode::bad_argument, "There are groups for " + std::to_string(group.size()) + " of " +
                                             std::to_string(graph.node_count()) + " nodes.");
  }
  const auto beyond = std::ranges::find_if(group.values(), [&](std::uint32_t code) { return code > graph.node_count(); });
  if (beyond != group.values().end()) {
    return fail(ErrorCode::bad_argument, "Groups need dense codes, at most one more than there are nodes.");
  }
  return {};
}

}  // namespace

std::vector<MoneyBroker> brokers_by_role(const Graph& graph, const EdgeColumn<std::int64_t>& reaching,
                                         const NodeColumn<std::uint8_t>& sources,
                                         const NodeColumn<std::uint32_t>& group) {
  std::uint32_t groups = 0;
  for (const std::uint32_t code : group.values()) groups = std::max(groups, code + 1);
  UnitsByGroup in(groups), out(groups);
  std::vector<MoneyBroker> brokers;
  for (const NodeId v : graph.nodes()) {
    if (sources[v]) continue;
    in.clear();
    out.clear();
    for (const auto [w, edge] : graph.out(v)) {
      if (reaching[edge] > 0) out.add(group[w], reaching[edge]);
    }
    if (out.total() == 0) continue;
    for (const auto [u, edge] : graph.in(v)) {
      if (reaching[edge] > 0) in.add(group[u], reaching[edge]);
    }
    if (in.total() == 0) continue;
    brokers.push_back({v, out.total(), units_by_role(in, out, group[v])});
  }
  std::ranges::stable_sort(brokers, std::ranges::greater{}, &MoneyBroker::passed_on);
  return brokers;
}

Result<MoneyBrokerage> money_brokerage(const Graph& graph, const TracedTies& ties, std::span<const NodeId> from,
                                       std::span<const NodeId> to, const NodeColumn<std::uint32_t>& group,
                                       const Job& job) {
  if (auto fine = check_brokerage_question(graph, ties, to, group); !fine) return tl::unexpected(fine.error());
  const auto payments = payments_from(graph, *ties.amount, ties.stated, nullptr, from);
  if (!payments) return tl::unexpected(payments.error());
  NodeColumn<std::uint8_t> target(graph.node_count());
  for (const NodeId v : to) {
    if (v.index >= graph.node_count()) {
      return fail(ErrorCode::bad_argument, "node " + std::to_string(v.index) + " is not one of the graph's.");
    }
    if (payments->source[v]) {
      return fail(ErrorCode::bad_argument, "node " + std::to_string(v.index) + " is both a source and a target.");
    }
    target[v] = 1;
  }
  const FundsNetwork network = undated_network(*payments);
  std::vector<std::uint8_t> ends;
  for (const NodeId body : network.body) ends.push_back(target[body]);
  const auto mixing = mix(network, job);
  if (!mixing) return tl::unexpected(mixing.error());
  const auto onwards = prospects(network, *mixing, ends, job);
  if (!onwards) return tl::unexpected(onwards.error());

  Portions portions;
  portions.move.reserve(network.moves.size());
  for (const auto& [tail, head, amount, edge] : network.moves) {
    portions.move.push_back(mixing->share[tail] * static_cast<double>(amount) * onwards->chance[head]);
  }
  for (std::size_t v = 0; v < network.places(); ++v) {
    portions.stay.push_back(ends[v] ? mixing->share[v] * static_cast<double>(network.kept[v]) : 0.0);
  }
  const auto carriage = whole_units(network, portions, false, job);
  if (!carriage) return tl::unexpected(carriage.error());

  MoneyBrokerage answer;
  answer.put_in = network.put_in;
  answer.open = mixing->open + onwards->open;
  answer.reaching = EdgeColumn<std::int64_t>(graph.edge_count());
  for (std::size_t i = 0; i < network.moves.size(); ++i) {
    if (!network.spends(network.moves[i])) answer.reaching[network.moves[i].edge] = carriage->move[i];
  }
  for (const std::int64_t units : carriage->stay) answer.reached += units;
  answer.brokers = brokers_by_role(graph, answer.reaching, payments->source, group);
  answer.passed_on = NodeColumn<std::int64_t>(graph.node_count());
  Int128 total = 0;
  for (const MoneyBroker& broker : answer.brokers) {
    answer.passed_on[broker.body] = broker.passed_on;
    total += broker.passed_on;
    for (std::size_t role = 0; role < 5 && total <= std::numeric_limits<std::int64_t>::max(); ++role) {
      answer.by_role[role] += broker.by_role[role];
    }
  }
  if (total > std::numeric_limits<std::int64_t>::max()) {
    return fail(ErrorCode::overflow, "What all bodies pass on adds up to more than 64 bits hold. Use fewer decimals.");
  }
  return answer;
}

}  // namespace entente
