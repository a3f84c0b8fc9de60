// entente generate: networks that are made, not found, for measuring speed and for trying things out.

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "algorithms/generate/partnership.hpp"
#include "cli/command.hpp"
#include "cli/generated_network.hpp"
#include "engine/suggestion.hpp"
#include "engine/text.hpp"
#include "io/atomic_file.hpp"
#include "io/write.hpp"

namespace entente {

namespace {

struct GenerateOptions {
  std::string model;
  std::optional<std::size_t> nodes, edges, scale, edge_factor, rows, columns;
  std::optional<Seed> seed;
  bool weights = false;
  std::string out;
};

/// A model by its name: the options it takes, and how it is made.
struct Model {
  std::string_view name;
  std::vector<std::string_view> options;
};
const std::vector<Model> models{{"partnership", {"--nodes", "--edges"}},
                                {"kronecker", {"--scale", "--edge-factor"}},
                                {"uniform", {"--nodes", "--edges"}},
                                {"lattice", {"--rows", "--columns"}}};

Result<void> check_generate_options(const GenerateOptions& options) {
  const auto model = std::ranges::find(models, options.model, &Model::name);
  if (model == models.end()) {
    std::vector<std::string> names;
    for (const Model& known : models) names.emplace_back(known.name);
    return fail(ErrorCode::bad_argument, "There is no model \"" + one_line(options.model) + "\". Known are, nearest first: " +
                                             nearest_first(options.model, names, names.size()) + ".");
  }
  const std::pair<std::string_view, bool> given[] = {{"--nodes", options.nodes.has_value()},
                                                     {"--edges", options.edges.has_value()},
                                                     {"--scale", options.scale.has_value()},
                                                     {"--edge-factor", options.edge_factor.has_value()},
                                                     {"--rows", options.rows.has_value()},
                                                     {"--columns", options.columns.has_value()}};
  for (const auto& [name, is_given] : given) {
    if (is_given && std::ranges::find(model->options, name) == model->options.end()) {
      return fail(ErrorCode::bad_argument, options.model + " takes " + std::string(model->options[0]) + " and " +
                                               std::string(model->options[1]) + ", and no " + std::string(name) + ".");
    }
  }
  return {};
}

/// Refuses what this machine cannot hold before any of it is asked for.
Result<void> check_memory(double nodes, double edges, bool as_network) {
  const double needed = nodes * (as_network ? 350 : 40) + edges * (as_network ? 400 : 120);
  const double there = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  if (there <= 0 || needed <= there) return {};
  const auto gigabytes = [](double bytes) { return grouped(static_cast<std::size_t>(bytes / 1e9) + 1); };
  return fail(ErrorCode::resource, "Making " + grouped(static_cast<std::size_t>(nodes)) + " nodes and " +
                                       grouped(static_cast<std::size_t>(edges)) + " edges takes about " + gigabytes(needed) +
                                       " GB of memory, and this machine has " + gigabytes(there) +
                                       ". Ask for fewer" + (as_network ? ", or for --format edges." : "."));
}

/// A graph, its weights where they are asked for, and the whole network where the model makes one.
struct Generated {
  GeneratedGraph graph;
  EdgeColumn<std::uint32_t> weight;
  std::optional<PartnershipNetwork> partnership;
};

Result<Generated> generated_partnership(const GenerateOptions& options, bool as_network, const Job& job) {
  PartnershipOptions model;
  model.nodes = options.nodes.value_or(10'000);
  model.edges = options.edges.value_or(10 * model.nodes);
  model.seed = options.seed.value_or(model.seed);
  if (auto possible = check_size(model.nodes, model.edges); !possible) return tl::unexpected(possible.error());
  const auto fits = check_memory(static_cast<double>(model.nodes), static_cast<double>(model.edges), as_network);
  if (!fits) return tl::unexpected(fits.error());
  auto made = partnership_network(model, job);
  if (!made) return tl::unexpected(made.error());
  Generated all;
  if (options.weights) all.weight = amounts_in_thousand_euros(*made);
  if (as_network) {
    all.partnership = std::move(*made);
  } else {
    all.graph = std::move(made->graph);
  }
  return all;
}

Result<GeneratedGraph> generated_graph(const GenerateOptions& options, bool as_network, const Job& job) {
  const auto fits = [&](std::size_t nodes, std::size_t edges) {
    return check_memory(static_cast<double>(nodes), static_cast<double>(edges), as_network);
  };
  if (options.model == "kronecker") {
    KroneckerOptions model;
    model.scale = options.scale.value_or(model.scale);
    model.edge_factor = options.edge_factor.value_or(model.edge_factor);
    model.seed = options.seed.value_or(model.seed);
    if (auto possible = check_size(model); !possible) return tl::unexpected(possible.error());
    const std::size_t nodes = std::size_t{1} << model.scale;
    if (auto fit = fits(nodes, nodes * model.edge_factor); !fit) return tl::unexpected(fit.error());
    return kronecker_graph(model, job);
  }
  if (options.model == "uniform") {
    UniformOptions model;
    model.nodes = options.nodes.value_or(model.nodes);
    model.edges = options.edges.value_or(10 * model.nodes);
    model.seed = options.seed.value_or(model.seed);
    if (auto possible = check_size(model.nodes, model.edges); !possible) return tl::unexpected(possible.error());
    if (auto fit = fits(model.nodes, model.edges); !fit) return tl::unexpected(fit.error());
    return uniform_graph(model, job);
  }
  LatticeOptions model;
  model.rows = options.rows.value_or(model.rows);
  model.columns = options.columns.value_or(model.columns);
  if (auto possible = check_size(model); !possible) return tl::unexpected(possible.error());
  if (auto fit = fits(model.rows * model.columns, 2 * model.rows * model.columns); !fit) return tl::unexpected(fit.error());
  return lattice_graph(model, job);
}

Result<Generated> generate(const GenerateOptions& options, bool as_network, const Job& job) {
  if (options.model == "partnership") return generated_partnership(options, as_network, job);
  auto graph = generated_graph(options, as_network, job);
  if (!graph) return tl::unexpected(graph.error());
  Generated all{std::move(*graph), {}, {}};
  if (options.weights) all.weight = uniform_weights(all.graph.edges.size(), 255, options.seed.value_or(1));
  return all;
}

/// "u v" a line, or "u v w".
std::string edge_list_text(const Generated& all) {
  std::string text;
  text.reserve(all.graph.edges.size() * (all.weight.empty() ? 16 : 20));
  char digits[16];
  const auto put = [&](std::uint32_t number, char after) {
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    text.append(digits, end);
    text += after;
  };
  for (const EdgeId edge : ids_below<EdgeId>(all.graph.edges.size())) {
    const Ends ends = all.graph.edges[edge.index];
    put(ends.source.index, ' ');
    put(ends.target.index, all.weight.empty() ? '\n' : ' ');
    if (!all.weight.empty()) put(all.weight[edge], '\n');
  }
  return text;
}

Result<void> run_generate(Session& session, const GenerateOptions& options) {
  if (auto known = check_generate_options(options); !known) return known;
  const std::string& format = session.global.format;
  if (!format.empty() && format != "edges") {
    return fail(ErrorCode::bad_argument, "generate writes a network, whose format is named by the ending of --out, or with --format edges "
                                         "a plain edge list; it has no " + one_line(format) + ".", "option format");
  }
  const bool as_network = format.empty();
  const std::string out = !options.out.empty() ? options.out : !session.global.output.empty() ? session.global.output : as_network ? "" : "-";
  if (out.empty()) {
    return fail(ErrorCode::bad_argument, "Say where to: --out FOLDER for a data package, --format edges for an edge list.", "option out");
  }
  if (as_network && options.weights) {
    return fail(ErrorCode::bad_argument, "Weights are the third column of --format edges. A partnership network has amounts without asking.",
                "option weights");
  }

  if (as_network) {
    if (auto named = names_a_network(out, options.out.empty() ? "output" : "out"); !named) return named;
  }
  if (options.seed && options.model == "lattice" && !options.weights) session.note("a lattice makes no use of --seed, unless it has --weights");
  for (const std::string& remark : session.usage_notes()) session.note(remark);

  const auto made = generate(options, as_network, session.job());
  if (!made) return tl::unexpected(made.error());
  if (!as_network) return write_file(out, edge_list_text(*made));
  const auto bar = session.progress("writing " + out);
  const auto network = made->partnership ? network_of(*made->partnership) : network_of(made->graph, options.model);
  if (!network) return tl::unexpected(network.error());
  const auto report = write_network(**network, out);
  if (!report) return tl::unexpected(report.error());
  for (const std::string& loss : report->losses) session.note("not carried over: " + loss);
  session.note(counted((*network)->node_count(), "node", "nodes") + " and " + counted((*network)->edge_count(), "tie", "ties") + " written");
  return {};
}

}  // namespace

void add_generate(CLI::App& app, Session& session, Action& action) {
  auto options = std::make_shared<GenerateOptions>();
  // Without this a -3 would be read as a number just below 2^64.
  const auto not_negative = [](const std::string& text) { return std::string(text.starts_with('-') ? "must not be negative" : ""); };
  CLI::App* command = app.add_subcommand("generate", "make a network: partnership, kronecker, uniform or lattice");
  command->fallthrough();
  command->add_option("MODEL", options->model, "partnership: communities, countries, amounts; kronecker: the graph of the "
                      "Graph500 benchmark; uniform: random pairs; lattice: a grid")->required();
  command->add_option("--nodes", options->nodes, "of partnership and uniform (default: 10,000)")->check(not_negative);
  command->add_option("--edges", options->edges, "of partnership and uniform (default: 10 a node)")->check(not_negative);
  command->add_option("--scale", options->scale, "of kronecker: 2^SCALE nodes (default: 16)")->check(not_negative);
  command->add_option("--edge-factor", options->edge_factor, "of kronecker: draws for each node (default: 16)")->check(not_negative);
  command->add_option("--rows", options->rows, "of lattice (default: 100)")->check(not_negative);
  command->add_option("--columns", options->columns, "of lattice (default: 100)")->check(not_negative);
  command->add_option("--seed", options->seed, "of all random choices: the same seed, the same bytes")->check(not_negative);
  command->add_flag("--weights", options->weights, "with --format edges, a third column: the amount in thousand euros "
                    "(partnership) or a whole number from 1 to 255");
  command->add_option("--out", options->out, "a folder for a data package, or a file whose ending names the format");
  command->callback([&session, &action, options] {
    session.command = "generate";
    action = [&session, options] { return run_generate(session, *options); };
  });
}

}  // namespace entente
