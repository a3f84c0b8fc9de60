// entente algorithms: the registry, as a list or one card in full.

#include <algorithm>
#include <memory>

#include "algorithms/registry.hpp"
#include "algorithms/synonyms.hpp"
#include "cli/cells.hpp"
#include "cli/card_options.hpp"
#include "cli/command.hpp"

namespace entente {

namespace {

std::string text_of(const OptionValue& value) {
  return std::visit([](const auto& v) -> std::string {
    using Value = std::decay_t<decltype(v)>;
    if constexpr (std::is_same_v<Value, bool>) return v ? "true" : "false";
    else if constexpr (std::is_same_v<Value, std::string>) return v;
    else if constexpr (std::is_same_v<Value, double>) return json_number(v);
    else return std::to_string(v);
  }, value);
}

const char* per_text(ResultSpec::Per per) {
  return per == ResultSpec::Per::node ? "node" : per == ResultSpec::Per::edge ? "tie" : "network";
}

std::string joined(const std::vector<std::string>& words, const std::string& separator) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

/// Absent where there are none.
void write_names(JsonWriter& json, const std::vector<std::string>& names) {
  if (names.empty()) return;
  json.key("also_called").begin_array();
  for (const std::string& name : names) json.value(name);
  json.end_array();
}

void write_card(JsonWriter& json, const Card& card) {
  json.begin_object();
  json.key("name").value(card.name);
  json.key("family").value(card.family);
  json.key("summary").value(card.summary);
  json.key("cost").value(card.cost);
  json.key("convention").value(card.convention);
  json.key("sources").begin_array();
  for (const std::string& source : card.sources) json.value(source);
  json.end_array();
  json.key("options").begin_array();
  for (const OptionSpec& option : card.options) {
    json.begin_object();
    json.key("name").value(option.name);
    json.key("default");
    std::visit([&](const auto& value) { json.value(value); }, option.default_value);
    if (option.least < option.most) {
      json.key("least").value(option.least);
      json.key("most").value(option.most);
    }
    if (!option.choices.empty()) {
      json.key("choices").begin_array();
      for (const std::string& word : option.choices) json.value(word);
      json.end_array();
    }
    json.key("help").value(option.help);
    json.end_object();
  }
  json.end_array();
  json.key("results").begin_array();
  for (const ResultSpec& result : card.results) {
    json.begin_object();
    json.key("per").value(per_text(result.per));
    json.key("name").value(result.name);
    json.key("unit").value(result.unit);
    json.key("help").value(result.help);
    write_names(json, other_names(card, result.name));
    json.end_object();
  }
  json.end_array();
  write_names(json, other_names(card));
  json.key("verifiable").value(static_cast<bool>(card.verify));
  json.end_object();
}

std::string told(const Card& card) {
  std::string text = card.name + " (" + card.family + ")\n  " + card.summary + "\n";
  if (!card.convention.empty()) text += "\nConvention\n  " + card.convention + "\n";
  text += "\nCost\n  " + card.cost + "\n";
  if (!card.options.empty()) text += "\nOptions\n";
  for (const OptionSpec& option : card.options) {
    std::string flag = option.name;
    std::ranges::replace(flag, '_', '-');
    text += "  --" + flag + " (default " + text_of(option.default_value) + ")";
    if (!option.choices.empty()) text += " " + joined(option.choices, "|");
    if (option.least < option.most) text += " from " + json_number(option.least) + " to " + json_number(option.most);
    text += ": " + option.help + "\n";
  }
  text += "\nResults\n";
  for (const ResultSpec& result : card.results) {
    text += "  " + result.name + (result.unit.empty() ? "" : " [" + result.unit + "]") + " per " + per_text(result.per) +
            ": " + result.help;
    if (const auto names = other_names(card, result.name); !names.empty()) text += " (also called " + joined(names, ", ") + ")";
    text += "\n";
  }
  if (const auto names = other_names(card); !names.empty()) text += "\nAlso called\n  " + joined(names, ", ") + "\n";
  text += "\nSources\n  " + joined(card.sources, ", ") + " (docs/references.bib)\n";
  text += std::string("\nCertificate\n  ") + (card.verify ? "yes: --verify checks the answer" : "none") + "\n";
  return text;
}

/// What told() says, one row for each thing.
Table in_full(const Card& card) {
  Table table;
  table.name = "algorithm";
  table.title = card.name;
  table.columns = {{"what", "", ""}, {"name", "", ""}, {"value", "", "default of an option, unit of a result, what is also called so"}, {"text", "", ""}};
  const auto row = [&](const char* what, const std::string& name, const std::string& value, const std::string& text) {
    table.rows.push_back({std::string(what), name, value, text});
  };
  row("summary", card.name, card.family, card.summary);
  row("convention", "", "", card.convention);
  row("cost", "", "", card.cost);
  for (const OptionSpec& option : card.options) {
    std::string help = option.help;
    if (!option.choices.empty()) help += " (" + joined(option.choices, "|") + ")";
    if (option.least < option.most) help += " (" + json_number(option.least) + " to " + json_number(option.most) + ")";
    std::string flag = option.name;
    std::ranges::replace(flag, '_', '-');
    row("option", "--" + flag, text_of(option.default_value), help);
  }
  for (const ResultSpec& result : card.results) row("result", result.name, result.unit, std::string("per ") + per_text(result.per) + ": " + result.help);
  for (const std::string& name : other_names(card)) row("also called", name, "", "");
  for (const ResultSpec& result : card.results) {
    for (const std::string& name : other_names(card, result.name)) row("also called", name, result.name, "");
  }
  for (const std::string& source : card.sources) row("source", source, "", "docs/references.bib");
  row("certificate", "", "", card.verify ? "--verify checks the answer" : "none");
  return table;
}

Result<void> run_algorithms(Session& session, const std::string& name) {
  Answer answer;
  std::vector<const Card*> cards;
  for (const Card& card : registry()) {
    if (name.empty() || card.name == name) cards.push_back(&card);
  }
  if (cards.empty()) {
    std::vector<const Card*> all;
    for (const Card& card : registry()) all.push_back(&card);
    const auto none = card_named(name, all, "algorithm", session);
    return tl::unexpected(none.error());
  }
  Table table;
  table.name = "algorithms";
  table.title = "Algorithms";
  table.columns = {{"name", "", ""}, {"family", "", ""}, {"summary", "", ""}, {"options", "", ""}, {"cost", "", ""}, {"sources", "", ""}};
  for (const Card* card : cards) {
    std::vector<std::string> options;
    for (const OptionSpec& option : card->options) options.push_back(option.name + "=" + text_of(option.default_value));
    table.rows.push_back({card->name, card->family, card->summary, joined(options, " "), card->cost, joined(card->sources, " ")});
  }
  if (!name.empty()) {
    answer.text = told(*cards.front());
    answer.tables.push_back(in_full(*cards.front()));
  }
  answer.json = [cards](JsonWriter& json) {
    json.begin_array();
    for (const Card* card : cards) write_card(json, *card);
    json.end_array();
  };
  if (name.empty()) answer.tables.push_back(std::move(table));
  return session.print(std::move(answer));
}

}  // namespace

void add_algorithms(CLI::App& app, Session& session, Action& action) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("algorithms", "the registry: options, conventions, cost and sources");
  command->fallthrough();
  command->add_option("NAME", *name, "one algorithm in full");
  command->callback([&session, &action, name] {
    session.command = "algorithms";
    action = [&session, name] { return run_algorithms(session, *name); };
  });
}

}  // namespace entente
