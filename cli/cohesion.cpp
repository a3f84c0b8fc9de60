// entente cohesion: components, cores, bicomponents, articulation points and bridges.

#include "cli/cells.hpp"
#include "cli/command.hpp"
#include "engine/text.hpp"
#include "query/cohesion_view.hpp"

namespace entente {

namespace {

Result<void> run_cohesion(Session& session) {
  auto selection = session.load_selection(true);
  if (!selection) return tl::unexpected(selection.error());
  const auto analysis = Analysis::prepare(*selection);
  if (!analysis) return tl::unexpected(analysis.error());
  const auto view = cohesion_of(*analysis, session.job());
  if (!view) return tl::unexpected(view.error());
  const Topology& topology = analysis->topology();
  const NetworkPtr network = topology.network;

  Answer answer;
  Table nodes;
  nodes.name = "cohesion";
  const auto count = [](auto number, const char* one, const char* many) { return counted(static_cast<std::size_t>(number), one, many); };
  nodes.title = "Cohesion: " + count(view->components, "component", "components") + ", " +
                count(view->bicomponents, "bicomponent", "bicomponents") + ", " +
                count(view->articulation_points, "articulation point", "articulation points") + ", " +
                count(view->bridges.size(), "bridge", "bridges") + ", largest core " + std::to_string(view->degeneracy);
  nodes.network = network;
  nodes.columns = {{"id", "", ""}, {"name", "", ""}, {"component", "", "0 is the largest"},
                   {"core", "", "largest k such that the node is in the k-core"},
                   {"articulation", "", "removing the node parts others"}};
  for (const NodeId node : topology.graph.nodes()) {
    const NodeId original = topology.node[node];
    nodes.rows.push_back({std::string(network->key(original)),
                          std::string(network->label(original, session.global.languages)), view->component[node],
                          view->core[node], view->articulation[node] != 0});
  }
  nodes.provenance = session.provenance(*selection, "cohesion", answer);

  Table bridges;
  bridges.name = "bridges";
  bridges.title = "Bridges: ties whose loss parts the network";
  bridges.network = network;
  bridges.columns = {{"tie", "", ""}, {"source", "", ""}, {"target", "", ""}, {"kind", "", ""}};
  for (const EdgeId edge : view->bridges) {
    const EdgeId original = topology.edge[edge];
    bridges.rows.push_back({std::string(network->key(original)), std::string(network->key(network->source(original))),
                            std::string(network->key(network->target(original))), network->kind(original)});
  }

  answer.json = [view = *view, nodes, bridges](JsonWriter& json) {
    json.begin_object();
    json.key("components").value(view.components);
    json.key("rows");
    write_rows(json, nodes);
    json.key("bridges");
    write_rows(json, bridges);
    json.key("bicomponents").value(view.bicomponents);
    json.key("articulation_points").value(view.articulation_points);
    json.end_object();
  };
  answer.tables.push_back(std::move(nodes));
  answer.tables.push_back(std::move(bridges));
  return session.print(*selection, std::move(answer));
}

}  // namespace

void add_cohesion(CLI::App& app, Session& session, Action& action) {
  CLI::App* command = add_command(app, session, action, "cohesion",
                                  "components, cores, bicomponents, articulation points, bridges",
                                  [&session] { return run_cohesion(session); });
  add_selection_options(*command, session);
}

}  // namespace entente
