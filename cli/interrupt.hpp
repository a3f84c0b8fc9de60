#pragma once

#include <string>

namespace entente {

/// What Ctrl-C does, besides raising interrupt_flag(): work that looks at the flag ends in its own words. Where nobody
/// looked within a fifth of a second, or at the second Ctrl-C, the program takes away what it has not finished writing,
/// says `words` and ends with status 1. So nothing half-written stays, in whatever it was stopped.
void end_on_interrupt(std::string words);

/// The answer is out, or known not to come: Ctrl-C now only hastens the end, with this status and no word.
void answer_is_out(int status);

}  // namespace entente
