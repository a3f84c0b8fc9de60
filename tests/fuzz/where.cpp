#include "engine/where.hpp"
#include "reader.hpp"
#include "support/sample.hpp"

// Any text is a condition or one line of error; `not` of a condition is its contrary, `and` with itself itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  static const NetworkPtr network = sample_network();
  const std::string text(fuzz::text_of(data, std::min<std::size_t>(size, 40'000)));  // twice that is still read
  const auto condition = Condition::parse(text, *network);
  if (!condition) {
    fuzz::require(!condition.error().what.empty() && condition.error().where.starts_with("option where, letter "));
    return 0;
  }
  const auto contrary = Condition::parse("not (" + text + ")", *network);
  const auto twice = Condition::parse("(" + text + ") AND (" + text + ")", *network);
  for (const auto* other : {&contrary, &twice}) {
    // Of what else is right, only brackets at the bound of their depth are too deep in more of them.
    if (!*other) fuzz::require(other->error().what.find("levels deep") != std::string::npos);
  }
  const auto holds = [&](const Condition& asked, std::uint32_t row) {
    return asked.on_nodes() ? asked.holds(*network, NodeId{row}) : asked.holds(*network, EdgeId{row});
  };
  const std::size_t rows = condition->on_nodes() ? network->node_count() : network->edge_count();
  for (std::uint32_t row = 0; row < rows; ++row) {
    const bool answer = holds(*condition, row);
    if (contrary) fuzz::require(holds(*contrary, row) != answer);
    if (twice) fuzz::require(holds(*twice, row) == answer);
  }
  return 0;
}
