#include "viz/graphviz_text.hpp"

#include <algorithm>
#include <cstddef>

#include "engine/text.hpp"

namespace entente {

namespace {

std::string repaired_utf8(std::string_view text) {
  std::string good;
  good.reserve(text.size());
  while (!text.empty()) {
    const std::size_t bad = first_invalid_utf8(text);
    good.append(text.substr(0, bad));
    if (bad == std::string_view::npos) break;
    good += "\xEF\xBF\xBD";
    text.remove_prefix(bad + 1);
    // One mark for the whole broken letter, not one for each of its continuation bytes.
    while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0) == 0x80) text.remove_prefix(1);
  }
  return good;
}

std::string xml_escaped(std::string_view text, bool attribute) {
  std::string escaped;
  for (const char c : clean_text(text, true)) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\n': escaped += attribute ? "&#10;" : "\n"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

bool starts_with_scheme(std::string_view link, std::string_view scheme) {
  return link.size() > scheme.size() && std::equal(scheme.begin(), scheme.end(), link.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
         });
}

}  // namespace

std::string clean_text(std::string_view text, bool keep_lines) {
  const std::string valid = first_invalid_utf8(text) == std::string_view::npos ? std::string(text) : repaired_utf8(text);
  std::string clean;
  clean.reserve(valid.size());
  for (std::size_t i = 0; i < valid.size(); ++i) {
    const auto byte = static_cast<unsigned char>(valid[i]);
    if (byte == '\n' && keep_lines) {
      clean += '\n';
    } else if (byte == '\n' || byte == '\t' || byte == '\r') {
      clean += ' ';
    } else if (byte < 0x20 || byte == 0x7F) {
      continue;
    } else if (valid.compare(i, 3, "\xEF\xBF\xBE") == 0 || valid.compare(i, 3, "\xEF\xBF\xBF") == 0) {
      i += 2;
    } else {
      clean += valid[i];
    }
  }
  return clean;
}

std::string graphviz_label(std::span<const std::string> lines) {
  std::string label;
  for (const std::string& line : lines) {
    if (!label.empty()) label += "\\n";
    for (const char c : clean_text(line)) {
      if (c == '\\') label += "\\\\";
      else if (c == '&') label += "&amp;";
      else label += c;
    }
  }
  return label;
}

std::string xml_text(std::string_view text) { return xml_escaped(text, false); }

std::string xml_attribute(std::string_view text) { return xml_escaped(text, true); }

std::string safe_link(std::string_view link) {
  const std::string clean = clean_text(link);
  if (!starts_with_scheme(clean, "http://") && !starts_with_scheme(clean, "https://") &&
      !starts_with_scheme(clean, "mailto:")) {
    return {};
  }
  constexpr std::string_view plain = "-._~:/?#[]@!$&()*+,;=%";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string safe;
  for (const char c : clean) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos) {
      safe += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    safe += '%';
    safe += digits[byte >> 4];
    safe += digits[byte & 15];
  }
  return safe;
}

}  // namespace entente
