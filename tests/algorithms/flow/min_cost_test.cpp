#include "algorithms/flow/min_cost.hpp"

#include <atomic>
#include <map>

#include "algorithms/certificates/min_cost.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/question.hpp"

namespace entente {
namespace {

using namespace test;

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

/// A network with costs and, in every third, lower bounds.
struct Priced {
  Funding f;
  EdgeColumn<std::int64_t> cost, least;

  Priced(Seed seed, std::size_t most_nodes, bool bounds, std::uint64_t dearest = 6) : f(random_funding(seed, most_nodes)) {
    Random random(seed, 0x636F7374);
    for (std::size_t i = 0; i < f.edges.size(); ++i) {
      cost.push_back(static_cast<std::int64_t>(random.below(dearest + 1)));
      const auto most = static_cast<std::uint64_t>(f.capacity.values()[i]);
      least.push_back(bounds && random.below(8) == 0 ? static_cast<std::int64_t>(random.below(most + 1)) : 0);
    }
  }
  MinCostQuestion question(std::optional<std::int64_t> amount = {}) const {
    return {&f.graph, &f.capacity, &cost, &least, f.from, f.to, amount};
  }
  PricedNetwork network() const { return {&f.graph, &f.capacity, &cost, &least, f.from, f.to}; }
  std::int64_t cost_of(const EdgeColumn<std::int64_t>& flow) const {
    std::int64_t sum = 0;
    for (const EdgeId edge : f.graph.edges()) sum += std::abs(flow[edge]) * cost[edge];
    return sum;
  }
};

/// Slow oracle: every flow within the bounds tried, edge by edge. The least cost of each amount that can pass.
class EveryFlow {
 public:
  explicit EveryFlow(const Priced& p) : p_(p), net_(p.f.graph.node_count(), 0), either_way_(edges_either_way(p.f.graph, &p.least)) {
    is_end_.assign(p.f.graph.node_count(), 0);
    for (const NodeId v : p.f.from) is_end_[v.index] = 1;
    for (const NodeId v : p.f.to) is_end_[v.index] = -1;
    try_edge(0, 0);
  }
  std::map<std::int64_t, std::int64_t> cheapest;

 private:
  void try_edge(std::uint32_t index, std::int64_t cost) {
    if (index == p_.f.edges.size()) return note(cost);
    const EdgeId edge{index};
    const auto [source, target] = p_.f.graph.ends(edge);
    for (std::int64_t flow = either_way_[edge] ? -p_.f.capacity[edge] : p_.least[edge]; flow <= p_.f.capacity[edge]; ++flow) {
      net_[source.index] += flow, net_[target.index] -= flow;
      try_edge(index + 1, cost + std::abs(flow) * p_.cost[edge]);
      net_[source.index] -= flow, net_[target.index] += flow;
    }
  }
  void note(std::int64_t cost) {
    std::int64_t value = 0;
    for (std::size_t v = 0; v < net_.size(); ++v) {
      if (is_end_[v] == 0 ? net_[v] != 0 : net_[v] * is_end_[v] < 0) return;
      if (is_end_[v] == 1) value += net_[v];
    }
    const auto [place, isnew] = cheapest.try_emplace(value, cost);
    if (!isnew) place->second = std::min(place->second, cost);
  }

  const Priced& p_;
  std::vector<std::int64_t> net_;
  std::vector<int> is_end_;
  EdgeColumn<std::uint8_t> either_way_;
};

TEST_CASE("min_cost: the cheap way is filled before the dear one, worked by hand") {
  // 0 -> 1 -> 3 costs 1 + 1 and carries 2; 0 -> 2 -> 3 costs 3 + 2 and carries 4
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 3}, {0, 2}, {2, 3}}));
  const EdgeColumn<std::int64_t> capacity{2, 5, 4, 9}, cost{1, 1, 3, 2};
  const auto from = node_list({0}), to = node_list({3});
  const auto three = min_cost_flow({&graph, &capacity, &cost, nullptr, from, to, 3});
  REQUIRE(three);
  CHECK(three->value == 3);
  CHECK(three->flow == EdgeColumn<std::int64_t>{2, 2, 1, 1});
  CHECK(cost_text(three->flow, &cost, 0) == "9");
  CHECK(three->potential[NodeId{3}] == 5);
  const auto all = min_cost_flow({&graph, &capacity, &cost, nullptr, from, to, {}});
  CHECK(all->value == 6);
  CHECK(cost_text(all->flow, &cost, 0) == "24");
}

TEST_CASE("min_cost: without costs the fewest hands; a later unit may take an earlier one off its way") {
  // the shortest way 0-1-2-5 blocks both others; two units must use 0-1-4-5 and 0-3-2-5
  const Graph graph = directed(6, edges_of({{0, 1}, {1, 2}, {2, 5}, {0, 3}, {3, 2}, {1, 4}, {4, 5}}));
  const EdgeColumn<std::int64_t> capacity(7, 1);
  const auto from = node_list({0}), to = node_list({5});
  const auto one = min_cost_flow({&graph, &capacity, nullptr, nullptr, from, to, 1});
  CHECK(cost_text(one->flow, nullptr, 0) == "3");
  const auto two = min_cost_flow({&graph, &capacity, nullptr, nullptr, from, to, 2});
  CHECK(cost_text(two->flow, nullptr, 0) == "6");
  CHECK(two->flow[EdgeId{1}] == 0);
}

TEST_CASE("min_cost: a lower bound forces the dear way, and a circle where nothing else uses the tie") {
  const Graph graph = directed(4, edges_of({{0, 1}, {0, 1}, {2, 3}, {3, 2}, {2, 2}}));
  const EdgeColumn<std::int64_t> capacity{9, 9, 4, 9, 5}, cost{1, 7, 1, 1, 1}, least{0, 2, 3, 0, 1};
  const auto from = node_list({0}), to = node_list({1});
  const auto answer = min_cost_flow({&graph, &capacity, &cost, &least, from, to, 5});
  REQUIRE(answer);
  CHECK_FALSE(answer->shortfall);
  CHECK(answer->flow == EdgeColumn<std::int64_t>{3, 2, 3, 3, 1});
  CHECK(cheapest_flow_value({&graph, &capacity, &cost, &least, from, to}, answer->flow, answer->potential) == 5);
}

TEST_CASE("min_cost: agrees with trying every flow, with mutual ties, loops and lower bounds, for each amount") {
  int answered = 0, refused = 0;
  for_each_seed(700, [&](Seed seed) {
    Priced p(seed, 6, seed % 2 == 0);
    if (p.f.edges.size() > 8) return;
    for (std::size_t i = 0; i < p.f.edges.size(); ++i) {
      std::int64_t& most = p.f.capacity.values()[i];
      most = std::min<std::int64_t>(most, 2);
      p.least.values()[i] = std::min(p.least.values()[i], most);
    }
    const EveryFlow oracle(p);
    const std::int64_t most = oracle.cheapest.empty() ? 2 : oracle.cheapest.rbegin()->first + 1;
    for (std::int64_t amount = 0; amount <= most; ++amount) {
      const auto answer = min_cost_flow(p.question(amount));
      REQUIRE(answer);
      const auto expected = oracle.cheapest.find(amount);
      REQUIRE(answer->shortfall.has_value() == (expected == oracle.cheapest.end()));
      if (answer->shortfall) {
        REQUIRE(check_shortfall(p.network(), amount, answer->shortfall->set));
        ++refused;
        continue;
      }
      REQUIRE(cheapest_flow_value(p.network(), answer->flow, answer->potential) == amount);
      REQUIRE(p.cost_of(answer->flow) == expected->second);
      ++answered;
    }
    const auto all = min_cost_flow(p.question());
    REQUIRE(all->shortfall.has_value() == oracle.cheapest.empty());
    if (all->shortfall) {
      REQUIRE(check_shortfall(p.network(), {}, all->shortfall->set));
    } else {
      REQUIRE(all->value == oracle.cheapest.rbegin()->first);
      REQUIRE(p.cost_of(all->flow) == oracle.cheapest.rbegin()->second);
      REQUIRE(check_shortfall(p.network(), all->value + 1, all->most_by));
    }
  });
  CHECK(answered > 300);
  CHECK(refused > 150);
}

TEST_CASE("min_cost: the certificate holds on thousands of random networks, and the value never exceeds the maximum flow") {
  int shortfalls = 0;
  for_each_seed(2000, [&](Seed seed) {
    const Priced p(seed, 30, seed % 3 == 0, seed % 5 == 0 ? 1000000 : 9);
    const auto answer = min_cost_flow(p.question());
    REQUIRE(answer);
    if (answer->shortfall) {
      REQUIRE(check_shortfall(p.network(), {}, answer->shortfall->set));
      ++shortfalls;
      return;
    }
    REQUIRE(cheapest_flow_value(p.network(), answer->flow, answer->potential) == answer->value);
    REQUIRE(check_shortfall(p.network(), answer->value + 1, answer->most_by));
    if (seed % 3 != 0) REQUIRE(answer->value == max_flow(p.f.graph, p.f.capacity, p.f.from, p.f.to)->value);
  });
  CHECK(shortfalls > 20);
  CHECK(shortfalls < 650);
}

TEST_CASE("min_cost: the cost grows with the amount, each unit by no less than the one before") {
  for_each_seed(150, [](Seed seed) {
    const Priced p(seed, 15, false);
    std::int64_t before = 0, step = 0;
    for (std::int64_t amount = 1; amount < 40; ++amount) {
      const auto answer = min_cost_flow(p.question(amount));
      REQUIRE(answer);
      if (answer->shortfall) {
        REQUIRE(answer->shortfall->asked == amount);
        REQUIRE(answer->shortfall->leaves == amount - 1);
        return;
      }
      const std::int64_t cost = p.cost_of(answer->flow);
      REQUIRE(cost - before >= step);
      step = cost - before;
      before = cost;
    }
  });
}

TEST_CASE("min_cost: seven scales of amounts and of costs, up to 128-bit arithmetic, scale the cost exactly") {
  for_each_seed(60, [](Seed seed) {
    const Priced p(seed, 20, seed % 3 == 0);
    const auto once = min_cost_flow(p.question());
    REQUIRE(once);
    if (once->shortfall) return;
    const std::int64_t base = p.cost_of(once->flow);
    for (const std::int64_t scale : {10, 1000, 1000000, 1000000000}) {
      Priced dear = p, large = p;
      for (std::int64_t& units : dear.cost.values()) units *= scale;
      for (std::int64_t& units : large.f.capacity.values()) units *= scale;
      for (std::int64_t& units : large.least.values()) units *= scale;
      const auto at_cost = min_cost_flow(dear.question());
      const auto at_amount = min_cost_flow(large.question());
      REQUIRE(dear.cost_of(at_cost->flow) == scale * base);
      REQUIRE(cheapest_flow_value(dear.network(), at_cost->flow, at_cost->potential) == once->value);
      REQUIRE(large.cost_of(at_amount->flow) == scale * base);
      REQUIRE(cheapest_flow_value(large.network(), at_amount->flow, at_amount->potential) == scale * once->value);
    }
    for (const std::int64_t scale : {100000000000, 10000000000000, 100000000000000}) {  // these need 128 bits inside
      Priced dear = p;
      for (std::int64_t& units : dear.cost.values()) units *= scale;
      const auto answer = min_cost_flow(dear.question());
      REQUIRE(cost_text(answer->flow, &dear.cost, 0) == cost_text(once->flow, &p.cost, 0) + (base == 0 ? "" : std::to_string(scale).substr(1)));
      REQUIRE(cheapest_flow_value(dear.network(), answer->flow, answer->potential) == once->value);
    }
  });
}

TEST_CASE("min_cost: amounts near 64 bits stay exact, and their cost is written out beyond 64 bits") {
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}, {0, 2}}));
  const EdgeColumn<std::int64_t> capacity{largest / 2, largest, largest / 4}, cost{1000000, 0, 3000000};
  const auto answer = min_cost_flow({&graph, &capacity, &cost, nullptr, node_list({0}), node_list({2}), {}});
  REQUIRE(answer);
  CHECK(answer->value == largest / 2 + largest / 4);
  // 4611686018427387903 * 1000000 + 2305843009213693951 * 3000000
  CHECK(cost_text(answer->flow, &cost, 0) == "11529215046068469756000000");
  CHECK(cost_text(answer->flow, &cost, 4) == "1152921504606846975600.0000");
  CHECK(cost_text({0, 0, 0}, &cost, 2) == "0.00");
  CHECK(cost_text({1, 0, 0}, nullptr, 2) == "0.01");
  CHECK(cost_text({}, nullptr, 0) == "0");

  const EdgeColumn<std::int64_t> too_dear{largest / 2, 0, 1};
  const auto refused = min_cost_flow({&graph, &capacity, &too_dear, nullptr, node_list({0}), node_list({2}), {}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::overflow);
}

TEST_CASE("min_cost: wrong questions are refused with a sentence") {
  const Graph graph = directed(2, edges_of({{0, 1}}));
  const auto code = [&](EdgeColumn<std::int64_t> capacity, EdgeColumn<std::int64_t> cost, EdgeColumn<std::int64_t> least,
                        std::vector<NodeId> from, std::vector<NodeId> to, std::optional<std::int64_t> amount = {}) {
    const auto answer = min_cost_flow({&graph, &capacity, &cost, &least, from, to, amount});
    REQUIRE_FALSE(answer);
    return answer.error().code;
  };
  CHECK(code({-1}, {1}, {0}, node_list({0}), node_list({1})) == ErrorCode::bad_argument);
  CHECK(code({1}, {-1}, {0}, node_list({0}), node_list({1})) == ErrorCode::bad_argument);
  CHECK(code({1}, {1}, {-1}, node_list({0}), node_list({1})) == ErrorCode::bad_argument);
  CHECK(code({1}, {1, 2}, {0}, node_list({0}), node_list({1})) == ErrorCode::bad_argument);
  CHECK(code({1}, {1}, {0, 0}, node_list({0}), node_list({1})) == ErrorCode::bad_argument);
  CHECK(code({1}, {1}, {0}, node_list({0}), node_list({0})) == ErrorCode::bad_argument);
  CHECK(code({1}, {1}, {0}, {}, node_list({0})) == ErrorCode::bad_argument);
  CHECK(code({1}, {1}, {0}, node_list({0}), node_list({1}), -1) == ErrorCode::bad_argument);
  CHECK(code({largest}, {1}, {largest}, node_list({0}), node_list({1}), 1) == ErrorCode::overflow);
}

TEST_CASE("min_cost: stops soon once cancelled") {
  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  const Priced p(3, 20, false);
  const auto answer = min_cost_flow(p.question(), job);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == ErrorCode::interrupted);
}

}  // namespace
}  // namespace entente
