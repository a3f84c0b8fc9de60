#include "algorithms/community/refinement.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace entente {

Grouping refined(const Level& level, double penalty, const Grouping& group, Random& random, const Job& job) {
  constexpr double randomness = 0.01;  // theta of the paper, per average weight of a tie
  const std::size_t n = level.size();
  Grouping subgroup = singletons(n);
  std::vector<double> mass = level.mass;          // of each subgroup
  std::vector<double> group_mass(n, 0);           // of each group
  std::vector<double> cut(n, 0);                  // weight from each subgroup to the rest of its group
  std::vector<std::uint8_t> alone(n, 1);
  for (std::uint32_t v = 0; v < n; ++v) {
    group_mass[group[v]] += level.mass[v];
    for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
      if (group[level.neighbour[a]] == group[v]) cut[v] += level.weight[a];
    }
  }
  const double temperature =
      randomness * level.doubled / static_cast<double>(std::max<std::size_t>(1, level.weight.size()));

  const auto well_connected = [&](std::uint32_t s, double of_group) {
    return cut[s] >= penalty * mass[s] * (of_group - mass[s]) * (1 - 1e-12);  // an exact tie counts as well connected
  };

  struct Candidate {
    std::uint32_t subgroup;
    double gain;
  };
  std::vector<Candidate> candidates;
  std::vector<double> weight_to(n, 0);
  std::vector<std::uint32_t> touched;
  Grouping order = singletons(n);
  shuffle(order, random);
  for (std::size_t i = 0; i < n; ++i) {
    if (i % 4096 == 0 && job.cancelled()) break;
    const std::uint32_t v = order[i];
    const double of_group = group_mass[group[v]];
    if (!alone[v] || !well_connected(v, of_group)) continue;

    for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
      const std::uint32_t u = level.neighbour[a];
      if (group[u] != group[v]) continue;
      if (weight_to[subgroup[u]] == 0) touched.push_back(subgroup[u]);
      weight_to[subgroup[u]] += level.weight[a];
    }
    candidates.assign(1, {v, 0.0});  // staying alone
    double best = 0;
    for (const std::uint32_t s : touched) {
      const double gain = weight_to[s] - penalty * level.mass[v] * mass[s];
      if (gain < 0 || !well_connected(s, of_group)) continue;
      candidates.push_back({s, gain});
      best = std::max(best, gain);
    }

    // Pr(s) proportional to exp(gain / temperature), taken relative to the best so that it cannot overflow.
    double total = 0;
    for (Candidate& candidate : candidates) total += std::exp((candidate.gain - best) / temperature);
    double point = random.unit() * total;
    std::uint32_t chosen = candidates.back().subgroup;
    for (const Candidate& candidate : candidates) {
      point -= std::exp((candidate.gain - best) / temperature);
      if (point < 0) {
        chosen = candidate.subgroup;
        break;
      }
    }
    if (chosen != v) {
      cut[chosen] += cut[v] - 2 * weight_to[chosen];
      mass[chosen] += mass[v];
      subgroup[v] = chosen;
      alone[v] = alone[chosen] = 0;
    }
    for (const std::uint32_t s : touched) weight_to[s] = 0;
    touched.clear();
  }
  return subgroup;
}

}  // namespace entente
