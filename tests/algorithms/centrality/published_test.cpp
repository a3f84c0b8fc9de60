#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "algorithms/centrality/support.hpp"

/// Values that others publish: tables of reference networks that networkx 2.8.8 and igraph 0.10.2 agree
/// on, and the cases of the networkx 2.8.8 test suite. Both lie beside the source tree and are not part of
/// it; without them these tests say so and pass.

using namespace entente;
using namespace entente::test;
using nlohmann::json;

namespace {

const std::filesystem::path expected_folder = std::filesystem::path(ENTENTE_SHARED_DATA) / "data" / "expected";

/// A graph as the files write it: nodes are any JSON value, or [value, attributes].
struct FileGraph {
  std::vector<json> node;
  std::map<json, std::size_t> place;
  std::vector<Ends> edges;
  EdgeColumn<double> weight;
  bool is_directed = false, is_multigraph = false;

  explicit FileGraph(const json& graph) {
    is_directed = graph.at("directed");
    is_multigraph = graph.at("multigraph");
    for (const json& entry : graph.at("nodes")) {
      const json& id = entry.is_array() && entry.size() == 2 && entry[1].is_object() ? entry[0] : entry;
      place.emplace(id, node.size());
      node.push_back(id);
    }
    for (const json& edge : graph.at("edges")) {
      edges.push_back(ends_of(place.at(edge[0]), place.at(edge[1])));
      const json attributes = edge.back().is_object() ? edge.back() : json::object();
      weight.push_back(attributes.value("weight", 1.0));
    }
  }
};

/// {"map": [[node, value], …]} in the order of the graph's nodes.
std::vector<double> in_node_order(const FileGraph& graph, const json& result) {
  std::vector<double> values(graph.node.size(), std::nan(""));
  for (const json& pair : result.at("map")) values[graph.place.at(pair[0])] = pair[1];
  return values;
}

struct Call {
  std::string measure;
  OptionValues options;
  bool weighted = false, lengthened = false;
  double divisor = 1;       // ours / divisor = theirs
  double tolerance = 1e-9;  // theirs stops at 1e-6 a node where it iterates
  std::string skipped;      // why our conventions do not meet
};

/// What of ours answers a case of theirs.
Call translated(const std::string& function, const FileGraph& graph, const json& parameters) {
  Call call;
  const auto given = [&](const char* name) { return parameters.contains(name) && !parameters[name].is_null(); };
  const double n = static_cast<double>(graph.node.size());
  if (graph.is_multigraph) call.skipped = "networkx merges parallel edges in some measures, we in others";
  if (function == "degree_centrality" || function == "out_degree_centrality") {
    call.measure = function == "degree_centrality" ? "degree" : "out_degree";
    call.options["normalized"] = true;
    if (n < 2) call.skipped = "networkx gives 1 to a single node, we 0";
  } else if (function == "betweenness_centrality") {
    call.measure = "betweenness";
    call.options["normalized"] = parameters.value("normalized", true);
    call.lengthened = given("weight");
    if (parameters.value("endpoints", false)) call.skipped = "ends are never between with us";
    if (given("k")) call.skipped = "a sample of sources; ours is exact";
  } else if (function == "closeness_centrality") {
    call.measure = "closeness";
    call.options["normalized"] = parameters.value("wf_improved", true);
    call.lengthened = given("distance");
    if (graph.is_directed) call.skipped = "networkx measures distances to the node, we from it";
  } else if (function == "harmonic_centrality") {
    call.measure = "harmonic";
    call.lengthened = given("distance");
    if (graph.is_directed && n > 0) call.skipped = "networkx measures distances to the node, we from it";
    if (given("sources") || given("nbunch")) call.skipped = "a subset of the nodes; ours are all";
  } else if (function == "core_number") {
    call.measure = "core";
  } else if (function == "eigenvector_centrality" || function == "eigenvector_centrality_numpy") {
    call.measure = "eigenvector";
    call.weighted = given("weight");
    call.tolerance = 1e-5;
  } else if (function == "katz_centrality" || function == "katz_centrality_numpy") {
    call.measure = "katz";
    call.options["alpha"] = parameters.at("alpha").get<double>();
    call.options["normalized"] = parameters.value("normalized", true);
    call.weighted = given("weight");
    call.tolerance = 1e-5;
    if (parameters.at("beta").is_number()) {
      call.options["beta"] = parameters["beta"].get<double>();
    } else {
      const std::vector<double> beta = in_node_order(graph, parameters["beta"]);
      if (std::set<double>(beta.begin(), beta.end()).size() > 1) call.skipped = "a beta for each node; ours is one";
      else call.options["beta"] = beta.at(0);
    }
  } else if (function == "pagerank") {
    call.measure = "pagerank";
    call.options["damping"] = parameters.at("alpha").get<double>();
    call.weighted = given("weight");
    call.tolerance = 1e-5;
    if (given("personalization") || given("dangling")) call.skipped = "restarts at chosen nodes; ours are uniform";
  }
  return call;
}

}  // namespace

TEST_CASE("centrality: the cases of the networkx test suite hold where the conventions meet") {
  std::ifstream file(expected_folder / "networkx-testsuite-cases.ndjson");
  if (!file) {
    WARN("skipped: networkx-testsuite-cases.ndjson is not beside the source tree");
    return;
  }
  std::map<std::string, int> checked, skipped;
  for (std::string line; std::getline(file, line);) {
    const json record = json::parse(line);
    const std::string function = record.at("function"), test = record.at("test");
    static const std::set<std::string> ours{
        "degree_centrality",    "out_degree_centrality", "betweenness_centrality", "closeness_centrality",
        "harmonic_centrality",  "core_number",           "eigenvector_centrality", "eigenvector_centrality_numpy",
        "katz_centrality",      "katz_centrality_numpy", "pagerank"};
    if (!ours.contains(function)) continue;
    const FileGraph graph(record.at("graph"));
    Call call = translated(function, graph, record.at("params"));
    if (test.ends_with("test_eigenvector_v_katz_random")) {
      call.skipped = "alpha is 1/lambda, where no Katz score exists";
    }
    if (!call.skipped.empty()) {
      ++skipped[call.skipped];
      continue;
    }
    CAPTURE(function, test, record.at("params").dump());
    Asked asked(graph.node.size(), graph.edges, !graph.is_directed);
    if (call.weighted) asked.problem.weight = &graph.weight;
    if (call.lengthened) asked.problem.length = &graph.weight;
    const auto findings = centrality_card(call.measure).run(asked.problem, call.options, {});
    REQUIRE(findings);
    CHECK(largest_difference(first_column(*findings), in_node_order(graph, record.at("result"))) < call.tolerance);
    ++checked[call.measure];
  }
  for (const auto& [reason, count] : skipped) UNSCOPED_INFO(count << " cases skipped: " << reason);
  for (const char* measure : {"degree", "out_degree", "betweenness", "closeness", "core", "eigenvector", "katz"}) {
    CHECK(checked[measure] > 0);
  }
}

TEST_CASE("centrality: the reference networks have the values that networkx and igraph agree on") {
  struct Reference {
    const char* file;
    NamedGraph graph;
    std::vector<std::size_t> row;  // of each of our nodes in the file
  };
  std::vector<std::size_t> as_is(34), backwards{9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
  for (std::size_t i = 0; i < as_is.size(); ++i) as_is[i] = i;
  const std::vector<Reference> references{
      {"karate.json", karate_club(), as_is},
      {"krackhardt-kite.json", krackhardt_kite(), backwards},  // its a … j are Andre … Jane, listed from j
      {"florentine-marriage.json", florentine_marriages(), {as_is.begin(), as_is.begin() + 16}},
  };
  struct Column {
    const char* name;
    const char* measure;
    bool normalized;
  };
  const std::vector<Column> columns{
      {"degree", "degree", false},           {"strength", "strength", false},
      {"betweenness", "betweenness", false}, {"betweenness_length_inverse_weight", "betweenness", false},
      {"closeness", "closeness", false},     {"closeness_wf", "closeness", true},
      {"harmonic", "harmonic", false},       {"closeness_length_inverse_weight", "closeness", false},
      {"pagerank", "pagerank", false},       {"pagerank_weighted", "pagerank", false},
      {"eigenvector", "eigenvector", false}, {"eigenvector_weighted", "eigenvector", false},
      {"core_number", "core", false},        {"katz_beta1_unnormalised", "katz", false},
  };
  for (const Reference& reference : references) {
    std::ifstream file(expected_folder / "reference" / reference.file);
    if (!file) {
      WARN("skipped: reference/" << reference.file << " is not beside the source tree");
      continue;
    }
    const json table = json::parse(file);
    const EdgeColumn<double> weight = karate_club_strengths();
    EdgeColumn<double> length = weight;
    for (double& value : length.values()) value = 1 / value;
    int checked = 0;
    for (const Column& column : columns) {
      if (!table.at("nodes_measures").contains(column.name)) continue;
      CAPTURE(reference.file, column.name);
      const std::vector<double> in_file = table["nodes_measures"][column.name];
      std::vector<double> expected;
      for (const std::size_t row : reference.row) expected.push_back(in_file.at(row));

      Asked asked(reference.graph.node_count, reference.graph.edges, true);
      const std::string name = column.name;
      if (name == "strength" || name.ends_with("_weighted")) asked.problem.weight = &weight;
      if (name.ends_with("_inverse_weight")) asked.problem.length = &length;
      OptionValues options;
      if (column.normalized) options["normalized"] = true;
      if (name.starts_with("katz")) options["alpha"] = table.at("katz_alpha").get<double>();
      const auto findings = centrality_card(column.measure).run(asked.problem, options, {});
      REQUIRE(findings);
      CHECK(largest_difference(first_column(*findings), expected) < 1e-8);
      ++checked;
    }
    CHECK(checked >= 8);
  }
}
