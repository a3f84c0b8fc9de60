#include "io/delimited.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "io/table_writer.hpp"
#include "support.hpp"

namespace entente {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text, Dialect dialect = {}) {
  DelimitedReader reader(text, dialect, {});
  Rows rows;
  while (true) {
    const auto step = reader.next();
    if (step == DelimitedReader::Step::end) return rows;
    if (step == DelimitedReader::Step::fault) {
      rows.push_back({"FAULT " + reader.fault().place.text() + " " + reader.fault().text});
      continue;
    }
    rows.emplace_back();
    for (const Cell& cell : reader.cells()) rows.back().emplace_back(cell.text);
  }
}

TEST_CASE("delimited text: quotes, line ends and delimiters inside quotes are part of the cell") {
  CHECK(rows_of("a,b\n\"1,2\",\"x\"\"y\"\n\"two\nlines\",\n") == Rows{{"a", "b"}, {"1,2", "x\"y"}, {"two\nlines", ""}});
}

TEST_CASE("delimited text: LF, CR LF, CR and a missing last line end give the same rows") {
  const Rows expected{{"a", "b"}, {"1", "2"}};
  CHECK(rows_of("a,b\n1,2\n") == expected);
  CHECK(rows_of("a,b\r\n1,2\r\n") == expected);
  CHECK(rows_of("a,b\r1,2\r") == expected);
  CHECK(rows_of("a,b\n1,2") == expected);
  CHECK(rows_of("\n\na,b\n\n1,2\n\n") == expected);
}

TEST_CASE("delimited text: cells know their line and their column in letters, across line ends in quotes") {
  DelimitedReader reader("한국,b\n\"x\ny\",c,\"d\"\ne\n", {}, {});
  REQUIRE(reader.next() == DelimitedReader::Step::row);
  CHECK(reader.cells()[1].column == 4);
  REQUIRE(reader.next() == DelimitedReader::Step::row);
  CHECK(reader.line() == 2);
  CHECK(reader.cells()[0].column == 1);
  CHECK(reader.cells()[0].below == 0);
  CHECK(reader.cells()[1].column == 4);
  CHECK(reader.cells()[1].below == 1);
  CHECK(reader.cells()[2].column == 6);
  REQUIRE(reader.next() == DelimitedReader::Step::row);
  CHECK(reader.line() == 4);
}

TEST_CASE("delimited text: an unclosed quote is told at the place where it opens") {
  const Rows rows = rows_of("a,b\n1,\"never\nclosed\n");
  REQUIRE(rows.size() == 2);
  CHECK(rows[1][0].starts_with("FAULT :2:3 the quote that opens here is never closed"));
}

TEST_CASE("delimited text: text after a closing quote is a fault of its row only") {
  const Rows rows = rows_of("\"a\"b,c\nd,e\n");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0][0].starts_with("FAULT :1:4 text follows a closing quote"));
  CHECK(rows[1] == std::vector<std::string>{"d", "e"});
}

TEST_CASE("delimited text: a cell beyond the limit is a fault with its place") {
  ReadLimits limits;
  limits.cell_bytes = 10;
  DelimitedReader reader("a,bbbbbbbbbbb\n", {}, limits);
  REQUIRE(reader.next() == DelimitedReader::Step::fault);
  CHECK(reader.fault().place.text() == ":1:3");
}

TEST_CASE("delimited text: a dialect can have its own delimiter, quote, escape and comment") {
  Dialect dialect;
  dialect.delimiter = ';';
  dialect.quote = '\'';
  dialect.comment = '#';
  dialect.double_quote = false;
  dialect.escape = '\\';
  dialect.skip_initial_space = true;
  CHECK(rows_of("# c\na; 'b\\'c'\n", dialect) == Rows{{"a", "b'c"}});
}

TEST_CASE("sniff_delimiter: the delimiter that cuts all rows alike wins") {
  CHECK(sniff_delimiter("a,b\n1,2\n") == ',');
  CHECK(sniff_delimiter("a;b\n1,5;2,5\n") == ';');
  CHECK(sniff_delimiter("a\tb c\n1\t2, 3\n") == '\t');
  CHECK(sniff_delimiter("a|b\n\"x,y\"|z\n") == '|');
  CHECK(sniff_delimiter("a b\n1 2\n") == ' ');
  CHECK(sniff_delimiter("alone\n1\n") == ',');
}

TEST_CASE("delimited text: what csv_field writes reads back the same") {
  for (const std::string text : {"", " ", "a", "a,b", "\"", "\"\"", "a\nb", "a\r\nb", " lead", "trail ", "\ttab", "=1+1", "'", "한,국"}) {
    CAPTURE(text);
    CHECK(rows_of("x," + csv_field(text) + "\n") == Rows{{"x", text}});
  }
}

// github.com/maxogden/csv-spectrum: the json folder holds what each csv must become.
TEST_CASE("delimited text: every file of csv-spectrum gives the rows it promises") {
  const std::string folder = ENTENTE_SHARED_DATA "/data/text/csv-spectrum";
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: csv-spectrum is not here");
    return;
  }
  int checked = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/csvs")) {
    CAPTURE(entry.path().string());
    const std::string text = test::slurp(entry.path().string());
    const auto expected = nlohmann::json::parse(test::slurp(folder + "/json/" + entry.path().stem().string() + ".json"));
    const Rows rows = rows_of(text);
    REQUIRE(rows.size() == expected.size() + 1);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      for (std::size_t column = 0; column < rows[0].size(); ++column) {
        // The line ends of the files were changed on their way here, those of the expectations were not.
        std::string cell = rows[i][column], wanted = expected[i - 1][rows[0][column]].get<std::string>();
        std::erase(cell, '\r');
        std::erase(wanted, '\r');
        CHECK(cell == wanted);
      }
    }
    ++checked;
  }
  CHECK(checked >= 11);
}

TEST_CASE("delimited: blanks as delimiter take runs of blanks and tabs for one; places count from the stated first line") {
  Dialect dialect;
  dialect.delimiter = ' ';
  dialect.blanks = true;
  DelimitedReader reader("  a \t b  \r\n \t \n\"c d\"  e", dialect, {}, 7);
  REQUIRE(reader.next() == DelimitedReader::Step::row);
  REQUIRE(reader.cells().size() == 2);
  CHECK(reader.cells()[0].text == "a");
  CHECK(reader.cells()[0].column == 3);
  CHECK(reader.cells()[1].text == "b");
  CHECK(reader.cells()[1].column == 7);
  CHECK(reader.line() == 7);
  REQUIRE(reader.next() == DelimitedReader::Step::row);
  CHECK(reader.cells()[0].text == "c d");
  CHECK(reader.cells()[1].column == 8);
  CHECK(reader.line() == 9);
  CHECK(reader.next() == DelimitedReader::Step::end);
}

}  // namespace
}  // namespace entente
