#include "engine/agreements.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/derivation.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

constexpr std::uint64_t most_party_pairs = 50'000'000;

/// The mutual ties of one agreement and one kind.
struct AgreementUnit {
  std::vector<EdgeId> ties;      // in order of the network
  std::vector<NodeId> parties;   // in order of appearance: the first is the lead
  std::optional<Money> amount;   // the agreement's, to be counted once
  bool as_stated = false;        // a single party, or amounts that belong to the single ties
  bool repeated_amount = false;  // the same amount on each of several ties
};

void add_party(std::vector<NodeId>& parties, NodeColumn<std::uint32_t>& seen_in, NodeId node, std::uint32_t unit) {
  if (seen_in[node] == unit) return;
  seen_in[node] = unit;
  parties.push_back(node);
}

/// Whose are the amounts? One that all ties repeat, or that only one states, is the agreement's.
/// Returns whether they are neither.
bool amounts_differ(const Network& network, AgreementUnit& unit) {
  std::size_t stated = 0;
  bool equal = true;
  for (const EdgeId tie : unit.ties) {
    const auto amount = network.amount(tie);
    if (!amount) continue;
    if (stated++ == 0) unit.amount = amount;
    equal = equal && *amount == *unit.amount;
  }
  unit.repeated_amount = stated > 1 && equal && stated == unit.ties.size();
  return stated > 1 && !unit.repeated_amount;
}

/// The values that all given ties share; empty where they differ.
TieDraft shared_draft(const Derivation& derived, const std::vector<EdgeId>& ties) {
  TieDraft common = derived.draft(ties.front());
  for (const EdgeId tie : ties) {
    const TieDraft other = derived.draft(tie);
    const auto agree = [](std::string_view& mine, std::string_view theirs) {
      if (mine != theirs) mine = {};
    };
    agree(common.status, other.status);
    agree(common.start, other.start);
    agree(common.end, other.end);
    for (std::size_t i = 0; i < common.further.size(); ++i) agree(common.further[i], other.further[i]);
  }
  common.amount.reset();
  common.directed = false;
  return common;
}

class AgreementsViewer {
 public:
  AgreementsViewer(const Network& network, AgreementsAs as)
      : network_(network), as_(as), derived_(network, "Agreements of several parties seen as " + name_of(as)) {}

  /// Nothing where the view would change nothing.
  Result<std::optional<AgreementsView>> run() {
    find_units();
    if (std::ranges::all_of(units_, &AgreementUnit::as_stated)) return std::nullopt;
    if (auto fits = check_pairs(); !fits) return tl::unexpected(fits.error());
    for (const NodeId node : network_.nodes()) derived_.copy(node);
    if (as_ == AgreementsAs::node) add_agreement_nodes();
    for (const EdgeId edge : network_.edges()) {
      const std::uint32_t unit = unit_of_[edge];
      if (unit == no_unit || units_[unit].as_stated) {
        derived_.copy(edge);
      } else if (units_[unit].ties.front() == edge) {
        add_unit(units_[unit]);
      }
    }
    auto network = derived_.build();
    if (!network) return tl::unexpected(network.error());
    return AgreementsView{std::move(*network), network_.node_count(), notes()};
  }

  std::vector<std::string> notes() const {
    std::vector<std::string> notes;
    if (repeated_ > 0) {
      notes.push_back("the amount that all ties of an agreement repeat is counted once, on the first of them (" +
                      counted(repeated_, "agreement", "agreements") + ")");
    }
    if (differing_ > 0) {
      notes.push_back(counted(differing_, "agreement", "agreements") +
                      " left as stated, since the ties carry amounts of their own");
    }
    if (directed_ > 0) {
      notes.push_back(counted(directed_, "directed tie", "directed ties") + " of agreements left as stated");
    }
    return notes;
  }

 private:
  static constexpr std::uint32_t no_unit = 0xFFFFFFFF;

  static std::string name_of(AgreementsAs as) {
    return as == AgreementsAs::clique ? "cliques" : as == AgreementsAs::star ? "stars" : "nodes";
  }

  void find_units() {
    unit_of_ = EdgeColumn<std::uint32_t>(network_.edge_count(), no_unit);
    std::map<std::pair<Dictionary::Code, Dictionary::Code>, std::uint32_t> known;
    for (const EdgeId edge : network_.edges()) {
      if (network_.agreement(edge).empty()) continue;
      if (network_.is_directed(edge)) {
        ++directed_;
        continue;
      }
      const auto [place, is_new] = known.emplace(std::pair(network_.agreement_code(edge), network_.kind_code(edge)),
                                                 static_cast<std::uint32_t>(units_.size()));
      if (is_new) units_.emplace_back();
      unit_of_[edge] = place->second;
      units_[place->second].ties.push_back(edge);
    }
    NodeColumn<std::uint32_t> seen_in(network_.node_count(), no_unit);
    for (std::uint32_t i = 0; i < units_.size(); ++i) {
      AgreementUnit& unit = units_[i];
      for (const EdgeId tie : unit.ties) {
        add_party(unit.parties, seen_in, network_.source(tie), i);
        add_party(unit.parties, seen_in, network_.target(tie), i);
      }
      const bool differ = amounts_differ(network_, unit);
      unit.as_stated = differ || unit.parties.size() < 2;
      differing_ += differ;
      repeated_ += unit.repeated_amount && !unit.as_stated;
    }
  }

  Result<void> check_pairs() const {
    if (as_ != AgreementsAs::clique) return {};
    std::uint64_t pairs = 0;
    for (const AgreementUnit& unit : units_) {
      const std::uint64_t parties = unit.parties.size();
      if (!unit.as_stated) pairs += parties * (parties - 1) / 2;
      if (pairs > most_party_pairs) {
        return fail(ErrorCode::bad_argument,
                    "agreements as cliques would make more than 50 million ties: agreement \"" +
                        shortened(network_.agreement(unit.ties.front()), 40) + "\" alone has " +
                        counted(parties, "party", "parties") + ". View them as star or node instead.",
                    "option agreements");
      }
    }
    return {};
  }

  void add_agreement_nodes() {
    node_keys_.resize(network_.agreements().size());
    for (const AgreementUnit& unit : units_) {
      std::string& key = node_keys_[network_.agreement_code(unit.ties.front())];
      if (unit.as_stated || !key.empty()) continue;
      const std::string& agreement = network_.agreement(unit.ties.front());
      key = derived_.free_node_key(agreement);
      NodeDraft node;
      node.key = key;
      node.kind = "agreement";
      node.name = agreement;
      node.further.resize(derived_.node_column_count());
      derived_.add(node);
    }
  }

  void add_unit(AgreementUnit& unit) {
    // The ties of each party, so that what it signed and where it says so can be found.
    std::map<NodeId, std::vector<EdgeId>> ties_of;
    std::map<std::pair<NodeId, NodeId>, std::vector<EdgeId>> ties_between;
    for (const EdgeId tie : unit.ties) {
      const auto [source, target] = network_.ends(tie);
      ties_of[source].push_back(tie);
      if (source != target) ties_of[target].push_back(tie);
      ties_between[std::minmax(source, target)].push_back(tie);
    }
    const TieDraft common = shared_draft(derived_, unit.ties);
    if (as_ == AgreementsAs::node) {
      const std::string& agreement_key = node_keys_[network_.agreement_code(unit.ties.front())];
      for (const NodeId party : unit.parties) add_membership(unit, agreement_key, party, ties_of[party]);
      return;
    }
    const std::size_t leads = as_ == AgreementsAs::star ? 1 : unit.parties.size();
    for (std::size_t i = 0; i < leads; ++i) {
      for (std::size_t j = i + 1; j < unit.parties.size(); ++j) {
        const NodeId a = unit.parties[i], b = unit.parties[j];
        const auto stated = ties_between.find(std::minmax(a, b));
        if (stated != ties_between.end()) {
          add_stated_pair(unit, stated->second);
        } else {
          add_unstated_pair(unit, common, a, b, ties_of[a], ties_of[b]);
        }
      }
    }
  }

  /// The amount of the unit goes to the first tie that asks for it.
  static std::optional<Money> take_amount(AgreementUnit& unit) { return std::exchange(unit.amount, std::nullopt); }

  void add_stated_pair(AgreementUnit& unit, const std::vector<EdgeId>& ties) {
    TieDraft tie = derived_.draft(ties.front());
    tie.amount = take_amount(unit);
    derived_.add(tie);
    for (const EdgeId each : ties) derived_.carry_evidence(each, tie.key);
  }

  void add_unstated_pair(AgreementUnit& unit, TieDraft tie, NodeId a, NodeId b, const std::vector<EdgeId>& ties_of_a,
                         const std::vector<EdgeId>& ties_of_b) {
    const std::string key = derived_.free_tie_key(network_.agreement(unit.ties.front()) + ":" +
                                                  std::string(network_.key(a)) + ":" + std::string(network_.key(b)));
    tie.key = key;
    tie.source = network_.key(a);
    tie.target = network_.key(b);
    tie.amount = take_amount(unit);
    derived_.add(tie);
    for (const EdgeId each : ties_of_a) derived_.carry_evidence(each, key);
    for (const EdgeId each : ties_of_b) derived_.carry_evidence(each, key);
  }

  void add_membership(AgreementUnit& unit, const std::string& agreement_key, NodeId party,
                      const std::vector<EdgeId>& ties) {
    TieDraft tie = shared_draft(derived_, ties);
    const std::string key =
        derived_.free_tie_key(network_.agreement(unit.ties.front()) + ":" + std::string(network_.key(party)));
    tie.key = key;
    tie.source = agreement_key;
    tie.target = network_.key(party);
    tie.amount = take_amount(unit);
    derived_.add(tie);
    for (const EdgeId each : ties) derived_.carry_evidence(each, key);
  }

  const Network& network_;
  AgreementsAs as_;
  Derivation derived_;
  std::vector<AgreementUnit> units_;
  EdgeColumn<std::uint32_t> unit_of_;
  std::vector<std::string> node_keys_;  // by code of agreement; empty where it has no node
  std::size_t directed_ = 0, repeated_ = 0, differing_ = 0;
};

}  // namespace

Result<AgreementsAs> parse_agreements_view(std::string_view text) {
  if (text.empty() || text == "as-stated") return AgreementsAs::stated;
  if (text == "clique") return AgreementsAs::clique;
  if (text == "star") return AgreementsAs::star;
  if (text == "node") return AgreementsAs::node;
  return fail(ErrorCode::bad_argument,
              "\"" + shortened(text, 40) + "\" is no view of agreements. Write as-stated, clique, star or node.",
              "option agreements");
}

Result<AgreementsView> view_agreements(const NetworkPtr& network, AgreementsAs as) {
  if (as == AgreementsAs::stated) return AgreementsView{network, network->node_count(), {}};
  AgreementsViewer viewer(*network, as);
  auto view = viewer.run();
  if (!view) return tl::unexpected(view.error());
  if (!*view) return AgreementsView{network, network->node_count(), viewer.notes()};
  return std::move(**view);
}

}  // namespace entente
