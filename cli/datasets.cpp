// entente datasets: the networks that come with the program.

#include <filesystem>

#include "cli/cells.hpp"
#include "cli/command.hpp"
#include "io/read.hpp"

namespace entente {

namespace {

Result<void> run_datasets(Session& session) {
  const std::string folder = datasets_folder();
  if (folder.empty()) {
    return fail(ErrorCode::unreadable, "The bundled datasets were not found. Set ENTENTE_DATASETS to their folder.");
  }
  Answer answer;
  Table table;
  table.name = "datasets";
  table.title = "Bundled datasets";
  table.columns = {{"name", "", ""}, {"nodes", "", ""}, {"ties", "", ""}, {"title", "", ""}};
  for (const std::string& name : bundled_datasets()) {
    const auto network = read_network((std::filesystem::path(folder) / name).string());
    if (!network) return tl::unexpected(network.error());
    table.rows.push_back({name, static_cast<std::int64_t>((*network)->node_count()),
                          static_cast<std::int64_t>((*network)->edge_count()), (*network)->info().title});
  }
  answer.json = [table](JsonWriter& json) { write_rows(json, table); };
  answer.tables.push_back(std::move(table));
  return session.print(std::move(answer));
}

}  // namespace

void add_datasets(CLI::App& app, Session& session, Action& action) {
  CLI::App* command = app.add_subcommand("datasets", "the networks that come with the program");
  command->fallthrough();
  command->callback([&session, &action] {
    session.command = "datasets";
    action = [&session] { return run_datasets(session); };
  });
}

}  // namespace entente
