#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/error.hpp"
#include "engine/money.hpp"
#include "engine/selection.hpp"

namespace entente {

/// The stage of a payment that a kind of tie names: "commitment" of funding.commitment, where one word of the kind is a
/// stage; empty where none is. Stages are pledge, budget, commitment, disbursement (also expenditure and incoming
/// funds) and repayment: the same money passes through them one after the other.
std::string money_stage(std::string_view kind);

/// Refuses to add the stages of one payment: a commitment and its disbursement are the same money. Kinds that the
/// user named one by one in `asked` may be mixed at will, and so may kinds that name no stage.
/// Errors: unit_mismatch, with the kinds that are mixed and the way out.
Result<void> stages_apart(const Selection& selection, const std::vector<std::string>& asked,
                          const std::optional<Currency>& currency);

}  // namespace entente
