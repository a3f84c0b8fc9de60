#include "viz/fonts.hpp"

#include <fontconfig/fontconfig.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <map>
#include <set>

#include "viz/graphviz_text.hpp"

namespace entente {

namespace {

constexpr std::size_t letters_asked = 40;  // of each script

void collect_letters(const std::string& text, std::map<std::string, std::set<UChar32>>& scripts) {
  const std::string clean = clean_text(text);
  const auto length = static_cast<std::int32_t>(clean.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 letter = 0;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(clean.data()), at, length, letter);
    if (letter < 0x80 || !u_isalpha(letter)) continue;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(letter, &status);
    auto& letters = scripts[uscript_getName(script)];
    if (letters.size() < letters_asked) letters.insert(letter);
  }
}

bool some_font_has(FcConfig* config, const std::set<UChar32>& letters) {
  FcCharSet* wanted = FcCharSetCreate();
  for (const UChar32 letter : letters) FcCharSetAddChar(wanted, static_cast<FcChar32>(letter));
  FcPattern* pattern = FcPatternCreate();
  FcPatternAddCharSet(pattern, FC_CHARSET, wanted);
  FcObjectSet* objects = FcObjectSetCreate();
  FcFontSet* fonts = FcFontList(config, pattern, objects);
  const bool found = fonts && fonts->nfont > 0;
  if (fonts) FcFontSetDestroy(fonts);
  FcObjectSetDestroy(objects);
  FcPatternDestroy(pattern);
  FcCharSetDestroy(wanted);
  return found;
}

}  // namespace

std::vector<std::string> missing_fonts(const Drawing& drawing) {
  std::map<std::string, std::set<UChar32>> scripts;
  collect_letters(drawing.title, scripts);
  for (const NodeMark& mark : drawing.nodes) {
    for (const std::string& line : mark.label) collect_letters(line, scripts);
  }
  for (const LegendGroup& group : drawing.legend) {
    for (const LegendEntry& entry : group.entries) collect_letters(entry.text, scripts);
  }
  std::vector<std::string> sentences;
  FcConfig* config = scripts.empty() ? nullptr : FcInitLoadConfigAndFonts();
  if (!config) return sentences;
  for (const auto& [script, letters] : scripts) {
    if (some_font_has(config, letters)) continue;
    const bool east_asian = script == "Han" || script == "Hangul" || script == "Hiragana" || script == "Katakana";
    sentences.push_back("No font for " + script + " is installed, so its letters are drawn as empty boxes; install " +
                        (east_asian ? "fonts-noto-cjk." : "fonts-noto-core."));
  }
  FcConfigDestroy(config);
  return sentences;
}

}  // namespace entente
