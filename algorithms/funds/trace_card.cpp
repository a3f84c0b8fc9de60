#include <algorithm>
#include <string>
#include <utility>

#include "algorithms/centrality/input.hpp"
#include "algorithms/certificates/trace.hpp"
#include "algorithms/funds/trace.hpp"
#include "algorithms/funds/trace_network.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

struct TraceCardOptions {
  bool dates = false;
  std::string reading = "latest";
  int bounds = 20;
  int limit = 1000;
};

struct TraceAnswer {
  std::int64_t put_in = 0, returned = 0, ends = 0, loops = 0;
  std::optional<std::int64_t> at_targets, at_least, at_most;
  double open_units = 0;
  EdgeColumn<std::int64_t> traced;
  TracedFunds funds;
  const Graph* graph = nullptr;
  std::size_t limit = 0;
  bool latest = true;
};

TraceOptions kernel_options(const TraceCardOptions& options) {
  return {options.dates, options.reading, options.bounds};
}

Result<TracedTies> traced_ties(const Problem& problem) {
  if (!problem.money) return fail(ErrorCode::bad_argument, "Tracing money needs an amount on each tie.");
  return TracedTies{&problem.money->units, problem.stated, problem.days};
}

Listing traced_ends_listing(const TraceAnswer& answer) {
  Listing listing;
  listing.name = "ends";
  listing.title = "Where the money ended";
  listing.columns = {{"node", "", "the body that kept or spent it"},
                     {"kept", "money", "what the body kept of anybody's money, or spent itself"},
                     {"money", "money", "how much of the traced money ended there, in proportion"},
                     {"share", "share", "of the money put in"},
                     {"at_least", "money", "no less can have ended there; empty: not computed"},
                     {"at_most", "money", "no more can have ended there; empty: not computed"}};
  const auto bound = [](const std::optional<std::int64_t>& units) {
    return units ? ListingCell(MoneyUnits{*units}) : ListingCell();
  };
  for (const TracedEnd& end : answer.funds.ends) {
    if (listing.rows.size() == answer.limit) break;
    listing.rows.push_back({end.body, MoneyUnits{end.kept}, MoneyUnits{end.money},
                            static_cast<double>(end.money) / static_cast<double>(answer.put_in), bound(end.at_least),
                            bound(end.at_most)});
  }
  listing.complete = answer.funds.ends.size() <= answer.limit;
  listing.completeness = listing.complete ? "complete: the ends add up to the money put in"
                                          : "the largest " + std::to_string(answer.limit) + " of " +
                                                counted(answer.funds.ends.size(), "end", "ends");
  return listing;
}

Listing traced_through_listing(const TraceAnswer& answer) {
  Listing listing;
  listing.name = "through";
  listing.title = "Whom the money reached";
  listing.columns = {{"node", "", "the body"},
                     {"received", "money", "traced money that it was paid, each time that it came"},
                     {"passed_on", "money", "of this it passed on"},
                     {"kept", "money", "of this ended there, kept or spent"},
                     {"loop", "", "bodies with the same number pass the money round among them; empty: on no loop"}};
  for (const TracedBody& body : answer.funds.bodies) {
    if (listing.rows.size() == answer.limit) break;
    listing.rows.push_back({body.body, MoneyUnits{body.received}, MoneyUnits{body.passed_on}, MoneyUnits{body.kept},
                            body.loop ? ListingCell(std::int64_t{body.loop}) : ListingCell()});
  }
  listing.complete = answer.funds.bodies.size() <= answer.limit;
  listing.completeness = listing.complete ? "complete"
                                          : "the largest " + std::to_string(answer.limit) + " of " +
                                                counted(answer.funds.bodies.size(), "body", "bodies");
  return listing;
}

Listing traced_loops_listing(const TraceAnswer& answer) {
  Listing listing;
  listing.name = "loops";
  listing.title = "Groups of bodies among which the money circled";
  listing.columns = {{"loop", "", "its number in the table of those whom the money reached"},
                     {"bodies", "nodes", "how many bodies pass the money round"},
                     {"entered", "money", "traced money that came in from elsewhere"},
                     {"circled", "money", "what they paid each other of it, each time that it went round"},
                     {"ended", "money", "of it stayed with them; the rest went elsewhere"}};
  const auto& loops = answer.funds.loops;
  for (std::size_t i = 0; i < std::min(loops.size(), answer.limit); ++i) {
    listing.rows.push_back({static_cast<std::int64_t>(i + 1), static_cast<std::int64_t>(loops[i].bodies),
                            MoneyUnits{loops[i].entered}, MoneyUnits{loops[i].circled}, MoneyUnits{loops[i].ended}});
  }
  listing.complete = loops.size() <= answer.limit;
  if (!listing.complete) {
    listing.completeness = "the first " + std::to_string(answer.limit) + " of " + counted(loops.size(), "loop", "loops");
  }
  return listing;
}

Listing traced_unknown_listing(const TraceAnswer& answer) {
  Listing listing;
  listing.name = "unknown";
  listing.title = "Ties of unknown amount by which the money may have gone further or been spent";
  listing.columns = {{"tie", "", "the tie"},
                     {"from", "", "a body that the money reached"},
                     {"to", "", "whom it may have paid; itself: what it may have spent"}};
  for (const EdgeId edge : answer.funds.unknown) {
    if (listing.rows.size() == answer.limit) break;
    listing.rows.push_back({edge, answer.graph->ends(edge).source, answer.graph->ends(edge).target});
  }
  listing.complete = answer.funds.unknown.size() <= answer.limit;
  if (!listing.complete) {
    listing.completeness = "the first " + std::to_string(answer.limit) + " of " +
                           counted(answer.funds.unknown.size(), "tie", "ties");
  }
  return listing;
}

void add_trace_notes(const TraceAnswer& answer, Findings& findings) {
  const TracedFunds& funds = answer.funds;
  const auto note = [&](std::size_t count, const char* one, const char* many, const char* says) {
    if (count > 0) findings.notes.push_back(counted(count, one, many) + says);
  };
  if (funds.put_in == 0) findings.notes.push_back("The sources give no stated amount to others.");
  const auto spent = static_cast<std::size_t>(std::ranges::count_if(funds.unknown, [&](EdgeId edge) {
    const auto [payer, taker] = answer.graph->ends(edge);
    return payer == taker;
  }));
  note(funds.unknown.size() - spent, "tie of unknown amount leaves a body", "ties of unknown amount leave bodies",
       " that this money reached, so it may have gone further.");
  note(spent, "self-loop states no amount: a body", "self-loops state no amount: bodies",
       " that this money reached may have spent of it, so less may have gone further.");
  note(funds.mutual, "tie without a direction does not say who paid whom and is",
       "ties without a direction do not say who paid whom and are", " left out.");
  note(funds.undated, "payment states", "payments state", " no date and may have moved on any day.");
  note(funds.imprecise, "payment", "payments",
       answer.latest ? " of several possible days counted on the last of them."
                                   : " of several possible days counted on the first of them.");
  if (funds.undated + funds.imprecise > 0) {
    findings.notes.push_back("The bounds hold whatever the days were, and may be wider than need be.");
  }
  if (funds.open > 0.5) {
    findings.notes.push_back("Nearly all of some money circles; the proportional figures may be wrong by the units that "
                             "open_units tells. The bounds are exact.");
  }
  if (!funds.loops.empty()) {
    findings.notes.push_back("The money circles in " + counted(funds.loops.size(), "loop", "loops") +
                             " of bodies; what a body received counts each time that it came by.");
  }
}

Result<TraceAnswer> run_trace(const Problem& problem, const TraceCardOptions& options, const Job& job) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto ties = traced_ties(problem);
  if (!ties) return tl::unexpected(ties.error());
  auto funds = trace_funds(**graph, *ties, problem.from, problem.to, kernel_options(options), job);
  if (!funds) return tl::unexpected(funds.error());
  TraceAnswer answer;
  answer.put_in = funds->put_in;
  answer.returned = funds->returned;
  answer.ends = std::ranges::count_if(funds->ends, [](const TracedEnd& end) { return end.money > 0; });
  answer.loops = static_cast<std::int64_t>(funds->loops.size());
  answer.at_targets = funds->at_targets;
  answer.at_least = funds->at_least;
  answer.at_most = funds->at_most;
  answer.open_units = funds->open;
  answer.traced = funds->traced;
  answer.graph = *graph;
  answer.latest = options.reading == "latest";
  answer.limit = static_cast<std::size_t>(options.limit);
  answer.funds = *std::move(funds);
  return answer;
}

template <class Value>
const Value* trace_finding(const std::vector<std::pair<std::string, FigureValue>>& figures, const char* name) {
  const auto found = std::ranges::find(figures, name, [](const auto& figure) { return figure.first; });
  return found == figures.end() ? nullptr : std::get_if<Value>(&found->second);
}

const EdgeColumn<std::int64_t>* traced_column(const Findings& findings, const char* name) {
  const auto found = std::ranges::find(findings.per_edge, name, [](const auto& column) { return column.first; });
  return found == findings.per_edge.end() ? nullptr : std::get_if<EdgeColumn<std::int64_t>>(&found->second);
}

tl::unexpected<Error> trace_does_not_hold(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }

/// The rows of the ends are what stays at their bodies, and all of them add up to the money put in.
Result<void> check_ends(const FundsNetwork& network, const Carriage& carriage, const Findings& findings) {
  std::vector<std::int64_t> stays;
  for (std::size_t v = 0; v < network.places(); ++v) {
    stays.resize(std::max<std::size_t>(stays.size(), network.body[v].index + 1u));
    stays[network.body[v].index] += carriage.stay[v];
  }
  std::int64_t ended = 0;
  for (const std::int64_t units : stays) ended += units;
  const auto* put_in = trace_finding<std::int64_t>(findings.figures, "put_in");
  if (!put_in || *put_in != ended || ended != network.put_in) {
    return trace_does_not_hold("The ends do not add up to the money put in.");
  }
  std::int64_t listed = 0;
  for (const auto& row : findings.listings.at(0).rows) {
    const NodeId* body = std::get_if<NodeId>(&row.at(0));
    const MoneyUnits* money = std::get_if<MoneyUnits>(&row.at(2));
    if (!body || !money || body->index >= stays.size() || stays[body->index] != money->units) {
      return trace_does_not_hold("A row of the ends is not what the ties bring there.");
    }
    listed += money->units;
  }
  if (findings.listings[0].complete && listed != ended) return trace_does_not_hold("An end is missing from the list.");
  return {};
}

Result<void> check_trace_bound(const FundsNetwork& network, std::span<const NodeId> to, const Findings& findings,
                               const char* way, const char* figure, Extreme which) {
  const auto* carried = traced_column(findings, way);
  const auto* amount = trace_finding<std::int64_t>(findings.figures, figure);
  if (!carried || !amount) return trace_does_not_hold("These findings hold no way that attains the bounds.");
  const auto carriage = carriage_of(network, *carried);
  if (!carriage) return tl::unexpected(carriage.error());
  const auto ended = check_extreme(network, *carriage, to, which);
  if (!ended) return tl::unexpected(ended.error());
  if (*ended != *amount) return trace_does_not_hold(std::string(figure) + " is not what its way brings to the targets.");
  return {};
}

/// By the columns alone: no share is computed again, and no flow.
Result<std::string> verify_trace(const Problem& problem, const TraceCardOptions& options, const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto ties = traced_ties(problem);
  if (!ties) return tl::unexpected(ties.error());
  const auto payments = payments_from(**graph, *ties->amount, ties->stated, ties->days, problem.from);
  if (!payments) return tl::unexpected(payments.error());
  const auto* traced = traced_column(findings, "traced");
  const auto* open = trace_finding<double>(findings.figures, "open_units");
  if (!traced || !open || findings.listings.empty() || traced->size() != (*graph)->edge_count() ||
      (options.dates && !payments->days)) {
    return trace_does_not_hold("These findings hold no traced money.");
  }
  const FundsNetwork network =
      options.dates ? dated_network(*payments, options.reading == "latest" ? Reading::latest : Reading::earliest)
                    : undated_network(*payments);
  const auto carriage = carriage_of(network, *traced);
  if (!carriage) return tl::unexpected(carriage.error());
  if (auto fine = check_mixed(network, *carriage, *open); !fine) return tl::unexpected(fine.error());
  if (auto fine = check_ends(network, *carriage, findings); !fine) return tl::unexpected(fine.error());
  std::string sentence =
      "verified: received = passed on + kept or spent at every body to the unit, each tie carries its part of its payer's "
      "mixture, the ends add up to the money put in";
  if (problem.to.empty()) return sentence + ".";
  const bool slack = options.dates && payments->imprecise + payments->undated > 0;
  const FundsNetwork wide = slack ? widest_network(*payments) : network;
  if (auto fine = check_trace_bound(wide, problem.to, findings, "least_way", "at_least", Extreme::least); !fine) {
    return tl::unexpected(fine.error());
  }
  if (auto fine = check_trace_bound(wide, problem.to, findings, "most_way", "at_most", Extreme::most); !fine) {
    return tl::unexpected(fine.error());
  }
  return sentence + "; ways attain both bounds, and none goes beyond.";
}

}  // namespace

Card trace_card() {
  Card card =
      describe<TraceCardOptions, TraceAnswer>("trace", "funds")
          .summary("Where the money of some bodies ended, in proportion, and how little and how much of it can have.")
          .cost("O(n + m), some sweeps over loops, and a maximum flow for rounding and for each bound; the certificate O(n + m)")
          .convention(
              "Money put in: all that the sources as one group give to others; what comes back to them has returned "
              "and ends there. A body mixes what it is paid with what it has and passes the mixture on; a self-loop is "
              "money that it spends itself, and ended there. It keeps what it is paid beyond what it pays and spends, and "
              "adds own money where it pays and spends more. Parallel ties add up; ties within the sources, and of a "
              "source to itself, carry nothing. A tie without a direction does not say who paid whom: left "
              "out and counted; a network of such ties alone is refused. An unknown amount carries nothing that could "
              "be traced and is listed where the money reached it; an amount of 0 is a payment of nothing. Exact whole "
              "units: ends add up to the money put in, and at each body received = passed on + kept, where kept "
              "includes what it spent. Bodies that the sources do not reach get none. A negative amount, "
              "sums beyond 64 bits and a graph without the named nodes are refused.")
          .takes_ends()
          .needs_money()
          .divides_money()
          .takes_days()
          .flag("dates", &TraceCardOptions::dates, "money is not passed on before it arrives")
          .choice("reading", &TraceCardOptions::reading, {"latest", "earliest"},
                  "with dates: the day of a payment of several possible days, for the proportional figures")
          .option("bounds", &TraceCardOptions::bounds, {0, 1000},
                  "where no targets are named: how many of the largest ends get bounds")
          .option("limit", &TraceCardOptions::limit, {1, 1e6}, "rows of each table")
          .per_edge("traced", &TraceAnswer::traced, "money", "how much of what the tie carries is traced money")
          .figure("put_in", &TraceAnswer::put_in, "money", "what the sources give to others; the ends add up to it")
          .figure("at_targets", &TraceAnswer::at_targets, "money", "of it ended at the targets, in proportion")
          .figure("at_least", &TraceAnswer::at_least, "money", "no less can have ended at the targets together")
          .figure("at_most", &TraceAnswer::at_most, "money", "no more can have ended at the targets together")
          .figure("returned", &TraceAnswer::returned, "money", "of it came back to the sources, in proportion")
          .figure("ends", &TraceAnswer::ends, "nodes", "bodies at which a unit or more of it ended")
          .figure("loops", &TraceAnswer::loops, "", "groups of bodies among which it circles")
          .figure("open_units", &TraceAnswer::open_units, "",
                  "smallest units by which rounding of the shares may have moved the ends together")
          .also([](TraceAnswer& answer, Findings& findings) {
            findings.listings.push_back(traced_ends_listing(answer));
            findings.listings.push_back(traced_through_listing(answer));
            if (!answer.funds.loops.empty()) findings.listings.push_back(traced_loops_listing(answer));
            if (!answer.funds.unknown.empty()) findings.listings.push_back(traced_unknown_listing(answer));
            add_trace_notes(answer, findings);
            if (answer.funds.least_way) findings.per_edge.emplace_back("least_way", *std::move(answer.funds.least_way));
            if (answer.funds.most_way) findings.per_edge.emplace_back("most_way", *std::move(answer.funds.most_way));
          })
          .source("kemeny1960finite")
          .source("ford1962flows")
          .verified_by(verify_trace)
          .runs(run_trace);
  // Columns that only exist where targets are named.
  card.results.push_back({ResultSpec::Per::edge, "least_way", "money", "a way that brings at_least to the targets"});
  card.results.push_back({ResultSpec::Per::edge, "most_way", "money", "a way that brings at_most to the targets"});
  return card;
}

}  // namespace entente
