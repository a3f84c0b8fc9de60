#include "cli/card_options.hpp"

#include <algorithm>
#include <charconv>

#include "cli/method_words.hpp"
#include "cli/wording.hpp"
#include "engine/suggestion.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

const OptionSpec* spec_of(const Card& card, const std::string& name) {
  const auto found = std::ranges::find(card.options, name, &OptionSpec::name);
  return found == card.options.end() ? nullptr : &*found;
}

template <class Number>
bool reads_as(const std::string& text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

/// checked_option() in the user's words: what the option takes, and what was given instead.
Result<void> check_value(const OptionSpec& spec, const OptionValues& values, const std::string& text) {
  if (checked_option(spec, values)) return {};
  const std::string flag = flag_of(spec.name), given = "\"" + shortened(one_line(text), 40) + "\"";
  const auto wrong = [&](const std::string& takes) { return fail(ErrorCode::bad_argument, flag + takes, "option " + spec.name); };
  if (!spec.choices.empty()) {
    return wrong(" takes one of these words: " + nearest_first(text, spec.choices, spec.choices.size()) + "; not " + given + ".");
  }
  const bool whole = std::holds_alternative<std::int64_t>(spec.default_value);
  if (whole && !std::holds_alternative<std::int64_t>(values.at(spec.name))) return wrong(" takes a whole number, not " + given + ".");
  return wrong(" must lie between " + number_words(spec.least) + " and " + number_words(spec.most) + ", and " + given + " does not.");
}

}  // namespace

Result<const Card*> card_named(const std::string& name, const std::vector<const Card*>& cards, const std::string& what, const Session& session) {
  const auto found = std::ranges::find(cards, name, &Card::name);
  if (found != cards.end()) return *found;
  const std::string none = "There is no " + what + " \"" + shortened(one_line(name), 40) + "\". ";
  if (const std::string advice = other_name_advice(name, session); !advice.empty()) return fail(ErrorCode::bad_argument, none + advice);
  std::vector<std::string> names;
  for (const Card* card : cards) names.push_back(card->name);
  return fail(ErrorCode::bad_argument, none + "Known are, nearest first: " +
                                           nearest_first(name, names, names.size()) + ".");
}

std::shared_ptr<CardOptions> CardOptions::declare(CLI::App& command, const std::vector<const Card*>& cards) {
  auto options = std::make_shared<CardOptions>();
  std::map<std::string, std::vector<const Card*>> owners;
  for (const Card* card : cards) {
    for (const OptionSpec& spec : card->options) owners[spec.name].push_back(card);
  }
  for (const auto& [name, having] : owners) {
    const OptionSpec& spec = *spec_of(*having.front(), name);
    std::string help = spec.help;
    if (!spec.choices.empty()) {
      help += " (";
      for (const std::string& word : spec.choices) help += (word == spec.choices.front() ? "" : "|") + word;
      help += ")";
    }
    if (having.size() < cards.size()) {
      help += " [";
      for (const Card* card : having) help += (card == having.front() ? "" : " ") + card->name;
      help += "]";
    }
    if (std::holds_alternative<bool>(spec.default_value)) {
      command.add_flag(flag_of(name), options->flags_[name], help);
    } else {
      command.add_option(flag_of(name), options->given_[name], help);
    }
  }
  return options;
}

Result<OptionValues> CardOptions::values_for(const Card& card) const {
  OptionValues values;
  for (const auto& [name, set] : flags_) {
    if (set && spec_of(card, name)) values[name] = true;
  }
  for (const auto& [name, text] : given_) {
    const OptionSpec* spec = spec_of(card, name);
    if (text.empty() || !spec) continue;
    std::int64_t whole = 0;
    double real = 0;
    if (std::holds_alternative<std::string>(spec->default_value)) values[name] = text;
    else if (reads_as(text, whole)) values[name] = whole;
    else if (reads_as(text, real)) values[name] = real;
    else return fail(ErrorCode::bad_argument, flag_of(name) + " takes a number, not \"" + shortened(one_line(text), 40) + "\".", "option " + name);
    if (auto fine = check_value(*spec, values, text); !fine) return tl::unexpected(fine.error());
  }
  return values;
}

Result<void> CardOptions::all_used_by(const std::vector<const Card*>& cards) const {
  const auto unused = [&](const std::string& name) {
    return std::ranges::none_of(cards, [&](const Card* card) { return spec_of(*card, name) != nullptr; });
  };
  const auto complaint = [&](const std::string& name) {
    std::string names;
    for (const Card* card : cards) names += (names.empty() ? "" : ", ") + card->name;
    return fail(ErrorCode::bad_argument, flag_of(name) + " is no option of " + names + ".", "option " + name);
  };
  for (const auto& [name, set] : flags_) {
    if (set && unused(name)) return complaint(name);
  }
  for (const auto& [name, text] : given_) {
    if (!text.empty() && unused(name)) return complaint(name);
  }
  return {};
}

}  // namespace entente
