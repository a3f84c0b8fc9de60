#include "report/contents.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

#include "algorithms/registry.hpp"
#include "engine/kind.hpp"
#include "engine/text.hpp"
#include "io/delimited.hpp"
#include "report/picture.hpp"

namespace entente {

namespace {

// What the report measures, and what it ranks by: brokerage, since partnerships are about who connects. Of the
// distances harmonic is taken: real networks fall apart, and closeness favours the nodes of small parts.
constexpr const char* report_measures[] = {"degree", "betweenness", "harmonic", "pagerank", "core"};
constexpr const char* rank_measure = "betweenness";
constexpr const char* cluster_method = "leiden";
constexpr std::size_t most_drawn = 250;  // more nodes than this make a hairball; the highest ranked are drawn

Result<void> measure_all(ReportContents& contents, const Job& job) {
  for (const char* name : report_measures) {
    auto measure = measured(contents.measured, name, {}, job);
    if (!measure) return tl::unexpected(measure.error());
    contents.measures.push_back(name);
    contents.scores.push_back(std::move(measure->value));
  }
  contents.ranked_by = rank_measure;
  const auto rank = static_cast<std::size_t>(std::ranges::find(contents.measures, rank_measure) - contents.measures.begin());
  contents.ranking = contents.measured.nodes;
  std::ranges::stable_sort(contents.ranking, std::ranges::greater{}, [&](NodeId node) { return contents.scores[rank][node]; });
  return {};
}

Result<void> find_clusters(ReportContents& contents, const Analysis& analysis, const ReportOptions& options, const Job& job) {
  const Card* card = find_card(cluster_method);
  const auto findings = card->run(analysis.problem(), {{"seed", static_cast<std::int64_t>(options.seed)}}, job);
  if (!findings) return tl::unexpected(findings.error());
  const std::size_t n = contents.selection.network->node_count();
  contents.cluster = NodeColumn<std::int64_t>(n, -1);
  contents.stability = NodeColumn<double>(n, std::numeric_limits<double>::quiet_NaN());
  const Topology& topology = analysis.topology();
  for (const auto& [name, values] : findings->per_node) {
    for (const NodeId node : topology.graph.nodes()) {
      if (const auto* column = std::get_if<NodeColumn<std::int64_t>>(&values)) {
        contents.cluster[topology.node[node]] = (*column)[node];
        contents.clusters = std::max(contents.clusters, static_cast<std::size_t>((*column)[node] + 1));
      } else if (const auto* shares = std::get_if<NodeColumn<double>>(&values)) {
        contents.stability[topology.node[node]] = (*shares)[node];
      }
    }
  }
  for (const auto& [name, value] : findings->figures) {
    if (name == "modularity") contents.modularity = std::get<double>(value);
  }
  for (const OptionSpec& option : card->options) {
    if (option.name == "runs") contents.runs = static_cast<std::size_t>(std::get<std::int64_t>(option.default_value));
  }
  return {};
}

/// The selection without its nodes of kind country, unless it has no others: a country is no partner of its
/// institutions (docs/decisions/0004).
Selection without_countries(const Selection& selection) {
  const Network& network = *selection.network;
  const auto is_country = [&](NodeId node) { return is_kind(network.kind(node), "country"); };
  Selection part = selection;
  if (std::ranges::all_of(part.nodes, is_country)) return part;
  const std::size_t countries = std::erase_if(part.nodes, is_country);
  const std::size_t ties = std::erase_if(part.edges, [&](EdgeId edge) {
    return is_country(network.source(edge)) || is_country(network.target(edge));
  });
  if (countries > 0) {
    part.notes.push_back(counted(countries, "country", "countries") + " and " + counted(ties, "tie", "ties") +
                         " with them are told but neither measured nor drawn: a country is no partner of its institutions");
    part.description += "; without countries";
  }
  return part;
}

/// The part that is drawn: all of it, or where that would be a hairball the highest ranked nodes, each with the highest
/// ranked of its partners, so that nobody stands alone who has partners.
Selection drawable(const ReportContents& contents) {
  Selection part = contents.measured;
  if (part.nodes.size() <= most_drawn) return part;
  const Network& network = *part.network;
  NodeColumn<std::size_t> place(network.node_count(), contents.ranking.size());
  for (std::size_t i = 0; i < contents.ranking.size(); ++i) place[contents.ranking[i]] = i;
  NodeColumn<std::size_t> best(network.node_count(), contents.ranking.size());  // place of the best partner
  for (const EdgeId edge : part.edges) {
    const auto [source, target] = network.ends(edge);
    if (source == target) continue;
    best[source] = std::min(best[source], place[target]);
    best[target] = std::min(best[target], place[source]);
  }
  std::vector<std::uint8_t> drawn(contents.ranking.size() + 1, 0);
  std::size_t count = 0;
  for (std::size_t i = 0; i < contents.ranking.size() && count < most_drawn; ++i) {
    const std::size_t partner = best[contents.ranking[i]];
    const bool alone = partner == contents.ranking.size();
    if (drawn[i] || (!alone && !drawn[partner] && count + 2 > most_drawn)) continue;
    drawn[i] = 1;
    ++count;
    if (alone || drawn[partner]) continue;
    drawn[partner] = 1;
    ++count;
  }
  std::erase_if(part.nodes, [&](NodeId node) { return drawn[place[node]] == 0; });
  std::erase_if(part.edges, [&](EdgeId edge) {
    const auto [source, target] = network.ends(edge);
    return drawn[place[source]] == 0 || drawn[place[target]] == 0;
  });
  part.description = grouped(part.nodes.size()) + " of " + counted(contents.measured.nodes.size(), "node", "nodes") + " of: " + part.description;
  return part;
}

/// The ties that carry or promise money, and their ends.
Selection money_part(const ReportContents& contents) {
  Selection part = contents.selection;
  part.edges = contents.money_ties;
  part.nodes.clear();
  for (const EdgeId edge : part.edges) {
    part.nodes.push_back(part.network->source(edge));
    part.nodes.push_back(part.network->target(edge));
  }
  std::ranges::sort(part.nodes);
  part.nodes.erase(std::ranges::unique(part.nodes).begin(), part.nodes.end());
  return part;
}

/// What the legend of a drawing explains, as a sentence: "Area: betweenness, pairs; colour: country." So a caption promises
/// nothing that the picture lacks.
std::string legend_words(const Drawing& drawing) {
  std::string words;
  for (const LegendGroup& group : drawing.legend) {
    if (group.heading.empty() || group.entries.empty()) continue;
    std::string heading = group.heading;
    if (!words.empty()) heading[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(heading[0])));
    words += (words.empty() ? " " : "; ") + heading;
  }
  return words.empty() ? words : words + ".";
}

void add_picture(ReportContents& contents, const Selection& part, const DiagramSpec& spec, const DiagramData& data,
                 std::string name, std::string caption, const std::string& closing, const Job& job) {
  ReportPicture picture{std::move(name), std::move(caption), {}, {}};
  const auto note = [&](std::string text) {
    if (std::ranges::find(contents.notes, text) == contents.notes.end()) contents.notes.push_back(std::move(text));
  };
  const auto drawing = diagram(part, spec, data);
  if (!drawing) return note("diagram " + picture.name + ": " + drawing.error().sentence());
  picture.caption += legend_words(*drawing) + closing;
  for (const PictureFormat format : {PictureFormat::svg, PictureFormat::pdf}) {
    auto drawn = render(*drawing, format, {}, job);
    if (!drawn) return note("diagram " + picture.name + ": " + drawn.error().sentence());
    for (std::string& remark : drawn->notes) note(std::move(remark));
    (format == PictureFormat::svg ? picture.svg : picture.pdf) = std::move(drawn->bytes);
  }
  contents.pictures.push_back(std::move(picture));
}

Result<void> draw_all(ReportContents& contents, const ReportOptions& options, const Job& job) {
  Selection part = drawable(contents);
  part.undirected = false;  // measures ignore directions, a reader wants to see them
  std::string of, remark;  // what a picture of a part says in its title and below
  if (part.nodes.size() < contents.measured.nodes.size()) {
    of = ": " + grouped(part.nodes.size()) + " of " + counted(contents.measured.nodes.size(), "node", "nodes") + ", the ones with the highest " + rank_measure;
    remark = " Only " + grouped(part.nodes.size()) + " of " + grouped(contents.measured.nodes.size()) + " nodes are drawn: the ones with the highest " +
             rank_measure + ", each with a partner; the tables hold all.";
  }
  DiagramData data;
  const auto rank = static_cast<std::size_t>(std::ranges::find(contents.measures, rank_measure) - contents.measures.begin());
  data.size = NodeMeasure{rank_measure, find_card(rank_measure)->results.front().unit, contents.scores[rank]};
  NodeClusters clusters{"Leiden clusters", NodeColumn<int>(contents.cluster.size())};
  for (std::size_t i = 0; i < clusters.cluster.size(); ++i) {
    clusters.cluster.values()[i] = static_cast<int>(contents.cluster.values()[i]);
  }
  data.clusters = std::move(clusters);
  if (!of.empty()) data.whole = contents.measured.nodes;

  DiagramSpec spec;
  spec.seed = static_cast<std::uint32_t>(options.seed);
  spec.languages = options.languages;
  spec.size = rank_measure;
  spec.color = "country";
  spec.title = "Who connects to whom" + of;
  if (auto set = set_widths(part, options.weight, spec, data); !set) return set;
  add_picture(contents, part, spec, data, "network", "The network.", remark, job);
  spec.color = "cluster";
  spec.title = "Who belongs together" + of;
  add_picture(contents, part, spec, data, "clusters", "The same network.", remark, job);
  if (!contents.money_ties.empty() && contents.money_ties.size() <= most_drawn) {
    Selection money = money_part(contents);
    money.undirected = false;
    spec.color = "country";
    spec.size = "none";
    spec.layout = "dot";
    spec.width = "amount";  // whatever the others show: this one is about money
    spec.title = "Where the money goes, as far as it is stated";
    add_picture(contents, money, spec, {}, "money", "Ties of money.", {}, job);
  }
  return {};
}

/// The rows of notes.csv where the package has one with the columns about, source, quote and note.
std::vector<EditorNote> editor_notes_of(const Network& network) {
  std::vector<EditorNote> notes;
  for (const KeptFile& file : network.info().files) {
    if (file.path != "notes.csv") continue;
    DelimitedReader reader(file.bytes, Dialect{}, ReadLimits{});
    std::vector<std::string> header;
    for (auto step = reader.next(); step != DelimitedReader::Step::end; step = reader.next()) {
      if (step == DelimitedReader::Step::fault) continue;
      if (header.empty()) {
        for (const Cell& cell : reader.cells()) header.emplace_back(cell.text);
        continue;
      }
      const auto cell = [&](std::string_view column) -> std::string {
        const auto at = static_cast<std::size_t>(std::ranges::find(header, column) - header.begin());
        return at < reader.cells().size() ? std::string(reader.cells()[at].text) : std::string();
      };
      notes.push_back({cell("about"), cell("source"), cell("quote"), cell("note")});
    }
  }
  return notes;
}

}  // namespace

Result<ReportContents> contents_of(const Selection& selection, const ReportOptions& options, const Job& job) {
  ReportContents contents;
  contents.selection = selection;
  contents.measured = without_countries(selection);
  contents.measured.undirected = true;  // who gives and who takes are equally connected
  const Network& network = *selection.network;

  auto overview = overview_of(contents.selection);
  if (!overview) return tl::unexpected(overview.error());
  contents.overview = std::move(*overview);
  auto analysis = Analysis::prepare(contents.measured);
  if (!analysis) return tl::unexpected(analysis.error());
  auto figures = overview_figures(*analysis, job);
  if (!figures) return tl::unexpected(figures.error());
  contents.figures = std::move(figures->values);
  if (auto done = measure_all(contents, job); !done) return tl::unexpected(done.error());
  if (auto done = find_clusters(contents, *analysis, options, job); !done) return tl::unexpected(done.error());

  auto cohesion = cohesion_of(*analysis, job);
  if (!cohesion) return tl::unexpected(cohesion.error());
  contents.articulation = NodeColumn<std::uint8_t>(network.node_count(), 0);
  for (const NodeId node : analysis->topology().graph.nodes()) {
    contents.articulation[analysis->topology().node[node]] = cohesion->articulation[node];
  }
  for (const EdgeId edge : cohesion->bridges) contents.bridges.push_back(analysis->topology().edge[edge]);

  contents.money_ties = money_ties(selection);
  auto funds = funds_of(selection, options.languages, contents.notes, job);
  if (!funds) return tl::unexpected(funds.error());
  contents.funds = std::move(*funds);
  contents.editor_notes = editor_notes_of(network);
  if (auto drawn = draw_all(contents, options, job); !drawn) return tl::unexpected(drawn.error());
  if (job.cancelled()) return interrupted();
  return contents;
}

}  // namespace entente
