#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/session.hpp"

namespace entente {

/// What the chosen command will do once the options are read.
using Action = std::function<Result<void>()>;

/// Declares a command that takes NETWORK. `run` is called when it was the one chosen.
CLI::App* add_command(CLI::App& app, Session& session, Action& action, const std::string& name,
                      const std::string& help, std::function<Result<void>()> run);

/// The selection options, the same on every command that analyses or shows.
void add_selection_options(CLI::App& command, Session& session);

/// Whether a network can be written under the name that an option of this command gives, asked before it is made.
/// Errors: bad_argument, with that option as the place.
Result<void> names_a_network(const std::string& path, const std::string& option);

void add_info(CLI::App& app, Session& session, Action& action);
void add_who(CLI::App& app, Session& session, Action& action);
void add_centrality(CLI::App& app, Session& session, Action& action);
void add_clusters(CLI::App& app, Session& session, Action& action);
void add_flow(CLI::App& app, Session& session, Action& action);
void add_exchange(CLI::App& app, Session& session, Action& action);
void add_sankey(CLI::App& app, Session& session, Action& action);
void add_reconcile(CLI::App& app, Session& session, Action& action);
void add_cohesion(CLI::App& app, Session& session, Action& action);
void add_run(CLI::App& app, Session& session, Action& action);
void add_draw(CLI::App& app, Session& session, Action& action);
void add_report(CLI::App& app, Session& session, Action& action);
void add_validate(CLI::App& app, Session& session, Action& action);
void add_convert(CLI::App& app, Session& session, Action& action);
void add_datasets(CLI::App& app, Session& session, Action& action);
void add_generate(CLI::App& app, Session& session, Action& action);
void add_algorithms(CLI::App& app, Session& session, Action& action);

}  // namespace entente
