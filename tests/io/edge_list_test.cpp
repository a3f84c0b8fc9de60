#include <catch2/catch.hpp>

#include "io/edge_list_names.hpp"
#include "support.hpp"

namespace entente {
namespace {

ReadOutcome ties_of(std::string_view text) { return try_read_bytes("ties.csv", text); }

/// "a-b, b>c", or what is wrong.
std::string ends(const ReadOutcome& read) {
  if (read.error) return read.error->sentence();
  std::string list;
  for (const EdgeId edge : read.network->edges()) {
    list += (list.empty() ? "" : ", ") + std::string(read.network->key(read.network->source(edge))) +
            (read.network->is_directed(edge) ? ">" : "-") + std::string(read.network->key(read.network->target(edge)));
  }
  return list;
}
std::string ends(std::string_view text) { return ends(ties_of(text)); }

/// All guesses, each with its place.
std::string said(const ReadOutcome& read) {
  std::string all;
  for (const Remark& guess : read.ledger.guesses) all += guess.place.text() + ": " + guess.text + "\n";
  return all;
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// networkx.write_edgelist(florentine_families_graph): Acciaiuoli occurs in the first line only.
constexpr std::string_view florentine =
    "Acciaiuoli Medici\nMedici Barbadori\nMedici Ridolfi\nMedici Tornabuoni\nMedici Albizzi\nMedici Salviati\nCastellani Peruzzi\n"
    "Castellani Strozzi\nCastellani Barbadori\nPeruzzi Strozzi\nPeruzzi Bischeri\nStrozzi Ridolfi\nStrozzi Bischeri\nRidolfi Tornabuoni\n"
    "Tornabuoni Guadagni\nAlbizzi Ginori\nAlbizzi Guadagni\nSalviati Pazzi\nBischeri Guadagni\nGuadagni Lamberteschi\n";

TEST_CASE("edge list: the first tie of a list without a header is kept, though its first end occurs nowhere else") {
  const auto read = ties_of(florentine);
  REQUIRE_FALSE(read.error);
  CHECK(read.network->node_count() == 15);
  CHECK(read.network->edge_count() == 20);
  CHECK(holds(said(read), "ties.csv:1: the first row was taken as a tie, since its cell \"Medici\" occurs again below"));
}

TEST_CASE("edge list: every single tie may be the first") {
  std::vector<std::string> rows;
  for (std::size_t at = 0; at < florentine.size(); at = florentine.find('\n', at) + 1) {
    rows.emplace_back(florentine.substr(at, florentine.find('\n', at) + 1 - at));
  }
  REQUIRE(rows.size() == 20);
  for (std::size_t shift = 0; shift < rows.size(); ++shift) {
    std::string text;
    for (std::size_t i = 0; i < rows.size(); ++i) text += rows[(i + shift) % rows.size()];
    const auto read = ties_of(text);
    CAPTURE(text);
    REQUIRE_FALSE(read.error);
    CHECK(read.network->edge_count() == 20);
  }
}

TEST_CASE("edge list: a number in the third cell is a weight, not the name of a column") {
  const auto read = ties_of("Napoleon Geborand 1\nMyriel MlleBaptistine 8\nMlleBaptistine MmeMagloire 10\n");
  REQUIRE_FALSE(read.error);
  CHECK(read.network->edge_count() == 3);
  REQUIRE(read.network->edge_attribute("weight"));
  CHECK(read.network->edge_attribute("weight")->text(0) == "1");
  CHECK(holds(said(read), "its cell \"1\" is a number, like those below"));
}

TEST_CASE("edge list: the first row is a tie by one of these signs") {
  CHECK(ends("a,b\nc,a\n") == "a-b, c-a");                      // an end of the other column
  CHECK(ends("a,b,friend\nc,d,friend\n") == "a-b, c-d");        // a further cell
  CHECK(ends("1,2\nx,y\n") == "1-2, x-y");
  CHECK(ends("a,b,NA\nc,d,3\na,e,4\n") == "a-b, c-d, a-e");     // an unknown weight is no name
  CHECK(ends("a,b,2.5\n") == "a-b");
  CHECK(ends("KR,TO,5\nKR,UZ,7\n") == "KR-TO, KR-UZ");          // Tonga is no column of ends
  CHECK(ends("node1,node2,x\nnode3,node1,y\n") == "node1-node2, node3-node1");
}

TEST_CASE("edge list: the first row names the columns by one of these signs") {
  CHECK(ends("giver,taker\na,b\n") == "a-b");
  CHECK(ends("Country of origin;Partner country;Value\nKR;UZ;3\n") == "KR-UZ");
  CHECK(ends("FromNodeId,ToNodeId\n7,9\n") == "7-9");
  CHECK(ends("기관,국가,금액\n가,나,3\n") == "가-나");
  CHECK(ends("Страна,Организация\nА,Б\n") == "А-Б");
  CHECK(ends("spender,getter,sum\na,b,5\nb,c,6\n") == "a-b, b-c");           // above numbers
  CHECK(ends("zahlt,bekommt\nBank A,Bank B\nBank C,Bank D\n") == "Bank A-Bank B, Bank C-Bank D");
  CHECK(ends("ab,cd\nn17,n18\nn19,n20\n") == "n17-n18, n19-n20");
  CHECK(ends("reporter,partner,2001,2002\nKR,UZ,5,6\n") == "KR-UZ");         // years as names
  CHECK(holds(said(ties_of("zahlt,bekommt\nBank A,Bank B\n")),
              "ties.csv:1: no columns are called source and target, so the first two were taken: zahlt and bekommt; this row has names, not a "
              "tie, since it is in small letters, while every end below has capitals."));
}

TEST_CASE("edge list: a first row that could be either is refused, for each guess could be wrong") {
  for (const char* text : {"Alice,Bob\nCarol,Dave\n", "Alice,Bob\n", "alpha beta\ngamma delta\n", "x1,y2\nSeoul,Busan\n",
                           "Geberland,Nehmerland,2001,2002\nKorea,Wien,5,6\n"}) {
    CAPTURE(text);
    const std::string wrong = ends(text);
    CHECK(wrong.starts_with("ties.csv:1: this line may be a tie or the names of the columns: its ends \""));
    CHECK(holds(wrong, "put a line source,target above it"));
  }
  CHECK(ends("source,target\nAlice,Bob\nCarol,Dave\n") == "Alice-Bob, Carol-Dave");  // the advice works
}

TEST_CASE("edge list: comments at the top are skipped and said; places count their lines") {
  const auto snap = ties_of("# Nodes: 3\n# FromNodeId\tToNodeId\n0\t1\n0\t2\n");
  CHECK(ends(snap) == "0-1, 0-2");
  CHECK(holds(said(snap), "ties.csv:1: 1 line that begins with # or % at the top was skipped as a comment: \"# Nodes: 3\"."));
  CHECK(holds(said(snap), "ties.csv:2: this comment names the columns"));
  const auto konect = ties_of("% sym weighted\n% 3 3 3\n1 2 3 \n1 3 4\n2  3\t1\n");
  CHECK(ends(konect) == "1-2, 1-3, 2-3");
  CHECK(konect.network->edge_attribute("weight")->text(2) == "1");
  CHECK(holds(said(konect), "2 lines that begin with # or % at the top were skipped as comments: \"% sym weighted\" and so on."));
  CHECK(ends("#source,target,weight\na,b,2\n") == "a-b");
  CHECK(ends("#,source,target\n1,a,b\n") == "a-b");
  CHECK(ends("# x\n\n% y\nsource,target\na,\n").starts_with("ties.csv:5:3: the tie has no target"));
  CHECK(ends("% n\n1 2\n1 3 4\n").starts_with("ties.csv:3:5: the row has 3 cells for 2 columns"));
  CHECK(ends("# one\n# two\n") == "ties.csv:1: the file holds nothing but comments: every line begins with # or %. Its ties are missing.");
  CHECK(ends("%%MatrixMarket matrix coordinate real general\n3 3 1\n1 2 5\n").starts_with("ties.csv:1: this is a Matrix Market file"));
}

TEST_CASE("edge list: hashtags are ends, not comments") {
  CHECK(ends("#brexit,#leave\n#remain,#leave\n") == "#brexit-#leave, #remain-#leave");
  CHECK(ends("#brexit,leave\nvote,#brexit\n") == "#brexit-leave, vote-#brexit");
  CHECK(ends("source,target\n#a,#b\n") == "#a-#b");
}

TEST_CASE("edge list: runs of blanks and tabs are one delimiter") {
  CHECK(ends("  1   2\n 10   1 \n\n  2  10\n") == "1-2, 10-1, 2-10");
  CHECK(ends("1 2\t5\n2 3\t6\n") == "1-2, 2-3");
  CHECK(ends("source target\n\"Mr Hi\"  \"John A\"\n") == "Mr Hi-John A");
  CHECK(ends("a\tb\t\nb\tc\tx\n") == "a-b, b-c");  // tabs alone keep empty cells
}

TEST_CASE("edge list: a column that only counts the rows is no end") {
  const auto read = ties_of("\"\",\"V1\",\"V2\"\n\"1\",\"a\",\"b\"\n\"2\",\"b\",\"c\"\n");
  CHECK(ends(read) == "a-b, b-c");
  CHECK(holds(said(read), "the first column has no name and counts the rows"));
  CHECK(ends(",V1,V2\n0,a,b\n1,b,c\n") == "a-b, b-c");
}

TEST_CASE("edge list: a column of dates under a common name is the start of the ties, and stays") {
  for (const std::string name : {"date", "Date", "day", "year", "날짜", "Дата", "ngày"}) {
    CAPTURE(name);
    const auto read = ties_of("source,target," + name + "\na,b,2008\nb,c,\n");
    REQUIRE_FALSE(read.error);
    REQUIRE(read.network->start(EdgeId{0}));
    CHECK(read.network->start(EdgeId{0})->text() == "2008");
    CHECK_FALSE(read.network->start(EdgeId{1}));
    REQUIRE(read.network->edge_attribute(name));
    CHECK(holds(said(read), "ties.csv:1: column " + name + " was taken as the start of the ties, since no column is called start."));
  }
  const auto stated = ties_of("source,target,start,date\na,b,2008,2010\n");
  CHECK(stated.network->start(EdgeId{0})->text() == "2008");
  CHECK_FALSE(holds(said(stated), "start of the ties"));
  const auto other = ties_of("source,target,date\na,b,2008-07-15\na,c,15/07/2008\n");
  CHECK(ends(other) == "a-b, a-c");
  CHECK_FALSE(other.network->start(EdgeId{0}));
  CHECK(holds(said(other), "ties.csv:3:5: column date was not taken as the dates of the ties, since it holds \"15/07/2008\""));
  CHECK_FALSE(holds(said(ties_of("source,target,date\na,b,\n")), "date"));
}

TEST_CASE("edge list: the remark on amounts without currency says what to do") {
  CHECK(holds(said(ties_of("source,target,amount\na,b,5\n")), "Add a column currency (USD, EUR, …)"));
}

TEST_CASE("edge list: words that head columns, in several languages and spellings") {
  for (const char* word : {"Weight", "node_1", "ISO3", "sender ID", "금액", "СУММА", "Währung", "AÑO"}) CHECK(is_heading(word));
  for (const char* word : {"", "12", "Medici", "Bank of Korea", "node1x2z", "서울"}) CHECK_FALSE(is_heading(word));
}

TEST_CASE("edge list: hostile tops end quickly in a sentence or a network") {
  std::string comments;
  for (int i = 0; i < 200000; ++i) comments += "#a" + std::to_string(i) + ",b\n";
  CHECK(ends(comments + "x,y\ny,z\n") == "x-y, y-z");
  CHECK_FALSE(ends(std::string(300000, '#')).empty());
  CHECK_FALSE(ends("# \xFF\xFE\na,b\nb,a\n").empty());
  CHECK_FALSE(ends("\n\n#\n\n").empty());
  CHECK_FALSE(ends(std::string(100000, '\n')).empty());
  CHECK_FALSE(ends("#\"open,\na,b\n").empty());
}

}  // namespace
}  // namespace entente
