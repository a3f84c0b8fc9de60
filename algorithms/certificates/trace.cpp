#include "algorithms/certificates/trace.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace entente {

namespace {

__extension__ using Int128 = __int128;

tl::unexpected<Error> trace_is_wrong(const FundsNetwork& network, std::size_t place, const char* what) {
  return fail(ErrorCode::bad_argument, "At node " + std::to_string(network.body[place].index) + " " + what);
}

}  // namespace

Result<void> check_mixed(const FundsNetwork& network, const Carriage& carried, double open) {
  const auto doubt = static_cast<std::int64_t>(std::ceil(std::min(open, 1e15)));
  for (std::size_t v = 0; v < network.places(); ++v) {
    Int128 received = 0;
    for (std::size_t i = network.in_begin[v]; i < network.in_begin[v + 1]; ++i) received += carried.move[i];
    const auto arrivals = static_cast<std::int64_t>(network.in_begin[v + 1] - network.in_begin[v]);
    const Int128 handled = network.handled[v];
    const auto mixed = [&](std::int64_t units, std::int64_t part) {
      const Int128 gap = Int128{units} * handled - received * part;
      const Int128 allowed = (Int128{1} + doubt) * handled + Int128{arrivals + doubt} * part;
      return gap <= allowed && -gap <= allowed;
    };
    for (std::size_t k = network.out_begin[v]; k < network.out_begin[v + 1]; ++k) {
      const std::uint32_t i = network.out[k];
      if (!mixed(carried.move[i], network.moves[i].amount)) {
        return trace_is_wrong(network, v, "a payment does not carry its part of the mixture.");
      }
    }
    if (!mixed(carried.stay[v], network.kept[v])) {
      return trace_is_wrong(network, v, "what ended is not its part of the mixture.");
    }
  }
  return {};
}

Result<std::int64_t> check_extreme(const FundsNetwork& network, const Carriage& carried, std::span<const NodeId> at,
                                   Extreme which) {
  std::vector<std::uint8_t> asked(network.places(), 0), seen(network.places(), 0);
  std::vector<NodeId> bodies(at.begin(), at.end());
  std::ranges::sort(bodies);
  std::int64_t ended = 0;
  std::vector<std::uint32_t> waiting;
  for (std::uint32_t v = 0; v < network.places(); ++v) {
    asked[v] = std::ranges::binary_search(bodies, network.body[v]);
    if (asked[v]) ended += carried.stay[v];
    if ((asked[v] != 0) == (which == Extreme::least) && carried.stay[v] > 0) {
      seen[v] = 1;
      waiting.push_back(v);
    }
  }
  const auto reach = [&](std::uint32_t v) {
    if (seen[v]) return;
    seen[v] = 1;
    waiting.push_back(v);
  };
  while (!waiting.empty()) {
    const std::uint32_t v = waiting.back();
    waiting.pop_back();
    if ((asked[v] != 0) == (which == Extreme::most) && carried.stay[v] < network.kept[v]) {
      return trace_is_wrong(network, v, "more of the money could end instead of where it does.");
    }
    for (std::size_t k = network.out_begin[v]; k < network.out_begin[v + 1]; ++k) {
      const std::uint32_t i = network.out[k];
      if (carried.move[i] < network.moves[i].amount) reach(network.moves[i].head);
    }
    for (std::size_t i = network.in_begin[v]; i < network.in_begin[v + 1]; ++i) {
      const std::uint32_t tail = network.moves[i].tail;
      if (tail != network.origin() && carried.move[i] > 0) reach(tail);
    }
  }
  return ended;
}

}  // namespace entente
