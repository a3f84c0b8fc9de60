#include "algorithms/statistics/triangle_checks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

namespace entente {

namespace {

tl::unexpected<Error> wrong_triangles(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }

std::vector<NodeId> distinct_partners(const Symmetric& graph, NodeId u) {
  std::vector<NodeId> partners;
  for (const NodeId v : graph.neighbours(u)) {
    if (v != u && (partners.empty() || partners.back() != v)) partners.push_back(v);
  }
  return partners;
}

double pairs_among(std::size_t count) { return static_cast<double>(count) * (static_cast<double>(count) - 1) / 2; }

/// `holds(node, partners, triangles)` for up to 64 nodes spread evenly.
template <class Holds>
bool sample_holds(const Symmetric& graph, Holds&& holds) {
  const std::size_t n = graph.node_count(), step = n / 64 + 1;
  for (std::size_t i = 0; i < n; i += step) {
    const NodeId u{static_cast<std::uint32_t>(i)};
    const auto partners = distinct_partners(graph, u);
    if (partners.size() > 1024) continue;
    std::int64_t triangles = 0;
    for (std::size_t a = 0; a < partners.size(); ++a) {
      const auto row = graph.neighbours(partners[a]);
      for (std::size_t b = 0; b < a; ++b) triangles += std::ranges::binary_search(row, partners[b]);
    }
    if (!holds(u, partners.size(), triangles)) return false;
  }
  return true;
}

template <class Value>
const NodeColumn<Value>* triangle_column(const Findings& findings, std::string_view name, std::size_t n) {
  for (const auto& [column, values] : findings.per_node) {
    const auto* found = std::get_if<NodeColumn<Value>>(&values);
    if (column == name && found && found->size() == n) return found;
  }
  return nullptr;
}

template <class Value>
const Value* triangle_figure(const Findings& findings, std::string_view name) {
  for (const auto& [figure, value] : findings.figures) {
    if (figure == name) return std::get_if<Value>(&value);
  }
  return nullptr;
}

}  // namespace

Result<std::string> verified_triangles(const Problem& problem, const Findings& findings) {
  const Symmetric& graph = *problem.symmetric;
  const auto* triangles = triangle_column<std::int64_t>(findings, "triangles", graph.node_count());
  const auto* total = triangle_figure<std::int64_t>(findings, "total");
  if (!triangles || !total) return wrong_triangles("A column or a figure is missing.");
  std::int64_t corners = 0;
  for (const NodeId u : graph.nodes()) {
    const auto at = static_cast<double>((*triangles)[u]);
    if (at < 0 || at > pairs_among(graph.neighbours(u).size())) {
      return wrong_triangles("A node has more triangles than pairs of partners.");
    }
    corners += (*triangles)[u];
  }
  if (corners != 3 * *total) return wrong_triangles("The corners are not three for each triangle.");
  if (!sample_holds(graph, [&](NodeId u, std::size_t, std::int64_t count) { return (*triangles)[u] == count; })) {
    return wrong_triangles("A node is in another number of triangles than stated.");
  }
  return "verified: three corners for each triangle, and the same triangles of 64 nodes when counted pair by pair";
}

Result<std::string> verified_clustering(const Problem& problem, const Findings& findings) {
  const Symmetric& graph = *problem.symmetric;
  const std::size_t n = graph.node_count();
  const auto* clustering = triangle_column<double>(findings, "clustering", n);
  if (!clustering) return wrong_triangles("There is not one value per node.");
  double sum = 0, closed = 0, triples = 0;
  for (const NodeId u : graph.nodes()) {
    const double share = (*clustering)[u], pairs = pairs_among(distinct_partners(graph, u).size());
    if (!(share >= 0 && share <= 1)) return wrong_triangles("A value is no share.");
    if (std::abs(share * pairs - std::round(share * pairs)) > 1e-6 * std::max(1.0, pairs)) {
      return wrong_triangles("A value is no number of pairs of partners.");
    }
    sum += share;
    closed += share * pairs;
    triples += pairs;
  }
  const auto states = [&](std::string_view name, bool exists, double value) {
    const auto* stated = triangle_figure<double>(findings, name);
    return stated ? exists && std::abs(*stated - value) <= 1e-9 : !exists;
  };
  if (!states("average", n > 0, sum / static_cast<double>(n)) ||
      !states("transitivity", triples > 0, closed / triples)) {
    return wrong_triangles("A figure does not follow from the values.");
  }
  const bool sampled = sample_holds(graph, [&](NodeId u, std::size_t partners, std::int64_t count) {
    const double pairs = pairs_among(partners);
    return std::abs((*clustering)[u] * pairs - static_cast<double>(count)) <= 1e-6 * pairs + 1e-9;
  });
  if (!sampled) return wrong_triangles("The partners of a node have another number of ties than stated.");
  return "verified: average and transitivity follow from the shares, and the same shares of 64 nodes when counted pair "
         "by pair";
}

}  // namespace entente
