#include "report/funds.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "algorithms/analysis.hpp"
#include "algorithms/registry.hpp"
#include "engine/kind.hpp"
#include "query/findings_tables.hpp"
#include "query/money_stages.hpp"
#include "query/overview.hpp"
#include "report/funds_reach.hpp"
#include "viz/sankey_svg.hpp"

namespace entente {

namespace {

constexpr std::size_t most_currencies = 5, most_pairs = 3, most_sorts = 8, most_routes = 5;

/// The ties of a selection that `keep` wants, with all its nodes.
template <class Keep>
Selection with_ties(const Selection& selection, Keep&& keep) {
  Selection part = selection;
  std::erase_if(part.edges, [&](EdgeId edge) { return !keep(edge); });
  return part;
}

/// A card's answer over a part of the network, with what belongs to it.
struct FundsAnswer {
  const Card* card = nullptr;
  Analysis analysis;
  Findings findings;
};

Result<FundsAnswer> answer_of(const char* name, const Selection& part, Currency currency, const std::vector<NodeId>& from,
                              const std::vector<NodeId>& to, const OptionValues& options, const Job& job) {
  const Card* card = find_card(name);
  if (!card) return fail(ErrorCode::bad_argument, std::string("There is no algorithm ") + name + ".");
  auto analysis = Analysis::prepare(part, {.currency = currency, .money = true, .smallest_coin = card->divides_money, .days = card->takes_days});
  if (!analysis) return tl::unexpected(analysis.error());
  Problem problem = analysis->problem();
  for (const auto& [nodes, ends] : {std::pair{&from, &problem.from}, std::pair{&to, &problem.to}}) {
    for (const NodeId node : *nodes) {
      if (const auto here = analysis->topology().find(node)) ends->push_back(*here);
    }
  }
  auto findings = card->run(problem, options, job);
  if (!findings) return tl::unexpected(findings.error());
  return FundsAnswer{card, std::move(*analysis), std::move(*findings)};
}

std::optional<Money> money_figure(const FundsAnswer& answer, const char* name) {
  const auto cell = FindingsTables(*answer.card, answer.analysis, answer.findings).figure(name);
  const auto* money = cell ? std::get_if<Money>(&*cell) : nullptr;
  return money ? std::optional(*money) : std::nullopt;
}

/// Two groups between which money is stated to go.
struct FundsPair {
  std::string from_name, to_name;
  bool countries = true;
  std::vector<NodeId> from, to;
};

/// The pairs of countries with most stated money between bodies of the two; amounts of ties between them alone decide.
std::vector<FundsPair> country_pairs(const Selection& selection, Currency currency) {
  const Network& network = *selection.network;
  std::map<std::pair<std::string, std::string>, MoneyTotal> sums;
  for (const EdgeId edge : selection.edges) {
    const auto amount = network.amount(edge);
    const std::string &from = network.country(network.source(edge)), &to = network.country(network.target(edge));
    if (!amount || amount->units == 0 || amount->currency != currency || from.empty() || to.empty() || from == to) continue;
    auto& total = sums[{from, to}];
    if (const auto added = accumulate(total, amount)) total = *added;
  }
  std::vector<std::tuple<Money, std::string, std::string>> order;
  int decimals = 0;
  for (const auto& [pair, total] : sums) decimals = std::max(decimals, total.sum->decimals);
  for (const auto& [pair, total] : sums) {
    const auto scaled = rescale(*total.sum, decimals);
    order.emplace_back(scaled ? *scaled : *total.sum, pair.first, pair.second);
  }
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) { return std::get<0>(a).units > std::get<0>(b).units; });
  std::vector<FundsPair> pairs;
  for (const auto& [sum, from, to] : order) {
    if (pairs.size() == most_pairs) break;
    FundsPair pair{from, to, true, {}, {}};
    for (const NodeId node : selection.nodes) {
      if (network.country(node) == from) pair.from.push_back(node);
      if (network.country(node) == to) pair.to.push_back(node);
    }
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

/// The body that gives most beyond what it receives, and the one that keeps most.
std::vector<FundsPair> body_pair(const Selection& selection, Currency currency, const std::vector<std::string>& languages) {
  const auto analysis = Analysis::prepare(selection, {.currency = currency, .money = true});
  if (!analysis) return {};
  const Topology& topology = analysis->topology();
  __extension__ using Wide = __int128;
  std::vector<Wide> net(topology.graph.node_count(), 0);
  for (const EdgeId edge : topology.graph.edges()) {
    if (!selection.network->is_directed(topology.edge[edge])) continue;
    net[topology.graph.ends(edge).source.index] -= analysis->money()->column.units[edge];
    net[topology.graph.ends(edge).target.index] += analysis->money()->column.units[edge];
  }
  if (net.empty()) return {};
  const auto [giver, keeper] = std::ranges::minmax_element(net);
  if (*giver >= 0 || *keeper <= 0) return {};
  const auto node_at = [&](auto place) { return topology.node[NodeId{static_cast<std::uint32_t>(place - net.begin())}]; };
  const auto name = [&](NodeId node) { return std::string(selection.network->label(node, languages)); };
  // minmax_element takes the last of equal largest ones; the first is the one that does not depend on what follows.
  const auto first_keeper = std::ranges::find(net, *keeper);
  return {{name(node_at(giver)), name(node_at(first_keeper)), false, {node_at(giver)}, {node_at(first_keeper)}}};
}

/// The first word of a kind, and its stage where that is not yet, or no longer, a payment.
std::string funds_family(std::string_view kind) {
  std::string family(top_kind(kind));
  const std::string stage = money_stage(kind);
  return stage.empty() || stage == "disbursement" ? family : family + " (" + stage + ")";
}

class FundsReport {
 public:
  FundsReport(const Selection& selection, const std::vector<std::string>& languages, std::vector<std::string>& notes, const Job& job)
      : selection_(selection), network_(*selection.network), languages_(languages), notes_(notes), noted_(notes.begin(), notes.end()), job_(job) {
    for (Dictionary::Code code = 0; code < network_.edge_kinds().size(); ++code) {
      const std::string& kind = network_.edge_kinds().text(code);
      const std::string stage = money_stage(kind);
      families_.push_back(funds_family(kind));
      stages_.push_back(stage == "disbursement" ? std::string() : stage);
    }
  }

  FundsPart part(Currency currency) {
    FundsPart part{currency, {}, {}, {}, {}};
    // Ties of unknown amount are among them: what they carry is missing from every account.
    const std::vector<EdgeId> about_money = money_ties(selection_);
    const Selection money = with_ties(selection_, [&](EdgeId edge) {
      const auto amount = network_.amount(edge);
      return amount ? amount->currency == currency : std::ranges::binary_search(about_money, edge);
    });
    const auto stated = [&](const Selection& of) {
      return static_cast<std::size_t>(std::ranges::count_if(of.edges, [&](EdgeId edge) { return network_.amount(edge).has_value(); }));
    };
    for (const StatusClass status : {StatusClass::in_force, StatusClass::intended, StatusClass::open}) {
      const Selection of_class = with_ties(money, [&](EdgeId edge) { return status_class(network_.status(edge)) == status; });
      if (stated(of_class) == 0) continue;
      part.by_class.emplace_back(status, stated(of_class));
      draw(part, status);
      std::map<std::string, std::vector<EdgeId>> ties_of_family;
      for (const EdgeId edge : of_class.edges) ties_of_family[family_of(edge)].push_back(edge);
      for (auto& [family, ties] : ties_of_family) {
        const Selection alike = small_part(of_class, std::move(ties));
        if (stated(alike) == 0) continue;
        if (const auto answer = answer_of("indicators", alike, currency, {}, {}, {}, job_)) {
          auto listings = FindingsTables(*answer->card, answer->analysis, answer->findings, languages_).listings();
          if (!listings.empty()) part.indicators.push_back({status, family, std::move(listings.front())});
        } else {
          note("no indicators of " + family + " " + std::string(to_string(status)) + ": " + answer.error().sentence());
        }
      }
    }
    std::vector<FundsPair> pairs = country_pairs(money, currency);
    if (pairs.empty()) pairs = body_pair(money, currency, languages_);
    for (const FundsPair& pair : pairs) pass(part, money, pair);
    return part;
  }

 private:
  const std::string& family_of(EdgeId edge) const { return families_[network_.kind_code(edge)]; }

  void note(const std::string& text) {
    if (noted_.insert(text).second) notes_.push_back(text);
  }

  /// One picture for each stage of the money: a commitment and its disbursement are the same money.
  void draw(FundsPart& part, StatusClass status) {
    std::set<std::string> stages;
    for (const EdgeId edge : selection_.edges) {
      const auto amount = network_.amount(edge);
      if (amount && amount->currency == part.currency && status_class(network_.status(edge)) == status) stages.insert(drawn_stage(edge));
    }
    for (const std::string& stage : stages) draw(part, status, stage);
  }

  const std::string& drawn_stage(EdgeId edge) const { return stages_[network_.kind_code(edge)]; }

  void draw(FundsPart& part, StatusClass status, const std::string& stage) {
    SankeySpec spec;
    spec.currency = part.currency;
    spec.languages = languages_;
    spec.title = (stage.empty() ? "Money " : "Money at the stage of " + stage + ", ") + std::string(to_string(status)) + ", in " + std::string(part.currency.text());
    Selection of_class = with_ties(selection_, [&](EdgeId edge) { return status_class(network_.status(edge)) == status && drawn_stage(edge) == stage; });
    of_class.undirected = false;
    const auto data = sankey_data(of_class, spec);
    if (!data) return note("the flow of " + std::string(part.currency.text()) + " is not drawn: " + data.error().sentence());
    if (!data->links.empty() || !data->self_flows.empty()) part.sankeys.push_back({status, stage, sankey_svg(*data, sankey_layout(*data, spec), spec)});
  }

  void pass(FundsPart& part, const Selection& money, const FundsPair& pair) {
    std::map<std::pair<std::string, std::string>, std::vector<EdgeId>> sorts;
    for (const EdgeId edge : money.edges) sorts[{network_.status(edge), family_of(edge)}].push_back(edge);
    FundsReach reach(network_, pair.from, pair.to);
    const std::vector<NodeId> one_from{pair.from.front()}, one_to{pair.to.front()};
    std::size_t told = 0;
    for (const auto& [sort, ties] : sorts) {
      const auto& [status, family] = sort;
      if (told == most_sorts || job_.cancelled()) break;
      if (std::ranges::none_of(ties, [&](EdgeId edge) { return network_.amount(edge).has_value(); })) continue;
      // Where nothing leads across, the flow is 0 or an error, and a part with one node of each side tells which.
      Selection at = small_part(money, ties, {pair.from.front(), pair.to.front()});
      const bool across = reach.leads(at);
      if (across) at.nodes = money.nodes;
      const auto flow = answer_of("max-flow", at, part.currency, across ? pair.from : one_from, across ? pair.to : one_to, {}, job_);
      if (!flow) {
        note("from " + pair.from_name + " to " + pair.to_name + ": " + flow.error().sentence());
        continue;
      }
      const auto value = money_figure(*flow, "value");
      if (!value || value->units == 0) continue;
      ++told;
      FundsPassage passage{pair.from_name, pair.to_name, pair.countries, status, family, *value, {}, true, {}, {}, {}, {}, {}};
      const Topology& topology = flow->analysis.topology();
      const FindingsTables tables(*flow->card, flow->analysis, flow->findings, languages_);
      for (const Walk& walk : flow->findings.walks) {
        if (passage.routes.size() == most_routes) {
          passage.all_routes = false;
          break;
        }
        std::vector<NodeId> nodes;
        for (const NodeId node : walk.nodes) nodes.push_back(topology.node[node]);
        passage.routes.emplace_back(std::move(nodes), tables.money(walk.amount));
      }
      for (const EdgeId edge : flow->findings.cut) passage.bottleneck.push_back(topology.edge[edge]);
      trace(passage, at, pair, part.currency);
      part.passages.push_back(std::move(passage));
    }
  }

  void trace(FundsPassage& passage, const Selection& at, const FundsPair& pair, Currency currency) {
    const auto traced = answer_of("trace", at, currency, pair.from, pair.to, {}, job_);
    if (!traced) return note("money from " + pair.from_name + " is not traced: " + traced.error().sentence());
    passage.put_in = money_figure(*traced, "put_in");
    passage.at_targets = money_figure(*traced, "at_targets");
    passage.at_least = money_figure(*traced, "at_least");
    passage.at_most = money_figure(*traced, "at_most");
  }

  const Selection& selection_;
  const Network& network_;
  const std::vector<std::string>& languages_;
  std::vector<std::string>& notes_;
  std::set<std::string> noted_;
  const Job& job_;
  std::vector<std::string> families_, stages_;  // of each kind of tie, by its code
};

}  // namespace

std::string class_word(StatusClass status) {
  return status == StatusClass::in_force ? "in-force" : status == StatusClass::intended ? "intended" : "open";
}

Result<std::vector<FundsPart>> funds_of(const Selection& selection, const std::vector<std::string>& languages,
                                        std::vector<std::string>& notes, const Job& job) {
  std::map<Currency, std::size_t> ties;
  for (const EdgeId edge : selection.edges) {
    if (const auto amount = selection.network->amount(edge)) ++ties[amount->currency];
  }
  std::vector<std::pair<Currency, std::size_t>> order(ties.begin(), ties.end());
  std::ranges::stable_sort(order, std::ranges::greater{}, &std::pair<Currency, std::size_t>::second);
  if (order.size() > most_currencies) {
    notes.push_back("the flow of money is told for the " + std::to_string(most_currencies) + " currencies with most ties; there are " +
                    std::to_string(order.size()));
    order.resize(most_currencies);
  }
  FundsReport report(selection, languages, notes, job);
  std::vector<FundsPart> parts;
  for (const auto& [currency, count] : order) {
    parts.push_back(report.part(currency));
    if (job.cancelled()) return interrupted();
  }
  return parts;
}

}  // namespace entente
