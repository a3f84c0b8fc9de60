#include "algorithms/card.hpp"

#include <algorithm>
#include <cmath>

namespace entente {

Result<OptionValue> checked_option(const OptionSpec& spec, const OptionValues& given) {
  const auto found = given.find(spec.name);
  if (found == given.end()) return spec.default_value;
  OptionValue value = found->second;
  const std::string where = "option " + spec.name;

  // 1 is a fine damping factor and 7.0 a fine seed: numbers convert where nothing is lost.
  if (std::holds_alternative<double>(spec.default_value)) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) value = static_cast<double>(*whole);
  } else if (std::holds_alternative<std::int64_t>(spec.default_value)) {
    if (const auto* real = std::get_if<double>(&value);
        real && std::nearbyint(*real) == *real && std::abs(*real) < 0x1p53) {
      value = static_cast<std::int64_t>(*real);
    }
  }
  if (value.index() != spec.default_value.index()) {
    constexpr const char* wanted[] = {"true or false", "a whole number", "a number", "a word"};
    return fail(ErrorCode::bad_argument, spec.name + " takes " + wanted[spec.default_value.index()] + ".", where);
  }

  if (spec.least < spec.most) {
    const double number = std::holds_alternative<double>(value) ? std::get<double>(value)
                                                                : static_cast<double>(std::get<std::int64_t>(value));
    if (!(number >= spec.least && number <= spec.most)) {
      const auto text = [](double bound) {
        std::string digits = std::to_string(bound);
        digits.erase(digits.find_last_not_of('0') + 1);
        if (digits.ends_with('.')) digits.pop_back();
        return digits;
      };
      return fail(ErrorCode::bad_argument,
                  spec.name + " must lie between " + text(spec.least) + " and " + text(spec.most) + ".", where);
    }
  }
  if (!spec.choices.empty() && std::ranges::find(spec.choices, std::get<std::string>(value)) == spec.choices.end()) {
    std::string words;
    for (const std::string& word : spec.choices) words += (words.empty() ? "" : ", ") + word;
    return fail(ErrorCode::bad_argument, spec.name + " must be one of: " + words + ".", where);
  }
  return value;
}

Result<void> no_unknown_options(const Card& card, const OptionValues& given) {
  for (const auto& [name, value] : given) {
    if (std::ranges::none_of(card.options, [&](const OptionSpec& spec) { return spec.name == name; })) {
      return fail(ErrorCode::bad_argument, card.name + " has no option " + name + ".", "option " + name);
    }
  }
  return {};
}

}  // namespace entente
