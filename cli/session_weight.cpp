// What --weight means in the network that was loaded, and what ties weigh where nobody says.

#include <algorithm>

#include "cli/session.hpp"
#include "query/tie_columns.hpp"

namespace entente {

namespace {

/// The commands whose answers depend on weights; all others say that they make no use of --weight.
bool weighs_ties(std::string_view command) {
  static constexpr std::string_view weighing[] = {"centrality", "clusters", "run", "draw", "who", "report"};
  return std::ranges::find(weighing, command) != std::end(weighing);
}

bool is_binary(std::string_view projection) { return projection.ends_with(":binary"); }

}  // namespace

Result<NetworkPtr> Session::with_its_weight(NetworkPtr network) {
  if (selection.weight.empty() || !weighs_ties(command)) return network;
  // A projection or a collapse makes columns of its own, which are not there yet.
  const std::string name = selection.weight.substr(selection.weight.starts_with("column:") ? std::string("column:").size() : 0);
  const bool makes_columns = !selection.spec.projections.empty() || !selection.spec.collapse.empty();
  if (makes_columns && !is_weight_word(name) && !name.starts_with("word:") && !tie_column(*network, name)) {
    weight_ = name;
    return network;
  }
  const auto meant = weight_meant(*network, selection.weight);
  if (!meant) return tl::unexpected(meant.error());
  weight_ = meant->name;
  if (meant->is_column && is_weight_word(weight_)) {  // tie_weights() would take it for the word
    weight_ = "column:" + weight_;
    return with_column_under_its_full_name(*network, meant->name);
  }
  if (!meant->is_column && weight_ == "amount" && !selection.currency.empty()) {
    if (const std::string advice = instead_of_money(*network); !advice.empty()) return fail(ErrorCode::bad_argument, advice, "option currency");
  }
  return network;
}

Result<Selection> Session::load_capacities() {
  auto network = load();
  if (!network) return tl::unexpected(network.error());
  const auto meant = selection.weight.empty() ? Result<WeightMeant>() : weight_meant(**network, selection.weight);
  if (!meant) return tl::unexpected(meant.error());
  if (!meant->is_column) {
    const std::string advice = instead_of_money(**network);
    if (!advice.empty()) return fail(ErrorCode::bad_argument, advice, selection.currency.empty() ? "" : "option currency");
    return each_payment_once(std::move(*network), false);
  }
  if (!selection.currency.empty()) {
    return fail(ErrorCode::bad_argument, "The numbers of column " + meant->name + " are in no currency. Leave --currency out, or --weight.",
                "option currency");
  }
  capacity_column_ = meant->name.starts_with("amount (") ? "amount" : meant->name;
  auto selected = select_from(*network, false);
  if (selected) selected->notes.push_back("what ties can carry are the plain numbers of column " + capacity_column_ + ", in no currency");
  return selected;
}

void Session::weigh_as_projected(Selection& selected) {
  if (!selection.weight.empty() || command == "who" || !weighs_ties(command)) return;
  const Attribute* column = selected.network->edge_attribute("weight");
  if (!column || !holds_numbers(*column)) return;
  const auto text = [&](EdgeId tie) { return column->text(tie.index); };
  // Where all weigh 1 or nothing, weights change nothing.
  if (std::ranges::all_of(selected.edges, [&](EdgeId tie) { return text(tie).empty() || text(tie) == "1"; })) return;
  const bool projected = !std::ranges::all_of(selection.spec.projections, is_binary);
  const bool all_weigh = std::ranges::none_of(selected.edges, [&](EdgeId tie) { return text(tie).empty(); });
  if (projected && all_weigh && command != "draw") {
    weight_ = "weight";
    weights_are_lengths_ = false;
    selected.notes.push_back("ties weigh what the projection gave them (column weight) in strengths, influence and clusters; paths count ties: "
                             "--weight weight makes 1 / weight their length, --weight none weighs nothing");
    return;
  }
  selected.notes.push_back("the ties have numbers in a column weight that were not used, so each tie counts as 1; --weight weight weighs by them" +
                           std::string(projected && !all_weigh ? " and leaves out the ties that have none" : ""));
}

Problem Session::problem_of(const Analysis& analysis) const {
  Problem problem = analysis.problem();
  if (!weights_are_lengths_) problem.length = nullptr;
  return problem;
}

}  // namespace entente
