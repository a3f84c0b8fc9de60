#include "io/formats.hpp"

#include "engine/text.hpp"
#include "io/csv.hpp"
#include "io/datapackage.hpp"
#include "io/dot.hpp"
#include "io/graphml.hpp"
#include "io/node_link.hpp"

namespace entente {

std::span<const Format> formats() {
  static const std::vector<Format> list{
      {"datapackage", {}, "folder of CSV tables with datapackage.json; holds everything", true, read_datapackage, write_datapackage},
      {"graphml", {".graphml", ".xml"}, "GraphML with typed keys; names and evidence as JSON text", false, read_graphml, write_graphml},
      {"json", {".json"}, "node-link JSON, as NetworkX and D3 read it", false, read_node_link, write_node_link},
      {"dot", {".dot", ".gv"}, "Graphviz DOT", false, read_dot, write_dot},
      {"csv", {".csv", ".tsv", ".tab"}, "edge list or adjacency matrix, any delimiter", false, read_csv, write_csv},
  };
  return list;
}

Result<const Format*> find_format(std::string_view name) {
  std::string known;
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
    known += (known.empty() ? "" : ", ") + std::string(format.name);
  }
  return fail(ErrorCode::bad_argument, "format \"" + shortened(name, 40) + "\" is not known. Known: " + known + ".");
}

const Format* format_of_path(std::string_view path) {
  std::string lower(path);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  for (const Format& format : formats()) {
    for (const std::string_view extension : format.extensions) {
      if (lower.ends_with(extension)) return &format;
    }
  }
  return nullptr;
}

}  // namespace entente
