#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace entente {

/// Where a row or a cell stands: "edges.csv:17:55". Line and column count from 1; 0 = not known.
struct Place {
  std::string file;
  std::uint64_t line = 0;
  std::uint64_t column = 0;

  std::string text() const {
    std::string place = file;
    if (line > 0) place += ":" + std::to_string(line);
    if (line > 0 && column > 0) place += ":" + std::to_string(column);
    return place;
  }
};

/// A row that was not taken, or a guess that was made, and why.
struct Remark {
  Place place;
  std::string text;  // one sentence
};

/// What became of the rows of one table: rows = kept + merged + refused, always.
struct LedgerEntry {
  std::string table;        // "edges"
  std::size_t rows = 0;     // read
  std::size_t kept = 0;     // in the network
  std::size_t merged = 0;   // exact repetitions of a row that was kept
  std::size_t refused = 0;  // see refusals
};

/// The account of one import: nothing is dropped, merged or guessed in silence.
struct Ledger {
  static constexpr std::size_t remarks_kept = 1000;  // of each sort; the counts go on

  std::vector<LedgerEntry> tables;
  std::vector<Remark> refusals;  // the first `remarks_kept`, in file order
  std::vector<Remark> guesses;   // "delimiter ; was guessed", "ties without direction taken as mutual"

  std::size_t refused() const {
    std::size_t sum = 0;
    for (const LedgerEntry& entry : tables) sum += entry.refused;
    return sum;
  }
};

}  // namespace entente
