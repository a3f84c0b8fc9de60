#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/session.hpp"

namespace entente {

/// The options that the user gave and that the chosen command has no use for, one remark each. All commands share the
/// global options and the selection, so that a line can be typed again with another command in front; but nobody is to
/// believe that an option did something where it did nothing. What depends on the algorithm, run_card() says.
std::vector<std::string> remarks_on_idle_options(const CLI::App& app, const Session& session);

}  // namespace entente
