#include "query/tie_columns.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "io/read.hpp"
#include "support/test_folder.hpp"

using namespace entente;

namespace {

NetworkPtr network_of(const std::string& csv) {
  const TestFolder folder;
  folder.write("ties.csv", csv);
  auto network = read_network(folder.file("ties.csv"));
  REQUIRE(network);
  return *network;
}

}  // namespace

TEST_CASE("tie columns: a word that is a column of numbers too is refused, and both spellings are offered") {
  const auto network = network_of("source,target,count,none,value\na,b,853,1,2.5\nb,c,1,2,0.25\n");
  for (const char* word : {"count", "none"}) {
    const auto both = weight_meant(*network, word);
    REQUIRE_FALSE(both);
    CHECK(both.error().code == ErrorCode::bad_argument);
    CHECK(both.error().what.find(std::string("--weight column:") + word) != std::string::npos);
    CHECK(both.error().what.find(std::string("--weight word:") + word) != std::string::npos);
    CHECK(weight_meant(*network, std::string("column:") + word)->is_column);
    CHECK_FALSE(weight_meant(*network, std::string("word:") + word)->is_column);
  }
  CHECK(weight_meant(*network, "amount")->name == "amount");
  CHECK(weight_meant(*network, "value")->is_column);
  CHECK(weight_meant(*network, "column:value")->name == "value");
  const auto typo = weight_meant(*network, "valeu");
  REQUIRE_FALSE(typo);
  CHECK(typo.error().what.find("value") != std::string::npos);
  CHECK(typo.error().what.find("column:count") != std::string::npos);
  CHECK_FALSE(weight_meant(*network, "word:value"));
  CHECK_FALSE(weight_meant(*network, "column:"));
}

TEST_CASE("tie columns: a word stays a word where the column of that name holds no numbers") {
  const auto network = network_of("source,target,count\na,b,many\nb,c,few\n");
  CHECK_FALSE(weight_meant(*network, "count")->is_column);
  CHECK_FALSE(holds_numbers(*network->edge_attribute("count")));
}

TEST_CASE("tie columns: amount means the plain numbers of that column only while no tie states money") {
  const auto plain = network_of("source,target,amount\na,b,1.5\nb,c,2\n");
  REQUIRE(tie_column(*plain, "amount"));
  CHECK_FALSE(weight_meant(*plain, "amount")->is_column);
  CHECK(weight_meant(*plain, "column:amount")->is_column);
  CHECK(instead_of_money(*plain).find("column:amount") != std::string::npos);
  const auto money = network_of("source,target,amount,currency\na,b,1.5,USD\nb,c,2,USD\n");
  CHECK(instead_of_money(*money).empty());
  CHECK(weight_meant(*money, "amount")->name == "amount");
  CHECK_FALSE(weight_meant(*money, "column:amount"));
}

TEST_CASE("tie columns: a column called as a word can be weighed by under its full name") {
  const auto network = network_of("source,target,count\na,b,853\na,b,1\n");
  const auto named = with_column_under_its_full_name(*network, "count");
  REQUIRE(named);
  const auto topology = entente::topology(whole(*named));
  REQUIRE(topology);
  const auto weights = tie_weights(*topology, "column:count");
  REQUIRE(weights);
  CHECK(weights->value[EdgeId{0}] == 853);
  CHECK(weights->value[EdgeId{1}] == 1);
}

TEST_CASE("tie columns: capacities are exact decimals, an empty cell is not zero") {
  const auto network = network_of("source,target,value\na,b,124.729\nb,c,0\nc,a,\n");
  const auto topology = entente::topology(whole(network));
  REQUIRE(topology);
  const auto money = capacities_of(*topology, "value");
  REQUIRE(money);
  CHECK(money->column.decimals == 3);
  const std::int64_t units[] = {124729, 0, 0};
  const std::uint8_t stated[] = {1, 1, 0};
  CHECK(std::ranges::equal(money->column.units.values(), units));
  CHECK(std::ranges::equal(money->stated.values(), stated));
  CHECK(money->unknown == 1);
  CHECK(is_no_currency(money->column.currency));
  CHECK(capacities_of(*topology, "value", true)->column.decimals == 3);
  CHECK_FALSE(capacities_of(*topology, "worth"));
  for (const char* cell : {"-1", "1e3", "0.0123456789", "nan", "99999999999999999999"}) {
    const auto bad = network_of(std::string("source,target,value\na,b,1\nb,c,") + cell + "\n");
    const auto there = entente::topology(whole(bad));
    REQUIRE(there);
    const auto refused = capacities_of(*there, "value");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what.find("tie \"e2\"") != std::string::npos);
  }
}
