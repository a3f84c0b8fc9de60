#include "engine/resolver.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>

#include "engine/near_names.hpp"
#include "engine/parallel.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

/// Longer names are found by their exact spelling only: no real name is longer, and hostile ones
/// could be long enough to keep a transliterator busy for minutes.
constexpr std::size_t longest_name = 2000;

/// Names that merely sound alike are taken across scripts, where spellings cannot agree, and only if
/// there is enough to hear.
constexpr std::size_t shortest_sound = 5;

/// Scores of the kinds of match. Near ones lie below, down to `least_near`.
constexpr double folded_score = 0.99, transliterated_score = 0.98, sound_score = 0.96, most_near = 0.95, least_near = 0.6;

/// "Did you mean" names no node that scores less than this share of the best.
constexpr double worth_naming = 0.75;

constexpr std::size_t nodes_listed = 10, nodes_suggested = 3;

std::string squeezed(std::string_view comparison_key) {
  std::string key(comparison_key);
  std::erase(key, ' ');
  return key;
}

std::string quoted_name(std::string_view name) { return "\"" + shortened(name, 60) + "\""; }

}  // namespace

std::string_view to_string(MatchKind kind) {
  switch (kind) {
    case MatchKind::key: return "key";
    case MatchKind::exact: return "exact";
    case MatchKind::folded: return "folded";
    case MatchKind::transliterated: return "transliterated";
    case MatchKind::near: return "near";
  }
  return "near";
}

struct Resolver::Index {
  /// Keys and the entries that have them.
  class KeyTable {
   public:
    void add(std::string key, std::uint32_t entry) {
      if (!key.empty()) rows_.emplace_back(std::move(key), entry);
    }
    void sort() { std::ranges::sort(rows_); }
    auto equal_to(std::string_view key) const {
      return std::ranges::equal_range(rows_, key, {}, [](const auto& row) { return std::string_view(row.first); });
    }

   private:
    std::vector<std::pair<std::string, std::uint32_t>> rows_;
  };

  /// What is compared of one name.
  struct NameKeys {
    std::string folded, compared, squeezed, sound;
    int script = 0;
  };

  static NameKeys keys_of(std::string_view name) {
    NameKeys keys;
    if (name.size() > longest_name) return keys;
    keys.folded = folded_key(name);
    keys.compared = comparison_key(name);
    keys.squeezed = squeezed(keys.compared);
    keys.sound = sound_key(keys.squeezed);
    keys.script = script_of(name);
    return keys;
  }

  /// One name of one node. Texts live in the network.
  struct Entry {
    NodeId node;
    std::string_view text;
    bool is_id = false;
    int script = 0;
  };

  explicit Index(NetworkPtr of) : network(std::move(of)) {
    for (const NodeId node : network->nodes()) {
      const auto names = network->names(node);
      entries.push_back({node, network->key(node), true});
      const std::string_view label = network->label(node);
      if (label != network->key(node) && std::ranges::find(names, label, &Name::text) == names.end()) {
        entries.push_back({node, label});
      }
      for (const Name& name : names) entries.push_back({node, name.text});
    }
    std::vector<NameKeys> keys(entries.size());
    for_each_index(entries.size(), Job{}, [&](std::size_t i) {
      // An id is there to be typed: it is neither transliterated nor offered if the node has a name.
      const Entry& entry = entries[i];
      if (!entry.is_id || network->label(entry.node) == entry.text) {
        keys[i] = keys_of(entry.text);
      } else if (entry.text.size() <= longest_name) {
        keys[i].folded = folded_key(entry.text);
      }
    });
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      entries[i].script = keys[i].script;
      exact.add(std::string(entries[i].text), i);
      near.add(keys[i].compared);
      folded.add(std::move(keys[i].folded), i);
      if (keys[i].sound.size() >= shortest_sound) sounds.add(std::move(keys[i].sound), i);
      compared.add(std::move(keys[i].squeezed), i);
    }
    for (KeyTable* table : {&exact, &folded, &compared, &sounds}) table->sort();
  }

  /// The entries of a table as candidates, one for each node, in node order.
  template <class Keep>
  std::vector<Candidate> from(const KeyTable& table, std::string_view key, MatchKind kind, double score, Keep&& keep) const {
    std::vector<Candidate> found;
    for (const auto& [text, i] : table.equal_to(key)) {
      const Entry& entry = entries[i];
      if (!keep(entry) || (!found.empty() && found.back().node == entry.node)) continue;
      found.push_back({entry.node, std::string(entry.text), kind, score});
    }
    return found;
  }

  /// The kinds of match from the surest on; `use` says when it has had enough.
  template <class Use>
  void ask(std::string_view name, const NameKeys& keys, Use&& use) const {
    const auto any = [](const Entry&) { return true; };
    if (const auto node = network->find_node(name)) {
      if (use(std::vector<Candidate>{{*node, std::string(name), MatchKind::key, 1}})) return;
    }
    if (use(from(exact, name, MatchKind::exact, 1, any))) return;
    if (!keys.folded.empty() && use(from(folded, keys.folded, MatchKind::folded, folded_score, any))) return;
    if (keys.squeezed.empty()) return;
    if (use(from(compared, keys.squeezed, MatchKind::transliterated, transliterated_score, any))) return;
    use(from(sounds, keys.sound, MatchKind::transliterated, sound_score,
             [&](const Entry& entry) { return entry.script != keys.script; }));
  }

  std::string described(NodeId node) const {
    const std::string& kind = network->kind(node);
    const std::string_view label = network->label(node);
    if (label == network->key(node) && kind.empty()) return std::string(label);
    return shortened(label, 60) + " (" + (kind.empty() ? "" : kind + ", ") + std::string(network->key(node)) + ")";
  }

  tl::unexpected<Error> ambiguous(std::string_view name, const std::vector<Candidate>& found) const {
    std::string list;
    const std::size_t listed = std::min(found.size(), nodes_listed);
    for (std::size_t i = 0; i < listed; ++i) {
      if (i > 0) list += i + 1 == found.size() ? " and " : ", ";
      list += described(found[i].node);
    }
    if (listed < found.size()) list += " and " + grouped(found.size() - listed) + " more";
    return fail(ErrorCode::ambiguous, quoted_name(name) + " is the name of " + grouped(found.size()) + " nodes: " + list +
                                          ". Say which by its id.");
  }

  NetworkPtr network;
  std::vector<Entry> entries;  // grouped by node, in node order
  KeyTable exact, folded, compared, sounds;
  NearNames near;
};

namespace {

/// What no name can be, said once for all doors.
std::optional<Error> fault_of_asked_name(std::string_view name) {
  if (name.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return Error{ErrorCode::bad_argument, "The name is empty. Write the id or a name of a node.", ""};
  }
  if (const auto at = first_invalid_utf8(name); at != std::string_view::npos) {
    return Error{ErrorCode::bad_argument,
                 "The name is not valid UTF-8: byte " + std::to_string(at + 1) + " begins no letter. Use a UTF-8 terminal.", ""};
  }
  return std::nullopt;
}

}  // namespace

Resolver::Resolver(NetworkPtr network) : index_(std::make_unique<Index>(std::move(network))) {}
Resolver::~Resolver() = default;
Resolver::Resolver(Resolver&&) noexcept = default;
Resolver& Resolver::operator=(Resolver&&) noexcept = default;

Result<Candidate> Resolver::explain(std::string_view name) const {
  if (auto fault = fault_of_asked_name(name)) return tl::unexpected(std::move(*fault));
  std::vector<Candidate> found;
  index_->ask(name, Index::keys_of(name), [&](std::vector<Candidate> candidates) {
    found = std::move(candidates);
    return !found.empty();
  });
  if (found.size() == 1) return std::move(found[0]);
  if (found.size() > 1) return index_->ambiguous(name, found);

  std::string what = "No node is called " + quoted_name(name) + ".";
  auto near = candidates(name, nodes_suggested);
  std::erase_if(near, [&](const Candidate& other) { return other.score < worth_naming * near[0].score; });
  for (std::size_t i = 0; i < near.size(); ++i) {
    what += i == 0 ? " Did you mean " : i + 1 == near.size() ? " or " : ", ";
    // The name that matched, unless it is in a script that the reader did not use.
    const bool same_script = script_of(near[i].name) == script_of(name);
    what += quoted_name(same_script ? near[i].name : index_->network->label(near[i].node)) + " (" +
            std::string(index_->network->key(near[i].node)) + ")";
  }
  if (!near.empty()) what += "?";
  return fail(ErrorCode::not_found, std::move(what));
}

Result<NodeId> Resolver::find(std::string_view name) const {
  auto found = explain(name);
  if (!found) return tl::unexpected(std::move(found.error()));
  return found->node;
}

std::vector<Candidate> Resolver::candidates(std::string_view name, std::size_t count) const {
  if (fault_of_asked_name(name)) return {};
  const Index::NameKeys keys = Index::keys_of(name);
  std::unordered_map<NodeId, std::size_t> place;
  std::vector<Candidate> best;
  const auto offer = [&](Candidate candidate) {
    const auto [known, is_new] = place.try_emplace(candidate.node, best.size());
    if (is_new) {
      best.push_back(std::move(candidate));
    } else if (candidate.score > best[known->second].score) {
      best[known->second] = std::move(candidate);
    }
  };
  index_->ask(name, keys, [&](std::vector<Candidate> found) {
    for (Candidate& candidate : found) offer(std::move(candidate));
    return false;
  });
  for (const NearNames::Match& match : index_->near.search(keys.compared, least_near)) {
    const Index::Entry& entry = index_->entries[match.name];
    offer({entry.node, std::string(entry.text), MatchKind::near, most_near * match.score});
  }
  std::ranges::sort(best, [](const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score > b.score : a.node < b.node;
  });
  best.resize(std::min(best.size(), count), Candidate{});
  return best;
}

}  // namespace entente
