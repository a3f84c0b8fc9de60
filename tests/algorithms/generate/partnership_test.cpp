#include "algorithms/generate/partnership.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <set>

using namespace entente;

namespace {

PartnershipNetwork made(std::size_t nodes, std::size_t edges, Seed seed = 7) {
  PartnershipOptions options;
  options.nodes = nodes;
  options.edges = edges;
  options.seed = seed;
  return partnership_network(options).value();
}

bool same(const PartnershipNetwork& a, const PartnershipNetwork& b) {
  return a.graph.edges == b.graph.edges && a.community == b.community && a.kind == b.kind && a.country == b.country && a.tie_kind == b.tie_kind &&
         a.currency == b.currency && a.hundredths == b.hundredths && a.day == b.day;
}

std::size_t distinct_pairs(const PartnershipNetwork& network) {
  std::set<std::pair<NodeId, NodeId>> pairs;
  for (const Ends& ends : network.graph.edges) {
    if (ends.source != ends.target) pairs.insert(std::minmax(ends.source, ends.target));
  }
  return pairs.size();
}

NodeColumn<std::uint32_t> degree_of(const PartnershipNetwork& network) {
  NodeColumn<std::uint32_t> degree(network.graph.node_count);
  for (const Ends& ends : network.graph.edges) ++degree[ends.source], ++degree[ends.target];
  return degree;
}

template <class Values>
double share_of(const Values& values, std::size_t code) {
  return static_cast<double>(std::ranges::count(values, code)) / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("partnership: exactly the ties asked for, none twice, from none to all pairs") {
  for (const auto& [nodes, edges] : {std::pair<std::size_t, std::size_t>{0, 0}, {1, 0}, {2, 1}, {30, 30}, {30, 435}, {100, 4000}, {500, 0}, {3000, 30'000}, {20'000, 8000}}) {
    CAPTURE(nodes, edges);
    const PartnershipNetwork network = made(nodes, edges);
    CHECK(network.graph.node_count == nodes);
    CHECK(network.graph.edges.size() == edges);
    CHECK(distinct_pairs(network) == edges);
    CHECK(network.community.size() == nodes);
    CHECK(network.kind.size() == nodes);
    CHECK(network.country.size() == nodes);
    CHECK(network.hundredths.size() == edges);
    CHECK(network.day.size() == edges);
  }
}

TEST_CASE("partnership: a seed decides everything, threads nothing") {
  PartnershipOptions options;
  options.nodes = 2000;
  options.edges = 20'000;
  Job two;
  two.threads = 7;
  CHECK(same(partnership_network(options).value(), partnership_network(options, two).value()));
  CHECK(same(made(2000, 20'000, 8), made(2000, 20'000, 8)));
  CHECK_FALSE(same(made(2000, 20'000, 8), made(2000, 20'000, 9)));
}

TEST_CASE("partnership: degrees follow the power law asked for") {
  for (const double exponent : {2.1, 2.3, 2.8}) {
    CAPTURE(exponent);
    PartnershipOptions options;
    options.nodes = 20'000;
    options.edges = 200'000;
    options.degree_exponent = exponent;
    const auto degree = degree_of(partnership_network(options).value());
    // The estimate of Hill: the mean logarithm over a threshold that is high enough to leave the rounding behind.
    const std::uint32_t threshold = 40;
    double sum = 0, count = 0;
    for (const std::uint32_t d : degree.values()) {
      if (d < threshold) continue;
      sum += std::log(static_cast<double>(d) / (threshold - 0.5));
      ++count;
    }
    REQUIRE(count > 500);
    CHECK(1 + count / sum > exponent - 0.15);
    CHECK(1 + count / sum < exponent + 0.45);  // the law is cut off above, and inner ties are bounded by the community
  }
}

TEST_CASE("partnership: communities and countries hold the share of ties that mixing leaves them") {
  struct Shares {
    double mixing, least_inside, most_inside, least_national, most_national;
  };
  // Hubs of small communities send more outside than mixing says; a partner in the country may be of the community by chance.
  for (const Shares& expected : {Shares{0, 0.85, 1, 0.75, 1}, {0.3, 0.6, 0.75, 0.7, 0.9}, {0.6, 0.35, 0.55, 0.65, 0.85}, {1, 0.05, 0.3, 0.62, 0.8}}) {
    CAPTURE(expected.mixing);
    PartnershipOptions options;
    options.nodes = 10'000;
    options.edges = 60'000;
    options.mixing = expected.mixing;
    const PartnershipNetwork network = partnership_network(options).value();
    double inside = 0, national = 0;
    for (const Ends& ends : network.graph.edges) {
      inside += network.community[ends.source] == network.community[ends.target];
      national += network.country[ends.source] == network.country[ends.target];
    }
    const auto ties = static_cast<double>(options.edges);
    CHECK(inside / ties > expected.least_inside);
    CHECK(inside / ties < expected.most_inside);
    CHECK(national / ties > expected.least_national);
    CHECK(national / ties < expected.most_national);
  }
}

TEST_CASE("partnership: community sizes lie in their bounds, and their country is most members' country") {
  const PartnershipNetwork network = made(20'000, 100'000);
  std::vector<std::vector<std::uint8_t>> members;
  for (const NodeId node : ids_below<NodeId>(20'000)) {
    if (network.community[node] >= members.size()) members.resize(network.community[node] + 1);
    members[network.community[node]].push_back(network.country[node]);
  }
  double at_home = 0;
  for (std::size_t c = 0; c < members.size(); ++c) {
    CHECK((members[c].size() >= 12 || c + 1 == members.size()));
    CHECK(members[c].size() <= 2500);
    std::array<long, 30> times{};
    for (const std::uint8_t country : members[c]) ++times[country];
    at_home += static_cast<double>(*std::ranges::max_element(times));
  }
  CHECK(at_home / 20'000 > 0.87);
  CHECK(at_home / 20'000 < 0.94);
}

TEST_CASE("partnership: amounts are lognormal around what the degrees say") {
  for (const double sigma : {0.5, 1.6}) {
    PartnershipOptions options;
    options.nodes = 5000;
    options.edges = 50'000;
    options.amount_sigma = sigma;
    const PartnershipNetwork network = partnership_network(options).value();
    const auto degree = degree_of(network);
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < options.edges; ++i) {
      const Ends ends = network.graph.edges[i];
      const double mean = 10.2 + 0.35 * (std::log1p(degree[ends.source]) + std::log1p(degree[ends.target]) - 6);
      const double apart = std::log(static_cast<double>(network.hundredths.values()[i]) / 100) - mean;
      sum += apart;
      squares += apart * apart;
    }
    const auto ties = static_cast<double>(options.edges);
    CHECK(sum / ties == Approx(0).margin(4 * sigma / std::sqrt(ties)));
    CHECK(std::sqrt(squares / ties) == Approx(sigma).epsilon(0.015));
  }
}

TEST_CASE("partnership: kinds, currencies and days follow their tables, and yen have no smaller coin") {
  const PartnershipNetwork network = made(20'000, 50'000);
  CHECK(share_of(network.kind.values(), 1) == Approx(0.38).margin(0.015));  // companies
  CHECK(share_of(network.tie_kind.values(), 0) == Approx(0.18).margin(0.01));  // grants
  CHECK(share_of(network.currency.values(), 0) == Approx(0.52).margin(0.01));  // euros
  CHECK(*std::ranges::max_element(network.day.values()) == 5843);
  CHECK(*std::ranges::min_element(network.day.values()) == 0);
  for (std::size_t i = 0; i < 50'000; ++i) {
    const std::int64_t amount = network.hundredths.values()[i];
    REQUIRE(amount >= 50'00);
    REQUIRE(amount <= 5'000'000'000'00);
    if (partnership_currencies[network.currency.values()[i]].code == "JPY") REQUIRE(amount % 100 == 0);
  }
}

TEST_CASE("partnership: amounts in thousand euros, by hand") {
  PartnershipNetwork network;
  network.graph.edges.resize(4);
  network.currency = {0, 1, 4, 0};  // EUR, USD, JPY, EUR
  network.hundredths = {12'345'67, 10'000'00, 1'000'000'00, 51'00};
  CHECK(amounts_in_thousand_euros(network) == EdgeColumn<std::uint32_t>{12, 9, 6, 1});
}

TEST_CASE("partnership: parameters out of bounds and impossible sizes are refused in a sentence") {
  PartnershipOptions options;
  options.nodes = 10;
  options.edges = 46;
  CHECK(partnership_network(options).error().what.starts_with("10 nodes have only 45 pairs"));
  options = {};
  options.nodes = std::size_t{1} << 32;
  CHECK(partnership_network(options).error().code == ErrorCode::bad_argument);
  options = {};
  for (const double wrong : {0.5, 1.0, 11.0, std::nan("")}) {
    options.degree_exponent = wrong;
    CHECK_FALSE(partnership_network(options));
  }
  options = {};
  for (const double wrong : {-0.1, 1.1, std::nan("")}) {
    options.mixing = wrong;
    CHECK(partnership_network(options).error().what == "The mixing must lie between 0 and 1.");
  }
  options = {};
  options.amount_sigma = 5;
  CHECK_FALSE(partnership_network(options));
}

TEST_CASE("partnership: cancellation stops it") {
  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  CHECK(partnership_network({}, job).error().code == ErrorCode::interrupted);
}
