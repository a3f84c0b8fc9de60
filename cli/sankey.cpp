// entente sankey: where stated money goes, as a picture or in words.

#include <filesystem>
#include <memory>
#include <set>

#include "cli/cells.hpp"
#include "cli/command.hpp"
#include "engine/text.hpp"
#include "query/money_stages.hpp"
#include "query/tie_columns.hpp"
#include "viz/sankey_svg.hpp"
#include "viz/sankey_table.hpp"

namespace entente {

namespace {

/// "svg" for a picture, "" for the tables; whatever the ending or --format asks for.
Result<std::string> sankey_form(Session& session) {
  const GlobalOptions& global = session.global;
  const std::string ending = std::filesystem::path(global.output).extension().string();
  const bool to_file = !global.output.empty() && global.output != "-";
  const std::string form = !global.format.empty() ? global.format : ending.empty() ? "" : ending.substr(1);
  for (const char* painted : {"png", "pdf", "ps", "eps", "dot"}) {
    if (form != painted) continue;
    return fail(ErrorCode::bad_argument,
                "A Sankey diagram is written as SVG only, which every browser and most print programs turn into " + form +
                    ". End the output in .svg.",
                global.format.empty() ? "option output" : "option format");
  }
  if (form == "svg" || (global.format.empty() && !to_file)) return std::string("svg");
  return std::string();
}

void write_sankey_json(JsonWriter& json, const SankeyData& data, const std::vector<Table>& tables) {
  json.begin_object();
  json.key("currency");
  if (data.currency) json.value(data.currency->text());
  else json.null();
  json.key("total");
  if (data.currency && data.stated > 0) json.value(data.money(data.total));
  else json.null();
  json.key("ties").value(data.stated);
  json.key("unknown").value(data.unknown);
  json.key("levels").begin_array();
  for (const std::string& level : data.levels) json.value(level);
  json.end_array();
  for (const Table& table : tables) {
    json.key(table.name);
    write_rows(json, table);
  }
  json.end_object();
}

Result<void> run_sankey(Session& session, SankeySpec& spec) {
  const auto form = sankey_form(session);
  if (!form) return tl::unexpected(form.error());
  const auto currency = session.currency();
  if (!currency) return tl::unexpected(currency.error());
  spec.currency = *currency;
  spec.languages = session.global.languages;
  if (!session.selection.weight.empty() && !session.weighs_by_amount()) {
    return fail(ErrorCode::bad_argument, "A Sankey diagram shows money: its weight is always amount. Plain numbers need a column currency in the data.", "option weight");
  }
  auto selection = session.load_money();
  if (!selection) return tl::unexpected(selection.error());
  if (*form == "svg") {  // the picture says what loading did, as a printed table does
    selection->notes.insert(selection->notes.begin(), session.loading_notes().begin(), session.loading_notes().end());
  }
  if (auto apart = stages_apart(*selection, session.selection.spec.edge_kinds, spec.currency); !apart) return apart;
  if (!instead_of_money(*selection->network).empty()) {
    return fail(ErrorCode::bad_argument, "No tie states money, only plain numbers: give the ties a column amount and a column currency (such as USD).",
                spec.currency ? "option currency" : "");
  }
  std::size_t undirected = 0;
  for (const EdgeId tie : selection->edges) undirected += selection->network->amount(tie) && !selection->network->is_directed(tie);
  const std::string advice = counted(undirected, "tie states an amount but no direction and is", "ties state an amount but no direction and are") +
                             " not drawn; --directed takes them from source to target";
  const auto data = sankey_data(*selection, spec);
  if (!data) return fail(data.error().code, data.error().what + (undirected > 0 ? " Of all, " + advice + "." : ""), data.error().where);
  if (undirected > 0) session.note(advice);
  if (*form == "svg") {
    for (const std::string& remark : data->notes) session.note(remark);
    return session.write(sankey_svg(*data, sankey_layout(*data, spec), spec));
  }
  Answer answer;
  answer.notes.assign(data->notes.begin() + static_cast<std::ptrdiff_t>(selection->notes.size()), data->notes.end());
  answer.parameters = {{"levels", spec.levels}, {"group", spec.group}, {"top", static_cast<std::int64_t>(spec.top)},
                       {"least-share", spec.least_share}};
  if (spec.currency) answer.parameters.emplace_back("currency", std::string(spec.currency->text()));
  answer.tables = sankey_tables(*data, spec);
  for (Table& table : answer.tables) table.provenance = session.provenance(*selection, "sankey", answer);
  answer.json = [&data, tables = answer.tables](JsonWriter& json) { write_sankey_json(json, *data, tables); };
  return session.print(*selection, std::move(answer));
}

}  // namespace

void add_sankey(CLI::App& app, Session& session, Action& action) {
  auto spec = std::make_shared<SankeySpec>();
  CLI::App* command = add_command(app, session, action, "sankey",
                                  "where stated money goes: SVG, or the flows and balances with --format table, csv, markdown or json",
                                  [&session, spec] { return run_sankey(session, *spec); });
  command->add_option("--levels", spec->levels, "hop, kind, country, date or a column of the bodies: what stands in one column (default hop)");
  command->add_option("--group", spec->group, "country, kind or a column: one node for all bodies of a value");
  command->add_option("--top", spec->top, "so many bodies keep a node of their own, the rest is bundled (default 24)")
      ->check(CLI::Range(std::size_t{1}, sankey_most_nodes));
  command->add_option("--least-share", spec->least_share, "bundle bodies that move less than this share of all money (default 0)")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--width", spec->width, "of the picture in px (default 960)")->check(CLI::Range(400.0, 4000.0));
  command->add_option("--title", spec->title, "instead of the network's title");
  command->add_option("--font", spec->font, "a font family to prefer");
  add_selection_options(*command, session);
}

}  // namespace entente
