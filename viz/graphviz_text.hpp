#pragma once

#include <span>
#include <string>
#include <string_view>

namespace entente {

// Every text on its way to Graphviz or into SVG passes through one of these.

/// Valid UTF-8 on one line: bytes that are none become U+FFFD, line breaks and tabs become spaces, other
/// control characters, U+FFFE and U+FFFF are dropped, since XML cannot hold them. With `keep_lines` line
/// feeds stay.
std::string clean_text(std::string_view text, bool keep_lines = false);

/// A plain label of Graphviz, one line each. Backslashes are doubled, since \N, \G, \l would be
/// replaced, and & becomes &amp;, since Graphviz reads entities also in plain labels. A text that
/// begins with < stays text: only agstrdup_html makes markup, and no text of the data goes there.
std::string graphviz_label(std::span<const std::string> lines);

/// Text between the tags of XML.
std::string xml_text(std::string_view text);

/// An attribute's value in XML, between double quotes; line feeds become &#10;.
std::string xml_attribute(std::string_view text);

/// A link that may be clicked: http, https or mailto, with everything else than plain URL letters
/// percent-encoded; empty for any other scheme.
std::string safe_link(std::string_view link);

}  // namespace entente
