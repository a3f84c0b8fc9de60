#pragma once

#include <string>
#include <vector>

namespace entente {

/// One name of a node.
struct Name {
  std::string text;
  std::string lang;    // BCP 47: "en", "uz", "ja"; empty if not stated
  std::string type;    // official, alias, acronym, former, transliteration, misspelling; empty if not stated
  std::string source;  // key of the source that spells it so; empty if not stated
  std::vector<std::string> further = {};  // cells of NetworkInfo::name_columns
};

}  // namespace entente
