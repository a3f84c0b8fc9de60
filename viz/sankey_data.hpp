#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/error.hpp"
#include "engine/money.hpp"
#include "engine/selection.hpp"
#include "viz/styles.hpp"

namespace entente {

/// What a Sankey diagram is to show. Field = command-line flag.
struct SankeySpec {
  std::string levels = "hop";          // hop, kind, country, date, or a node column: what the columns of the drawing are
  std::string group;                   // country, kind or a node column: one node for all bodies of a value; empty: bodies
  std::size_t top = 24;                // so many bodies at most keep a node of their own, those with most money
  double least_share = 0;              // and only bodies that move at least this share of all money
  std::optional<Currency> currency;    // only amounts in this one
  std::vector<std::string> languages;  // of names, in order of preference
  std::string title;                   // or the title of the network
  std::string font;                    // a family to prefer to those of default_fonts()
  double width = 960;                  // of the picture, px; wider where loops or labels need it
};

inline constexpr std::size_t sankey_most_nodes = 200;   // bound of SankeySpec::top
inline constexpr std::size_t sankey_most_links = 400;   // fewer bodies keep their node where there would be more
inline constexpr std::size_t sankey_most_hops = 12;     // levels by hops; fewer bodies keep their node where there would be more
inline constexpr std::size_t sankey_most_levels = 7;    // by value or date; further values share one level, periods grow
inline constexpr std::size_t sankey_most_kinds = 7;     // the last of them "other kinds" where there are more

/// Money of one kind and one class of status from one node to another. Never two currencies, kinds or
/// classes in one, unless `kind` is that of "other kinds", which the notes name.
struct SankeyLink {
  std::size_t source = 0, target = 0;  // indices into SankeyData::nodes
  std::size_t kind = 0;                // index into SankeyData::kinds
  StatusClass status = StatusClass::open;
  std::int64_t units = 0;   // sum of the stated amounts
  std::size_t stated = 0;   // ties that state an amount, 0 included
  std::size_t unknown = 0;  // ties that state none
  std::vector<EdgeId> ties; // by key
};

/// A body, a group of bodies, or the bodies bundled into "other".
struct SankeyNode {
  std::string key;   // the body's id, the group's value, or empty for a bundle
  std::string name;
  std::size_t level = 0;               // index into SankeyData::levels; 0 where the layout finds the levels
  bool bundle = false;
  std::vector<NodeId> members;         // the bodies it stands for, those with most money first
  std::int64_t in = 0, out = 0, self = 0;  // money from others, to others, and within
  std::size_t unknown_in = 0, unknown_out = 0, unknown_self = 0;  // ties without an amount

  std::int64_t own() const { return out > in ? out - in : 0; }   // given beyond what came in
  std::int64_t kept() const { return in > out ? in - out : 0; }  // came in beyond what was given
  std::int64_t size() const { return (in > out ? in : out) + self; }
};

/// The money of a selection, ready to be laid out. For every node in + own = out + kept, to the last unit;
/// `total` is the sum over links and self-flows, and what the ties of the selection state, bundled or not.
struct SankeyData {
  NetworkPtr network;
  std::string selection;  // its description
  std::optional<Currency> currency;  // empty where no tie states an amount
  int decimals = 0;
  std::vector<SankeyNode> nodes;        // most money first, bundles last
  std::vector<SankeyLink> links;        // source != target; by source, target, kind, status
  std::vector<SankeyLink> self_flows;   // source == target
  std::vector<std::string> kinds;       // most money first; "" where a tie states none
  bool other_kinds = false;             // the last of them stands for several
  bool statuses = false;                // some tie states a status
  std::vector<std::string> levels;      // names of the levels from left to right; empty for "hop"
  std::int64_t total = 0;
  std::size_t stated = 0, unknown = 0;  // ties
  std::vector<std::string> notes;       // what is left out, and why

  Money money(std::int64_t units) const { return {units, decimals, currency.value_or(Currency{})}; }
};

/// Sums the money of a selection by giver, receiver, kind and class of status.
///
/// Money flows along ties with a direction. A tie without an amount is counted as unknown where its kind carries
/// money: a kind of funding, or one of which another tie of the selection states an amount. Ties that state money
/// but no direction are left out, and counted with their sum in the notes.
/// Bodies beyond `top`, or below `least_share`, become one node "other" for each level; by hops, others that only give,
/// only get, or stand between, such that no circle is drawn where none is (viz/sankey_folding.hpp). A bundle of one is that one.
/// Where there are more than sankey_most_kinds, the largest keep a link of their own, if they have four fifths of the
/// money; else the first words of kinds are told apart. All others share "other kinds".
/// The answer does not depend on the order of the rows. Cost O((n + m) log m).
/// Errors: unit_mismatch (several currencies and none asked for), bad_argument (no money at all, an unknown level or
/// group, directions ignored, a width or least_share that is nan), overflow (64 bits). No network holds an amount below zero: the builder refuses it.
Result<SankeyData> sankey_data(const Selection& selection, const SankeySpec& spec = {});

/// Money of one class of status and one family of kinds: the first word of the kind, "funding" or "technology_transfer".
/// Sums go no further: what is done and what is wanted, and a grant and the value of a technology, are no one sum.
struct SankeyPart {
  StatusClass status = StatusClass::open;
  std::string family;
  std::int64_t units = 0;
  std::size_t ties = 0;  // that state an amount
};

/// What comes into a node from others, or goes out to them; of the whole drawing, self-flows included, without a node.
/// By class of status, then the largest first; parts of no stated amount are left out.
std::vector<SankeyPart> sankey_parts(const SankeyData& data, const SankeyNode* node = nullptr, bool in = true);

/// "USD 1,250,000.50": grouped for reading, every digit as it is; "no amount" without a currency.
std::string sankey_money(const Money& money);
std::string sankey_money(const SankeyData& data, std::int64_t units);

/// "USD 1.25 M": three digits, for labels.
std::string sankey_short_money(const SankeyData& data, std::int64_t units);

/// "funding.grant", "kind not stated", "other kinds".
std::string sankey_kind(const SankeyData& data, const SankeyLink& link);

}  // namespace entente
