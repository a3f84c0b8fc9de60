#include "engine/where.hpp"

#include <chrono>

#include "engine/where_value.hpp"
#include "made_network.hpp"
#include "support/random_graphs.hpp"

namespace entente {
namespace {

using namespace entente::test;
using Keys = std::vector<std::string>;

NetworkPtr ledger() {
  return Made()
      .node_column("beds", CellType::integer)
      .node_column("founded", CellType::date)
      .tie_column("hours", CellType::number)
      .tie_column("open", CellType::boolean)
      .tie_column("serial", CellType::integer)
      .tie_column("free text")
      .tie_column("in")
      .node("kist", "institution.institute", "KR", "Korea Institute of Science and Technology", {"12", "1966-02"})
      .node("tuit", "institution.university", "UZ", "Ташкентский университет", {"", "1955"})
      .node("seoul", "city", "KR", "", {"900", ""})
      .tie("kist", "tuit",
           {.kind = "funding.grant",
            .status = "signed",
            .start = "2021-04",
            .end = "2023",
            .amount = "1000000.50",
            .currency = "USD",
            .further = {"2.5", "true", "9007199254740993", "O'Neill", "x"},
            .key = "a"})
      .tie("tuit", "kist",
           {.kind = "funding",
            .status = "planned",
            .start = "2021",
            .amount = "1000000.5",
            .currency = "EUR",
            .further = {"10", "false", "9007199254740992", "7", ""},
            .key = "b"})
      .tie("kist", "seoul", {.kind = "located_in", .further = {"", "", "", "", ""}, .key = "c"})
      .tie("seoul", "seoul",
           {.kind = "fundingless",
            .status = "signed",
            .start = "2020-12-31",
            .amount = "0",
            .currency = "KRW",
            .agreement = "A*",
            .further = {"-1", "", "-5", "70", "y"},
            .key = "d"})
      .build();
}

/// The keys of the ties (or nodes) for which the condition holds.
Keys matching(const std::string& text) {
  const auto network = ledger();
  const auto condition = Condition::parse(text, *network);
  INFO(text << ": " << (condition ? std::string() : condition.error().sentence()));
  REQUIRE(condition);
  Keys keys;
  if (condition->on_nodes()) {
    for (const NodeId node : network->nodes()) {
      if (condition->holds(*network, node)) keys.emplace_back(network->key(node));
    }
  } else {
    for (const EdgeId edge : network->edges()) {
      if (condition->holds(*network, edge)) keys.emplace_back(network->key(edge));
    }
  }
  return keys;
}

std::string refusal(const std::string& text) {
  const auto condition = Condition::parse(text, *ledger());
  INFO(text);
  REQUIRE_FALSE(condition);
  CHECK(condition.error().code == ErrorCode::bad_argument);
  return condition.error().sentence();
}

TEST_CASE("where: text is compared letter by letter, case included") {
  CHECK(matching("status = 'signed'") == Keys{"a", "d"});
  CHECK(matching("status = 'Signed'").empty());
  CHECK(matching("id >= 'b' and id < 'd'") == Keys{"b", "c"});
  CHECK(matching("'KR' = source.country") == Keys{"a", "c", "d"});
  CHECK(matching("target.name = 'Ташкентский университет'") == Keys{"a"});
  CHECK(matching("source = 'kist' and target != 'tuit'") == Keys{"c"});
  CHECK(matching("\"free text\" = 'O''Neill'") == Keys{"a"});
  CHECK(matching("\"in\" = 'x' or source.\"id\" = 'tuit'") == Keys{"a", "b"});
}

TEST_CASE("where: a value that is not stated fails every comparison, and not turns the answer round") {
  CHECK(matching("status != 'signed'") == Keys{"b"});
  CHECK(matching("not status = 'signed'") == Keys{"b", "c"});
  CHECK(matching("status is empty") == Keys{"c"});
  CHECK(matching("amount is not empty") == Keys{"a", "b", "d"});
  CHECK(matching("amount < 5 or amount >= 5") == Keys{"a", "b", "d"});
  CHECK(matching("status not in ('signed')") == Keys{"b"});
  CHECK(matching("status not like 's*'") == Keys{"b"});
  CHECK(matching("end is empty") == Keys{"b", "c", "d"});
  CHECK(matching("node.name is empty") == Keys{"seoul"});
}

TEST_CASE("where: or binds weaker than and, not stronger than both") {
  CHECK(matching("id = 'a' or id = 'b' and status = 'signed'") == Keys{"a"});
  CHECK(matching("(id = 'a' or id = 'b') and status = 'signed'") == Keys{"a"});
  CHECK(matching("id = 'b' or id = 'a' and status = 'planned'") == Keys{"b"});
  CHECK(matching("(id = 'b' or id = 'a') and status = 'planned'") == Keys{"b"});
  CHECK(matching("id = 'c' or id = 'a' and status = 'planned'") == Keys{"c"});
  CHECK(matching("(id = 'c' or id = 'a') and status = 'planned'").empty());
  CHECK(matching("not id = 'a' and not id = 'b'") == Keys{"c", "d"});
  CHECK(matching("NOT NOT id = 'a' OR id IN ('c', 'd') AND id LIKE 'd'") == Keys{"a", "d"});
}

TEST_CASE("where: amounts compare exactly with a figure, and with money only in its own currency") {
  CHECK(matching("amount = 1000000.5") == Keys{"a", "b"});
  CHECK(matching("amount > 1000000.499999999") == Keys{"a", "b"});
  CHECK(matching("amount >= 1000000.500000001").empty());
  CHECK(matching("amount = 0") == Keys{"d"});
  CHECK(matching("amount = 'USD 1000000.50'") == Keys{"a"});
  CHECK(matching("amount != 'USD 5'") == Keys{"a"});
  CHECK(matching("amount >= 1000000 and currency = 'EUR'") == Keys{"b"});
  CHECK(matching("5 < amount") == Keys{"a", "b"});
  CHECK(matching("amount > hours") == Keys{"a", "b", "d"});
}

TEST_CASE("where: whole numbers beyond 2^53 are told apart") {
  CHECK(matching("serial = 9007199254740993") == Keys{"a"});
  CHECK(matching("serial < 9007199254740993") == Keys{"b", "d"});
  CHECK(matching("serial = -5.0") == Keys{"d"});
}

TEST_CASE("where: numbers compare by value, not by their text") {
  CHECK(matching("hours > 2.50") == Keys{"b"});
  CHECK(matching("hours in (10.0, -1)") == Keys{"b", "d"});
  CHECK(matching("\"free text\" < 70.5") == Keys{"b", "d"});  // text without a type: where it is a number
  CHECK(matching("node.beds >= 12") == Keys{"kist", "seoul"});
  CHECK(matching("target.beds = 900") == Keys{"c", "d"});
}

TEST_CASE("where: a date holds where it certainly does") {
  CHECK(matching("start >= date '2021-04'") == Keys{"a"});
  CHECK(matching("start >= '2021'") == Keys{"a", "b"});
  CHECK(matching("start > date '2021-04'").empty());
  CHECK(matching("start < 2021") == Keys{"d"});
  CHECK(matching("start <= date '2021'") == Keys{"a", "b", "d"});
  CHECK(matching("start = date '2021'") == Keys{"a", "b"});
  CHECK(matching("start = date '2021-04'") == Keys{"a"});
  CHECK(matching("start != date '2021-04'") == Keys{"d"});
  CHECK(matching("start in (2020, date '2022')") == Keys{"d"});
  CHECK(matching("end > start") == Keys{"a"});
  CHECK(matching("node.founded < date '1960'") == Keys{"tuit"});
}

TEST_CASE("where: truth is true or false, and has no order") {
  CHECK(matching("directed = true") == Keys{"a", "b"});
  CHECK(matching("directed != true") == Keys{"c", "d"});
  CHECK(matching("open = false") == Keys{"b"});
  CHECK(matching("open = False or directed = tRUE") == Keys{"a", "b"});
  CHECK(refusal("directed > false").find("no order") != std::string::npos);
}

TEST_CASE("where: is asks for a kind and those below it, not for the beginning of a word") {
  CHECK(matching("kind is funding") == Keys{"a", "b"});
  CHECK(matching("kind is 'funding.grant'") == Keys{"a"});
  CHECK(matching("kind is not funding") == Keys{"c", "d"});
  CHECK(matching("source.kind is institution and target.kind is city") == Keys{"c"});
  CHECK(matching("node.kind is institution") == Keys{"kist", "tuit"});
  CHECK(refusal("kind is fundings").find("letter 9: the network has no kind \"fundings\" here. It has funding, ") !=
        std::string::npos);
}

TEST_CASE("where: columns compare with columns") {
  CHECK(matching("source.country = target.country") == Keys{"c", "d"});
  CHECK(matching("source.country != target.country") == Keys{"a", "b"});
  CHECK(refusal("amount = kind").find("cannot be compared") != std::string::npos);
}

TEST_CASE("where: wildcards stand for any letters, a question mark for one letter of any script") {
  CHECK(matching("node.name like 'Korea*Tech*'") == Keys{"kist"});
  CHECK(matching("node.name like '*институт*'").empty());
  CHECK(matching("node.name like 'Ташкент" + std::string(16, '?') + "'") == Keys{"tuit"});
  CHECK(matching("node.name like 'Ташкент" + std::string(15, '?') + "'").empty());
  CHECK(matching("node.name like '?ашкентский*университет'") == Keys{"tuit"});
  CHECK(matching("agreement like 'A\\*'") == Keys{"d"});
  CHECK(matching("agreement like 'A\\?'").empty());
}

TEST_CASE("Wildcard: agrees with trying every split, on random texts") {
  struct Slow {
    static bool matches(std::string_view pattern, std::string_view text) {
      if (pattern.empty()) return text.empty();
      if (pattern[0] == '*')
        return matches(pattern.substr(1), text) || (!text.empty() && matches(pattern, text.substr(1)));
      return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
             matches(pattern.substr(1), text.substr(1));
    }
  };
  for_each_seed(2000, [](Seed seed) {
    Random random(seed);
    std::string pattern, text;
    for (std::uint64_t i = random.below(7); i > 0; --i) pattern += "ab*?"[random.below(4)];
    for (std::uint64_t i = random.below(9); i > 0; --i) text += "ab"[random.below(2)];
    CAPTURE(pattern, text);
    CHECK(Wildcard(pattern).matches(text) == Slow::matches(pattern, text));
  });
}

TEST_CASE("Wildcard: many stars against a long text that nearly matches end soon") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "a*";
  const auto begin = std::chrono::steady_clock::now();
  CHECK_FALSE(Wildcard(pattern + "b").matches(std::string(20'000, 'a')));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}

TEST_CASE("where: a fault is named with its letter, counted in letters and not in bytes") {
  CHECK(refusal("").find("option where, letter 1: expected a value") == 0);
  CHECK(refusal("status = 'signed").find("letter 10: the quote ' is never closed.") != std::string::npos);
  CHECK(refusal("source.name = 'Ташкент' $").find("letter 25: \"$\" is not part of a condition") != std::string::npos);
  CHECK(refusal("status 'x'").find("letter 8: expected =") != std::string::npos);
  CHECK(refusal("(status = 'x'").find("letter 14: expected ) for the bracket at letter 1, found the end.") !=
        std::string::npos);
  CHECK(refusal("status = 'x')").find("letter 13: expected and, or, or the end") != std::string::npos);
  CHECK(refusal("status = 'x' and").find("letter 17: expected") != std::string::npos);
  CHECK(refusal("status in 'x'").find("letter 11: expected ( after in") != std::string::npos);
  CHECK(refusal("status in ('x'").find("letter 15: expected , or )") != std::string::npos);
  CHECK(refusal("status in ()").find("letter 12: ") != std::string::npos);
  CHECK(refusal("'a' = 'b'").find("names no column") != std::string::npos);
  CHECK(refusal("'a' like 'b'").find("letter 5: ") != std::string::npos);
  CHECK(refusal("status = 12").find("letter 10: column \"status\" holds text") != std::string::npos);
  CHECK(refusal("amount = 'many'").find("letter 10: \"many\" is not an amount") != std::string::npos);
  CHECK(refusal("hours = 'many'").find("holds numbers") != std::string::npos);
  CHECK(refusal("start = date '2021-13'").find("letter 14: ") != std::string::npos);
  CHECK(refusal("hours = 1.2.3").find("letter 9: \"1.2.3\" is not a number") != std::string::npos);
  CHECK(refusal("hours = 12abc").find("is not a number") != std::string::npos);
  CHECK(refusal("hours = 1234567890123456789").find("more than 18 digits") != std::string::npos);
  CHECK(refusal("hours like '1*'").find("like is for text") != std::string::npos);
  CHECK(refusal("and = 'x'").find("letter 1: ") != std::string::npos);
  CHECK(refusal("source. = 'x'").find("expected a name after the dot") != std::string::npos);
  CHECK(refusal(std::string("status = '\xff'")).find("letter 11: the condition is not valid UTF-8") !=
        std::string::npos);
}

TEST_CASE("where: an unknown column is answered with the columns there are, nearest first") {
  CHECK(refusal("statsu = 'x'").find("there is no column \"statsu\". There are status, ") != std::string::npos);
  CHECK(refusal("source.contry = 'x'").find("There are source.country, ") != std::string::npos);
  CHECK(refusal("node.bed = 1").find("There are node.beds, ") != std::string::npos);
  CHECK(refusal("country = 'KR'").find("source.X and target.X") != std::string::npos);
}

TEST_CASE("where: nodes and ties cannot be asked in one condition") {
  CHECK(refusal("node.country = 'KR' and status = 'signed'")
            .find("letter 25: a condition asks either nodes (node.X) or ties, not both") != std::string::npos);
  CHECK(refusal("source.country = node.country").find("letter 18: ") != std::string::npos);
}

TEST_CASE("where: deep nesting and long texts are refused with a sentence") {
  CHECK(matching(std::string(150, '(') + "id = 'a'" + std::string(150, ')')) == Keys{"a"});
  CHECK(refusal(std::string(40'000, '(') + "id = 'a'" + std::string(40'000, ')'))
            .find("letter 201: the condition is nested more than 200 levels") != std::string::npos);
  CHECK(refusal(std::string(200'000, '(') + "id = 'a'").find("at most 100,000") != std::string::npos);
  std::string nots, chain = "id = 'a'";
  for (int i = 0; i < 20'000; ++i) nots += "not ";
  CHECK(refusal(nots + "id = 'a'").find("nested") != std::string::npos);
  for (int i = 0; i < 5'000; ++i) chain += " or id = 'x'";
  CHECK(matching(chain) == Keys{"a"});
}

TEST_CASE("where: no text of words of the language, right or wrong, ends otherwise than with an answer or a sentence") {
  const std::vector<std::string> words{"id",     "node.kind", "source.", "(",    ")",    "and",   "or",  "not",
                                       "=",      "<",         "like",    "in",   "is",   "empty", "'a'", "'",
                                       "\"",     "\"in\"",    "12",      "-1.5", "date", "true",  ",",   ".",
                                       "amount", "start",     "*",       "\xD0", "  "};
  const auto network = ledger();
  std::size_t answered = 0;
  for_each_seed(4000, [&](Seed seed) {
    Random random(seed);
    std::string text;
    for (std::uint64_t i = random.below(9); i > 0; --i)
      text += words[random.below(words.size())] + (random.below(4) ? " " : "");
    CAPTURE(text);
    const auto condition = Condition::parse(text, *network);
    if (!condition) {
      CHECK(condition.error().where.find("option where, letter ") == 0);
      CHECK(condition.error().what.ends_with('.'));
      return;
    }
    ++answered;
    if (condition->on_nodes()) {
      condition->holds(*network, NodeId{0});
    } else {
      condition->holds(*network, EdgeId{0});
    }
  });
  CHECK(answered > 0);
}

}  // namespace
}  // namespace entente
