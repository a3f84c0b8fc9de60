#include "viz/sankey_folding.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "engine/text.hpp"

namespace entente {

namespace {

enum FoldedRole : std::size_t { of_level, giver, intermediary, in_circle, receiver };

std::string_view role_words(std::size_t role) {
  switch (role) {
    case giver: return "other givers";
    case intermediary: return "other intermediaries";
    case in_circle: return "others of a circle";
    case receiver: return "other receivers";
    default: return "other";
  }
}

}  // namespace

SankeyFolder::SankeyFolder(const std::vector<SankeyBody>& bodies, const std::vector<SankeyTie>& ties, const SankeyData& data,
                           const SankeySpec& spec)
    : bodies_(bodies), data_(data), spec_(spec) {
  __extension__ using Product = __int128;
  // Shares are compared in billionths, so that no amount becomes a double.
  const auto billionths = static_cast<std::int64_t>(std::llround(std::clamp(spec.least_share, 0.0, 1.0) * 1e9));
  while (large_enough_ < bodies.size() && static_cast<Product>(bodies[large_enough_].size()) * 1000000000 >=
                                              static_cast<Product>(data.total) * billionths) {
    ++large_enough_;
  }
  if (!data.levels.empty()) return;
  gets_.assign(bodies.size(), 0);
  gives_.assign(bodies.size(), 0);
  for (const SankeyTie& tie : ties) {
    if (tie.source == tie.target) continue;
    gives_[tie.source] = gets_[tie.target] = 1;
    arcs_.emplace_back(tie.source, tie.target);
  }
  std::ranges::sort(arcs_);
  arcs_.erase(std::ranges::unique(arcs_).begin(), arcs_.end());
  components_ = strong_components(bodies.size(), arcs_);
  level_ = component_levels(components_, arcs_);
}

SankeyFolding SankeyFolder::folded(std::size_t most) const {
  const bool hop = data_.levels.empty();
  most = std::min(most, large_enough_);
  std::set<std::uint32_t> kept_levels, kept_components;
  for (std::size_t body = 0; hop && body < most; ++body) {
    kept_components.insert(components_.of[body]);
    if (gets_[body] && gives_[body]) kept_levels.insert(level_[components_.of[body]]);
  }
  const auto bundle_of = [&](std::size_t body) -> Bundle {
    if (!hop) return {of_level, bodies_[body].level};
    if (!gives_[body]) return {receiver, 0};
    if (!gets_[body]) return {giver, 0};
    const std::uint32_t component = components_.of[body];
    if (kept_components.contains(component)) return {in_circle, component};
    return {intermediary, static_cast<std::size_t>(std::distance(kept_levels.begin(), kept_levels.upper_bound(level_[component])))};
  };
  std::map<Bundle, std::vector<std::size_t>> rest;
  for (std::size_t body = most; body < bodies_.size(); ++body) rest[bundle_of(body)].push_back(body);
  std::map<std::size_t, std::size_t> bundles, number;  // of each role
  for (const auto& [bundle, members] : rest) bundles[bundle.first] += members.size() > 1 ? 1u : 0u;

  SankeyFolding result;
  result.node.assign(bodies_.size(), 0);
  for (std::size_t body = 0; body < bodies_.size(); ++body) {
    if (body >= most && rest.at(bundle_of(body)).size() > 1) continue;
    const SankeyBody& from = bodies_[body];
    result.node[body] = result.nodes.size();
    SankeyNode& node = result.nodes.emplace_back();
    node.key = from.key;
    node.name = from.name;
    node.level = from.level;
    node.members = from.members;
  }
  const std::string what = spec_.group.empty() ? " bodies)" : " groups)";
  for (const auto& [bundle, members] : rest) {
    if (members.size() < 2) continue;
    const auto& [role, which] = bundle;
    SankeyNode& node = result.nodes.emplace_back();
    node.bundle = true;
    node.level = hop ? 0 : which;
    node.name = role_words(role);
    if (hop && bundles[role] > 1) node.name += " " + std::to_string(++number[role]);
    node.name += " (" + grouped(members.size()) + what + (hop ? "" : ": " + data_.levels[which]);
    for (const std::size_t body : members) {
      result.node[body] = result.nodes.size() - 1;
      node.members.insert(node.members.end(), bodies_[body].members.begin(), bodies_[body].members.end());
    }
  }
  return result;
}

bool SankeyFolder::fits(const SankeyFolding& folding) const {
  std::set<std::pair<std::uint32_t, std::uint32_t>> shown;
  for (const auto& [from, to] : arcs_) {
    const std::size_t source = folding.node[from], target = folding.node[to];
    if (source != target) shown.emplace(static_cast<std::uint32_t>(source), static_cast<std::uint32_t>(target));
  }
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs(shown.begin(), shown.end());
  const SankeyComponents components = strong_components(folding.nodes.size(), arcs);
  const auto level = component_levels(components, arcs);
  return level.empty() || *std::ranges::max_element(level) < sankey_most_hops;
}

}  // namespace entente
