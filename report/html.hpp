#pragma once

#include <string>
#include <string_view>

namespace entente {

/// Text as it stands between tags or inside a quoted attribute: & < > " ' escaped, control characters
/// dropped, invalid UTF-8 replaced. No text of the data reaches a page but through this.
std::string html(std::string_view text);

/// A number for reading, by one rule: from 1000 on whole, with thousands separators; below, four significant digits. Never
/// in powers of ten; 0 below 10^-15. "63,728", "0.009246".
std::string plain_number(double value);

/// A link target made of a key of any script: letters and digits of ASCII kept, every other byte as _hex.
/// Different keys give different anchors.
std::string anchor(std::string_view prefix, std::string_view key);

/// The address if it is http, https or mailto, or nothing: javascript: and the like never become links.
std::string safe_address(std::string_view address);

/// An SVG picture for standing inside a page beside others: without its XML declaration, its ids and the
/// references to them prefixed so that those of two pictures differ.
std::string inline_svg(std::string_view svg, std::string_view prefix);

/// The style sheet and the script of the page: text that is ours alone.
std::string_view page_style();
std::string_view page_script();

}  // namespace entente
