#include <algorithm>
#include <atomic>
#include <limits>

#include "algorithms/certificates/flow.hpp"
#include "algorithms/flow/circles.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/push_relabel.hpp"
#include "algorithms/flow/random_funding.hpp"
#include "algorithms/flow/search_trees.hpp"

// max_flow() chooses between two algorithms; here each has to answer alone, on networks of every kind.

namespace entente {
namespace {

using namespace test;

const Job quiet;

FlowQuestion question_of(const Funding& f) { return flow_question(f.graph, f.capacity, f.from, f.to).value(); }
FlowCapacities capacities_of(const Funding& f) { return flow_capacities(f.graph, f.capacity).value(); }

/// A network in which ways are long and many: `rows` levels of `width` nodes, three ties from each node to
/// random ones of the next level.
Funding level_network(std::size_t rows, std::size_t width, Seed seed) {
  Random random(seed, 0x6C6576656C);
  Funding f;
  const std::size_t n = rows * width + 2;
  const auto tie = [&](std::size_t u, std::size_t v, std::uint64_t units) {
    f.edges.push_back(ends_of(u, v));
    f.capacity.push_back(static_cast<std::int64_t>(units));
  };
  for (std::size_t i = 0; i < width; ++i) {
    tie(n - 2, i, 3000);
    tie((rows - 1) * width + i, n - 1, 3000);
  }
  for (std::size_t row = 0; row + 1 < rows; ++row) {
    for (std::size_t i = 0; i < 3 * width; ++i) {
      tie(row * width + i / 3, (row + 1) * width + random.below(width), 1 + random.below(1000));
    }
  }
  f.graph = directed(n, f.edges);
  f.from = {ends_of(n - 2, 0).source};
  f.to = {ends_of(n - 1, 0).source};
  return f;
}

TEST_CASE("max_flow: the search trees alone find the value, and what they leave is a possible flow") {
  for_each_seed(1500, [](Seed seed) {
    const Funding f = random_funding(seed);
    const FlowQuestion question = question_of(f);
    Residual residual(capacities_of(f));
    SearchTrees trees(residual);
    REQUIRE(trees.run(question, false) == SearchTrees::Outcome::done);
    const auto proven =
        greatest_flow_value(f.graph, f.capacity, f.from, f.to, residual.flow().units,
                            residual.reached_from_sources(question));
    REQUIRE(proven);
    REQUIRE(*proven == trees.value());
  });
}

TEST_CASE("max_flow: push-relabel alone finds the same value and source side, and unmet demands can be dropped") {
  for_each_seed(1500, [](Seed seed) {
    const Funding f = random_funding(seed);
    const FlowQuestion question = question_of(f);
    Residual residual(capacities_of(f));
    PushRelabel demands(question, residual, quiet);
    REQUIRE(demands.run(question.most));
    const auto answer = max_flow(f.graph, f.capacity, f.from, f.to);
    REQUIRE(demands.value() == answer->value);
    const NodeColumn<std::uint8_t> side = residual.reached_from_sources(question);
    REQUIRE(side == answer->source_side);
    EdgeColumn<std::int64_t> flow = residual.flow().units;
    const Carrying carrying(f.graph, flow);
    take_out_circles(f.graph, carrying, flow);
    drop_unmet_demands(f.graph, question, carrying, flow);
    const auto proven = greatest_flow_value(f.graph, f.capacity, f.from, f.to, flow, side);
    REQUIRE(proven);
    REQUIRE(*proven == answer->value);
  });
}

TEST_CASE("max_flow: push-relabel goes on from the flow that the search trees leave when they give up") {
  std::size_t given_up = 0;
  for_each_seed(6, [&](Seed seed) {
    const Funding f = level_network(60, 40, seed);
    const FlowQuestion question = question_of(f);
    Residual residual(capacities_of(f));
    SearchTrees trees(residual);
    given_up += trees.run(question, true) == SearchTrees::Outcome::too_slow && trees.value() > 0;

    const auto answer = max_flow(f.graph, f.capacity, f.from, f.to);
    REQUIRE(answer);
    const auto proven =
        greatest_flow_value(f.graph, f.capacity, f.from, f.to, answer->flow, answer->source_side);
    REQUIRE(proven);
    REQUIRE(*proven == answer->value);
    EdgeColumn<std::int64_t> flow = answer->flow;
    REQUIRE(take_out_circles(f.graph, flow).empty());

    Residual alone(capacities_of(f));
    SearchTrees patient(alone);
    REQUIRE(patient.run(question, false) == SearchTrees::Outcome::done);
    REQUIRE(patient.value() == answer->value);
    REQUIRE(alone.reached_from_sources(question) == answer->source_side);
  });
  CHECK(given_up == 6);
}

TEST_CASE("max_flow: where only what reaches the targets exceeds 64 bits, the search trees go to the end") {
  constexpr std::int64_t large = std::numeric_limits<std::int64_t>::max();
  Funding f = level_network(60, 40, 1);
  for (const EdgeId edge : f.graph.edges()) {
    if (f.graph.ends(edge).target == f.to[0]) f.capacity[edge] = large;
  }
  REQUIRE_FALSE(question_of(f).targets_fit);
  const auto answer = max_flow(f.graph, f.capacity, f.from, f.to);
  REQUIRE(answer);
  REQUIRE(greatest_flow_value(f.graph, f.capacity, f.from, f.to, answer->flow, answer->source_side) == answer->value);
}

TEST_CASE("max_flow: the same network gives the same flow, edge by edge, at any number of threads") {
  const Funding f = level_network(60, 40, 3);
  Job one;
  one.threads = 1;
  const auto first = max_flow(f.graph, f.capacity, f.from, f.to, one);
  for (const int threads : {1, 2, 7, 16}) {
    Job job;
    job.threads = threads;
    const auto again = max_flow(f.graph, f.capacity, f.from, f.to, job);
    REQUIRE(again->flow == first->flow);
    REQUIRE(again->source_side == first->source_side);
    REQUIRE(again->phases == first->phases);
  }
}

TEST_CASE("max_flow: push-relabel stops once cancelled") {
  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  const Funding f = level_network(60, 40, 2);
  const FlowQuestion question = question_of(f);
  Residual residual(capacities_of(f));
  PushRelabel demands(question, residual, job);
  CHECK_FALSE(demands.run(question.most));
}

TEST_CASE("max_flow: with parallel and opposite edges of mixed kinds every residual arc finds its own mate") {
  for_each_seed(300, [](Seed seed) {
    Funding f = random_funding(seed, 5);  // few nodes, up to 25 edges: most are parallel
    const FlowQuestion question = question_of(f);
    Residual residual(capacities_of(f));
    for (const NodeId u : f.graph.nodes()) {
      const Residual::Row row = residual.row(u.index);
      for (std::uint32_t arc = row.first; arc < row.last; ++arc) {
        const std::uint32_t v = residual[arc].head;
        REQUIRE(v != u.index);
        REQUIRE((residual[arc].open || residual[arc].back_open));
        const std::uint32_t mate = residual.mate(u.index, arc);
        REQUIRE(mate != arc);
        REQUIRE(residual[mate].head == u.index);
        REQUIRE(residual.mate(v, mate) == arc);
        REQUIRE(residual[mate].open == residual[arc].back_open);
        REQUIRE((residual.left(u.index, arc) > 0) == (residual[arc].open != 0));
      }
    }
  });
}

}  // namespace
}  // namespace entente
