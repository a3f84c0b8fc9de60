#pragma once

#include <cstdint>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/graph.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

/// A network of gifts with what its cards need; the problem points into it, so it stays where it is made.
struct Gifts {
  Graph graph;
  MoneyColumn money{{{'U', 'S', 'D'}}, 2, {}};
  EdgeColumn<std::uint8_t> stated;
  EdgeColumn<DayRange> days;
  std::vector<Ends> edges;

  Gifts(std::size_t n, std::vector<Ends> ends, std::vector<std::int64_t> units) : edges(std::move(ends)) {
    graph = directed(n, edges);
    stated = EdgeColumn<std::uint8_t>(edges.size(), 1);
    days = EdgeColumn<DayRange>(edges.size());
    money.units = EdgeColumn<std::int64_t>(std::move(units));
  }
  Problem problem() const {
    Problem asked;
    asked.graph = &graph;
    asked.undirected = false;
    asked.money = &money;
    asked.stated = &stated;
    asked.days = &days;
    return asked;
  }
};

/// Up to `most_nodes` bodies with cycles, loops and parallel gifts, amounts 0 … most_units, days within three years;
/// some amounts and some dates nobody stated.
inline Gifts random_gifts(Seed seed, std::size_t most_nodes = 12, std::int64_t most_units = 50) {
  Random random(seed, 0x676966);
  const std::size_t n = 2 + random.below(most_nodes - 1);
  const auto ends = random_arcs(n, random.below(4 * n), seed, true, true);
  std::vector<std::int64_t> units;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    units.push_back(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most_units) + 1)));
  }
  Gifts gifts(n, ends, std::move(units));
  for (const EdgeId edge : gifts.graph.edges()) {
    if (random.below(10) == 0) {
      gifts.stated[edge] = 0;
      gifts.money.units[edge] = 0;
    }
    if (random.below(8) == 0) continue;
    const Day first = day_of(2020, 1, 1) + static_cast<Day>(random.below(1000));
    gifts.days[edge] = {first, first + static_cast<Day>(random.below(3) * 30), true};
  }
  return gifts;
}

}  // namespace entente::test
