// entente who: the partners of a body, or how two bodies are connected, with the documents that say so.

#include <algorithm>
#include <map>
#include <memory>

#include "cli/command.hpp"
#include "cli/tie_table.hpp"
#include "engine/text.hpp"
#include "query/sentences.hpp"
#include "query/who.hpp"

namespace entente {

namespace {

struct WhoOptions {
  std::string a, b;
  ConnectionOptions connection;
  std::vector<std::string> avoid;
};

/// A sentence about a tie and under it the quotes that say so.
std::string told(const Network& network, EdgeId tie, const std::vector<std::string>& languages,
                 const std::string& indent) {
  std::string text = indent + tie_sentence(network, tie, languages) + "\n";
  for (const std::string& quote : evidence_sentences(network, tie)) text += indent + "    " + quote + "\n";
  if (network.evidence(tie).empty()) text += indent + "    (no source is given for this tie)\n";
  return text;
}

Answer partners_answer(const Session& session, const Selection& selection, NodeId node) {
  const NetworkPtr network = selection.network;
  const auto languages = session.global.languages;
  const Partners partners = partners_of(selection, node);

  Answer answer;
  answer.parameters.emplace_back("a", std::string(network->key(node)));
  Table table;
  table.name = "partners";
  table.title = "Partners of " + node_words(*network, node, languages);
  table.network = network;
  table.columns = {{"partner", "", "id"}, {"name", "", ""}, {"country", "", ""}};
  for (TableColumn& column : tie_columns()) table.columns.push_back(std::move(column));
  std::map<std::string, std::vector<std::pair<NodeId, EdgeId>>> by_kind;
  for (const Partner& partner : partners.partners) {
    for (const EdgeId tie : partner.ties) {
      std::vector<TableCell> row{std::string(network->key(partner.node)),
                                 std::string(network->label(partner.node, languages)),
                                 std::string(network->country(partner.node))};
      for (TableCell& cell : tie_cells(*network, tie)) row.push_back(std::move(cell));
      table.rows.push_back(std::move(row));
      by_kind[network->kind(tie)].emplace_back(partner.node, tie);
    }
  }
  answer.tables.push_back(std::move(table));

  answer.text = node_words(*network, node, languages) + "\n" +
                counted(partners.partners.size(), "partner", "partners") + ", " +
                counted(partners.ties, "tie", "ties") + "\n";
  for (const auto& [kind, ties] : by_kind) {
    answer.text += "\n" + (kind.empty() ? std::string("ties without a kind") : kind) + "\n";
    for (const auto& [partner, tie] : ties) answer.text += told(*network, tie, languages, "  ");
  }

  answer.json = [network, node, partners, languages](JsonWriter& json) {
    json.begin_object();
    json.key("node");
    write_node(json, *network, node, languages);
    json.key("partners").begin_array();
    for (const Partner& partner : partners.partners) {
      json.begin_object();
      json.key("node");
      write_node(json, *network, partner.node, languages);
      json.key("ties").begin_array();
      for (const EdgeId tie : partner.ties) write_tie(json, *network, tie);
      json.end_array();
      json.end_object();
    }
    json.end_array();
    json.end_object();
  };
  return answer;
}

/// What the shortest path is the shortest by.
std::string lengths_in_words(const Session& session) {
  return "the shortest by the sum of 1 / " + session.weight() + (session.weight() == "count" ? " of ties" : "");
}

std::string told(const Session& session, const Network& network, const Connections& found) {
  const auto& languages = session.global.languages;
  const std::string a = node_words(network, found.from, languages), b = node_words(network, found.to, languages);
  if (!found.connected) return a + " and " + b + " are not connected within this question.\n" + found.completeness + ".\n";
  if (found.from == found.to) return a + " is the same body.\n";
  std::string text = a + " and " + b + " are connected over " + counted(*found.distance, "tie", "ties") +
                     (found.length ? ", " + lengths_in_words(session) + ".\n" : ".\n");
  for (std::size_t i = 0; i < found.paths.size(); ++i) {
    const Connection& path = found.paths[i];
    text += "\nPath " + std::to_string(i + 1) + (found.length ? ", length " + json_number(path.length) + ":" : ":");
    for (std::size_t step = 0; step < path.nodes.size(); ++step) {
      text += (step == 0 ? " " : " — ") + std::string(network.label(path.nodes[step], languages));
    }
    text += "\n";
    for (std::size_t step = 0; step < path.ties.size(); ++step) {
      for (const EdgeId tie : path.ties[step]) text += told(network, tie, languages, "  " );
    }
  }
  return text + "\n" + found.completeness + ".\n";
}

Answer connections_answer(const Session& session, const Selection& selection, const WhoOptions& options,
                          const Connections& found) {
  const NetworkPtr network = selection.network;
  const auto languages = session.global.languages;
  Answer answer;
  answer.parameters = {{"a", std::string(network->key(found.from))},
                       {"b", std::string(network->key(found.to))},
                       {"all_shortest", options.connection.all_shortest},
                       {"k", static_cast<std::int64_t>(options.connection.k)},
                       {"max_length", static_cast<std::int64_t>(options.connection.max_length)},
                       {"directed", options.connection.directed}};
  if (found.length) answer.parameters.emplace_back("weight", session.selection.weight);
  Table table;
  table.name = "connections";
  table.title = "How " + node_words(*network, found.from, languages) + " and " +
                node_words(*network, found.to, languages) + " are connected";
  table.network = network;
  table.complete = found.complete;
  table.completeness = found.completeness;
  table.columns = {{"path", "", "number, shortest first"}, {"step", "", "number in the path"},
                   {"step_from", "", "id of the node that the step leaves"}, {"step_from_name", "", ""},
                   {"step_to", "", "id of the node that it reaches"}, {"step_to_name", "", ""}};
  if (found.length) table.columns.push_back({"length", "1 / " + session.weight(), "of the whole path"});
  for (TableColumn& column : tie_columns()) table.columns.push_back(std::move(column));
  for (std::size_t i = 0; i < found.paths.size(); ++i) {
    for (std::size_t step = 0; step < found.paths[i].ties.size(); ++step) {
      for (const EdgeId tie : found.paths[i].ties[step]) {
        std::vector<TableCell> row{static_cast<std::int64_t>(i + 1), static_cast<std::int64_t>(step + 1)};
        for (const NodeId node : {found.paths[i].nodes[step], found.paths[i].nodes[step + 1]}) {
          row.emplace_back(std::string(network->key(node)));
          row.emplace_back(std::string(network->label(node, languages)));
        }
        if (found.length) row.push_back(found.paths[i].length);
        for (TableCell& cell : tie_cells(*network, tie)) row.push_back(std::move(cell));
        table.rows.push_back(std::move(row));
      }
    }
  }
  answer.tables.push_back(std::move(table));
  answer.text = told(session, *network, found);
  answer.notes = found.notes;
  if (found.length) answer.notes.push_back("paths are " + lengths_in_words(session));
  answer.notes.push_back(found.completeness);
  answer.json = [network, found, languages](JsonWriter& json) {
    json.begin_object();
    json.key("from");
    write_node(json, *network, found.from, languages);
    json.key("to");
    write_node(json, *network, found.to, languages);
    json.key("connected").value(found.connected);
    json.key("distance").value(found.distance);
    if (found.length) json.key("length").value(*found.length);
    json.key("complete").value(found.complete);
    json.key("completeness").value(found.completeness);
    json.key("paths").begin_array();
    for (const Connection& path : found.paths) {
      json.begin_object();
      if (found.length) json.key("length").value(path.length);
      json.key("nodes").begin_array();
      for (const NodeId node : path.nodes) write_node(json, *network, node, languages);
      json.end_array();
      json.key("ties").begin_array();
      for (const auto& step : path.ties) {
        json.begin_array();
        for (const EdgeId tie : step) write_tie(json, *network, tie);
        json.end_array();
      }
      json.end_array();
      json.end_object();
    }
    json.end_array();
    json.end_object();
  };
  return answer;
}

Result<void> run_who(Session& session, WhoOptions& options) {
  auto selection = session.load_selection(false);
  if (!selection) return tl::unexpected(selection.error());
  const auto a = session.resolve(selection->network, options.a);
  if (!a) return tl::unexpected(a.error());
  if (options.b.empty()) {
    if (!std::ranges::binary_search(selection->nodes, *a)) {
      return fail(ErrorCode::bad_argument, std::string(selection->network->label(*a, session.global.languages)) +
                                               " is not in the selection (--all-kinds includes the hidden kinds), so nothing "
                                               "can be said about its partners.");
    }
    return session.print(*selection, partners_answer(session, *selection, *a));
  }

  const auto b = session.resolve(selection->network, options.b);
  if (!b) return tl::unexpected(b.error());
  for (const std::string& name : options.avoid) {
    const auto nodes = session.resolve_group(selection->network, name);
    if (!nodes) return fail(nodes.error().code, nodes.error().what, "option avoid");
    options.connection.avoid.insert(options.connection.avoid.end(), nodes->begin(), nodes->end());
  }
  const auto currency = session.currency();
  if (!currency) return tl::unexpected(currency.error());
  options.connection.weight = session.weight();
  options.connection.currency = *currency;
  const auto found = connections(*selection, *a, *b, options.connection, session.job());
  if (!found) return tl::unexpected(found.error());
  return session.print(*selection, connections_answer(session, *selection, options, *found));
}

}  // namespace

void add_who(CLI::App& app, Session& session, Action& action) {
  auto options = std::make_shared<WhoOptions>();
  CLI::App* command = add_command(app, session, action, "who",
                                  "the partners of a body; with a second one, how the two are connected",
                                  [&session, options] { return run_who(session, *options); });
  command->add_option("A", options->a, "a name in any language or script, or an id")->required();
  command->add_option("B", options->b, "a second name")->check([](const std::string& name) {
    return name.empty() ? "B is empty." : "";
  });
  ConnectionOptions& connection = options->connection;
  command->add_flag("--all-shortest", connection.all_shortest, "every shortest path");
  command->add_option("--k", connection.k, "that many loopless paths, shortest first (default 3)")->check(CLI::Range(1, 1000000));
  command->add_option("--max-length", connection.max_length, "at most that many ties in a path")->check(CLI::Range(1, 1000000));
  command->add_option("--via", connection.via, "only nodes of these kinds as stepping stones")->delimiter(',')->allow_extra_args(false);
  command->add_option("--avoid", options->avoid, "names that may not be stepping stones, separated by commas, or the option once for "
                      "each; a name that holds a comma stands alone or in double quotes")->allow_extra_args(false);
  command->add_option("--limit", connection.limit, "paths listed at most (default 1000)")->check(CLI::Range(1, 10000000));
  add_selection_options(*command, session);
  command->get_option("--directed")->description("follow directions; mutual ties run both ways");
  command->callback([&session, &action, options] {
    session.command = "who";
    options->connection.directed = session.selection.directed;
    session.selection.directed = false;
    action = [&session, options] { return run_who(session, *options); };
  });
}

}  // namespace entente
