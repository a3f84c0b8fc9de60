#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "algorithms/analysis.hpp"
#include "engine/job.hpp"
#include "engine/selection.hpp"
#include "engine/table.hpp"
#include "query/cohesion_view.hpp"
#include "query/overview.hpp"
#include "report/funds.hpp"
#include "report/report.hpp"
#include "viz/graphviz.hpp"

namespace entente {

/// A remark of the data's makers on a passage: a row of notes.csv.
struct EditorNote {
  std::string about, source, quote, text;
};

/// A diagram of the report.
struct ReportPicture {
  std::string name;     // file name without its ending
  std::string caption;
  std::string svg;
  std::string pdf;
};

/// Everything the report says, computed once; ids are the network's.
struct ReportContents {
  Selection selection;                 // all that is told: bodies, ties, money, gaps
  Selection measured;                  // what is measured and drawn: without countries, directions ignored
  Overview overview;
  std::vector<std::pair<std::string, FigureValue>> figures;
  std::vector<std::string> measures;   // names, in the order of the columns below
  std::vector<NodeColumn<double>> scores;      // of every node of the network; NaN where not measured
  std::vector<NodeId> ranking;         // by falling score of `ranked_by`
  std::string ranked_by;
  NodeColumn<std::int64_t> cluster;    // -1 for what is not measured
  NodeColumn<double> stability;
  std::size_t clusters = 0;
  std::optional<double> modularity;
  std::size_t runs = 0;
  NodeColumn<std::uint8_t> articulation;
  std::vector<EdgeId> bridges;
  std::vector<EdgeId> money_ties;      // see money_ties()
  std::vector<FundsPart> funds;        // the same money followed from body to body, by currency
  std::vector<ReportPicture> pictures; // the first is the network itself
  std::vector<EditorNote> editor_notes;
  std::vector<std::string> notes;      // what was left out or failed
};

/// Computes it all. Errors: those of the algorithms; interrupted. A diagram that cannot be drawn is left
/// out with a note.
Result<ReportContents> contents_of(const Selection& selection, const ReportOptions& options, const Job& job);

/// The page. Pure: the same contents give the same text.
std::string page(const ReportContents& contents, const ReportOptions& options);

/// The tables of the report, for CSV files; their names are file names.
std::vector<Table> report_tables(const ReportContents& contents, const ReportOptions& options);

}  // namespace entente
