#include "io/bytes.hpp"
#include "io/datapackage.hpp"
#include "reader.hpp"

// The input is a package in one text, beginning with its datapackage.json.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  const auto read = [](const std::map<std::string, std::string>& package) {
    const MemoryFolder folder(package);
    Input input;
    input.files = &folder;
    return read_datapackage(input, {});
  };
  const auto network = read(fuzz::files_of(fuzz::text_of(data, size), "datapackage.json"));
  if (!network) {
    fuzz::require(!network.error().what.empty());
    return 0;
  }
  const auto written = write_datapackage(**network);
  fuzz::require(written.has_value());
  std::map<std::string, std::string> copy;
  for (const OutputFile& output : written->files) copy[output.path] = output.bytes;
  const auto again = read(copy);
  fuzz::require(again.has_value());
  fuzz::require((*again)->edge_count() == (*network)->edge_count() && (*again)->node_count() == (*network)->node_count());
  return 0;
}
