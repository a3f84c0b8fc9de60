#include "report/html.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <iterator>

#include "engine/text.hpp"

namespace entente {

std::string html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (const char c : with_valid_utf8(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 || byte == '\n' || byte == '\t') out += c;
      }
    }
  }
  return out;
}

std::string plain_number(double value) {
  if (!std::isfinite(value)) return "not known";
  const double size = std::abs(value);
  const auto fixed = [&](int decimals) {
    std::array<char, 400> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals);
    return std::string(digits.data(), end.ptr);
  };
  if (size < 1e-15) return "0";
  if (size >= 999.95) {  // 999.95 is four digits of 1000
    std::string whole = fixed(0);
    const std::size_t first = whole.starts_with('-') ? 1 : 0;
    for (std::size_t at = whole.size(); at > first + 3;) whole.insert(at -= 3, ",");
    return whole;
  }
  std::string text = fixed(3 - static_cast<int>(std::floor(std::log10(size))));
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string anchor(std::string_view prefix, std::string_view key) {
  constexpr char hex[] = "0123456789abcdef";
  std::string out(prefix);
  out += '-';
  for (const char c : key) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && (std::isalnum(byte) || c == '-')) {
      out += c;
    } else {
      out += '_';
      out += hex[byte >> 4];
      out += hex[byte & 15];
    }
  }
  return out;
}

std::string safe_address(std::string_view address) {
  for (const std::string_view scheme : {"https://", "http://", "mailto:"}) {
    if (address.starts_with(scheme)) return std::string(address);
  }
  return {};
}

std::string inline_svg(std::string_view svg, std::string_view prefix) {
  if (const auto begin = svg.find("<svg"); begin != std::string_view::npos) svg.remove_prefix(begin);
  std::string out;
  out.reserve(svg.size() + svg.size() / 16);
  const std::string marks[] = {" id=\"", "url(#", "href=\"#", "aria-labelledby=\"", "aria-describedby=\""};
  std::size_t next[std::size(marks)];  // where each mark comes next: looked for again only once it is passed
  for (std::size_t i = 0; i < std::size(marks); ++i) next[i] = svg.find(marks[i]);
  std::size_t done = 0;
  for (;;) {
    const std::size_t first = static_cast<std::size_t>(std::min_element(std::begin(next), std::end(next)) - std::begin(next));
    const std::size_t at = next[first];
    out += svg.substr(done, std::min(at, svg.size()) - done);
    if (at == std::string_view::npos) break;
    out += marks[first];
    out += prefix;
    done = at + marks[first].size();
    // A list of ids, as aria-labelledby takes: each of them gets the prefix.
    if (marks[first].starts_with("aria-")) {
      for (; done < svg.size() && svg[done] != '"'; ++done) {
        out += svg[done];
        if (svg[done] == ' ') out += prefix;
      }
    }
    for (std::size_t i = 0; i < std::size(marks); ++i) {
      if (next[i] < done) next[i] = svg.find(marks[i], done);
    }
  }
  return out;
}

std::string_view page_style() {
  return R"css(
:root { --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --tint: #f6f8fa; --link: #0b5394; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 66rem; padding: 1.5rem 1.25rem 4rem; color: var(--ink); background: #fff;
  font: 16px/1.55 "Noto Sans", "Noto Sans CJK JP", "Noto Sans CJK KR", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0.5rem 0 0.25rem; }
h2 { font-size: 1.35rem; margin: 2.75rem 0 0.5rem; padding-top: 0.75rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 0.35rem; }
p { margin: 0.5rem 0; max-width: 46rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
nav { columns: 2; margin: 1rem 0; max-width: 46rem; } nav a { display: block; break-inside: avoid; }
.lead { font-size: 1.08rem; } .soft { color: var(--soft); } .small { font-size: 0.86rem; }
.figures { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 1rem 0; padding: 0; list-style: none; }
.figures li { border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem 0.9rem; min-width: 7rem; }
.figures b { display: block; font-size: 1.5rem; line-height: 1.2; } .figures a { text-decoration: none; }
.wide { overflow-x: auto; margin: 0.75rem 0; }
.columns { columns: 3 17rem; column-gap: 1.75rem; } .columns .wide { break-inside: avoid-column; margin: 0 0 1rem; }
th.number { text-align: right; }
table { border-collapse: collapse; font-size: 0.88rem; width: 100%; }
caption { text-align: left; font-weight: 600; padding: 0.35rem 0; }
th, td { padding: 0.32rem 0.6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.sortable td:first-child { min-width: 9rem; }
th { background: var(--tint); border-bottom: 2px solid var(--line); }
th button { all: unset; cursor: pointer; font-weight: 600; } th button:focus-visible { outline: 2px solid var(--link); }
th[aria-sort="ascending"] button::after { content: " ▲"; } th[aria-sort="descending"] button::after { content: " ▼"; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } td.number a { color: inherit; text-decoration-color: var(--line); }
figure { margin: 1rem 0; border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem; overflow-x: auto; }
figure svg { display: block; width: 100%; height: auto; } figcaption { font-size: 0.86rem; color: var(--soft); padding: 0.35rem 0.25rem 0; }
blockquote { margin: 0.35rem 0 0.35rem 0; padding: 0.15rem 0 0.15rem 0.9rem; border-left: 3px solid var(--line); }
blockquote cite { display: block; font-style: normal; font-size: 0.84rem; color: var(--soft); }
.tie, .node { margin: 0.9rem 0; padding: 0.1rem 0 0.4rem; border-bottom: 1px solid var(--line); }
.tie:target, .node:target { background: #fff8c5; }
.status { display: inline-block; border: 1px solid var(--line); border-radius: 999px; padding: 0 0.55rem; font-size: 0.8rem; background: var(--tint); }
code { font-size: 0.88em; overflow-wrap: anywhere; }
@media screen and (min-width: 80rem) { figure { margin-inline: calc(-0.5 * (min(96vw, 96rem) - 63.5rem)); } }
@media print { body { max-width: none; font-size: 10pt; padding: 0; } nav { display: none; } a { color: inherit; text-decoration: none; }
  h2 { break-after: avoid; } .tie, .node, figure, tr { break-inside: avoid; } .wide { overflow: visible; } .wide table { font-size: 7.5pt; } .wide td, .wide th { padding: 0.15rem 0.3rem; } }
)css";
}

std::string_view page_script() {
  // Sorts a table by the column whose heading is pressed: numbers by value, all else by the reader's alphabet.
  return R"js(
document.querySelectorAll('table.sortable').forEach(function (table) {
  var body = table.tBodies[0];
  table.querySelectorAll('th').forEach(function (heading, column) {
    var button = document.createElement('button');
    button.type = 'button';
    while (heading.firstChild) button.appendChild(heading.firstChild);
    heading.appendChild(button);
    button.addEventListener('click', function () {
      var down = heading.getAttribute('aria-sort') !== 'descending' && heading.dataset.first === 'descending' ||
                 heading.getAttribute('aria-sort') === 'ascending';
      table.querySelectorAll('th').forEach(function (other) { other.removeAttribute('aria-sort'); });
      heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      var value = function (row) { var cell = row.cells[column]; return cell.dataset.value !== undefined ? cell.dataset.value : cell.textContent.trim(); };
      Array.from(body.rows).map(function (row, index) { return {row: row, index: index, value: value(row)}; }).sort(function (a, b) {
        if ((a.value === '') !== (b.value === '')) return a.value === '' ? 1 : -1;
        var x = Number(a.value), y = Number(b.value);
        var order = !isNaN(x) && !isNaN(y) ? x - y : a.value.localeCompare(b.value);
        return (down ? -order : order) || a.index - b.index;
      }).forEach(function (entry) { body.appendChild(entry.row); });
    });
  });
});
)js";
}

}  // namespace entente
