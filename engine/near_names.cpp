#include "engine/near_names.hpp"

#include <algorithm>
#include <cmath>

#include "engine/edit_distance.hpp"
#include "engine/transliterate.hpp"

namespace entente {

namespace {

constexpr std::size_t most_words_asked = 16;
constexpr std::size_t longest_compared = 256;  // letters; what is longer only equals itself
constexpr double least_likeness = 0.7;
constexpr double least_shared = 0.3;  // of the letters, before sounds count
constexpr double same_sound = 0.95;
constexpr double same_stem = 0.85;

std::vector<std::string_view> split_words(std::string_view key) {
  std::vector<std::string_view> words;
  while (!key.empty()) {
    const auto blank = std::min(key.find(' '), key.size());
    if (blank > 0) words.push_back(key.substr(0, blank));
    key.remove_prefix(std::min(key.size(), blank + 1));
  }
  return words;
}

std::string without_blanks(std::string_view key) {
  std::string text(key);
  std::erase(text, ' ');
  return text;
}

bool is_small_word(std::string_view word) {
  constexpr std::string_view small[] = {"a", "and", "at", "de", "des", "di", "du", "for", "für", "in", "la", "of", "on", "the", "und"};
  return std::ranges::find(small, word) != std::end(small);
}

/// "kist" of "korea institute of science and technology"; nothing for names of fewer than three words.
std::string initials_of(const std::vector<std::string_view>& words) {
  std::string initials;
  for (const std::string_view word : words) {
    if (!is_small_word(word)) initials += word[0];
  }
  return initials.size() < 3 ? std::string() : initials;
}

/// One word is the other and an ending of up to four letters.
bool same_but_for_ending(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return a.size() >= 4 && b.size() - a.size() <= 4 && b.starts_with(a);
}

/// How alike two words are, 0 where less than least_likeness.
double likeness_of(std::string_view a, std::string_view a_sound, std::string_view b, std::string_view b_sound) {
  if (a == b) return 1;
  if (a_sound == b_sound && a_sound.size() >= 3) return same_sound;
  const std::size_t shorter = std::min(a.size(), b.size()), longer = std::max(a.size(), b.size());
  if (shorter < 4 || 2 * shorter < longer || longer > longest_compared) return 0;  // short words are alike by chance
  double likeness = similarity(a, b);
  if (likeness < least_shared) return 0;
  likeness = std::max(likeness, same_sound * similarity(a_sound, b_sound));
  if (same_but_for_ending(a, b)) likeness = std::max(likeness, same_stem);
  if (same_but_for_ending(a_sound, b_sound)) likeness = std::max(likeness, same_sound * same_stem);
  return likeness < least_likeness ? 0 : likeness;
}

}  // namespace

/// How like each word of the index is to each word asked, and how much those weigh.
struct NearNames::Likeness {
  std::vector<std::vector<float>> of_word;  // [word asked][word of the index]
  std::vector<double> weight;               // [word asked]
};

void NearNames::add(std::string_view key) {
  const auto words = split_words(key);
  const std::size_t first = words_of_name_.size();
  for (const std::string_view word : words) {
    const auto [number, is_new] = words_.add(word);
    if (is_new) {
      word_sounds_.push_back(sound_key(word));
      names_with_word_.push_back(0);
    }
    const auto begin = words_of_name_.begin() + static_cast<std::ptrdiff_t>(first);
    if (std::find(begin, words_of_name_.end(), number) == words_of_name_.end()) {
      ++names_with_word_[number];
      words_of_name_.push_back(number);
    }
  }
  words_begin_.push_back(static_cast<std::uint32_t>(words_of_name_.size()));
  name_sounds_.push_back(sound_key(without_blanks(key)));
  initials_.push_back(initials_of(words));
}

double NearNames::rarity(std::uint32_t word) const {
  return std::log1p(static_cast<double>(name_sounds_.size()) / static_cast<double>(names_with_word_[word]));
}

double NearNames::word_score(const Likeness& likeness, std::uint32_t name) const {
  double asked = 0, asked_covered = 0, own = 0, own_covered = 0;
  const auto begin = words_begin_[name], end = words_begin_[name + 1];
  for (std::size_t q = 0; q < likeness.weight.size(); ++q) {
    float best = 0;
    for (auto i = begin; i < end; ++i) best = std::max(best, likeness.of_word[q][words_of_name_[i]]);
    asked += likeness.weight[q];
    asked_covered += likeness.weight[q] * static_cast<double>(best);
  }
  if (asked_covered == 0) return 0;
  for (auto i = begin; i < end; ++i) {
    float best = 0;
    for (const auto& of_word : likeness.of_word) best = std::max(best, of_word[words_of_name_[i]]);
    own += rarity(words_of_name_[i]);
    own_covered += rarity(words_of_name_[i]) * static_cast<double>(best);
  }
  return 0.7 * asked_covered / asked + 0.3 * own_covered / own;
}

double NearNames::whole_score(std::string_view sound, std::uint32_t name) const {
  const std::string& own = name_sounds_[name];
  const std::size_t shorter = std::min(sound.size(), own.size()), longer = std::max(sound.size(), own.size());
  if (shorter < 6 || 4 * shorter < 3 * longer || longer > longest_compared) return 0;
  const double whole = similarity(sound, own);
  return whole < 0.8 ? 0 : 0.92 * whole;
}

std::vector<NearNames::Match> NearNames::search(std::string_view key, double least) const {
  auto asked = split_words(key);
  if (asked.empty() || words_.size() == 0) return {};
  asked.resize(std::min(asked.size(), most_words_asked));

  Likeness likeness;
  const double rarest = std::log1p(static_cast<double>(name_sounds_.size()));
  for (const std::string_view word : asked) {
    const std::string sound = sound_key(word);
    auto& of_word = likeness.of_word.emplace_back(words_.size());
    double weight = rarest, best = 0;  // a word that nothing resembles is as rare as can be
    for (std::uint32_t w = 0; w < words_.size(); ++w) {
      of_word[w] = static_cast<float>(likeness_of(word, sound, words_.text(w), word_sounds_[w]));
      if (static_cast<double>(of_word[w]) > best) {
        best = static_cast<double>(of_word[w]);
        weight = rarity(w);
      }
    }
    likeness.weight.push_back(weight);
  }

  const std::string sound = sound_key(without_blanks(key));
  std::vector<Match> matches;
  for (std::uint32_t name = 0; name < name_sounds_.size(); ++name) {
    double score = word_score(likeness, name);
    const bool split_alike = asked.size() == words_begin_[name + 1] - words_begin_[name];
    if (!split_alike) score = std::max(score, whole_score(sound, name));
    if (asked.size() == 1 && key == initials_[name]) score = std::max(score, 0.75);
    if (score >= least) matches.push_back({name, score});
  }
  return matches;
}

}  // namespace entente
