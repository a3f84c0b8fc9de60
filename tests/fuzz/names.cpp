#include "engine/network_builder.hpp"
#include "engine/resolver.hpp"
#include "reader.hpp"

// The first line is asked for, the others are the names of bodies. A body is found by its id, and who is offered scores
// above zero and no more than one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  std::string_view rest = fuzz::text_of(data, size);
  const std::string_view asked = fuzz::take_line(rest);
  NetworkBuilder builder({});
  for (int i = 0; !rest.empty(); ++i) {
    const std::string key = "#" + std::to_string(i);
    builder.add(NodeRow{{}, {key}, {}, {fuzz::take_line(rest)}, {}, {}});
  }
  const NetworkPtr network = builder.build();
  const Resolver resolver(network);
  for (const NodeId node : network->nodes()) {
    const auto found = resolver.find(network->key(node));
    fuzz::require(found && *found == node);
  }
  const auto found = resolver.explain(asked);
  if (!found) fuzz::require(!found.error().what.empty());
  const auto candidates = resolver.candidates(asked, network->node_count());
  for (const Candidate& candidate : candidates) fuzz::require(candidate.score > 0 && candidate.score <= 1);
  if (found) fuzz::require(std::ranges::find(candidates, found->node, &Candidate::node) != candidates.end());
  return 0;
}
