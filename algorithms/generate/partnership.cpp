#include "algorithms/generate/partnership.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "algorithms/generate/draws.hpp"
#include "algorithms/generate/pair_set.hpp"

namespace entente {

namespace {

// Each part of the network draws from a stream of its own, so a change to one leaves the others as they are.
enum Stream : std::uint64_t { communities, places, degrees, inside, national, global, top_up, order, money, marks };

constexpr std::array<std::uint64_t, 10> kind_weight{14, 38, 8, 7, 5, 12, 3, 7, 2, 4};
constexpr std::array<std::uint64_t, 10> tie_kind_weight{18, 24, 6, 14, 3, 15, 5, 10, 2, 3};
constexpr std::array<std::uint64_t, 8> currency_weight{52, 24, 8, 4, 3, 3, 4, 2};
constexpr std::uint64_t foreign_percent = 12;
constexpr std::uint64_t days = 5844;  // 2010-01-01 to 2025-12-31
constexpr std::int64_t least_hundredths = 50'00, most_hundredths = 5'000'000'000'00;

/// Who belongs to which community: a random order of the nodes, cut into pieces.
struct PlantedCommunities {
  std::vector<std::uint32_t> member;  // nodes, community by community
  std::vector<std::size_t> begin;     // of each community, and the end
  NodeColumn<std::uint32_t> of;

  std::size_t count() const { return begin.size() - 1; }
  std::size_t size(std::uint32_t c) const { return begin[c + 1] - begin[c]; }
};

PlantedCommunities planted_communities(std::size_t n, Seed seed) {
  Random random(seed, communities);
  PlantedCommunities made{std::vector<std::uint32_t>(n), {0}, NodeColumn<std::uint32_t>(n)};
  const PowerLaw size_law(12, std::clamp<std::uint64_t>(n / 8, 24, 2500), 1.7);
  while (made.begin.back() < n) made.begin.push_back(std::min<std::size_t>(n, made.begin.back() + (size_law.draw(random) >> 16)));
  std::iota(made.member.begin(), made.member.end(), std::uint32_t{0});
  shuffle(made.member, random);
  for (std::uint32_t c = 0; c < made.count(); ++c) {
    for (std::size_t i = made.begin[c]; i < made.begin[c + 1]; ++i) made.of[NodeId{made.member[i]}] = c;
  }
  return made;
}

/// The larger a country, the earlier it stands in the table: its share falls with the power 0.9 of its place.
Choice country_choice() {
  std::array<std::uint64_t, partnership_countries.size()> weight{};
  for (std::size_t i = 0; i < weight.size(); ++i) weight[i] = exp2_of((Fixed{32} << 32) - fixed_product(fixed(0.9), log2_of(i + 1)));
  return Choice(weight);
}

NodeColumn<std::uint8_t> countries_of(const PlantedCommunities& planted, Seed seed) {
  Random random(seed, places);
  const Choice choice = country_choice();
  std::vector<std::uint32_t> seat(planted.count());
  for (std::uint32_t& country : seat) country = choice.draw(random);
  NodeColumn<std::uint8_t> country(planted.member.size());
  for (const NodeId node : ids_below<NodeId>(planted.member.size())) {
    const bool foreign = random.below(100) < foreign_percent;
    country[node] = static_cast<std::uint8_t>(foreign ? choice.draw(random) : seat[planted.of[node]]);
  }
  return country;
}

/// The ends of ties that each node holds out: to its community, to its country, to anyone.
struct Stubs {
  std::vector<std::uint32_t> inside, national, global;
};

Stubs stubs_of(const PartnershipOptions& options, const PlantedCommunities& planted) {
  Random random(options.seed, degrees);
  const std::size_t n = options.nodes;
  // The exponent 0.62 keeps the largest degree well below the number of nodes.
  const std::uint64_t largest = std::max<std::uint64_t>(50, exp2_of(fixed_product(fixed(0.62), log2_of(n))));
  const PowerLaw law(1, largest, options.degree_exponent);
  std::vector<std::uint64_t> wish(n);
  for (std::uint64_t& w : wish) w = law.draw(random);
  const std::uint64_t wishes = std::accumulate(wish.begin(), wish.end(), std::uint64_t{0});
  const std::uint64_t budget = 2 * options.edges + 12 * options.edges / 100;  // 6 % are lost as repeated pairs

  Stubs stubs{std::vector<std::uint32_t>(n), std::vector<std::uint32_t>(n), std::vector<std::uint32_t>(n)};
  for (std::uint32_t v = 0; v < n; ++v) {
    const std::uint64_t degree = std::max<std::uint64_t>(1, rounded_by_chance(scaled(wish[v], budget << 16, wishes), 16, random));
    const std::uint64_t companions = planted.size(planted.of[NodeId{v}]) - 1;
    const std::uint64_t home = rounded_by_chance(degree * static_cast<std::uint64_t>(fixed(1 - options.mixing)), 32, random);
    stubs.inside[v] = static_cast<std::uint32_t>(std::min({home, companions, degree}));
    const std::uint64_t abroad = degree - stubs.inside[v];
    stubs.national[v] = static_cast<std::uint32_t>(std::min(abroad, rounded_by_chance(scaled(abroad, 2 << 16, 3), 16, random)));
    stubs.global[v] = static_cast<std::uint32_t>(abroad - stubs.national[v]);
  }
  return stubs;
}

/// Pairs the stubs of each group at random (the configuration model); an odd one out stays alone.
template <class GroupOf>
void pair_within_groups(std::span<const std::uint32_t> stubs, std::size_t groups, GroupOf&& group_of, Random random,
                        std::vector<Ends>& pairs) {
  std::vector<std::uint32_t> shuffled;
  shuffled.reserve(std::accumulate(stubs.begin(), stubs.end(), std::size_t{0}));
  for (std::uint32_t v = 0; v < stubs.size(); ++v) shuffled.insert(shuffled.end(), stubs[v], v);
  shuffle(shuffled, random);
  std::vector<std::size_t> end(groups + 1, 0);
  for (const std::uint32_t v : shuffled) ++end[group_of(v) + 1];
  std::partial_sum(end.begin(), end.end(), end.begin());
  const std::vector<std::size_t> begin(end);
  std::vector<std::uint32_t> grouped_stubs(shuffled.size());
  for (const std::uint32_t v : shuffled) grouped_stubs[end[group_of(v)]++] = v;
  for (std::size_t g = 0; g < groups; ++g) {
    for (std::size_t i = begin[g]; i + 1 < begin[g + 1]; i += 2) {
      pairs.push_back({NodeId{grouped_stubs[i]}, NodeId{grouped_stubs[i + 1]}});
    }
  }
}

/// Ties one by one until there are enough, with the same preference for the own community.
Result<void> top_up_pairs(const PartnershipOptions& options, const PlantedCommunities& planted, const Job& job, PairSet& taken,
                          std::vector<Ends>& pairs) {
  Random random(options.seed, top_up);
  const auto outside = static_cast<std::uint64_t>(fixed(options.mixing));
  const auto member_at = [&](std::size_t i) { return NodeId{planted.member[i]}; };
  for (std::size_t draw = 1; pairs.size() < options.edges; ++draw) {
    if (draw % 65536 == 0) {
      if (job.cancelled()) return interrupted();
      job.report("ties", pairs.size(), options.edges);
    }
    const NodeId a = member_at(random.below(options.nodes));
    const std::uint32_t c = planted.of[a];
    // Every 16th draw goes anywhere, so that full communities cannot hold the work up for ever.
    const bool anywhere = draw % 16 == 0 || (random.next() >> 32) < outside;
    const NodeId b = anywhere ? member_at(random.below(options.nodes)) : member_at(planted.begin[c] + random.below(planted.size(c)));
    if (taken.insert({a, b})) pairs.push_back({a, b});
  }
  return {};
}

Result<std::vector<Ends>> partnership_ties(const PartnershipOptions& options, const PlantedCommunities& planted,
                                           const NodeColumn<std::uint8_t>& country, const Job& job) {
  if (options.edges == 0) return std::vector<Ends>{};
  std::vector<Ends> pairs;
  {
    const Stubs stubs = stubs_of(options, planted);
    pairs.reserve(options.edges + options.edges / 8 + options.nodes);
    pair_within_groups(stubs.inside, planted.count(), [&](std::uint32_t v) { return std::size_t{planted.of[NodeId{v}]}; },
                       Random(options.seed, inside), pairs);
    pair_within_groups(stubs.national, partnership_countries.size(), [&](std::uint32_t v) { return std::size_t{country[NodeId{v}]}; },
                       Random(options.seed, national), pairs);
    pair_within_groups(stubs.global, 1, [](std::uint32_t) { return std::size_t{0}; }, Random(options.seed, global), pairs);
  }
  if (job.cancelled()) return interrupted();
  job.report("ties", options.edges / 2, options.edges);
  PairSet taken(std::max(pairs.size(), options.edges));
  std::erase_if(pairs, [&](const Ends& pair) { return !taken.insert(pair); });
  if (auto done = top_up_pairs(options, planted, job, taken, pairs); !done) return tl::unexpected(done.error());
  Random random(options.seed, order);
  shuffle(pairs, random);
  pairs.resize(options.edges);
  for (Ends& pair : pairs) {
    if (random.next() >> 63) std::swap(pair.source, pair.target);
  }
  return pairs;
}

EdgeColumn<std::int64_t> lognormal_amounts(const GeneratedGraph& graph, const PartnershipOptions& options) {
  std::vector<std::uint32_t> degree(graph.node_count, 0);
  for (const Ends& pair : graph.edges) ++degree[pair.source.index], ++degree[pair.target.index];
  std::vector<Fixed> log_degree(graph.node_count);
  for (std::size_t v = 0; v < degree.size(); ++v) log_degree[v] = log2_of(std::uint64_t{1} + degree[v]);

  // To base 2, of hundredths: (10.2 - 0.35 * 6) * log2(e) + log2(100), and sigma * log2(e).
  constexpr double log2_e = 1.4426950408889634;
  const Fixed base = fixed(8.1 * log2_e + 6.6438561897747247), sigma = fixed_product(fixed(options.amount_sigma), fixed(log2_e));
  Random random(options.seed, money);
  std::vector<std::int64_t> amount(graph.edges.size());
  for (std::size_t i = 0; i < amount.size(); ++i) {
    const auto [u, v] = graph.edges[i];
    const Fixed log = base + fixed_product(fixed(0.35), log_degree[u.index] + log_degree[v.index]) +
                      fixed_product(sigma, normal_deviate(random));
    const auto drawn = static_cast<std::int64_t>(exp2_of(std::min(log, (Fixed{62} << 32))));
    amount[i] = std::clamp(drawn, least_hundredths, most_hundredths);
  }
  return EdgeColumn<std::int64_t>(std::move(amount));
}

template <class Id>
Column<Id, std::uint8_t> drawn_column(std::size_t size, std::span<const std::uint64_t> weights, Random& random) {
  const Choice choice(weights);
  std::vector<std::uint8_t> drawn(size);
  for (std::uint8_t& value : drawn) value = static_cast<std::uint8_t>(choice.draw(random));
  return Column<Id, std::uint8_t>(std::move(drawn));
}

tl::unexpected<Error> out_of_bounds(const char* name, const char* bounds) {
  return fail(ErrorCode::bad_argument, std::string("The ") + name + " must lie " + bounds + ".");
}

}  // namespace

Result<PartnershipNetwork> partnership_network(const PartnershipOptions& options, const Job& job) {
  if (auto possible = check_size(options.nodes, options.edges); !possible) return tl::unexpected(possible.error());
  if (!(options.degree_exponent >= 1.01 && options.degree_exponent <= 10)) return out_of_bounds("degree exponent", "between 1.01 and 10");
  if (!(options.mixing >= 0 && options.mixing <= 1)) return out_of_bounds("mixing", "between 0 and 1");
  if (!(options.amount_sigma >= 0 && options.amount_sigma <= 4)) return out_of_bounds("sigma of the amounts", "between 0 and 4");

  PlantedCommunities planted = planted_communities(options.nodes, options.seed);
  PartnershipNetwork made;
  made.country = countries_of(planted, options.seed);
  auto ties = partnership_ties(options, planted, made.country, job);
  if (!ties) return tl::unexpected(ties.error());
  made.graph = {options.nodes, std::move(*ties)};
  made.community = std::move(planted.of);
  made.hundredths = lognormal_amounts(made.graph, options);
  if (job.cancelled()) return interrupted();

  Random random(options.seed, marks);
  made.kind = drawn_column<NodeId>(options.nodes, kind_weight, random);
  made.tie_kind = drawn_column<EdgeId>(options.edges, tie_kind_weight, random);
  made.currency = drawn_column<EdgeId>(options.edges, currency_weight, random);
  made.day = EdgeColumn<std::uint16_t>(options.edges);
  for (std::uint16_t& day : made.day.values()) day = static_cast<std::uint16_t>(random.below(days));
  for (std::size_t i = 0; i < options.edges; ++i) {  // what has no smaller coin is rounded to whole units
    std::int64_t& amount = made.hundredths.values()[i];
    if (!partnership_currencies[made.currency.values()[i]].has_coins) amount = (amount + 50) / 100 * 100;
  }
  return made;
}

EdgeColumn<std::uint32_t> amounts_in_thousand_euros(const PartnershipNetwork& network) {
  constexpr std::int64_t unit = 100 * 10'000 * std::int64_t{1000};  // hundredths * rate in a thousand euros
  std::vector<std::uint32_t> weight(network.graph.edges.size());
  for (std::size_t i = 0; i < weight.size(); ++i) {
    const std::int64_t rate = partnership_currencies[network.currency.values()[i]].rate;
    weight[i] = static_cast<std::uint32_t>(std::max<std::int64_t>(1, (network.hundredths.values()[i] * rate + unit / 2) / unit));
  }
  return EdgeColumn<std::uint32_t>(std::move(weight));
}

}  // namespace entente
