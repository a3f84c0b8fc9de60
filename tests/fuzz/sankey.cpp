// Bytes as a network of money: five bytes a tie, which may run in circles, back to its giver, twice, or without an
// amount. Whatever it is, sums hold to the unit, places hold to the pixel, and the picture is made.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "viz/sankey_laws.hpp"
#include "viz/sankey_svg.hpp"
#include "viz/sankey_table.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  if (size < 3) return 0;
  SankeySpec spec;
  spec.levels = std::vector<std::string>{"hop", "kind", "country", "date"}[data[0] % 4];
  if (data[0] & 64) spec.group = "country";
  spec.top = 1 + data[1];
  spec.least_share = data[2] / 1024.0;
  spec.width = 200 + 20.0 * data[2];
  const std::vector<std::string> kinds{"funding", "funding.grant", "trade", "funding.a", "funding.b", "funding.c", "funding.d", "funding.e"};
  const std::vector<std::string> statuses{"", "completed", "planned", "discussed"};
  std::vector<testing::MoneyRow> rows;
  for (std::size_t at = 3; at + 5 <= size && rows.size() < 2000; at += 5) {
    const std::uint8_t* byte = data + at;
    testing::MoneyRow row;
    row.key = "t" + std::to_string(rows.size());
    row.source = "n" + std::to_string(byte[0]);
    row.target = "n" + std::to_string(byte[1]);
    row.kind = kinds[byte[2] % kinds.size()];
    row.status = statuses[byte[2] / 8 % 4];
    row.directed = "true";
    if (byte[2] & 64) row.start = std::to_string(1900 + byte[4]);
    if (byte[3] % 4 != 0) row.amount = std::to_string(byte[4]) + std::string(byte[3] / 16, '0') + ".5";
    rows.push_back(row);
  }
  const Selection selection = testing::money_network(rows);
  const auto sums = sankey_data(selection, spec);
  if (!sums) {
    if (sums.error().what.empty() || sums.error().what.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  const SankeyLayout layout = sankey_layout(*sums, spec);
  if (!testing::broken_sum(selection, *sums).empty() || !testing::broken_place(*sums, layout).empty()) std::abort();
  const std::string picture = sankey_svg(*sums, layout, spec);
  if (picture.find("nan") != std::string::npos || !picture.ends_with("</svg>\n")) std::abort();
  if (sankey_tables(*sums, spec).size() < 2) std::abort();
  return 0;
}
