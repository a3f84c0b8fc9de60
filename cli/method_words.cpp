#include "cli/method_words.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "algorithms/synonyms.hpp"

namespace entente {

namespace {

/// In quotes where a shell would take it apart.
std::string for_a_shell(const std::string& word) {
  const auto plain = [](unsigned char letter) { return std::isalnum(letter) || letter >= 0x80 || std::string_view("_-./+:,@%").find(static_cast<char>(letter)) != std::string_view::npos; };
  if (std::ranges::all_of(word, plain)) return word;
  std::string quoted = "'";
  for (const char letter : word) quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + "'";
}

}  // namespace

bool is_measure(const Card& card) {
  return !card.needs_ends && !card.needs_money && !card.needs_group && !card.results.empty() &&
         card.results.front().per == ResultSpec::Per::node && card.results.front().name == card.name;
}

bool is_cluster_method(const Card& card) { return card.family == "community"; }

bool is_flow_method(const Card& card) { return (card.family == "flow" || card.family == "funds") && card.needs_money; }

std::string call_of(const Card& card, const Session& session) {
  const std::string network = session.network_name.empty() ? "NET" : for_a_shell(session.network_name);
  // A search begins somewhere; flows and rankings that take ends do without.
  const std::string ends = card.needs_ends ? " --from A --to B" : card.takes_ends && !is_measure(card) && !card.needs_money ? " --from A" : "";
  if (is_measure(card)) return "entente centrality " + network + " " + card.name;
  if (is_cluster_method(card)) return "entente clusters " + network + " --method " + card.name;
  if (is_flow_method(card)) return "entente flow " + network + " --method " + card.name + ends;
  if (std::ranges::find(session.commands, card.name) != session.commands.end()) return "entente " + card.name + " " + network;
  return "entente run " + network + " " + card.name + ends;
}

std::string other_name_advice(const std::string& name, const Session& session) {
  if (std::ranges::find(session.commands, name) != session.commands.end()) {
    return "It is a command of its own: entente " + name + " --help tells how to call it.";
  }
  std::string same, nearest;
  for (const MeantHere& meant : known_as(name)) {
    std::string& list = meant.same ? same : nearest;
    if (!list.empty()) list += ", or ";
    else if (!meant.same) list = "What comes nearest: ";
    else if (!meant.result.empty()) list = "It is told as " + std::string(meant.result) + " by ";
    else list = "Here it is ";
    list += call_of(*meant.card, session);
    if (meant.result.starts_with("category_")) list += " --group kind";  // or country, or a column
    if (meant.same && !meant.result.empty() && !list.starts_with("It is told as " + std::string(meant.result))) list += " (" + std::string(meant.result) + ")";
  }
  if (!same.empty()) same += ".";
  if (!nearest.empty()) same += (same.empty() ? "" : " ") + nearest + ".";
  return same;
}

}  // namespace entente
