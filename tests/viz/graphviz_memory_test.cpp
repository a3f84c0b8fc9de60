#include "viz/graphviz_memory.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "viz/graphviz.hpp"

using namespace entente;

namespace {

/// Many parallel lines both ways among few nodes: what Graphviz sorts by the addresses of their names.
Drawing tangle(Layout layout) {
  Drawing drawing;
  drawing.layout = layout;
  for (std::size_t i = 0; i < 12; ++i) {
    NodeMark mark;
    mark.key = "k" + std::to_string(i);
    mark.label = {"Body " + std::to_string(i)};
    drawing.nodes.push_back(mark);
  }
  for (std::uint32_t i = 0; i < 110; ++i) {
    EdgeMark line;
    line.source = i * i % 97 % 12;
    line.target = i * i * i % 89 % 12;
    drawing.edges.push_back(line);
  }
  return drawing;
}

/// Leaves small holes in the heap that the layout process inherits, to be filled in another order for each seed. Every second
/// block is kept, so that the holes do not grow together.
std::vector<void*> scatter_heap(std::uint64_t seed) {
  std::vector<void*> kept, freed;
  for (std::size_t i = 0; i < 40'000; ++i) (i % 2 == 0 ? kept : freed).push_back(std::malloc(24 + 16 * (i / 2 % 6)));
  std::uint64_t state = seed;
  for (std::size_t i = freed.size(); i > 1; --i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    std::swap(freed[i - 1], freed[(state >> 33) % i]);
  }
  for (void* block : freed) std::free(block);
  return kept;
}

}  // namespace

TEST_CASE("render: a picture does not depend on what the process did with its memory before") {
  for (const Layout layout : {Layout::dot, Layout::fdp}) {
    const auto first = render(tangle(layout), PictureFormat::svg);
    REQUIRE(first);
    for (std::uint32_t seed = 1; seed <= 4; ++seed) {
      const std::vector<void*> kept = scatter_heap(seed);
      const auto again = render(tangle(layout), PictureFormat::svg);
      for (void* block : kept) std::free(block);
      REQUIRE(again);
      INFO(static_cast<int>(layout) << ", heap " << seed);
      CHECK((again->bytes == first->bytes));
    }
  }
}
