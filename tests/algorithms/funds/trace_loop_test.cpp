#include "algorithms/funds/trace_loop.hpp"

#include <atomic>
#include <cmath>

#include "algorithms/funds/trace_cases.hpp"
#include "algorithms/funds/trace_mixing.hpp"
#include "algorithms/funds/trace_network.hpp"

namespace entente {
namespace {

using namespace test;

Mixing mixed(const Graph& graph, const EdgeColumn<std::int64_t>& amount) {
  const FundsNetwork network = undated_network(*payments_from(graph, amount, nullptr, nullptr, node_list({0})));
  return *mix(network);
}

TEST_CASE("trace loops: money that goes round a million million times before it ends is found by factorisation") {
  //  0 pays 3 and 3 pays 1 to 1; 1 and 2 pay each other a million million, and 2 keeps 4: all of it from 0 and 3
  const std::int64_t round = 1000000000000;
  const Graph graph = directed(4, edges_of({{0, 1}, {3, 1}, {1, 2}, {2, 1}}));
  const EdgeColumn<std::int64_t> amount{3, 1, round + 4, round};
  const Mixing mixing = mixed(graph, amount);
  CHECK(mixing.factored == 1);
  CHECK(mixing.share[1] == Approx(0.75).epsilon(1e-12));
  CHECK(mixing.share[2] == Approx(0.75).epsilon(1e-12));
  const auto funds = trace_funds(graph, {&amount}, node_list({0}), node_list({2}));
  REQUIRE(funds);
  CHECK(funds->at_targets == 3);
  CHECK(funds->open < 0.01);
}

TEST_CASE("trace loops: a ring too long to be factored, and slow to leave, is solved to a small part of a unit") {
  //  0 pays 600 and 1 pays 400 into a ring of 4000 bodies that hands a million round and lets 1000 out at its end
  const std::size_t ring = 4000, first = 2;
  std::vector<Ends> edges{ends_of(0, first), ends_of(1, first)};
  EdgeColumn<std::int64_t> amount{600, 400};
  for (std::size_t i = 0; i < ring; ++i) {
    edges.push_back(ends_of(first + i, first + (i + 1) % ring));
    amount.push_back(i + 1 < ring ? 1001000 : 1000000);
  }
  const Graph graph = directed(first + ring, edges);
  const Mixing mixing = mixed(graph, amount);
  CHECK(mixing.factored == 0);
  CHECK(mixing.open <= 0.001);
  CHECK(mixing.share[first] == Approx(0.6).epsilon(1e-9));
  CHECK(mixing.share[first + ring / 2] == Approx(0.6).epsilon(1e-9));
  const auto funds = trace_funds(graph, {&amount}, node_list({0}), {});
  CHECK(ended_at(*funds, static_cast<std::uint32_t>(first + ring - 1)) == 600);
}

TEST_CASE("trace loops: sweeps, factorisation and the rest that is left open agree on random loops") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed, 5);
    const std::size_t n = 2 + random.below(12);
    LoopSystem system;
    std::vector<std::vector<double>> dense(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < 3; ++k) dense[i][random.below(n)] += static_cast<double>(1 + random.below(100));
      dense[i][(i + 1) % n] += 1;
      dense[i][i] = 0;
    }
    system.row_begin.push_back(0);
    for (std::size_t i = 0; i < n; ++i) {
      double row = 0, column = 0;
      for (std::size_t k = 0; k < n; ++k) row += dense[i][k], column += dense[k][i];
      system.handled.push_back(std::max(row, column) + (i == 0 ? 1e-4 : 0.0));
      system.right.push_back(i == 0 ? 1e-4 : 0.0);
      for (std::uint32_t k = 0; k < n; ++k) {
        if (dense[i][k] == 0) continue;
        system.column.push_back(k);
        system.amount.push_back(dense[i][k]);
      }
      system.row_begin.push_back(system.column.size());
    }
    const auto solution = solve_loop(system, std::vector<double>(n, 1.0), 1e-13, {});
    REQUIRE(solution);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = system.right[i];
      for (std::size_t k = 0; k < n; ++k) sum += dense[i][k] * solution->x[k];
      REQUIRE(solution->x[i] == Approx(sum / system.handled[i]).epsilon(1e-9).margin(1e-12));
      REQUIRE(solution->x[i] >= 0);
      REQUIRE(solution->x[i] <= 1 + 1e-9);
    }
  });
}

TEST_CASE("trace loops: a long ring stops soon once cancelled") {
  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  const LoopSystem system{{2, 2}, {1, 0}, {0, 1, 2}, {1, 0}, {1, 2}};
  CHECK_FALSE(solve_loop(system, {1, 1}, 1e-9, job));
  const auto solution = solve_loop(system, {1, 1}, 1e-9, {});
  REQUIRE(solution);
  CHECK(solution->x[0] == Approx(1));
  CHECK(solution->x[1] == Approx(1));
}

}  // namespace
}  // namespace entente
