#include "viz/sankey_words.hpp"

#include <algorithm>

#include "engine/text.hpp"
#include "viz/graphviz_text.hpp"
#include "viz/labels.hpp"

namespace entente {

namespace {

constexpr std::size_t most_ties = 8, most_members = 16, quote_letters = 140;

std::string tie_words(const SankeyData& data, EdgeId tie, const SankeySpec& spec, bool ends) {
  const Network& network = *data.network;
  std::string text = "· ";
  if (ends) {
    text.append(network.label(network.source(tie), spec.languages)).append(" → ");
    text.append(network.label(network.target(tie), spec.languages)).append(": ");
  }
  text += network.kind(tie).empty() ? "tie" : network.kind(tie);
  if (!network.status(tie).empty()) text += ", " + network.status(tie);
  if (const Edtf* start = network.start(tie)) text += ", " + start->text();
  if (const Edtf* end = network.end(tie)) text += " to " + end->text();
  const auto amount = network.amount(tie);
  text += amount ? ", " + sankey_money(*amount) : ", amount not stated";
  for (const Evidence& evidence : network.evidence(tie)) {
    const Source& source = network.source_document(evidence.source);
    if (!evidence.quote.empty()) text += "\n   “" + shortened(one_line(evidence.quote), quote_letters) + "”";
    std::string document = source.title.empty() ? source.key : source.title;
    for (const std::string& part : {source.publisher, source.date}) {
      if (!part.empty()) document += ", " + part;
    }
    text += "\n   — " + document;
    break;
  }
  return text;
}

}  // namespace

std::string sankey_sum_words(const SankeyData& data, std::int64_t units, std::size_t stated, std::size_t unknown) {
  std::string text;
  if (stated > 0) text = sankey_money(data, units) + " in " + counted(stated, "tie", "ties");
  if (unknown > 0) text += (text.empty() ? "" : ", ") + counted(unknown, "tie", "ties") + " of unknown amount";
  return text;
}

std::string sankey_total_words(const SankeyData& data) {
  const std::vector<SankeyPart> parts = sankey_parts(data);
  if (parts.size() < 2) return sankey_sum_words(data, data.total, data.stated, data.unknown);
  std::string text;
  for (const SankeyPart& part : parts) {
    text += (text.empty() ? "" : "; ") + sankey_money(data, part.units);
    if (data.statuses) text += " " + std::string(to_string(part.status));
    text += " in " + counted(part.ties, "tie", "ties") + " of " + (part.family.empty() ? "no stated kind" : part.family);
  }
  if (data.unknown > 0) text += "; " + counted(data.unknown, "tie", "ties") + " of unknown amount";
  return text;
}

std::string sankey_link_words(const SankeyData& data, const SankeyLink& link, const SankeySpec& spec) {
  const SankeyNode &from = data.nodes[link.source], &to = data.nodes[link.target];
  std::string text = link.source == link.target ? from.name + ": within itself" : from.name + " → " + to.name;
  text += "\n" + sankey_kind(data, link) + ": " + std::string(to_string(link.status));
  text += "\n" + sankey_sum_words(data, link.units, link.stated, link.unknown);
  const bool ends = from.members.size() > 1 || to.members.size() > 1;
  for (std::size_t i = 0; i < link.ties.size() && i < most_ties; ++i) text += "\n" + tie_words(data, link.ties[i], spec, ends);
  if (link.ties.size() > most_ties) text += "\nand " + counted(link.ties.size() - most_ties, "more tie", "more ties");
  return text;
}

std::string sankey_node_words(const SankeyData& data, const SankeyNode& node, const SankeySpec& spec) {
  const Network& network = *data.network;
  std::string text = node.name;
  if (node.members.size() == 1) {
    std::string about = network.kind(node.members.front());
    const std::string& country = network.country(node.members.front());
    if (!country.empty()) about += (about.empty() ? "" : ", ") + country_name(country);
    if (!about.empty()) text += "\n" + about;
  }
  const auto line = [&](const char* what, std::int64_t units) { text += std::string("\n") + what + sankey_money(data, units); };
  const auto part_lines = [&](const std::vector<SankeyPart>& parts) {
    if (parts.size() < 2) return;
    for (const SankeyPart& part : parts) {
      text += "\n   " + sankey_money(data, part.units) + (part.family.empty() ? "" : " of " + part.family) +
              (data.statuses ? " " + std::string(to_string(part.status)) : std::string());
    }
  };
  if (data.currency && data.stated > 0) {
    line("in: ", node.in);
    part_lines(sankey_parts(data, &node, true));
    line("out: ", node.out);
    part_lines(sankey_parts(data, &node, false));
    if (node.own() > 0) line("of its own (out beyond in): ", node.own());
    if (node.kept() > 0) line("kept (in beyond out): ", node.kept());
    if (node.self > 0) line("within itself: ", node.self);
  }
  const auto ties = [&](const char* what, std::size_t count) {
    if (count > 0) text += "\n" + counted(count, "tie", "ties") + what;
  };
  ties(" in of unknown amount", node.unknown_in);
  ties(" out of unknown amount", node.unknown_out);
  ties(" within of unknown amount", node.unknown_self);
  if (node.members.size() > 1) {
    text += "\nholds " + counted(node.members.size(), "body", "bodies") + ":";
    for (std::size_t i = 0; i < node.members.size() && i < most_members; ++i) {
      text.append("\n· ").append(network.label(node.members[i], spec.languages));
    }
    if (node.members.size() > most_members) text += "\nand " + grouped(node.members.size() - most_members) + " more";
  }
  return text;
}

std::string sankey_link_address(const SankeyData& data, const SankeyLink& link) {
  for (const EdgeId tie : link.ties) {
    for (const Evidence& evidence : data.network->evidence(tie)) {
      const std::string address = safe_link(data.network->source_document(evidence.source).url);
      if (!address.empty() && (address[0] == 'h' || address[0] == 'H')) return address;
    }
  }
  return {};
}

std::string sankey_description(const SankeyData& data) {
  std::string text = "Sankey diagram of money between " + counted(data.nodes.size(), "node", "nodes") + ": " +
                     sankey_total_words(data) + ".";
  const SankeyLink* largest = nullptr;
  for (const SankeyLink& link : data.links) {
    if (link.stated > 0 && (!largest || link.units > largest->units)) largest = &link;
  }
  if (largest) {
    text += " The largest flow is " + sankey_money(data, largest->units) + " from " + data.nodes[largest->source].name +
            " to " + data.nodes[largest->target].name + ".";
  }
  return text;
}

}  // namespace entente
