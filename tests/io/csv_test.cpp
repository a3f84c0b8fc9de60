#include "io/csv.hpp"

#include <catch2/catch.hpp>

#include "engine/selection.hpp"
#include "support.hpp"

namespace entente {
namespace {

ReadOutcome csv(std::string_view text, ReadOptions options = {}) { return try_read_bytes("ties.csv", text, options); }

std::string utf16(std::string_view ascii, bool big, bool mark) {
  std::string out = mark ? (big ? "\xFE\xFF" : "\xFF\xFE") : "";
  for (const char c : ascii) {
    if (big) out += '\0';
    out += c;
    if (!big) out += '\0';
  }
  return out;
}

TEST_CASE("csv: source and target make ties, everything else becomes columns with types") {
  const auto read = csv("source,target,weight,note,since\nb,a,2,x,2021-04\na,c,4.5,,\n");
  REQUIRE_FALSE(read.error);
  const Network& network = *read.network;
  CHECK(network.node_count() == 3);
  CHECK(network.key(NodeId{0}) == "b");
  CHECK(network.key(EdgeId{1}) == "e2");
  REQUIRE(network.edge_attributes().size() == 3);
  CHECK(network.edge_attribute("weight")->type == CellType::number);
  CHECK(network.edge_attribute("weight")->text(1) == "4.5");
  CHECK(network.edge_attribute("note")->type == CellType::text);
  CHECK(network.edge_attribute("since")->type == CellType::date);
  CHECK(network.info().name == "ties");
  CHECK(network.info().checksum == sha256("source,target,weight,note,since\nb,a,2,x,2021-04\na,c,4.5,,\n"));
}

TEST_CASE("csv: the ends may be called from and to, with blanks and brackets around") {
  const auto read = csv("Category, (from), (to), (weight)\nx,Austria,Belgium,8394\n");
  REQUIRE_FALSE(read.error);
  CHECK(read.network->key(NodeId{0}) == "Austria");
  CHECK(read.network->edge_attribute("Category")->text(0) == "x");
}

TEST_CASE("csv: Gephi's Type sets the direction, and its empty Id is no id") {
  const auto read = csv("Source,Target,Type,Id,Label,Weight\n1,2,Directed,,,1\n2,1,Undirected,,,1\n");
  REQUIRE_FALSE(read.error);
  CHECK(read.network->is_directed(EdgeId{0}));
  CHECK_FALSE(read.network->is_directed(EdgeId{1}));
  CHECK(read.network->key(EdgeId{0}) == "e1");
}

TEST_CASE("csv: without known names the first two columns are the ends, and the ledger says so") {
  const auto read = csv("giver,taker\na,b\n");
  REQUIRE_FALSE(read.error);
  REQUIRE(read.ledger.guesses.size() == 1);
  CHECK(read.ledger.guesses[0].text.find("giver and taker") != std::string::npos);
}

TEST_CASE("csv: a file without a header line loses no tie") {
  const auto numbers = csv("1,2\n2,3\n");
  CHECK(numbers.network->edge_count() == 2);
  const auto names = csv("a\tb\t0.5\nb\ta\t1\n");
  REQUIRE_FALSE(names.error);
  CHECK(names.network->edge_count() == 2);
  CHECK(names.network->edge_attribute("weight")->text(0) == "0.5");
}

TEST_CASE("csv: the direction of a tie comes from its row, its kind, or the caller") {
  CHECK(csv("source,target,kind\na,b,funding.grant\n").network->is_directed(EdgeId{0}));
  CHECK_FALSE(csv("source,target\na,b\n").network->is_directed(EdgeId{0}));
  ReadOptions directed;
  directed.direction = BuilderOptions::Direction::directed;
  CHECK(csv("source,target\na,b\n", directed).network->is_directed(EdgeId{0}));
  CHECK_FALSE(csv("source,target,directed\na,b,false\n", directed).network->is_directed(EdgeId{0}));
}

TEST_CASE("csv: UTF-8 with a mark, UTF-16 with and without one, and a stated Latin-1 read alike") {
  const std::string text = "source,target\nalpha,beta\n";
  for (const std::string& bytes : {"\xEF\xBB\xBF" + text, utf16(text, false, true), utf16(text, true, true),
                                   utf16(text, false, false), utf16(text, true, false)}) {
    const auto read = csv(bytes);
    REQUIRE_FALSE(read.error);
    CHECK(read.network->key(NodeId{1}) == "beta");
  }
  ReadOptions latin;
  latin.encoding = "Latin-1";
  CHECK(csv("source,target\nM\xFCnchen,b\n", latin).network->key(NodeId{0}) == "München");
  CHECK(test::complaint(csv("source,target\nM\xFCnchen,b\n")).starts_with("ties.csv:2:1: byte 2 of the cell is not valid UTF-8"));
}

TEST_CASE("csv: strict reading names the first bad row and counts the others; lenient reading goes on") {
  const std::string text = "source,target\na,b\n,c\nd,\n";
  const auto strict = csv(text);
  CHECK(test::complaint(strict) == "ties.csv:3:1: the tie has no source; and 1 more row is wrong.");
  CHECK(strict.error->code == ErrorCode::bad_input);
  CHECK(strict.ledger.refusals.size() == 2);
  ReadOptions lenient;
  lenient.lenient = true;
  const auto read = csv(text, lenient);
  CHECK_FALSE(read.error);
  CHECK(read.network->edge_count() == 1);
  CHECK(read.ledger.refused() == 2);
}

TEST_CASE("csv: hostile and broken files each end in one sentence with a place") {
  using test::complaint;
  CHECK(complaint(csv("")) == "ties.csv: the file is empty. Its first line must name the columns.");
  CHECK(complaint(csv("alone\n1\n")).starts_with("ties.csv:1: the table has a single column"));
  CHECK(complaint(csv("source,weight\na,1\n")).starts_with("ties.csv:1: column target is missing"));
  CHECK(complaint(csv("source,target\na,\"b\n")).starts_with("ties.csv:2:3: the quote that opens here"));
  CHECK(complaint(csv("source,target\na,b,c\n")).starts_with("ties.csv:2:5: the row has 3 cells for 2 columns"));
  CHECK(complaint(csv("source,target,kind\na,b\n")).starts_with("ties.csv:2:3: the row has only 2 cells"));
  CHECK(complaint(csv("source,target\na," + std::string(1000000, 'x') + "\n")).starts_with("ties.csv:2:3: the cell has 1,000,000 bytes"));
  CHECK(complaint(csv(std::string("source,target\na,b\0c\n", 20))).starts_with("ties.csv:2:3: byte 2 of the cell is a control character"));
  CHECK(complaint(csv("source,target,start\na,b,2021-13\n")).starts_with("ties.csv:2:5: "));
  CHECK(complaint(csv("source,target,amount,currency\na,b,-5,USD\n")).starts_with("ties.csv:2:5: amount \"-5\" is negative"));
  CHECK(complaint(csv("source,target,amount,currency\na,b,1.234,JPY\n")).starts_with("ties.csv:2:5: amount \"1.234\" has decimals"));
  CHECK(complaint(csv("source,target,id\na,b,x\na,b,x\n")).starts_with("ties.csv:3:5: tie id \"x\" occurs twice"));
}

TEST_CASE("csv: an amount without any currency column is a plain number") {
  const auto read = csv("source,target,amount\na,b,5\n");
  REQUIRE_FALSE(read.error);
  CHECK_FALSE(read.network->amount(EdgeId{0}));
  CHECK(read.network->edge_attribute("amount (2)")->type == CellType::integer);
  REQUIRE(read.ledger.guesses.size() == 2);
  CHECK(read.ledger.guesses[1].text == "further column amount was kept as amount (2), since its name is taken.");
  const auto topology_of_ties = topology(whole(read.network)).value();
  CHECK(tie_weights(topology_of_ties, "amount").value().value[EdgeId{0}] == 5);
}

TEST_CASE("csv: writing and reading again keeps every tie, and says what it leaves behind") {
  const auto network = test::package(test::full_package());
  REQUIRE(network);
  const auto written = write_csv(**network);
  REQUIRE(written);
  const auto again = csv(written->files[0].bytes);
  REQUIRE_FALSE(again.error);
  CHECK(edges_csv(*again.network, edges_csv_columns(**network)) == edges_csv(**network, edges_csv_columns(**network)));
  CHECK(again.network->amount(EdgeId{0}) == (*network)->amount(EdgeId{0}));
  std::string losses;
  for (const std::string& loss : written->report.losses) losses += loss + "\n";
  CHECK(losses.find("1 node without ties is not carried") != std::string::npos);
  CHECK(losses.find("2 quotes for ties are not carried") != std::string::npos);
  CHECK(losses.find("1 node id begins with =") != std::string::npos);
}

}  // namespace
}  // namespace entente
