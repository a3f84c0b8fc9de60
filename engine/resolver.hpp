#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/network.hpp"
#include "engine/transliterate.hpp"

namespace entente {

/// How a name led to a node, from sure to unsure.
enum class MatchKind {
  key,             // it is the node's id
  exact,           // it is one of the names, letter by letter
  folded,          // after normalising Unicode, case, width and punctuation (NFKC, case folding)
  transliterated,  // after writing both in Latin letters, or by its sound across scripts
  near,            // alike, word by word
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
/// Built once for a network (100,000 names take well under a second in Latin or Cyrillic letters, about
/// 10 microseconds a name in other scripts), then asked many times, by any number of threads at once.
/// Never guesses between two nodes: an ambiguous name is an error that lists them. The engine of its
/// comparisons is engine/transliterate.hpp, of "did you mean" engine/near_names.hpp.
///
/// Names of more than 2,000 bytes are found by their exact spelling only.
class Resolver {
 public:
  explicit Resolver(NetworkPtr network);
  ~Resolver();
  Resolver(Resolver&&) noexcept;
  Resolver& operator=(Resolver&&) noexcept;

  /// The one node that bears this name. The surest kind of match that finds any node decides; names
  /// that are merely near are never taken, only offered. Across scripts a name may also be
  /// taken by its sound (Тошкент for "Tashkent"), if it is long enough and fits one node alone.
  /// Errors: not_found with the nearest names ("did you mean"); ambiguous with the candidates;
  /// bad_argument where the name is empty or not UTF-8.
  Result<NodeId> find(std::string_view name) const;

  /// The same, with the reason why: which name matched, and how.
  Result<Candidate> explain(std::string_view name) const;

  /// The best `count` candidates, each node once, best first; equal scores in node order. Empty where
  /// find() would call the name a bad argument.
  std::vector<Candidate> candidates(std::string_view name, std::size_t count) const;

 private:
  struct Index;
  std::unique_ptr<Index> index_;
};

}  // namespace entente
