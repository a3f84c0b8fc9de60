#pragma once

#include <cstdint>
#include <string>

#include "engine/job.hpp"
#include "engine/selection.hpp"
#include "viz/diagram.hpp"
#include "viz/graphviz.hpp"

namespace entente {

/// A diagram and the measures it shows.
struct PictureSpec {
  DiagramSpec diagram;                  // its size and colour may name a measure of the registry
  std::string cluster_method = "leiden";
  std::string weight;                   // for measures, clusters and the widths of lines; see tie_weights
  std::uint64_t seed = 7;
};

/// Computes what the diagram asks for (a measure for size or colour, clusters for colour or boxes), then
/// draws. Errors: those of the registry, diagram() and render(); bad_argument for an unknown method.
Result<Picture> draw(const Selection& selection, const PictureSpec& spec, PictureFormat format,
                     const ChildLimits& limits = {}, const Job& job = {});

/// What the lines of a picture are wide by: sets the width of `spec` to a word, or that of `data` to the numbers of a
/// column, NaN where a tie states none. An empty weight leaves both as they are. Errors: those of tie_weights().
Result<void> set_widths(const Selection& selection, const std::string& weight, DiagramSpec& spec, DiagramData& data);

/// The scores of a measure of the registry for every node of the network; NaN for nodes outside the
/// selection. Errors: bad_argument for a name that is no measure.
Result<NodeMeasure> measured(const Selection& selection, const std::string& name, const std::string& weight, const Job& job);

/// The clusters of a method of the registry for every node; -1 for nodes outside the selection.
Result<NodeClusters> clustered(const Selection& selection, const std::string& method, const std::string& weight,
                               std::uint64_t seed, const Job& job);

}  // namespace entente
