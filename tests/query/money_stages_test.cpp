#include "query/money_stages.hpp"

#include <catch2/catch.hpp>

#include "engine/network_builder.hpp"

using namespace entente;

namespace {

Selection with_kinds(const std::vector<std::pair<std::string, std::string>>& kinds_and_amounts) {
  NetworkBuilder builder({.name = "money"}, {.implicit_nodes = true});
  for (const auto& [kind, amount] : kinds_and_amounts) {
    builder.add(EdgeRow{{}, {}, {"a"}, {"b"}, {kind}, {"true"}, {}, {}, {}, {amount}, {amount.empty() ? "" : "USD"}, {}, {}});
  }
  return whole(builder.build());
}

}  // namespace

TEST_CASE("money stages: a word of the kind names the stage, wherever it stands") {
  CHECK(money_stage("funding.commitment") == "commitment");
  CHECK(money_stage("iati.disbursement.core") == "disbursement");
  CHECK(money_stage("funding.incoming") == money_stage("expenditure"));
  CHECK(money_stage("funding.grant").empty());
  CHECK(money_stage("commitments").empty());
  CHECK(money_stage("").empty());
}

TEST_CASE("money stages: a commitment is not added to its disbursement, unless asked for by name") {
  const Selection mixed = with_kinds({{"funding.commitment", "5"}, {"funding.disbursement", "5"}, {"funding.grant", "1"}});
  const auto refused = stages_apart(mixed, {}, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::unit_mismatch);
  CHECK(refused.error().what.find("funding.commitment and funding.disbursement") != std::string::npos);
  CHECK(stages_apart(mixed, {"funding.commitment", "funding.disbursement"}, {}));
  CHECK_FALSE(stages_apart(mixed, {"funding"}, {}));
  CHECK(stages_apart(with_kinds({{"funding.incoming", "5"}, {"funding.disbursement", "5"}}), {}, {}));
  CHECK(stages_apart(with_kinds({{"funding.commitment", ""}, {"funding.disbursement", "5"}}), {}, {}));
  CHECK(stages_apart(mixed, {}, Currency{{'E', 'U', 'R'}}));
}
