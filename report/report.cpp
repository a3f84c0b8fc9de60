#include "report/report.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <string_view>

#include <nlohmann/json.hpp>

#include "algorithms/registry.hpp"
#include "engine/version.hpp"
#include "io/atomic_file.hpp"
#include "io/json_text.hpp"
#include "io/bytes.hpp"
#include "io/table_writer.hpp"
#include "query/sentences.hpp"
#include "report/contents.hpp"
#include "report/funds_page.hpp"

namespace entente {

namespace {

TableCell number_cell(double value) { return std::isnan(value) ? TableCell() : TableCell(value); }

std::string provenance_json(const ReportContents& contents, const ReportOptions& options, const std::vector<OutputFile>& files) {
  const Network& network = *contents.selection.network;
  JsonWriter json;
  json.begin_object();
  json.key("entente").value(version);
  json.key("network").begin_object();
  json.key("name").value(network.info().name);
  json.key("sha256").value(network.info().checksum);
  json.key("nodes").value(network.node_count());
  json.key("edges").value(network.edge_count());
  json.end_object();
  json.key("selection").begin_object();
  json.key("description").value(contents.selection.description);
  json.key("nodes").value(contents.selection.nodes.size());
  json.key("edges").value(contents.selection.edges.size());
  json.key("notes").begin_array();
  for (const std::string& note : contents.selection.notes) json.value(note);
  json.end_array();
  json.end_object();
  json.key("measured").begin_object();
  json.key("description").value(contents.measured.description);
  json.key("nodes").value(contents.measured.nodes.size());
  json.key("edges").value(contents.measured.edges.size());
  json.key("notes").begin_array();
  for (const std::string& note : contents.measured.notes) json.value(note);
  json.end_array();
  json.end_object();
  if (!options.weight.empty()) json.key("line_width").value(options.weight);
  json.key("ledger").begin_array();
  for (const LedgerEntry& entry : network.ledger().tables) {
    json.begin_object();
    json.key("table").value(entry.table);
    json.key("rows").value(entry.rows);
    json.key("kept").value(entry.kept);
    json.key("merged").value(entry.merged);
    json.key("refused").value(entry.refused);
    json.end_object();
  }
  json.end_array();
  json.key("algorithms").begin_array();
  std::vector<std::string> used = contents.measures;
  used.push_back("leiden");
  if (!contents.funds.empty()) used.insert(used.end(), {"indicators", "max-flow", "trace"});
  for (const std::string& name : used) {
    const Card* card = find_card(name);
    json.begin_object();
    json.key("name").value(name);
    json.key("options").begin_object();
    for (const OptionSpec& option : card->options) {
      json.key(option.name);
      if (option.name == "seed") json.value(options.seed);
      else std::visit([&](const auto& value) { json.value(value); }, option.default_value);
    }
    json.end_object();
    json.key("sources").begin_array();
    for (const std::string& source : card->sources) json.value(source);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.key("notes").begin_array();
  for (const std::string& note : contents.notes) json.value(note);
  json.end_array();
  json.key("files").begin_object();
  for (const OutputFile& file : files) json.key(file.path).value(sha256(file.bytes));
  json.end_object();
  json.end_object();
  return std::move(json).take();
}

/// The pictures and tables that provenance.json of this folder names: what an earlier report of ours wrote.
std::vector<std::string> files_of_last_report(const std::string& folder) {
  std::ifstream file(std::filesystem::path(folder) / "provenance.json");
  const auto provenance = nlohmann::json::parse(file, nullptr, false);
  std::vector<std::string> paths;
  if (!provenance.is_object() || !provenance.contains("entente") || !provenance.contains("files")) return paths;
  for (const auto& entry : provenance["files"].items()) {
    const std::string& path = entry.key();
    const bool ours = (path.starts_with("diagrams/") || path.starts_with("tables/")) && path.find("..") == std::string::npos;
    if (ours) paths.push_back(path);
  }
  return paths;
}

}  // namespace

std::vector<Table> report_tables(const ReportContents& contents, const ReportOptions& options) {
  const NetworkPtr network = contents.selection.network;
  const auto name_of = [&](NodeId node) { return std::string(network->label(node, options.languages)); };
  const auto key_of = [&](auto id) { return std::string(network->key(id)); };
  const auto text = [](std::string_view value) { return value.empty() ? TableCell() : TableCell(std::string(value)); };
  std::vector<Table> tables;

  Table centrality{.name = "centrality", .title = "Centrality", .network = network, .columns = {{"id", "", ""}, {"name", "", ""}, {"kind", "", ""}, {"country", "", ""}}, .rows = {}, .provenance = {}, .complete = true, .completeness = {}};
  for (const std::string& measure : contents.measures) {
    const Card* card = find_card(measure);
    centrality.columns.push_back({measure, card->results.front().unit, card->results.front().help});
  }
  for (const NodeId node : contents.ranking) {
    std::vector<TableCell> row{key_of(node), name_of(node), text(network->kind(node)), text(network->country(node))};
    for (const auto& score : contents.scores) row.push_back(number_cell(score[node]));
    centrality.rows.push_back(std::move(row));
  }
  tables.push_back(std::move(centrality));

  Table clusters{.name = "clusters", .title = "Clusters", .network = network, .columns = {{"id", "", ""}, {"name", "", ""}, {"cluster", "", ""}, {"stability", "", ""}}, .rows = {}, .provenance = {}, .complete = true, .completeness = {}};
  for (const NodeId node : contents.measured.nodes) {
    clusters.rows.push_back({key_of(node), name_of(node), contents.cluster[node], number_cell(contents.stability[node])});
  }
  std::ranges::stable_sort(clusters.rows, {}, [](const auto& row) { return std::get<std::int64_t>(row[2]); });
  tables.push_back(std::move(clusters));

  Table money{.name = "money", .title = "Money", .network = network, .columns = {{"tie", "", ""}, {"source", "", ""}, {"target", "", ""}, {"kind", "", ""}, {"status", "", ""}, {"amount", "", ""}, {"currency", "", ""}}, .rows = {}, .provenance = {}, .complete = true, .completeness = {}};
  for (const EdgeId tie : contents.money_ties) {
    const auto amount = network->amount(tie);
    money.rows.push_back({key_of(tie), key_of(network->source(tie)), key_of(network->target(tie)), text(network->kind(tie)), text(network->status(tie)),
                          amount ? TableCell(*amount) : TableCell(), amount ? text(amount->currency.text()) : TableCell()});
  }
  tables.push_back(std::move(money));

  Table cohesion{.name = "cohesion", .title = "Articulation points", .network = network, .columns = {{"id", "", ""}, {"name", "", ""}, {"articulation", "", ""}}, .rows = {}, .provenance = {}, .complete = true, .completeness = {}};
  for (const NodeId node : contents.measured.nodes) cohesion.rows.push_back({key_of(node), name_of(node), contents.articulation[node] != 0});
  tables.push_back(std::move(cohesion));

  Table bridges{.name = "bridges", .title = "Bridges", .network = network, .columns = {{"tie", "", ""}, {"source", "", ""}, {"target", "", ""}, {"kind", "", ""}}, .rows = {}, .provenance = {}, .complete = true, .completeness = {}};
  for (const EdgeId tie : contents.bridges) {
    bridges.rows.push_back({key_of(tie), key_of(network->source(tie)), key_of(network->target(tie)), text(network->kind(tie))});
  }
  tables.push_back(std::move(bridges));

  Table ties{.name = "ties", .title = "Ties", .network = network, .columns = {{"tie", "", ""}, {"source", "", ""}, {"target", "", ""}, {"kind", "", ""}, {"directed", "", ""}, {"status", "", ""}, {"start", "", ""}, {"end", "", ""}, {"amount", "", ""}, {"currency", "", ""}, {"agreement", "", ""}, {"document", "", ""}, {"quote", "", ""}}, .rows = {}, .provenance = {}, .complete = true, .completeness = {}};
  for (const EdgeId tie : contents.selection.edges) {
    const auto amount = network->amount(tie);
    const Edtf *start = network->start(tie), *end = network->end(tie);
    std::string documents, quotes;
    for (const Evidence& piece : network->evidence(tie)) {
      const std::string& document = network->source_document(piece.source).key;
      if (documents.find(document) == std::string::npos) documents += (documents.empty() ? "" : " ") + document;
      quotes += (quotes.empty() ? "" : " | ") + piece.quote;
    }
    ties.rows.push_back({key_of(tie), key_of(network->source(tie)), key_of(network->target(tie)), text(network->kind(tie)), network->is_directed(tie),
                         text(network->status(tie)), start ? text(start->text()) : TableCell(), end ? text(end->text()) : TableCell(),
                         amount ? TableCell(*amount) : TableCell(), amount ? text(amount->currency.text()) : TableCell(),
                         text(network->agreement(tie)), text(documents), text(quotes)});
  }
  tables.push_back(std::move(ties));
  for (Table& table : funds_tables(contents.funds, network)) tables.push_back(std::move(table));
  return tables;
}

Result<ReportSummary> write_report(const Selection& selection, const std::string& folder, const ReportOptions& options, const Job& job) {
  const auto contents = contents_of(selection, options, job);
  if (!contents) return tl::unexpected(contents.error());
  std::vector<OutputFile> files;
  files.push_back({"index.html", page(*contents, options)});
  for (const ReportPicture& picture : contents->pictures) {
    files.push_back({"diagrams/" + picture.name + ".svg", picture.svg});
    files.push_back({"diagrams/" + picture.name + ".pdf", picture.pdf});
  }
  for (const FundsPart& part : contents->funds) {
    for (const auto& [status, stage, svg] : part.sankeys) files.push_back({"diagrams/" + drawing_name(part, status, stage) + ".svg", svg});
  }
  for (const Table& table : report_tables(*contents, options)) {
    files.push_back({"tables/" + table.name + ".csv", write_table(table, TableFormat::csv)});
  }
  files.push_back({"provenance.json", provenance_json(*contents, options, files)});
  const std::vector<std::string> before = files_of_last_report(folder);
  if (auto written = write_folder(folder, files); !written) return tl::unexpected(written.error());
  std::set<std::string_view> written_now;
  for (const OutputFile& file : files) written_now.insert(file.path);
  for (const std::string& path : before) {  // a picture of another network must not stay beside this one's
    std::error_code ignored;
    if (!written_now.contains(path)) std::filesystem::remove(std::filesystem::path(folder) / path, ignored);
  }
  return ReportSummary{files.size(), (std::filesystem::path(folder) / "index.html").string(), contents->notes};
}

}  // namespace entente
