#pragma once

#include <cstddef>

namespace entente {

/// Makes Graphviz's graphs take their memory from one range of addresses, cut from its start in the order of the requests.
///
/// Graphviz 2.42 orders by addresses: the id of a node, a tie or a subgraph is the address of its name, and layouts sort by
/// ids. The addresses of malloc depend on what the process did before, and on the threads in which Pango looks for fonts, so
/// that one drawing came out in several ways (dot, fdp and osage were seen to). Here an address depends on nothing but the
/// requests of the layout itself, which are the same on every run; freed blocks are used again, last freed first.
///
/// `bytes` are set aside as address space and only taken as memory where they are used; a layout that needs more ends the
/// process with "out of memory" on standard error. To be called once, in the child process, before any other call of Graphviz.
/// Later versions that have no allocator of graphs to replace are left as they are.
void use_orderly_memory(std::size_t bytes);

}  // namespace entente
