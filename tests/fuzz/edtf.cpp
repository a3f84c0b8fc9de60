#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/date.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto date = entente::Edtf::parse(text);
  if (date && (date->earliest() > date->latest() || date->text() != text)) std::abort();
  return 0;
}
