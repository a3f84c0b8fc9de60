#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "algorithms/centrality/input.hpp"
#include "algorithms/flow/cycles.hpp"
#include "algorithms/flow/unstated.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

struct CyclesOptions {
  std::int64_t steps = 5, window = 0, count = 1000, work = 200;
};

struct CyclesAnswer {
  std::int64_t circles = 0;
  std::optional<std::int64_t> largest;
  NodeColumn<std::int64_t> passed;
  std::vector<Walk> walks;
  Listing table;
  std::vector<std::string> notes;
};

CircleRules rules_of(const Problem& problem, const Graph& graph, const CyclesOptions& options) {
  return {&graph, &problem.money->units, problem.days, options.window};
}

Walk walk_of(const DatedCircle& circle) {
  Walk walk;
  walk.nodes = circle.nodes;
  walk.edges = circle.widest;
  walk.length = static_cast<double>(circle.widest.size());
  walk.amount = circle.amount;
  return walk;
}

ListingCell day_cell(const std::optional<Day>& day) {
  return day ? ListingCell(iso_text(*day)) : ListingCell();
}

std::vector<ListingCell> row_of(const DatedCircle& circle, std::size_t rank) {
  const auto narrowest = static_cast<std::size_t>(std::ranges::min_element(circle.carries) - circle.carries.begin());
  return {static_cast<std::int64_t>(rank),
          circle.nodes.front(),
          static_cast<std::int64_t>(circle.widest.size()),
          circle.ties,
          MoneyUnits{circle.amount},
          circle.nodes[narrowest],
          circle.nodes[narrowest + 1],
          day_cell(circle.begins),
          day_cell(circle.ends),
          circle.fewest_days ? ListingCell(*circle.fewest_days) : ListingCell()};
}

Listing empty_listing() {
  Listing listing{
      "circles", "Circles along which money can return, by falling amount, then fewer steps", {}, {}, true, ""};
  listing.columns = {{"rank", "", "1: the circle that can carry most; its way is the walk of the same number"},
                     {"start", "", "the body it starts at and returns to"},
                     {"steps", "ties", "from body to body"},
                     {"ties", "", "that fit, parallel ones counted each"},
                     {"at_most", "money", "the smallest step: no more can go round"},
                     {"narrow_from", "", "where the smallest step leads from"},
                     {"narrow_to", "", "where it leads to"},
                     {"begins", "", "the earliest day of the first step; empty: not stated"},
                     {"ends", "", "the latest day of the last step; empty: not stated"},
                     {"fewest_days", "days", "from the first step to the last, at least; empty: no date is stated"}};
  return listing;
}

std::string completeness_of(const Cycles& found, const CyclesOptions& options, const MoneyColumn& money, bool dated, bool from_some) {
  const std::string upto = " of up to " + counted(static_cast<std::size_t>(options.steps), "step", "steps") +
                           (from_some ? " along which money of the bodies named can come back to them" : "") +
                           (dated ? ", in the order of dates" : "");
  if (found.all) return "complete: every circle" + upto;
  const std::string listed = counted(found.circles.size(), "circle");
  if (found.worked_out) return "the largest " + listed + upto + "; smaller ones may exist";
  return "stopped after " + std::to_string(options.work) + " million arcs at " + listed +
         (found.none_missing_from ? "; none of " + money_text(*found.none_missing_from, money) + " or more is missing"
                                  : "; larger ones may be missing");
}

Result<CyclesAnswer> returning_money(const Problem& problem, const CyclesOptions& options, const Job& job) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto money = money_of(problem, **graph);
  if (!money) return tl::unexpected(money.error());
  CyclesQuestion question;
  question.graph = *graph;
  question.amount = &(*money)->units;
  question.days = problem.days;
  question.from = problem.from;
  question.steps = options.steps;
  question.window = options.window;
  question.count = options.count;
  question.work = options.work * 1'000'000;
  const auto found = money_cycles(question, job);
  if (!found) return tl::unexpected(found.error());

  CyclesAnswer answer;
  answer.passed = NodeColumn<std::int64_t>((*graph)->node_count(), 0);
  answer.circles = static_cast<std::int64_t>(found->circles.size());
  answer.table = empty_listing();
  for (const DatedCircle& circle : found->circles) {
    answer.table.rows.push_back(row_of(circle, answer.table.rows.size() + 1));
    answer.walks.push_back(walk_of(circle));
    for (std::size_t i = 0; i + 1 < circle.nodes.size(); ++i) ++answer.passed[circle.nodes[i]];
  }
  if (!found->circles.empty()) answer.largest = found->circles.front().amount;
  answer.table.complete = found->all;
  answer.table.completeness = completeness_of(*found, options, **money, problem.days != nullptr, !problem.from.empty());
  if (!problem.days && options.window > 0) answer.notes.push_back("No tie states a date, so the window bounds nothing.");
  if (problem.days) {
    const auto undated = static_cast<std::size_t>(std::ranges::count(problem.days->values(), false, &DayRange::stated));
    if (undated > 0) {
      answer.notes.push_back(counted(undated, "tie") + (undated == 1 ? " states" : " state") +
                             " no date and may have moved on any day.");
    }
  }
  const std::size_t unstated = unstated_ties(problem);
  if (unstated > 0) answer.notes.push_back(unstated_note(unstated));
  return answer;
}

void list_circles(CyclesAnswer& answer, Findings& findings) {
  findings.complete = answer.table.complete;
  findings.completeness = answer.table.completeness;
  findings.walks = std::move(answer.walks);
  findings.listings.push_back(std::move(answer.table));
  findings.notes = std::move(answer.notes);
}

/// Each circle put to the test again by itself; that none is missing is not.
Result<std::string> verify_cycles(const Problem& problem, const CyclesOptions& options, const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto money = money_of(problem, **graph);
  if (!money) return tl::unexpected(money.error());
  const auto wrong = [](const char* what) { return fail(ErrorCode::bad_argument, what); };
  if (findings.listings.empty() || findings.listings[0].rows.size() != findings.walks.size() ||
      static_cast<std::int64_t>(findings.walks.size()) > options.count) {
    return wrong("These findings hold no listing of their circles, or too many.");
  }
  NodeColumn<std::uint8_t> starts;
  if (!problem.from.empty()) starts = NodeColumn<std::uint8_t>((*graph)->node_count());
  for (const NodeId v : problem.from) starts[v] = 1;
  const CircleRules rules = rules_of(problem, **graph, options);
  std::set<std::vector<NodeId>> seen;
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = 0; i < findings.walks.size(); ++i) {
    const Walk& walk = findings.walks[i];
    if (walk.nodes.size() < 3 || static_cast<std::int64_t>(walk.nodes.size()) > options.steps + 1 ||
        walk.nodes.front() != walk.nodes.back()) {
      return wrong("A circle does not return, or has too many steps.");
    }
    std::vector<NodeId> nodes(walk.nodes.begin(), walk.nodes.end() - 1);
    if (std::ranges::any_of(nodes, [&](NodeId v) { return v.index >= (*graph)->node_count(); }) ||
        std::set(nodes.begin(), nodes.end()).size() != nodes.size()) {
      return wrong("A circle passes a body twice, or one that the graph lacks.");
    }
    std::ranges::rotate(nodes, std::ranges::min_element(nodes));
    if (!seen.insert(nodes).second) return wrong("A circle is listed twice.");
    const auto circle = dated_circle(rules, nodes, starts);
    if (!circle || circle->nodes != walk.nodes || circle->widest != walk.edges || circle->amount != walk.amount) {
      return wrong("The dates or the amounts of the ties do not allow a circle as it is listed.");
    }
    const auto& row = findings.listings[0].rows[i];
    const auto* at_most = row.size() > 4 ? std::get_if<MoneyUnits>(&row[4]) : nullptr;
    if (!at_most || at_most->units != walk.amount || walk.amount > std::exchange(before, walk.amount)) {
      return wrong("The listing is not ordered, or differs from its walks.");
    }
  }
  return std::string("verified: each circle passes each body once, its dates can follow each other, its amount is that "
                     "of its smallest step; that none is missing is not checked.");
}

}  // namespace

Card cycles_card() {
  return describe<CyclesOptions, CyclesAnswer>("cycles", "flow")
      .summary("Circles of bodies along which money can return to where it started, in the order of dates.")
      .cost("about n d^(steps/2) for rows of d ties, and a bound on work")
      .convention(
          "A circle passes each body once and follows the direction of ties; parallel ties of a step count together, a "
          "self-loop is no circle, a mutual tie leads either way but plays no part in a circle of two. Sources, where "
          "named, are the bodies whose money is followed: circles start there; targets play no part. A tie fits if days "
          "within its dates, and within those of ties at all other steps, can be chosen in order, all within the window; a "
          "tie without a date fits any day. What can go round is at most the smallest step, of the start and the "
          "position of the window that let most; it is no proof that the same money moved. A tie that states no amount "
          "carries nothing. Negative amounts are refused.")
      .takes_ends()
      .needs_money()
      .takes_days()
      .option("steps", &CyclesOptions::steps, {2, 20}, "at most so many steps round")
      .option("window", &CyclesOptions::window, {0, 1e6}, "at most so many days from the first step to the last; 0: any")
      .option("count", &CyclesOptions::count, {1, 1e6}, "at most so many circles, the largest")
      .option("work", &CyclesOptions::work, {1, 1e6}, "at most so many million arcs looked at")
      .per_node("circles", &CyclesAnswer::passed, "", "listed circles through the node")
      .figure("circles", &CyclesAnswer::circles, "", "listed")
      .figure("largest", &CyclesAnswer::largest, "money", "the most that can go round one of them")
      .also(list_circles)
      .source("johnson1975finding")
      .source("gupta2021finding")
      .verified_by(verify_cycles)
      .runs(returning_money);
}

}  // namespace entente
