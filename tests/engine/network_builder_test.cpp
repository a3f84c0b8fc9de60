#include "engine/network_builder.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/random.hpp"
#include "support/random_graphs.hpp"

using namespace entente;

namespace {

NetworkBuilder builder_with_nodes(const std::vector<std::string>& keys, BuilderOptions options = {}) {
  NetworkBuilder builder({}, options);
  for (const std::string& key : keys) builder.add(NodeRow{{"nodes.csv", 0}, {key}, {}, {}, {}, {}});
  return builder;
}

/// A sound tie in line 17, every cell in a column of its own; tests spoil one cell.
EdgeRow tie() {
  EdgeRow row;
  row.place = {"edges.csv", 17};
  row.key = {"e1", 1};
  row.source = {"a", 10};
  row.target = {"b", 20};
  row.kind = {"funding.grant", 30};
  row.directed = {"true", 40};
  row.status = {"signed", 50};
  row.start = {"2021", 60};
  row.end = {"2022", 70};
  row.amount = {"100.50", 80};
  row.currency = {"USD", 90};
  row.agreement = {"mou", 100};
  return row;
}

/// What the builder says of a spoilt row: "edges.csv:17:80: amount …", after checking that the row left
/// nothing behind; "kept" where it was taken.
template <class Row>
std::string verdict(NetworkBuilder& builder, const Row& row) {
  const std::size_t nodes = builder.node_count(), edges = builder.edge_count();
  if (builder.add(row)) return "kept";
  CHECK(builder.node_count() == nodes);
  CHECK(builder.edge_count() == edges);
  const Remark& last = builder.ledger().refusals.back();
  return last.place.text() + ": " + last.text;
}

template <class Spoil>
std::string verdict_on_tie(Spoil&& spoil) {
  NetworkBuilder builder = builder_with_nodes({"a", "b"});
  EdgeRow row = tie();
  spoil(row);
  return verdict(builder, row);
}

const LedgerEntry& entry(const Ledger& ledger, std::string_view table) {
  for (const LedgerEntry& one : ledger.tables) {
    if (one.table == table) return one;
  }
  static const LedgerEntry none;
  return none;
}

}  // namespace

TEST_CASE("network builder: a sound tie is kept with all its cells") {
  NetworkBuilder builder = builder_with_nodes({"a", "b"});
  REQUIRE(verdict(builder, tie()) == "kept");
  const NetworkPtr network = builder.build();
  const EdgeId edge{0};
  CHECK(network->key(edge) == "e1");
  CHECK(network->key(network->source(edge)) == "a");
  CHECK(network->key(network->target(edge)) == "b");
  CHECK(network->kind(edge) == "funding.grant");
  CHECK(network->is_directed(edge));
  CHECK(network->has_directed());
  CHECK(network->status(edge) == "signed");
  REQUIRE(network->start(edge));
  CHECK(network->start(edge)->text() == "2021");
  CHECK(network->end(edge)->text() == "2022");
  REQUIRE(network->amount(edge));
  CHECK(to_string(*network->amount(edge)) == "USD 100.50");
  CHECK(network->agreement(edge) == "mou");
  CHECK(network->find_edge("e1") == edge);
}

TEST_CASE("network builder: what a tie leaves open stays open") {
  NetworkBuilder builder = builder_with_nodes({"a", "b"});
  EdgeRow row;
  row.source = {"a"};
  row.target = {"b"};
  REQUIRE(builder.add(row));
  const NetworkPtr network = builder.build();
  const EdgeId edge{0};
  CHECK(network->start(edge) == nullptr);
  CHECK(network->end(edge) == nullptr);
  CHECK_FALSE(network->amount(edge).has_value());
  CHECK(network->kind(edge).empty());
  CHECK(network->evidence(edge).empty());
  CHECK_FALSE(network->has_directed());
}

TEST_CASE("network builder: each fault of a tie is refused with its place and reason") {
  CHECK(verdict_on_tie([](EdgeRow& row) { row.source = {"", 10}; }) == "edges.csv:17:10: the tie has no source.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.target = {"", 20}; }) == "edges.csv:17:20: the tie has no target.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.key = {"", 1}; }) ==
        "edges.csv:17:1: the tie has no id. Give it one, or remove the column id.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.source = {"z", 10}; }) ==
        "edges.csv:17:10: node \"z\" is not among the nodes. Add it, or correct the id.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.target = {"z", 20}; }) ==
        "edges.csv:17:20: node \"z\" is not among the nodes. Add it, or correct the id.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.directed = {"yes", 40}; }) ==
        "edges.csv:17:40: directed \"yes\" is neither true nor false.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.start = {"2021-13", 60}; }) ==
        "edges.csv:17:60: date \"2021-13\" has month 13. Write 2021, 2021-04 or 2021-04-30.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.end = {"soon", 70}; }) ==
        "edges.csv:17:70: date \"soon\" is not a date. Write 2021, 2021-04 or 2021-04-30.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.end = {"2020-12-31", 70}; }) ==
        "edges.csv:17:70: the end \"2020-12-31\" lies before the start \"2021\".");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.amount = {"1,2M", 80}; }) ==
        "edges.csv:17:80: amount \"1,2M\" is not a number. Write digits with a point, such as 1200000 or 1200000.50, or "
        "leave the cell empty if unknown.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.amount = {"-5", 80}; }) ==
        "edges.csv:17:80: amount \"-5\" is negative. Write a repayment as a tie of its own in the other direction.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.currency = {"", 90}; }) ==
        "edges.csv:17:80: amount \"100.50\" has no currency. Add an ISO 4217 code in column currency.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.currency = {"won", 90}; }) ==
        "edges.csv:17:90: currency \"won\" is not an ISO 4217 code. Write three capital letters such as USD or KRW.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.currency = {"won", 90}, row.amount = {"", 80}; }).starts_with("edges.csv:17:90: "));
  CHECK(verdict_on_tie([](EdgeRow& row) { row.currency = {"JPY", 90}; }) ==
        "edges.csv:17:80: amount \"100.50\" has decimals, but JPY has no smaller coin.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.amount = {"9223372036854775808", 80}; }) ==
        "edges.csv:17:80: amount \"9223372036854775808\" does not fit in 64 bits.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.status = {"sig\xFFned", 50}; }) ==
        "edges.csv:17:50: byte 4 of the cell is not valid UTF-8. Save the file as UTF-8.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.agreement = {std::string_view("m\0u", 3), 100}; }) ==
        "edges.csv:17:100: byte 2 of the cell is a control character. Remove it.");
  CHECK(verdict_on_tie([](EdgeRow& row) { row.further = {{"fine", 110}, {"\x1B[2J", 120}}; }) ==
        "edges.csv:17:120: byte 1 of the cell is a control character. Remove it.");
}

TEST_CASE("network builder: an end that may lie after its start is kept") {
  for (const auto& [start, end] : {std::pair{"2021", "2021-01-01"}, std::pair{"2021-12", "2021"}, std::pair{"2021", "2021"},
                                   std::pair{"2021/..", "2030"}, std::pair{"2021~", "2021-06"}}) {
    CAPTURE(start, end);
    CHECK(verdict_on_tie([&](EdgeRow& row) { row.start = {start, 60}, row.end = {end, 70}; }) == "kept");
  }
}

TEST_CASE("network builder: a fault in a cell of several lines is placed in its line") {
  NetworkBuilder builder = builder_with_nodes({"a", "b"});
  EdgeRow row = tie();
  row.amount = {"x", 3, 2};
  CHECK(verdict(builder, row).starts_with("edges.csv:19:3: "));
}

TEST_CASE("network builder: node ids are present and differ, countries are two capital letters") {
  NetworkBuilder builder({});
  const auto node = [&](std::string_view key, std::string_view country) {
    return verdict(builder, NodeRow{{"nodes.csv", 3}, {key, 1}, {}, {}, {country, 9}, {}});
  };
  CHECK(node("a", "KR") == "kept");
  CHECK(node("b", "") == "kept");
  CHECK(node("", "") == "nodes.csv:3:1: the node has no id. Give every node a short id of its own.");
  CHECK(node("a", "") == "nodes.csv:3:1: node id \"a\" occurs twice. Ids must differ.");
  for (const char* country : {"kr", "KOR", "K", "한", "82"}) {
    CAPTURE(country);
    CHECK(node("c", country) == "nodes.csv:3:9: country \"" + std::string(country) +
                                    "\" is not an ISO 3166 code. Write two capital letters such as KR, or leave it empty.");
  }
  CHECK(node("bad\xFF", "").starts_with("nodes.csv:3:1: byte 4 of the cell is not valid UTF-8."));
}

TEST_CASE("network builder: tie ids differ, given or generated") {
  NetworkBuilder builder = builder_with_nodes({"a", "b"});
  EdgeRow row = tie();
  REQUIRE(builder.add(row));
  CHECK(verdict(builder, row) == "edges.csv:17:1: tie id \"e1\" occurs twice. Ids must differ.");
  row.key = {};
  REQUIRE(builder.add(row));  // the third row
  row.key = {"e3", 1};
  CHECK(verdict(builder, row) == "edges.csv:17:1: tie id \"e3\" was given to a tie above that has none. Give every tie an id.");
  row.key = {"e5_", 1};
  REQUIRE(builder.add(row));
  const NetworkPtr network = builder.build();
  CHECK(network->key(EdgeId{1}) == "e3");
  CHECK(network->key(EdgeId{2}) == "e5_");
}

TEST_CASE("network builder: a generated id steps aside for one that is there") {
  NetworkBuilder builder = builder_with_nodes({"a", "b"});
  EdgeRow row = tie();
  row.key = {"e2", 0};
  REQUIRE(builder.add(row));
  row.key = {};
  REQUIRE(builder.add(row));
  const NetworkPtr network = builder.build();
  CHECK(network->key(EdgeId{1}) == "e2_");
}

TEST_CASE("network builder: direction is stated, or follows the kind, or the option") {
  using Direction = BuilderOptions::Direction;
  const auto directed = [](Direction option, std::string_view kind, std::string_view stated) {
    NetworkBuilder builder = builder_with_nodes({"a", "b"}, {.without_direction = option});
    EdgeRow row = tie();
    row.kind = {kind};
    row.directed = {stated};
    REQUIRE(builder.add(row));
    return builder.build()->is_directed(EdgeId{0});
  };
  CHECK(directed(Direction::by_kind, "funding.grant", ""));
  CHECK_FALSE(directed(Direction::by_kind, "agreement.mou", ""));
  CHECK_FALSE(directed(Direction::by_kind, "funding.grant", "false"));
  CHECK(directed(Direction::by_kind, "agreement.mou", "true"));
  CHECK(directed(Direction::directed, "agreement.mou", ""));
  CHECK_FALSE(directed(Direction::mutual, "funding.grant", ""));
}

TEST_CASE("network builder: implicit nodes come from kept ties only, in order of appearance") {
  NetworkBuilder builder = builder_with_nodes({"b"}, {.implicit_nodes = true});
  builder.declare_node_attribute("note", CellType::text);
  EdgeRow bad = tie();
  bad.source = {"ghost"};
  bad.amount = {"?"};
  CHECK_FALSE(builder.add(bad));
  EdgeRow row = tie();
  row.source = {"z"};
  REQUIRE(builder.add(row));
  row.key = {"e2"};
  row.target = {"z"};
  REQUIRE(builder.add(row));  // a self-loop
  const NetworkPtr network = builder.build();
  REQUIRE(network->node_count() == 2);
  CHECK(network->key(NodeId{1}) == "z");
  CHECK(network->label(NodeId{1}) == "z");
  CHECK_FALSE(network->find_node("ghost").has_value());
  CHECK(entry(network->ledger(), "nodes").kept == 2);
}

TEST_CASE("network builder: names need a node and a text, and exact repetitions are merged") {
  NetworkBuilder builder = builder_with_nodes({"a"});
  const auto name = [&](std::string_view node, std::string_view text, std::string_view lang, std::string_view type) {
    return verdict(builder, NameRow{{"names.csv", 5}, {node, 1}, {text, 2}, {lang, 3}, {type, 4}, {}});
  };
  CHECK(name("a", "Misspelt", "en", "misspelling") == "kept");
  CHECK(name("a", "Андижон", "uz", "alias") == "kept");
  CHECK(name("a", "Андижон", "uz", "alias") == "kept");  // merged
  CHECK(name("a", "Андижон", "uz", "official") == "kept");
  CHECK(name("z", "Zoe", "", "") == "names.csv:5:1: node \"z\" is not in nodes.csv.");
  CHECK(name("a", "", "", "") == "names.csv:5:2: the name is empty.");
  CHECK(name("a", "x\xC3", "", "").starts_with("names.csv:5:2: byte 2 of the cell"));
  const NetworkPtr network = builder.build();
  CHECK(network->names(NodeId{0}).size() == 3);
  CHECK(entry(network->ledger(), "names").merged == 1);
  CHECK(network->label(NodeId{0}) == "Андижон");  // the official one, though not the first
}

TEST_CASE("network builder: a misspelling is shown only where there is nothing better") {
  const auto label = [](const std::vector<std::pair<const char*, const char*>>& names) {
    NetworkBuilder builder = builder_with_nodes({"a"});
    for (const auto& [text, type] : names) builder.add(NameRow{{}, {"a"}, {text}, {}, {type}, {}});
    return std::string(builder.build()->label(NodeId{0}));
  };
  CHECK(label({{"Andijn", "misspelling"}, {"Andijon", "alias"}}) == "Andijon");
  CHECK(label({{"Andijn", "misspelling"}}) == "Andijn");
  CHECK(label({}) == "a");
}

TEST_CASE("network builder: sources have an id of their own, a date if any, and clean text") {
  NetworkBuilder builder({});
  const auto source = [&](std::string_view key, std::string_view date, std::string_view further) {
    return verdict(builder, SourceRow{{"sources.csv", 2}, {key, 1}, {}, {}, {date, 4}, {}, {}, {}, {{further, 8}}});
  };
  CHECK(source("article", "2021-12-21", "x") == "kept");
  CHECK(source("article", "", "") == "sources.csv:2:1: source id \"article\" occurs twice. Ids must differ.");
  CHECK(source("", "", "") == "sources.csv:2:1: the source has no id.");
  CHECK(source("b", "21.12.2021", "") == "sources.csv:2:4: date \"21.12.2021\" is not written as a date is. Write 2021-12-21.");
  CHECK(source("b", "", "\xFF") == "sources.csv:2:8: byte 1 of the cell is not valid UTF-8. Save the file as UTF-8.");
  CHECK(source("b", "", "") == "kept");  // a refused row does not occupy its id
}

TEST_CASE("network builder: evidence needs its tie or node and its source, and repetitions are merged") {
  NetworkBuilder builder = builder_with_nodes({"a", "b"});
  builder.add(SourceRow{{}, {"article"}, {}, {}, {}, {}, {}, {}, {}});
  builder.add(tie());
  const auto evidence = [](std::string_view subject, std::string_view source) {
    return EvidenceRow{{"evidence.csv", 8}, {subject, 1}, {source, 2}, {"«quote»", 3}, {"p. 1", 4}, {"amount", 5}};
  };
  CHECK(builder.add_edge_evidence(evidence("e1", "article")));
  CHECK(builder.add_edge_evidence(evidence("e1", "article")));
  CHECK_FALSE(builder.add_edge_evidence(evidence("e9", "article")));
  CHECK(builder.ledger().refusals.back().text == "tie \"e9\" is not in edges.csv.");
  CHECK_FALSE(builder.add_edge_evidence(evidence("e1", "blog")));
  CHECK(builder.ledger().refusals.back().place.text() == "evidence.csv:8:2");
  CHECK(builder.add_node_evidence(evidence("b", "article")));
  CHECK_FALSE(builder.add_node_evidence(evidence("z", "article")));
  const NetworkPtr network = builder.build();
  REQUIRE(network->evidence(EdgeId{0}).size() == 1);
  CHECK(network->evidence(EdgeId{0})[0].quote == "«quote»");
  CHECK(network->evidence(NodeId{0}).empty());
  REQUIRE(network->evidence(NodeId{1}).size() == 1);
  CHECK(network->evidence(NodeId{1})[0].field == "amount");
  CHECK(entry(network->ledger(), "evidence").merged == 1);
  CHECK(entry(network->ledger(), "evidence").refused == 2);
}

TEST_CASE("network builder: the account is up to date before the network is built") {
  NetworkBuilder builder = builder_with_nodes({"a"});
  CHECK(builder.ledger().refused() == 0);
  CHECK_FALSE(builder.add(tie()));
  CHECK(builder.ledger().refused() == 1);
  builder.refuse("rates", {"rates.csv", 4, 0}, "the row has 2 cells.");
  CHECK(builder.ledger().refused() == 2);
  CHECK(builder.ledger().refusals.back().place.text() == "rates.csv:4");
  CHECK(entry(builder.ledger(), "rates").rows == 1);
  CHECK(builder.build()->ledger().refused() == 2);
}

TEST_CASE("network builder: only the first thousand refusals are told, but all are counted") {
  NetworkBuilder builder({});
  for (int i = 0; i < 1500; ++i) builder.add(tie());
  CHECK(builder.ledger().refusals.size() == 1000);
  CHECK(builder.ledger().refused() == 1500);
}

TEST_CASE("network builder: after building it is as good as new") {
  NetworkBuilder builder = builder_with_nodes({"a", "b"});
  builder.add(tie());
  const NetworkPtr first = builder.build();
  CHECK(builder.node_count() == 0);
  CHECK(builder.ledger().tables.empty());
  CHECK(verdict(builder, NodeRow{{}, {"a"}, {}, {}, {}, {}}) == "kept");
  CHECK(builder.build()->node_count() == 1);
  CHECK(first->node_count() == 2);
  const NetworkPtr empty = builder.build();
  CHECK(empty->node_count() == 0);
  CHECK(empty->edge_count() == 0);
}

TEST_CASE("network builder: further columns are kept row by row, missing cells empty") {
  NetworkBuilder builder({});
  builder.declare_node_attribute("area", CellType::number, "hectares");
  builder.declare_edge_attribute("note", CellType::text);
  builder.add(NodeRow{{}, {"a"}, {}, {}, {}, {{"400"}}});
  builder.add(NodeRow{{}, {"b"}, {}, {}, {}, {}});
  EdgeRow row = tie();
  row.further = {{"first"}};
  builder.add(row);
  const NetworkPtr network = builder.build();
  REQUIRE(network->node_attribute("area"));
  CHECK(network->node_attribute("area")->text(0) == "400");
  CHECK(network->node_attribute("area")->text(1).empty());
  CHECK(network->edge_attribute("note")->text(0) == "first");
  CHECK(network->node_attribute("note") == nullptr);
}

TEST_CASE("network builder: rows = kept + merged + refused, whatever the rows hold") {
  test::for_each_seed(200, [](Seed seed) {
    Random random(seed);
    NetworkBuilder builder({}, {.implicit_nodes = random.below(2) == 0});
    const auto any_of = [&](std::initializer_list<std::string_view> texts) { return Cell{texts.begin()[random.below(texts.size())], 1}; };
    std::size_t rows[6] = {}, accepted[6] = {};
    for (int i = 0; i < 120; ++i) {
      const std::size_t table = random.below(6);
      const RowPlace place{"file.csv", static_cast<std::uint64_t>(i) + 2};
      bool taken = false;
      const Cell node = any_of({"a", "b", "c", "d", "", "e\xFF"}), source = any_of({"s", "t", ""});
      const Cell quote = any_of({"one", "two", "\x02"});
      switch (table) {
        case 0: taken = builder.add(NodeRow{place, node, any_of({"institution", "place.city"}), {}, any_of({"", "KR", "korea"}), {}}); break;
        case 1: taken = builder.add(NameRow{place, node, any_of({"Name", "Имя", ""}), {}, any_of({"official", ""}), {}}); break;
        case 2: taken = builder.add(SourceRow{place, source, {}, {}, any_of({"", "2021", "2021-99"}), {}, {}, {}, {}}); break;
        case 3:
          taken = builder.add(EdgeRow{place, any_of({"x", "y", "z", "w"}), node, any_of({"a", "b", "nobody"}), {}, any_of({"", "true", "1"}), {},
                                      any_of({"2021", "2023-02-29", ""}), any_of({"2020", "2022", ""}), any_of({"", "5", "-5", "1e3"}),
                                      any_of({"", "USD", "usd"}), {}, {}});
          break;
        case 4: taken = builder.add_edge_evidence(EvidenceRow{place, any_of({"x", "y"}), source, quote, {}, {}}); break;
        case 5: taken = builder.add_node_evidence(EvidenceRow{place, node, source, quote, {}, {}}); break;
        default: break;
      }
      ++rows[table];
      accepted[table] += taken ? 1u : 0u;
    }
    const NetworkPtr network = builder.build();
    const Ledger& ledger = network->ledger();
    const std::string_view tables[] = {"nodes", "names", "sources", "edges", "evidence", "node_evidence"};
    std::size_t refused = 0;
    for (std::size_t table = 0; table < 6; ++table) {
      CAPTURE(tables[table]);
      const LedgerEntry& account = entry(ledger, tables[table]);
      CHECK(account.rows == account.kept + account.merged + account.refused);
      refused += account.refused;
      if (table == 0) continue;  // implicit nodes are rows of their own
      CHECK(account.rows == rows[table]);
      CHECK(account.kept + account.merged == accepted[table]);
    }
    CHECK(ledger.refusals.size() == refused);
    CHECK(network->node_count() == entry(ledger, "nodes").kept);
    CHECK(network->edge_count() == entry(ledger, "edges").kept);
    CHECK(network->sources().size() == entry(ledger, "sources").kept);
    std::size_t names = 0, node_evidence = 0, edge_evidence = 0;
    for (const NodeId node : network->nodes()) {
      names += network->names(node).size();
      node_evidence += network->evidence(node).size();
      CHECK(network->find_node(network->key(node)) == node);
    }
    for (const EdgeId edge : network->edges()) {
      edge_evidence += network->evidence(edge).size();
      CHECK(network->find_edge(network->key(edge)) == edge);
    }
    CHECK(names == entry(ledger, "names").kept);
    CHECK(node_evidence == entry(ledger, "node_evidence").kept);
    CHECK(edge_evidence == entry(ledger, "evidence").kept);
  });
}

TEST_CASE("builder: a further column cannot take the name of another, and the ledger says how it is kept") {
  NetworkBuilder builder({}, {.implicit_nodes = true});
  builder.declare_node_attribute("id", CellType::text);
  builder.declare_edge_attribute("amount", CellType::number);
  builder.declare_edge_attribute("amount", CellType::text);
  builder.declare_edge_attribute("amount (2)", CellType::text);
  builder.declare_edge_attribute("name", CellType::text);
  builder.add(EdgeRow{{}, {}, {"a"}, {"b"}, {}, {"TRUE"}, {}, {}, {}, {}, {}, {}, {{"1"}, {"2"}, {"3"}, {"4"}}});
  const auto network = builder.build();
  REQUIRE(network->edge_count() == 1);
  CHECK(network->is_directed(EdgeId{0}));
  CHECK(network->node_attributes()[0].name == "id (2)");
  std::vector<std::string> names;
  for (const Attribute& attribute : network->edge_attributes()) names.push_back(attribute.name + "=" + std::string(attribute.text(0)));
  CHECK(names == std::vector<std::string>{"amount (2)=1", "amount (3)=2", "amount (2) (2)=3", "name=4"});
  REQUIRE(network->ledger().guesses.size() == 4);
  CHECK(network->ledger().guesses[0].place.text() == "nodes");
  CHECK(network->ledger().guesses[0].text == "further column id was kept as id (2), since its name is taken.");
}
