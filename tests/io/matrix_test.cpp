#include "io/matrix_read.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "support.hpp"

namespace entente {
namespace {

ReadOutcome matrix(std::string_view text, bool lenient = false) {
  ReadOptions options;
  options.lenient = lenient;
  return try_read_bytes("m.csv", text, options);
}

/// "4 nodes: a-b 1, b-c 0.5", or what is wrong.
std::string content(const ReadOutcome& read) {
  if (read.error) return read.error->sentence();
  const Network& network = *read.network;
  std::string list = std::to_string(network.node_count()) + " nodes:";
  for (const EdgeId edge : network.edges()) {
    list += (list.ends_with(':') ? " " : ", ") + std::string(network.key(network.source(edge))) + (network.is_directed(edge) ? ">" : "-") +
            std::string(network.key(network.target(edge))) + " " + std::string(network.edge_attribute("weight")->text(edge.index));
  }
  return list;
}
std::string content(std::string_view text) { return content(matrix(text)); }

bool says(const ReadOutcome& read, std::string_view part) {
  for (const Remark& guess : read.ledger.guesses) {
    if (guess.text.find(part) != std::string::npos) return true;
  }
  return false;
}

TEST_CASE("matrix: names across and down, symmetric: each pair is one undirected tie; isolates stay") {
  const auto read = matrix("\"\",\"a\",\"b\",\"c\",\"d\"\n\"a\",0,1,0.5,0\n\"b\",1,0,0,0\n\"c\",0.50,0,0,0\n\"d\",0,0,0,0\n");
  CHECK(content(read) == "4 nodes: a-b 1, a-c 0.5");
  CHECK(says(read, "this is a matrix of 4 × 4, symmetric"));
  CHECK(read.network->edge_attribute("weight")->type == CellType::number);
  CHECK(content("name;a;b\na;0;1\nb;1;0\n") == "2 nodes: a-b 1");           // something in the corner
  CHECK(content("a b c\na 0 1 0\nb 1 0 0\nc 0 0 0\n") == "3 nodes: a-b 1");    // R's write.table has no corner
  CHECK(content(",0,1,2\n0,0,1,0\n1,1,0,2\n2,0,2,0\n") == "3 nodes: 0-1 1, 1-2 2");  // pandas counts
  CHECK(content(",a,b\nb,3,0\na,0,4\n") == "2 nodes: b>a 3, a>b 4");          // another order down than across
}

TEST_CASE("matrix: not symmetric: directed from the row to the column; the diagonal holds loops") {
  CHECK(content(",a,b,c\na,2,1,0\nb,0,0,-3\nc,0,1e2,0\n") == "3 nodes: a>a 2, a>b 1, b>c -3, c>b 1e2");
  CHECK(content(",a,b\na,2,1\nb,1,0\n") == "2 nodes: a-a 2, a-b 1");
  CHECK(content(",a,b\na,-0.0,1e999\nb,1e-999,0\n") == "2 nodes: a>b 1e999, b>a 1e-999");  // no number but 0 is none
  CHECK(content(",a,b\na,0,9007199254740993\nb,9007199254740992,0\n") ==
        "2 nodes: a>b 9007199254740993, b>a 9007199254740992");  // no rounding makes two numbers one
}

TEST_CASE("matrix: names on one side only, or none") {
  CHECK(content("a,b,c\n0,1,0\n1,0,1\n0,1,0\n") == "3 nodes: a-b 1, b-c 1");
  CHECK(content("a,0,1,0\nb,1,0,1\nc,0,1,0\n") == "3 nodes: a-b 1, b-c 1");
  const auto bare = matrix("0 1 0 0 0\n1 0 0 0 0\n0 0 0 0 1\n0 0 0 0 0\n0 0 1 0 0\n");
  CHECK(content(bare) == "5 nodes: 1-2 1, 3-5 1");
  CHECK(says(bare, "the nodes are called 1 to 5"));
  CHECK(content("0.0e+00 1.0e+00 0 0 0\n0 0.0e+00 0 0 0\n0 0 0.0e+00 0 0\n0 0 0 0.0e+00 0\n0 0 0 0 0.0e+00\n") == "5 nodes: 1>2 1.0e+00");
}

TEST_CASE("matrix: what is not stated is unknown, not zero") {
  CHECK(content(",a,b,c\na,0,NA,0\nb,1,0,0\nc,0,0,0\n") ==
        "m.csv:2:5: the tie between a and b is not stated. Write 0 if there is none.");
  CHECK(content(",a,b,c\na,0,,0\nb,,0,0\nc,0,0,0\n") == "m.csv:2:5: the tie between a and b is not stated. Write 0 if there is none; and 1 more row is wrong.");
  CHECK(content(",a,b\na,0,many\nb,1,0\n").starts_with("m.csv:2:5: the tie between a and b is \"many\", which is not a number"));
  CHECK(content(matrix(",a,b,c\na,0,NA,0\nb,1,0,0\nc,0,0,0\n", true)) == "3 nodes: b>a 1");
  const auto diagonal = matrix(",a,b,c\na,NA,1,0\nb,1,NA,0\nc,0,0,NA\n");
  CHECK(content(diagonal) == "3 nodes: a-b 1");
  CHECK(says(diagonal, "3 cells of the diagonal are empty"));
  const auto triangle = matrix(",a,b,c\na,0,,\nb,1,0,\nc,0,2,0\n");
  CHECK(content(triangle) == "3 nodes: b-a 1, c-b 2");
  CHECK(says(triangle, "filled on one side of its diagonal"));
}

TEST_CASE("matrix: lists of ties stay lists") {
  const auto edges = [](std::string_view text) {
    const auto read = matrix(text);
    return read.error ? read.error->sentence() : std::to_string(read.network->edge_count());
  };
  CHECK(edges("1 2 3\n1 3 4\n2 3 1\n") == "3");
  CHECK(edges("1 2 5 2001\n2 3 5 2002\n3 4 5 2001\n4 1 5 2003\n") == "4");
  CHECK(edges("source,target,weight\n1,2,1\n2,3,1\n3,1,1\n") == "3");
  CHECK(edges("from,to,weight\nweight,to,1\nto,weight,1\n") == "2");
  CHECK(edges("giver,taker,sum\n1,2,1\n2,3,1\n3,1,1\n") == "3");
  CHECK(edges("1,2\n2,1\n") == "2");
  CHECK(edges("a,b,1\nb,c,1\nc,a,1\n") == "3");
}

TEST_CASE("matrix: a square that may be either, and rows of other bodies than columns, are refused") {
  CHECK(content("0 1 1\n1 0 0\n1 0 0\n").starts_with("m.csv:1: this may be a matrix of 3 × 3 or 3 ties"));
  CHECK(content("1 2 3 4 5\n2 3 4 5 6\n3 4 5 6 7\n4 5 6 7 8\n5 6 7 8 9\n").starts_with("m.csv:1: this may be a matrix of 5 × 5 or 5 ties"));
  CHECK(content(",E1,E2\nEvelyn,1,0\nLaura,1,1\nTheresa,0,1\n") ==
        "m.csv:1: this is a matrix whose rows and columns name different bodies (\"E1\" is across, but not down). Write it as a list, one row "
        "source,target,weight for each number but 0.");
  CHECK(content(",a,a\na,0,1\na,1,0\n").find("occurs twice") != std::string::npos);
}

TEST_CASE("matrix: random matrices come back cell by cell") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 2 + random() % 9;
    const bool symmetric = random() % 2 == 0;
    std::vector<std::vector<unsigned>> cell(n, std::vector<unsigned>(n));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) cell[i][j] = symmetric && j < i ? cell[j][i] : static_cast<unsigned>(random() % 3);
    }
    std::string text;
    for (std::size_t i = 0; i < n; ++i) text += ",n" + std::to_string(i);
    for (std::size_t i = 0; i < n; ++i) {
      text += "\nn" + std::to_string(i);
      for (std::size_t j = 0; j < n; ++j) text += "," + std::to_string(cell[i][j]);
    }
    CAPTURE(text);
    const auto read = matrix(text + "\n");
    REQUIRE_FALSE(read.error);
    REQUIRE(read.network->node_count() == n);
    std::vector<std::vector<unsigned>> again(n, std::vector<unsigned>(n));
    for (const EdgeId edge : read.network->edges()) {
      const auto i = read.network->source(edge).index, j = read.network->target(edge).index;
      const auto weight = static_cast<unsigned>(std::stoul(std::string(read.network->edge_attribute("weight")->text(edge.index))));
      again[i][j] += weight;
      if (!read.network->is_directed(edge) && i != j) again[j][i] += weight;
    }
    CHECK(again == cell);
  }
}

TEST_CASE("matrix: a dense one of 300 × 300") {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    for (int j = 0; j < 300; ++j) text += i == j ? "0 " : "1 ";
    text += "\n";
  }
  const auto read = matrix(text);
  REQUIRE_FALSE(read.error);
  CHECK(read.network->edge_count() == 44850);
}

TEST_CASE("matrix: broken ones never crash") {
  for (const char* text : {",a\na,0\n", ",a\n", ",a,b\na,0\nb,1,0\n", "a b\na 0 1\n", ",,\n,,\n,,\n", "0\n", "0,0,0\n0,0,0\n0,0\n", ",a,b\na,\"0\nb,1,0\n"}) {
    CAPTURE(text);
    CHECK_FALSE(content(text).empty());
  }
}

}  // namespace
}  // namespace entente
