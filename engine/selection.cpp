#include "engine/selection.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "engine/agreements.hpp"
#include "engine/collapse.hpp"
#include "engine/kind.hpp"
#include "engine/projection.hpp"
#include "engine/suggestion.hpp"
#include "engine/text.hpp"
#include "engine/where.hpp"

namespace entente {

namespace {

using Flags = std::vector<std::uint8_t>;  // one per node, tie or code of a dictionary

/// What is kept so far, and the account of what was not.
struct Sieve {
  NetworkPtr network;
  Flags node, edge;
  std::size_t first_agreement_node = 0;
  std::vector<Projection> projections;
  std::vector<std::string> notes;
  bool hides = false;  // some node of a hidden kind was left out

  /// Nodes that are only a means: agreements seen as nodes, and nodes to be projected away. No
  /// condition on nodes asks them.
  bool is_means(NodeId node_id) const {
    return node_id.index >= first_agreement_node || std::ranges::any_of(projections, [&](const Projection& p) {
             return is_kind(network->kind(node_id), p.kind);
           });
  }
};

void note_if(std::vector<std::string>& notes, std::size_t count, std::string_view one, std::string_view many,
             const std::string& rest) {
  if (count > 0) notes.push_back(counted(count, one, many) + " " + rest);
}

std::vector<std::string> texts_of(const Dictionary& dictionary) {
  std::vector<std::string> texts;
  for (Dictionary::Code code = 0; code < dictionary.size(); ++code) texts.push_back(dictionary.text(code));
  return texts;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

/// One flag per text of the dictionary: is it asked for? Each text asked for must match some.
template <class Matches>
Result<Flags> asked_codes(const Dictionary& dictionary, const std::vector<std::string>& asked, std::string_view what,
                          std::string_view option, Matches&& matches) {
  Flags flags(dictionary.size(), 0);
  for (const std::string& wanted : asked) {
    bool known = false;
    for (Dictionary::Code code = 0; code < dictionary.size(); ++code) {
      if (!matches(dictionary.text(code), wanted)) continue;
      flags[code] = 1;
      known = true;
    }
    if (!known) {
      return fail(ErrorCode::bad_argument,
                  "the network has no " + std::string(what) + " \"" + shortened(wanted, 40) + "\". It has " +
                      nearest_first(wanted, texts_of(dictionary)) + ".",
                  "option " + std::string(option));
    }
  }
  return flags;
}

bool same_text(std::string_view text, std::string_view wanted) { return text == wanted; }

/// Leaves out the kinds that are hidden by default, unless an asked kind lies at or below them.
void drop_hidden(Sieve& sieve, const SelectionSpec& spec) {
  if (spec.keep_hidden) return;
  const Network& network = *sieve.network;
  std::vector<std::string> all_hidden = network.info().hidden_kinds;
  all_hidden.insert(all_hidden.end(), spec.without_kinds.begin(), spec.without_kinds.end());
  for (const std::string& hidden : all_hidden) {
    Flags drop(network.node_kinds().size(), 0);
    for (Dictionary::Code code = 0; code < drop.size(); ++code) {
      const std::string& kind = network.node_kinds().text(code);
      drop[code] = is_kind(kind, hidden) && std::ranges::none_of(spec.node_kinds, [&](const std::string& asked) {
                     return is_kind(kind, asked) && is_kind(asked, hidden);
                   });
    }
    std::size_t dropped = 0;
    for (const NodeId node : network.nodes()) {
      if (!sieve.node[node.index] || !drop[network.kind_code(node)] || sieve.is_means(node)) continue;
      sieve.node[node.index] = 0;
      ++dropped;
    }
    sieve.hides = sieve.hides || dropped > 0;
    note_if(sieve.notes, dropped, "node", "nodes", "of the hidden kind " + hidden + " left out");
  }
}

/// Keeps the nodes whose code is flagged; counts the others, and apart those that state nothing.
template <class CodeOf>
void keep_nodes(Sieve& sieve, const Flags& flags, const Dictionary& dictionary, CodeOf&& code_of,
                const std::string& others, const std::string& without) {
  const Dictionary::Code nothing = dictionary.find("");
  std::size_t other = 0, unstated = 0;
  for (const NodeId node : sieve.network->nodes()) {
    if (!sieve.node[node.index] || flags[code_of(node)] || sieve.is_means(node)) continue;
    sieve.node[node.index] = 0;
    ++(code_of(node) == nothing ? unstated : other);
  }
  note_if(sieve.notes, other, "node", "nodes", others + " left out");
  note_if(sieve.notes, unstated, "node", "nodes", without + " left out");
}

Result<void> sieve_nodes(Sieve& sieve, const SelectionSpec& spec, const Condition* where) {
  const Network& network = *sieve.network;
  drop_hidden(sieve, spec);
  if (!spec.node_kinds.empty()) {
    const auto kinds = asked_codes(network.node_kinds(), spec.node_kinds, "node kind", "node-kind", is_kind);
    if (!kinds) return tl::unexpected(kinds.error());
    keep_nodes(sieve, *kinds, network.node_kinds(), [&](NodeId node) { return network.kind_code(node); },
               "of other kinds", "without a kind");
  }
  if (!spec.countries.empty()) {
    const auto countries = asked_codes(network.countries(), spec.countries, "country", "country", same_text);
    if (!countries) return tl::unexpected(countries.error());
    keep_nodes(sieve, *countries, network.countries(), [&](NodeId node) { return network.country_code(node); },
               "of other countries", "without a country");
  }
  if (where && where->on_nodes()) {
    std::size_t dropped = 0;
    for (const NodeId node : network.nodes()) {
      if (!sieve.node[node.index] || sieve.is_means(node) || where->holds(network, node)) continue;
      sieve.node[node.index] = 0;
      ++dropped;
    }
    note_if(sieve.notes, dropped, "node", "nodes", "left out by where");
  }
  return {};
}

/// The days a selection looks at; null where it is open.
struct Window {
  std::optional<Edtf> since, until;
  bool is_set() const { return since || until; }
};

Result<Window> window_of(const SelectionSpec& spec) {
  Window window;
  const auto read = [](const std::string& text, std::string_view option, std::optional<Edtf>& date) -> Result<void> {
    if (text.empty()) return {};
    auto parsed = Edtf::parse(text);
    if (!parsed) {
      return fail(ErrorCode::bad_argument, parsed.error().what, "option " + std::string(option));
    }
    date = std::move(*parsed);
    return {};
  };
  if (const auto read_since = read(spec.since, "since", window.since); !read_since) {
    return tl::unexpected(read_since.error());
  }
  if (const auto read_until = read(spec.until, "until", window.until); !read_until) {
    return tl::unexpected(read_until.error());
  }
  if (window.since && window.until && window.since->earliest() > window.until->latest()) {
    return fail(ErrorCode::bad_argument,
                "the window ends (" + spec.until + ") before it begins (" + spec.since + "). Swap --since and --until.",
                "option until");
  }
  return window;
}

Result<void> sieve_edges(Sieve& sieve, const SelectionSpec& spec, const Window& window, const Condition* where) {
  const Network& network = *sieve.network;
  auto kinds = asked_codes(network.edge_kinds(), spec.edge_kinds, "tie kind", "edge-kind", is_kind);
  if (!kinds) return tl::unexpected(kinds.error());
  auto statuses = asked_codes(network.statuses(), spec.statuses, "status", "status", same_text);
  if (!statuses) return tl::unexpected(statuses.error());
  if (spec.edge_kinds.empty()) kinds->assign(kinds->size(), 1);
  if (spec.statuses.empty()) statuses->assign(statuses->size(), 1);
  const Dictionary::Code no_status = network.statuses().find("");
  const Edtf* since = window.since ? &*window.since : nullptr;
  const Edtf* until = window.until ? &*window.until : nullptr;

  std::size_t without_end = 0, other_kind = 0, other_status = 0, unstated_status = 0;
  std::size_t outside = 0, undated = 0, perhaps = 0, refused = 0;
  for (const EdgeId edge : network.edges()) {
    std::uint8_t& kept = sieve.edge[edge.index];
    kept = 0;
    const auto [source, target] = network.ends(edge);
    if (!sieve.node[source.index] || !sieve.node[target.index]) {
      ++without_end;
      continue;
    }
    if (!(*kinds)[network.kind_code(edge)]) {
      ++other_kind;
      continue;
    }
    if (const auto status = network.status_code(edge); !(*statuses)[status]) {
      ++(status == no_status ? unstated_status : other_status);
      continue;
    }
    bool only_possibly = false;
    if (window.is_set()) {
      const Meets met = meets(network.start(edge), network.end(edge), since, until);
      if (met == Meets::never || met == Meets::unknown) {
        ++(met == Meets::never ? outside : undated);
        continue;
      }
      only_possibly = met == Meets::possibly;
    }
    if (where && !where->on_nodes() && !where->holds(network, edge)) {
      ++refused;
      continue;
    }
    kept = 1;
    perhaps += only_possibly;
  }
  note_if(sieve.notes, without_end, "tie", "ties", "left out together with a node");
  note_if(sieve.notes, other_kind, "tie", "ties", "of other kinds left out");
  note_if(sieve.notes, other_status, "tie", "ties", "of other statuses left out");
  note_if(sieve.notes, unstated_status, "tie", "ties", "without a status left out");
  note_if(sieve.notes, outside, "tie", "ties", "outside the window left out");
  note_if(sieve.notes, undated, "tie", "ties", "without a date left out");
  note_if(sieve.notes, perhaps, "tie", "ties", "kept whose imprecise dates only possibly meet the window");
  note_if(sieve.notes, refused, "tie", "ties", "left out by where");
  return {};
}

/// An agreement that lost all its ties to other conditions is no longer of interest.
void drop_idle_agreements(Sieve& sieve) {
  const Network& network = *sieve.network;
  if (sieve.first_agreement_node >= network.node_count()) return;
  Flags tied(network.node_count(), 0);
  for (const EdgeId edge : network.edges()) {
    if (!sieve.edge[edge.index]) continue;
    tied[network.source(edge).index] = tied[network.target(edge).index] = 1;
  }
  std::size_t idle = 0;
  for (std::size_t i = sieve.first_agreement_node; i < network.node_count(); ++i) {
    if (!sieve.node[i] || tied[i]) continue;
    sieve.node[i] = 0;
    ++idle;
  }
  note_if(sieve.notes, idle, "agreement", "agreements", "without a party left in the selection left out");
}

Selection selection_of(Sieve&& sieve) {
  Selection selection;
  selection.network = sieve.network;
  for (const NodeId node : sieve.network->nodes()) {
    if (sieve.node[node.index]) selection.nodes.push_back(node);
  }
  selection.edges.reserve(static_cast<std::size_t>(std::ranges::count(sieve.edge, std::uint8_t{1})));
  for (const EdgeId edge : sieve.network->edges()) {
    if (sieve.edge[edge.index]) selection.edges.push_back(edge);
  }
  selection.notes = std::move(sieve.notes);
  return selection;
}

/// For each node of the selection the number of its component, counted from 0, largest first; equals
/// by their first node. Directions do not count.
std::vector<std::size_t> components_by_size(const Selection& selection, std::vector<std::size_t>& sizes) {
  std::vector<std::uint32_t> parent(selection.network->node_count());
  std::iota(parent.begin(), parent.end(), std::uint32_t{0});
  const auto root = [&](std::uint32_t node) {
    while (parent[node] != node) node = parent[node] = parent[parent[node]];
    return node;
  };
  for (const EdgeId edge : selection.edges) {
    const auto [source, target] = selection.network->ends(edge);
    const std::uint32_t a = root(source.index), b = root(target.index);
    parent[std::max(a, b)] = std::min(a, b);  // the root is the first node of its component
  }
  std::vector<std::uint32_t> roots;
  std::vector<std::size_t> size(parent.size(), 0);
  for (const NodeId node : selection.nodes) {
    const std::uint32_t r = root(node.index);
    if (size[r]++ == 0) roots.push_back(r);
  }
  std::ranges::sort(roots,
                    [&](std::uint32_t a, std::uint32_t b) { return std::pair(size[b], a) < std::pair(size[a], b); });
  std::vector<std::size_t> rank(parent.size(), 0);
  sizes.clear();
  for (std::size_t i = 0; i < roots.size(); ++i) {
    rank[roots[i]] = i;
    sizes.push_back(size[roots[i]]);
  }
  std::vector<std::size_t> component;
  component.reserve(selection.nodes.size());
  for (const NodeId node : selection.nodes) component.push_back(rank[root(node.index)]);
  return component;
}

/// "largest" -> 0, "3" -> 2.
Result<std::size_t> asked_component(const std::string& text) {
  if (text == "largest") return std::size_t{0};
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number == 0) {
    return fail(ErrorCode::bad_argument,
                "\"" + shortened(text, 40) + "\" is not a component. Write largest, or a number from 1 (the largest).",
                "option component");
  }
  return number - 1;
}

Result<void> keep_component(Selection& selection, const std::string& text) {
  const auto wanted = asked_component(text);
  if (!wanted) return tl::unexpected(wanted.error());
  if (selection.nodes.empty() && text == "largest") return {};  // the largest part of nothing is nothing
  std::vector<std::size_t> sizes;
  const auto component = components_by_size(selection, sizes);
  if (*wanted >= sizes.size()) {
    return fail(ErrorCode::not_found,
                "there is no component " + text + ": the selection has " +
                    counted(sizes.size(), "component", "components") + ".",
                "option component");
  }
  Flags kept(selection.network->node_count(), 0);
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < selection.nodes.size(); ++i) {
    if (component[i] != *wanted) continue;
    nodes.push_back(selection.nodes[i]);
    kept[selection.nodes[i].index] = 1;
  }
  note_if(selection.notes, selection.nodes.size() - nodes.size(), "node", "nodes",
          "in " + counted(sizes.size() - 1, "other component", "other components") + " left out");
  selection.nodes = std::move(nodes);
  std::erase_if(selection.edges, [&](EdgeId edge) { return !kept[selection.network->source(edge).index]; });
  return {};
}

/// What was asked, in one line.
std::string description_of(const SelectionSpec& spec, bool hides) {
  std::vector<std::string> parts;
  const auto list = [&](std::string_view what, const std::vector<std::string>& items) {
    if (!items.empty()) parts.push_back(std::string(what) + " " + joined(items, ", "));
  };
  const auto text = [&](std::string_view what, const std::string& value) {
    if (!value.empty()) parts.push_back(std::string(what) + " " + value);
  };
  if (spec.agreements != "as-stated") text("agreements as", spec.agreements);
  list("node kinds", spec.node_kinds);
  list("tie kinds", spec.edge_kinds);
  list("statuses", spec.statuses);
  list("countries", spec.countries);
  text("since", spec.since);
  text("until", spec.until);
  text("where", spec.where);
  list("projected", spec.projections);
  text("collapsed by", spec.collapse);
  text("component", spec.component);
  if (spec.undirected) parts.emplace_back("directions ignored");
  std::string description = parts.empty() ? "whole network" : joined(parts, "; ");
  if (hides) description += parts.empty() ? " without its hidden kinds" : "; without hidden kinds";
  return description;
}

}  // namespace

Selection whole(NetworkPtr network) {
  Selection selection;
  selection.nodes.reserve(network->node_count());
  selection.edges.reserve(network->edge_count());
  for (const NodeId node : network->nodes()) selection.nodes.push_back(node);
  for (const EdgeId edge : network->edges()) selection.edges.push_back(edge);
  selection.network = std::move(network);
  selection.description = "whole network";
  return selection;
}

Result<Selection> select(const NetworkPtr& network, const SelectionSpec& spec) {
  const auto as = parse_agreements_view(spec.agreements);
  if (!as) return tl::unexpected(as.error());
  const auto window = window_of(spec);
  if (!window) return tl::unexpected(window.error());

  Sieve sieve;
  for (const std::string& text : spec.projections) {
    auto projection = parse_projection(text);
    if (!projection) return tl::unexpected(projection.error());
    sieve.projections.push_back(std::move(*projection));
  }
  auto view = view_agreements(network, *as);
  if (!view) return tl::unexpected(view.error());
  sieve.network = view->network;
  sieve.first_agreement_node = view->first_agreement_node;
  sieve.notes = std::move(view->notes);
  sieve.node.assign(sieve.network->node_count(), 1);
  sieve.edge.assign(sieve.network->edge_count(), 1);

  std::optional<Condition> where;
  if (!spec.where.empty()) {
    auto parsed = Condition::parse(spec.where, *sieve.network);
    if (!parsed) return tl::unexpected(parsed.error());
    where = std::move(*parsed);
  }
  if (auto done = sieve_nodes(sieve, spec, where ? &*where : nullptr); !done) return tl::unexpected(done.error());
  if (auto done = sieve_edges(sieve, spec, *window, where ? &*where : nullptr); !done) {
    return tl::unexpected(done.error());
  }
  drop_idle_agreements(sieve);

  const bool hides = sieve.hides;
  const std::vector<Projection> projections = sieve.projections;
  Selection selection = selection_of(std::move(sieve));
  for (const Projection& projection : projections) {
    auto projected = project(selection, projection);
    if (!projected) return projected;
    selection = std::move(*projected);
  }
  if (!spec.collapse.empty()) {
    auto collapsed = collapse(selection, spec.collapse);
    if (!collapsed) return collapsed;
    selection = std::move(*collapsed);
  }
  if (!spec.component.empty()) {
    if (auto done = keep_component(selection, spec.component); !done) return tl::unexpected(done.error());
  }
  selection.undirected = spec.undirected;
  selection.description = description_of(spec, hides);
  return selection;
}

}  // namespace entente
