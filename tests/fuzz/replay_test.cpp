// The fuzz targets without a fuzzer, so that every build runs them: the inputs of the corpora as they are, cut short,
// and with bytes drawn at random. A target that finds a broken law aborts; Catch then names the input.

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/random.hpp"

// CMake compiles each target with its entry point under a name of its own.
#define ENTENTE_FUZZ_TARGETS(X) \
  X(csv) X(datapackage) X(dot) X(edtf) X(encodings) X(exchange) X(graphml) X(json) X(money) X(names) X(prices) X(rates) \
  X(reconcile) X(sankey) X(selection) X(tables) X(where)
#define ENTENTE_DECLARE(name) extern "C" int fuzz_##name(const std::uint8_t* data, std::size_t size);
ENTENTE_FUZZ_TARGETS(ENTENTE_DECLARE)

namespace entente {
namespace {

namespace fs = std::filesystem;

using Target = int (*)(const std::uint8_t*, std::size_t);

const std::map<std::string, Target>& targets() {
#define ENTENTE_ENTRY(name) {#name, fuzz_##name},
  static const std::map<std::string, Target> all{ENTENTE_FUZZ_TARGETS(ENTENTE_ENTRY)};
  return all;
}

const fs::path folder = fs::path(ENTENTE_SOURCE_DIR) / "tests" / "fuzz";

/// The corpus of a target, by file name.
std::map<std::string, std::string> corpus(const std::string& target) {
  std::map<std::string, std::string> inputs;
  for (const auto& entry : fs::directory_iterator(folder / "corpus" / target)) {
    std::ifstream file(entry.path(), std::ios::binary);
    inputs[entry.path().filename().string()] = {std::istreambuf_iterator<char>(file), {}};
  }
  return inputs;
}

void run(Target target, const std::string& bytes) {
  CHECK(target(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()) == 0);
}

TEST_CASE("every fuzz target has a source and a corpus, and every corpus a target") {
  std::vector<std::string> names, sources, corpora;
  for (const auto& [name, target] : targets()) names.push_back(name);
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string stem = entry.path().stem().string();
    if (entry.path().extension() == ".cpp" && stem != "replay_test") sources.push_back(stem);
  }
  for (const auto& entry : fs::directory_iterator(folder / "corpus")) corpora.push_back(entry.path().filename().string());
  std::ranges::sort(sources);
  std::ranges::sort(corpora);
  CHECK(sources == names);
  CHECK(corpora == names);
}

TEST_CASE("every input of the corpora keeps the laws of its target, whole, cut short and empty") {
  for (const auto& [name, target] : targets()) {
    run(target, {});
    for (const auto& [file, bytes] : corpus(name)) {
      CAPTURE(name, file);
      run(target, bytes);
      const std::size_t step = std::max<std::size_t>(1, bytes.size() / 16);
      for (std::size_t size = step; size < bytes.size(); size += step) run(target, bytes.substr(0, size));
    }
  }
}

TEST_CASE("inputs of the corpora with random bytes in them keep the laws of their target") {
  static constexpr char letters[] = "\0\xFF\xC3\"'\\,;\n\r\t -+/.:=(){}[]<>&%?~09eEA";
  constexpr std::string_view odd(letters, sizeof letters - 1);
  for (const auto& [name, target] : targets()) {
    Random random(Seed{2026}, 0x66757A7A);
    const auto inputs = corpus(name);
    for (const auto& [file, bytes] : inputs) {
      if (bytes.empty() || bytes.size() > 4096) continue;
      for (int round = 0; round < 100; ++round) {
        CAPTURE(name, file, round);
        std::string mutant = bytes;
        for (std::uint64_t change = 0; change <= random.below(4); ++change) {
          const std::size_t at = random.below(mutant.size());
          const std::size_t length = 1 + random.below(16);
          switch (random.below(4)) {
            case 0: mutant[at] = static_cast<char>(random.below(256)); break;
            case 1: mutant[at] = odd[random.below(odd.size())]; break;
            case 2: mutant.insert(at, mutant.substr(random.below(mutant.size()), length)); break;
            default: if (mutant.size() > length) mutant.erase(at, length);
          }
        }
        run(target, mutant);
      }
    }
  }
}

}  // namespace
}  // namespace entente
