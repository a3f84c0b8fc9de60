#include "algorithms/centrality/cards.hpp"

#include "algorithms/centrality/betweenness.hpp"
#include "algorithms/centrality/closeness.hpp"
#include "algorithms/centrality/core.hpp"
#include "algorithms/centrality/current_flow_betweenness.hpp"
#include "algorithms/centrality/current_flow_closeness.hpp"
#include "algorithms/centrality/degree.hpp"
#include "algorithms/centrality/edge_betweenness.hpp"
#include "algorithms/centrality/eigenvector.hpp"
#include "algorithms/centrality/harmonic.hpp"
#include "algorithms/centrality/hits.hpp"
#include "algorithms/centrality/katz.hpp"
#include "algorithms/centrality/pagerank.hpp"
#include "algorithms/centrality/sampled_betweenness.hpp"
#include "algorithms/centrality/strength.hpp"
#include "algorithms/centrality/top_closeness.hpp"

namespace entente {

std::vector<Card> centrality_cards() {
  return {degree_card(),       in_degree_card(),           out_degree_card(),
          strength_card(),     in_strength_card(),         out_strength_card(),
          closeness_card(),    top_closeness_card(),       current_flow_closeness_card(),
          harmonic_card(),     betweenness_card(),         sampled_betweenness_card(),
          edge_betweenness_card(), current_flow_betweenness_card(), eigenvector_card(),
          pagerank_card(),     katz_card(),                hub_card(),
          authority_card(),    core_card()};
}

}  // namespace entente
