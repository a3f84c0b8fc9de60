// entente info: what is in a network and how good the data is.

#include <algorithm>

#include "algorithms/analysis.hpp"
#include "cli/cells.hpp"
#include "cli/columns.hpp"
#include "cli/command.hpp"
#include "query/overview.hpp"

namespace entente {

namespace {

std::string year_text(const std::optional<int>& year) { return year ? std::to_string(*year) : "not stated"; }

Table counts_table(const std::string& name, const std::string& title, const std::string& what,
                   const std::vector<std::pair<std::string, std::size_t>>& counts) {
  Table table;
  table.name = name;
  table.title = title;
  table.columns = {{what, "", ""}, {"count", "", ""}};
  for (const auto& [value, count] : counts) {
    table.rows.push_back({value.empty() ? std::string("not stated") : value, static_cast<std::int64_t>(count)});
  }
  return table;
}

void write_counts(JsonWriter& json, const char* key, const std::vector<std::pair<std::string, std::size_t>>& counts) {
  json.key(key).begin_object();
  for (const auto& [value, count] : counts) json.key(value).value(count);
  json.end_object();
}

Result<void> run_info(Session& session) {
  auto selection = session.load_selection(false);
  if (!selection) return tl::unexpected(selection.error());
  const auto overview = overview_of(*selection);
  if (!overview) return tl::unexpected(overview.error());
  const Network& network = *selection->network;

  auto analysis = Analysis::prepare(*selection);
  if (!analysis) return tl::unexpected(analysis.error());
  const auto findings = overview_figures(*analysis, session.job());
  if (!findings) return tl::unexpected(findings.error());

  Answer answer;
  answer.notes = findings->notes;
  if (std::ranges::any_of(findings->values, [](const auto& figure) { return figure.first.starts_with("assortativity_by_"); })) {
    answer.notes.push_back("assortativity_by_kind and assortativity_by_country are the category_assortativity of entente run " +
                           session.network_name + " statistics --group kind, or country");
  }
  Table figures;
  figures.name = "figures";
  figures.title = network.info().title.empty() ? network.info().name : network.info().title;
  figures.network = selection->network;
  figures.columns = {{"figure", "", ""}, {"value", "", ""}};
  figures.rows.push_back({std::string("nodes"), static_cast<std::int64_t>(selection->nodes.size())});
  figures.rows.push_back({std::string("ties"), static_cast<std::int64_t>(selection->edges.size())});
  figures.rows.push_back({std::string("agreements of several ties"), static_cast<std::int64_t>(overview->agreements)});
  figures.rows.push_back({std::string("sources"), static_cast<std::int64_t>(network.sources().size())});
  for (const auto& [name, value] : findings->values) {
    if (name != "nodes" && name != "edges") figures.rows.push_back({name, cell_of(value)});
  }
  for (const auto& [name, value] : overview->quality) {
    figures.rows.push_back({name, static_cast<std::int64_t>(value)});
  }
  const std::vector<ColumnSummary> columns = columns_of(*selection);
  const auto form = session.format();
  if (!form) return tl::unexpected(form.error());
  if (*form == "csv") {  // which is one table
    for (auto& row : columns_as_figures(columns)) figures.rows.push_back(std::move(row));
  }
  figures.provenance = session.provenance(*selection, "", answer);
  answer.tables.push_back(figures);
  answer.tables.push_back(counts_table("node-kinds", "Nodes by kind", "kind", overview->nodes_by_kind));
  answer.tables.push_back(counts_table("countries", "Nodes by country", "country", overview->nodes_by_country));
  answer.tables.push_back(counts_table("tie-kinds", "Ties by kind", "kind", overview->ties_by_kind));
  answer.tables.push_back(counts_table("statuses", "Ties by status", "status", overview->ties_by_status));

  Table years;
  years.name = "years";
  years.title = "Ties by year of their start (or end, where only that is stated)";
  years.columns = {{"year", "", ""}, {"ties", "", ""}};
  for (const auto& [year, count] : overview->ties_by_year) {
    years.rows.push_back({year_text(year), static_cast<std::int64_t>(count)});
  }
  answer.tables.push_back(years);

  Table money;
  money.name = "money";
  money.title = "Money by kind and status (kinds and currencies are never added up)";
  money.columns = {{"kind", "", ""}, {"status", "", ""}, {"currency", "", ""}, {"sum", "", ""}, {"known", "ties", ""},
                   {"unknown", "ties", ""}};
  for (const MoneyRow& row : overview->money) {
    money.rows.push_back({row.kind, row.status,
                          row.total.sum ? TableCell(std::string(row.total.sum->currency.text())) : TableCell(),
                          row.total.sum ? TableCell(*row.total.sum) : TableCell(),
                          static_cast<std::int64_t>(row.total.known), static_cast<std::int64_t>(row.total.unknown)});
  }
  answer.tables.push_back(money);
  answer.tables.push_back(columns_table(columns));

  answer.json = [&](JsonWriter& json) {
    json.begin_object();
    json.key("title").value(network.info().title);
    json.key("sources").value(network.sources().size());
    json.key("agreements").value(overview->agreements);
    write_counts(json, "nodes_by_kind", overview->nodes_by_kind);
    write_counts(json, "nodes_by_country", overview->nodes_by_country);
    write_counts(json, "ties_by_kind", overview->ties_by_kind);
    write_counts(json, "ties_by_status", overview->ties_by_status);
    json.key("ties_by_year").begin_array();
    for (const auto& [year, count] : overview->ties_by_year) {
      json.begin_object();
      json.key("year");
      if (year) json.value(*year);
      else json.null();
      json.key("ties").value(count);
      json.end_object();
    }
    json.end_array();
    json.key("money").begin_array();
    for (const MoneyRow& row : overview->money) {
      json.begin_object();
      json.key("kind").value(row.kind);
      json.key("status").value(row.status);
      json.key("currency");
      if (row.total.sum) json.value(row.total.sum->currency.text());
      else json.null();
      json.key("sum").value(row.total.sum);
      json.key("known").value(row.total.known);
      json.key("unknown").value(row.total.unknown);
      json.end_object();
    }
    json.end_array();
    json.key("figures").begin_object();
    for (const auto& [name, value] : findings->values) {
      json.key(name);
      write_cell(json, cell_of(value), nullptr);
    }
    json.end_object();
    json.key("columns");
    write_columns(json, columns);
    json.key("quality").begin_object();
    for (const auto& [name, value] : overview->quality) json.key(name).value(value);
    json.end_object();
    json.end_object();
  };
  return session.print(*selection, std::move(answer));
}

}  // namespace

void add_info(CLI::App& app, Session& session, Action& action) {
  CLI::App* command = add_command(app, session, action, "info",
                                  "counts by kind and year, money by kind and status, components, data quality, columns",
                                  [&session] { return run_info(session); });
  add_selection_options(*command, session);
}

}  // namespace entente
