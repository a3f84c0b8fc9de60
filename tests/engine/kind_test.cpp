#include "engine/kind.hpp"

#include <catch2/catch.hpp>

using namespace entente;

TEST_CASE("kind: a kind is of its ancestors, word by word") {
  CHECK(is_kind("funding", "funding"));
  CHECK(is_kind("funding.grant", "funding"));
  CHECK(is_kind("funding.grant.seed", "funding.grant"));
  CHECK_FALSE(is_kind("funding", "funding.grant"));
  CHECK_FALSE(is_kind("fundings", "funding"));
  CHECK_FALSE(is_kind("funding-agency", "funding"));
  CHECK_FALSE(is_kind("", "funding"));
  CHECK_FALSE(is_kind("funding", ""));
  CHECK(is_kind("", ""));
}

TEST_CASE("kind: the first word is the top") {
  CHECK(top_kind("funding.grant.seed") == "funding");
  CHECK(top_kind("funding") == "funding");
  CHECK(top_kind("").empty());
}

TEST_CASE("kind: only money has a direction by nature") {
  CHECK(is_directed_by_nature("funding.grant"));
  CHECK_FALSE(is_directed_by_nature("agreement.mou"));
  CHECK_FALSE(is_directed_by_nature("fundings"));
  CHECK_FALSE(is_directed_by_nature(""));
}
