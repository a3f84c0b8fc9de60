#include "algorithms/funds/null_model.hpp"

#include <algorithm>
#include <utility>

namespace entente {

namespace {

constexpr std::size_t draws_before_search = 64;

}  // namespace

std::vector<MoneyNull::Piece> MoneyNull::laid_out(const FundsLedger& ledger, NullPieces pieces, bool givers) {
  std::vector<Piece> line;
  for (const Gift& gift : ledger.gifts) {
    if (gift.units > 0) line.push_back({givers ? gift.giver : gift.taker, gift.edge, gift.units});
  }
  if (pieces == NullPieces::gifts) return line;
  std::ranges::stable_sort(line, {}, &Piece::body);
  std::vector<Piece> whole;
  for (const Piece& piece : line) {
    if (!whole.empty() && whole.back().body == piece.body) whole.back().units += piece.units;
    else whole.push_back(piece);
  }
  return whole;
}

MoneyNull::MoneyNull(const FundsLedger& ledger, NullPieces pieces)
    : given_(laid_out(ledger, pieces, true)), taken_(laid_out(ledger, pieces, false)) {}

std::vector<Gift> MoneyNull::sample(Seed seed, std::uint64_t run) const {
  Random random(seed, run);
  std::vector<Piece> given = given_, taken = taken_;
  shuffle(given, random);
  shuffle(taken, random);
  std::vector<Gift> gifts;
  gifts.reserve(given.size() + taken.size());
  for (std::size_t g = 0, t = 0; g < given.size();) {
    const std::int64_t shared = std::min(given[g].units, taken[t].units);
    gifts.push_back({given[g].body, taken[t].body, given[g].edge, shared});
    given[g].units -= shared;
    taken[t].units -= shared;
    if (given[g].units == 0) ++g;
    if (taken[t].units == 0) ++t;
  }
  exchange_own(gifts, random);

  // Pieces of one tie to one taker become one gift; in the order of ties, whatever the draw.
  std::ranges::sort(gifts, {}, [](const Gift& gift) { return std::uint64_t{gift.edge.index} << 32 | gift.taker.index; });
  std::size_t kept = 0;
  for (const Gift& gift : gifts) {
    if (gift.units == 0) continue;
    const bool again = kept > 0 && gifts[kept - 1].edge == gift.edge && gifts[kept - 1].taker == gift.taker;
    if (again) gifts[kept - 1].units += gift.units;
    else gifts[kept++] = gift;
  }
  gifts.resize(kept);
  return gifts;
}

void MoneyNull::exchange_own(std::vector<Gift>& gifts, Random& random) {
  for (std::size_t i = 0; i < gifts.size(); ++i) {
    const NodeId a = gifts[i].giver;
    if (gifts[i].taker != a) continue;
    while (gifts[i].units > 0) {
      const auto fits = [&](const Gift& other) { return other.units > 0 && other.giver != a && other.taker != a; };
      std::size_t j = random.below(gifts.size());
      for (std::size_t draw = 1; draw < draws_before_search && !fits(gifts[j]); ++draw) j = random.below(gifts.size());
      while (!fits(gifts[j])) j = j + 1 < gifts.size() ? j + 1 : 0;  // few fit: the next one
      const std::int64_t units = std::min(gifts[i].units, gifts[j].units);
      const Gift there{a, gifts[j].taker, gifts[i].edge, units}, back{gifts[j].giver, a, gifts[j].edge, units};
      gifts[i].units -= units;
      gifts[j].units -= units;
      gifts.push_back(there);
      gifts.push_back(back);
    }
  }
}

Result<GiftNetwork> GiftNetwork::make(std::vector<Gift> gifts, const std::vector<Gift>& spendings, const Problem& asked,
                                      bool dated) {
  gifts.insert(gifts.end(), spendings.begin(), spendings.end());
  std::vector<Ends> ends;
  std::vector<std::int64_t> units;
  ends.reserve(gifts.size());
  units.reserve(gifts.size());
  for (const Gift& gift : gifts) {
    ends.push_back({gift.giver, gift.taker});
    units.push_back(gift.units);
  }
  const std::size_t n = asked.graph ? asked.graph->node_count() : asked.symmetric->node_count();
  auto graph = make_graph(n, ends);
  if (!graph) return tl::unexpected(graph.error());
  auto symmetric = make_symmetric(n, ends);
  if (!symmetric) return tl::unexpected(symmetric.error());
  GiftNetwork network;
  network.graph_ = *std::move(graph);
  network.symmetric_ = *std::move(symmetric);
  network.money_ = {asked.money->currency, asked.money->decimals, EdgeColumn<std::int64_t>(std::move(units))};
  network.stated_ = EdgeColumn<std::uint8_t>(gifts.size(), 1);
  if (asked.days) {
    network.days_ = EdgeColumn<DayRange>(gifts.size());
    for (std::size_t i = 0; i < gifts.size() && dated; ++i) network.days_->values()[i] = (*asked.days)[gifts[i].edge];
  }
  if (asked.cost) {
    network.cost_ = CostColumn{asked.cost->name, asked.cost->decimals, EdgeColumn<std::int64_t>(gifts.size())};
    for (std::size_t i = 0; i < gifts.size(); ++i) network.cost_->units.values()[i] = asked.cost->units[gifts[i].edge];
  }
  return network;
}

Problem GiftNetwork::problem(const Problem& asked) const {
  Problem problem;
  problem.graph = &graph_;
  problem.symmetric = &symmetric_;
  problem.undirected = false;
  problem.money = &money_;
  problem.stated = &stated_;
  if (days_) problem.days = &*days_;
  if (cost_) problem.cost = &*cost_;
  problem.group = asked.group;
  problem.from = asked.from;
  problem.to = asked.to;
  return problem;
}

}  // namespace entente
