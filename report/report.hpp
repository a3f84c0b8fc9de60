#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/error.hpp"
#include "engine/job.hpp"
#include "engine/selection.hpp"

namespace entente {

struct ReportOptions {
  std::vector<std::string> languages;  // for names, in order of preference
  std::uint64_t seed = 7;              // of clusters and layouts
  std::string weight = {};             // of the lines in the pictures of the network, see set_widths(); empty: by amount
};

/// What was written.
struct ReportSummary {
  std::size_t files = 0;
  std::string index;               // the page to open
  std::vector<std::string> notes;  // fonts that are missing, layouts that gave up
};

/// Writes one folder with everything about a selection: index.html (self-contained, opens offline, reads
/// well in print, tables can be sorted, every number leads to its evidence), the diagrams as SVG and PDF, the
/// tables as CSV, and provenance.json (input checksum, selection, algorithms, options, version, checksum of
/// each file). All files appear or none; other files of the folder are left alone. The same input gives
/// the same bytes, at any number of threads.
/// Errors: those of the algorithms and of set_widths(); unwritable; interrupted.
Result<ReportSummary> write_report(const Selection& selection, const std::string& folder,
                                   const ReportOptions& options = {}, const Job& job = {});

}  // namespace entente
