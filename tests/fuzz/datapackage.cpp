#include <map>
#include <string>

#include "io/bytes.hpp"
#include "io/datapackage.hpp"
#include "reader.hpp"

// The input is a package in one text: files are cut by lines that begin with "--- ", followed by the file's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  std::map<std::string, std::string> files;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::string* file = &files["datapackage.json"];
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
    rest.remove_prefix(line.size());
    if (line.starts_with("--- ")) {
      file = &files[std::string(line.substr(4, line.size() - 4 - (line.ends_with('\n') ? 1 : 0)))];
    } else {
      *file += line;
    }
  }
  if (files["datapackage.json"].empty()) files.erase("datapackage.json");

  const auto read = [](const std::map<std::string, std::string>& package) {
    const MemoryFolder folder(package);
    Input input;
    input.files = &folder;
    return read_datapackage(input, {});
  };
  const auto network = read(files);
  if (!network) {
    if (network.error().what.empty()) std::abort();
    return 0;
  }
  const auto written = write_datapackage(**network);
  if (!written) std::abort();
  std::map<std::string, std::string> copy;
  for (const OutputFile& output : written->files) copy[output.path] = output.bytes;
  const auto again = read(copy);
  if (!again) std::abort();
  if ((*again)->edge_count() != (*network)->edge_count() || (*again)->node_count() != (*network)->node_count()) std::abort();
  return 0;
}
