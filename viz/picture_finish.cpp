#include "viz/picture_finish.hpp"

#include <charconv>
#include <optional>
#include <string_view>

#include "viz/graphviz_text.hpp"

namespace entente {

namespace {

/// What a group of the SVG stands for.
struct SvgSubject {
  std::string tooltip;
  std::string keys;
  bool node = false;
};

/// The number of `<g id="n12" class="node">`; the ids are ours.
std::optional<std::size_t> group_number(std::string_view line, std::string_view prefix, std::string_view suffix) {
  if (!line.starts_with(prefix) || !line.ends_with(suffix)) return std::nullopt;
  const std::string_view digits = line.substr(prefix.size(), line.size() - prefix.size() - suffix.size());
  std::size_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::optional<SvgSubject> subject_of(std::string_view line, const Drawing& drawing) {
  if (const auto i = group_number(line, "<g id=\"n", "\" class=\"node\">"); i && *i < drawing.nodes.size()) {
    return SvgSubject{drawing.nodes[*i].tooltip, drawing.nodes[*i].key, true};
  }
  if (const auto i = group_number(line, "<g id=\"e", "\" class=\"edge\">"); i && *i < drawing.edges.size()) {
    SvgSubject subject{drawing.edges[*i].tooltip, {}, false};
    for (const std::string& key : drawing.edges[*i].keys) subject.keys += (subject.keys.empty() ? "" : " ") + key;
    return subject;
  }
  if (const auto i = group_number(line, "<title>cluster_", "</title>"); i && *i < drawing.clusters.size()) {
    return SvgSubject{drawing.clusters[*i].label, {}, false};
  }
  return std::nullopt;
}

void replace_attribute(std::string& line, std::string_view start, const std::string& value) {
  const std::size_t at = line.find(start);
  if (at == std::string::npos) return;
  const std::size_t begin = at + start.size(), end = line.find('"', begin);
  if (end != std::string::npos) line.replace(begin, end - begin, value);
}

/// Graphviz writes the weight into the family, where browsers do not look for it.
void set_bold(std::string& line) {
  constexpr std::string_view bold = " Bold\" ";
  const std::size_t at = line.find(bold);
  if (line.starts_with("<text ") && at != std::string::npos && at < line.find('>')) {
    line.replace(at, bold.size(), "\" font-weight=\"bold\" ");
  }
}

}  // namespace

std::string finished_svg(const std::string& svg, const Drawing& drawing) {
  std::string done;
  done.reserve(svg.size() + svg.size() / 4);
  std::optional<SvgSubject> subject;
  bool in_comment = false, in_root = false, in_body = false;
  for (std::size_t begin = 0; begin < svg.size();) {
    const std::size_t end = std::min(svg.find('\n', begin), svg.size());
    std::string line = svg.substr(begin, end - begin);
    begin = end + 1;
    if (in_comment || line.starts_with("<!--")) {
      in_comment = line.find("-->") == std::string::npos;
      continue;
    }
    if (line.starts_with("<svg ")) {
      line.insert(5, "role=\"img\" ");
      in_root = true;
    }
    if (line.starts_with("<title>")) {
      if (!in_body) {
        in_body = true;  // the graph's own, "G"; ours stands above it
        continue;
      }
      if (!subject) subject = subject_of(line, drawing);
      if (subject) line = "<title>" + xml_text(subject->tooltip) + "</title>";
    } else if (line.starts_with("<g id=\"")) {
      if (line.find(" class=\"") != std::string::npos) {
        subject = subject_of(line, drawing);
        if (subject && !subject->keys.empty()) line.insert(line.size() - 1, " data-id=\"" + xml_attribute(subject->keys) + "\"");
      }
    } else if (subject) {
      if (line.starts_with("<g") || line.starts_with("<a")) replace_attribute(line, "xlink:title=\"", xml_attribute(subject->tooltip));
      if (subject->node && line.starts_with("<text ") && line.find(" fill=") == std::string::npos) {
        line.insert(6, "paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"2.4\" stroke-linejoin=\"round\" ");
      }
    }
    if (subject && line.find("<a ") != std::string::npos) replace_attribute(line, "xlink:title=\"", xml_attribute(subject->tooltip));
    set_bold(line);
    done += line;
    done += '\n';
    if (in_root && line.ends_with('>')) {
      in_root = false;
      done += "<title>" + xml_text(drawing.title.empty() ? "Network" : drawing.title) + "</title>\n";
      done += "<desc>" + xml_text(drawing.description + " " + drawing.source) + "</desc>\n";
    }
  }
  return done;
}

std::string finished_pdf(std::string pdf) {
  constexpr std::string_view date = "/CreationDate (D:";
  for (std::size_t at = pdf.find(date); at != std::string::npos; at = pdf.find(date, at + 1)) {
    // As long as the date it replaces, since the file counts its bytes.
    constexpr std::string_view epoch = "19700101000000";
    if (pdf.size() - at >= date.size() + epoch.size()) pdf.replace(at + date.size(), epoch.size(), epoch);
  }
  return pdf;
}

}  // namespace entente
