#pragma once

#include <functional>
#include <string>
#include <vector>

#include "report/funds.hpp"

namespace entente {

/// How the page shows a node and a tie: as links to where they are told.
struct FundsLinks {
  std::function<std::string(NodeId)> node;
  std::function<std::string(EdgeId)> tie;
};

/// The file name of a Sankey diagram, without its ending: "funds-USD-in-force-commitment".
std::string drawing_name(const FundsPart& part, StatusClass status, const std::string& stage);

/// The part of the chapter on money that follows it from body to body: per currency the Sankey diagram, what is done
/// and what is only intended, routes, bottleneck and range, and the indicators. HTML, all text of the data escaped.
std::string funds_html(const std::vector<FundsPart>& parts, const Network& network, const FundsLinks& links);

/// The same as tables for CSV: "funds-USD-in-force" and so on for the indicators, "passages" for the rest.
std::vector<Table> funds_tables(const std::vector<FundsPart>& parts, const NetworkPtr& network);

}  // namespace entente
