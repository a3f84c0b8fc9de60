#include <algorithm>
#include <map>
#include <tuple>

#include "engine/derivation.hpp"
#include "engine/text.hpp"
#include "query/money_stages.hpp"
#include "query/reconcile_parts.hpp"

namespace entente {

namespace {

bool less(const Money& a, const Money& b) {
  __extension__ using Wide = __int128;
  const auto fine = [](const Money& money) {
    Wide units = money.units;
    for (int i = money.decimals; i < 9; ++i) units *= 10;
    return units;
  };
  return fine(a) < fine(b);
}

bool comparable(const std::optional<Money>& a, const std::optional<Money>& b) { return a && b && a->currency == b->currency; }

/// Whether the giver's word stands.
bool giver_stands(const std::optional<Money>& given, const std::optional<Money>& taken, Report::Side prefer, ReportVersion version) {
  if (given.has_value() != taken.has_value()) return given.has_value();
  if (comparable(given, taken) && version == ReportVersion::low && !(*given == *taken)) return less(*given, *taken);
  if (comparable(given, taken) && version == ReportVersion::high && !(*given == *taken)) return less(*taken, *given);
  return prefer == Report::Side::giver;
}

/// The side that the low version leaves out of each block of reports without partners: the smaller one.
std::vector<std::size_t> smaller_sides(const Reconciliation& found) {
  using Key = std::tuple<std::string_view, std::string_view, std::string, Currency>;
  struct Sides {
    std::vector<std::size_t> given, taken;
    std::optional<Money> given_sum, taken_sum;
  };
  std::map<Key, Sides> blocks;
  const Network& network = *found.network;
  for (const std::size_t i : found.unreconciled) {
    const Report& report = found.reports[i];
    if (!report.amount) continue;
    Sides& sides = blocks[{network.key(network.source(report.tie)), network.key(network.target(report.tie)), report.stage,
                           report.amount->currency}];
    const bool giver = report.side == Report::Side::giver;
    (giver ? sides.given : sides.taken).push_back(i);
    auto& sum = giver ? sides.given_sum : sides.taken_sum;
    const auto added = sum ? add(*sum, *report.amount) : Result<Money>(*report.amount);
    if (added) sum = *added;
  }
  std::vector<std::size_t> left_out;
  for (const auto& [key, sides] : blocks) {
    if (!sides.given_sum || !sides.taken_sum) continue;
    const auto& smaller = less(*sides.given_sum, *sides.taken_sum) ? sides.given : sides.taken;
    left_out.insert(left_out.end(), smaller.begin(), smaller.end());
  }
  return left_out;
}

class Sums {
 public:
  Result<void> add_to(Money ReconciledTotals::*part, const std::string& stage, const std::optional<Money>& amount) {
    if (!amount) return {};
    ReconciledTotals& totals = of(amount->currency, stage);
    const auto sum = add(totals.*part, *amount);
    if (!sum) return tl::unexpected(sum.error());
    totals.*part = *sum;
    return {};
  }
  ReconciledTotals& of(Currency currency, const std::string& stage) {
    const Money none{0, 0, currency};
    return totals_.try_emplace({currency, stage}, ReconciledTotals{currency, stage, none, none, none, none, none, none, none, none}).first->second;
  }
  std::vector<ReconciledTotals> take() {
    std::vector<ReconciledTotals> all;
    for (auto& [key, totals] : totals_) all.push_back(totals);
    return all;
  }

 private:
  std::map<std::pair<Currency, std::string>, ReconciledTotals> totals_;
};

}  // namespace

std::vector<Standing> standing(const Reconciliation& found, ReportVersion version) {
  const Selection& selection = found.selection;
  std::vector<Standing> all(selection.edges.size());
  const auto at = [&](std::size_t report) -> Standing& {
    const EdgeId tie = found.reports[report].tie;
    return all[static_cast<std::size_t>(std::ranges::lower_bound(selection.edges, tie) - selection.edges.begin())];
  };
  for (std::size_t i = 0; i < all.size(); ++i) all[i].amount = found.network->amount(selection.edges[i]);
  for (const ParentCover& cover : found.covers) {
    at(cover.report).amount = cover.left;
    if (cover.left.units == 0) at(cover.report).stands = false;
  }
  for (const ReportPair& pair : found.pairs) {
    const bool giver = giver_stands(pair.given_sum, pair.taken_sum, found.options.prefer, version);
    const auto& kept = giver ? pair.given : pair.taken;
    const auto& dropped = giver ? pair.taken : pair.given;
    for (const std::size_t i : dropped) {
      at(i).stands = false;
      at(kept.front()).same_as.push_back(found.reports[i].tie);
    }
    if (kept.size() == 1) at(kept.front()).other_word = giver ? pair.taken_sum : pair.given_sum;
  }
  if (version == ReportVersion::low) {
    for (const std::size_t i : smaller_sides(found)) at(i).stands = false;
  }
  return all;
}

Result<std::vector<ReconciledTotals>> totals_of(const Reconciliation& found) {
  Sums sums;
  Result<void> done;
  const auto put = [&](Money ReconciledTotals::*part, EdgeId tie, const std::optional<Money>& amount) {
    if (done) done = sums.add_to(part, money_stage(found.network->kind(tie)), amount);
  };
  for (const EdgeId tie : found.selection.edges) put(&ReconciledTotals::gross, tie, found.network->amount(tie));
  for (const ParentCover& cover : found.covers) put(&ReconciledTotals::removed_parents, found.reports[cover.report].tie, cover.removed);
  for (const auto& [version, part] : {std::pair{ReportVersion::reconciled, &ReconciledTotals::net},
                                      std::pair{ReportVersion::low, &ReconciledTotals::low},
                                      std::pair{ReportVersion::high, &ReconciledTotals::high}}) {
    const auto ties = standing(found, version);
    for (std::size_t i = 0; i < ties.size(); ++i) {
      if (ties[i].stands) put(part, found.selection.edges[i], ties[i].amount);
    }
  }
  const auto reconciled = standing(found, ReportVersion::reconciled);
  const auto stands = [&](std::size_t report) {
    const EdgeId tie = found.reports[report].tie;
    return reconciled[static_cast<std::size_t>(std::ranges::lower_bound(found.selection.edges, tie) - found.selection.edges.begin())].stands;
  };
  for (const ReportPair& pair : found.pairs) {
    for (const auto* side : {&pair.given, &pair.taken}) {
      for (const std::size_t i : *side) {
        put(stands(i) ? &ReconciledTotals::paired : &ReconciledTotals::removed_pairs, found.reports[i].tie, found.reports[i].amount);
      }
    }
  }
  for (const std::size_t i : found.unreconciled) put(&ReconciledTotals::unreconciled, found.reports[i].tie, found.reports[i].amount);
  if (!done) return tl::unexpected(done.error());
  return sums.take();
}

Result<NetworkPtr> reconciled_network(const Reconciliation& found, ReportVersion version) {
  const Network& network = *found.network;
  Derivation derivation(network, version == ReportVersion::reconciled ? "Each payment once: giver's and taker's reports, parents and parts reconciled"
                                 : version == ReportVersion::low      ? "Each payment once, the lower report where two disagree"
                                                                      : "Each payment once, the higher report where two disagree");
  const auto column = [&](const char* name, CellType type, const char* description) {
    return derivation.new_or_same_edge_column(name, type, description);
  };
  const std::size_t reported_by = column("reported_by", CellType::text, "who reports the payment");
  const std::size_t same_as = column("same_as", CellType::text, "ids of the ties that report the same money");
  const std::size_t low = column("amount_low", CellType::number, "the lower of two reports");
  const std::size_t high = column("amount_high", CellType::number, "the higher of two reports");
  const std::size_t stated = column("amount_stated", CellType::number, "what a parent activity states, parts included");
  for (const NodeId node : found.selection.nodes) derivation.copy(node);

  std::map<EdgeId, const Report*> report_of;
  for (const Report& report : found.reports) report_of.emplace(report.tie, &report);
  const auto all = standing(found, version);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].stands) continue;
    const EdgeId tie = found.selection.edges[i];
    TieDraft draft = derivation.draft(tie);
    const auto before = draft.amount;
    draft.amount = all[i].amount;
    std::string who, others, low_text, high_text, stated_text;
    if (const auto report = report_of.find(tie); report != report_of.end()) who = report->second->reporter;
    for (const EdgeId other : all[i].same_as) {
      others += (others.empty() ? "" : " ") + std::string(network.key(other));
      if (const auto report = report_of.find(other); report != report_of.end() && who.find(report->second->reporter) == std::string::npos) {
        who += " and " + report->second->reporter;
      }
    }
    if (comparable(all[i].other_word, draft.amount)) {
      const bool lower = less(*all[i].other_word, *draft.amount);
      low_text = decimal_text(lower ? *all[i].other_word : *draft.amount);
      high_text = decimal_text(lower ? *draft.amount : *all[i].other_word);
    }
    if (before && draft.amount && !(*before == *draft.amount)) stated_text = decimal_text(*before);
    for (const auto& [place, text] : {std::pair{reported_by, &who}, std::pair{same_as, &others}, std::pair{low, &low_text},
                                      std::pair{high, &high_text}, std::pair{stated, &stated_text}}) {
      draft.further[place] = *text;
    }
    derivation.add(draft);
    derivation.carry_evidence(tie, network.key(tie));
    for (const EdgeId other : all[i].same_as) derivation.carry_evidence(other, network.key(tie));
  }
  return derivation.build();
}

std::vector<Table> reconciliation_tables(const Reconciliation& found) {
  const Network& network = *found.network;
  Table totals{"totals", "What is reported, and what of it is reported once", found.network, {}, {}, {}, true, {}};
  totals.columns = {{"currency", "", ""}, {"stage", "", "of the money: commitment, disbursement; empty where the kinds name none"}, {"gross", "", "everything reported"}, {"removed_parents", "", "reported again in the parts of an activity"},
                    {"removed_pairs", "", "the second report of the same money"}, {"net", "", "gross - removed"},
                    {"paired", "", "of the net: reported by giver and taker"},
                    {"unreconciled", "", "of the net: both sides report, and these fit nothing"},
                    {"low", "", "the lower report throughout"}, {"high", "", "the higher report throughout"}};
  for (const ReconciledTotals& t : found.totals) {
    totals.rows.push_back({std::string(t.currency.text()), t.stage.empty() ? TableCell() : TableCell(t.stage), t.gross, t.removed_parents, t.removed_pairs, t.net, t.paired, t.unreconciled, t.low, t.high});
  }

  const auto keys = [&](const std::vector<std::size_t>& part) {
    std::string text;
    for (const std::size_t i : part) text += (text.empty() ? "" : " ") + std::string(network.key(found.reports[i].tie));
    return text;
  };
  const auto cell = [](const std::optional<Money>& money) { return money ? TableCell(*money) : TableCell(); };
  const auto code = [](const std::optional<Money>& a, const std::optional<Money>& b) {
    return a && b && !(a->currency == b->currency) ? std::string(a->currency.text()) + " and " + std::string(b->currency.text())
           : a || b                                ? std::string((a ? *a : *b).currency.text())
                                                   : std::string();
  };
  Table pairs{"pairs", "The same money, told twice", found.network, {}, {}, {}, true, "complete"};
  pairs.columns = {{"source", "", ""}, {"target", "", ""}, {"given", "", "ties that the giver reports"}, {"taken", "", "ties that the taker reports"},
                   {"given_amount", "", ""}, {"taken_amount", "", ""}, {"currency", "", ""}, {"days_apart", "days", ""}, {"stands", "", ""}, {"why", "", ""}};
  for (const ReportPair& pair : found.pairs) {
    const EdgeId tie = found.reports[pair.given.front()].tie;
    const bool giver = giver_stands(pair.given_sum, pair.taken_sum, found.options.prefer, ReportVersion::reconciled);
    const bool groups = pair.given.size() + pair.taken.size() > 2;
    pairs.rows.push_back({network.source(tie), network.target(tie), keys(pair.given), keys(pair.taken), cell(pair.given_sum), cell(pair.taken_sum),
                          code(pair.given_sum, pair.taken_sum), pair.days_apart ? TableCell(*pair.days_apart) : TableCell(),
                          std::string(giver ? "giver" : "taker"),
                          std::string(pair.reason == ReportPair::Reason::activity_ids
                                          ? groups ? "activity ids connect them, sum against sum" : "activity ids connect them"
                                          : "date and amount agree")});
  }

  Table parents{"parents", "Activities whose parts report the same money in detail", found.network, {}, {}, {}, true, "complete"};
  parents.columns = {{"tie", "", ""}, {"activity", "", ""}, {"stated", "", ""}, {"removed", "", "reported by the parts"}, {"left", "", "not broken down"},
                     {"currency", "", ""}, {"parts", "", ""}};
  for (const ParentCover& cover : found.covers) {
    std::string parts;
    for (const std::string& part : cover.parts) parts += (parts.empty() ? "" : " ") + part;
    const Report& report = found.reports[cover.report];
    parents.rows.push_back({report.tie, report.activity, cover.stated, cover.removed, cover.left, std::string(cover.stated.currency.text()), parts});
  }

  Table alone{"unreconciled", "Reports that fit nothing on the other side, which reports too", found.network, {}, {}, {}, true, "complete"};
  alone.columns = {{"tie", "", ""}, {"source", "", ""}, {"target", "", ""}, {"reporter", "", ""}, {"date", "", ""}, {"amount", "", ""}, {"currency", "", ""}, {"why", "", ""}};
  for (std::size_t i = 0; i < found.unreconciled.size(); ++i) {
    const Report& report = found.reports[found.unreconciled[i]];
    alone.rows.push_back({report.tie, network.source(report.tie), network.target(report.tie), report.reporter, date_words(network, report.tie),
                          cell(report.amount), code(report.amount, std::nullopt), found.why_unreconciled[i]});
  }
  return {totals, pairs, parents, alone};
}

}  // namespace entente
