#include "cli/tie_table.hpp"

#include "query/sentences.hpp"

namespace entente {

std::vector<TableColumn> tie_columns() {
  return {{"tie", "", "id of the tie"},
          {"kind", "", "kind of the tie"},
          {"from", "", "id of its source, or of either end where it is mutual"},
          {"to", "", "id of its target"},
          {"directed", "", "whether it runs one way"},
          {"status", "", "as the source states it"},
          {"start", "", "EDTF"},
          {"end", "", "EDTF"},
          {"amount", "", "exact, in the currency beside it; empty where not stated"},
          {"currency", "", "ISO 4217"},
          {"source", "", "the documents that say so"},
          {"quote", "", "their words"}};
}

std::vector<TableCell> tie_cells(const Network& network, EdgeId tie) {
  const auto text = [](std::string_view value) { return value.empty() ? TableCell() : TableCell(std::string(value)); };
  const Edtf *start = network.start(tie), *end = network.end(tie);
  const auto amount = network.amount(tie);
  std::string sources, quotes;
  for (const Evidence& evidence : network.evidence(tie)) {
    const std::string source = source_words(network.source_document(evidence.source));
    if (sources.find(source) == std::string::npos) sources += (sources.empty() ? "" : "; ") + source;
    quotes += (quotes.empty() ? "" : " | ") + evidence.quote;
  }
  return {std::string(network.key(tie)),
          text(network.kind(tie)),
          std::string(network.key(network.source(tie))),
          std::string(network.key(network.target(tie))),
          network.is_directed(tie),
          text(network.status(tie)),
          start ? TableCell(start->text()) : TableCell(),
          end ? TableCell(end->text()) : TableCell(),
          amount ? TableCell(*amount) : TableCell(),
          amount ? TableCell(std::string(amount->currency.text())) : TableCell(),
          text(sources),
          text(quotes)};
}

}  // namespace entente
