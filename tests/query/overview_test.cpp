#include <catch2/catch.hpp>

#include <algorithm>

#include "query/cohesion_view.hpp"
#include "query/overview.hpp"
#include "support/sample.hpp"

using namespace entente;

TEST_CASE("overview: money is summed by kind and status and never across them") {
  const auto overview = overview_of(whole(sample_network()));
  REQUIRE(overview);
  REQUIRE(overview->money.size() == 4);  // grant planned, grant sought, own completed, public stated
  const auto row = [&](std::string_view kind, std::string_view status) {
    return *std::ranges::find_if(overview->money, [&](const MoneyRow& r) { return r.kind == kind && r.status == status; });
  };
  CHECK(decimal_text(*row("funding.grant", "sought").total.sum) == "15500000");
  CHECK(decimal_text(*row("funding.own", "completed").total.sum) == "1100000.50");
  CHECK_FALSE(row("funding.grant", "planned").total.sum.has_value());
  CHECK(row("funding.grant", "planned").total.unknown == 1);
}

TEST_CASE("overview: every node and tie is in exactly one line of each count") {
  const auto network = sample_network();
  const auto overview = overview_of(whole(network));
  REQUIRE(overview);
  const auto total = [](const auto& list) {
    std::size_t sum = 0;
    for (const auto& [value, count] : list) sum += count;
    return sum;
  };
  CHECK(total(overview->nodes_by_kind) == network->node_count());
  CHECK(total(overview->nodes_by_country) == network->node_count());
  CHECK(total(overview->ties_by_kind) == network->edge_count());
  CHECK(total(overview->ties_by_status) == network->edge_count());
  CHECK(total(overview->ties_by_year) == network->edge_count());
  CHECK(overview->agreements == 1);
}

TEST_CASE("overview: quality counts what is missing") {
  const auto overview = overview_of(whole(sample_network()));
  REQUIRE(overview);
  const auto figure = [&](std::string_view name) {
    return std::ranges::find(overview->quality, name, &std::pair<std::string, std::size_t>::first)->second;
  };
  CHECK(figure("ties without evidence") == 11);
  CHECK(figure("ties without a date") == 8);
  CHECK(figure("nodes without a tie") == 1);
}

TEST_CASE("cohesion view: bridges and articulation points of the sample are those found by hand") {
  const auto network = sample_network();
  const auto analysis = Analysis::prepare(whole(network));
  REQUIRE(analysis);
  const auto view = cohesion_of(*analysis);
  REQUIRE(view);
  CHECK(view->components == 2);  // the island stands alone
  std::vector<std::string> bridges;
  for (const EdgeId edge : view->bridges) bridges.emplace_back(network->key(analysis->topology().edge[edge]));
  CHECK(bridges == std::vector<std::string>{"t9", "t10", "t11"});
}

TEST_CASE("overview: assortativity by country is 1 where all ties stay within a country") {
  NetworkBuilder builder(NetworkInfo{});
  for (const auto& [key, country] : {std::pair{"a", "KR"}, {"b", "KR"}, {"c", "UZ"}, {"d", "UZ"}}) {
    builder.add(NodeRow{{}, {key}, {"x"}, {}, {country}, {}});
  }
  builder.add(EdgeRow{{}, {}, {"a"}, {"b"}});
  builder.add(EdgeRow{{}, {}, {"c"}, {"d"}});
  const auto analysis = Analysis::prepare(whole(builder.build()));
  REQUIRE(analysis);
  const auto figures = overview_figures(*analysis, {});
  REQUIRE(figures);
  const auto found = std::ranges::find(figures->values, "assortativity_by_country", &std::pair<std::string, FigureValue>::first);
  REQUIRE(found != figures->values.end());
  CHECK(std::get<double>(found->second) == 1.0);
}
