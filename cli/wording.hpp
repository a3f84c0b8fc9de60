#pragma once

#include <string>
#include <string_view>

#include "engine/error.hpp"
#include "engine/selection.hpp"

namespace entente {

// Kernels speak of node 17 and of the option max_iterations; whoever typed the command knows ids and flags.

/// A kernel's sentence with ids: "edge 5" becomes "tie "e5"", "node 17" becomes "node "kist"". Numbers that are none of
/// this topology stay.
std::string in_ids(std::string_view sentence, const Topology& topology);
Error in_ids(Error error, const Topology& topology);

/// --max-iterations for max_iterations.
std::string flag_of(std::string_view option);

/// An error whose place is an option, in flags: "option max_iterations" becomes "--max-iterations", and so does the name
/// where the sentence has it.
Error in_flags(Error error);

/// The sentence as it is printed: its place before it, unless the sentence begins with it.
std::string printed_sentence(const Error& error);

/// What the reader of the command line finds wrong, as a sentence: of "--top: Value 0 not in range 1 to 9" it makes
/// "--top must lie between 1 and 9, and "0" does not."
std::string parser_sentence(std::string_view complaint);

/// A number as a person writes it: 0.999999, 1000000, 1e-300.
std::string number_words(double number);

}  // namespace entente
