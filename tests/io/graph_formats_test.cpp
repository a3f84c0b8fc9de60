#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "io/formats.hpp"
#include "support.hpp"

namespace entente {
namespace {

using test::complaint;

ReadOutcome graphml(const std::string& body) {
  return try_read_bytes("x.graphml", "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">" + body + "</graphml>");
}
ReadOutcome dot(const std::string& text) { return try_read_bytes("x.dot", text); }
ReadOutcome json(const std::string& text) { return try_read_bytes("x.json", text); }

std::vector<std::string> ties(const Network& network) {
  std::vector<std::string> texts;
  for (const EdgeId edge : network.edges()) {
    texts.push_back(std::string(network.key(network.source(edge))) + (network.is_directed(edge) ? ">" : "-") +
                    std::string(network.key(network.target(edge))));
  }
  return texts;
}

/// What a network holds, for comparing across formats; what the format may lose is left out.
std::string digest(const Network& network, bool with_evidence) {
  std::string text;
  for (const NodeId node : network.nodes()) {
    text += std::string(network.key(node)) + "|" + network.kind(node) + "|" + (network.has_name(node) ? std::string(network.label(node)) : "?") + "|" + network.country(node);
    for (const Attribute& attribute : network.node_attributes()) text += "|" + attribute.name + "=" + std::string(attribute.text(node.index));
    if (with_evidence) {
      for (const Name& name : network.names(node)) text += "|" + name.text + "/" + name.lang + "/" + name.type + "/" + name.source;
      for (const Evidence& e : network.evidence(node)) text += "|" + e.quote + "/" + e.locator + "/" + e.field;
    }
    text += "\n";
  }
  for (const EdgeId edge : network.edges()) {
    text += std::string(network.key(edge)) + "|" + std::string(network.key(network.source(edge))) + "|" + std::string(network.key(network.target(edge))) + "|" + network.kind(edge) + "|" +
            (network.is_directed(edge) ? "d" : "u") + "|" + network.status(edge) + "|" + network.agreement(edge);
    if (network.start(edge)) text += "|" + network.start(edge)->text();
    if (network.end(edge)) text += "|" + network.end(edge)->text();
    if (network.amount(edge)) text += "|" + to_string(*network.amount(edge));
    for (const Attribute& attribute : network.edge_attributes()) text += "|" + attribute.name + "=" + std::string(attribute.text(edge.index));
    if (with_evidence) {
      for (const Evidence& e : network.evidence(edge)) text += "|" + network.source_document(e.source).title + "/" + e.quote + "/" + e.locator;
    }
    text += "\n";
  }
  return text;
}

TEST_CASE("formats: each is found by its name and by its extensions, whatever their case") {
  for (const Format& format : formats()) {
    CHECK(*find_format(format.name) == &format);
    for (const auto extension : format.extensions) CHECK(format_of_path("A" + std::string(extension)) == &format);
  }
  CHECK(format_of_path("x.GraphML")->name == "graphml");
  CHECK(format_of_path("x.unknown") == nullptr);
  CHECK(find_format("gml").error().what.find("Known: datapackage") != std::string::npos);
}

TEST_CASE("formats: read(write(x)) equals x, but for what the report states") {
  auto files = test::full_package();
  files["nodes.csv"] += "back\\slash\\,institution,\"a\\n \\\"\"b & &amp; <i>\",FR,,\n";
  files["edges.csv"] += "e6,back\\slash\\,lone,\"odd \\\\ kind\",true,,,,,,,\n";
  const auto network = test::package(files);
  REQUIRE(complaint(network).empty());
  for (const Format& format : formats()) {
    if (!format.can_write() || format.folder || format.name == "csv") continue;
    CAPTURE(std::string(format.name));
    const bool with_evidence = format.name != "dot";
    const auto written = format.write(**network);
    REQUIRE(written);
    CHECK_FALSE(written->report.losses.empty());
    const auto again = try_read_bytes("copy" + std::string(format.extensions[0]), written->files[0].bytes);
    CHECK(complaint(again).empty());
    REQUIRE(again.network);
    CHECK(digest(*again.network, with_evidence) == digest(**network, with_evidence));
    CHECK(again.network->info().name == "full");
    if (with_evidence) {
      CHECK(again.network->info().hidden_kinds == (*network)->info().hidden_kinds);
      CHECK(again.network->sources()[0].further == (*network)->sources()[0].further);
    }
    // A second round changes no byte.
    CHECK(format.write(*again.network)->files[0].bytes == written->files[0].bytes);
  }
}

TEST_CASE("formats: an empty network and a single node survive every format") {
  for (const std::string nodes : {"id\n", "id\nonly\n"}) {
    const auto network = test::package({{"nodes.csv", nodes}, {"edges.csv", "source,target\n"}});
    REQUIRE(network);
    for (const Format& format : formats()) {
      if (!format.can_write() || format.folder || format.name == "csv") continue;
      CAPTURE(std::string(format.name));
      const auto again = try_read_bytes("copy" + std::string(format.extensions[0]), format.write(**network)->files[0].bytes);
      CHECK(complaint(again).empty());
      REQUIRE(again.network);
      CHECK(again.network->node_count() == (*network)->node_count());
    }
  }
}

TEST_CASE("formats: hundreds of naughty strings survive as names and ids in every format") {
  const std::string file = ENTENTE_SHARED_DATA "/data/text/blns.txt";
  if (!std::filesystem::exists(file)) {
    WARN("skipped: blns.txt is not here");
    return;
  }
  std::string nodes = "id,name\n", line;
  std::ifstream lines(file);
  int count = 0;
  while (std::getline(lines, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::string doubled;
    for (const char c : line) doubled += c == '"' ? std::string("\"\"") : std::string(1, c);
    nodes += "n" + std::to_string(++count) + ",\"" + doubled + "\"\n";
  }
  ReadOptions lenient;
  const auto network = test::package({{"nodes.csv", nodes}, {"edges.csv", "source,target\n"}});
  REQUIRE(network);
  CHECK((*network)->node_count() > 400);  // lines with control characters are refused
  for (const Format& format : formats()) {
    if (!format.can_write() || format.folder || format.name == "csv") continue;
    CAPTURE(std::string(format.name));
    const auto again = try_read_bytes("copy" + std::string(format.extensions[0]), format.write(**network)->files[0].bytes);
    CHECK(complaint(again).empty());
    REQUIRE(again.network);
    CHECK(digest(*again.network, false) == digest(**network, false));
  }
}

TEST_CASE("graphml: types, defaults and directions are read") {
  const auto read = graphml(
      "<key id='d0' for='node' attr.name='name' attr.type='string'/><key id='d1' for='edge' attr.name='w' attr.type='double'><default>1.5</default></key>"
      "<graph edgedefault='undirected'><node id='a'><data key='d0'>Ä &lt; B</data></node><node id='b'/>"
      "<edge id='x' source='a' target='b'/><edge source='b' target='a' directed='true'><data key='d1'>2</data></edge></graph>");
  REQUIRE_FALSE(read.error);
  CHECK(ties(*read.network) == std::vector<std::string>{"a-b", "b>a"});
  CHECK(read.network->label(NodeId{0}) == "Ä < B");
  CHECK(read.network->edge_attribute("w")->text(0) == "1.5");
  CHECK(read.network->edge_attribute("w")->text(1) == "2");
  CHECK(read.network->edge_attribute("w")->type == CellType::number);
  CHECK(read.network->edge_attribute("key")->text(0) == "x");
}

TEST_CASE("graphml: yEd's labels are names") {
  const auto read = graphml(
      "<key id='d6' for='node' yfiles.type='nodegraphics'/><graph edgedefault='directed'><node id='n0'><data key='d6'>"
      "<y:ShapeNode><y:Geometry height='30'/><y:NodeLabel>Seoul<y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node></graph>");
  REQUIRE_FALSE(read.error);
  CHECK(read.network->label(NodeId{0}) == "Seoul");
}

TEST_CASE("graphml: what cannot be carried is told") {
  const auto nested = graphml("<graph edgedefault='directed'><node id='a'><graph><node id='b'/></graph></node><node id='c'><port name='p'/></node></graph>");
  REQUIRE_FALSE(nested.error);
  CHECK(nested.network->node_count() == 3);
  CHECK(nested.ledger.guesses.size() == 2);
  CHECK(complaint(graphml("<graph edgedefault='directed'><hyperedge><endpoint node='a'/></hyperedge></graph>")).find("hyperedge") != std::string::npos);
  CHECK(complaint(graphml("<graph/><graph/>")).find("a second graph") != std::string::npos);
}

TEST_CASE("graphml: entities, document types of their own and deep nesting are refused") {
  const std::string laughs =
      "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;&lol;&lol;'>]><graphml><graph><node id='&lol2;'/></graph></graphml>";
  CHECK(complaint(try_read_bytes("x.graphml", laughs)).find("not allowed") != std::string::npos);
  const std::string outside = "<!DOCTYPE graphml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><graphml><graph><node id='&x;'/></graph></graphml>";
  CHECK(complaint(try_read_bytes("x.graphml", outside)).find("not allowed") != std::string::npos);
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  CHECK(complaint(graphml(deep)).find("nested deeper than 64") != std::string::npos);
}

TEST_CASE("graphml: broken files give one sentence with line and column") {
  CHECK(complaint(try_read_bytes("x.graphml", "")) == "x.graphml: the file is empty.");
  CHECK(complaint(try_read_bytes("x.graphml", "<graphml>\n<graph>")).starts_with("x.graphml:2:8: the text is not well-formed XML"));
  CHECK(complaint(try_read_bytes("x.graphml", "<html/>")).find("not GraphML") != std::string::npos);
  CHECK(complaint(try_read_bytes("x.graphml", "<graphml/>")).find("holds no graph") != std::string::npos);
  CHECK(complaint(graphml("<graph><node id='a'/><edge source='a' target='z'/></graph>")).find("node \"z\" is not among the nodes") != std::string::npos);
  CHECK(complaint(graphml("<graph><node id='a'/><node id='a'/></graph>")).find("occurs twice") != std::string::npos);
}

TEST_CASE("dot: chains, subgraphs as ends, defaults and quotes are understood") {
  const auto read = dot(
      "/* c */ digraph \"G\" {\n# line\n node [kind=place] a -> b -> c [status=signed]; {c d} -> subgraph s { e; f } // x\n"
      " edge [kind=\"visit\"]; a:port:ne -> \"x \\\"y\\\"\" + \" z\"; }");
  REQUIRE_FALSE(read.error);
  CHECK(ties(*read.network) == std::vector<std::string>{"a>b", "b>c", "c>e", "c>f", "d>e", "d>f", "a>x \"y\" z"});
  CHECK(read.network->kind(NodeId{2}) == "place");
  CHECK(read.network->status(EdgeId{1}) == "signed");
  CHECK(read.network->kind(EdgeId{6}) == "visit");
  CHECK(read.network->info().name == "G");
}

TEST_CASE("dot: a strict graph holds each pair once, and merging is told") {
  const auto read = dot("strict graph { a -- b; b -- a [kind=x]; a -- c }");
  REQUIRE_FALSE(read.error);
  CHECK(read.network->edge_count() == 2);
  CHECK(read.network->kind(EdgeId{0}) == "x");
  CHECK(read.ledger.guesses[0].text.find("1 repeated edge") != std::string::npos);
}

TEST_CASE("dot: labels are names as Graphviz shows them; HTML never becomes one") {
  const auto read = dot("graph { a [label=\"two\\nlines &amp; more\"]; b [label=<<b>x</b>>]; c [label=\"\\N\"]; }");
  REQUIRE_FALSE(read.error);
  CHECK(read.network->label(NodeId{0}) == "two\nlines & more");
  CHECK(read.network->label(NodeId{1}) == "b");
  CHECK(read.network->label(NodeId{2}) == "c");
}

TEST_CASE("dot: broken files give one sentence with line and column") {
  CHECK(complaint(dot("")).find("the end of the file stands where graph or digraph should be") != std::string::npos);
  CHECK(complaint(dot("graph {\n a -> b }")).starts_with("x.dot:2:4: -> stands in a graph"));
  CHECK(complaint(dot("digraph {\n a [label=\"open ]")).starts_with("x.dot:2:11: the quote that opens here"));
  CHECK(complaint(dot("graph { a -- }")).starts_with("x.dot:1:14: \"}\" stands where a node should be"));
  CHECK(complaint(dot("graph { /* ")).find("never closed") != std::string::npos);
  CHECK(complaint(dot("graph { a [x=<<b> ] }")).find("never closed") != std::string::npos);
  std::string deep = "graph ";
  for (int i = 0; i < 100000; ++i) deep += "{";
  CHECK(complaint(dot(deep)).find("nested deeper than 64") != std::string::npos);
}

TEST_CASE("dot: a small file cannot make a huge graph") {
  std::string many = "digraph { edge [w=1]; {";
  for (int i = 0; i < 3000; ++i) many += " " + std::to_string(i);
  const std::string text = many + "} -> {" + many.substr(24) + "} }";
  CHECK(complaint(dot(text)).find("more ties than the file can hold") != std::string::npos);
}

TEST_CASE("dot: no column of ours means anything to Graphviz") {
  const auto network = test::package({{"nodes.csv", "id,image,URL,shape\na,/etc/passwd,javascript:x,record\n"}, {"edges.csv", "source,target\na,a\n"}});
  REQUIRE(network);
  const std::string text = (*find_format("dot"))->write(**network)->files[0].bytes;
  CHECK(text.find("\"data_image\"=") != std::string::npos);
  CHECK(text.find(" image=") == std::string::npos);
  CHECK(text.find("\"image\"") == std::string::npos);
  CHECK(text.find("\"shape\"") == std::string::npos);
}

TEST_CASE("json: edges and links, ids as texts and numbers, any order of members") {
  for (const std::string list : {"edges", "links"}) {
    const auto read = json("{\"" + list + "\": [{\"source\": 1, \"target\": \"b\", \"weight\": 0.10, \"ok\": true, \"list\": [1, {\"a\": 2}], \"none\": null}], "
                           "\"graph\": {\"name\": \"N\"}, \"nodes\": [{\"id\": 1, \"label\": \"one\"}, {\"id\": \"b\"}], \"directed\": true}");
    REQUIRE_FALSE(read.error);
    const Network& network = *read.network;
    CHECK(ties(network) == std::vector<std::string>{"1>b"});
    CHECK(network.label(NodeId{0}) == "one");
    CHECK(network.edge_attribute("weight")->text(0) == "0.10");
    CHECK(network.edge_attribute("weight")->type == CellType::number);
    CHECK(network.edge_attribute("ok")->type == CellType::boolean);
    CHECK(network.edge_attribute("list")->text(0) == "[1, {\"a\": 2}]");
    CHECK(network.edge_attribute("none") == nullptr);
    CHECK(network.info().name == "N");
  }
}

TEST_CASE("json: amounts keep every digit") {
  const auto read = json(R"({"edges": [{"source": "a", "target": "b", "amount": 9007199254740993.25, "currency": "USD"}]})");
  REQUIRE_FALSE(read.error);
  CHECK(read.network->amount(EdgeId{0})->units == 900719925474099325);
}

TEST_CASE("json: other shapes are refused with the place") {
  CHECK(complaint(json("")) == "x.json: the file is empty.");
  CHECK(complaint(json("{\"nodes\": [{\"id\": 1}]}")).find("no list of ties") != std::string::npos);
  CHECK(complaint(json("[]")).find("outermost value is a list") != std::string::npos);
  CHECK(complaint(json("3")).find("not a node-link file") != std::string::npos);
  CHECK(complaint(json("{\"nodes\": [{}], \"edges\": []}")).find("this node has no id") != std::string::npos);
  CHECK(complaint(json("{\"edges\": [{\"source\": 1}]}")).find("this tie has no target") != std::string::npos);
  CHECK(complaint(json("{\"edges\": [1]}")).find("a bare value stands") != std::string::npos);
  CHECK(complaint(json("{\"edges\": [],\n \"nodes\": [}")).starts_with("x.json:2:12: the text is not valid JSON"));
  CHECK(complaint(json(std::string(100000, '['))).find("nested deeper than 64") != std::string::npos);
  CHECK(complaint(json("{\"nodes\": [{\"id\": \"a\"}], \"edges\": [\n {\"source\": \"a\", \"target\": \"z\"}]}")).starts_with("x.json:2:2: node \"z\""));
}

TEST_CASE("json: the parsing test suite is accepted and refused as it asks") {
  const std::filesystem::path folder = ENTENTE_SHARED_DATA "/data/text/JSONTestSuite";
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: JSONTestSuite is not here");
    return;
  }
  ReadOptions deep;
  deep.limits.depth = 1000000;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    // As the value of a property of a node; a file that is UTF-16 cannot stand inside another.
    const std::string text = "{\"edges\": [], \"nodes\": [{\"id\": 1, \"x\": " + test::slurp(entry.path().string()) + "}]}";
    const auto read = try_read_bytes("x.json", text, deep);
    const bool syntax = read.error && read.error->what.find("not valid JSON") != std::string::npos;
    if (name.starts_with("y_")) CHECK_FALSE(syntax);
    if (name.starts_with("n_") && name != "n_object_trailing_comment.json") CHECK(read.error);
  }
}

// expected/peers-reading.json holds what Graphviz, igraph and networkx make of the same files.
TEST_CASE("graphml and dot: node and edge counts agree with Graphviz, igraph or networkx") {
  const std::string folder = ENTENTE_SHARED_DATA "/data/";
  if (!std::filesystem::exists(folder + "expected/peers-reading.json")) {
    WARN("skipped: the peers' readings are not here");
    return;
  }
  const auto peers = nlohmann::json::parse(test::slurp(folder + "expected/peers-reading.json"))["files"];
  int agreed = 0;
  for (const auto& [file, readings] : peers.items()) {
    const Format* format = format_of_path(file);
    if (!format || (format->name != "dot" && format->name != "graphml")) continue;
    // Nested graphs are flattened here and left out there; an empty id is refused; a fuzzer's bytes are no text.
    if (file.ends_with("nested.graphml") || file.ends_with("1436.dot") || file.ends_with("1676.dot")) continue;
    CAPTURE(file);
    const auto read = try_read_bytes(file, test::slurp(folder + file));
    bool agrees = false;
    for (const auto& [peer, reading] : readings.items()) {
      const auto& counts = reading.contains("graphs") && !reading["graphs"].empty() ? reading["graphs"][0] : reading;
      agrees = agrees || (!counts.contains("nodes") && read.error) ||
               (counts.contains("nodes") && read.network && !read.error && counts["nodes"] == read.network->node_count() &&
                counts["edges"] == read.network->edge_count());
    }
    CHECK(agrees);
    agreed += agrees;
  }
  CHECK(agreed > 130);
}

TEST_CASE("every reader meets every file of the format collection without a crash") {
  const std::filesystem::path folder = ENTENTE_SHARED_DATA "/data/formats";
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: the format collection is not here");
    return;
  }
  std::size_t read = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.file_size() > 200000) continue;
    const std::string bytes = test::slurp(entry.path().string());
    for (const Format& format : formats()) {
      if (format.folder) continue;
      CAPTURE(entry.path().string(), std::string(format.name));
      ReadOptions options;
      options.format = format.name;
      const auto outcome = try_read_bytes("f", bytes, options);
      if (outcome.error) {
        CHECK_FALSE(outcome.error->what.empty());
        CHECK(outcome.error->what.find('\n') == std::string::npos);
      }
      ++read;
    }
  }
  CHECK(read > 500);
}

/// One tie under every reserved name, and a node likewise.
ReadOutcome with_reserved_columns() {
  std::string keys, node_data, edge_data;
  const auto add = [&](const char* domain, const std::vector<std::string>& names, std::string& data) {
    for (const std::string& name : names) {
      const std::string id = std::string(domain) + "_" + name;
      keys += "<key id='" + id + "' for='" + domain + "' attr.name='" + name + "' attr.type='string'/>";
      data += "<data key='" + id + "'>of " + name + "</data>";
    }
  };
  add("node", {"id", "country", "names", "evidence", "note"}, node_data);
  add("edge", {"source", "target", "directed", "start", "end", "amount", "key", "evidence", "note"}, edge_data);
  return graphml(keys + "<graph edgedefault='directed'><node id='a'>" + node_data + "</node><node id='b'/>" +
                 "<edge source='a' target='b'>" + edge_data + "</edge><edge source='b' target='a'>" + edge_data + "</edge></graph>");
}

TEST_CASE("formats: a further column with a reserved name keeps its values and never becomes an end") {
  const auto read = with_reserved_columns();
  CHECK(complaint(read).empty());
  REQUIRE(read.network);
  for (const char* name : {"id (2)", "country (2)", "names", "evidence", "note"}) {
    CAPTURE(name);
    REQUIRE(read.network->node_attribute(name));
    CHECK(std::string(name).starts_with(std::string(read.network->node_attribute(name)->text(0)).substr(3)));
  }
  for (const char* name : {"source (2)", "target (2)", "directed (2)", "start (2)", "end (2)", "amount (2)"}) {
    CAPTURE(name);
    CHECK(read.network->edge_attribute(name));
  }
  const auto said = [&](std::string_view text) {
    return std::ranges::any_of(read.ledger.guesses, [&](const Remark& guess) { return guess.text.find(text) != std::string::npos; });
  };
  CHECK(said("further column source was kept as source (2)"));

  for (const char* name : {"graphml", "json", "dot", "csv", "datapackage"}) {
    CAPTURE(name);
    const auto written = (*find_format(name))->write(*read.network);
    REQUIRE(written);
    std::map<std::string, std::string> files;
    for (const OutputFile& file : written->files) files[file.path] = file.bytes;
    const Result<NetworkPtr> again = std::string_view(name) == "datapackage"
                                         ? test::package(files)
                                         : Result<NetworkPtr>(try_read_bytes(std::string("x.") + name, files[""]).network);
    REQUIRE(again);
    REQUIRE(*again);
    CHECK(complaint(again).empty());
    CHECK(ties(**again) == std::vector<std::string>{"a>b", "b>a"});
    const auto values = [](std::span<const Attribute> attributes) {
      std::vector<std::string> texts;
      for (const Attribute& attribute : attributes) texts.emplace_back(attribute.text(0));
      std::ranges::sort(texts);
      return texts;
    };
    CHECK(values((*again)->edge_attributes()) == values(read.network->edge_attributes()));
    if (std::string_view(name) != "csv") CHECK(values((*again)->node_attributes()) == values(read.network->node_attributes()));
    const bool renames = std::ranges::any_of(written->report.losses, [](const std::string& loss) {
      return loss == "further column key is written as key (2), since the format uses its name.";
    });
    CHECK(renames == (std::string_view(name) != "csv" && std::string_view(name) != "datapackage"));
  }
}

TEST_CASE("json: no object has a member twice, whatever the columns are called") {
  const auto written = (*find_format("json"))->write(*with_reserved_columns().network);
  REQUIRE(written);
  std::vector<std::vector<std::string>> open;
  bool twice = false;
  const auto watch = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
    if (event == nlohmann::json::parse_event_t::object_start) open.emplace_back();
    if (event == nlohmann::json::parse_event_t::object_end) open.pop_back();
    if (event == nlohmann::json::parse_event_t::key) {
      twice = twice || std::ranges::find(open.back(), value.get<std::string>()) != open.back().end();
      open.back().push_back(value.get<std::string>());
    }
    return true;
  };
  CHECK(nlohmann::json::parse(written->files[0].bytes, watch).is_object());
  CHECK_FALSE(twice);
}

TEST_CASE("json: a number beyond all bounds is one sentence with its place") {
  CHECK(complaint(json("{\"edges\": [{\"source\": \"1e999999\",\n \"target\": \"b\", \"w\": 1e999999}]}")) ==
        "x.json:2:22: the number 1e999999 is too large to be read. Write it as text, in quotes.");
  CHECK(complaint(test::package({{"datapackage.json", "{\"resources\": [],\n \"x\": 1e999999}"}})) ==
        "datapackage.json:2:7: the number 1e999999 is too large to be read. Write it as text, in quotes.");
}

}  // namespace
}  // namespace entente
