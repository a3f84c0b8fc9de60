#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "engine/column.hpp"
#include "engine/date.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"
#include "engine/money.hpp"

namespace entente {

/// The value of an option as a user gives it.
using OptionValue = std::variant<bool, std::int64_t, double, std::string>;
using OptionValues = std::map<std::string, OptionValue, std::less<>>;

/// One option of an algorithm: its name is the field of the options struct, the command-line flag
/// (with dashes) and the documentation anchor.
struct OptionSpec {
  std::string name;
  OptionValue default_value;
  double least = 0, most = 0;        // bounds of a number, both included; equal when there are none
  std::vector<std::string> choices;  // allowed words of a text option
  std::string help;
};

/// One thing an algorithm returns, per node, per edge or once.
struct ResultSpec {
  enum class Per { node, edge, network } per = Per::node;
  std::string name;
  std::string unit;  // "share", "hops", "ties", "USD"; empty for a pure number
  std::string help;
};

/// The days on which the money of a tie moves, as far as its dates say: between `earliest` and `latest`, both included.
struct DayRange {
  Day earliest = beginning_of_time;
  Day latest = end_of_time;
  bool stated = false;  // false: the tie states no date, and may have moved on any day
};

/// A number per edge for each unit of money that passes, such as a fee or a risk: units * 10^-decimals.
struct CostColumn {
  std::string name;  // the column it was read from, or "steps" where each tie costs 1
  int decimals = 0;
  EdgeColumn<std::int64_t> units;
};

/// What a card is run on. The caller owns everything; pointers that are null are absent.
struct Problem {
  const Graph* graph = nullptr;          // directions kept: a mutual tie runs both ways
  const Symmetric* symmetric = nullptr;  // directions ignored: the same nodes and edge ids
  bool undirected = true;                // no edge has a direction: kernels should use `symmetric`

  const EdgeColumn<double>* weight = nullptr;  // strength of each edge; null: all 1
  const EdgeColumn<double>* length = nullptr;  // length of each edge; null: all 1 (hops)
  const MoneyColumn* money = nullptr;          // capacity of each edge
  const EdgeColumn<std::uint8_t>* stated = nullptr;  // 1 where the edge states an amount; 0: its capacity of 0 is unknown
  const EdgeColumn<DayRange>* days = nullptr;        // when the money of each edge moves
  const CostColumn* cost = nullptr;                  // of each unit over each edge; null: 1 a tie
  const EdgeColumn<std::int64_t>* least = nullptr;   // units that each edge must carry; null: none
  const NodeColumn<std::uint32_t>* group = nullptr;  // category of each node, dense codes

  std::vector<NodeId> from;  // sources of paths and flows
  std::vector<NodeId> to;    // targets of paths and flows
};

/// A walk through the graph: nodes.size() == edges.size() + 1.
struct Walk {
  std::vector<NodeId> nodes;
  std::vector<EdgeId> edges;
  double length = 0;        // in the unit of Problem::length, or hops
  std::int64_t amount = 0;  // units of Problem::money that it carries, for flows
};

/// An amount of money in a listing: units of Problem::money.
struct MoneyUnits {
  std::int64_t units = 0;
};

/// A cell of a listing; std::monostate is "not known" or "does not apply", never 0.
using ListingCell = std::variant<std::monostate, bool, std::int64_t, double, std::string, MoneyUnits, NodeId, EdgeId>;

/// A table for what fits no column: pairs of nodes, dated circles, the branches of a tree.
struct Listing {
  struct Column {
    std::string name;  // "at_most"
    std::string unit;  // "money" for MoneyUnits, "share", "days"; empty for text, nodes, ties and pure numbers
    std::string help;
  };
  std::string name;   // short, fit for a file name and a JSON key: "ends"
  std::string title;  // one line for people
  std::vector<Column> columns;
  std::vector<std::vector<ListingCell>> rows;
  bool complete = true;
  std::string completeness;  // "stopped at 1000 circles"; empty if trivially complete
};

using FigureValue = std::variant<bool, std::int64_t, double, std::string>;
using NodeValues = std::variant<NodeColumn<double>, NodeColumn<std::int64_t>, NodeColumn<std::uint8_t>>;
using EdgeValues = std::variant<EdgeColumn<double>, EdgeColumn<std::int64_t>, EdgeColumn<std::uint8_t>>;

/// What running a card gives back, in the graph's ids and in the order of the card's results.
struct Findings {
  std::vector<std::pair<std::string, NodeValues>> per_node;
  std::vector<std::pair<std::string, EdgeValues>> per_edge;
  std::vector<std::pair<std::string, FigureValue>> figures;
  std::vector<Walk> walks;          // routes, paths
  std::vector<EdgeId> cut;          // edges of a cut, sorted
  std::vector<Listing> listings;    // further tables, the main one first
  bool complete = true;             // false: a listing was stopped before its end
  std::string completeness;         // "complete up to length 4", "stopped at 1000 paths"
  std::vector<std::string> notes;   // what a reader should know ("did not converge in 200 sweeps")
};

/// What an algorithm says about itself; the command line, the documentation, the benchmarks and the
/// generic tests walk the list of cards, and nobody else knows an algorithm's name.
struct Card {
  std::string name;     // "pagerank"
  std::string family;   // the folder: centrality, community, cohesion, paths, flow, statistics
  std::string summary;  // one sentence
  std::string cost;     // "O(n m)"
  std::string convention;             // direction, weights, parallel edges, self-loops, isolates
  std::vector<std::string> sources;   // keys of docs/references.bib
  std::vector<OptionSpec> options;
  std::vector<ResultSpec> results;
  bool needs_ends = false;   // Problem::from and to
  bool takes_ends = false;   // uses Problem::from and to where they are given; says itself which it cannot do without
  bool needs_money = false;  // Problem::money and Problem::stated
  bool needs_group = false;  // Problem::group
  bool divides_money = false;  // wants Problem::money at least to the currency's smallest coin
  bool takes_group = false;    // uses Problem::group where it is given
  bool takes_days = false;   // uses Problem::days
  bool takes_cost = false;   // uses Problem::cost
  bool takes_least = false;  // uses Problem::least

  /// Runs the algorithm. Options that are absent take their defaults. Errors: those of the kernel;
  /// bad_argument for an option that is unknown, of the wrong type or out of bounds.
  std::function<Result<Findings>(const Problem&, const OptionValues&, const Job&)> run;

  /// Checks findings without computing them again and says how in one sentence; absent where no
  /// certificate exists. Errors: bad_argument with what does not hold.
  std::function<Result<std::string>(const Problem&, const OptionValues&, const Findings&)> verify;
};

/// Fills an options struct from user values, checked against the card's specification.
/// Errors: bad_argument, where = "option NAME".
Result<OptionValue> checked_option(const OptionSpec& spec, const OptionValues& given);

/// Errors: bad_argument for a given name that the card does not have.
Result<void> no_unknown_options(const Card& card, const OptionValues& given);

/// The bounds or words an option allows.
struct Bounds {
  double least = 0, most = 0;
};

/// Writes a card while tying its options and results to struct fields:
///
///     return describe<PageRankOptions, PageRank>("pagerank", "centrality")
///         .summary("The share of time a random walker spends at each node.")
///         .option("damping", &PageRankOptions::damping, {0, 1}, "chance of following an edge")
///         .per_node("pagerank", &PageRank::score, "share", "sums to 1 over all nodes")
///         .figure("converged", &PageRank::converged, "", "...")
///         .source("page1999pagerank")
///         .runs([](const Problem& problem, const PageRankOptions& options, const Job& job) {
///           return pagerank(...);  // Result<PageRank>
///         });
template <class Options, class Answer>
class CardWriter {
 public:
  CardWriter(std::string name, std::string family) {
    card_.name = std::move(name);
    card_.family = std::move(family);
  }

  CardWriter& summary(std::string text) { card_.summary = std::move(text); return *this; }
  CardWriter& cost(std::string text) { card_.cost = std::move(text); return *this; }
  CardWriter& convention(std::string text) { card_.convention = std::move(text); return *this; }
  CardWriter& source(std::string key) { card_.sources.push_back(std::move(key)); return *this; }
  CardWriter& needs_ends() { card_.needs_ends = true; return *this; }
  CardWriter& takes_ends() { card_.takes_ends = true; return *this; }
  CardWriter& divides_money() { card_.divides_money = true; return *this; }
  CardWriter& takes_group() { card_.takes_group = true; return *this; }
  CardWriter& takes_days() { card_.takes_days = true; return *this; }
  CardWriter& takes_cost() { card_.takes_cost = true; return *this; }
  CardWriter& takes_least() { card_.takes_least = true; return *this; }
  CardWriter& needs_money() { card_.needs_money = true; return *this; }
  CardWriter& needs_group() { card_.needs_group = true; return *this; }

  /// A number or a flag.
  template <class Field>
  CardWriter& option(std::string name, Field Options::*field, Bounds bounds, std::string help) {
    OptionSpec spec{name, widened(Options{}.*field), bounds.least, bounds.most, {}, std::move(help)};
    setters_.push_back([spec, field](Options& options, const OptionValues& given) -> Result<void> {
      const auto value = checked_option(spec, given);
      if (!value) return tl::unexpected(value.error());
      if constexpr (std::is_same_v<Field, bool>) options.*field = std::get<bool>(*value);
      else if constexpr (std::is_floating_point_v<Field>) options.*field = static_cast<Field>(std::get<double>(*value));
      else options.*field = static_cast<Field>(std::get<std::int64_t>(*value));
      return {};
    });
    card_.options.push_back(std::move(spec));
    return *this;
  }
  CardWriter& flag(std::string name, bool Options::*field, std::string help) {
    return option(std::move(name), field, Bounds{}, std::move(help));
  }
  /// One word of several.
  CardWriter& choice(std::string name, std::string Options::*field, std::vector<std::string> words, std::string help) {
    OptionSpec spec{name, Options{}.*field, 0, 0, std::move(words), std::move(help)};
    setters_.push_back([spec, field](Options& options, const OptionValues& given) -> Result<void> {
      const auto value = checked_option(spec, given);
      if (!value) return tl::unexpected(value.error());
      options.*field = std::get<std::string>(*value);
      return {};
    });
    card_.options.push_back(std::move(spec));
    return *this;
  }

  template <class Value>
  CardWriter& per_node(std::string name, NodeColumn<Value> Answer::*field, std::string unit, std::string help) {
    card_.results.push_back({ResultSpec::Per::node, name, std::move(unit), std::move(help)});
    getters_.push_back([name, field](Answer& answer, Findings& findings) {
      findings.per_node.emplace_back(name, NodeValues(std::move(answer.*field)));
    });
    return *this;
  }
  template <class Value>
  CardWriter& per_edge(std::string name, EdgeColumn<Value> Answer::*field, std::string unit, std::string help) {
    card_.results.push_back({ResultSpec::Per::edge, name, std::move(unit), std::move(help)});
    getters_.push_back([name, field](Answer& answer, Findings& findings) {
      findings.per_edge.emplace_back(name, EdgeValues(std::move(answer.*field)));
    });
    return *this;
  }
  template <class Value>
  CardWriter& figure(std::string name, Value Answer::*field, std::string unit, std::string help) {
    card_.results.push_back({ResultSpec::Per::network, name, std::move(unit), std::move(help)});
    getters_.push_back([name, field](Answer& answer, Findings& findings) {
      findings.figures.emplace_back(name, widened(answer.*field));
    });
    return *this;
  }
  /// A figure that does not exist for every graph: absent where it has no value.
  template <class Value>
  CardWriter& figure(std::string name, std::optional<Value> Answer::*field, std::string unit, std::string help) {
    card_.results.push_back({ResultSpec::Per::network, name, std::move(unit), std::move(help)});
    getters_.push_back([name, field](Answer& answer, Findings& findings) {
      if (answer.*field) findings.figures.emplace_back(name, widened(*(answer.*field)));
    });
    return *this;
  }
  /// A column that was not asked for is absent.
  template <class Value>
  CardWriter& per_node(std::string name, std::optional<NodeColumn<Value>> Answer::*field, std::string unit,
                       std::string help) {
    card_.results.push_back({ResultSpec::Per::node, name, std::move(unit), std::move(help)});
    getters_.push_back([name, field](Answer& answer, Findings& findings) {
      if (answer.*field) findings.per_node.emplace_back(name, NodeValues(std::move(*(answer.*field))));
    });
    return *this;
  }
  /// For what fits no column: walks, cuts, notes.
  CardWriter& also(std::function<void(Answer&, Findings&)> collect) {
    getters_.push_back(std::move(collect));
    return *this;
  }

  CardWriter& verified_by(
      std::function<Result<std::string>(const Problem&, const Options&, const Findings&)> verify) {
    verify_ = std::move(verify);
    return *this;
  }

  /// A text that the kernel reads itself, such as an amount or a date.
  CardWriter& text(std::string name, std::string Options::*field, std::string help) {
    return choice(std::move(name), field, {}, std::move(help));
  }

  /// Ends the card.
  Card runs(std::function<Result<Answer>(const Problem&, const Options&, const Job&)> kernel) {
    Card card = card_;
    const auto options_from = [setters = setters_, card](const OptionValues& given) -> Result<Options> {
      if (auto known = no_unknown_options(card, given); !known) return tl::unexpected(known.error());
      Options options;
      for (const auto& set : setters) {
        if (auto done = set(options, given); !done) return tl::unexpected(done.error());
      }
      return options;
    };
    card.run = [options_from, getters = getters_, kernel](const Problem& problem, const OptionValues& given,
                                                          const Job& job) -> Result<Findings> {
      const auto options = options_from(given);
      if (!options) return tl::unexpected(options.error());
      auto answer = kernel(problem, *options, job);
      if (!answer) return tl::unexpected(answer.error());
      Findings findings;
      for (const auto& get : getters) get(*answer, findings);
      return findings;
    };
    if (verify_) {
      card.verify = [options_from, verify = verify_](const Problem& problem, const OptionValues& given,
                                                     const Findings& findings) -> Result<std::string> {
        const auto options = options_from(given);
        if (!options) return tl::unexpected(options.error());
        return verify(problem, *options, findings);
      };
    }
    return card;
  }

 private:
  template <class Value>
  static OptionValue widened(const Value& value) {
    if constexpr (std::is_same_v<Value, bool>) return value;
    else if constexpr (std::is_floating_point_v<Value>) return static_cast<double>(value);
    else if constexpr (std::is_integral_v<Value>) return static_cast<std::int64_t>(value);
    else return std::string(value);
  }

  Card card_;
  std::vector<std::function<Result<void>(Options&, const OptionValues&)>> setters_;
  std::vector<std::function<void(Answer&, Findings&)>> getters_;
  std::function<Result<std::string>(const Problem&, const Options&, const Findings&)> verify_;
};

template <class Options, class Answer>
CardWriter<Options, Answer> describe(std::string name, std::string family) {
  return {std::move(name), std::move(family)};
}

}  // namespace entente
