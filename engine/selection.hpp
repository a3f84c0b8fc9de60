#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/graph.hpp"
#include "engine/network.hpp"

namespace entente {

/// Which part of a network to look at, and how. An empty field asks for nothing.
/// Field = command-line flag: node_kinds is --node-kind.
struct SelectionSpec {
  std::vector<std::string> node_kinds = {};   // a kind takes its children: institution takes institution.university
  std::vector<std::string> edge_kinds = {};
  std::vector<std::string> statuses = {};
  std::vector<std::string> countries = {};    // ISO codes: nodes of these countries
  std::string since = {}, until = {};         // EDTF; a tie is kept where it possibly meets the window
  std::string component = {};                 // "largest", or a number counted from 1, largest first
  std::string where = {};                     // expression, see engine/where.hpp
  std::vector<std::string> projections = {};  // KIND or KIND:count|newman|binary
  std::string collapse = {};                  // country, city, kind, or a node column
  std::string agreements = {};                // as-stated (default), clique, star, node
  bool undirected = false;                    // ignore directions
  std::vector<std::string> without_kinds = {};  // kinds to hide beside those that the network hides
  bool keep_hidden = false;                   // keep the kinds that are hidden by default
};

/// A part of a network: the nodes and ties that remain, in the order of the network. No copy of it.
struct Selection {
  NetworkPtr network;          // what the ids below point into: the input, or what projection, collapse
                               // or a view of agreements made of it
  std::vector<NodeId> nodes;   // ascending
  std::vector<EdgeId> edges;   // ascending; both ends are among `nodes`
  bool undirected = false;     // directions are to be ignored
  std::string description;     // "whole network", or what was asked: "tie kinds funding; since 2021"
  std::vector<std::string> notes;  // what was left out and how many: "3 nodes of the hidden kind person left out"
};

/// The whole network, hidden kinds included.
Selection whole(NetworkPtr network);

/// Applies a specification, in this order: view of agreements, kinds, statuses, countries, window,
/// where, projection, collapse, component. A node stays when its own conditions hold, also when it
/// has lost all its ties. A tie without a date is left out by a window, and counted in the notes.
/// Nodes of a kind to be projected, and agreements seen as nodes, are only a means: no condition on
/// nodes asks them, but an agreement that lost all its ties goes too.
/// A kind hidden by default comes back when node_kinds names it or a kind below it.
/// O(n + m) but for projection. Errors: bad_argument (unknown kind with the known ones named, bad
/// date, bad expression with the place in it); not_found (no such component).
Result<Selection> select(const NetworkPtr& network, const SelectionSpec& spec);

/// A selection as a graph: topology with dense ids of its own, and the way back to the network.
struct Topology {
  NetworkPtr network;
  Graph graph;                   // directions kept: a mutual tie runs both ways
  Symmetric symmetric;           // directions ignored
  bool undirected = true;        // no tie in it has a direction that counts
  NodeColumn<NodeId> node;       // graph id -> network id
  EdgeColumn<EdgeId> edge;       // graph id -> network id
  NodeColumn<std::uint32_t> graph_node;  // network index -> graph index, or `absent`

  static constexpr std::uint32_t absent = 0xFFFFFFFF;
  std::optional<NodeId> find(NodeId in_network) const {
    const std::uint32_t index = graph_node[in_network];
    return index == absent ? std::nullopt : std::optional(NodeId{index});
  }
};

/// O(n + m). Errors: those of make_graph.
Result<Topology> topology(const Selection& selection);

/// The weights of the ties of a topology: "none" (all 1), "count" (all 1; parallel ties add up in the
/// kernels), "amount" (money in one currency, the nearest double; where no tie states money and no currency is
/// asked for, the numbers of a further column amount, which the builder keeps as "amount (2)"), or the name of a
/// numeric column. Ties that state no value get weight 0, and are counted and noted. Values are finite and not
/// negative.
struct Weights {
  EdgeColumn<double> value;
  std::string unit;                 // "ties", "USD", or the column's name
  std::size_t unknown = 0;          // ties whose value is not stated
  std::vector<std::string> notes;
};

/// With a currency, only amounts in it count; those in others weigh nothing and are counted in the notes. It
/// says nothing about other weights.
/// Errors: bad_argument (no such column, not numeric, negative), unit_mismatch (several currencies and none asked
/// for: all are named).
Result<Weights> tie_weights(const Topology& topology, const std::string& weight,
                            const std::optional<Currency>& currency = {});

/// The amounts of the ties of a topology as whole units of one currency; ties without an amount have
/// capacity 0 and are counted. Errors: unit_mismatch (several currencies and none asked for), bad_argument
/// (no amount at all and no currency asked for), overflow (64 bits, to the decimals of the finest amount). With
/// `smallest_coin` the units are no coarser than the currency's smallest coin, whatever the amounts need.
struct TieMoney {
  MoneyColumn column;
  EdgeColumn<std::uint8_t> stated;  // 1 where the tie states an amount in this currency
  std::size_t unknown = 0;          // ties that state none
  std::size_t other_currency = 0;   // ties in another currency than the one asked for, left out
};
Result<TieMoney> tie_money(const Topology& topology, const std::optional<Currency>& currency, bool smallest_coin = false);

}  // namespace entente
