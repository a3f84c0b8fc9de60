#include "algorithms/funds/cards.hpp"

#include "algorithms/funds/brokerage.hpp"
#include "algorithms/funds/indicators.hpp"
#include "algorithms/funds/null_model.hpp"
#include "algorithms/funds/scenario.hpp"
#include "algorithms/funds/scenario_pairs.hpp"
#include "algorithms/funds/trace.hpp"

namespace entente {

std::vector<Card> funds_cards() { return {trace_card(), money_brokerage_card(), indicators_card(), scenario_card(), worst_pair_card(), significance_card()}; }

}  // namespace entente
