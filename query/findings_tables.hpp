#pragma once

#include <optional>
#include <string>
#include <vector>

#include "algorithms/analysis.hpp"
#include "algorithms/card.hpp"
#include "engine/table.hpp"
#include "query/sentences.hpp"

namespace entente {

/// What a card found, told in the names and units of the network: graph ids become nodes and ties, whole units
/// become money. One card, one analysis and its findings, which must outlive this.
class FindingsTables {
 public:
  FindingsTables(const Card& card, const Analysis& analysis, const Findings& findings, Languages languages = {});
  /// The same where `capacities`, plain numbers named `unit`, stood in for the amounts of the ties.
  FindingsTables(const Card& card, const Analysis& analysis, const Findings& findings, Languages languages,
                 const TieMoney& capacities, std::string unit);

  /// The listings of the card; a node comes as two columns, its id and its name.
  std::vector<Table> listings() const;
  /// figure, value, unit: one row for each figure.
  Table figures() const;
  /// id, name and the columns of the card: one row for each node.
  Table nodes() const;
  /// tie, source, target, kind and the columns of the card: one row for each tie.
  Table ties() const;
  /// The walks: routes of money or paths.
  Table paths() const;
  /// The ties of a minimum cut, with what they can carry where the card is about money.
  Table cut() const;

  /// All of them that hold something, what is listed of bodies and ties before the totals.
  std::vector<Table> all() const;

  /// An amount of the card's units as money. Needs a card that needs money.
  Money money(std::int64_t units) const;
  /// The value of a figure as a cell; absent where the card did not give it.
  std::optional<TableCell> figure(std::string_view name) const;

 private:
  Table titled(const std::string& name, const std::string& title) const;
  std::string unit_in_words(const std::string& unit) const;
  std::string unit_of(const std::string& result) const;
  std::string label(NodeId node) const;
  TableCell money_or(const TableCell& cell, const std::string& unit) const;
  std::vector<TableCell> tie(EdgeId edge) const;
  Table listing(const Listing& listing) const;

  const Card& card_;
  const Analysis& analysis_;
  const Findings& findings_;
  const Topology& topology_;
  const TieMoney* amounts_;     // null: the card is not about money
  std::string amounts_unit_;
  NetworkPtr network_;
  std::vector<std::string> languages_;
};

/// The value of a node in a column of findings as a table cell; flags become true or false.
TableCell cell_of(const NodeValues& values, NodeId node);
/// The same for a tie.
TableCell cell_of(const EdgeValues& values, EdgeId edge);
/// A figure as a table cell.
TableCell cell_of(const FigureValue& value);

}  // namespace entente
