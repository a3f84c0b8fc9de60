// A program outside the project, built against the installed library: two bodies, one tie, one measure.
#include <iostream>
#include <vector>

#include <engine/graph.hpp>
#include <algorithms/registry.hpp>

int main() {
  using namespace entente;
  const std::vector<Ends> ties{{NodeId{0}, NodeId{1}}};
  const auto symmetric = make_symmetric(2, ties);
  const auto* card = find_card("degree");
  if (!symmetric || !card) return 1;
  Problem problem;
  problem.graph = &symmetric->both_ways();
  problem.symmetric = &*symmetric;
  const auto findings = card->run(problem, {}, {});
  if (!findings) return 1;
  std::cout << findings->per_node.front().first << '\n';
}
