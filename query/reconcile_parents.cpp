#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/text.hpp"
#include "query/reconcile_parts.hpp"

namespace entente {

namespace {

/// The activities of one reporter, in one stage and currency, as a forest: what is below what.
struct ActivityForest {
  std::map<std::string, std::vector<std::size_t>> reports;   // of each activity
  std::map<std::string, std::string> parent;
  std::map<std::string, std::set<std::string>> children;
};

/// The parents that activities name, without those that would make an activity its own ancestor.
void plant(ActivityForest& forest, const std::vector<Report>& all, std::vector<std::string>& notes) {
  std::set<std::string> torn;
  for (const auto& [activity, reports] : forest.reports) {
    for (const std::size_t i : reports) {
      const std::string& parent = all[i].parent_activity;
      if (parent.empty()) continue;
      const auto [known, first] = forest.parent.emplace(activity, parent);
      if (!first && known->second != parent) torn.insert(activity);
    }
  }
  for (const std::string& activity : torn) {
    notes.push_back("activity " + activity + " names several parents, so none of them is held to contain it");
    forest.parent.erase(activity);
  }
  // Each activity has one parent at most, so a walk upwards ends at a root, where an earlier walk came by, or, in a
  // circle, where it came by itself. Every activity is passed once.
  std::set<std::string> circular;
  std::map<std::string, std::string> walk_of;  // the activity that a walk set out from
  for (const auto& [activity, parent] : forest.parent) {
    auto step = forest.parent.find(activity);
    while (step != forest.parent.end() && walk_of.emplace(step->first, activity).second) step = forest.parent.find(step->second);
    if (step == forest.parent.end() || walk_of[step->first] != activity) continue;
    while (circular.insert(step->first).second) step = forest.parent.find(step->second);
  }
  for (const std::string& activity : circular) {
    notes.push_back("activity " + activity + " is named as its own ancestor, which is left out of account");
    forest.parent.erase(activity);
  }
  for (const auto& [activity, parent] : forest.parent) forest.children[parent].insert(activity);
}

class Covering {
 public:
  Covering(Reconciliation& found, const ActivityForest& forest, Currency currency)
      : found_(found), forest_(forest), currency_(currency) {}

  /// Covers everything, from the leaves up, without recursion: chains of parents may be long.
  Result<void> cover_all() {
    std::vector<std::string> order;
    for (const auto& [activity, below] : forest_.children) {
      if (!forest_.parent.contains(activity)) order.push_back(activity);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto below = forest_.children.find(order[i]);
      if (below != forest_.children.end()) order.insert(order.end(), below->second.begin(), below->second.end());
    }
    for (auto activity = order.rbegin(); activity != order.rend(); ++activity) {
      if (auto covered = cover(*activity); !covered) return covered;
    }
    return {};
  }

 private:
  /// What the reports of an activity state together, and all below it, after covering.
  Result<void> cover(const std::string& activity) {
    Money below{0, 0, currency_};
    std::vector<std::string> parts;
    if (const auto children = forest_.children.find(activity); children != forest_.children.end()) {
      for (const std::string& child : children->second) {
        const auto sum = add(below, net_.at(child));
        if (!sum) return tl::unexpected(sum.error());
        below = *sum;
        parts.push_back(child);
      }
    }
    Money net = below, to_cover = below;
    if (const auto own = forest_.reports.find(activity); own != forest_.reports.end()) {
      for (const std::size_t i : own->second) {
        if (auto covered = cover_report(i, to_cover, net, parts); !covered) return covered;
      }
    }
    net_.emplace(activity, net);
    return {};
  }

  Result<void> cover_report(std::size_t index, Money& to_cover, Money& net, const std::vector<std::string>& parts) {
    Report& report = found_.reports[index];
    const Money stated = *report.amount;
    const int decimals = std::max(stated.decimals, to_cover.decimals);
    const auto mine = rescale(stated, decimals), rest = rescale(to_cover, decimals);
    if (!mine) return tl::unexpected(mine.error());
    if (!rest) return tl::unexpected(rest.error());
    const std::int64_t removed = std::min(mine->units, rest->units);
    const Money left{mine->units - removed, decimals, currency_};
    to_cover = {rest->units - removed, decimals, currency_};
    const auto sum = add(net, left);
    if (!sum) return tl::unexpected(sum.error());
    net = *sum;
    if (removed > 0) {
      found_.covers.push_back({index, stated, {removed, decimals, currency_}, left, parts});
      report.amount = left;
    }
    return {};
  }

  Reconciliation& found_;
  const ActivityForest& forest_;
  Currency currency_;
  std::map<std::string, Money> net_;
};

}  // namespace

Result<void> cover_parents(Reconciliation& found) {
  using GroupKey = std::tuple<std::string, std::string, Currency>;
  std::map<GroupKey, ActivityForest> forests;
  for (std::size_t i = 0; i < found.reports.size(); ++i) {
    const Report& report = found.reports[i];
    if (report.activity.empty() || !report.amount) continue;
    forests[{report.reporter, report.stage, report.amount->currency}].reports[report.activity].push_back(i);
  }
  for (auto& [key, forest] : forests) {
    plant(forest, found.reports, found.notes);
    // Reports come sorted by their ends; a parent's are taken off in the order of their dates.
    for (auto& [activity, reports] : forest.reports) {
      std::ranges::stable_sort(reports, {}, [&](std::size_t i) { return found.reports[i].days.earliest; });
    }
    if (auto covered = Covering(found, forest, std::get<2>(key)).cover_all(); !covered) return covered;
  }
  std::ranges::sort(found.notes);
  found.notes.erase(std::ranges::unique(found.notes).begin(), found.notes.end());
  return {};
}

}  // namespace entente
