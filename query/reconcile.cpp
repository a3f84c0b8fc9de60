#include "query/reconcile.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "algorithms/matching/assignment.hpp"
#include "engine/text.hpp"
#include "query/reconcile_parts.hpp"

namespace entente {

namespace {

using Indices = std::vector<std::size_t>;
using Wide = MatchCost::Wide;

constexpr int finest = 9;  // decimals that Money can have

/// The amount in units of 10^-9, which any two amounts of a currency can be compared in.
Wide fine_units(const Money& money) {
  Wide units = money.units;
  for (int i = money.decimals; i < finest; ++i) units *= 10;
  return units;
}

bool same_currency(const Report& a, const Report& b) { return a.amount && b.amount && a.amount->currency == b.amount->currency; }

Wide difference(const Report& a, const Report& b) {
  const Wide d = fine_units(*a.amount) - fine_units(*b.amount);
  return d < 0 ? -d : d;
}

bool within_tolerance(const Report& a, const Report& b, std::int64_t basis_points) {
  const Wide larger = std::max(fine_units(*a.amount), fine_units(*b.amount));
  return difference(a, b) <= larger / 10000 * basis_points + larger % 10000 * basis_points / 10000;
}

bool linked(const Report& given, const Report& taken) {
  const auto same = [](const std::string& a, const std::string& b) { return !a.empty() && a == b; };
  return same(given.receiver_activity, taken.activity) || same(taken.provider_activity, given.activity) ||
         (same(given.provider_activity, taken.provider_activity) && same(given.receiver_activity, taken.receiver_activity));
}

/// Giver and taker reports of one stage between two bodies.
struct Block {
  Indices given, taken;
};

/// Amounts that cannot be compared come after all that can.
MatchCost cost_of(const Report& given, const Report& taken) {
  constexpr Wide incomparable = Wide{1} << 79;
  const Wide unknown_gap = Wide{1} << 40;
  const auto gap = days_between(given.days, taken.days);
  return {same_currency(given, taken) ? difference(given, taken) : incomparable, gap ? Wide{*gap} : unknown_gap};
}

std::optional<Money> sum_of(const std::vector<Report>& reports, const Indices& part) {
  std::optional<Money> sum;
  for (const std::size_t i : part) {
    if (!reports[i].amount) return std::nullopt;
    if (!sum) {
      sum = *reports[i].amount;
    } else {
      const auto added = add(*sum, *reports[i].amount);
      if (!added) return std::nullopt;
      sum = *added;
    }
  }
  return sum;
}

class Pairing {
 public:
  Pairing(Reconciliation& found) : found_(found), paired_(found.reports.size(), false) {}

  void one_to_one(const Block& block, ReportPair::Reason reason) {
    const bool by_ids = reason == ReportPair::Reason::activity_ids;
    const Indices given = free_of(block.given), taken = free_of(block.taken);
    std::vector<MatchCandidate> candidates;
    for (std::uint32_t left = 0; left < given.size(); ++left) {
      for (std::uint32_t right = 0; right < taken.size(); ++right) {
        const Report &g = found_.reports[given[left]], &t = found_.reports[taken[right]];
        if (by_ids ? !linked(g, t) || !near(g, t, true) || !agree(g, t, true) : !near(g, t, false) || !agree(g, t, false)) continue;
        candidates.push_back({left, right, cost_of(g, t)});
      }
    }
    const Matching matching = match(given.size(), taken.size(), std::move(candidates));
    greedy_ = greedy_ || !matching.least_cost;
    for (std::size_t left = 0; left < given.size(); ++left) {
      if (matching.right_of[left]) keep({given[left]}, {taken[*matching.right_of[left]]}, reason);
    }
  }

  /// What ids connect and dates allow, but no single amounts: groups, sum against sum.
  void groups(const Block& block) {
    const Indices given = free_of(block.given), taken = free_of(block.taken);
    std::vector<std::size_t> group(given.size() + taken.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
      while (group[i] != i) i = group[i] = group[group[i]];
      return i;
    };
    for (std::size_t left = 0; left < given.size(); ++left) {
      for (std::size_t right = 0; right < taken.size(); ++right) {
        const Report &g = found_.reports[given[left]], &t = found_.reports[taken[right]];
        if (!linked(g, t) || !near(g, t, true)) continue;
        const std::size_t a = root(left), b = root(given.size() + right);
        group[std::max(a, b)] = std::min(a, b);
      }
    }
    std::map<std::size_t, std::pair<Indices, Indices>> members;
    for (std::size_t i = 0; i < group.size(); ++i) {
      auto& [left, right] = members[root(i)];
      if (i < given.size()) left.push_back(given[i]);
      else right.push_back(taken[i - given.size()]);
    }
    for (auto& [first, sides] : members) {
      if (!sides.first.empty() && !sides.second.empty()) {
        keep(std::move(sides.first), std::move(sides.second), ReportPair::Reason::activity_ids);
      }
    }
  }

  Indices free_of(const Indices& part) const {
    Indices free;
    for (const std::size_t i : part) {
      if (!paired_[i]) free.push_back(i);
    }
    return free;
  }
  bool greedy() const { return greedy_; }

 private:
  bool near(const Report& g, const Report& t, bool undated_too) const {
    const auto gap = days_between(g.days, t.days);
    return gap ? *gap <= found_.options.window_days : undated_too;
  }
  bool agree(const Report& g, const Report& t, bool incomparable_too) const {
    return same_currency(g, t) ? within_tolerance(g, t, found_.options.tolerance_bp) : incomparable_too;
  }
  void keep(Indices given, Indices taken, ReportPair::Reason reason) {
    ReportPair pair{std::move(given), std::move(taken), reason, {}, {}, {}};
    for (const std::size_t g : pair.given) {
      paired_[g] = true;
      for (const std::size_t t : pair.taken) {
        const auto gap = days_between(found_.reports[g].days, found_.reports[t].days);
        if (gap && (!pair.days_apart || *gap < *pair.days_apart)) pair.days_apart = gap;
      }
    }
    for (const std::size_t t : pair.taken) paired_[t] = true;
    pair.given_sum = sum_of(found_.reports, pair.given);
    pair.taken_sum = sum_of(found_.reports, pair.taken);
    found_.pairs.push_back(std::move(pair));
  }

  Reconciliation& found_;
  std::vector<bool> paired_;
  bool greedy_ = false;
};

/// "the nearest report of the other side differs by USD 1,200 and 45 days".
std::string why_alone(const std::vector<Report>& reports, std::size_t index, const Indices& others) {
  const Report& one = reports[index];
  const auto nearest = std::ranges::min_element(others, [&](std::size_t a, std::size_t b) {
    return cost_of(one, reports[a]) < cost_of(one, reports[b]);
  });
  const Report& other = reports[*nearest];
  if (!same_currency(one, other)) return "no report of the other side states an amount in the same currency";
  const int decimals = std::max(one.amount->decimals, other.amount->decimals);
  Wide units = difference(one, other);
  for (int i = decimals; i < finest; ++i) units /= 10;
  std::string text = "the nearest report of the other side differs by " +
                     money_words({static_cast<std::int64_t>(units), decimals, one.amount->currency});
  const auto gap = days_between(one.days, other.days);
  return text + (gap ? " and " + counted(static_cast<std::size_t>(*gap), "day", "days") : ", and one of the two states no date");
}

}  // namespace

Result<Reconciliation> reconcile(const Selection& selection, const ReconcileOptions& options, const Job& job) {
  Reconciliation found;
  found.network = selection.network;
  found.selection = selection;
  found.options = options;
  found.reports = reports_of(selection, options.columns);
  if (auto covered = cover_parents(found); !covered) return tl::unexpected(covered.error());

  const Network& network = *selection.network;
  const auto gone = [&](const Report& report) { return report.amount && report.amount->units == 0; };
  using BlockKey = std::tuple<std::string_view, std::string_view, std::string>;
  std::map<BlockKey, Block> blocks;
  for (std::size_t i = 0; i < found.reports.size(); ++i) {
    const Report& report = found.reports[i];
    if (report.side == Report::Side::other || gone(report)) continue;
    Block& block = blocks[{network.key(network.source(report.tie)), network.key(network.target(report.tie)), report.stage}];
    (report.side == Report::Side::giver ? block.given : block.taken).push_back(i);
  }
  Pairing pairing(found);
  std::size_t done = 0;
  for (const auto& [key, block] : blocks) {
    if (job.cancelled()) return tl::unexpected(interrupted());
    job.report("pairing reports", ++done, blocks.size());
    if (block.given.empty() || block.taken.empty()) continue;
    pairing.one_to_one(block, ReportPair::Reason::activity_ids);
    pairing.groups(block);
    pairing.one_to_one(block, ReportPair::Reason::date_and_amount);
    const Indices given = pairing.free_of(block.given), taken = pairing.free_of(block.taken);
    if (given.empty() || taken.empty()) continue;
    for (const auto& [side, others] : {std::pair{&given, &taken}, std::pair{&taken, &given}}) {
      for (const std::size_t i : *side) {
        found.unreconciled.push_back(i);
        found.why_unreconciled.push_back(why_alone(found.reports, i, *others));
      }
    }
  }
  if (pairing.greedy()) {
    found.notes.push_back("between two bodies with very many reports the nearest were paired first, which need not be the best pairing of all");
  }
  std::size_t others = 0;
  for (const Report& report : found.reports) others += report.side == Report::Side::other;
  if (others > 0) {
    found.notes.push_back(counted(others, "report", "reports") + " by a body that neither gives nor takes the money counted as they stand");
  }
  const std::size_t silent = selection.edges.size() - found.reports.size();
  if (silent > 0) found.notes.push_back(counted(silent, "tie names", "ties name") + " no reporter and count as they stand");
  std::set<std::string> statuses;
  for (const EdgeId tie : selection.edges) {
    found.unknown += !network.amount(tie);
    if (network.amount(tie)) statuses.insert(network.status(tie).empty() ? "not stated" : network.status(tie));
  }
  if (statuses.size() > 1) {
    std::string words;
    for (const std::string& status : statuses) words += (words.empty() ? "" : ", ") + status;
    found.notes.push_back("the sums hold ties of several statuses: " + words + "; what is planned or sought was not paid (--status keeps them apart)");
  }
  auto totals = totals_of(found);
  if (!totals) return tl::unexpected(totals.error());
  found.totals = std::move(*totals);
  return found;
}

}  // namespace entente
