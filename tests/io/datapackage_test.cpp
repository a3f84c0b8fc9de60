#include "io/datapackage.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "io/write.hpp"
#include "support.hpp"

namespace entente {
namespace {

using test::complaint;
using test::package;
using Files = std::map<std::string, std::string>;

std::string describe(const std::string& edges_extra, const std::string& more = {}) {
  return R"({"name": "p", "resources": [{"name": "edges", "path": "edges.csv")" + edges_extra + "}" + more + "]}";
}

TEST_CASE("datapackage: a bare folder needs no more than edges.csv") {
  const auto network = package({{"edges.csv", "source,target\na,b\n"}});
  REQUIRE(network);
  CHECK((*network)->node_count() == 2);
  CHECK((*network)->ledger().guesses.size() == 1);
}

TEST_CASE("datapackage: everything in a full package arrives") {
  const auto read = package(test::full_package());
  REQUIRE(read);
  const Network& network = **read;
  CHECK(complaint(read).empty());
  CHECK(network.node_count() == 4);
  CHECK(network.edge_count() == 5);
  CHECK(network.info().title == "All of it");
  CHECK(network.info().hidden_kinds == std::vector<std::string>{"person"});
  const NodeId kist = *network.find_node("kist");
  CHECK(network.names(kist)[0].text == "한국과학기술연구원");
  CHECK(network.names(kist)[0].further == std::vector<std::string>{"Hang"});
  CHECK(network.node_attribute("staff")->type == CellType::integer);
  CHECK(network.node_attribute("staff")->description == "heads");
  CHECK(network.node_attribute("motto")->text(1) == "two\nlines");
  CHECK(network.amount(EdgeId{0})->units == 125000050);
  CHECK(network.amount(EdgeId{4})->units == 1);
  CHECK(network.evidence(EdgeId{0}).size() == 2);
  CHECK(network.evidence(EdgeId{0})[0].quote == "그는 \"예\"라고 말했다");
  CHECK(network.evidence(kist)[0].field == "staff");
  CHECK(network.sources()[0].further == std::vector<std::string>{"12"});
  REQUIRE(network.info().files.size() == 1);
  CHECK(network.info().files[0].bytes == "subject;note\r\ne1;kept \xFF as it is\r\n");
  for (const LedgerEntry& entry : network.ledger().tables) CHECK(entry.rows == entry.kept + entry.merged + entry.refused);
}

TEST_CASE("datapackage: the checksum follows every byte of every file, and nothing else") {
  Files files = test::full_package();
  const std::string before = (*package(files))->info().checksum;
  CHECK(before.size() == 64);
  CHECK((*package(files))->info().checksum == before);
  files["notes.csv"] += " ";
  CHECK((*package(files))->info().checksum != before);
}

TEST_CASE("datapackage: paths that lead out of the package are refused") {
  for (const std::string path : {"../edges.csv", "/etc/passwd", "a/../../b.csv", "https://example.org/edges.csv", "~/x.csv", "a\\\\b.csv", ""}) {
    CAPTURE(path);
    const auto network = package({{"datapackage.json", R"({"resources": [{"name": "edges", "path": ")" + path + "\"}]}"}});
    REQUIRE_FALSE(network);
    CHECK(network.error().code == ErrorCode::bad_input);
  }
  test::TemporaryFolder outside, folder;
  test::spill(outside / "edges.csv", "source,target\na,b\n");
  std::filesystem::create_symlink(outside / "edges.csv", folder / "edges.csv");
  CHECK(complaint(try_read_network(folder.path().string())).find("leads out of the package") != std::string::npos);
}

TEST_CASE("datapackage: a pipe in a package is refused, not waited for") {
  test::TemporaryFolder folder;
  REQUIRE(::mkfifo((folder / "edges.csv").c_str(), 0600) == 0);
  CHECK(complaint(try_read_network(folder.path().string())).starts_with("edges.csv: the file is a pipe or a device."));
}

TEST_CASE("datapackage: a file is kept once, however many resources lie there, and our tables are not kept beside themselves") {
  std::string resources;
  for (int i = 0; i < 5000; ++i) {
    resources += ", {\"name\": \"n" + std::to_string(i) + "\", \"path\": \"" + (i % 2 == 0 ? "notes.txt" : "edges.csv") + "\"}";
  }
  const auto network = package({{"datapackage.json", describe("", resources)}, {"edges.csv", "source,target\na,b\n"}, {"notes.txt", "x"}});
  REQUIRE(network);
  REQUIRE((*network)->info().files.size() == 1);
  CHECK((*network)->info().files[0].path == "notes.txt");
}

TEST_CASE("datapackage: what is wrong with a package is one sentence with its place") {
  const std::string good = "source,target\na,b\n";
  CHECK(complaint(package({})).starts_with("the folder holds no network"));
  CHECK(complaint(package({{"datapackage.json", ""}})) == "datapackage.json: the file is empty.");
  CHECK(complaint(package({{"datapackage.json", "{\n  \"a\": 1,\n}"}})).starts_with("datapackage.json:3:1: the text is not valid JSON"));
  CHECK(complaint(package({{"datapackage.json", "[1]"}})).find("not a data package") != std::string::npos);
  CHECK(complaint(package({{"datapackage.json", describe("")}})) == "edges.csv: there is no such file.");
  CHECK(complaint(package({{"datapackage.json", "{\"resources\": [{\"name\": \"x\", \"path\": \"x.csv\"}]}"}})).find("none of its resources is called edges") !=
        std::string::npos);
  CHECK(complaint(package({{"edges.csv", "id,source\n1,a\n"}})) == "edges.csv:1: column target is missing. Add it to the first line.");
  CHECK(complaint(package({{"edges.csv", "source,target,target\na,b,c\n"}})).starts_with("edges.csv:1:15: column target occurs twice"));
  CHECK(complaint(package({{"edges.csv", good}, {"nodes.csv", "id\na\n"}})).starts_with("edges.csv:2:3: node \"b\" is not among the nodes"));
  CHECK(complaint(package({{"edges.csv", good}, {"nodes.csv", "id\na\nb\na\n"}})).starts_with("nodes.csv:4:1: node id \"a\" occurs twice"));
  CHECK(complaint(package({{"edges.csv", good}, {"evidence.csv", "edge,source\ne9,s\n"}})).starts_with("evidence.csv:2:1: tie \"e9\" is not"));
  CHECK(complaint(package({{"edges.csv", "source,target,start\na,b,\"x\ny\"\n"}})).starts_with("edges.csv:2:5: "));
}

TEST_CASE("datapackage: deep JSON is refused before it is built") {
  const std::string deep(100000, '[');
  CHECK(complaint(package({{"datapackage.json", deep}})).find("nested deeper than 64") != std::string::npos);
}

TEST_CASE("datapackage: values that break the schema are refused at their place") {
  const auto judged = [](const std::string& field, const std::string& value) {
    return complaint(package({{"datapackage.json", describe(R"(, "schema": {"fields": [{"name": "x", )" + field + "}]}")},
                              {"edges.csv", "source,target,x\na,b," + value + "\n"}}));
  };
  CHECK(judged(R"("type": "integer")", "12").empty());
  CHECK(judged(R"("type": "integer")", "abc") == "edges.csv:2:5: column x holds \"abc\", which is not a whole number.");
  CHECK(judged(R"("type": "number")", "1.5e3").empty());
  CHECK(judged(R"("type": "number")", "NaN").starts_with("edges.csv:2:5: "));
  CHECK(judged(R"("type": "number", "decimalChar": ",", "groupChar": ".")", "\"1.234,5\"").empty());
  CHECK(judged(R"("type": "boolean")", "TRUE").empty());
  CHECK(judged(R"("type": "boolean")", "maybe").starts_with("edges.csv:2:5: "));
  CHECK(judged(R"("type": "date")", "2021-12-16").empty());
  CHECK(judged(R"("type": "date")", "2021-02-30").starts_with("edges.csv:2:5: "));
  CHECK(judged(R"("type": "year")", "20x1").starts_with("edges.csv:2:5: "));
  CHECK(judged(R"("type": "string", "constraints": {"required": true})", "").starts_with("edges.csv:2:5: column x is empty"));
  CHECK(judged(R"("type": "string", "constraints": {"enum": ["p", "q"]})", "r").find("allows only: p, q") != std::string::npos);
  CHECK(judged(R"("type": "number", "constraints": {"minimum": 0})", "-1").find("less than 0") != std::string::npos);
  CHECK(judged(R"("type": "string", "constraints": {"maxLength": 2})", "한국말").find("longer than 2") != std::string::npos);
}

TEST_CASE("datapackage: unique, primary and foreign keys are checked, also of further tables") {
  CHECK(complaint(package({{"datapackage.json", describe(R"(, "schema": {"fields": [{"name": "x", "constraints": {"unique": true}}]})")},
                           {"edges.csv", "source,target,x\na,b,1\nb,c,1\n"}}))
            .starts_with("edges.csv:3:5: unique column x: \"1\" occurs twice"));
  const std::string notes = R"(, {"name": "notes", "path": "notes.csv", "schema": {"fields": [{"name": "id"}, {"name": "edge"}],
      "primaryKey": "id", "foreignKeys": [{"fields": "edge", "reference": {"resource": "edges", "fields": "id"}}]}})";
  const auto judged = [&](const std::string& rows) {
    return complaint(package({{"datapackage.json", describe("", notes)}, {"edges.csv", "id,source,target\ne1,a,b\n"}, {"notes.csv", "id,edge\n" + rows}}));
  };
  CHECK(judged("1,e1\n2,\n").empty());
  CHECK(judged("1,e1\n1,e1\n").starts_with("notes.csv:3:1: primary key id: \"1\" occurs twice"));
  CHECK(judged("1,e9\n") == "notes.csv:2:3: \"e9\" is not in column id of edges.");
}

TEST_CASE("datapackage: a column that a key names is written back though no row fills it") {
  const std::string keys = R"(, "schema": {"uniqueKeys": [["status"]],
      "foreignKeys": [{"fields": "x", "reference": {"resource": "nodes", "fields": ["n"]}},
                      {"fields": ["kind"], "reference": {"resource": "", "fields": ["agreement"]}}]})";
  const auto network = package({{"datapackage.json", describe(keys, R"(, {"name": "nodes", "path": "nodes.csv"})")},
                                {"nodes.csv", "id,n,unnamed\na,,\nb,,\n"}, {"edges.csv", "source,target,x,status,kind,agreement\na,b,,,,\n"}});
  REQUIRE(complaint(network).empty());
  const auto written = write_datapackage(**network);
  REQUIRE(written);
  Files copy;
  for (const OutputFile& file : written->files) copy[file.path] = file.bytes;
  CHECK(copy["nodes.csv"] == "id,n\na,\nb,\n");
  CHECK(complaint(package(copy)).empty());
}

TEST_CASE("datapackage: dialects, encodings and words for missing values are understood") {
  const auto network = package({{"datapackage.json", describe(R"(, "encoding": "iso-8859-1", "dialect": {"delimiter": ";", "quoteChar": "'", "commentChar": "#"},
      "schema": {"missingValues": ["", "-", "NA"]})")},
                                {"edges.csv", "# by hand\nsource;target;status;start\nM\xFCnchen;'a;b';NA;-\n"}});
  REQUIRE(network);
  CHECK(complaint(network).empty());
  CHECK((*network)->key(NodeId{0}) == "München");
  CHECK((*network)->key(NodeId{1}) == "a;b");
  CHECK((*network)->status(EdgeId{0}).empty());
  CHECK((*network)->start(EdgeId{0}) == nullptr);
}

TEST_CASE("datapackage: a table without a header line takes its columns from the schema") {
  const auto network = package({{"datapackage.json", describe(R"(, "dialect": {"header": false}, "schema": {"fields": [{"name": "source"}, {"name": "target"}]})")},
                                {"edges.csv", "a,b\nb,c\n"}});
  REQUIRE(network);
  CHECK((*network)->edge_count() == 2);
}

TEST_CASE("datapackage: version 1, schemas in files of their own, and folders inside are read") {
  const auto network = package({{"datapackage.json", R"({"profile": "tabular-data-package", "resources": [{"name": "ties-of-cities", "path": "data/edges.csv",
      "schema": "schemas/edges.json"}]})"},
                                {"schemas/edges.json", R"({"fields": [{"name": "w", "type": "integer"}]})"},
                                {"data/edges.csv", "source,target,w\na,b,x\n"}});
  CHECK(complaint(network) == "data/edges.csv:2:5: column w holds \"x\", which is not a whole number.");
}

TEST_CASE("datapackage: directed takes the schema's words for true") {
  const auto network = package({{"datapackage.json", describe(R"(, "schema": {"fields": [{"name": "directed", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}]})")},
                                {"edges.csv", "source,target,directed\na,b,yes\nb,a,no\n"}});
  REQUIRE(network);
  CHECK((*network)->is_directed(EdgeId{0}));
  CHECK_FALSE((*network)->is_directed(EdgeId{1}));
}

TEST_CASE("datapackage: writing and reading again loses nothing, byte for byte") {
  const Files files = test::full_package();
  const auto network = package(files);
  REQUIRE(network);
  const auto written = write_datapackage(**network);
  REQUIRE(written);
  CHECK(written->report.losses.empty());
  Files again;
  for (const OutputFile& file : written->files) again[file.path] = file.bytes;
  for (const std::string table : {"nodes.csv", "names.csv", "edges.csv", "sources.csv", "evidence.csv", "node_evidence.csv", "notes.csv"}) {
    CAPTURE(table);
    CHECK(again[table] == files.at(table));
  }
  const auto descriptor = nlohmann::json::parse(again["datapackage.json"]);
  CHECK(descriptor["version"] == "1.2.3");
  CHECK(descriptor["entente"]["hidden_kinds"][0] == "person");
  CHECK(descriptor["resources"][2]["note"] == "kept");
  CHECK(descriptor["resources"][0]["schema"]["fields"][4]["description"] == "heads");

  const auto second = package(again);
  REQUIRE(second);
  CHECK(complaint(second).empty());
  const auto twice = write_datapackage(**second);
  REQUIRE(twice);
  for (std::size_t i = 0; i < twice->files.size(); ++i) CHECK(twice->files[i].bytes == written->files[i].bytes);
}

TEST_CASE("datapackage: the bundled data sets come back from a round over the disk byte for byte") {
  const std::filesystem::path folder = ENTENTE_SOURCE_DIR "/datasets";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!std::filesystem::exists(entry.path() / "edges.csv")) continue;
    CAPTURE(entry.path().string());
    const auto network = read_network(entry.path().string());
    REQUIRE(network);
    test::TemporaryFolder temporary;
    const auto report = write_network(**network, temporary / "copy");
    REQUIRE(report);
    CHECK(report->losses.empty());
    for (const char* table : {"nodes.csv", "names.csv", "edges.csv", "sources.csv", "evidence.csv", "node_evidence.csv", "notes.csv"}) {
      if (!std::filesystem::exists(entry.path() / table)) continue;
      CAPTURE(table);
      CHECK(test::slurp(temporary / (std::string("copy/") + table)) == test::slurp((entry.path() / table).string()));
    }
  }
}

TEST_CASE("datapackage: foreign packages without a network give one sentence each") {
  const std::filesystem::path folder = ENTENTE_SHARED_DATA "/data/datapackage";
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: the Frictionless packages are not here");
    return;
  }
  Files files;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "frictionless")) {
    files[entry.path().filename().string()] = test::slurp(entry.path().string());
  }
  for (const auto& [name, bytes] : Files(files)) {
    if (!name.ends_with(".json")) continue;
    CAPTURE(name);
    files["datapackage.json"] = bytes;
    const auto network = package(files);
    REQUIRE_FALSE(network);
    CHECK(network.error().what.find('\n') == std::string::npos);
  }
}

TEST_CASE("datapackage: an empty list of resources is not taken for a missing file") {
  const std::string said = test::complaint(test::package({{"datapackage.json", R"({"resources": []})"}, {"edges.csv", "source,target\na,b\n"}}));
  CHECK(said.find("its list of resources is empty") != std::string::npos);
  CHECK(said.find("neither") == std::string::npos);
}

TEST_CASE("datapackage: directions may be spelt as tables spell them, with a schema or without") {
  const std::string edges = "id,source,target,directed\n1,a,b,TRUE\n2,a,b,True\n3,a,b,1\n4,a,b,FALSE\n5,a,b,False\n6,a,b,0\n";
  const auto descriptor = [](const std::string& field) {
    return R"({"resources": [{"name": "edges", "path": "edges.csv", "schema": {"fields": [{"name": "directed", )" + field + "}]}}]}";
  };
  for (const std::string& field : {std::string(R"("type": "any")"), std::string(R"("type": "boolean")"),
                                   std::string(R"("type": "boolean", "constraints": {"enum": ["TRUE", "FALSE"]})")}) {
    CAPTURE(field);
    const auto network = test::package({{"datapackage.json", descriptor(field)}, {"edges.csv", edges}});
    CHECK(test::complaint(network).empty());
    REQUIRE(network);
    REQUIRE((*network)->edge_count() == 6);
    for (const EdgeId edge : (*network)->edges()) CHECK((*network)->is_directed(edge) == (edge.index < 3));
  }
}

}  // namespace
}  // namespace entente
