#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/error.hpp"
#include "engine/selection.hpp"
#include "viz/diagram.hpp"

namespace entente {

/// The fill of each selected node, in the order of Selection::nodes, and what the fills mean.
struct NodeColors {
  std::vector<Rgb> fill;
  LegendGroup legend;          // without entries where the colour means nothing
  std::size_t categories = 0;  // colours in use
};

/// How many nodes are of each category: of DiagramData::whole, or of the selection where that is all.
class CategoryCounts {
 public:
  CategoryCounts(const Selection& selection, const DiagramData& data, const std::function<std::string(NodeId)>& category_of);

  const std::map<std::string, std::size_t>& all() const { return all_; }
  std::size_t drawn(const std::string& category) const;

  /// " (12)", or " (12, 5 drawn)" where the selection is a part.
  std::string words(std::size_t all, std::size_t drawn) const;

 private:
  std::map<std::string, std::size_t> all_, drawn_;
  bool part_;
};

/// What DiagramSpec::color asks for; "status" paints ties, and all nodes alike.
/// Errors: bad_argument for a name that is neither a word of the contract nor a column.
Result<NodeColors> node_colors(const Selection& selection, const DiagramSpec& spec, const DiagramData& data);

}  // namespace entente
