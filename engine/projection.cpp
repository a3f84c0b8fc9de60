#include "engine/projection.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/derivation.hpp"
#include "engine/kind.hpp"
#include "engine/suggestion.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

constexpr std::uint64_t most_projected_pairs = 50'000'000;

std::string shortest_decimal(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value);
  return error == std::errc{} ? std::string(text, end) : std::string();
}

/// The ties between nodes that stay and nodes of the kind, once from each side.
struct Bridges {
  struct Step {
    NodeId far;
    EdgeId edge;
  };
  std::vector<std::vector<Step>> of;      // by network index; sorted by far end, then tie
  std::vector<std::uint32_t> neighbours;  // by network index: distinct far ends

  /// The steps from `near` to `far`.
  auto between(NodeId near, NodeId far) const {
    return std::ranges::equal_range(of[near.index], far, {}, &Step::far);
  }
};

/// The text that all values share, or empty.
class CommonText {
 public:
  void meet(std::string_view text) {
    if (!seen_) value_ = text;
    if (value_ != text) value_ = {};
    seen_ = true;
  }
  std::string_view value() const { return value_; }

 private:
  std::string_view value_;
  bool seen_ = false;
};

class Projector {
 public:
  Projector(const Selection& selection, const Projection& projection)
      : selection_(selection), network_(*selection.network), projection_(projection),
        name_(projection.kind + (projection.weight == Projection::Weight::count    ? ":count"
                                 : projection.weight == Projection::Weight::newman ? ":newman"
                                                                                   : ":binary")) {}

  Result<Selection> run() {
    if (auto found = find_kind(); !found) return tl::unexpected(found.error());
    build_bridges();
    if (auto fits = check_size(); !fits) return tl::unexpected(fits.error());

    Derivation derived(network_, "Nodes of kind " + name_ + " replaced by ties among their neighbours");
    through_ =
        derived.new_or_same_edge_column("through", CellType::text, "keys of the shared nodes that the tie stands for");
    const bool whole_numbers = projection_.weight != Projection::Weight::newman;
    weight_ = derived.new_or_same_edge_column("weight", whole_numbers ? CellType::integer : CellType::number,
                                              "strength of a projected tie: " + name_);
    for (const NodeId node : selection_.nodes) {
      if (!replaced_[node.index]) derived.copy(node);
    }
    std::size_t lost = 0, lost_amounts = 0;
    for (const EdgeId edge : selection_.edges) {
      const auto [source, target] = network_.ends(edge);
      if (!replaced_[source.index] && !replaced_[target.index]) {
        derived.copy(edge);
        continue;
      }
      lost += replaced_[source.index] && replaced_[target.index];
      lost_amounts += network_.amount(edge).has_value();
    }
    const std::size_t made = add_shared_ties(derived);

    auto network = derived.build();
    if (!network) return tl::unexpected(network.error());
    Selection result = continued(selection_, std::move(*network), "projected " + name_);
    result.notes.push_back(counted(replaced_count_, "node", "nodes") + " of kind " + projection_.kind +
                           " replaced by " + counted(made, "tie", "ties") + " among neighbours");
    if (alone_ > 0) {
      result.notes.push_back(counted(alone_, "node", "nodes") + " of kind " + projection_.kind +
                             " joined fewer than two neighbours and left no tie");
    }
    if (lost > 0) {
      result.notes.push_back(counted(lost, "tie", "ties") + " between two nodes of kind " + projection_.kind +
                             " left out");
    }
    if (lost_amounts > 0) {
      result.notes.push_back("the amounts of " + counted(lost_amounts, "tie", "ties") + " to nodes of kind " +
                             projection_.kind + " belong to no pair and are left out");
    }
    return result;
  }

 private:
  Result<void> find_kind() {
    const Dictionary& kinds = network_.node_kinds();
    std::vector<std::uint8_t> of_kind(kinds.size(), 0);
    std::vector<std::string> known;
    bool found = false;
    for (Dictionary::Code code = 0; code < kinds.size(); ++code) {
      known.push_back(kinds.text(code));
      of_kind[code] = is_kind(kinds.text(code), projection_.kind);
      found = found || of_kind[code];
    }
    if (!found) {
      return fail(ErrorCode::bad_argument,
                  "the network has no node kind \"" + shortened(projection_.kind, 40) + "\" to project. It has " +
                      nearest_first(projection_.kind, std::move(known)) + ".",
                  "option project");
    }
    replaced_.assign(network_.node_count(), 0);
    for (const NodeId node : selection_.nodes) {
      if (!of_kind[network_.kind_code(node)]) continue;
      replaced_[node.index] = 1;
      ++replaced_count_;
    }
    return {};
  }

  void build_bridges() {
    bridges_.of.resize(network_.node_count());
    bridges_.neighbours.assign(network_.node_count(), 0);
    for (const EdgeId edge : selection_.edges) {
      const auto [source, target] = network_.ends(edge);
      if (replaced_[source.index] == replaced_[target.index]) continue;
      bridges_.of[source.index].push_back({target, edge});
      bridges_.of[target.index].push_back({source, edge});
    }
    for (const NodeId node : selection_.nodes) {
      auto& steps = bridges_.of[node.index];
      std::ranges::sort(steps, {}, [](const Bridges::Step& step) { return std::pair(step.far, step.edge); });
      std::optional<NodeId> before;
      for (const Bridges::Step& step : steps) {
        if (before != step.far) ++bridges_.neighbours[node.index];
        before = step.far;
      }
      alone_ += replaced_[node.index] && bridges_.neighbours[node.index] < 2;
    }
  }

  Result<void> check_size() const {
    std::uint64_t pairs = 0;
    for (const NodeId node : selection_.nodes) {
      if (!replaced_[node.index]) continue;
      const std::uint64_t d = bridges_.neighbours[node.index];
      if (d > 0) pairs += d * (d - 1) / 2;  // at most 2^63 for one node; the check stops the sum
      if (pairs > most_projected_pairs) {
        return fail(ErrorCode::bad_argument,
                    "projecting " + projection_.kind + " would make more than 50 million pairs: node \"" +
                        shortened(network_.key(node), 40) + "\" alone has " + counted(d, "neighbour", "neighbours") +
                        ". Select fewer nodes, or leave out the largest of kind " + projection_.kind + ".",
                    "option project");
      }
    }
    return {};
  }

  /// Row by row (Gustavson's product B B^T): for each u the nodes it shares with each later v.
  std::size_t add_shared_ties(Derivation& derived) {
    std::vector<std::vector<NodeId>> shared(network_.node_count());  // by v; emptied after each u
    std::vector<NodeId> partners;
    std::size_t made = 0;
    for (const NodeId u : selection_.nodes) {
      if (replaced_[u.index]) continue;
      partners.clear();
      each_far_end(u, [&](NodeId k) {
        each_far_end(k, [&](NodeId v) {
          if (v <= u) return;
          if (shared[v.index].empty()) partners.push_back(v);
          shared[v.index].push_back(k);
        });
      });
      std::ranges::sort(partners);
      for (const NodeId v : partners) {
        add_shared_tie(derived, u, v, shared[v.index]);
        shared[v.index].clear();
        ++made;
      }
    }
    return made;
  }

  template <class Work>
  void each_far_end(NodeId node, Work&& work) const {
    std::optional<NodeId> before;
    for (const Bridges::Step& step : bridges_.of[node.index]) {
      if (before != step.far) work(step.far);
      before = step.far;
    }
  }

  std::string weight_of(const std::vector<NodeId>& shared) const {
    switch (projection_.weight) {
      case Projection::Weight::count: return std::to_string(shared.size());
      case Projection::Weight::binary: return "1";
      case Projection::Weight::newman: break;
    }
    double sum = 0;
    for (const NodeId k : shared) sum += 1.0 / (bridges_.neighbours[k.index] - 1);
    return shortest_decimal(sum);
  }

  void add_shared_tie(Derivation& derived, NodeId u, NodeId v, const std::vector<NodeId>& shared) const {
    const std::string kind = "shared." + projection_.kind;
    const std::string key =
        derived.free_tie_key(kind + ":" + std::string(network_.key(u)) + ":" + std::string(network_.key(v)));
    const std::string weight = weight_of(shared);
    std::string through;
    CommonText status, start, end;
    const auto each_tie = [&](auto&& work) {
      for (const NodeId k : shared) {
        for (const NodeId side : {u, v}) {
          for (const Bridges::Step& step : bridges_.between(side, k)) work(step.edge);
        }
      }
    };
    for (const NodeId k : shared) through += (through.empty() ? "" : "; ") + std::string(network_.key(k));
    each_tie([&](EdgeId edge) {
      const TieDraft stated = bare_draft(edge);
      status.meet(stated.status);
      start.meet(stated.start);
      end.meet(stated.end);
    });
    TieDraft tie;
    tie.key = key;
    tie.source = network_.key(u);
    tie.target = network_.key(v);
    tie.kind = kind;
    tie.status = status.value();
    tie.start = start.value();
    tie.end = end.value();
    tie.further.resize(derived.edge_column_count());
    tie.further[weight_] = weight;
    tie.further[through_] = through;
    derived.add(tie);
    each_tie([&](EdgeId edge) { derived.carry_evidence(edge, key); });
  }

  TieDraft bare_draft(EdgeId edge) const {
    TieDraft draft;
    draft.status = network_.status(edge);
    if (const Edtf* start = network_.start(edge)) draft.start = start->text();
    if (const Edtf* end = network_.end(edge)) draft.end = end->text();
    return draft;
  }

  const Selection& selection_;
  const Network& network_;
  const Projection& projection_;
  std::string name_;
  std::vector<std::uint8_t> replaced_;
  std::size_t replaced_count_ = 0, alone_ = 0, through_ = 0, weight_ = 0;
  Bridges bridges_;
};

}  // namespace

Result<Projection> parse_projection(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view kind = text.substr(0, colon);
  const std::string_view weight = colon == std::string_view::npos ? "count" : text.substr(colon + 1);
  if (kind.empty()) {
    return fail(ErrorCode::bad_argument, "a projection needs a node kind, such as event or event:newman.",
                "option project");
  }
  if (weight == "count") return Projection{std::string(kind), Projection::Weight::count};
  if (weight == "newman") return Projection{std::string(kind), Projection::Weight::newman};
  if (weight == "binary") return Projection{std::string(kind), Projection::Weight::binary};
  return fail(ErrorCode::bad_argument,
              "\"" + shortened(weight, 40) + "\" is no weight of a projection. Write " +
                  std::string(shortened(kind, 40)) + ":count, :newman or :binary.",
              "option project");
}

Result<Selection> project(const Selection& selection, const Projection& projection) {
  return Projector(selection, projection).run();
}

}  // namespace entente
