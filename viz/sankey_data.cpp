#include "viz/sankey_data.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/kind.hpp"
#include "engine/text.hpp"
#include "viz/labels.hpp"
#include "viz/sankey_bodies.hpp"
#include "viz/sankey_folding.hpp"
#include "viz/sankey_levels.hpp"

namespace entente {

namespace {

/// The directed ties that carry money, as a selection; what has no direction goes to the notes.
Result<Selection> money_ties(const Selection& selection, SankeyData& data) {
  const Network& network = *selection.network;
  if (selection.undirected) {
    return fail(ErrorCode::bad_argument, "A Sankey diagram shows where money goes: it needs the directions of ties.", "option undirected");
  }
  std::set<std::string> kinds_with_money;
  for (const EdgeId edge : selection.edges) {
    if (network.amount(edge)) kinds_with_money.insert(network.kind(edge));
  }
  Selection part = selection;
  part.edges.clear();
  std::map<Currency, MoneyTotal> mutual;
  std::set<Currency> beyond;  // 64 bits
  std::size_t mutual_ties = 0, mutual_unknown = 0;
  for (const EdgeId edge : selection.edges) {
    const auto amount = network.amount(edge);
    if (!amount && !is_kind(network.kind(edge), "funding") && !kinds_with_money.contains(network.kind(edge))) continue;
    if (network.is_directed(edge)) {
      part.edges.push_back(edge);
    } else if (amount) {
      ++mutual_ties;
      MoneyTotal& total = mutual[amount->currency];
      if (auto sum = accumulate(total, amount)) total = *sum;
      else beyond.insert(amount->currency);
    } else {
      ++mutual_unknown;
    }
  }
  if (mutual_ties > 0) {
    std::string sums;
    for (const auto& [currency, total] : mutual) {
      sums += (sums.empty() ? "" : ", ") + (beyond.contains(currency) ? std::string(currency.text()) + " beyond 64 bits" : to_string(*total.sum));
    }
    data.notes.push_back(counted(mutual_ties, "tie states", "ties state") + " money (" + sums +
                         ") but no direction and " + (mutual_ties == 1 ? "is" : "are") + " left out");
  }
  if (mutual_unknown > 0) {
    data.notes.push_back(counted(mutual_unknown, "tie", "ties") + " of kinds that carry money, without amount or direction, left out");
  }
  if (part.edges.empty()) {
    return fail(ErrorCode::bad_argument,
                "There is no money to draw: of " + counted(selection.edges.size(), "tie", "ties") +
                    " none with a direction states an amount or is of kind funding." +
                    (mutual_ties > 0 ? " Those that state money have no direction; --directed takes them from source to target." : ""));
  }
  return part;
}

/// Every tie with its amount in whole units of one currency.
Result<std::vector<SankeyTie>> counted_ties(const Selection& part, const SankeySpec& spec, SankeyData& data) {
  const Network& network = *part.network;
  std::vector<SankeyTie> ties;
  const bool any = std::ranges::any_of(part.edges, [&](EdgeId edge) { return network.amount(edge).has_value(); });
  TieMoney money;
  if (any) {
    const auto graph = topology(part);
    if (!graph) return tl::unexpected(graph.error());
    auto read = tie_money(*graph, spec.currency);
    if (!read) return tl::unexpected(read.error());
    money = std::move(*read);
    data.currency = money.column.currency;
    data.decimals = money.column.decimals;
  } else {
    data.currency = spec.currency;
  }
  for (std::size_t i = 0; i < part.edges.size(); ++i) {
    SankeyTie tie;
    tie.edge = part.edges[i];
    const EdgeId here{static_cast<std::uint32_t>(i)};
    tie.stated = any && money.stated[here] != 0;
    if (!tie.stated && network.amount(tie.edge)) continue;  // another currency
    tie.units = tie.stated ? money.column.units[here] : 0;
    if (__builtin_add_overflow(data.total, tie.units, &data.total)) {
      return fail(ErrorCode::overflow, "The amounts add up to more than 64 bits can hold. Select fewer ties.");
    }
    tie.status = status_class(network.status(tie.edge));
    ++(tie.stated ? data.stated : data.unknown);
    ties.push_back(tie);
  }
  if (money.other_currency > 0) {
    data.notes.push_back(counted(money.other_currency, "amount", "amounts") + " in another currency left out");
  }
  if (ties.empty()) {
    return fail(ErrorCode::bad_argument, "No tie of the selection states an amount in " + std::string(data.currency->text()) + ".",
                "option currency");
  }
  if (data.stated == 0) {
    data.notes.push_back("no tie states an amount" + (data.currency ? " in " + std::string(data.currency->text()) : "") +
                         ": the picture shows who gives to whom, and no widths");
  }
  // By key, so that no order of rows shows in the picture.
  std::ranges::sort(ties, [&](const SankeyTie& a, const SankeyTie& b) { return network.key(a.edge) < network.key(b.edge); });
  return ties;
}

/// Ties by kind, or by the first words of kinds: most money first.
std::vector<std::string> kinds_by_money(const std::vector<SankeyTie>& ties,
                                        const std::function<std::string(const SankeyTie&)>& name_of, std::int64_t* of_largest) {
  std::map<std::string, std::pair<std::int64_t, std::size_t>> money;
  for (const SankeyTie& tie : ties) {
    auto& [units, count] = money[name_of(tie)];
    units += tie.units;
    ++count;
  }
  std::vector<std::string> kinds;
  for (const auto& [kind, sum] : money) kinds.push_back(kind);
  std::ranges::stable_sort(kinds, [&](const auto& a, const auto& b) { return money[a] > money[b]; });
  *of_largest = 0;
  for (std::size_t i = 0; i < kinds.size() && i + 1 < sankey_most_kinds; ++i) *of_largest += money[kinds[i]].first;
  return kinds;
}

/// Names the kinds and gives every tie its own: whole ones, or first words, or "other kinds".
void sort_kinds(const Network& network, std::vector<SankeyTie>& ties, SankeyData& data) {
  std::function<std::string(const SankeyTie&)> name_of = [&](const SankeyTie& tie) { return network.kind(tie.edge); };
  std::int64_t of_largest = 0;
  data.kinds = kinds_by_money(ties, name_of, &of_largest);
  if (data.kinds.size() > sankey_most_kinds && of_largest / 4 < data.total / 5) {
    name_of = [&](const SankeyTie& tie) { return std::string(top_kind(network.kind(tie.edge))); };
    data.kinds = kinds_by_money(ties, name_of, &of_largest);
  }
  std::size_t own = data.kinds.size();
  if (own > sankey_most_kinds) {
    own = sankey_most_kinds - 1;
    std::string names;
    for (std::size_t i = own; i < data.kinds.size() && i < own + 8; ++i) {
      names += (names.empty() ? "" : ", ") + (data.kinds[i].empty() ? "not stated" : one_line(data.kinds[i]));
    }
    if (data.kinds.size() > own + 8) names += ", …";
    data.notes.push_back("other kinds are " + grouped(data.kinds.size() - own) + ": " + names);
    data.kinds.resize(own);
    data.kinds.push_back("other kinds");
    data.other_kinds = true;
  }
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < own; ++i) place[data.kinds[i]] = i;
  for (SankeyTie& tie : ties) {
    const auto found = place.find(name_of(tie));
    tie.kind = found == place.end() ? own : found->second;
    data.statuses = data.statuses || !network.status(tie.edge).empty();
  }
}

void add_links(const std::vector<SankeyTie>& ties, const std::vector<std::size_t>& node_of, SankeyData& data) {
  data.links.clear();
  data.self_flows.clear();
  std::map<std::tuple<std::size_t, std::size_t, std::size_t, StatusClass>, SankeyLink> links;
  for (const SankeyTie& tie : ties) {
    const std::size_t from = node_of[tie.source], to = node_of[tie.target];
    SankeyLink& link = links[{from, to, tie.kind, tie.status}];
    link.units += tie.units;
    ++(tie.stated ? link.stated : link.unknown);
    link.ties.push_back(tie.edge);
  }
  for (auto& [ends, link] : links) {
    std::tie(link.source, link.target, link.kind, link.status) = ends;
    (link.source == link.target ? data.self_flows : data.links).push_back(std::move(link));
  }
}

void add_balances(SankeyData& data) {
  for (const SankeyLink& link : data.links) {
    SankeyNode &from = data.nodes[link.source], &to = data.nodes[link.target];
    from.out += link.units;
    to.in += link.units;
    from.unknown_out += link.unknown;
    to.unknown_in += link.unknown;
  }
  for (const SankeyLink& link : data.self_flows) {
    data.nodes[link.source].self += link.units;
    data.nodes[link.source].unknown_self += link.unknown;
  }
}

/// Says where circles leave too few columns for what goes onwards.
void note_crowded_circles(SankeyData& data) {
  const auto level = sankey_hop_levels(data);
  const auto within = std::ranges::count_if(data.links, [&](const SankeyLink& link) { return level[link.source] == level[link.target]; });
  if (within == 0) return;
  data.notes.push_back("the circles of this network take more than " + grouped(sankey_most_hops) + " columns: " +
                       counted(static_cast<std::size_t>(within), "flow is drawn as a loop within its column", "flows are drawn as loops within their column"));
}

}  // namespace

Result<SankeyData> sankey_data(const Selection& selection, const SankeySpec& spec) {
  // What lies out of range is brought into it below; nan lies nowhere.
  if (std::isnan(spec.least_share)) return fail(ErrorCode::bad_argument, "least-share is not a number.", "option least-share");
  if (std::isnan(spec.width)) return fail(ErrorCode::bad_argument, "width is not a number.", "option width");
  SankeyData data;
  data.network = selection.network;
  data.selection = selection.description;
  data.notes = selection.notes;
  const Network& network = *selection.network;
  const auto part = money_ties(selection, data);
  if (!part) return tl::unexpected(part.error());
  auto ties = counted_ties(*part, spec, data);
  if (!ties) return tl::unexpected(ties.error());
  sort_kinds(network, *ties, data);
  auto bodies = sankey_bodies(network, spec, *ties);
  if (!bodies) return tl::unexpected(bodies.error());
  auto levels = sankey_levels(network, spec, *ties, *bodies);
  if (!levels) return tl::unexpected(levels.error());
  data.levels = std::move(*levels);

  const SankeyFolder folder(*bodies, *ties, data, spec);
  const std::size_t asked = std::min(std::clamp<std::size_t>(spec.top, 1, sankey_most_nodes), folder.large_enough());
  std::size_t most = asked;
  std::string reason;
  while (true) {
    SankeyFolding folding = folder.folded(most);
    if (most > 1 && !folder.fits(folding)) {
      most -= std::max<std::size_t>(1, most / 8);
      reason = "would stand in more than " + grouped(sankey_most_hops) + " columns";
      continue;
    }
    add_links(*ties, folding.node, data);
    data.nodes = std::move(folding.nodes);
    if (most <= 1 || data.links.size() <= sankey_most_links) break;
    most = std::max<std::size_t>(1, most * 3 / 4);
    reason = "would have more than " + grouped(sankey_most_links) + " flows";
  }
  if (most < asked) {
    data.notes.push_back("only " + counted(most, "body keeps a node of its own", "bodies keep a node of their own") + ", since more " + reason);
  }
  if (data.levels.empty()) note_crowded_circles(data);
  add_balances(data);
  return data;
}

std::string sankey_money(const Money& money) {
  std::string digits = decimal_text(money);
  for (std::size_t at = std::min(digits.find('.'), digits.size()); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return std::string(money.currency.text()) + " " + digits;
}

std::vector<SankeyPart> sankey_parts(const SankeyData& data, const SankeyNode* node, bool in) {
  std::map<std::pair<StatusClass, std::string>, SankeyPart> parts;
  const auto put = [&](const SankeyLink& link) {
    if (link.stated == 0) return;
    const std::string& kind = data.kinds[link.kind];
    SankeyPart& part = parts[{link.status, kind.substr(0, kind.find('.'))}];
    part.units += link.units;
    part.ties += link.stated;
  };
  for (const SankeyLink& link : data.links) {
    if (!node || &data.nodes[in ? link.target : link.source] == node) put(link);
  }
  for (const SankeyLink& link : data.self_flows) {
    if (!node) put(link);
  }
  std::vector<SankeyPart> list;
  for (auto& [key, part] : parts) list.push_back({key.first, key.second, part.units, part.ties});
  std::ranges::stable_sort(list, [](const SankeyPart& a, const SankeyPart& b) {
    return a.status != b.status ? a.status < b.status : a.units > b.units;
  });
  return list;
}

std::string sankey_money(const SankeyData& data, std::int64_t units) {
  return data.currency ? sankey_money(data.money(units)) : "no amount";
}

std::string sankey_short_money(const SankeyData& data, std::int64_t units) {
  if (!data.currency) return "no amount";
  return std::string(data.currency->text()) + " " +
         short_number(static_cast<double>(units) / std::pow(10.0, data.decimals));
}

std::string sankey_kind(const SankeyData& data, const SankeyLink& link) {
  return data.kinds[link.kind].empty() ? "kind not stated" : data.kinds[link.kind];
}

}  // namespace entente
