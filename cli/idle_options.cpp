#include "cli/idle_options.hpp"

#include <algorithm>
#include <string_view>

namespace entente {

namespace {

using Flags = std::vector<std::string_view>;

/// What each command reads and leaves unused. --weight amount and --where make use of amounts and so of how they are
/// converted and counted.
struct IdleOptions {
  std::string_view command;
  Flags always;
  Flags without_amounts;
};

const std::vector<IdleOptions>& idle_options() {
  static const std::vector<IdleOptions> all{
      {"info", {"--weight"}, {"--reports"}},
      {"who", {}, {"--reports"}},
      {"centrality", {}, {"--reports", "--currency"}},
      {"clusters", {}, {"--reports", "--currency"}},
      {"cohesion", {"--weight"}, {"--reports", "--currency"}},
      {"exchange", {"--weight", "--reports"}, {}},
      {"reconcile", {"--weight", "--reports"}, {}},
      {"draw", {"--verify"}, {}},
      {"report", {"--verify", "--format"}, {}},
      {"convert", {"--weight", "--verify", "--format", "--output"}, {"--reports"}},
      {"validate", {"--lenient"}, {}},
      {"generate", {"--verify", "--lenient", "--language", "--input-format"}, {}},
      {"datasets", {"--verify", "--lenient", "--language", "--input-format"}, {}},
      {"algorithms", {"--verify", "--lenient", "--language", "--input-format"}, {}},
  };
  return all;
}

/// By its long name, of the command itself or of all commands.
bool is_given(const CLI::App& app, const CLI::App& command, std::string_view flag) {
  for (const CLI::App* place : {&command, &app}) {
    const CLI::Option* option = place->get_option_no_throw(std::string(flag));
    if (option && option->count() > 0) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> remarks_on_idle_options(const CLI::App& app, const Session& session) {
  std::vector<std::string> remarks;
  const auto chosen = app.get_subcommands();
  if (chosen.empty()) return remarks;
  const CLI::App& command = *chosen.front();
  const auto check = [&](std::string_view flag, const std::string& why) {
    if (is_given(app, command, flag)) remarks.push_back(command.get_name() + " makes no use of " + std::string(flag) + why);
  };
  const auto found = std::ranges::find(idle_options(), std::string_view(session.command), &IdleOptions::command);
  if (found != idle_options().end()) {
    for (const std::string_view flag : found->always) check(flag, "");
    const bool amounts = session.weighs_by_amount() || !session.selection.spec.where.empty();
    if (!amounts) {
      for (const std::string_view flag : found->without_amounts) check(flag, ", unless amounts are asked for (--weight amount)");
    }
  }
  if (session.command == "draw") {
    const CLI::Option* color = command.get_option_no_throw("--color");
    const bool clusters = is_given(app, command, "--boxes") || (color && color->count() > 0 && color->results().front() == "cluster");
    if (!clusters) check("--method", " without --color cluster or --boxes");
  }
  const CLI::Option* second = session.command == "who" ? command.get_option_no_throw("B") : nullptr;
  if (second && second->count() == 0) {
    for (const std::string_view flag : {"--all-shortest", "--k", "--max-length", "--via", "--avoid", "--limit", "--weight"}) {
      check(flag, " without a second body to find the way to");
    }
  }
  return remarks;
}

}  // namespace entente
