// Every card, whatever it is called: the same bytes at any number of threads, on every instruction set, and again.

#include <bit>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "algorithms/card.hpp"
#include "algorithms/registry.hpp"
#include "engine/simd.hpp"
#include "support/random_graphs.hpp"

using namespace entente;
using namespace entente::test;

namespace {

// Watched by a sanitizer every access costs more; races show on a smaller network as well.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::size_t smaller = 4;
#else
constexpr std::size_t smaller = 1;
#endif

/// A network with hubs, communities, a tail of small components, loops and parallel ties, amounts and lengths.
struct Question {
  Question(std::size_t n, std::size_t m, bool is_undirected) : undirected_graph(undirected(0, {})) {
    Random random(Seed{2026});
    std::vector<Ends> edges(m);
    const std::size_t connected = n - n / 20;
    for (std::size_t i = 0; i < m; ++i) {
      const std::size_t block = random.below(8) * connected / 8;
      const auto near = [&] { return block + random.below(1 + random.below(connected / 8)); };
      edges[i] = i % 5 ? ends_of(near(), near()) : ends_of(random.below(connected), random.below(connected));
      if (i % 50 == 1) edges[i] = ends_of(connected + random.below(n - connected), connected + random.below(n - connected));
      if (i % 97 == 1) edges[i] = edges[i / 2];
    }
    graph = directed(n, edges);
    undirected_graph = undirected(n, edges);
    weight = EdgeColumn<double>(m);
    length = EdgeColumn<double>(m);
    std::vector<std::int64_t> units(m);
    for (std::size_t i = 0; i < m; ++i) {
      units[i] = static_cast<std::int64_t>(1 + random.below(100000));
      weight.values()[i] = static_cast<double>(units[i]) / 100;
      length.values()[i] = 1 + random.unit();
    }
    money = MoneyColumn{{{'U', 'S', 'D'}}, 2, EdgeColumn<std::int64_t>(std::move(units))};
    group = NodeColumn<std::uint32_t>(n);
    for (std::uint32_t& code : group.values()) code = static_cast<std::uint32_t>(random.below(4));
    problem.graph = &graph;
    problem.symmetric = &undirected_graph;
    problem.undirected = is_undirected;
    stated = EdgeColumn<std::uint8_t>(m, 1);
    days = EdgeColumn<DayRange>(m);
    for (std::size_t i = 0; i < m; ++i) {
      const auto first = static_cast<Day>(18000 + random.below(700));
      if (i % 9) days.values()[i] = {first, first + static_cast<Day>(random.below(3) * 15), true};
    }
    problem.money = &money;
    problem.stated = &stated;
    problem.days = &days;
    problem.group = &group;
    problem.from = {NodeId{0}};
    problem.to = {NodeId{static_cast<std::uint32_t>(connected / 2)}};
  }

  Graph graph;
  Symmetric undirected_graph;
  EdgeColumn<double> weight, length;
  MoneyColumn money;
  EdgeColumn<std::uint8_t> stated;
  EdgeColumn<DayRange> days;
  NodeColumn<std::uint32_t> group;
  Problem problem;
};

void put(std::string& bytes, const auto& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Everything an answer says, as bytes: a bit that differs anywhere makes them differ.
std::string bytes_of(const Result<Findings>& answer) {
  if (!answer) return "refused: " + answer.error().sentence();
  std::string bytes;
  const auto column = [&](const auto& values) {
    for (const auto& value : values.values()) put(bytes, value);
  };
  for (const auto& [name, values] : answer->per_node) bytes += name, std::visit(column, values);
  for (const auto& [name, values] : answer->per_edge) bytes += name, std::visit(column, values);
  for (const auto& [name, value] : answer->figures) {
    bytes += name;
    std::visit([&](const auto& figure) {
      if constexpr (std::is_same_v<std::decay_t<decltype(figure)>, std::string>) bytes += figure;
      else put(bytes, figure);
    }, value);
  }
  for (const Walk& walk : answer->walks) {
    for (const NodeId node : walk.nodes) put(bytes, node);
    for (const EdgeId edge : walk.edges) put(bytes, edge);
    put(bytes, walk.length);
    put(bytes, walk.amount);
  }
  for (const EdgeId edge : answer->cut) put(bytes, edge);
  for (const Listing& listing : answer->listings) {
    bytes += listing.name + listing.title + listing.completeness;
    for (const auto& row : listing.rows) {
      for (const ListingCell& cell : row) {
        bytes += static_cast<char>(cell.index());
        std::visit([&](const auto& value) {
          using Value = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, std::string>) bytes += value;
          else if constexpr (!std::is_same_v<Value, std::monostate>) put(bytes, value);
        }, cell);
      }
    }
  }
  bytes += answer->completeness;
  for (const std::string& note : answer->notes) bytes += note;
  return bytes;
}

std::string ask(const Card& card, const Problem& problem, int threads, simd::Isa isa) {
  const simd::ForcedIsa forced(isa);
  Job job;
  job.threads = threads;
  return bytes_of(card.run(problem, {}, job));
}

void check_card(const Card& card, const Problem& problem) {
  const std::string once = ask(card, problem, 1, simd::Isa::avx512);
  CHECK(once.size() > 20);
  // Compared outside the assertion: a failure should not print a megabyte.
  for (const int threads : {1, 2, 7, 16}) {
    CAPTURE(threads);
    const bool same = ask(card, problem, threads, simd::Isa::avx512) == once;
    CHECK(same);
  }
  for (const simd::Isa isa : {simd::Isa::portable, simd::Isa::avx2}) {
    CAPTURE(static_cast<int>(isa));
    const bool same = ask(card, problem, 2, isa) == once;
    CHECK(same);
  }
}

}  // namespace

TEST_CASE("determinism: every card gives the same bytes on 1, 2, 7 and 16 threads and on every instruction set") {
  for (const bool is_undirected : {true, false}) {
    Question asked(400 / smaller, 2400 / smaller, is_undirected);
    for (const bool weighted : {false, true}) {
      asked.problem.weight = weighted ? &asked.weight : nullptr;
      asked.problem.length = weighted ? &asked.length : nullptr;
      for (const Card& card : registry()) {
        CAPTURE(card.name, is_undirected, weighted);
        check_card(card, asked.problem);
      }
    }
  }
}

TEST_CASE("determinism: also where the graph is large enough to be cut for several threads") {
  Question asked(6000 / smaller, 60000 / smaller, true);
  for (const Card& card : registry()) {
    // Searches from every node; cut by nodes, they are as parallel on the small graph.
    if (card.cost.find("n (n") != std::string::npos || card.cost.find("n m") != std::string::npos ||
        card.name.starts_with("current_flow")) continue;
    CAPTURE(card.name);
    check_card(card, asked.problem);
  }
}
