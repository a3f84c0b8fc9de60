// entente reconcile: which money is reported more than once, by giver and taker or by parents and parts, and what is left.

#include <memory>
#include <string>
#include <tuple>

#include "cli/cells.hpp"
#include "cli/command.hpp"
#include "engine/text.hpp"
#include "io/write.hpp"
#include "query/reconcile.hpp"

namespace entente {

namespace {

struct ReconcileArguments {
  ReportColumns columns;
  std::string prefer = "giver";
  std::int64_t window_days = 60;
  double tolerance = 1;
  std::string write;
};

Result<ReconcileOptions> options_of(const ReconcileArguments& arguments) {
  ReconcileOptions options;
  options.columns = arguments.columns;
  if (arguments.prefer != "giver" && arguments.prefer != "taker") {
    return fail(ErrorCode::bad_argument, "prefer must be giver or taker.", "option prefer");
  }
  options.prefer = arguments.prefer == "giver" ? Report::Side::giver : Report::Side::taker;
  if (arguments.window_days < 0 || arguments.window_days > 36525) {
    return fail(ErrorCode::bad_argument, "window must lie between 0 and 36525 days.", "option window");
  }
  options.window_days = arguments.window_days;
  if (!(arguments.tolerance >= 0 && arguments.tolerance <= 100)) {
    return fail(ErrorCode::bad_argument, "tolerance must lie between 0 and 100 percent.", "option tolerance");
  }
  options.tolerance_bp = static_cast<std::int64_t>(arguments.tolerance * 100 + 0.5);
  return options;
}

Result<void> run_reconcile(Session& session, const ReconcileArguments& arguments) {
  const auto options = options_of(arguments);
  if (!options) return tl::unexpected(options.error());
  if (!arguments.write.empty()) {
    if (auto named = names_a_network(arguments.write, "write"); !named) return named;
  }
  const auto selection = session.load_selection(false);
  if (!selection) return tl::unexpected(selection.error());
  if (!selection->network->edge_attribute(options->columns.reporter)) {
    return fail(ErrorCode::bad_argument, "The ties have no column \"" + options->columns.reporter +
                                             "\" that says who reports each payment, so nothing can be reported twice.",
                "option reporter");
  }
  const ReportColumns usual, &asked = options->columns;
  for (const auto& [name, column, its_default] :
       {std::tuple{"activity", &asked.activity, &usual.activity}, std::tuple{"provider-activity", &asked.provider_activity, &usual.provider_activity},
        std::tuple{"receiver-activity", &asked.receiver_activity, &usual.receiver_activity},
        std::tuple{"parent-activity", &asked.parent_activity, &usual.parent_activity}}) {
    if (*column == *its_default || selection->network->edge_attribute(*column)) continue;  // the usual ones may be missing
    return fail(ErrorCode::bad_argument, "The ties have no column \"" + *column + "\".", std::string("option ") + name);
  }
  const auto found = reconcile(*selection, *options, session.job());
  if (!found) return tl::unexpected(found.error());

  Answer answer;
  answer.parameters = {{"prefer", arguments.prefer}, {"window", arguments.window_days}, {"tolerance", arguments.tolerance}};
  answer.notes = found->notes;
  answer.tables = reconciliation_tables(*found);
  if (found->unknown > 0) {
    answer.notes.push_back(counted(found->unknown, "tie states", "ties state") + " no amount: no sum holds them");
  }
  answer.tables.front().provenance = session.provenance(*selection, "reconcile", answer);
  if (!arguments.write.empty()) {
    const auto network = reconciled_network(*found);
    if (!network) return tl::unexpected(network.error());
    const auto written = write_network(**network, arguments.write);
    if (!written) return tl::unexpected(written.error());
    for (const std::string& loss : written->losses) answer.notes.push_back("not carried over: " + loss);
    answer.notes.push_back("each payment once: written to " + arguments.write);
  }
  answer.json = [tables = answer.tables](JsonWriter& json) {
    json.begin_object();
    for (const Table& table : tables) {
      json.key(table.name);
      write_rows(json, table);
    }
    json.end_object();
  };
  return session.print(*selection, std::move(answer));
}

}  // namespace

void add_reconcile(CLI::App& app, Session& session, Action& action) {
  auto arguments = std::make_shared<ReconcileArguments>();
  CLI::App* command = add_command(app, session, action, "reconcile",
                                  "money that is reported more than once: by giver and taker, by parents and their parts",
                                  [&session, arguments] { return run_reconcile(session, *arguments); });
  ReportColumns& columns = arguments->columns;
  command->add_option("--reporter", columns.reporter, "column of ties: who reports the payment (default reporter)");
  command->add_option("--activity", columns.activity, "column: the reporter's own activity id (default activity)");
  command->add_option("--provider-activity", columns.provider_activity, "column: the giver's activity id (default provider_activity)");
  command->add_option("--receiver-activity", columns.receiver_activity, "column: the taker's activity id (default receiver_activity)");
  command->add_option("--parent-activity", columns.parent_activity, "column: the activity that contains this one (default parent_activity)");
  command->add_option("--prefer", arguments->prefer, "giver or taker: whose word stands where they disagree (default giver)");
  command->add_option("--window", arguments->window_days, "days that two reports of the same money may lie apart (default 60)");
  command->add_option("--tolerance", arguments->tolerance, "percent by which their amounts may differ without common ids (default 1)");
  command->add_option("--write", arguments->write, "write the network with each payment once to this file or folder");
  add_selection_options(*command, session);
}

}  // namespace entente
