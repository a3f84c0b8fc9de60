#include "report/funds.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "report/funds_page.hpp"
#include "support/sample.hpp"

using namespace entente;

namespace {

std::vector<FundsPart> parts_of(const NetworkPtr& network, std::vector<std::string>* notes = nullptr) {
  std::vector<std::string> ignored;
  return funds_of(whole(network), {}, notes ? *notes : ignored, {}).value();
}

/// Money from KR over a body without a country to UZ, some of it wanted only; one kind is a value and no payment.
NetworkPtr chain() {
  NetworkBuilder builder({.name = "chain"});
  for (const auto& [key, country] : {std::pair{"a", "KR"}, {"b", ""}, {"c", "UZ"}, {"d", "UZ"}}) {
    builder.add(NodeRow{{}, {key}, {"institution"}, {}, {country}, {}});
  }
  const auto tie = [&](const char* key, const char* from, const char* to, const char* kind, const char* status, const char* amount) {
    builder.add(EdgeRow{{}, {key}, {from}, {to}, {kind}, {"true"}, {status}, {}, {}, {amount}, {*amount ? "USD" : ""}, {}, {}});
  };
  tie("1", "a", "b", "funding.grant", "completed", "100.10");
  tie("2", "b", "c", "funding.grant", "completed", "60");
  tie("3", "a", "c", "funding.grant", "completed", "5");
  tie("4", "a", "d", "technology_transfer", "planned", "7");
  tie("5", "a", "d", "funding.grant", "planned", "8");
  tie("6", "a", "d", "funding.grant", "planned", "");
  return builder.build();
}

}  // namespace

TEST_CASE("report funds: what passes between countries is told by status and kind, with routes, bottleneck and range") {
  const std::vector<FundsPart> parts = parts_of(chain());
  REQUIRE(parts.size() == 1);
  const FundsPart& part = parts.front();
  REQUIRE(part.passages.size() == 3);
  const FundsPassage& done = part.passages[0];
  CHECK(done.from == "KR");
  CHECK(done.status == "completed");
  CHECK(decimal_text(done.value) == "65.00");
  CHECK(done.routes.size() == 2);
  CHECK(done.bottleneck.size() == 2);
  REQUIRE(done.put_in);
  CHECK(decimal_text(*done.put_in) == "105.10");
  CHECK(decimal_text(*done.at_targets) == "65.00");
  CHECK(decimal_text(*done.at_least) == "65.00");
  CHECK(part.passages[1].family == "funding");
  CHECK(decimal_text(part.passages[1].value) == "8");
  CHECK(part.passages[2].family == "technology_transfer");
}

TEST_CASE("report funds: the accounts of what is done and of what is wanted are apart, and so are kinds of different families") {
  const FundsPart part = parts_of(chain()).front();
  REQUIRE(part.indicators.size() == 3);
  CHECK(part.indicators[0].status == StatusClass::in_force);
  CHECK(part.indicators[1].family == "funding");
  CHECK(part.indicators[2].family == "technology_transfer");
  CHECK(part.sankeys.size() == 2);
  const auto tables = funds_tables({part}, chain());
  REQUIRE(tables.size() == 4);
  CHECK(tables[2].name == "funds-USD-intended-technology_transfer");
  CHECK(tables[3].rows.size() == 3);
}

TEST_CASE("report funds: without a border to cross the largest giver and the largest keeper are told; without money nothing is") {
  const std::vector<FundsPart> parts = parts_of(sample_network());
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].by_class.size() == 2);
  NetworkBuilder builder({.name = "inland"}, {.implicit_nodes = true});
  builder.add(EdgeRow{{}, {}, {"x"}, {"y"}, {"funding"}, {"true"}, {}, {}, {}, {"3"}, {"EUR"}, {}, {}});
  const auto inland = parts_of(builder.build());
  REQUIRE(inland.size() == 1);
  REQUIRE(inland[0].passages.size() == 1);
  CHECK(inland[0].passages[0].from == "x");
  CHECK_FALSE(inland[0].passages[0].countries);
  NetworkBuilder none({.name = "none"}, {.implicit_nodes = true});
  none.add(EdgeRow{{}, {}, {"x"}, {"y"}, {"agreement"}, {"false"}, {}, {}, {}, {}, {}, {}, {}});
  CHECK(parts_of(none.build()).empty());
}
