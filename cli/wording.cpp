#include "cli/wording.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <regex>

#include "engine/text.hpp"
#include "io/json_text.hpp"

namespace entente {

namespace {

bool is_of_a_word(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '-'; }

/// Every whole word `from` as `to`.
std::string with_word(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    const std::size_t end = at + from.size();
    const bool whole = (at == 0 || !is_of_a_word(text[at - 1])) && (end == text.size() || !is_of_a_word(text[end]));
    if (whole) text.replace(at, from.size(), to);
    at += whole ? to.size() : from.size();
  }
  return text;
}

}  // namespace

std::string in_ids(std::string_view sentence, const Topology& topology) {
  static const std::regex numbered(R"(\b([Nn]ode|[Ee]dge) (\d{1,10})\b)");
  std::string text;
  const std::string all(sentence);
  std::size_t after = 0;
  for (std::sregex_iterator found(all.begin(), all.end(), numbered), end; found != end; ++found) {
    const std::string word = (*found)[1];
    const unsigned long long number = std::stoull((*found)[2]);
    const bool is_node = word == "node" || word == "Node";
    if (number >= (is_node ? topology.node.size() : topology.edge.size())) continue;
    const auto index = static_cast<std::uint32_t>(number);
    const auto at = static_cast<std::size_t>(found->position());
    text.append(all, after, at - after);
    text += is_node ? word : word == "Edge" ? "Tie" : "tie";
    text += " \"";
    text += is_node ? topology.network->key(topology.node[NodeId{index}]) : topology.network->key(topology.edge[EdgeId{index}]);
    text += '"';
    after = at + static_cast<std::size_t>(found->length());
  }
  return text.append(all, after);
}

Error in_ids(Error error, const Topology& topology) {
  error.what = in_ids(error.what, topology);
  return error;
}

std::string flag_of(std::string_view option) {
  std::string flag = "--" + std::string(option);
  std::ranges::replace(flag, '_', '-');
  return flag;
}

Error in_flags(Error error) {
  constexpr std::string_view option = "option ";
  if (!error.where.starts_with(option)) return error;
  const std::string place = error.where.substr(option.size());
  const std::string name = place.substr(0, place.find(','));  // "where, letter 17"
  const std::string flag = flag_of(name);
  error.where = flag + place.substr(name.size());
  if (error.what.starts_with(name + " ")) error.what.replace(0, name.size(), flag);
  if (name.find_first_of("_-") != std::string::npos) error.what = with_word(std::move(error.what), name, flag);
  return error;
}

std::string printed_sentence(const Error& error) {
  // Names of files and ids are quoted in it, whatever they hold.
  return one_line(error.what.starts_with(error.where + " ") ? error.what : error.sentence());
}

std::string parser_sentence(std::string_view complaint) {
  std::string text(complaint);
  std::smatch found;
  static const std::regex range(R"(^(--?\S+): Value (.*) not in range (\S+) to (\S+)$)");
  static const std::regex number(R"(^Could not convert: (--?[^ =]+) = (.*)$)");
  if (std::regex_match(text, found, range)) {
    return found[1].str() + " must lie between " + found[3].str() + " and " + found[4].str() + ", and \"" + one_line(found[2].str()) + "\" does not.";
  }
  if (std::regex_match(text, found, number)) {
    return found[1].str() + " takes a number, and \"" + one_line(found[2].str()) + "\" is none.";
  }
  static const std::regex twice(R"(^(--?\S+): At Most 1 required but received \d+$)");
  if (std::regex_match(text, found, twice)) return found[1].str() + " is given more than once.";
  static const std::regex contrary(R"(^(--\S+) excludes (--\S+)$)");
  if (std::regex_match(text, found, contrary)) return found[1].str() + " and " + found[2].str() + " contradict each other.";
  return text.ends_with('.') ? text : text + ".";
}

std::string number_words(double number) {
  if (std::abs(number) < 1e15 && number == std::floor(number)) return std::to_string(static_cast<long long>(number));
  return json_number(number);
}

}  // namespace entente
