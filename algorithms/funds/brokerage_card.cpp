#include <algorithm>
#include <string>
#include <utility>

#include "algorithms/centrality/input.hpp"
#include "algorithms/funds/brokerage.hpp"
#include "algorithms/funds/trace_network.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

__extension__ using Int128 = __int128;

struct MoneyBrokerageOptions {
  int limit = 1000;
};

struct MoneyBrokerageAnswer {
  std::int64_t put_in = 0, reached = 0, brokers = 0;
  std::int64_t coordinator = 0, gatekeeper = 0, representative = 0, consultant = 0, liaison = 0;
  NodeColumn<std::int64_t> passed_on;
  EdgeColumn<std::int64_t> reaching;
  double open_units = 0;
  Listing listing;
  std::vector<std::string> notes;
};

Listing brokers_listing(const MoneyBrokerage& found, std::size_t limit) {
  Listing listing;
  listing.name = "brokers";
  listing.title = "Through whom the money reached its targets, and between whom they stand";
  listing.columns = {{"node", "", "the broker"},
                     {"passed_on", "money", "what it passed on of this money, each time that it came by"}};
  constexpr std::array<const char*, 5> meanings{
      "payer, broker and taker of one group", "broker and taker of one group, payer of another",
      "payer and broker of one group, taker of another", "payer and taker of one group, broker of another",
      "three groups"};
  for (std::size_t role = 0; role < 5; ++role) listing.columns.push_back({broker_roles[role], "money", meanings[role]});
  listing.columns.push_back({"share", "share", "passed on over all that reached the targets"});
  for (const MoneyBroker& broker : found.brokers) {
    if (listing.rows.size() == limit) break;
    std::vector<ListingCell> row{broker.body, MoneyUnits{broker.passed_on}};
    for (const std::int64_t units : broker.by_role) row.push_back(MoneyUnits{units});
    row.push_back(static_cast<double>(broker.passed_on) / static_cast<double>(found.reached));
    listing.rows.push_back(std::move(row));
  }
  listing.complete = found.brokers.size() <= limit;
  listing.completeness = listing.complete ? "complete" : "the largest " + std::to_string(limit) + " of " +
                                                             counted(found.brokers.size(), "broker", "brokers");
  return listing;
}

Result<MoneyBrokerageAnswer> run_money_brokerage(const Problem& problem, const MoneyBrokerageOptions& options,
                                                 const Job& job) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  if (!problem.money) return fail(ErrorCode::bad_argument, "Brokerage of money needs an amount on each tie.");
  if (!problem.group) return fail(ErrorCode::bad_argument, "Brokerage of money needs a group for each node.");
  const TracedTies ties{&problem.money->units, problem.stated, nullptr};
  auto found = money_brokerage(**graph, ties, problem.from, problem.to, *problem.group, job);
  if (!found) return tl::unexpected(found.error());
  MoneyBrokerageAnswer answer;
  answer.put_in = found->put_in;
  answer.reached = found->reached;
  answer.brokers = static_cast<std::int64_t>(found->brokers.size());
  const auto& by_role = found->by_role;
  answer.coordinator = by_role[0];
  answer.gatekeeper = by_role[1];
  answer.representative = by_role[2];
  answer.consultant = by_role[3];
  answer.liaison = by_role[4];
  answer.open_units = found->open;
  answer.listing = brokers_listing(*found, static_cast<std::size_t>(options.limit));
  if (found->reached == 0) answer.notes.push_back("No stated money of the sources reaches the targets.");
  answer.passed_on = std::move(found->passed_on);
  answer.reaching = std::move(found->reaching);
  return answer;
}

tl::unexpected<Error> brokerage_does_not_hold(const std::string& what) {
  return fail(ErrorCode::bad_argument, what);
}

/// Sums over the column alone.
Result<std::string> verify_money_brokerage(const Problem& problem, const MoneyBrokerageOptions&, const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const bool whole = problem.money && problem.group && findings.per_edge.size() == 1 && findings.listings.size() == 1 &&
                     findings.figures.size() > 1;
  const auto* reaching = whole ? std::get_if<EdgeColumn<std::int64_t>>(&findings.per_edge[0].second) : nullptr;
  const auto* reached = whole ? std::get_if<std::int64_t>(&findings.figures[1].second) : nullptr;
  if (!reaching || !reached || reaching->size() != (*graph)->edge_count()) {
    return brokerage_does_not_hold("These findings hold no money that reaches the targets.");
  }
  const auto payments = payments_from(**graph, problem.money->units, problem.stated, nullptr, problem.from);
  if (!payments) return tl::unexpected(payments.error());
  const FundsNetwork network = undated_network(*payments);
  std::vector<Int128> left(network.places() + 1), kept((*graph)->node_count());
  for (std::size_t v = 0; v < network.places(); ++v) kept[network.body[v].index] += network.kept[v];
  for (const auto& move : network.moves) {
    const auto& [tail, head, amount, edge] = move;
    if (network.spends(move) && (*reaching)[edge] != 0) {
      return brokerage_does_not_hold("edge " + std::to_string(edge.index) + " passes on what its body spends itself.");
    }
    if ((*reaching)[edge] < 0 || (*reaching)[edge] > amount) {
      return brokerage_does_not_hold("edge " + std::to_string(edge.index) + " carries more than its amount.");
    }
    left[head] += (*reaching)[edge];
    left[tail] -= (*reaching)[edge];
  }
  Int128 ended = 0;
  for (const NodeId v : (*graph)->nodes()) {
    const bool is_target = std::ranges::find(problem.to, v) != problem.to.end();
    if (left[v.index] < 0 || left[v.index] > (is_target ? kept[v.index] : 0)) {
      return brokerage_does_not_hold("The money does not add up at node " + std::to_string(v.index) + ".");
    }
    ended += left[v.index];
  }
  if (ended != *reached) return brokerage_does_not_hold("What ends at the targets is not the figure.");
  const auto brokers = brokers_by_role(**graph, *reaching, payments->source, *problem.group);
  const auto& rows = findings.listings[0].rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::int64_t roles = 0;
    for (std::size_t role = 0; role < 5; ++role) {
      const auto* units = std::get_if<MoneyUnits>(&rows[i].at(2 + role));
      if (!units || i >= brokers.size() || units->units != brokers[i].by_role[role]) {
        return brokerage_does_not_hold("The roles of a broker are not those of its ties.");
      }
      roles += units->units;
    }
    if (roles != brokers[i].passed_on) return brokerage_does_not_hold("The roles of a broker do not add up.");
  }
  return std::string(
      "verified: what reaches a body leaves it or ends at a target, to the unit; the roles of each broker add up to what "
      "it passes on.");
}

}  // namespace

Card money_brokerage_card() {
  using Answer = MoneyBrokerageAnswer;
  return describe<MoneyBrokerageOptions, Answer>("money-brokerage", "funds")
      .summary("Through whom the money of some bodies reaches others, and between which groups they stand.")
      .cost("O(n + m), some sweeps over loops, and a maximum flow for rounding")
      .convention(
          "Money put in: all that the sources as one group give to others; it is mixed at each body with what else the "
          "body has, and counts as passed on where it ends at a target, each time that it comes by. Roles by the groups "
          "of payer, broker and taker. Sources broker nothing. Parallel ties add up; a self-loop is money that the body "
          "spends itself: it ended there, and none of it is passed on; ties within the sources carry nothing; ties "
          "without a direction are left out, and refused where there are no others. An unknown amount and an amount of "
          "0 carry nothing. Exact whole units: roles add up to what the broker passes "
          "on. Targets that the money does not reach give 0. A negative amount, sums beyond 64 bits and a graph "
          "without the named nodes are refused.")
      .needs_ends()
      .needs_money()
      .divides_money()
      .needs_group()
      .option("limit", &MoneyBrokerageOptions::limit, {1, 1e6}, "rows of the table")
      .per_node("passed_on", &Answer::passed_on, "money", "what it passed on of the money that reaches the targets")
      .per_edge("reaching", &Answer::reaching, "money", "what the tie carries of the money that reaches the targets")
      .figure("put_in", &Answer::put_in, "money", "what the sources give to others")
      .figure("reached", &Answer::reached, "money", "of it ended at the targets, kept or spent, in proportion")
      .figure("brokers", &Answer::brokers, "nodes", "bodies through which it went")
      .figure("coordinator", &Answer::coordinator, "money", "passed on within one group, over all brokers")
      .figure("gatekeeper", &Answer::gatekeeper, "money", "passed on into the broker's group")
      .figure("representative", &Answer::representative, "money", "passed on out of the broker's group")
      .figure("consultant", &Answer::consultant, "money", "passed on within a group by a broker of another")
      .figure("liaison", &Answer::liaison, "money", "passed on between two groups by a broker of a third")
      .figure("open_units", &Answer::open_units, "", "smallest units by which rounding of the shares may have moved it")
      .also([](Answer& answer, Findings& findings) {
        findings.listings.push_back(std::move(answer.listing));
        findings.notes = std::move(answer.notes);
      })
      .source("gould1989structures")
      .source("kemeny1960finite")
      .verified_by(verify_money_brokerage)
      .runs(run_money_brokerage);
}

}  // namespace entente
