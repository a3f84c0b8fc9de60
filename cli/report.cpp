// entente report: one folder with the whole document.

#include <memory>

#include "cli/command.hpp"
#include "engine/text.hpp"
#include "report/report.hpp"

namespace entente {

namespace {

Result<void> run_report(Session& session) {
  if (session.global.output.empty() || session.global.output == "-") {
    return fail(ErrorCode::bad_argument, "A report is a folder: name it with -o, as in -o report/.", "option output");
  }
  auto selection = session.load_money();
  if (!selection) return tl::unexpected(selection.error());
  selection->notes.insert(selection->notes.begin(), session.loading_notes().begin(), session.loading_notes().end());
  ReportOptions options;
  options.languages = session.global.languages;
  options.weight = session.weight();
  const auto summary = write_report(*selection, session.global.output, options, session.job());
  if (!summary) return tl::unexpected(summary.error());
  for (const std::string& remark : session.usage_notes()) session.note(remark);
  if (!options.weight.empty()) session.note("--weight says how wide the lines of the diagrams are; measures and clusters of a report count every tie as 1");
  for (const std::string& remark : session.loading_notes()) session.note(remark);
  for (const std::string& remark : summary->notes) session.note(remark);
  session.note(counted(summary->files, "file", "files") + " written; open " + summary->index);
  return {};
}

}  // namespace

void add_report(CLI::App& app, Session& session, Action& action) {
  CLI::App* command = add_command(app, session, action, "report",
                                  "the whole document: measures, clusters, money, diagrams, tables, evidence",
                                  [&session] { return run_report(session); });
  add_selection_options(*command, session);
}

}  // namespace entente
