#include "viz/sankey_bodies.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "engine/text.hpp"
#include "viz/labels.hpp"
#include "viz/sankey_levels.hpp"

namespace entente {

namespace {

__extension__ using WideSum = __int128;

/// A property of bodies that groups or levels go by.
class BodyProperty {
 public:
  static Result<BodyProperty> named(const Network& network, const std::string& name, const std::string& option,
                                    const std::string& further) {
    BodyProperty property(network, name);
    if (name == "country" || name == "kind") return property;
    property.column_ = network.node_attribute(name);
    if (property.column_) return property;
    std::string known = further + "country, kind";
    for (const Attribute& column : network.node_attributes()) known += ", " + column.name;
    return fail(ErrorCode::bad_argument, "Bodies have nothing called \"" + shortened(one_line(name), 60) + "\". Known: " + known + ".",
                "option " + option);
  }
  std::string value(NodeId node) const {
    if (column_) return std::string(column_->text(node.index));
    return name_ == "country" ? network_->country(node) : network_->kind(node);
  }
  std::string words(const std::string& value) const {
    if (value.empty()) return name_ + " not stated";
    return name_ == "country" && !column_ ? country_name(value) : value;
  }
  const std::string& name() const { return name_; }

 private:
  BodyProperty(const Network& network, std::string name) : network_(&network), name_(std::move(name)) {}
  const Network* network_;
  std::string name_;
  const Attribute* column_ = nullptr;
};

/// Adds up what each body gives and gets, sorts bodies by it and points the ties at their new places.
void rank_bodies(const Network& network, std::vector<SankeyBody>& bodies, std::vector<SankeyTie>& ties) {
  std::vector<std::int64_t> of_member(network.node_count(), 0);
  for (const SankeyTie& tie : ties) {
    SankeyBody &from = bodies[tie.source], &to = bodies[tie.target];
    ++from.ties;
    if (tie.source == tie.target) {
      from.self += tie.units;
    } else {
      ++to.ties;
      from.out += tie.units;
      to.in += tie.units;
    }
    // A member's own sums only order the list of members; halved, since a self-flow counts at both ends.
    of_member[network.source(tie.edge).index] += tie.units / 2;
    of_member[network.target(tie.edge).index] += tie.units / 2;
  }
  for (SankeyBody& body : bodies) {
    std::ranges::sort(body.members, [&](NodeId a, NodeId b) {
      return std::tuple(of_member[b.index], network.key(a)) < std::tuple(of_member[a.index], network.key(b));
    });
  }
  std::vector<std::uint32_t> order(bodies.size()), place(bodies.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const SankeyBody &x = bodies[a], &y = bodies[b];
    return std::tuple(y.size(), y.ties, x.key) < std::tuple(x.size(), x.ties, y.key);
  });
  std::vector<SankeyBody> sorted;
  sorted.reserve(bodies.size());
  for (const std::uint32_t at : order) {
    place[at] = static_cast<std::uint32_t>(sorted.size());
    sorted.push_back(std::move(bodies[at]));
  }
  bodies = std::move(sorted);
  for (SankeyTie& tie : ties) {
    tie.source = place[tie.source];
    tie.target = place[tie.target];
  }
}

/// The first year in which a body gives or gets money, as far as its ties are dated.
std::vector<std::optional<int>> first_years(const Network& network, const std::vector<SankeyTie>& ties, std::size_t bodies) {
  std::vector<std::optional<int>> first(bodies);
  for (const SankeyTie& tie : ties) {
    const Edtf* date = network.start(tie.edge) ? network.start(tie.edge) : network.end(tie.edge);
    if (!date || !date->has_year()) continue;
    for (const std::uint32_t body : {tie.source, tie.target}) {
      if (!first[body] || date->year() < *first[body]) first[body] = date->year();
    }
  }
  return first;
}

/// Periods of 1, 2, 5, 10 … years, so few that they fit; bodies without a date come last.
std::vector<std::string> levels_by_date(const Network& network, const std::vector<SankeyTie>& ties,
                                        std::vector<SankeyBody>& bodies) {
  const auto years = first_years(network, ties, bodies.size());
  const auto period_of = [](int year, std::int64_t step) { return (year - ((year % step) + step) % step); };
  std::map<std::int64_t, std::size_t> periods;
  std::int64_t step = 1;
  for (std::size_t i = 0;; ++i) {
    periods.clear();
    for (const auto& year : years) {
      if (year) periods[period_of(*year, step)] = 0;
    }
    if (periods.size() < sankey_most_levels) break;
    step = i % 3 == 1 ? step / 2 * 5 : step * 2;
  }
  std::vector<std::string> names;
  for (auto& [begin, level] : periods) {
    level = names.size();
    names.push_back("from " + std::to_string(begin));
    if (step == 1) names.back() = std::to_string(begin);
    else names.back() = std::to_string(begin) + "–" + std::to_string(begin + step - 1);
  }
  bool undated = false;
  for (std::size_t body = 0; body < bodies.size(); ++body) {
    if (years[body]) {
      bodies[body].level = periods[period_of(*years[body], step)];
    } else {
      bodies[body].level = names.size();
      undated = true;
    }
  }
  if (undated) names.push_back("no date");
  return names;
}

/// The values with most money, in an order in which little money runs backwards.
std::vector<std::string> levels_by_value(const BodyProperty& property, const std::vector<SankeyTie>& ties,
                                         std::vector<SankeyBody>& bodies) {
  std::vector<std::string> value(bodies.size());
  std::map<std::string, WideSum> money;
  for (std::size_t body = 0; body < bodies.size(); ++body) {
    const auto& members = bodies[body].members;
    std::string shared = property.words(property.value(members.front()));
    for (const NodeId member : members) {
      if (property.words(property.value(member)) != shared) {
        shared = "of several";
        break;
      }
    }
    money[shared] += bodies[body].size();
    value[body] = std::move(shared);
  }
  std::vector<std::string> values;
  for (const auto& [name, sum] : money) values.push_back(name);
  std::ranges::stable_sort(values, [&](const auto& a, const auto& b) { return money[a] > money[b]; });
  const bool cut = values.size() > sankey_most_levels;
  if (cut) {
    values.resize(sankey_most_levels - 1);
    values.push_back(property.name() == "country" ? "other countries" : property.name() == "kind" ? "other kinds" : "other " + property.name());
  }
  std::map<std::string, std::size_t> level;
  for (std::size_t i = 0; i + (cut ? 1 : 0) < values.size(); ++i) level[values[i]] = i;
  for (std::size_t body = 0; body < bodies.size(); ++body) {
    const auto found = level.find(value[body]);
    bodies[body].level = found == level.end() ? values.size() - 1 : found->second;
  }
  std::map<std::pair<std::size_t, std::size_t>, SankeyArc> sums;
  for (const SankeyTie& tie : ties) {
    const std::size_t from = bodies[tie.source].level, to = bodies[tie.target].level;
    SankeyArc& arc = sums.try_emplace({from, to}, SankeyArc{from, to, 0, 0}).first->second;
    arc.units += tie.units;
    arc.unknown += tie.stated ? 0 : 1;
  }
  std::vector<SankeyArc> arcs;
  for (const auto& [ends, arc] : sums) arcs.push_back(arc);
  const auto order = feedback_order(values.size(), arcs);
  std::vector<std::size_t> place(values.size());
  std::vector<std::string> names;
  for (const std::size_t at : order) {
    place[at] = names.size();
    names.push_back(values[at]);
  }
  for (SankeyBody& body : bodies) body.level = place[body.level];
  return names;
}

}  // namespace

Result<std::vector<SankeyBody>> sankey_bodies(const Network& network, const SankeySpec& spec, std::vector<SankeyTie>& ties) {
  std::vector<SankeyBody> bodies;
  constexpr std::uint32_t none = 0xFFFFFFFF;
  std::vector<std::uint32_t> body_of(network.node_count(), none);
  std::optional<BodyProperty> property;
  if (!spec.group.empty()) {
    auto found = BodyProperty::named(network, spec.group, "group", "");
    if (!found) return tl::unexpected(found.error());
    property = std::move(*found);
  }
  std::map<std::string, std::uint32_t> group_of;
  const auto body_for = [&](NodeId node) {
    std::uint32_t& body = body_of[node.index];
    if (body != none) return body;
    body = static_cast<std::uint32_t>(bodies.size());
    if (property) {
      const std::string value = property->value(node);
      body = group_of.try_emplace(value, body).first->second;
      if (body == bodies.size()) bodies.push_back({value, property->words(value), {}, 0, 0, 0, 0, 0});
    } else {
      bodies.push_back({std::string(network.key(node)), std::string(network.label(node, spec.languages)), {}, 0, 0, 0, 0, 0});
    }
    bodies[body].members.push_back(node);
    return body;
  };
  for (SankeyTie& tie : ties) {
    tie.source = body_for(network.source(tie.edge));
    tie.target = body_for(network.target(tie.edge));
  }
  rank_bodies(network, bodies, ties);
  return bodies;
}

Result<std::vector<std::string>> sankey_levels(const Network& network, const SankeySpec& spec,
                                               const std::vector<SankeyTie>& ties, std::vector<SankeyBody>& bodies) {
  if (spec.levels.empty() || spec.levels == "hop") return std::vector<std::string>();
  if (spec.levels == "date") return levels_by_date(network, ties, bodies);
  const auto property = BodyProperty::named(network, spec.levels, "levels", "hop, date, ");
  if (!property) return tl::unexpected(property.error());
  return levels_by_value(*property, ties, bodies);
}

}  // namespace entente
