// Makes a partnership network of 200,000 bodies and 2,000,000 ties, loads it from its data package and runs
// the cheap measures of the registry on it; prints the time of each step and the peak of memory.
//
//   bench_load [NODES TIES]
//
// The network: degrees by a power law (Zipf's with exponent 0.75), 7 of 10 ties inside one of 400 planted
// communities, lognormal amounts on every second tie, four kinds, six statuses. The same on every run.

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include "algorithms/analysis.hpp"
#include "algorithms/registry.hpp"
#include "engine/random.hpp"
#include "engine/selection.hpp"
#include "io/read.hpp"

namespace entente {
namespace {

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Prints the time since the last call, and the peak of memory so far.
class Clock {
 public:
  void lap(const std::string& what) {
    const auto now = std::chrono::steady_clock::now();
    std::printf("%-34s %8.3f s   peak %7.0f MB\n", what.c_str(), std::chrono::duration<double>(now - last_).count(), peak_megabytes());
    std::fflush(stdout);
    last_ = std::chrono::steady_clock::now();
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// Draws node numbers so that number i comes with a share in proportion to (i + 1)^-0.75.
class PowerLaw {
 public:
  explicit PowerLaw(std::size_t n) : cumulative_(n) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) cumulative_[i] = sum += std::pow(static_cast<double>(i + 1), -0.75);
  }
  std::size_t draw(Random& random) const {
    const double at = random.unit() * cumulative_.back();
    return static_cast<std::size_t>(std::lower_bound(cumulative_.begin(), cumulative_.end(), at) - cumulative_.begin());
  }

 private:
  std::vector<double> cumulative_;
};

void write_package(const std::filesystem::path& folder, std::size_t nodes, std::size_t ties) {
  constexpr const char* kinds[] = {"agreement.mou", "agreement.cooperation", "funding.grant", "joint_research"};
  constexpr const char* statuses[] = {"signed", "ongoing", "completed", "planned", "proposed", ""};
  constexpr const char* countries[] = {"KR", "UZ", "VN", "JP", "KZ", "DE", "FR", "US"};
  constexpr std::size_t communities = 400;
  Random random(20211216);
  const PowerLaw power(nodes), within(nodes / communities + 1);

  std::ofstream node_file(folder / "nodes.csv"), edge_file(folder / "edges.csv");
  node_file << "id,kind,name,country\n";
  for (std::size_t i = 0; i < nodes; ++i) {
    node_file << "b" << i << ",institution.university,Institute " << i << "," << countries[i % 8] << "\n";
  }
  edge_file << "id,source,target,kind,directed,status,start,amount,currency\n";
  for (std::size_t i = 0; i < ties; ++i) {
    const std::size_t a = power.draw(random);
    std::size_t b = power.draw(random);
    if (random.below(10) < 7) b = std::min(nodes - 1, within.draw(random) * communities + a % communities);
    const std::size_t kind = random.below(4);
    edge_file << "t" << i << ",b" << a << ",b" << b << "," << kinds[kind] << "," << (kind == 2 ? "true" : "false") << ","
              << statuses[random.below(6)] << "," << 2000 + random.below(25) << ",";
    if (random.below(2) == 0) {
      const double normal = std::sqrt(-2 * std::log(1 - random.unit())) * std::cos(6.283185307179586 * random.unit());
      edge_file << static_cast<std::int64_t>(std::exp(11 + 1.8 * normal)) << ".50,USD\n";
    } else {
      edge_file << ",\n";
    }
  }
}

int run(std::size_t nodes, std::size_t ties) {
  std::string pattern = (std::filesystem::temp_directory_path() / "entente-bench-XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(pattern.data());
  Clock clock;
  write_package(folder, nodes, ties);
  clock.lap("write the package");
  const auto network = read_network(folder.string());
  std::filesystem::remove_all(folder);
  if (!network) {
    std::fprintf(stderr, "%s\n", network.error().sentence().c_str());
    return 1;
  }
  clock.lap("load " + std::to_string((*network)->node_count()) + " nodes, " + std::to_string((*network)->edge_count()) + " ties");
  const auto analysis = Analysis::prepare(whole(*network));
  if (!analysis) return 1;
  clock.lap("graph in both forms");
  for (const char* name : {"degree", "components", "bicomponents", "core", "pagerank", "eigenvector", "hub", "clustering", "louvain"}) {
    const Card* card = find_card(name);
    const OptionValues options = std::string(name) == "louvain" ? OptionValues{{"runs", std::int64_t{1}}} : OptionValues{};
    const auto findings = card->run(analysis->problem(), options, {});
    if (!findings) {
      std::fprintf(stderr, "%s: %s\n", name, findings.error().sentence().c_str());
      return 1;
    }
    clock.lap(name);
  }
  return 0;
}

}  // namespace
}  // namespace entente

int main(int count, char** arguments) {
  const std::size_t nodes = count > 2 ? std::strtoull(arguments[1], nullptr, 10) : 200'000;
  const std::size_t ties = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 2'000'000;
  return entente::run(nodes, ties);
}
