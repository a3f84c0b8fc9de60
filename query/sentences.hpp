#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/ids.hpp"
#include "engine/money.hpp"
#include "engine/network.hpp"

namespace entente {

/// How a reader wants names: languages in order of preference; empty for the network's own labels.
using Languages = std::span<const std::string>;

/// "memorandum of understanding" for agreement.mou; "visit (working)" for visit.working, a child of a kind
/// we have words for; for any other kind its last word with blanks for underscores.
std::string kind_words(std::string_view kind);

/// "USD 15,500,000": grouped for reading, exact to the last digit.
std::string money_words(const Money& money);

/// "2021-12-16/2021-12-17", "2020 to 2021", "from 2021", or "" where no date is stated.
std::string date_words(const Network& network, EdgeId tie);

/// One sentence that says what a tie states and no more:
///
///     There is a signed memorandum of understanding between A and B (2021-12-16/2021-12-17).
///     There is a planned grant of USD 15,500,000 from A to B.
///     A is located in B.
std::string tie_sentence(const Network& network, EdgeId tie, Languages languages = {});

/// "Title, publisher, date", as much of it as the source states.
std::string source_words(const Source& source);

/// The quotes for a tie, each as: "quote" (source, locator).
std::vector<std::string> evidence_sentences(const Network& network, EdgeId tie);

/// "KIST (institution.research, KR)".
std::string node_words(const Network& network, NodeId node, Languages languages = {});

}  // namespace entente
