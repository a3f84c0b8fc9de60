#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "support/random_graphs.hpp"

/// Calls recorded from the networkx test suite: a graph, the parameters, the result. The file lies outside
/// the source tree; where it is missing there are no cases.
namespace entente::test {

struct NetworkxCase {
  std::string test;
  std::string function;
  bool directed = false;
  bool weighted = false;  // some edge carries data
  NamedGraph graph;
  std::map<std::string, std::uint32_t> node;  // by its JSON text
  nlohmann::json parameters, result;

  std::uint32_t index(const nlohmann::json& name) const { return node.at(name.dump()); }

  /// [{"set": [a, b]}, {"set": [c]}] as sets of nodes.
  std::multiset<std::set<std::uint32_t>> node_sets() const {
    std::multiset<std::set<std::uint32_t>> sets;
    for (const auto& part : result) {
      std::set<std::uint32_t> members;
      for (const auto& name : part.at("set")) members.insert(index(name));
      sets.insert(members);
    }
    return sets;
  }
};

inline std::vector<NetworkxCase> networkx_cases(const std::set<std::string>& functions) {
  std::vector<NetworkxCase> cases;
  std::ifstream file(std::filesystem::path(ENTENTE_SHARED_DATA) / "data/expected/networkx-testsuite-cases.ndjson");
  for (std::string line; std::getline(file, line);) {
    const auto record = nlohmann::json::parse(line);
    if (!functions.contains(record.at("function").get<std::string>())) continue;
    NetworkxCase found;
    found.test = record.at("test");
    found.function = record.at("function");
    found.parameters = record.at("params");
    found.result = record.at("result");
    const auto& graph = record.at("graph");
    found.directed = graph.at("directed");
    found.graph.name = found.test;
    const auto has_data = [](const nlohmann::json& item) { return item.is_array() && item.back().is_object(); };
    for (const auto& item : graph.at("nodes")) {
      const auto next = static_cast<std::uint32_t>(found.node.size());
      found.node.emplace((has_data(item) ? item.front() : item).dump(), next);
    }
    found.graph.node_count = found.node.size();
    for (const auto& item : graph.at("edges")) {
      found.weighted = found.weighted || has_data(item);
      found.graph.edges.push_back(ends_of(found.index(item.at(0)), found.index(item.at(1))));
    }
    cases.push_back(std::move(found));
  }
  return cases;
}

}  // namespace entente::test
