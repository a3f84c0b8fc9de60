#include "query/sentences.hpp"

#include <algorithm>

#include "engine/kind.hpp"
#include "query/tie_columns.hpp"

namespace entente {

namespace {

/// How to speak of a kind of tie: as a noun ("a grant from A to B") or, where that reads better, as a
/// verb: of what is so ("A visited B") and of what is only wanted ("it is proposed that A visits B").
struct Phrase {
  std::string_view kind;
  std::string_view noun;
  std::string_view verb = {};
  std::string_view wanted = {};
};

// The longest matching kind wins, so that children inherit from their parents.
constexpr Phrase phrases[] = {
    {"advises", "advice", "advises", "advises"},
    {"agreement", "agreement"},
    {"agreement.cooperation", "cooperation agreement"},
    {"agreement.exchange", "exchange agreement"},
    {"agreement.mou", "memorandum of understanding"},
    {"attendance", "attendance", "attended", "attends"},
    {"contact", "contact"},
    {"cooperation", "cooperation"},
    {"exchange", "exchange"},
    {"founds", "founding", "founded", "founds"},
    {"funding", "funding"},
    {"funding.grant", "grant"},
    {"funding.in_kind", "in-kind contribution"},
    {"funding.investment", "investment"},
    {"funding.loan", "loan"},
    {"funding.own", "own funding"},
    {"funding.public", "public funding"},
    {"funding.scholarship", "scholarship"},
    {"funding.subsidy", "subsidy"},
    {"governs", "government", "governs", "governs"},
    {"implements", "implementation", "implements", "implements"},
    {"initiates", "initiative", "initiated", "initiates"},
    {"joint_research", "joint research"},
    {"knowledge_transfer", "transfer of knowledge"},
    {"leads", "leadership", "leads", "leads"},
    {"located_in", "location", "is in", "is in"},
    {"meeting", "meeting"},
    {"member_of", "membership", "is a member of", "becomes a member of"},
    {"membership", "membership", "is a member of", "becomes a member of"},
    {"office", "office", "holds an office of", "holds an office of"},
    {"operates", "operation", "operates", "operates"},
    {"part_of", "part", "is part of", "becomes part of"},
    {"participation", "participation", "took part in", "takes part in"},
    {"proposes", "proposal", "proposed", "proposes"},
    {"study", "study"},
    {"supports", "support", "supports", "supports"},
    {"technology_transfer", "technology transfer"},
    {"trade", "trade"},
    {"training", "training"},
    {"visit", "visit", "visited", "visits"},
};

const Phrase* phrase_of(std::string_view kind) {
  const Phrase* best = nullptr;
  for (const Phrase& phrase : phrases) {
    if (is_kind(kind, phrase.kind) && (!best || phrase.kind.size() > best->kind.size())) best = &phrase;
  }
  return best;
}

std::string last_word(std::string_view kind) {
  const auto dot = kind.rfind('.');
  std::string word(dot == std::string_view::npos ? kind : kind.substr(dot + 1));
  std::ranges::replace(word, '_', ' ');
  return word.empty() ? "tie" : word;
}

std::string with_article(const std::string& words) {
  return (std::string_view("aeiouAEIOU").find(words[0]) != std::string_view::npos ? "an " : "a ") + words;
}

}  // namespace

std::string kind_words(std::string_view kind) {
  const Phrase* phrase = phrase_of(kind);
  if (!phrase) return last_word(kind);
  std::string words(phrase->noun);
  return phrase->kind == kind ? words : words + " (" + last_word(kind) + ")";
}

std::string money_words(const Money& money) {
  std::string digits = decimal_text(money);
  const std::size_t first = digits[0] == '-' ? 1 : 0;
  for (std::size_t at = std::min(digits.find('.'), digits.size()); at > first + 3;) digits.insert(at -= 3, 1, ',');
  return is_no_currency(money.currency) ? digits : std::string(money.currency.text()) + " " + digits;
}

std::string date_words(const Network& network, EdgeId tie) {
  const Edtf *start = network.start(tie), *end = network.end(tie);
  if (start && end && start->text() != end->text()) return start->text() + " to " + end->text();
  if (start) return start->text();
  return end ? "until " + end->text() : "";
}

std::string tie_sentence(const Network& network, EdgeId tie, Languages languages) {
  const std::string& kind = network.kind(tie);
  const Phrase* phrase = phrase_of(kind);
  const std::string source(network.label(network.source(tie), languages));
  const std::string target(network.label(network.target(tie), languages));
  const std::string dates = date_words(network, tie);
  const std::string when = dates.empty() ? "" : " (" + dates + ")";
  const auto amount = network.amount(tie);
  const std::string& status = network.status(tie);

  const bool so = status.empty() || status == "stated" || status == "ongoing" || status == "completed";
  if (phrase && !phrase->verb.empty() && !amount) {
    const std::string manner = phrase->kind == kind ? "" : " (" + last_word(kind) + ")";
    if (so) return source + " " + std::string(phrase->verb) + " " + target + manner + when + ".";
    return "It is " + status + " that " + source + " " + std::string(phrase->wanted) + " " + target + manner + when + ".";
  }
  std::string words = kind_words(kind);
  if (!status.empty() && status != "stated") words = status + " " + words;
  std::string sentence = "There is " + with_article(words);
  if (amount) sentence += " of " + money_words(*amount);
  sentence += network.is_directed(tie) ? " from " + source + " to " + target : " between " + source + " and " + target;
  return sentence + when + ".";
}

std::string source_words(const Source& source) {
  std::string words = source.title.empty() ? source.key : source.title;
  if (!source.publisher.empty()) words += ", " + source.publisher;
  if (!source.date.empty()) words += ", " + source.date;
  return words;
}

std::vector<std::string> evidence_sentences(const Network& network, EdgeId tie) {
  std::vector<std::string> sentences;
  for (const Evidence& evidence : network.evidence(tie)) {
    std::string place = source_words(network.source_document(evidence.source));
    if (!evidence.locator.empty()) place += ", " + evidence.locator;
    sentences.push_back("“" + evidence.quote + "” (" + place + ")");
  }
  return sentences;
}

std::string node_words(const Network& network, NodeId node, Languages languages) {
  std::string words(network.label(node, languages));
  std::string rest = network.kind(node);
  if (!network.country(node).empty()) rest += (rest.empty() ? "" : ", ") + network.country(node);
  return rest.empty() ? words : words + " (" + rest + ")";
}

}  // namespace entente
