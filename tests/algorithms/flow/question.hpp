#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/flow/random_funding.hpp"

namespace entente::test {

/// A problem about money together with everything that it points at, and what a card says about it.
struct FlowAsked {
  Graph graph;
  MoneyColumn money;
  EdgeColumn<std::uint8_t> stated;
  EdgeColumn<DayRange> days;
  CostColumn cost;
  EdgeColumn<std::int64_t> least;
  Problem problem;

  FlowAsked(const Graph& network, EdgeColumn<std::int64_t> amounts, std::vector<NodeId> from, std::vector<NodeId> to)
      : graph(network), money{{{'E', 'U', 'R'}}, 2, std::move(amounts)} {
    problem.undirected = false;
    problem.graph = &graph;
    problem.money = &money;
    problem.from = std::move(from);
    problem.to = std::move(to);
  }
  FlowAsked(const Graph& network, EdgeColumn<std::int64_t> amounts, std::initializer_list<std::uint32_t> from,
        std::initializer_list<std::uint32_t> to)
      : FlowAsked(network, std::move(amounts), node_list(from), node_list(to)) {}
  explicit FlowAsked(const Funding& f) : FlowAsked(f.graph, f.capacity, f.from, f.to) {}
  FlowAsked(const FlowAsked&) = delete;  // the problem points into it
  FlowAsked& operator=(const FlowAsked&) = delete;

  void states(EdgeColumn<std::uint8_t> which) { stated = std::move(which), problem.stated = &stated; }
  void costs(EdgeColumn<std::int64_t> units, int decimals = 0) {
    cost = {"fee", decimals, std::move(units)}, problem.cost = &cost;
  }
  void carries_at_least(EdgeColumn<std::int64_t> units) { least = std::move(units), problem.least = &least; }
  void dated(std::vector<DayRange> ranges) { days = EdgeColumn<DayRange>(std::move(ranges)), problem.days = &days; }

  Result<Findings> run(const Card& card, const OptionValues& options = {}) const { return card.run(problem, options, {}); }
  Findings answer(const Card& card, const OptionValues& options = {}) const {
    auto findings = run(card, options);
    if (!findings) FAIL(findings.error().sentence());
    return *std::move(findings);
  }
  ErrorCode refusal(const Card& card, const OptionValues& options = {}) const {
    const auto findings = run(card, options);
    if (findings) FAIL("answered instead of refusing");
    return findings.error().code;
  }

  template <class Value = std::int64_t>
  static Value figure(const Findings& findings, std::string_view name) {
    for (const auto& [key, value] : findings.figures) {
      if (key == name) return std::get<Value>(value);
    }
    FAIL("no figure " << name);
    return {};
  }
};

}  // namespace entente::test
