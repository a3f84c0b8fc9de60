// The page: chapters in the order in which a reader asks. Every number leads to its evidence.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "engine/kind.hpp"
#include "engine/text.hpp"
#include "engine/version.hpp"
#include "query/sentences.hpp"
#include "report/contents.hpp"
#include "report/funds_page.hpp"
#include "report/html.hpp"

namespace entente {

namespace {

constexpr std::size_t most_listed = 2000;  // ties and nodes told one by one; the CSV tables hold all

/// Writes the page of one report.
class PageWriter {
 public:
  PageWriter(const ReportContents& contents, const ReportOptions& options)
      : contents_(contents), network_(*contents.selection.network), languages_(options.languages) {}

  std::string written() && {
    head();
    at_a_glance();
    who_matters();
    who_belongs_together();
    where_the_money_goes();
    what_holds_it_together();
    what_the_sources_do_not_say();
    ties();
    bodies();
    sources();
    method();
    out_ += "<script>" + std::string(page_script()) + "</script>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  std::string label(NodeId node) const { return html(network_.label(node, languages_)); }

  std::string link(NodeId node) const {
    return "<a href=\"#" + anchor("node", network_.key(node)) + "\">" + label(node) + "</a>";
  }
  std::string link(EdgeId tie, const std::string& text) const {
    return "<a href=\"#" + anchor("tie", network_.key(tie)) + "\">" + html(text) + "</a>";
  }

  std::string title() const { return network_.info().title.empty() ? network_.info().name : network_.info().title; }

  void head() {
    out_ +=
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'; img-src data:\">\n"
        "<title>" + html(title()) + "</title>\n<style>" + std::string(page_style()) + "</style>\n</head>\n<body>\n";
    out_ += "<header>\n<p class=\"soft small\">Report of Entente " + std::string(version) + "</p>\n<h1>" + html(title()) + "</h1>\n";
    if (!network_.info().description.empty()) out_ += "<p class=\"lead\">" + html(network_.info().description) + "</p>\n";
    out_ += "</header>\n<nav aria-label=\"Chapters\">";
    for (const auto& [id, name] : {std::pair{"glance", "At a glance"}, {"matters", "Who matters"}, {"together", "Who belongs together"},
                                   {"money", "Where the money goes"}, {"holds", "What holds it together"},
                                   {"gaps", "What the sources do not say"}, {"ties", "The ties and their evidence"},
                                   {"bodies", "The bodies"}, {"sources", "Sources"}, {"method", "Method and provenance"}}) {
      out_ += std::string("<a href=\"#") + id + "\">" + name + "</a>";
    }
    out_ += "</nav>\n";
  }

  void chapter(const char* id, const char* name) {
    out_ += std::string("<h2 id=\"") + id + "\">" + name + "</h2>\n";
  }

  void figure_box(const std::string& value, const std::string& what, const std::string& target) {
    out_ += "<li><a href=\"#" + target + "\"><b>" + html(value) + "</b>" + html(what) + "</a></li>";
  }

  void counts(const std::string& caption, const std::string& what, const std::vector<std::pair<std::string, std::size_t>>& list) {
    out_ += "<div class=\"wide\"><table class=\"sortable\"><caption>" + html(caption) + "</caption><thead><tr><th>" + html(what) +
            "</th><th class=\"number\" data-first=\"descending\">count</th></tr></thead><tbody>";
    for (const auto& [value, count] : list) {
      out_ += "<tr><td>" + (value.empty() ? std::string("<span class=\"soft\">not stated</span>") : html(value)) +
              "</td><td class=\"number\">" + std::to_string(count) + "</td></tr>";
    }
    out_ += "</tbody></table></div>\n";
  }

  void at_a_glance() {
    chapter("glance", "At a glance");
    const auto& selection = contents_.selection;
    out_ += "<ul class=\"figures\">";
    figure_box(grouped(selection.nodes.size()), "bodies", "bodies");
    figure_box(grouped(selection.edges.size()), "ties", "ties");
    figure_box(grouped(contents_.overview.agreements), contents_.overview.agreements == 1 ? "agreement of several parties" : "agreements of several parties", "ties");
    figure_box(grouped(contents_.clusters), contents_.clusters == 1 ? "cluster" : "clusters", "together");
    figure_box(grouped(network_.sources().size()), network_.sources().size() == 1 ? "source" : "sources", "sources");
    out_ += "</ul>\n";
    for (const std::string& note : contents_.measured.notes) out_ += "<p class=\"soft small\">" + html(note) + ".</p>\n";
    pictures({"network"});
    out_ += "<div class=\"columns\">\n";
    counts("Bodies by kind", "kind", contents_.overview.nodes_by_kind);
    counts("Ties by kind", "kind", contents_.overview.ties_by_kind);
    counts("Ties by status", "status", contents_.overview.ties_by_status);
    counts("Bodies by country", "country", contents_.overview.nodes_by_country);
    std::vector<std::pair<std::string, std::size_t>> years;
    for (const auto& [year, count] : contents_.overview.ties_by_year) years.emplace_back(year ? std::to_string(*year) : "", count);
    counts("Ties by year", "year", years);
    out_ += "</div>\n";
  }

  void pictures(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      const auto found = std::ranges::find(contents_.pictures, name, &ReportPicture::name);
      if (found == contents_.pictures.end()) continue;
      out_ += "<figure>" + inline_svg(found->svg, name + "-") + "<figcaption>" + html(found->caption) +
              " Also as <a href=\"diagrams/" + name + ".svg\">SVG</a> and <a href=\"diagrams/" + name + ".pdf\">PDF</a>.</figcaption></figure>\n";
    }
  }

  void who_matters() {
    chapter("matters", "Who matters");
    out_ += "<p>Bodies by falling " + html(contents_.ranked_by) + ": how many shortest connections between others run over them, "
            "directions ignored. Every number leads to the ties it is made of. The table <a href=\"tables/centrality.csv\">centrality.csv</a> holds all "
            "bodies with all digits.</p>\n<div class=\"wide\"><table class=\"sortable\"><thead><tr><th>body</th><th>kind</th><th>country</th>";
    for (const std::string& measure : contents_.measures) out_ += "<th data-first=\"descending\">" + html(measure) + "</th>";
    out_ += "</tr></thead><tbody>\n";
    const std::size_t shown = std::min<std::size_t>(contents_.ranking.size(), 30);
    for (std::size_t i = 0; i < shown; ++i) {
      const NodeId node = contents_.ranking[i];
      out_ += "<tr><td>" + link(node) + "</td><td>" + html(network_.kind(node)) + "</td><td>" + html(network_.country(node)) + "</td>";
      for (const auto& score : contents_.scores) {
        out_ += "<td class=\"number\" data-value=\"" + exact(score[node]) + "\"><a href=\"#" + anchor("node", network_.key(node)) + "\">" +
                plain_number(score[node]) + "</a></td>";
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>\n";
    if (shown < contents_.ranking.size()) {
      out_ += "<p class=\"soft small\">The first " + std::to_string(shown) + " of " + grouped(contents_.ranking.size()) + " bodies.</p>\n";
    }
  }

  static std::string exact(double value) {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return {digits.data(), end};
  }

  void who_belongs_together() {
    chapter("together", "Who belongs together");
    out_ += "<p>" + grouped(contents_.clusters) + " clusters by the Leiden method";
    if (contents_.modularity) out_ += ", modularity " + plain_number(*contents_.modularity);
    out_ += ". Stability says in how far other runs of the method put a body with the same others: 1 is always, near 0 is never; "
            "it is the mean over " + std::to_string(contents_.runs) + " runs. Table: <a href=\"tables/clusters.csv\">clusters.csv</a>.</p>\n";
    pictures({"clusters"});
    std::map<std::int64_t, std::vector<NodeId>> members;
    std::size_t alone = 0;
    for (const NodeId node : contents_.measured.nodes) members[contents_.cluster[node]].push_back(node);
    out_ += "<div class=\"wide\"><table><thead><tr><th>cluster</th><th>bodies</th><th>members (stability)</th></tr></thead><tbody>\n";
    for (const auto& [cluster, nodes] : members) {
      if (nodes.size() < 2) {
        ++alone;
        continue;
      }
      out_ += "<tr><td class=\"number\">" + std::to_string(cluster) + "</td><td class=\"number\">" + std::to_string(nodes.size()) + "</td><td>";
      for (std::size_t i = 0; i < nodes.size() && i < 60; ++i) {
        out_ += (i ? ", " : "") + link(nodes[i]);
        if (!std::isnan(contents_.stability[nodes[i]])) out_ += " <span class=\"soft\">(" + plain_number(contents_.stability[nodes[i]]) + ")</span>";
      }
      if (nodes.size() > 60) out_ += " and " + grouped(nodes.size() - 60) + " more";
      out_ += "</td></tr>\n";
    }
    out_ += "</tbody></table></div>\n";
    if (alone > 0) out_ += "<p class=\"soft small\">" + counted(alone, "body stands", "bodies stand") + " alone.</p>\n";
  }

  void where_the_money_goes() {
    chapter("money", "Where the money goes");
    std::size_t stated = 0;
    for (const EdgeId tie : contents_.money_ties) stated += network_.amount(tie).has_value();
    if (contents_.money_ties.empty()) {
      out_ += "<p>No tie of this selection is about money.</p>\n";
      return;
    }
    out_ += "<p>" + counted(contents_.money_ties.size(), "tie is about money; ", "ties are about money; ") + grouped(stated) +
            " of them " + (stated == 1 ? "states" : "state") + " how much. What is not stated is unknown, not zero, and is in no sum. Kinds, statuses "
            "and currencies are never added up: what is planned or sought was not paid.</p>\n";
    pictures({"money"});
    out_ += "<div class=\"wide\"><table class=\"sortable\"><caption>By kind and status</caption><thead><tr><th>kind</th><th>status</th><th>currency</th>"
            "<th data-first=\"descending\">sum of what is stated</th><th>ties that state it</th><th>ties that do not</th></tr></thead><tbody>";
    for (const MoneyRow& row : contents_.overview.money) {
      out_ += "<tr><td>" + html(row.kind) + "</td><td>" + html(row.status) + "</td>";
      if (row.total.sum) {
        out_ += "<td>" + html(row.total.sum->currency.text()) + "</td><td class=\"number\" data-value=\"" + decimal_text(*row.total.sum) +
                "\"><a href=\"#money-ties\">" + html(money_words(*row.total.sum)) + "</a></td>";
      } else {
        out_ += "<td></td><td class=\"number\" data-value=\"\"><span class=\"soft\">not stated</span></td>";
      }
      out_ += "<td class=\"number\">" + std::to_string(row.total.known) + "</td><td class=\"number\">" + std::to_string(row.total.unknown) + "</td></tr>";
    }
    out_ += "</tbody></table></div>\n";
    out_ += funds_html(contents_.funds, network_, {[this](NodeId node) { return link(node); },
                                                   [this](EdgeId tie) { return link(tie, std::string(network_.key(tie))); }});
    out_ += "<div class=\"wide\" id=\"money-ties\"><table class=\"sortable\"><caption>Tie by tie</caption><thead><tr><th>from</th><th>to</th><th>kind</th>"
            "<th>status</th><th data-first=\"descending\">amount</th><th>evidence</th></tr></thead><tbody>\n";
    for (const EdgeId tie : contents_.money_ties) {
      const auto amount = network_.amount(tie);
      out_ += "<tr><td>" + link(network_.source(tie)) + "</td><td>" + link(network_.target(tie)) + "</td><td>" + html(kind_words(network_.kind(tie))) +
              "</td><td>" + html(network_.status(tie)) + "</td><td class=\"number\" data-value=\"" + (amount ? decimal_text(*amount) : "") + "\">" +
              (amount ? link(tie, money_words(*amount)) : std::string("<span class=\"soft\">not stated</span>")) + "</td><td>" +
              link(tie, counted(network_.evidence(tie).size(), "quote", "quotes")) + "</td></tr>\n";
    }
    out_ += "</tbody></table></div>\n";
  }

  void what_holds_it_together() {
    chapter("holds", "What holds it together");
    out_ += "<div class=\"wide\"><table><caption>Figures of the whole</caption><thead><tr><th>figure</th><th>value</th></tr></thead><tbody>";
    for (const auto& [name, value] : contents_.figures) {
      std::string words = name;
      std::ranges::replace(words, '_', ' ');
      out_ += "<tr><td>" + html(words) + "</td><td class=\"number\">" + std::visit([](const auto& v) -> std::string {
        using Value = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<Value, bool>) return v ? "yes" : "no";
        else if constexpr (std::is_same_v<Value, double>) return plain_number(v);
        else if constexpr (std::is_same_v<Value, std::string>) return html(v);
        else return std::to_string(v);
      }, value) + "</td></tr>";
    }
    out_ += "</tbody></table></div>\n";
    std::string cut_nodes;
    std::size_t count = 0;
    for (const NodeId node : contents_.measured.nodes) {
      if (!contents_.articulation[node]) continue;
      if (count++ < 60) cut_nodes += (cut_nodes.empty() ? "" : ", ") + link(node);
    }
    out_ += "<p>Articulation points, whose loss would part others (" + grouped(count) + "): " + (cut_nodes.empty() ? "none" : cut_nodes) +
            (count > 60 ? " and more in <a href=\"tables/cohesion.csv\">cohesion.csv</a>" : "") + ".</p>\n";
    out_ += "<p>Bridges, single ties whose loss would part the network: " + grouped(contents_.bridges.size()) +
            ", listed in <a href=\"tables/bridges.csv\">bridges.csv</a>.</p>\n";
  }

  void what_the_sources_do_not_say() {
    chapter("gaps", "What the sources do not say");
    out_ += "<ul>";
    for (const auto& [name, value] : contents_.overview.quality) out_ += "<li>" + html(name) + ": " + grouped(value) + "</li>";
    out_ += "</ul>\n";
    if (contents_.editor_notes.empty()) return;
    out_ += "<p>" + counted(contents_.editor_notes.size(), "remark", "remarks") + " of those who read the sources: passages that are garbled, "
            "ambiguous or easily over-read, and how they were taken.</p>\n<div class=\"wide\"><table class=\"sortable\"><thead><tr><th>about</th>"
            "<th>passage</th><th>remark</th></tr></thead><tbody>\n";
    for (const EditorNote& note : contents_.editor_notes) {
      std::string about = html(note.about);
      if (const auto node = network_.find_node(note.about)) about = is_told(*node) ? link(*node) : label(*node);
      else if (const auto tie = network_.find_edge(note.about); tie && is_told(*tie)) about = link(*tie, note.about);
      out_ += "<tr><td>" + about + "</td><td>" + (note.quote.empty() ? "" : "“" + html(note.quote) + "”") +
              (note.source.empty() ? "" : " <a class=\"small\" href=\"#" + anchor("source", note.source) + "\">" + html(note.source) + "</a>") +
              "</td><td>" + html(note.text) + "</td></tr>\n";
    }
    out_ += "</tbody></table></div>\n";
  }

  bool is_told(EdgeId tie) const { return std::ranges::binary_search(contents_.selection.edges, tie); }
  bool is_told(NodeId node) const { return std::ranges::binary_search(contents_.selection.nodes, node); }

  void quotes(std::span<const Evidence> evidence) {
    for (const Evidence& piece : evidence) {
      const Source& source = network_.source_document(piece.source);
      out_ += "<blockquote";
      if (!source.lang.empty()) out_ += " lang=\"" + html(source.lang) + "\"";
      out_ += ">“" + html(piece.quote) + "”<cite lang=\"en\">";
      if (!piece.field.empty()) out_ += html(piece.field) + ": ";
      out_ += "<a href=\"#" + anchor("source", source.key) + "\">" + html(source_words(source)) + "</a>";
      if (!piece.locator.empty()) out_ += ", " + html(piece.locator);
      out_ += "</cite></blockquote>\n";
    }
  }

  void ties() {
    chapter("ties", "The ties and their evidence");
    const auto& all = contents_.selection.edges;
    out_ += "<p>Each tie as one sentence, with the words that say so. Table: <a href=\"tables/ties.csv\">ties.csv</a>.</p>\n";
    const std::size_t shown = std::min(all.size(), most_listed);
    std::map<std::string, std::vector<EdgeId>> by_kind;
    for (std::size_t i = 0; i < shown; ++i) by_kind[std::string(top_kind(network_.kind(all[i])))].push_back(all[i]);
    for (const auto& [kind, list] : by_kind) {
      std::string words = kind.empty() ? "without a kind" : kind;
      std::ranges::replace(words, '_', ' ');
      out_ += "<h3>" + html(words) + " (" + std::to_string(list.size()) + ")</h3>\n";
      for (const EdgeId tie : list) {
        out_ += "<div class=\"tie\" id=\"" + anchor("tie", network_.key(tie)) + "\"><p>" + html(tie_sentence(network_, tie, languages_)) + " ";
        if (!network_.status(tie).empty()) out_ += "<span class=\"status\">" + html(network_.status(tie)) + "</span> ";
        out_ += "<span class=\"soft small\">" + html(network_.kind(tie));
        if (!network_.agreement(tie).empty()) out_ += "; agreement " + html(network_.agreement(tie));
        out_ += "; " + link(network_.source(tie)) + ", " + link(network_.target(tie)) + "</span></p>\n";
        quotes(network_.evidence(tie));
        if (network_.evidence(tie).empty()) out_ += "<p class=\"soft small\">No source is given for this tie.</p>\n";
        out_ += "</div>\n";
      }
    }
    if (shown < all.size()) {
      out_ += "<p class=\"soft small\">The first " + grouped(shown) + " of " + grouped(all.size()) + " ties; the table holds all.</p>\n";
    }
  }

  void bodies() {
    chapter("bodies", "The bodies");
    const auto& all = contents_.selection.nodes;
    const std::size_t shown = std::min(all.size(), most_listed);
    std::map<NodeId, std::vector<EdgeId>> ties_of;
    for (const EdgeId tie : contents_.selection.edges) {
      const auto [source, target] = network_.ends(tie);
      ties_of[source].push_back(tie);
      if (target != source) ties_of[target].push_back(tie);
    }
    for (std::size_t i = 0; i < shown; ++i) {
      const NodeId node = all[i];
      out_ += "<div class=\"node\" id=\"" + anchor("node", network_.key(node)) + "\"><h3>" + label(node) + "</h3>\n<p class=\"soft small\">" +
              html(network_.kind(node)) + (network_.country(node).empty() ? "" : ", " + html(network_.country(node))) + "; id <code>" +
              html(network_.key(node)) + "</code></p>\n";
      std::string names;
      for (const Name& name : network_.names(node)) {
        if (name.text == network_.label(node, languages_)) continue;
        const std::string shown_name = html(name.text) + (name.lang.empty() ? "" : " <span class=\"soft\">(" + html(name.lang) + ")</span>");
        if (names.find(shown_name) == std::string::npos) names += (names.empty() ? "" : ", ") + shown_name;
      }
      if (!names.empty()) out_ += "<p class=\"small\">Also: " + names + "</p>\n";
      std::string facts;
      for (const Attribute& attribute : network_.node_attributes()) {
        const auto text = attribute.text(node.index);
        if (text.empty() || text == "false") continue;
        facts += (facts.empty() ? "" : "; ") + html(attribute.name) + ": " + html(text);
      }
      if (!facts.empty()) out_ += "<p class=\"small\">" + facts + "</p>\n";
      if (const auto found = ties_of.find(node); found != ties_of.end()) {
        out_ += "<p class=\"small\">" + counted(found->second.size(), "tie", "ties") + ": ";
        for (std::size_t t = 0; t < found->second.size() && t < 200; ++t) {
          const EdgeId tie = found->second[t];
          const NodeId other = network_.source(tie) == node ? network_.target(tie) : network_.source(tie);
          out_ += (t ? ", " : "") + link(tie, std::string(network_.label(other, languages_)) + " [" + kind_words(network_.kind(tie)) + "]");
        }
        out_ += "</p>\n";
      }
      quotes(network_.evidence(node));
      out_ += "</div>\n";
    }
    if (shown < all.size()) out_ += "<p class=\"soft small\">The first " + grouped(shown) + " of " + grouped(all.size()) + " bodies.</p>\n";
  }

  void sources() {
    chapter("sources", "Sources");
    std::vector<std::size_t> ties_from(network_.sources().size(), 0);
    for (const EdgeId tie : contents_.selection.edges) {
      std::vector<SourceId> seen;
      for (const Evidence& piece : network_.evidence(tie)) {
        if (std::ranges::find(seen, piece.source) != seen.end()) continue;
        seen.push_back(piece.source);
        ++ties_from[piece.source.index];
      }
    }
    for (std::size_t i = 0; i < network_.sources().size(); ++i) {
      const Source& source = network_.sources()[i];
      out_ += "<div class=\"node\" id=\"" + anchor("source", source.key) + "\"><p><b" +
              (source.lang.empty() ? "" : " lang=\"" + html(source.lang) + "\"") + ">" + html(source.title.empty() ? source.key : source.title) + "</b><br>";
      for (const std::string* part : {&source.publisher, &source.date, &source.lang}) {
        if (!part->empty()) out_ += html(*part) + "; ";
      }
      out_ += counted(ties_from[i], "tie", "ties");
      if (const std::string address = safe_address(source.url); !address.empty()) {
        out_ += "<br><a href=\"" + html(address) + "\" rel=\"noreferrer\">" + html(address) + "</a>";
      }
      out_ += "</p></div>\n";
    }
    if (network_.sources().empty()) out_ += "<p>The data names no source.</p>\n";
  }

  void method() {
    chapter("method", "Method and provenance");
    out_ += "<p>Written by Entente " + std::string(version) + " from the network <code>" + html(network_.info().name) + "</code>";
    if (!network_.info().checksum.empty()) out_ += ", SHA-256 <code>" + html(network_.info().checksum) + "</code>";
    out_ += "; selection: " + html(contents_.selection.description) + ". The same input gives the same bytes. "
            "<a href=\"provenance.json\">provenance.json</a> names every algorithm with its options and the checksum of every file.</p>\n";
    out_ += "<p>Measures treat every tie as one, whatever its amount, and ignore directions: who gives and who takes are equally connected. "
            "Countries are no stepping stones: two bodies of one country are not connected by it. "
            "Betweenness counts each pair of other bodies, not normalised; harmonic sums 1/distance to all others; "
            "PageRank uses damping 0.85 and sums to 1; core is the largest k such that a body has k partners within the k-core.</p>\n";
    if (!contents_.notes.empty()) {
      out_ += "<ul>";
      for (const std::string& note : contents_.notes) out_ += "<li>" + html(note) + "</li>";
      out_ += "</ul>\n";
    }
    if (!network_.info().licence.empty()) out_ += "<p>Licence of the data: " + html(network_.info().licence) + ".</p>\n";
  }

  const ReportContents& contents_;
  const Network& network_;
  std::span<const std::string> languages_;
  std::string out_;
};

}  // namespace

std::string page(const ReportContents& contents, const ReportOptions& options) {
  return PageWriter(contents, options).written();
}

}  // namespace entente
