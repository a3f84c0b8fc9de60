#include "algorithms/funds/scenario_pairs.hpp"

#include <algorithm>
#include <atomic>
#include <tuple>
#include <utility>

#include "algorithms/funds/scenario_options.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr std::size_t pairs_per_block = 4, blocks_in_a_wave = 8;

/// A funder that leaves gives nothing to others any more.
void add_leaving(const PassingOn& model, NodeId funder, std::vector<Reduction>& change) {
  for (const std::size_t p : model.payments_of(funder)) {
    const auto& payment = model.payments()[p];
    if (payment.taker != payment.giver && payment.units > 0) change.push_back({p, 0});
  }
}

}  // namespace

std::vector<NodeId> largest_givers(const FundsLedger& ledger, std::size_t most) {
  std::vector<NodeId> givers;
  for (const NodeId v : ids_below<NodeId>(ledger.node_count())) {
    if (ledger.given[v] > 0) givers.push_back(v);
  }
  std::ranges::sort(givers, {}, [&](NodeId v) { return std::pair(-ledger.given[v], v); });
  if (givers.size() > most) givers.resize(most);
  return givers;
}

Result<WorstPairs> worst_pairs(const FundsLedger& ledger, const PassingOn& model, std::span<const NodeId> candidates,
                               const NodeColumn<std::uint8_t>& counted, std::size_t most, const Job& job) {
  std::vector<NodeId> order(candidates.begin(), candidates.end());
  std::ranges::sort(order);
  if (std::ranges::adjacent_find(order) != order.end() || (!order.empty() && order.back().index >= ledger.node_count())) {
    return fail(ErrorCode::bad_argument, "A candidate is named twice, or is no node of the graph.");
  }
  const std::size_t k = order.size();
  // What each loses when one leaves: the sum over those counted, and the part of every other candidate, who may leave too.
  std::vector<std::int64_t> alone(k);
  std::vector<std::vector<std::int64_t>> part(k, std::vector<std::int64_t>(k, 0));
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = a; b < k; ++b) places.push_back({a, b});  // a twice: a alone
  }
  std::vector<std::int64_t> loss(places.size());
  std::atomic<bool> complete = true, stopped = false;
  Job quiet = job;  // runs are too many to tell of each
  quiet.progress = nullptr;
  const auto run_place = [&](std::size_t i, PassingOn::Work& work, std::vector<Reduction>& change) {
    const auto [a, b] = places[i];
    change.clear();
    add_leaving(model, order[a], change);
    if (a != b) add_leaving(model, order[b], change);
    if (!model.run(change, work, quiet)) {
      stopped = true;
      return;
    }
    if (!work.complete) complete = false;
    const auto lost_by = [&](NodeId v) { return counted[v] ? model.income()[v] - work.income[v] : 0; };
    for (const NodeId v : work.fallen) loss[i] += v == order[a] || v == order[b] ? 0 : lost_by(v);
    if (a != b) return;
    for (std::size_t other = 0; other < k; ++other) part[a][other] = lost_by(order[other]);
  };
  // In waves: each of its blocks has working columns of its own, which the next wave uses again.
  std::vector<PassingOn::Work> works;
  for (std::size_t first = 0; first < places.size(); first += blocks_in_a_wave * pairs_per_block) {
    job.report("pairs of funders", first, places.size());
    const std::size_t last = std::min(places.size(), first + blocks_in_a_wave * pairs_per_block);
    const std::size_t blocks = (last - first + pairs_per_block - 1) / pairs_per_block;
    while (works.size() < blocks) works.push_back(model.make_work());
    for_each_block(blocks, job, [&](std::size_t block) {
      std::vector<Reduction> change;
      const std::size_t begin = first + block * pairs_per_block;
      for (std::size_t i = begin; i < std::min(last, begin + pairs_per_block) && !stopped; ++i) run_place(i, works[block], change);
    });
    if (stopped || job.cancelled()) return interrupted();
  }

  WorstPairs answer;
  answer.complete = complete;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i].first == places[i].second) alone[places[i].first] = loss[i];
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto [a, b] = places[i];
    if (a == b) continue;
    ++answer.tried;
    answer.pairs.push_back({order[a], order[b], loss[i], alone[a] - part[a][b], alone[b] - part[b][a]});
  }
  std::ranges::sort(answer.pairs, {}, [](const FunderPair& p) { return std::tuple(-p.loss, p.first, p.second); });
  if (answer.pairs.size() > most) answer.pairs.resize(most);
  return answer;
}

}  // namespace entente
