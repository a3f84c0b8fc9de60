// entente convert: one format into another, and what it could not carry.

#include <memory>

#include "cli/command.hpp"
#include "engine/derivation.hpp"
#include "io/write.hpp"

namespace entente {

namespace {

struct ConvertOptions {
  std::string out;
  std::string format;
};

Result<void> run_convert(Session& session, const ConvertOptions& options) {
  if (auto format = format_to_write(options.out, options.format); !format) {
    return options.format.empty() ? tl::unexpected(format.error()) : fail(format.error().code, format.error().what, "option output-format");
  }
  session.selection.spec.keep_hidden = true;  // a conversion leaves nothing out that nobody asked to leave out
  auto selection = session.load_selection(false);
  if (!selection) return tl::unexpected(selection.error());
  for (const auto& notes : {session.usage_notes(), session.loading_notes(), selection->notes}) {
    for (const std::string& remark : notes) session.note(remark);
  }
  NetworkPtr part = selection->network;
  if (selection->nodes.size() < part->node_count() || selection->edges.size() < part->edge_count()) {
    auto copied = copy_of(*selection);
    if (!copied) return tl::unexpected(copied.error());
    part = *copied;
  }
  const auto bar = session.progress("writing " + options.out);
  const auto report = write_network(*part, options.out, options.format);
  if (!report) return tl::unexpected(report.error());
  for (const std::string& loss : report->losses) session.note("not carried over: " + loss);
  const bool remarked = !session.loading_notes().empty() || !selection->notes.empty();
  if (report->losses.empty()) {
    session.note(remarked ? "writing lost nothing; what reading and selecting changed or left out is said above" : "nothing was lost");
  }
  return {};
}

}  // namespace

void add_convert(CLI::App& app, Session& session, Action& action) {
  auto options = std::make_shared<ConvertOptions>();
  CLI::App* command = add_command(app, session, action, "convert", "write the network, or a selection, in another format",
                                  [&session, options] { return run_convert(session, *options); });
  command->add_option("OUT", options->out, "a file, whose ending names the format; a folder for a data package; -")->required();
  command->add_option("--output-format", options->format, "the format of OUT, where its ending does not say");
  add_selection_options(*command, session);
}

}  // namespace entente
