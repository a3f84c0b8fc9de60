#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "algorithms/funds/trace.hpp"
#include "algorithms/funds/trace_cases.hpp"

namespace entente {
namespace {

using namespace test;

TEST_CASE("trace: a target asked for alone has the bounds that it has among all ends") {
  int compared = 0;
  for_each_seed(60, [&](Seed seed) {
    const TraceCase asked = random_trace(seed, 12, 40, 1000);
    const TracedTies ties{&asked.amount};
    const auto all = trace_funds(asked.graph, ties, asked.from, {}, {.bounds = 100});
    REQUIRE(all);
    for (const TracedEnd& end : all->ends) {
      if (std::ranges::find(asked.from, end.body) != asked.from.end()) continue;
      const NodeId at[] = {end.body};
      const auto alone = trace_funds(asked.graph, ties, asked.from, at, {});
      REQUIRE(alone);
      const auto row = std::ranges::find(alone->ends, end.body, &TracedEnd::body);
      REQUIRE(row != alone->ends.end());
      CHECK(row->at_least == end.at_least);
      CHECK(row->at_most == end.at_most);
      CHECK(alone->at_least == end.at_least);
      CHECK(alone->at_most == end.at_most);
      ++compared;
    }
  });
  CHECK(compared > 100);
}

TEST_CASE("trace: every part of the work says that it has begun, and none goes beyond its end") {
  const TraceCase asked = random_trace(7, 12, 40, 1000);
  std::set<std::string> told;
  Job job;
  job.progress = [&](std::string_view what, std::size_t done, std::size_t total) {
    told.emplace(what);
    CHECK((total == 0 || done <= total));
  };
  REQUIRE(trace_funds(asked.graph, {&asked.amount}, asked.from, asked.to, {}, job));
  CHECK(told.contains("following the payments"));
  CHECK(told.contains("tracing money"));
  CHECK(told.contains("rounding to whole units"));
  if (!asked.to.empty()) CHECK(told.contains("bounds of the targets together"));
}

}  // namespace
}  // namespace entente
