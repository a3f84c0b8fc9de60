#include "query/reports.hpp"

#include <algorithm>
#include <tuple>

#include "query/money_stages.hpp"

namespace entente {

namespace {

std::string cell(const Network& network, const std::string& column, EdgeId tie) {
  const Attribute* attribute = network.edge_attribute(column);
  return attribute ? std::string(attribute->text(tie.index)) : std::string();
}

bool names(const Network& network, const std::string& text, NodeId node) {
  return text == network.key(node) || text == network.label(node) ||
         std::ranges::any_of(network.names(node), [&](const Name& name) { return name.text == text; });
}

Report::Side side_of(const Network& network, const std::string& reporter, EdgeId tie) {
  const auto [giver, taker] = network.ends(tie);
  // An id is unique, a name is not: ids are asked first.
  for (const auto& [node, side] : {std::pair{giver, Report::Side::giver}, std::pair{taker, Report::Side::taker}}) {
    if (reporter == network.key(node)) return side;
  }
  if (names(network, reporter, giver)) return Report::Side::giver;
  return names(network, reporter, taker) ? Report::Side::taker : Report::Side::other;
}

DayRange days_of_tie(const Network& network, EdgeId tie) {
  const Edtf *start = network.start(tie), *end = network.end(tie);
  if (!start && !end) return {};
  return {start ? start->earliest() : beginning_of_time, end ? end->latest() : start->latest(), true};
}

auto order_of(const Network& network, const Report& report) {
  const auto& amount = report.amount;
  return std::tuple(network.key(network.source(report.tie)), network.key(network.target(report.tie)), report.stage,
                    amount ? std::string(amount->currency.text()) : std::string(), report.days.earliest, report.days.latest,
                    amount ? amount->decimals : 0, amount ? amount->units : -1, report.reporter, report.activity,
                    network.key(report.tie));
}

}  // namespace

std::vector<Report> reports_of(const Selection& selection, const ReportColumns& columns) {
  const Network& network = *selection.network;
  std::vector<Report> reports;
  for (const EdgeId tie : selection.edges) {
    Report report;
    report.reporter = cell(network, columns.reporter, tie);
    if (report.reporter.empty()) continue;
    report.tie = tie;
    report.side = side_of(network, report.reporter, tie);
    report.activity = cell(network, columns.activity, tie);
    report.provider_activity = cell(network, columns.provider_activity, tie);
    report.receiver_activity = cell(network, columns.receiver_activity, tie);
    report.parent_activity = cell(network, columns.parent_activity, tie);
    report.stage = money_stage(network.kind(tie));
    if (report.stage.empty()) report.stage = network.kind(tie);
    report.amount = network.amount(tie);
    report.days = days_of_tie(network, tie);
    reports.push_back(std::move(report));
  }
  std::ranges::sort(reports, [&](const Report& a, const Report& b) { return order_of(network, a) < order_of(network, b); });
  return reports;
}

bool has_reports(const Network& network, const ReportColumns& columns) {
  const Attribute* reporter = network.edge_attribute(columns.reporter);
  return reporter && std::ranges::any_of(network.edges(), [&](EdgeId tie) { return !reporter->text(tie.index).empty(); });
}

std::optional<std::int64_t> days_between(const DayRange& a, const DayRange& b) {
  if (!a.stated || !b.stated) return std::nullopt;
  const auto gap = [](Day later, Day earlier) { return static_cast<std::int64_t>(later) - static_cast<std::int64_t>(earlier); };
  return std::max({std::int64_t{0}, gap(a.earliest, b.latest), gap(b.earliest, a.latest)});
}

}  // namespace entente
