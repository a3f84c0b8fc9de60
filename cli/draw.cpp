// entente draw: a diagram through Graphviz.

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "algorithms/synonyms.hpp"
#include "cli/command.hpp"
#include "cli/method_words.hpp"
#include "report/picture.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

struct DrawOptions {
  PictureSpec picture;
  double timeout = 60;
};

/// Of a measure that is unknown, the option that asked for it, and the measure that is called so elsewhere.
Error naming_its_option(Error error, const DiagramSpec& asked) {
  const auto speaks_of = [&](const std::string& word) { return error.what.find("\"" + word + "\"") != std::string::npos; };
  for (const auto& [word, option] : {std::pair{&asked.size, "option size"}, std::pair{&asked.color, "option color"}}) {
    if ((!error.where.empty() && error.where != option) || !speaks_of(*word)) continue;
    error.where = option;
    std::string names;
    for (const MeantHere& meant : known_as(*word)) {
      if (is_measure(*meant.card) && meant.result.empty()) names += (names.empty() ? "" : " or ") + meant.card->name;
    }
    if (!names.empty()) error.what += " Here it is " + names + ".";
    break;
  }
  return error;
}

Result<void> run_draw(Session& session, DrawOptions& options) {
  if (session.global.format.empty() && (session.global.output.empty() || session.global.output == "-")) {
    session.global.format = "svg";
  }
  const std::string form = session.global.format.empty() ? std::filesystem::path(session.global.output).extension().string()
                                                         : session.global.format;
  const auto format = parse_picture_format(form);
  if (!format) return tl::unexpected(format.error());
  auto selection = session.load_selection(true);
  if (!selection) return tl::unexpected(selection.error());
  options.picture.diagram.languages = session.global.languages;
  options.picture.weight = session.weight();
  ChildLimits limits;
  limits.seconds = options.timeout;
  const auto picture = draw(*selection, options.picture, *format, limits, session.job());
  if (!picture) return tl::unexpected(naming_its_option(picture.error(), options.picture.diagram));
  std::set<std::string> told;
  for (const auto& notes : {session.usage_notes(), session.loading_notes(), selection->notes, picture->notes}) {
    for (const std::string& remark : notes) {
      if (told.insert(remark).second) session.note(remark);
    }
  }
  return session.write(picture->bytes);
}

}  // namespace

void add_draw(CLI::App& app, Session& session, Action& action) {
  auto options = std::make_shared<DrawOptions>();
  CLI::App* command = add_command(app, session, action, "draw", "a diagram: SVG, PNG, PDF or DOT, by the ending of -o",
                                  [&session, options] { return run_draw(session, *options); });
  DiagramSpec& diagram = options->picture.diagram;
  command->add_option("--layout", diagram.layout, "dot, neato, fdp, sfdp, circo, twopi, osage, patchwork (default auto)");
  command->add_option("--color", diagram.color, "kind, country, cluster, status, none, a column or a measure (default auto)");
  command->add_option("--size", diagram.size, "a measure of the registry, or none (default none)")->default_str("");
  diagram.size = "none";
  command->add_option("--labels", diagram.labels, "all, none or a number of nodes (default auto)");
  command->add_option("--isolates", diagram.isolates, "auto, show or hide the nodes without ties (default auto)");
  command->add_option("--label-letters", diagram.label_letters, "cut labels after that many letters (default 48)")->check(CLI::Range(1, 1000));
  command->add_option("--method", options->picture.cluster_method, "for clusters (default leiden)");
  command->add_option("--seed", options->picture.seed, "of clusters and layout (default 7)");
  command->add_option("--title", diagram.title, "instead of the network's title");
  command->add_option("--font", diagram.font, "a font family to prefer");
  command->add_flag("--boxes", diagram.boxes, "a box around each cluster");
  command->add_flag("!--no-bundle", diagram.bundle, "draw parallel ties one by one");
  command->add_flag("!--no-legend", diagram.legend, "leave the legend out");
  command->add_option("--timeout", options->timeout, "seconds the layout may take (default 60)")
      ->check(CLI::Range(0.1, 86400.0))->check([](const std::string& text) {  // which nan is not outside of
        return text.find_first_of("nN") == std::string::npos ? std::string() : "a number is wanted, and \"" + one_line(text) + "\" is none.";
      });
  add_selection_options(*command, session);
}

}  // namespace entente
