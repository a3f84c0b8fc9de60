#include "reader.hpp"

// Standard input, whose format the bytes themselves say, or a CSV file in a stated encoding with a stated delimiter: the
// first byte says which.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  if (size == 0) return 0;
  static constexpr const char* encodings[] = {"", "utf-8", "utf-16", "utf-16le", "utf-16be", "latin-1", "klingon"};
  static constexpr char delimiters[] = {0, ',', ';', '\t', '|', ' ', '"', 'a'};
  const unsigned choice = data[0];
  if (choice >= '0' + 56u || choice < '0') return fuzz::read_as("-", data, size);
  ReadOptions options;
  options.encoding = encodings[(choice - '0') % 7];
  options.delimiter = delimiters[(choice - '0') / 7];
  return fuzz::read_as("fuzz.csv", data + 1, size - 1, options);
}
