#include "algorithms/centrality/residuals.hpp"

#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

NodeColumn<double>& scores_in(Findings& findings) {
  return std::get<NodeColumn<double>>(findings.per_node.at(0).second);
}

struct Measure {
  const char* name;
  std::vector<OptionValues> options;
};

const std::vector<Measure>& measures() {
  static const std::vector<Measure> all{
      {"pagerank", {{}, {{"damping", 0.5}}, {{"tolerance", 1e-3}}}},
      {"eigenvector", {{}, {{"normalized", true}}, {{"tolerance", 1e-3}}}},
      {"katz", {{{"alpha", 0.01}}, {{"alpha", 0.01}, {"normalized", true}}, {{"alpha", 0.02}, {"beta", 3.0}}}},
      {"hub", {{}, {{"normalized", true}}, {{"tolerance", 1e-3}}}},
      {"authority", {{}, {{"normalized", true}}, {{"tolerance", 1e-3}}}},
  };
  return all;
}

}  // namespace

TEST_CASE("residuals: what the measures find holds on every odd shape and on random weighted graphs") {
  for (const Measure& measure : measures()) {
    const Card& card = centrality_card(measure.name);
    for (const OptionValues& options : measure.options) {
      for (const bool is_undirected : {true, false}) {
        for (const NamedGraph& shape : odd_shapes()) {
          CAPTURE(measure.name, shape.name, is_undirected);
          const Asked asked(shape.node_count, shape.edges, is_undirected);
          const auto findings = card.run(asked.problem, options, {});
          REQUIRE(findings);
          const auto shown = card.verify(asked.problem, options, *findings);
          CHECK((shown ? "" : shown.error().what) == "");
          if (shown) CHECK(shown->ends_with('.'));
        }
        for_each_seed(10, [&](Seed seed) {
          CAPTURE(measure.name, is_undirected);
          const auto edges = random_arcs(40, 100, seed, true, true);
          const EdgeColumn<double> weight = random_whole_values(edges.size(), seed, 0, 3);
          Asked asked(40, edges, is_undirected);
          asked.problem.weight = &weight;
          const auto findings = card.run(asked.problem, options, {});
          REQUIRE(findings);
          const auto shown = card.verify(asked.problem, options, *findings);
          CHECK((shown ? "" : shown.error().what) == "");
        });
      }
    }
  }
}

TEST_CASE("residuals: a score that was changed, taken away or made negative is found out") {
  for (const Measure& measure : measures()) {
    const Card& card = centrality_card(measure.name);
    for (const OptionValues& options : measure.options) {
      CAPTURE(measure.name);
      if (options.contains("tolerance")) continue;
      const Asked asked(34, karate_club().edges, true);
      const auto findings = card.run(asked.problem, options, {});
      REQUIRE(findings);
      REQUIRE(card.verify(asked.problem, options, *findings));
      const auto refuses = [&](auto&& change) {
        Findings changed = *findings;
        change(changed);
        const auto verdict = card.verify(asked.problem, options, changed);
        return !verdict && verdict.error().code == ErrorCode::bad_argument && verdict.error().what.ends_with('.');
      };
      CHECK(refuses([](Findings& f) { scores_in(f)[NodeId{5}] *= 1.00001; }));
      CHECK(refuses([](Findings& f) { std::swap(scores_in(f)[NodeId{0}], scores_in(f)[NodeId{16}]); }));
      CHECK(refuses([](Findings& f) { scores_in(f)[NodeId{5}] = -scores_in(f)[NodeId{5}]; }));
      CHECK(refuses([](Findings& f) { scores_in(f)[NodeId{5}] = std::nan(""); }));
      CHECK(refuses([](Findings& f) { for (double& x : scores_in(f).values()) x *= 2; }));
      CHECK(refuses([](Findings& f) { scores_in(f) = NodeColumn<double>(33, 1.0 / 33); }));
      CHECK(refuses([](Findings& f) { f.per_node.clear(); }));
    }
  }
}

TEST_CASE("residuals: an answer that did not settle is held to what it says of itself, and no better is believed") {
  const Asked asked(200, path_graph(200).edges, true);
  for (const char* name : {"pagerank", "eigenvector", "katz", "hub"}) {
    CAPTURE(name);
    const Card& card = centrality_card(name);
    OptionValues options{{"max_iterations", std::int64_t{3}}};
    if (std::string_view(name) == "katz") options["alpha"] = 0.45;
    auto findings = card.run(asked.problem, options, {});
    REQUIRE(findings);
    CHECK(card.verify(asked.problem, options, *findings));
    for (auto& [figure, value] : findings->figures) {
      if (figure == "residual" || figure == "error") value = 0.0;  // a lie
    }
    CHECK(!card.verify(asked.problem, options, *findings));
  }
}

TEST_CASE("residuals: an eigenvector of a smaller eigenvalue is none, and 0 is no eigenvalue where there is a cycle") {
  const Asked asked(3, path_graph(3).edges, true);
  const Card& card = centrality_card("eigenvector");
  auto findings = card.run(asked.problem, {}, {});
  REQUIRE(findings);
  scores_in(*findings) = NodeColumn<double>(3, 0.0);
  findings->figures.at(0).second = 0.0;
  CHECK(!card.verify(asked.problem, {}, *findings));
  CHECK(card.verify(Asked(3, path_graph(3).edges, false).problem, {}, *findings));
}
