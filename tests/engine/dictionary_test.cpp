#include "engine/dictionary.hpp"

#include <string>
#include <utility>

#include <catch2/catch.hpp>

using namespace entente;

TEST_CASE("dictionary: each text has one code, in order of first appearance") {
  Dictionary dictionary;
  CHECK(dictionary.find("signed") == 0);  // size() where absent
  CHECK(dictionary.add("signed") == 0);
  CHECK(dictionary.add("planned") == 1);
  CHECK(dictionary.add("signed") == 0);
  CHECK(dictionary.add("") == 2);
  CHECK(dictionary.size() == 3);
  CHECK(dictionary.text(1) == "planned");
  CHECK(dictionary.contains(""));
  CHECK_FALSE(dictionary.contains("plan"));
  CHECK(dictionary.find("plan") == 3);
}

TEST_CASE("dictionary: copies and moved ones keep their codes and do not share") {
  Dictionary original;
  for (int i = 0; i < 1000; ++i) original.add("text " + std::to_string(i));
  Dictionary copy = original;
  copy.add("only in the copy");
  CHECK(original.size() == 1000);
  CHECK(copy.find("text 999") == 999);
  const Dictionary& same = copy;
  copy = same;  // to itself
  CHECK(copy.find("only in the copy") == 1000);
  Dictionary moved = std::move(original);
  CHECK(moved.find("text 500") == 500);
  CHECK(moved.text(500) == "text 500");
}
