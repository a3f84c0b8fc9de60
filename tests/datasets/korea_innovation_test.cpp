// Questions a reader of the five articles would ask, with the answers the articles give. The expected values
// were read off the articles, not off the data.

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "io/read.hpp"
#include "engine/resolver.hpp"
#include "query/who.hpp"

using namespace entente;

namespace {

const NetworkPtr& network() {
  static const NetworkPtr read = *read_network(ENTENTE_SOURCE_DIR "/datasets/korea-innovation");
  return read;
}

NodeId node(std::string_view name) {
  static const Resolver resolver(network());
  const auto found = resolver.find(name);
  INFO(name);
  REQUIRE(found);
  return *found;
}

std::string key(std::string_view name) { return std::string(network()->key(node(name))); }

/// kind, status, start, end, amount of every tie between two bodies, whichever way it runs.
using Facts = std::set<std::tuple<std::string, std::string, std::string, std::string, std::string>>;

Facts between(std::string_view a, std::string_view b) {
  Facts facts;
  for (const Partner& partner : partners_of(whole(network()), node(a)).partners) {
    if (partner.node != node(b)) continue;
    for (const EdgeId tie : partner.ties) {
      const Edtf *start = network()->start(tie), *end = network()->end(tie);
      const auto amount = network()->amount(tie);
      facts.emplace(network()->kind(tie), network()->status(tie), start ? start->text() : "", end ? end->text() : "",
                    amount ? to_string(*amount) : "");
    }
  }
  return facts;
}

std::set<std::string> partners(std::string_view name, std::string_view kind = "") {
  std::set<std::string> found;
  for (const Partner& partner : partners_of(whole(network()), node(name)).partners) {
    for (const EdgeId tie : partner.ties) {
      if (kind.empty() || network()->kind(tie) == kind) found.emplace(network()->key(partner.node));
    }
  }
  return found;
}

std::string attribute(std::string_view name, std::string_view column) {
  const Attribute* found = network()->node_attribute(column);
  REQUIRE(found);
  return std::string(found->text(node(name).index));
}

bool connected(std::string_view a, std::string_view b) { return connections(whole(network()), node(a), node(b))->connected; }

}  // namespace

TEST_CASE("korea-innovation: names in four scripts find their bodies") {
  CHECK(key("KIST") == key("韓国科学技術院"));
  CHECK(key("韓国科学技術研究院") == key("KIST"));
  CHECK(key("ハイフォン") == "haiphong");
  CHECK(key("Чонбук технопарки") == key("Jonbuk Technopark"));
  CHECK(key("Кёнбук технопарки") == "gyeongbuk-technopark");
  CHECK(key("Наманган") == "namangan-region");
  CHECK(key("경기바이오센터") == key("Gyeonggi Bio Center"));
  CHECK(key("OKMK") == key("Almalik Mining and Metallurgical Combine"));
}

TEST_CASE("korea-innovation: what was signed during the state visit, and by whom") {
  const Facts memorandum{{"agreement.mou", "signed", "2021-12-16/2021-12-17", "", ""}};
  CHECK(between("Ministry of Innovative Development", "Ministry of Land, Infrastructure and Transport") == memorandum);
  CHECK(partners("Korean Institute of Industrial Technologies", "agreement.mou") ==
        std::set<std::string>{"ministry-innovative-development", "tashkent-regional-government", "almalyk-mmc"});
}

TEST_CASE("korea-innovation: money stated, sought and planned keeps its status") {
  CHECK(between("Korean ODA programme", "Uzbekistan-Korea technological center of rare metals and hard alloys")
            .contains({"funding.grant", "sought", "", "", "USD 15500000"}));
  CHECK(between("Almalyk MMC", "uz-kr-rare-metals-center").contains({"funding.own", "completed", "", "", "USD 1100000"}));
  CHECK(between("Almalyk MMC", "uz-kr-rare-metals-center").contains({"funding.own", "planned", "", "2024", ""}));
  CHECK(between("Jonbuk Technopark", "cng-machinery-platform").contains({"technology_transfer", "planned", "", "", "USD 10000000"}));
  CHECK(between("Uzavtosanoat", "cng-machinery-platform").contains({"funding.in_kind", "planned", "", "", "USD 3000000"}));
}

TEST_CASE("korea-innovation: only the four amounts that the articles state are there") {
  std::multiset<std::string> amounts;
  for (const EdgeId tie : network()->edges()) {
    if (const auto amount = network()->amount(tie)) amounts.insert(to_string(*amount));
  }
  CHECK(amounts == std::multiset<std::string>{"USD 10000000", "USD 1100000", "USD 15500000", "USD 3000000"});
}

TEST_CASE("korea-innovation: what is only agreed or proposed is not signed") {
  CHECK(partners("Gyeonggi Bio Center", "agreement.exchange") ==
        std::set<std::string>{"pharma-agency-institutes", "uz-pharma-universities", "toshkent-farma-park"});
  for (const EdgeId tie : network()->edges()) {
    if (network()->kind(tie) == "agreement.exchange") CHECK(network()->status(tie) == "agreed");
  }
  for (const auto& [kind, status, start, end, amount] : between("KIST", "Haiphong University")) CHECK(status == "proposed");
  CHECK(between("KIST", "Haiphong People's Committee") == Facts{{"agreement.cooperation", "signed", "", "", ""}});
}

TEST_CASE("korea-innovation: research, training and transfer partners") {
  CHECK(partners("Yonnam University", "joint_research") == std::set<std::string>{"center-genomics-bioinformatics"});
  CHECK(partners("Hankuk University of Foreign Studies") == std::set<std::string>{"tuit"});
  CHECK(between("KITECH", "almalyk-mmc").contains({"training.internship", "completed", "2020", "2021", ""}));
  CHECK(partners("KIST", "technology_transfer") == std::set<std::string>{"vkist"});
  CHECK(partners("Seoul Bio Hub", "operates") == std::set<std::string>{"seoul"});
}

TEST_CASE("korea-innovation: one body of two articles joins them") {
  CHECK(partners("Jonbuk Technopark") == std::set<std::string>{"chortoq-agro-technopark", "cng-machinery-platform", "cng-rd-center"});
  CHECK(connected("Uzavtosanoat", "Chortoq agro technopark"));
}

TEST_CASE("korea-innovation: two institutes that share only their country are not connected") {
  CHECK_FALSE(connected("KIST", "Jonbuk Technopark"));
  CHECK_FALSE(connected("KIST", "Gyeonggi Bio Center"));
  CHECK_FALSE(connected("Haiphong", "Namangan"));
}

TEST_CASE("korea-innovation: areas, years and head counts are those of the articles") {
  CHECK(attribute("Pangyo Techno Valley", "area_m2") == "662000");
  CHECK(attribute("Pangyo Techno Valley", "founded") == "2005");
  CHECK(attribute("Pangyo Techno Valley", "companies") == "1622");
  CHECK(attribute("Gyeonggi Bio Center", "area_m2") == "32000");
  CHECK(attribute("Gyeonggi Bio Center", "workers") == "50000");
  CHECK(attribute("bektemir-smart-city", "area_m2") == "4000000");
  CHECK(attribute("yashnabad-refrigerator-plant", "capacity") == "1000000");
  CHECK(attribute("yashnabad-gas-meter-plant", "capacity").empty());
}

TEST_CASE("korea-innovation: dates that no article states are not there") {
  for (const std::string_view body : {"Korea Technopark Association", "Gyeonggi Bio Center", "Haiphong People's Committee"}) {
    for (const Partner& partner : partners_of(whole(network()), node(body)).partners) {
      for (const EdgeId tie : partner.ties) {
        INFO(network()->key(tie));
        CHECK((network()->start(tie) == nullptr || network()->start(tie)->text() == "2007"));
      }
    }
  }
}

TEST_CASE("korea-innovation: every tie has a quote") {
  for (const EdgeId tie : network()->edges()) {
    INFO(network()->key(tie));
    CHECK_FALSE(network()->evidence(tie).empty());
  }
}
