#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/money.hpp"

// The first three bytes are the currency. What is read must be written as a text that reads as the same amount.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto currency = entente::parse_currency(text.substr(0, 3));
  if (!currency) return 0;
  const auto money = entente::parse_money(text.substr(3), *currency);
  if (!money) return 0;
  const auto again = entente::parse_money(entente::decimal_text(*money), *currency);
  if (!again || !(*again == *money)) std::abort();
  return 0;
}
