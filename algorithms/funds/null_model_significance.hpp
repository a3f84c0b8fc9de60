#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/funds/null_model.hpp"
#include "engine/error.hpp"
#include "engine/job.hpp"

namespace entente {

struct SignificanceQuestion {
  const Card* card = nullptr;  // whose figures are tested
  OptionValues options;        // it is run with
  std::string figure;          // the one tested; empty: every number that it gives
  NullPieces pieces = NullPieces::gifts;
  std::int64_t runs = 199;
  Seed seed = 1;
};

/// A figure of the observed network beside the same figure of random networks.
///
///     p_high = (1 + networks with at least as much) / (1 + networks),  p_low likewise,
///     p      = min(1, 2 min(p_high, p_low))
///
/// The observed network counts as one of the random ones, so p is never 0 and the test holds its level at any
/// number of networks.
struct TestedFigure {
  std::string name, unit;
  FigureValue observed;              // a whole number or a number
  std::int64_t networks = 0;         // that have this figure
  std::int64_t at_least = 0, at_most = 0;
  std::optional<double> mean, deviation, z;  // deviation: of a sample; z empty where the networks do not differ
  std::optional<FigureValue> low, high;      // 95 of 100 networks lie between; of fewer than 39 networks: all
  double p_high = 1, p_low = 1, p = 1;
};

struct Significance {
  std::vector<TestedFigure> figures;
  std::int64_t ties = 0;             // gifts observed
  double mean_ties = 0;              // gifts of a random network
  std::int64_t stopped = 0;          // runs of the card that were not complete
  std::vector<std::string> absent;   // figures that the observed network does not have, or that are no numbers
};

/// Runs a card on the observed gifts and on random networks in which every body gives and receives the same.
///
/// What is observed is the ledger of the problem: ties without an amount or a giver are left out of both.
/// Numbers that differ by less than 1e-12 of their size count as equal.
///
/// Cost     that of the card, once for each network; in parallel over networks.
/// Repeats  exactly, whatever the number of threads.
/// Errors   not_found: a figure that the card does not give. bad_argument: a card that needs no money. interrupted;
///          those of the card.
/// Source   [phipson2010permutation]; the networks as in MoneyNull.
Result<Significance> significance(const Problem& problem, const SignificanceQuestion& question, const Job& job = {});

/// The test of one figure from its values; a value may be missing where a network does not have the figure.
TestedFigure tested_figure(FigureValue observed, std::span<const std::optional<FigureValue>> random);

}  // namespace entente
