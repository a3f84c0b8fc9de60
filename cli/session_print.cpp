// How an answer leaves the program: as tables, CSV, JSON or Markdown, on standard output or in a file.

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "cli/session.hpp"
#include "engine/version.hpp"
#include "io/atomic_file.hpp"
#include "io/table_writer.hpp"

namespace entente {

namespace fs = std::filesystem;

Result<std::string> Session::format() const {
  static const std::vector<std::string> known{"table", "csv", "json", "markdown"};
  if (!global.format.empty()) {
    if (std::ranges::find(known, global.format) == known.end()) {
      return fail(ErrorCode::bad_argument, "format \"" + global.format + "\" is unknown. Known are: table, csv, json, markdown.",
                  "option format");
    }
    return global.format;
  }
  const std::string extension = fs::path(global.output).extension().string();
  if (extension == ".csv") return "csv";
  if (extension == ".json") return "json";
  if (extension == ".md") return "markdown";
  if (extension == ".txt") return "table";
  if (!global.output.empty() && global.output != "-") {
    return fail(ErrorCode::bad_argument, "The ending of \"" + global.output + "\" names no format. Add --format, or end it in .csv, .json, .md or .txt.",
                "option output");
  }
  return isatty(STDOUT_FILENO) ? "table" : "csv";
}

Result<void> Session::write(const std::string& text) {
  if (global.output.empty() || global.output == "-") return write_file("-", text);
  const auto bar = progress("writing " + global.output);
  return write_file(global.output, text);
}

Result<void> Session::print(const Selection& selected, Answer answer) { return print(&selected, std::move(answer)); }

Result<void> Session::print(Answer answer) { return print(nullptr, std::move(answer)); }

Result<void> Session::print(const Selection* selected, Answer answer) {
  const auto form = format();
  if (!form) return tl::unexpected(form.error());
  if (selected) answer.notes.insert(answer.notes.begin(), selected->notes.begin(), selected->notes.end());
  answer.notes.insert(answer.notes.begin(), loading_notes_.begin(), loading_notes_.end());
  answer.notes.insert(answer.notes.begin(), usage_notes_.begin(), usage_notes_.end());
  if (global.verify && !answer.verified) answer.notes.push_back("nothing was verified: no certificate exists for this answer");
  for (const std::string& remark : answer.notes) note(remark);

  if (*form == "json") {
    JsonWriter json;
    json.begin_object();
    json.key("entente").value(version);
    json.key("command").value(command);
    if (selected) {
      json.key("network").begin_object();
      json.key("name").value(selected->network->info().name);
      json.key("nodes").value(selected->nodes.size());
      json.key("edges").value(selected->edges.size());
      json.key("checksum").value(selected->network->info().checksum);
      json.end_object();
      json.key("selection");
      write_selection(json, *this, *selected);
    }
    json.key("parameters").begin_object();
    for (const auto& [name, value] : answer.parameters) {
      json.key(name);
      std::visit([&](const auto& v) { json.value(v); }, value);
    }
    json.end_object();
    json.key("notes").begin_array();
    for (const std::string& remark : answer.notes) json.value(remark);
    json.end_array();
    json.key("result");
    answer.json(json);
    json.end_object();
    return write(std::move(json).take());
  }
  if (*form == "csv") {
    if (answer.tables.size() > 1) {
      std::string others;
      for (std::size_t i = 1; i < answer.tables.size(); ++i) others += (i > 1 ? ", " : "") + answer.tables[i].name;
      note("csv holds the table " + answer.tables[0].name + " only; --format json or markdown has these too: " + others);
    }
    const Table& table = answer.tables.front();
    if (!table.complete) note("the listing is not complete: " + table.completeness);
    return write(write_table(table, TableFormat::csv));
  }
  if (!answer.text.empty()) return write(answer.text);
  TableWriterOptions options;
  options.color = !global.no_color && !std::getenv("NO_COLOR") && global.output.empty() && isatty(STDOUT_FILENO);
  std::string text;
  for (const Table& table : answer.tables) {
    if (!text.empty()) text += "\n";
    text += write_table(table, *form == "markdown" ? TableFormat::markdown : TableFormat::table, options);
  }
  return write(text);
}

void write_node(JsonWriter& json, const Network& network, NodeId node, const std::vector<std::string>& languages) {
  json.begin_object();
  json.key("id").value(network.key(node));
  json.key("kind").value(network.kind(node));
  json.key("name").value(network.label(node, languages));
  json.key("country").value(network.country(node));
  json.end_object();
}

void write_tie(JsonWriter& json, const Network& network, EdgeId tie) {
  const auto date = [&](const char* name, const Edtf* value) {
    json.key(name);
    if (value) json.value(value->text());
    else json.null();
  };
  const auto amount = network.amount(tie);
  json.begin_object();
  json.key("id").value(network.key(tie));
  json.key("source").value(network.key(network.source(tie)));
  json.key("target").value(network.key(network.target(tie)));
  json.key("kind").value(network.kind(tie));
  json.key("directed").value(network.is_directed(tie));
  json.key("status").value(network.status(tie));
  date("start", network.start(tie));
  date("end", network.end(tie));
  json.key("amount").value(amount);
  json.key("currency");
  if (amount) json.value(amount->currency.text());
  else json.null();
  if (!network.agreement(tie).empty()) json.key("agreement").value(network.agreement(tie));
  json.key("evidence").begin_array();
  for (const Evidence& evidence : network.evidence(tie)) {
    const Source& source = network.source_document(evidence.source);
    json.begin_object();
    json.key("source").value(source.key);
    json.key("quote").value(evidence.quote);
    json.key("url").value(source.url);
    json.key("locator").value(evidence.locator);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_selection(JsonWriter& json, const Session& session, const Selection& selected) {
  const SelectionSpec& spec = session.selection.spec;
  const auto list = [&](const char* name, const std::vector<std::string>& words) {
    if (words.empty()) return;
    json.key(name).begin_array();
    for (const std::string& word : words) json.value(word);
    json.end_array();
  };
  const auto word = [&](const char* name, const std::string& text) {
    if (!text.empty()) json.key(name).value(text);
  };
  json.begin_object();
  json.key("description").value(selected.description);
  list("node_kind", spec.node_kinds);
  list("edge_kind", spec.edge_kinds);
  list("status", spec.statuses);
  list("country", spec.countries);
  word("since", spec.since);
  word("until", spec.until);
  word("component", spec.component);
  word("where", spec.where);
  list("project", spec.projections);
  word("collapse", spec.collapse);
  word("agreements", spec.agreements);
  if (spec.undirected) json.key("undirected").value(true);
  if (session.selection.directed) json.key("directed").value(true);
  word("weight", session.selection.weight.empty() ? session.weight() : session.selection.weight);
  word("currency", session.selection.currency);
  json.end_object();
}

}  // namespace entente
