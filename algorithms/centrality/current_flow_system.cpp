#include "algorithms/centrality/current_flow_system.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <Eigen/SparseCholesky>
#include <Eigen/SparseCore>

namespace entente {

struct CurrentSystem::Factor {
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> ldlt;
  double unit = 1;  // conductances were divided by it
  bool solvable = false;
};

CurrentSystem::CurrentSystem(std::size_t node_count, std::span<const Conductor> conductors)
    : node_count_(node_count), factor_(std::make_unique<Factor>()) {
  const auto size = static_cast<Eigen::Index>(node_count) - 1;
  if (!conductors.empty()) {
    factor_->unit = std::ranges::max(conductors, {}, &Conductor::conductance).conductance;
  }
  std::vector<Eigen::Triplet<double>> entries;
  for (const auto& [a, b, conductance] : conductors) {
    const double g = conductance / factor_->unit;
    const int row = static_cast<int>(a) - 1, column = static_cast<int>(b) - 1;
    if (row >= 0) entries.emplace_back(row, row, g);
    if (column >= 0) entries.emplace_back(column, column, g);
    if (row >= 0 && column >= 0) {
      entries.emplace_back(row, column, -g);
      entries.emplace_back(column, row, -g);
    }
  }
  Eigen::SparseMatrix<double> laplacian(size, size);
  laplacian.setFromTriplets(entries.begin(), entries.end());
  factor_->ldlt.compute(laplacian);
  factor_->solvable = factor_->ldlt.info() == Eigen::Success && factor_->ldlt.vectorD().allFinite() &&
                      (size == 0 || factor_->ldlt.vectorD().minCoeff() > 1e-14);
}

CurrentSystem::~CurrentSystem() = default;

bool CurrentSystem::solvable() const { return factor_->solvable; }

void CurrentSystem::potentials(std::size_t first, std::size_t last, double* potentials) const {
  const auto n = static_cast<Eigen::Index>(node_count_), width = static_cast<Eigen::Index>(last - first);
  Eigen::MatrixXd currents = Eigen::MatrixXd::Zero(n - 1, width);
  for (Eigen::Index i = 0; i < width; ++i) {
    const Eigen::Index node = static_cast<Eigen::Index>(first) + i;
    if (node > 0) currents(node - 1, i) = 1 / factor_->unit;
  }
  Eigen::Map<Eigen::MatrixXd> result(potentials, n, width);
  result.row(0).setZero();
  result.bottomRows(n - 1) = factor_->ldlt.solve(currents);
}

Result<ConductingGraph> conducting_graph(const Symmetric& graph, const EdgeColumn<double>* conductance) {
  ConductingGraph result;
  std::vector<Ends> ends;
  for (const EdgeId edge : graph.edges()) {
    const Ends of = graph.ends(edge);
    if (of.source == of.target || (conductance && (*conductance)[edge] == 0)) continue;
    ends.push_back(of);
    result.edge.push_back(edge);
  }
  return make_symmetric(graph.node_count(), ends).map([&](Symmetric conducting) {
    result.graph = std::move(conducting);
    return std::move(result);
  });
}

tl::unexpected<Error> too_large_for_currents(std::string_view part, std::size_t node_count) {
  return fail(ErrorCode::resource, "Currents are computed in " + std::string(part) + "s of up to " +
                                       std::to_string(most_nodes_of_currents) + " nodes, but the largest has " +
                                       std::to_string(node_count) + "; take a part of the network.");
}

tl::unexpected<Error> conductances_too_far_apart() {
  return fail(ErrorCode::bad_argument,
              "The weights are too far apart to compute currents: the weakest ties carry less than rounding errors.");
}

}  // namespace entente
