#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// Nodes that one system of currents may have; a larger one is refused before memory is asked for.
inline constexpr std::size_t most_nodes_of_currents = 4096;

/// A tie of a network of resistors; parallel ties are one whose conductance is their sum.
struct Conductor {
  std::uint32_t a, b;
  double conductance;
};

/// The potentials in a connected network of resistors [brandes2005centrality]: with L the Laplacian (conductances as
/// weights) without the row and column of node 0, which is grounded, a unit current from v to the ground makes the
/// potentials L^-1 e_v. L is factored once by sparse Cholesky (LDL^T in an order of least degree).
class CurrentSystem {
 public:
  CurrentSystem(std::size_t node_count, std::span<const Conductor> conductors);
  ~CurrentSystem();
  CurrentSystem(const CurrentSystem&) = delete;
  CurrentSystem& operator=(const CurrentSystem&) = delete;

  /// False where the conductances are too far apart for doubles.
  bool solvable() const;

  std::size_t node_count() const { return node_count_; }

  /// For each of the nodes [first, last), potentials[i * n + u] at u of a unit current from first + i to the ground.
  void potentials(std::size_t first, std::size_t last, double* potentials) const;

 private:
  struct Factor;
  std::size_t node_count_;
  std::unique_ptr<Factor> factor_;
};

/// The graph that carries current: without self-loops and edges of weight 0; `edge` tells the old edge of each new one.
struct ConductingGraph {
  Symmetric graph;
  std::vector<EdgeId> edge;
};
Result<ConductingGraph> conducting_graph(const Symmetric& graph, const EdgeColumn<double>* conductance);

/// The errors of systems that cannot be solved.
tl::unexpected<Error> too_large_for_currents(std::string_view part, std::size_t node_count);
tl::unexpected<Error> conductances_too_far_apart();

}  // namespace entente
