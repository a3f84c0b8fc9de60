#include "algorithms/funds/indicators.hpp"

#include <algorithm>
#include <utility>

#include "algorithms/funds/donor_overlap.hpp"

namespace entente {

namespace {

__extension__ using WideUnits = unsigned __int128;  // products of two sums of 63 bits

double wide_share(WideUnits part, WideUnits whole) { return static_cast<double>(part) / static_cast<double>(whole); }

std::optional<double> indicator_share(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return {};
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Division division_of(std::span<const GiftRows::Entry> parts) {
  Division division;
  std::vector<std::int64_t> ascending;
  std::int64_t whole = 0;
  for (const auto [node, units] : parts) {
    if (units > division.largest_units || (units == division.largest_units && node < division.largest)) {
      division.largest = node;
      division.largest_units = units;
    }
    whole += units;
    ascending.push_back(units);
  }
  division.parts = static_cast<std::int64_t>(parts.size());
  if (whole == 0) return division;
  std::ranges::sort(ascending);
  const auto count = static_cast<WideUnits>(ascending.size()), sum = static_cast<WideUnits>(whole);
  WideUnits squares = 0, ranked = 0;
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    const auto units = static_cast<WideUnits>(ascending[i]);
    squares += units * units;
    ranked += (i + 1) * units;
  }
  division.largest_share = indicator_share(division.largest_units, whole);
  division.herfindahl = wide_share(squares, sum * sum);
  division.gini = wide_share(2 * ranked - (count + 1) * sum, count * sum);
  return division;
}

Indicators fund_indicators(const FundsLedger& ledger) {
  const std::size_t n = ledger.node_count();
  Indicators answer;
  answer.received = ledger.received;
  answer.spent = ledger.spent;
  answer.own = answer.kept = answer.passed_on = answer.net = NodeColumn<std::int64_t>(n);
  answer.donors = answer.recipients = NodeColumn<Division>(n);
  answer.total = ledger.total;
  answer.spent_total = ledger.spending;
  const GiftRows donors(ledger, GiftRows::Of::takers), recipients(ledger, GiftRows::Of::givers);
  std::vector<GiftRows::Entry> givers, takers;
  for (const NodeId v : ids_below<NodeId>(n)) {
    const std::int64_t in = ledger.received[v], out = ledger.given[v], spent = ledger.spent[v];
    answer.own[v] = std::max<std::int64_t>(0, out + spent - in);
    answer.kept[v] = spent + std::max<std::int64_t>(0, in - out - spent);
    answer.passed_on[v] = std::min(in, out);
    answer.net[v] = in - out;
    answer.own_total += answer.own[v];
    answer.kept_total += answer.kept[v];
    answer.passed_on_total += answer.passed_on[v];
    answer.donors[v] = division_of(donors[v]);
    answer.recipients[v] = division_of(recipients[v]);
    answer.largest_donor_total += answer.donors[v].largest_units;
    if (out > 0) givers.push_back({v, out});
    if (in > 0) takers.push_back({v, in});
    // Both rows ascend: money back and forth between v and another body, each pair seen from both its ends.
    const auto gives = recipients[v];
    auto back = gives.begin();
    for (const auto [donor, units] : donors[v]) {
      while (back != gives.end() && back->node < donor) ++back;
      if (back != gives.end() && back->node == donor) answer.returned += std::min(units, back->units);
    }
  }
  answer.givers = division_of(givers);
  answer.takers = division_of(takers);
  return answer;
}

namespace {

struct IndicatorOptions {
  std::string overlap = "takers";
  std::int64_t pairs = 100;
};

struct IndicatorAnswer {
  std::int64_t received, given, own, kept, spent, passed_on, returned, largest_donors, givers, takers, unknown;
  std::optional<double> giver_share, giver_hhi, giver_gini, taker_share, taker_hhi, taker_gini;
  std::vector<Listing> listings;
  std::vector<std::string> notes;
};

template <class Value>
ListingCell cell_or_empty(const std::optional<Value>& value) {
  return value ? ListingCell(*value) : ListingCell(std::monostate{});
}

const std::vector<Listing::Column>& body_columns() {
  static const std::vector<Listing::Column> columns{
      {"body", "", ""},
      {"received", "money", "from other bodies"},
      {"own", "money", "given or spent beyond what it received"},
      {"given", "money", "to other bodies"},
      {"kept", "money", "received + own - given; holds what it spent itself"},
      {"spent", "money", "on itself: self-loops"},
      {"passed_on", "money", "the smaller of received and given"},
      {"net", "money", "received - given"},
      {"pass_through", "share", "passed_on / received"},
      {"retention", "share", "the rest of received"},
      {"donors", "", "distinct bodies that give to it"},
      {"largest_donor", "", "ties: the lowest id"},
      {"dependency", "share", "of what it received, from the largest donor"},
      {"donor_hhi", "", "sum of squared shares of its donors"},
      {"donor_gini", "", "of the amounts of its donors"},
      {"recipients", "", "distinct bodies that it gives to"},
      {"largest_recipient", "", "ties: the lowest id"},
      {"recipient_share", "share", "of what it gave, to the largest recipient"},
      {"recipient_hhi", "", "sum of squared shares of its recipients"},
      {"recipient_gini", "", "of the amounts of its recipients"},
      {"unknown_in", "ties", "to it, without a stated amount"},
      {"unknown_out", "ties", "from it, without a stated amount"}};
  return columns;
}

/// A sum of ties none of which states an amount is not known.
ListingCell sum_cell(std::int64_t units, bool is_unknown) { return is_unknown ? ListingCell() : MoneyUnits{units}; }

std::vector<ListingCell> body_row(const FundsLedger& ledger, const Indicators& all, NodeId v) {
  const std::int64_t in = all.received[v];
  const Division &from = all.donors[v], &to = all.recipients[v];
  const bool no_in = ledger.ties_in[v].is_unknown(), no_out = ledger.ties_out[v].is_unknown();
  const bool no_spent = ledger.loops[v].is_unknown(), no_account = no_in || no_out || no_spent;
  const auto share = [&](std::int64_t part) { return no_out ? ListingCell() : cell_or_empty(indicator_share(part, in)); };
  return {v,
          sum_cell(in, no_in),
          sum_cell(all.own[v], no_account),
          sum_cell(ledger.given[v], no_out),
          sum_cell(all.kept[v], no_account),
          sum_cell(all.spent[v], no_spent),
          sum_cell(all.passed_on[v], no_in || no_out),
          sum_cell(all.net[v], no_in || no_out),
          share(all.passed_on[v]),
          share(in - all.passed_on[v]),
          from.parts,
          cell_or_empty(from.largest),
          cell_or_empty(from.largest_share),
          cell_or_empty(from.herfindahl),
          cell_or_empty(from.gini),
          to.parts,
          cell_or_empty(to.largest),
          cell_or_empty(to.largest_share),
          cell_or_empty(to.herfindahl),
          cell_or_empty(to.gini),
          ledger.ties_in[v].unknown,
          ledger.ties_out[v].unknown + ledger.loops[v].unknown};
}

Listing body_listing(const FundsLedger& ledger, const Indicators& all) {
  std::vector<NodeId> bodies;
  std::size_t silent = 0;
  for (const NodeId v : ids_below<NodeId>(ledger.node_count())) {
    const FundsLedger::Count &in = ledger.ties_in[v], &out = ledger.ties_out[v], &loops = ledger.loops[v];
    if (in.stated + out.stated + loops.stated > 0) bodies.push_back(v);
    else if (in.unknown + out.unknown + loops.unknown > 0) ++silent;
  }
  std::ranges::stable_sort(bodies, {}, [&](NodeId v) { return std::pair(-ledger.received[v], -ledger.given[v]); });
  Listing listing{"bodies", "What each body received, brought in, gave and kept", body_columns(), {}, true,
                  "complete: every body of which a tie states an amount"};
  if (silent > 0) listing.completeness += "; " + std::to_string(silent) + " more have only ties that state none";
  for (const NodeId v : bodies) listing.rows.push_back(body_row(ledger, all, v));
  return listing;
}

Listing overlap_listing(const Overlaps& overlaps, bool of_takers, const NodeColumn<std::int64_t>& sum) {
  Listing listing;
  listing.name = "overlap";
  listing.title = of_takers ? "Bodies that take from the same donors" : "Donors that fund the same bodies";
  listing.columns = {{"first", "", ""},
                     {"second", "", ""},
                     {"shared", "", of_takers ? "donors of both" : "bodies funded by both"},
                     {"either", "", of_takers ? "donors of one or both" : "bodies funded by one or both"},
                     {"jaccard", "share", "shared / either"},
                     {"shared_money", "money", "sum over the shared of the smaller of the two amounts"},
                     {"shared_share", "share", "of the money of the poorer of the two"}};
  for (const Overlap& pair : overlaps.pairs) {
    listing.rows.push_back({pair.first, pair.second, pair.shared, pair.either,
                            cell_or_empty(indicator_share(pair.shared, pair.either)), MoneyUnits{pair.units},
                            cell_or_empty(indicator_share(pair.units, std::min(sum[pair.first], sum[pair.second])))});
  }
  listing.complete = overlaps.complete;
  listing.completeness = overlaps.completeness;
  return listing;
}

Result<IndicatorAnswer> indicators_of(const Problem& problem, const IndicatorOptions& options, const Job& job) {
  const auto ledger = money_ledger(problem);
  if (!ledger) return tl::unexpected(ledger.error());
  const Indicators all = fund_indicators(*ledger);
  IndicatorAnswer answer{ledger->total,       ledger->total,           all.own_total,   all.kept_total,
                         all.spent_total,     all.passed_on_total,     all.returned,    all.largest_donor_total,
                         all.givers.parts,    all.takers.parts,        ledger->unknown, all.givers.largest_share,
                         all.givers.herfindahl, all.givers.gini,       all.takers.largest_share, all.takers.herfindahl,
                         all.takers.gini,     {body_listing(*ledger, all)}, ledger_notes(*ledger)};
  if (options.overlap != "none") {
    const bool of_takers = options.overlap == "takers";
    const GiftRows takers(*ledger, GiftRows::Of::takers), givers(*ledger, GiftRows::Of::givers);
    const auto overlaps = greatest_overlaps(of_takers ? takers : givers, of_takers ? givers : takers,
                                            ledger->node_count(), {.most_pairs = options.pairs}, job);
    if (!overlaps) return tl::unexpected(overlaps.error());
    answer.listings.push_back(overlap_listing(*overlaps, of_takers, of_takers ? ledger->received : ledger->given));
  }
  return answer;
}

/// From the listed accounts alone: each balances, and together they are the ties.
Result<std::string> verify_indicators(const Problem& problem, const IndicatorOptions&, const Findings& findings) {
  const auto ledger = money_ledger(problem);
  if (!ledger) return tl::unexpected(ledger.error());
  const auto wrong = [](const std::string& what) { return fail(ErrorCode::bad_argument, what); };
  if (findings.listings.empty() || findings.listings[0].columns.size() != body_columns().size()) {
    return wrong("These findings hold no table of bodies.");
  }
  NodeColumn<std::int64_t> received(ledger->node_count()), given(ledger->node_count()), spent(ledger->node_count());
  __extension__ __int128 own = 0, kept = 0;
  for (const auto& row : findings.listings[0].rows) {
    const auto units = [&](std::size_t column) {
      const auto* cell = std::get_if<MoneyUnits>(&row[column]);
      return cell ? cell->units : 0;
    };
    const NodeId v = std::get<NodeId>(row[0]);
    const std::string name = "node " + std::to_string(v.index);
    received[v] = units(1);
    given[v] = units(3);
    spent[v] = units(5);
    if (!std::holds_alternative<MoneyUnits>(row[2])) {  // a part of the account is not known
      own += std::max<std::int64_t>(0, given[v] + spent[v] - received[v]);
      kept += spent[v] + std::max<std::int64_t>(0, received[v] - given[v] - spent[v]);
      continue;
    }
    if (units(1) + units(2) != units(3) + units(4)) return wrong("received + own differs from given + kept at " + name + ".");
    if (units(2) > 0 && units(4) > units(5)) return wrong("There is own money at " + name + ", though some was left over.");
    if (units(4) < units(5)) return wrong("More was spent than kept at " + name + ".");
    own += units(2);
    kept += units(4);
  }
  if (received != ledger->received || given != ledger->given || spent != ledger->spent) {
    return wrong("The accounts are not those of the ties.");
  }
  if (own != kept) return wrong("The accounts do not add up over all bodies.");
  return std::string("verified: every account is that of its ties and balances to the unit (received + own = given + kept); "
                     "over all bodies received equals given and own equals kept.");
}

}  // namespace

Card indicators_card() {
  using Answer = IndicatorAnswer;
  return describe<IndicatorOptions, Answer>("indicators", "funds")
      .summary("The account of every body: received, own, given, kept and spent, dependency on donors, their overlap.")
      .cost("O(n + m log m), and for the overlap the meetings of two bodies at a partner, up to 10^8")
      .convention(
          "A tie is a gift from its source to its target; parallel ties add up; a self-loop is money that a body spends "
          "itself, and part of what it keeps. received + own = given + kept, to the unit, for each body and in all. A "
          "share of nothing is empty, never 0. A tie without a stated amount is counted and never added, and a sum of "
          "such ties alone is empty; a stated 0 is a gift of nothing and makes no donor. A mutual tie has no giver: "
          "left out and counted. Bodies of which no tie states an amount are not listed; an empty graph gives empty "
          "tables. Negative amounts, and amounts beyond 64 bits together, are refused.")
      .needs_money()
      .choice("overlap", &IndicatorOptions::overlap, {"takers", "givers", "none"},
              "pairs that take from the same donors, or that fund the same bodies")
      .option("pairs", &IndicatorOptions::pairs, {0, 1e6}, "pairs listed, those with the most money in common first")
      .figure("received", &Answer::received, "money", "by all bodies")
      .figure("given", &Answer::given, "money", "by all bodies; equals received")
      .figure("own", &Answer::own, "money", "brought in by bodies beyond what they received")
      .figure("kept", &Answer::kept, "money", "not given on; equals own")
      .figure("spent", &Answer::spent, "money", "on self-loops; part of kept")
      .figure("passed_on", &Answer::passed_on, "money", "received and given on, counted at each body that does so")
      .figure("returned", &Answer::returned, "money", "matched by money the other way between the same two bodies")
      .figure("from_largest_donor", &Answer::largest_donors, "money", "what bodies receive from their largest donor")
      .figure("givers", &Answer::givers, "", "bodies that give")
      .figure("takers", &Answer::takers, "", "bodies that receive")
      .figure("giver_top_share", &Answer::giver_share, "share", "of all money, by the largest giver")
      .figure("giver_hhi", &Answer::giver_hhi, "", "sum of squared shares of the givers")
      .figure("giver_gini", &Answer::giver_gini, "", "of what the givers give")
      .figure("taker_top_share", &Answer::taker_share, "share", "of all money, to the largest taker")
      .figure("taker_hhi", &Answer::taker_hhi, "", "sum of squared shares of the takers")
      .figure("taker_gini", &Answer::taker_gini, "", "of what the takers receive")
      .figure("unknown", &Answer::unknown, "ties", "state no amount")
      .also([](Answer& answer, Findings& findings) {
        findings.listings = std::move(answer.listings);
        findings.notes = std::move(answer.notes);
      })
      .source("hirschman1964paternity")
      .source("gini1921measurement")
      .source("jaccard1912distribution")
      .verified_by(verify_indicators)
      .runs(indicators_of);
}

}  // namespace entente
