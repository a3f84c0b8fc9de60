#include "engine/transliterate.hpp"

#include <algorithm>
#include <memory>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

namespace entente {

namespace {

bool is_plain_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_ascii_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Marks that stand inside a word, written in many ways or left out: O'zbekiston, Oʻzbekiston, Oʼzbekiston.
bool is_apostrophe(UChar32 c) {
  return c == U'\'' || c == U'`' || c == U'´' || (c >= 0x2018 && c <= 0x201B) || (c >= 0x2B9 && c <= 0x2C1) ||
         c == 0x2032 || c == 0x2CA || c == 0x2CB;
}

bool is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0; }

icu::UnicodeString unicode_of(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string utf8_of(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

icu::UnicodeString nfkc_casefold(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return text;
  icu::UnicodeString folded = normalizer->normalize(text, status);
  return U_FAILURE(status) ? text : folded;
}

// ICU's Any-Latin follows ISO 9 (ч č, х h), which nobody types. These are the letters of BGN/PCGN for
// Russian, and of Uzbek, Kazakh, Ukrainian and other Cyrillic alphabets, in lower case.
constexpr const char16_t* cyrillic_rules =
    u"а > a; б > b; в > v; г > g; д > d; е > e; ё > yo; ж > zh; з > z; и > i; й > y; к > k; л > l; м > m; н > n;"
    u"о > o; п > p; р > r; с > s; т > t; у > u; ф > f; х > kh; ц > ts; ч > ch; ш > sh; щ > shch; ъ > ; ы > y;"
    u"ь > ; э > e; ю > yu; я > ya; ў > o; қ > q; ғ > g; ҳ > h; ә > a; ө > o; ү > u; ұ > u; ң > ng; һ > h; і > i;"
    u"ї > yi; є > ye; ґ > g; җ > j; ҷ > j; ӣ > i; ӯ > u; ј > j; љ > lj; њ > nj; ћ > c; ђ > dj; џ > dzh; ѓ > g;"
    u"ќ > k; ѕ > dz;";

/// One thread's transliterators: making one costs milliseconds, and they must not be shared.
struct Transliterators {
  std::unique_ptr<icu::Transliterator> cyrillic, any_latin, simplified, ascii;

  Transliterators() {
    UErrorCode status = U_ZERO_ERROR;
    UParseError at;
    cyrillic.reset(icu::Transliterator::createFromRules(u"Entente-Cyrillic", cyrillic_rules, UTRANS_FORWARD, at, status));
    const auto instance = [](const char16_t* id) {
      UErrorCode failed = U_ZERO_ERROR;
      return std::unique_ptr<icu::Transliterator>(icu::Transliterator::createInstance(id, UTRANS_FORWARD, failed));
    };
    any_latin = instance(u"[:^Han:] Any-Latin");
    simplified = instance(u"[:Han:] Hant-Hans");
    ascii = instance(u"[:^Han:] Latin-ASCII");
  }

  static const Transliterators& of_this_thread() {
    thread_local const Transliterators transliterators;
    return transliterators;
  }
};

void apply(const std::unique_ptr<icu::Transliterator>& transliterator, icu::UnicodeString& text) {
  if (transliterator) transliterator->transliterate(text);
}

/// Which scripts but Latin the text has letters of.
struct OtherScripts {
  bool cyrillic = false;
  bool han = false;
  bool any = false;
};

OtherScripts other_scripts(const icu::UnicodeString& text) {
  OtherScripts found;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(text.char32At(i), &status)) {
      case USCRIPT_COMMON:
      case USCRIPT_INHERITED:
      case USCRIPT_LATIN: break;
      case USCRIPT_CYRILLIC: found.cyrillic = true; break;
      case USCRIPT_HAN: found.han = true; break;
      default: found.any = true;
    }
  }
  return found;
}

/// Letters and digits; apostrophes vanish, anything else parts words.
std::string words_of(const icu::UnicodeString& text) {
  icu::UnicodeString words;
  bool gap = false;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (is_apostrophe(c) || is_mark(c)) continue;
    if (u_isalnum(c)) {
      if (gap && !words.isEmpty()) words.append(u' ');
      words.append(u_tolower(c));
      gap = false;
    } else {
      gap = true;
    }
  }
  return utf8_of(words);
}

std::string ascii_words(std::string_view text) {
  std::string words;
  bool gap = false;
  for (const char raw : text) {
    const char c = lower(raw);
    if (c == '\'' || c == '`') continue;
    if (is_ascii_letter_or_digit(c)) {
      if (gap && !words.empty()) words += ' ';
      words += c;
      gap = false;
    } else {
      gap = true;
    }
  }
  return words;
}

}  // namespace

std::string folded_key(std::string_view name) {
  if (is_plain_ascii(name)) {
    std::string key = ascii_words(name);
    std::erase(key, ' ');
    return key;
  }
  const icu::UnicodeString folded = nfkc_casefold(unicode_of(name));
  icu::UnicodeString key;
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if ((u_isalnum(c) || is_mark(c)) && !is_apostrophe(c)) key.append(c);
  }
  return utf8_of(key);
}

std::string comparison_key(std::string_view name) {
  if (is_plain_ascii(name)) return ascii_words(name);
  icu::UnicodeString text = nfkc_casefold(unicode_of(name));
  const Transliterators& to_latin = Transliterators::of_this_thread();
  OtherScripts scripts = other_scripts(text);
  if (scripts.cyrillic) {
    apply(to_latin.cyrillic, text);
    scripts = other_scripts(text);  // rarer letters of Cyrillic may be left
    if (std::string latin = utf8_of(text); is_plain_ascii(latin)) return ascii_words(latin);
  }
  if (scripts.any || scripts.cyrillic) apply(to_latin.any_latin, text);
  if (scripts.han) apply(to_latin.simplified, text);
  apply(to_latin.ascii, text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  if (U_SUCCESS(status)) text = decompose->normalize(text, status);
  return words_of(text);
}

std::string sound_key(std::string_view key) {
  // Groups of letters first, longest first; then single letters.
  struct Rule {
    std::string_view letters;
    char sound;
  };
  constexpr char silent = '\0';
  constexpr Rule groups[] = {{"shch", 's'}, {"dzh", 'j'}, {"tch", 'j'}, {"ch", 'j'}, {"zh", 'j'}, {"dj", 'j'},
                             {"sh", 's'},   {"ts", 's'},  {"tz", 's'},  {"ph", 'f'}, {"kh", 'h'}, {"ks", 'h'},
                             {"gh", 'k'},   {"ck", 'k'},  {"th", 't'},  {"ng", 'n'}, {"eo", 'a'}, {"ae", 'i'},
                             {"eu", silent}};  // the vowel that Korean puts between consonants: 테크노 tekeuno
  constexpr Rule letters[] = {{"b", 'p'}, {"c", 'k'}, {"d", 't'}, {"g", 'k'}, {"q", 'k'}, {"l", 'r'}, {"w", 'v'},
                              {"x", 'h'}, {"z", 's'}, {"o", 'a'}, {"u", 'a'}, {"e", 'i'}, {"y", 'i'}, {" ", silent}};
  const auto among = [](std::string_view set, std::string_view rest) {
    return !rest.empty() && set.find(rest[0]) != std::string_view::npos;
  };
  std::string sound;
  for (std::size_t i = 0; i < key.size();) {
    const std::string_view rest = key.substr(i);
    const auto fits = [&](const Rule& rule) { return rest[0] == rule.letters[0] && rest.starts_with(rule.letters); };
    Rule rule{rest.substr(0, 1), rest[0]};
    if (const auto* group = std::ranges::find_if(groups, fits); group != std::end(groups) && !(i == 0 && group->sound == silent)) {
      rule = *group;
    } else if (const auto* letter = std::ranges::find_if(letters, fits); letter != std::end(letters)) {
      rule = *letter;
    }
    const std::string_view after = rest.substr(rule.letters.size());
    if (rule.letters == "ch" && among("lmnr", after)) rule.sound = 'h';   // the ch of "techno" is no ч
    if (rule.letters == "eu" && i > 0 && key[i - 1] == 'y') rule.sound = 'a';  // Yeungnam is Yeongnam
    if (rule.letters == "c" && among("eiy", after)) rule.sound = 's';
    if (rule.sound != silent && (sound.empty() || sound.back() != rule.sound)) sound += rule.sound;
    i += rule.letters.size();
  }
  return sound;
}

int script_of(std::string_view name) {
  const icu::UnicodeString text = unicode_of(name.substr(0, 256));
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(text.char32At(i), &status);
    if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) return static_cast<int>(script);
  }
  return 0;
}

}  // namespace entente
