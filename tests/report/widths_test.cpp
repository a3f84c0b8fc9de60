// What a weight means for the lines of a picture, from the columns of the ties.

#include <catch2/catch.hpp>

#include <cmath>
#include <string>

#include "engine/network_builder.hpp"
#include "io/read.hpp"
#include "report/contents.hpp"
#include "report/picture.hpp"
#include "support/test_folder.hpp"

using namespace entente;

namespace {

Selection read_from(const std::string& csv) {
  const TestFolder folder;
  folder.write("n.csv", csv);
  const auto network = read_network(folder.file("n.csv"), {});
  REQUIRE(network);
  return whole(*network);
}

const char* const visits = "source,target,hours,amount,currency\na,b,2,10,USD\nb,c,,20,USD\nc,d,0,,\n";

}  // namespace

TEST_CASE("widths: words go to the drawing's spec, a column to its data, with what is unknown as such") {
  const Selection selection = read_from(visits);
  for (const std::string word : {"none", "count", "amount"}) {
    DiagramSpec spec;
    DiagramData data;
    REQUIRE(set_widths(selection, word, spec, data));
    CHECK(spec.width == word);
    CHECK_FALSE(data.width);
  }
  DiagramSpec spec;
  DiagramData data;
  REQUIRE(set_widths(selection, "", spec, data));
  CHECK(spec.width == "amount");
  REQUIRE(set_widths(selection, "hours", spec, data));
  REQUIRE(data.width);
  CHECK(data.width->name == "hours");
  CHECK(data.width->value[EdgeId{0}] == 2);
  CHECK(std::isnan(data.width->value[EdgeId{1}]));
  CHECK(data.width->value[EdgeId{2}] == 0);
}

TEST_CASE("widths: amount without any currency is the column of plain numbers, under its own name") {
  DiagramSpec spec;
  DiagramData data;
  REQUIRE(set_widths(read_from("source,target,amount\na,b,3\nb,c,\n"), "amount", spec, data));
  REQUIRE(data.width);
  CHECK(data.width->name == "amount");
  CHECK(data.width->value[EdgeId{0}] == 3);
  CHECK(std::isnan(data.width->value[EdgeId{1}]));
}

TEST_CASE("widths: what is no number or below 0 is refused with the tie that says it") {
  DiagramSpec spec;
  DiagramData data;
  const Selection selection = read_from("source,target,mood,debt\na,b,good,-1\n");
  CHECK(set_widths(selection, "mood", spec, data).error().what.find("\"good\"") != std::string::npos);
  CHECK(set_widths(selection, "debt", spec, data).error().what.find("negative") != std::string::npos);
  CHECK(set_widths(selection, "hours", spec, data).error().what.find("not a column of ties") != std::string::npos);
}

TEST_CASE("report: the pictures of the network obey the weight, that of money shows money") {
  ReportOptions options;
  const auto plain = contents_of(read_from(visits), options, {});
  options.weight = "hours";
  const auto weighed = contents_of(read_from(visits), options, {});
  REQUIRE(plain);
  REQUIRE(weighed);
  REQUIRE(weighed->pictures.size() == plain->pictures.size());
  for (const ReportPicture& picture : weighed->pictures) {
    INFO(picture.name << ": " << picture.caption);
    const bool money = picture.name == "money";
    CHECK((picture.caption.find("ine width: hours, plain numbers") != std::string::npos) == !money);
    CHECK((picture.caption.find("ine width: amount, USD") != std::string::npos) == money);
  }
  CHECK(plain->pictures[0].caption.find("ine width: amount, USD") != std::string::npos);
  CHECK(plain->scores[1] == weighed->scores[1]);  // measures take no part in it
  options.weight = "nothing";
  CHECK_FALSE(contents_of(read_from(visits), options, {}));
}
