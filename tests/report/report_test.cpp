#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "io/bytes.hpp"
#include "report/contents.hpp"
#include "report/report.hpp"
#include "support/sample.hpp"
#include "support/test_folder.hpp"

using namespace entente;

namespace {

Selection sample() { return whole(sample_network()); }

/// What stands between `before` and the next quote, wherever `before` stands.
std::set<std::string> quoted_after(const std::string& text, const std::string& before) {
  std::set<std::string> found;
  for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at + 1)) {
    const std::size_t begin = at + before.size();
    found.insert(text.substr(begin, text.find('"', begin) - begin));
  }
  return found;
}

std::string without_pictures(std::string text) {
  for (std::size_t at = text.find("<svg"); at != std::string::npos; at = text.find("<svg")) {
    text.erase(at, text.find("</svg>", at) + 6 - at);
  }
  return text;
}

}  // namespace

TEST_CASE("report: every link inside the page leads somewhere, and every id is there once") {
  const auto contents = contents_of(sample(), {}, {});
  REQUIRE(contents);
  // The pictures hold thousands of ids of their own; they are checked in the tests of viz.
  const std::string text = without_pictures(page(*contents, {}));
  const auto ids = quoted_after(text, " id=\"");
  for (const std::string& target : quoted_after(text, "href=\"#")) {
    INFO(target);
    CHECK(ids.contains(target));
  }
  std::size_t count = 0;
  for (std::size_t at = text.find(" id=\""); at != std::string::npos; at = text.find(" id=\"", at + 1)) ++count;
  CHECK(count == ids.size());
}

TEST_CASE("report: the page loads nothing from anywhere") {
  const auto contents = contents_of(sample(), {}, {});
  REQUIRE(contents);
  const std::string text = page(*contents, {});
  CHECK(text.find("default-src 'none'") != std::string::npos);
  CHECK(text.find(" src=") == std::string::npos);
  CHECK(text.find("@import") == std::string::npos);
  CHECK(text.find("<link") == std::string::npos);
}

TEST_CASE("report: an amount nobody stated is said to be not stated, and no sum holds it") {
  const auto contents = contents_of(sample(), {}, {});
  REQUIRE(contents);
  const std::string text = page(*contents, {});
  CHECK(text.find("USD 15,500,000") != std::string::npos);
  CHECK(text.find("USD 1,100,000.50") != std::string::npos);
  CHECK(text.find("16,600,000") == std::string::npos);  // sought and completed, added up
  CHECK(text.find("not stated") != std::string::npos);
}

TEST_CASE("report: one thread and seven write the same bytes, and provenance names each file's checksum") {
  const TestFolder folder;
  for (const int threads : {1, 7}) {
    Job job;
    job.threads = threads;
    REQUIRE(write_report(sample(), folder.file(std::to_string(threads)), {}, job));
  }
  const auto provenance = nlohmann::json::parse(folder.read("1/provenance.json"));
  REQUIRE(provenance["files"].size() >= 8);
  for (const auto& [path, checksum] : provenance["files"].items()) {
    INFO(path);
    CHECK(folder.read("1/" + path) == folder.read("7/" + path));
    CHECK(sha256(folder.read("1/" + path)) == checksum);
  }
}

TEST_CASE("report: money of countries is told, though countries are neither measured nor drawn") {
  const auto contents = contents_of(sample(), {}, {});
  REQUIRE(contents);
  const Network& network = *contents->selection.network;
  const EdgeId subsidy = *network.find_edge("t9");
  CHECK(std::ranges::count(contents->money_ties, subsidy) == 1);
  CHECK(std::ranges::count(contents->measured.edges, subsidy) == 0);
  CHECK(std::ranges::count(contents->measured.nodes, *network.find_node("korea")) == 0);
}

TEST_CASE("report: a second report into the same folder leaves no file of the first behind, and nothing else is touched") {
  const TestFolder folder;
  REQUIRE(write_report(sample(), folder.file("r"), {}, {}));
  CHECK(std::filesystem::exists(folder.path() / "r/diagrams/money.svg"));
  folder.write("r/diagrams/mine.txt", "x");
  NetworkBuilder builder(NetworkInfo{});
  builder.add(NodeRow{{}, {"a"}, {"x"}});
  REQUIRE(write_report(whole(builder.build()), folder.file("r"), {}, {}));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "r/diagrams/money.svg"));
  CHECK(std::filesystem::exists(folder.path() / "r/diagrams/mine.txt"));
}

TEST_CASE("report: hostile names stay text") {
  NetworkBuilder builder(NetworkInfo{});
  builder.add(NodeRow{{}, {"a"}, {"x"}, {"<img src=x onerror=alert(1)>"}, {}, {}});
  builder.add(NodeRow{{}, {"b"}, {"x"}, {"=cmd|' /C calc'!A0"}, {}, {}});
  builder.add(EdgeRow{{}, {"t"}, {"a"}, {"b"}, {"</script><script>"}, {}, {}, {}, {}, {}, {}, {}, {}});
  const auto contents = contents_of(whole(builder.build()), {}, {});
  REQUIRE(contents);
  const std::string text = page(*contents, {});
  CHECK(text.find("<img") == std::string::npos);
  CHECK(text.find("</script><script>") == std::string::npos);
}

TEST_CASE("report: an empty network still makes a page") {
  NetworkBuilder builder(NetworkInfo{});
  const auto contents = contents_of(whole(builder.build()), {}, {});
  REQUIRE(contents);
  CHECK(page(*contents, {}).find("</html>") != std::string::npos);
}
