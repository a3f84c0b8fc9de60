#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/key_pool.hpp"

namespace entente {

/// Finds names that are like another, word by word: what "did you mean" offers.
///
/// Words are alike by their letters, by their sound, or when one is the other with an ending
/// (технопарки, Наманганнинг). A name scores
///
///     0.7 * covered(asked) + 0.3 * covered(name),
///     covered(x) = sum over words w of x of rarity(w) * likeness of the best match of w
///                  / sum over words w of x of rarity(w)
///
/// with rarity(w) = log(1 + names / names that have w): to share "university" is little, to share
/// "Namangan" is much. Comparing whole texts ranks false pairs above true ones, so it is done only for
/// names that part their words differently (전북테크노파크 and "Jeonbuk Technopark"), and then strictly. A
/// word may also be the initials of a name.
class NearNames {
 public:
  struct Match {
    std::uint32_t name;  // number in order of addition
    double score;        // in (0, 1]
  };

  /// Adds a name by its comparison key. Names without a word get a number and match nothing.
  void add(std::string_view key);

  /// All names that score at least `least`, in order of addition. `key`: a comparison key. Cost: one
  /// edit distance for each distinct word and for each name, about 50 ms for 100,000 names.
  std::vector<Match> search(std::string_view key, double least) const;

 private:
  struct Likeness;
  double rarity(std::uint32_t word) const;
  double word_score(const Likeness& likeness, std::uint32_t name) const;
  double whole_score(std::string_view sound, std::uint32_t name) const;

  KeyPool words_;
  std::vector<std::string> word_sounds_;
  std::vector<std::uint32_t> names_with_word_;
  std::vector<std::uint32_t> words_of_name_;        // grouped by name
  std::vector<std::uint32_t> words_begin_{0};
  std::vector<std::string> name_sounds_;            // of the whole name, without blanks
  std::vector<std::string> initials_;
};

}  // namespace entente
