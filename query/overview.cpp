#include "query/overview.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "algorithms/registry.hpp"
#include "algorithms/statistics/assortativity.hpp"
#include "algorithms/statistics/simple_rows.hpp"
#include "engine/kind.hpp"

namespace entente {

namespace {

std::vector<std::pair<std::string, std::size_t>> by_falling_count(const std::map<std::string, std::size_t>& counts) {
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::ranges::greater{}, &std::pair<std::string, std::size_t>::second);
  return sorted;
}

/// By code of kind: kinds of funding, and those of which some tie states an amount.
std::vector<std::uint8_t> kinds_about_money(const Selection& selection) {
  const Network& network = *selection.network;
  std::vector<std::uint8_t> about_money(network.edge_kinds().size(), 0);
  for (Dictionary::Code kind = 0; kind < about_money.size(); ++kind) about_money[kind] = is_kind(network.edge_kinds().text(kind), "funding");
  for (const EdgeId edge : selection.edges) {
    if (network.amount(edge)) about_money[network.kind_code(edge)] = 1;
  }
  return about_money;
}

}  // namespace

std::vector<EdgeId> money_ties(const Selection& selection) {
  const std::vector<std::uint8_t> about_money = kinds_about_money(selection);
  std::vector<EdgeId> ties = selection.edges;
  std::erase_if(ties, [&](EdgeId edge) { return about_money[selection.network->kind_code(edge)] == 0; });
  return ties;
}

Result<Overview> overview_of(const Selection& selection) {
  const Network& network = *selection.network;
  Overview overview;

  std::map<std::string, std::size_t> kinds, countries, tie_kinds, statuses;
  NodeColumn<std::uint8_t> tied(network.node_count(), 0);
  std::size_t unnamed_kind = 0, unevidenced_nodes = 0;
  for (const NodeId node : selection.nodes) {
    ++kinds[network.kind(node)];
    ++countries[network.country(node)];
    unnamed_kind += network.kind(node).empty();
    unevidenced_nodes += network.evidence(node).empty();
  }

  std::map<int, std::size_t> years;
  std::size_t undated = 0, unevidenced = 0, without_status = 0;
  std::set<std::string_view> agreements;
  std::map<std::tuple<std::string, std::string, std::string>, MoneyTotal> money;
  const std::vector<std::uint8_t> about_money = kinds_about_money(selection);
  for (const EdgeId edge : selection.edges) {
    const auto [source, target] = network.ends(edge);
    tied[source] = tied[target] = 1;
    const std::string &kind = network.kind(edge), &status = network.status(edge);
    ++tie_kinds[kind];
    ++statuses[status];
    without_status += status.empty();
    unevidenced += network.evidence(edge).empty();
    if (!network.agreement(edge).empty()) agreements.insert(network.agreement(edge));
    // A tie that states only its end is dated by it, as in a selection by time.
    const Edtf* date = network.start(edge) ? network.start(edge) : network.end(edge);
    if (date && date->has_year()) ++years[date->year()];
    else ++undated;
    const auto amount = network.amount(edge);
    if (about_money[network.kind_code(edge)]) {
      MoneyTotal& total = money[{kind, status, amount ? std::string(amount->currency.text()) : ""}];
      auto more = accumulate(total, amount);
      if (!more) return tl::unexpected(more.error());
      total = *more;
    }
  }

  overview.agreements = agreements.size();
  overview.nodes_by_kind = by_falling_count(kinds);
  overview.nodes_by_country = by_falling_count(countries);
  overview.ties_by_kind = by_falling_count(tie_kinds);
  overview.ties_by_status = by_falling_count(statuses);
  for (const auto& [year, count] : years) overview.ties_by_year.emplace_back(year, count);
  if (undated > 0) overview.ties_by_year.emplace_back(std::nullopt, undated);
  for (auto& [key, total] : money) overview.money.push_back({std::get<0>(key), std::get<1>(key), total});
  const auto isolates = static_cast<std::size_t>(
      std::ranges::count_if(selection.nodes, [&](NodeId node) { return tied[node] == 0; }));
  overview.quality = {{"ties without evidence", unevidenced},
                      {"ties without a date", undated},
                      {"ties without a status", without_status},
                      {"nodes without evidence", unevidenced_nodes},
                      {"nodes without a kind", unnamed_kind},
                      {"nodes without a tie", isolates}};
  return overview;
}

Result<OverviewFigures> overview_figures(const Analysis& analysis, const Job& job) {
  const Card* card = find_card("statistics");
  auto findings = card->run(analysis.problem(), {}, job);
  if (!findings) return tl::unexpected(findings.error());
  auto figures = std::move(findings->figures);

  const Topology& topology = analysis.topology();
  const Network& network = *topology.network;
  const SimpleRows rows(topology.symmetric);
  NodeColumn<std::uint32_t> kind(topology.graph.node_count()), country(topology.graph.node_count());
  for (const NodeId node : topology.graph.nodes()) {
    kind[node] = network.kind_code(topology.node[node]);
    country[node] = network.country_code(topology.node[node]);
  }
  if (const auto value = category_assortativity(rows, kind)) figures.emplace_back("assortativity_by_kind", *value);
  if (const auto value = category_assortativity(rows, country)) figures.emplace_back("assortativity_by_country", *value);
  return OverviewFigures{std::move(figures), std::move(findings->notes)};
}

}  // namespace entente
