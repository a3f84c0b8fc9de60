#include "report/funds_page.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/text.hpp"
#include "io/table_writer.hpp"
#include "query/sentences.hpp"
#include "report/html.hpp"

namespace entente {

namespace {

constexpr std::size_t most_bodies = 25;

/// The columns of the indicators that a page has room for; the CSV holds all.
constexpr std::array<std::string_view, 11> shown_indicators{"received", "own",  "given",        "kept",       "passed_on", "net",
                                                            "pass_through", "donors", "dependency", "unknown_in", "unknown_out"};

std::string short_number(double value) {
  std::array<char, 32> digits;
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::general, 4).ptr};
}

/// The word in letters that every file system takes; different families give different words.
std::string file_word(const std::string& family) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyz0123456789_-";
  if (family.empty()) return "kind-not-stated";
  std::string word = family;  // "funding (commitment)" is ours
  if (const std::size_t stage = word.find(" ("); stage != std::string::npos && word.ends_with(')')) {
    word.replace(stage, 2, "-");
    word.pop_back();
  }
  return word.find_first_not_of(plain) == std::string::npos ? word : anchor("kind", family);
}

std::string status_text(const std::string& status) { return status.empty() ? "no stated status" : "status " + status; }

class FundsPage {
 public:
  FundsPage(const Network& network, const FundsLinks& links) : network_(network), links_(links) {}

  std::string part(const FundsPart& part) {
    out_.clear();
    const std::string code(part.currency.text());
    out_ += "<h3>" + html(code) + "</h3>\n";
    stages(part);
    for (const auto& [status, stage, svg] : part.sankeys) {
      const std::string name = drawing_name(part, status, stage);
      out_ += "<figure>" + inline_svg(svg, name + "-") + "<figcaption>Stated money in " + html(code) + ", " +
              (stage.empty() ? std::string() : "at the stage of " + html(stage) + ", ") + html(to_string(status)) +
              ": width by amount. Hatched ends have no stated amount and no width. Also as <a href=\"diagrams/" + html(name) +
              ".svg\">SVG</a>.</figcaption></figure>\n";
    }
    passages(part);
    for (const auto& accounts : part.indicators) indicators(part, accounts);
    return out_;
  }

 private:
  /// Counts, not sums: what is intended may never be paid, and kinds of money differ.
  void stages(const FundsPart& part) {
    if (part.by_class.empty()) return;
    std::size_t all = 0;
    for (const auto& [status, ties] : part.by_class) all += ties;
    out_ += "<p>" + counted(all, "tie states", "ties state") + " an amount in " + html(part.currency.text()) + ": ";
    for (std::size_t i = 0; i < part.by_class.size(); ++i) {
      const auto& [status, ties] = part.by_class[i];
      out_ += (i ? "; " : "") + grouped(ties) + (ties == 1 ? " is " : " are ") + html(to_string(status));
    }
    const bool done = part.by_class.front().first == StatusClass::in_force;
    out_ += std::string(". ") + (done ? "" : "Nothing of it is said to be done. ") + "Their sums by kind and status stand in the table above.</p>\n";
  }

  void passages(const FundsPart& part) {
    if (part.passages.empty()) return;
    out_ += "<div class=\"wide\"><table><caption>What can pass, over which routes, and what limits it</caption><thead><tr><th>from</th><th>to</th>"
            "<th>ties of</th><th class=\"number\">can pass</th><th>routes, the widest first</th><th>bottleneck</th><th>of what the givers gave, ended there</th></tr></thead><tbody>\n";
    for (const FundsPassage& passage : part.passages) {
      out_ += "<tr><td>" + html(passage.from) + "</td><td>" + html(passage.to) + "</td><td>" + html(passage.family) + ", " + html(status_text(passage.status)) +
              "</td><td class=\"number\">" + html(money_words(passage.value)) + "</td><td>";
      for (const auto& [nodes, amount] : passage.routes) {
        out_ += "<div>";
        for (std::size_t i = 0; i < nodes.size(); ++i) out_ += (i ? " → " : "") + links_.node(nodes[i]);
        out_ += ": " + html(money_words(amount)) + "</div>";
      }
      if (!passage.all_routes) out_ += "<div class=\"soft\">and further routes</div>";
      out_ += "</td><td>";
      for (std::size_t i = 0; i < passage.bottleneck.size() && i < 8; ++i) out_ += (i ? ", " : "") + links_.tie(passage.bottleneck[i]);
      if (passage.bottleneck.size() > 8) out_ += " and " + grouped(passage.bottleneck.size() - 8) + " more";
      out_ += "</td><td>" + range(passage) + "</td></tr>\n";
    }
    out_ += "</tbody></table></div>\n<p class=\"soft small\">Each line holds ties of one status and one family of kinds. The bottleneck is a minimum cut: no more can pass "
            "than its ties carry. The last column follows the givers' money in proportion to what each body passed on, between the least and the most "
            "that the stated amounts allow.</p>\n";
  }

  static std::string range(const FundsPassage& passage) {
    if (!passage.at_targets || !passage.put_in) return "<span class=\"soft\">not traced</span>";
    std::string text = html(money_words(*passage.at_targets)) + " of " + html(money_words(*passage.put_in));
    if (passage.at_least && passage.at_most) {
      text += passage.at_least->units == passage.at_most->units
                  ? std::string(", exactly")
                  : ", between " + html(money_words(*passage.at_least)) + " and " + html(money_words(*passage.at_most));
    }
    return text;
  }

  void indicators(const FundsPart& part, const FundsPart::Accounts& accounts) {
    const Table& table = accounts.table;
    std::vector<std::size_t> columns;
    for (const std::string_view name : shown_indicators) {
      const auto at = std::ranges::find(table.columns, name, &TableColumn::name);
      if (at != table.columns.end()) columns.push_back(static_cast<std::size_t>(at - table.columns.begin()));
    }
    out_ += "<div class=\"wide\"><table class=\"sortable\"><caption>Body by body: " + html(accounts.family) + ", " +
            html(to_string(accounts.status)) + ", " + html(part.currency.text()) + "</caption><thead><tr><th>body</th>";
    for (const std::size_t column : columns) {
      std::string name = table.columns[column].name;
      std::ranges::replace(name, '_', ' ');
      out_ += "<th data-first=\"descending\" title=\"" + html(table.columns[column].description) + "\">" + html(name) + "</th>";
    }
    out_ += "</tr></thead><tbody>\n";
    for (std::size_t i = 0; i < table.rows.size() && i < most_bodies; ++i) {
      out_ += "<tr><td>" + body(table.rows[i].front()) + "</td>";
      for (const std::size_t column : columns) out_ += number(table.rows[i][column], table.network);
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>\n";
    if (table.rows.size() > most_bodies) {
      out_ += "<p class=\"soft small\">" + grouped(most_bodies) + " of " + grouped(table.rows.size()) + " bodies; the CSV holds all.</p>\n";
    }
  }

  std::string body(const TableCell& cell) const {
    const auto* node = std::get_if<NodeId>(&cell);
    return node ? links_.node(*node) : html(cell_text(cell, nullptr));
  }

  static std::string number(const TableCell& cell, const NetworkPtr& network) {
    if (std::holds_alternative<std::monostate>(cell)) return "<td></td>";
    const std::string exact = cell_text(cell, network);
    std::string words = exact;
    if (const auto* money = std::get_if<Money>(&cell)) words = money_words(*money).substr(4);  // the caption names the currency
    if (const auto* real = std::get_if<double>(&cell)) words = short_number(*real);
    return "<td class=\"number\" data-value=\"" + html(exact) + "\">" + html(words) + "</td>";
  }

  const Network& network_;
  const FundsLinks& links_;
  std::string out_;
};

}  // namespace

std::string drawing_name(const FundsPart& part, StatusClass status, const std::string& stage) {
  return "funds-" + std::string(part.currency.text()) + "-" + class_word(status) + (stage.empty() ? "" : "-" + stage);
}

std::string funds_html(const std::vector<FundsPart>& parts, const Network& network, const FundsLinks& links) {
  std::string out;
  for (const FundsPart& part : parts) out += FundsPage(network, links).part(part);
  return out;
}

std::vector<Table> funds_tables(const std::vector<FundsPart>& parts, const NetworkPtr& network) {
  std::vector<Table> tables;
  Table passages{"passages", "What can pass between groups, by status", network, {}, {}, {}, true, {}};
  passages.columns = {{"from", "", ""}, {"to", "", ""}, {"status", "", ""}, {"family", "", "first word of the kinds"}, {"currency", "", ""}, {"can_pass", "", "the most, a maximum flow"},
                      {"bottleneck", "", "ties of a minimum cut"}, {"put_in", "", "what the givers give to others"},
                      {"ended_there", "", "of it, in proportion"}, {"at_least", "", ""}, {"at_most", "", ""}};
  const auto cell = [](const std::optional<Money>& money) { return money ? TableCell(*money) : TableCell(); };
  for (const FundsPart& part : parts) {
    const std::string code(part.currency.text());
    for (const auto& accounts : part.indicators) {
      tables.push_back(accounts.table);
      tables.back().name = "funds-" + code + "-" + class_word(accounts.status) + "-" + file_word(accounts.family);
    }
    for (const FundsPassage& passage : part.passages) {
      std::string ties;
      for (const EdgeId tie : passage.bottleneck) ties += (ties.empty() ? "" : " ") + std::string(network->key(tie));
      passages.rows.push_back({passage.from, passage.to, passage.status.empty() ? TableCell() : TableCell(passage.status), passage.family, code, passage.value, ties,
                               cell(passage.put_in), cell(passage.at_targets), cell(passage.at_least), cell(passage.at_most)});
    }
  }
  tables.push_back(std::move(passages));
  return tables;
}

}  // namespace entente
