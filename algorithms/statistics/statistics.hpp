#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/graph.hpp"

namespace entente {

struct StatisticsOptions {
  std::int64_t most_nodes = 20000;  // no distances where the largest component has more nodes
};

/// The figures by which networks are compared. A figure that does not exist for a network is absent, and a
/// note says why; none is ever NaN.
struct Statistics {
  std::int64_t nodes = 0;
  std::int64_t edges = 0;
  std::int64_t pairs = 0;  // different pairs of tied nodes
  std::int64_t self_loops = 0;
  std::int64_t isolates = 0;  // nodes without a tie to another node
  std::int64_t components = 0;
  std::int64_t largest_component = 0;       // nodes
  std::optional<double> density;            // see density.hpp
  std::optional<double> edges_per_pair;     // see density.hpp
  std::optional<double> directed_density;   // see density.hpp; only where ties have directions
  std::optional<double> reciprocity;        // see reciprocity.hpp
  std::int64_t triangles = 0;               // see triangles.hpp, as the next two
  std::optional<double> transitivity;
  std::optional<double> average_clustering;
  std::optional<double> degree_assortativity;    // see assortativity.hpp
  std::optional<double> category_assortativity;  // see assortativity.hpp; only where categories are given
  std::optional<std::int64_t> diameter;          // see distances.hpp
  std::optional<double> average_distance;        // see distances.hpp
  std::vector<std::string> notes;
};

/// All figures of Statistics at once. `directed` is null where no tie has a direction, `category` where the
/// nodes have no categories.
///
/// Cost     O(m^1.5), and O(n m / 64) for the distances of a component of at most most_nodes nodes.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   bad_argument: columns or graphs of different sizes; interrupted.
Result<Statistics> statistics(const Symmetric& graph, const Graph* directed, const NodeColumn<std::uint32_t>* category,
                              const StatisticsOptions& options = {}, const Job& job = {});

Card statistics_card();

}  // namespace entente
