#include "query/money_stages.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

namespace entente {

std::string money_stage(std::string_view kind) {
  // The words of transaction types in aid data and their everyday forms.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> stages{{
      {"pledge", "pledge"}, {"pledged", "pledge"}, {"budget", "budget"}, {"commitment", "commitment"},
      {"committed", "commitment"}, {"disbursement", "disbursement"}, {"disbursed", "disbursement"},
      {"expenditure", "disbursement"}, {"payment", "disbursement"}, {"incoming", "disbursement"},
      {"incoming_funds", "disbursement"}, {"repayment", "repayment"}, {"loan_repayment", "repayment"},
      {"interest_payment", "repayment"}}};
  for (std::size_t begin = 0; begin <= kind.size();) {
    const std::size_t end = std::min(kind.find('.', begin), kind.size());
    const auto found = std::ranges::find(stages, kind.substr(begin, end - begin), &std::pair<std::string_view, std::string_view>::first);
    if (found != stages.end()) return std::string(found->second);
    begin = end + 1;
  }
  return {};
}

Result<void> stages_apart(const Selection& selection, const std::vector<std::string>& asked,
                          const std::optional<Currency>& currency) {
  const Network& network = *selection.network;
  std::map<std::string, std::string> kind_by_stage;  // the first kind met of each stage
  for (const EdgeId edge : selection.edges) {
    const auto amount = network.amount(edge);
    if (!amount || amount->units == 0 || (currency && amount->currency != *currency)) continue;
    const std::string& kind = network.kind(edge);
    const std::string stage = money_stage(kind);
    if (!stage.empty() && std::ranges::find(asked, kind) == asked.end()) kind_by_stage.emplace(stage, kind);
  }
  if (kind_by_stage.size() < 2) return {};
  std::string kinds;
  for (const auto& [stage, kind] : kind_by_stage) kinds += (kinds.empty() ? "" : " and ") + kind;
  // Most want what was paid.
  const auto paid = kind_by_stage.find("disbursement");
  const auto chosen = paid == kind_by_stage.end() ? kind_by_stage.begin() : paid;
  const auto& other = chosen == kind_by_stage.begin() ? *kind_by_stage.rbegin() : *kind_by_stage.begin();
  return fail(ErrorCode::unit_mismatch,
              "The selected ties hold " + kinds + ", stages of the same money that must not be added. Choose one with "
              "--edge-kind " + chosen->second + ", or leave the others out: --where \"not kind is " +
                  other.second + "\".",
              "option edge-kind");
}

}  // namespace entente
