#include <catch2/catch.hpp>

#include "query/sentences.hpp"
#include "support/sample.hpp"

using namespace entente;

namespace {

std::string sentence(std::string_view key) {
  const NetworkPtr network = sample_network();
  return tie_sentence(*network, *network->find_edge(key));
}

}  // namespace

TEST_CASE("sentences: a tie says its status, kind, ends, date and amount, and no more") {
  CHECK(sentence("t3") == "There is a signed memorandum of understanding between Ministry of Innovative Development and "
                          "Almalyk MMC (2021-12-16/2021-12-17).");
  CHECK(sentence("t7") == "There is a sought grant of USD 15,500,000 from Korean ODA to Rare Metals Center.");
  CHECK(sentence("t2") == "Haiphong People's Committee is part of Haiphong.");
}

TEST_CASE("sentences: an amount nobody stated is not mentioned, least of all as zero") {
  CHECK(sentence("t8") == "There is a planned grant from Korean ODA to KITECH.");
}

TEST_CASE("sentences: what is only planned or proposed is never told as a fact") {
  NetworkBuilder builder(NetworkInfo{});
  builder.add(NodeRow{{}, {"a"}, {"x"}, {"The park"}});
  builder.add(NodeRow{{}, {"b"}, {"x"}, {"the region"}});
  builder.add(EdgeRow{{}, {"t"}, {"a"}, {"b"}, {"located_in"}, {"true"}, {"planned"}});
  builder.add(EdgeRow{{}, {"u"}, {"a"}, {"b"}, {"visit.state"}, {"true"}, {"proposed"}});
  builder.add(EdgeRow{{}, {"v"}, {"a"}, {"b"}, {"visit.state"}, {"true"}, {"completed"}});
  const NetworkPtr network = builder.build();
  const auto said = [&](std::string_view key) { return tie_sentence(*network, *network->find_edge(key)); };
  CHECK(said("t") == "It is planned that The park is in the region.");
  CHECK(said("u") == "It is proposed that The park visits the region (state).");
  CHECK(said("v") == "The park visited the region (state).");
}

TEST_CASE("sentences: amounts are grouped and keep every digit") {
  const Currency usd{{'U', 'S', 'D'}};
  CHECK(money_words({110000050, 2, usd}) == "USD 1,100,000.50");
  CHECK(money_words({999, 0, usd}) == "USD 999");
  CHECK(money_words({1000, 0, usd}) == "USD 1,000");
  CHECK(money_words({-1234567, 3, usd}) == "USD -1,234.567");
}

TEST_CASE("sentences: evidence is the quote with its source and place") {
  const NetworkPtr network = sample_network();
  const auto said = evidence_sentences(*network, *network->find_edge("t1"));
  REQUIRE(said.size() == 1);
  CHECK(said[0] == "“the committee and the institute concluded an agreement” (The news, A paper, 2021-12-21, paragraph 3)");
  CHECK(evidence_sentences(*network, *network->find_edge("t2")).empty());
}

TEST_CASE("sentences: names come in the language asked for and fall back where there is none") {
  const NetworkPtr network = sample_network();
  const std::vector<std::string> japanese{"ja"};
  CHECK(node_words(*network, *network->find_node("haiphong"), japanese) == "ハイフォン (city, VN)");
  CHECK(node_words(*network, *network->find_node("kitech"), japanese) == "KITECH (institution.research, KR)");
}

TEST_CASE("sentences: a kind unknown to us is said in its own last word") {
  CHECK(kind_words("prizes.visiting_scholars") == "visiting scholars");
  CHECK(kind_words("visit.working") == "visit (working)");
  CHECK(kind_words("agreement.mou") == "memorandum of understanding");
}
