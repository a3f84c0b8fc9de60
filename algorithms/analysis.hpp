#pragma once

#include <optional>
#include <string>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/selection.hpp"

namespace entente {

/// How a selection becomes a Problem.
struct AnalysisOptions {
  std::string weight = {};           // empty or none, count, amount, or a numeric column; see tie_weights
  std::optional<Currency> currency = {};  // of amounts; empty: the only one there is
  bool money = false;                // prepare capacities, for cards that need money
  bool smallest_coin = false;        // money at least to the currency's smallest coin, for cards that divide it
  bool days = false;                 // prepare when the money of each tie moves
  std::string cost = {};             // numeric edge column: cost of each unit of money; empty: 1 a tie
  std::string least = {};            // numeric edge column: what each tie must carry, in the currency of the amounts
  std::string group = {};            // kind, country or a node column, for cards that need groups
};

/// A selection translated for kernels: the only place where networks become graphs and columns, so
/// kernels never see a network and callers never see how a kernel wants its input.
///
/// Where a weight is asked for, ties whose weight is unknown or 0 are left out and counted in `notes`,
/// since a strength of 0 and no tie are the same and a length of 1/0 is none. Path measures then take
/// 1/weight as length; for the weight `count` that is 1 over the number of parallel ties.
class Analysis {
 public:
  /// Errors: those of topology(), tie_weights() and tie_money(); bad_argument for an unknown group, cost or
  /// least column, and for a cell of the latter two that is no plain number.
  static Result<Analysis> prepare(const Selection& selection, const AnalysisOptions& options = {});

  Analysis(Analysis&&) = default;
  Analysis& operator=(Analysis&&) = default;

  const Topology& topology() const { return topology_; }
  const std::string& weight_unit() const { return weight_unit_; }
  const std::vector<std::string>& notes() const { return notes_; }
  const std::vector<std::string>& group_names() const { return group_names_; }  // by code
  const std::optional<TieMoney>& money() const { return money_; }

  /// The problem as kernels see it; points into this object, which must outlive it.
  Problem problem() const;

 private:
  Analysis() = default;
  Topology topology_;
  std::optional<EdgeColumn<double>> weight_, length_;
  std::optional<TieMoney> money_;
  std::optional<EdgeColumn<DayRange>> days_;
  std::optional<CostColumn> cost_;
  std::optional<EdgeColumn<std::int64_t>> least_;
  std::optional<NodeColumn<std::uint32_t>> group_;
  std::vector<std::string> group_names_;
  std::string weight_unit_;
  std::vector<std::string> notes_;
};

}  // namespace entente
