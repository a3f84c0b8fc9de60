#include "viz/sankey_svg.hpp"

#include <expat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/random_graphs.hpp"
#include "viz/networks.hpp"
#include "viz/sankey_labels.hpp"
#include "viz/sankey_laws.hpp"
#include "viz/sankey_loops.hpp"

using namespace entente;
using entente::testing::money_network;
using entente::testing::MoneyRow;
using entente::testing::random_money;
using entente::testing::SmallNetwork;

namespace {

struct ParsedPicture {
  std::string error, text;
  std::vector<std::string> links;
  std::size_t titles = 0;
  bool finite = true;
};

void on_picture_start(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& picture = *static_cast<ParsedPicture*>(user);
  picture.titles += std::string(name) == "title";
  for (; *attributes; attributes += 2) {
    const std::string key = attributes[0], value = attributes[1];
    if (key == "xlink:href") picture.links.push_back(value);
    if (key == "d" || key == "x" || key == "y" || key == "width" || key == "height") {
      picture.finite = picture.finite && value.find("nan") == std::string::npos && value.find("inf") == std::string::npos;
    }
  }
}

void on_picture_text(void* user, const XML_Char* text, int length) {
  static_cast<ParsedPicture*>(user)->text.append(text, static_cast<std::size_t>(length));
}

ParsedPicture parse_picture(const std::string& bytes) {
  ParsedPicture picture;
  XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetUserData(parser, &picture);
  XML_SetElementHandler(parser, on_picture_start, [](void*, const XML_Char*) {});
  XML_SetCharacterDataHandler(parser, on_picture_text);
  if (XML_Parse(parser, bytes.data(), static_cast<int>(bytes.size()), 1) == XML_STATUS_ERROR) {
    picture.error = XML_ErrorString(XML_GetErrorCode(parser));
  }
  XML_ParserFree(parser);
  return picture;
}

std::string picture_of(const Selection& selection, const SankeySpec& spec = {}) {
  const auto data = sankey_data(selection, spec);
  return data ? sankey_svg(*data, sankey_layout(*data, spec), spec) : std::string();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("sankey svg: names in four scripts, exact amounts, quotes and documents are in the picture") {
  const ParsedPicture picture = parse_picture(picture_of(entente::testing::partners()));
  CHECK(picture.error == "");
  CHECK(picture.finite);
  for (const char* part : {"경기바이오센터", "технопарк", "Наманган", "USD 1,500,000.00 done, in force or stated as fact in 1 tie", "1 tie of unknown amount", "funding.grant, completed, USD 1,500,000",
                           "“as it says”", "Report <1> & \"2\"", "agreed, planned or proposed", "amount not stated", "SHA-256 aaaaaaaaaaaa", "levels hop",
                           "1 of unknown amount"}) {
    INFO(part);
    CHECK(has(picture.text, part));
  }
  REQUIRE_FALSE(picture.links.empty());
  for (const std::string& link : picture.links) CHECK(link == "https://example.org/?a=1&b=2");
}

TEST_CASE("sankey svg: loops, self-flows, hairlines and other are said in words") {
  SmallNetwork network;
  network.node("a", "", "A").node("b", "", "B").node("c", "", "C");
  network.tie("a", "b", "funding", "completed", "900000", "USD")
      .tie("b", "c", "funding", "completed", "700000", "USD")
      .tie("c", "a", "funding", "completed", "200000", "USD")
      .tie("b", "b", "funding", "completed", "300000", "USD");
  for (int i = 0; i < 30; ++i) {
    network.node("s" + std::to_string(i), "", "S" + std::to_string(i));
    network.tie("a", "s" + std::to_string(i), "funding", "completed", "1", "USD");
  }
  SankeySpec spec;
  spec.top = 3;
  const ParsedPicture picture = parse_picture(picture_of(network.selection(), spec));
  CHECK(picture.error == "");
  for (const char* part : {"returns USD 200 k to A", "within 300 k", "receivers (30", "thin line: less than USD", "holds 30 bodies", "loop: back to an earlier level"}) {
    INFO(part);
    CHECK(has(picture.text, part));
  }
  CHECK_FALSE(has(picture.text, "amount not stated"));
}

TEST_CASE("sankey svg: the same bytes each time, whatever the order of the rows") {
  test::for_each_seed(60, [](std::uint64_t seed) {
    auto rows = random_money(seed);
    SankeySpec spec;
    spec.levels = std::vector<std::string>{"hop", "kind", "country", "date"}[seed % 4];
    spec.top = 3 + seed % 20;
    const std::string first = picture_of(money_network(rows), spec), again = picture_of(money_network(rows), spec);
    Random random(seed, 11);
    shuffle(rows, random);
    const std::string shuffled = picture_of(money_network(rows), spec);
    CHECK(first == again);
    CHECK(first == shuffled);
    if (first.empty()) return;
    const ParsedPicture picture = parse_picture(first);
    CHECK(picture.error == "");
    CHECK(picture.finite);
  });
}

TEST_CASE("sankey svg: hostile texts stay texts, and only http addresses can be clicked") {
  const std::string evil = "</title><script>alert(1)</script>]]>&amp; \"x' ";
  SmallNetwork network;
  network.node("a", "<b>", evil + std::string(300, 'x')).node("b", "", "مؤسسة التمويل").tie("a", "b", "funding." + evil, evil, "1", "USD");
  SankeySpec spec;
  spec.title = evil + "\x01\xFF";
  spec.font = "\"><x";
  const std::string bytes = picture_of(network.selection(), spec);
  const ParsedPicture picture = parse_picture(bytes);
  CHECK(picture.error == "");
  CHECK_FALSE(has(bytes, "<script"));
  CHECK(has(picture.text, std::string(300, 'x')));
  CHECK(has(picture.text, "مؤسسة التمويل"));
}

TEST_CASE("sankey svg: odd shapes are drawn: nothing stated, only self-flows, one body, zero") {
  const auto drawn = [](const Selection& selection) {
    const ParsedPicture picture = parse_picture(picture_of(selection));
    CHECK(picture.error == "");
    CHECK(picture.finite);
    return picture.text;
  };
  CHECK(has(drawn(SmallNetwork().node("a", "", "A").node("b", "", "B").tie("a", "b", "funding").selection()), "no widths"));
  CHECK(has(drawn(SmallNetwork().node("a", "", "A").tie("a", "a", "funding", "", "5", "USD").selection()), "within 5"));
  CHECK(has(drawn(SmallNetwork().node("a", "", "A").tie("a", "a", "funding").selection()), "1 of unknown amount"));
  CHECK(has(drawn(SmallNetwork().node("a", "", "A").node("b", "", "B").tie("a", "b", "funding", "", "0", "USD").selection()), "USD 0 in 1 tie"));
}

TEST_CASE("sankey svg: ten thousand bodies with a cycle through all are bundled and drawn") {
  std::vector<MoneyRow> rows;
  for (int i = 0; i < 10000; ++i) {
    MoneyRow row;
    row.key = "t" + std::to_string(i);
    row.source = "n" + std::to_string(i);
    row.target = "n" + std::to_string((i + 1) % 10000);
    row.amount = std::to_string(1 + i % 977);
    rows.push_back(row);
  }
  SankeySpec spec;
  spec.top = 200;
  const std::string bytes = picture_of(money_network(rows), spec);
  CHECK(parse_picture(bytes).error == "");
  CHECK(bytes.size() < 2000000);
}

TEST_CASE("sankey labels: a long name ends in dots after three lines, and a number has two decimals at most") {
  SankeyData data;
  SankeyNode node;
  node.name = "An institution with a name of many words that nobody would ever print in full beside a bar";
  node.unknown_in = 2;
  const SankeyLabel label = sankey_label(data, node, 20);
  REQUIRE(label.name.size() == 3);
  CHECK(label.name.back().ends_with("…"));
  CHECK(label.figures == std::vector<std::string>{"2 of unknown amount"});
  CHECK(sankey_number(12.3456) == "12.35");
  CHECK(sankey_number(-0.001) == "0");
  CHECK(sankey_number(7) == "7");
}

namespace {

struct WrittenText {
  std::string text;
  SankeyBox box;
};

/// Every text of a picture with the box it takes; ours are written one a line.
std::vector<WrittenText> written_texts(const std::string& svg) {
  std::vector<WrittenText> texts;
  for (std::size_t at = svg.find("<text "); at != std::string::npos; at = svg.find("<text ", at + 1)) {
    const std::size_t open = svg.find('>', at), close = svg.find("</text>", open);
    const std::string tag = svg.substr(at, open - at), text = svg.substr(open + 1, close - open - 1);
    const auto value = [&](const std::string& name) {
      const std::size_t found = tag.find(" " + name + "=\"");
      return found == std::string::npos ? std::string() : tag.substr(found + name.size() + 3, tag.find('"', found + name.size() + 3) - found - name.size() - 3);
    };
    const std::string anchor = value("text-anchor");
    texts.push_back({text, sankey_text_box(std::stod(value("x")), std::stod(value("y")), std::stod(value("font-size")), text,
                                           anchor.empty() ? "start" : anchor, !value("font-weight").empty())});
  }
  return texts;
}

}  // namespace

TEST_CASE("sankey picture: no amount is written over another text") {
  std::size_t amounts = 0;
  test::for_each_seed(120, [&](std::uint64_t seed) {
    auto rows = random_money(seed);
    for (MoneyRow& row : rows) {
      if (!row.amount.empty()) row.amount = std::to_string(100 + row.key.back() + 7 * row.target.back());
    }
    const auto data = sankey_data(money_network(rows));
    if (!data) return;
    const std::string svg = sankey_svg(*data, sankey_layout(*data));
    // Below the rule stands the legend, each entry in a group of its own.
    const std::size_t begin = svg.find("aria-label=\"Flows\""), end = svg.find("stroke=\"#C8CED4\"");
    const auto texts = written_texts(svg.substr(begin, end - begin));
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (!texts[i].text.starts_with("USD ")) continue;
      ++amounts;
      for (std::size_t k = 0; k < texts.size(); ++k) {
        INFO(texts[i].text << " over " << texts[k].text);
        CHECK((k == i || !texts[i].box.meets(texts[k].box)));
      }
    }
  });
  CHECK(amounts > 200);
}

TEST_CASE("sankey picture: names of many wide letters stay within the picture, and their titles are whole") {
  const std::string wide(300, 'W');
  SankeySpec spec;
  spec.title = std::string(300, 'M');
  for (const std::string& name : {wide, std::string("WWWWWWWWWWWW WWWWWWWWWWWW WWWWWWWWWWWW WWWWWWWWWWWW WWWWWWWWWWWW"), std::string(90, '@')}) {
    const auto data = sankey_data(SmallNetwork()
                                      .node("a", "", "a" + name)
                                      .node("b", "", "b" + name)
                                      .node("c", "", "c" + name)
                                      .tie("a", "b", "funding", "completed", "12", "USD")
                                      .tie("b", "c", "funding", "completed", "10", "USD")
                                      .selection(), spec);
    REQUIRE(data);
    const SankeyLayout layout = sankey_layout(*data, spec);
    const std::string svg = sankey_svg(*data, layout, spec);
    for (const WrittenText& text : written_texts(svg)) {
      INFO(text.text);
      CHECK(text.box.left >= 0);
      CHECK(text.box.right <= layout.width);
    }
    CHECK(svg.find("…</text>") != std::string::npos);
    CHECK(svg.find("<g>\n<title>a" + name + "</title>") != std::string::npos);
    CHECK(layout.width < 1400);
  }
}
