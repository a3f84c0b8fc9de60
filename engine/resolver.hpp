#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/network.hpp"

namespace entente {

/// How a name led to a node, from sure to unsure.
enum class MatchKind {
  key,             // it is the node's id
  exact,           // it is one of the names, letter by letter
  folded,          // after normalising Unicode, case, width and punctuation (NFKC, case folding)
  transliterated,  // after writing both in Latin letters
  near,            // after a small edit distance, word by word
};

std::string_view to_string(MatchKind kind);

struct Candidate {
  NodeId node;
  std::string name;   // the name that matched
  MatchKind kind = MatchKind::exact;
  double score = 1;   // 1 = equal, toward 0 = unlike
};

/// Finds nodes by any of their names, in any language and script.
///
/// Built once for a network (about 10 microseconds a name, for transliteration), then asked many
/// times. Never guesses between two nodes: an ambiguous name is an error that lists them.
class Resolver {
 public:
  explicit Resolver(NetworkPtr network);
  ~Resolver();
  Resolver(Resolver&&) noexcept;
  Resolver& operator=(Resolver&&) noexcept;

  /// The one node that bears this name. The surest kind of match that finds any node decides; names
  /// that are merely near are never taken, only offered.
  /// Errors: not_found with the nearest names ("did you mean"); ambiguous with the candidates.
  Result<NodeId> find(std::string_view name) const;

  /// The same, with the reason why: which name matched, and how.
  Result<Candidate> explain(std::string_view name) const;

  /// The best `count` candidates, best first; equal scores in node order.
  std::vector<Candidate> candidates(std::string_view name, std::size_t count) const;

 private:
  struct Index;
  std::unique_ptr<Index> index_;
};

/// A name as it is compared: NFKC, case folded, marks removed, Latin letters, single blanks.
/// "Наманган" and "Namangan" become "namangan". Exposed for tests and for `resolve`.
std::string comparison_key(std::string_view name);

}  // namespace entente
