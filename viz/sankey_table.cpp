#include "viz/sankey_table.hpp"

#include <set>
#include <string>
#include <utility>

#include "engine/text.hpp"

namespace entente {

namespace {

/// Reads the exact units of a link or node as a cell; nothing where no tie stated an amount.
class SankeyTabulator {
 public:
  SankeyTabulator(const SankeyData& data, const SankeySpec& spec) : data_(data), spec_(spec) {
    if (data.currency) unit_ = data.currency->text();
  }

  Table flows() const {
    Table table = named("flows", "Money flows: " + counted(data_.links.size() + data_.self_flows.size(), "flow", "flows"));
    table.columns = {{"from", "", "giver"},
                     {"to", "", "receiver"},
                     {"kind", "", "of the ties"},
                     {"status", "", "statuses of the ties, as their sources state them"},
                     {"amount", unit_, "sum of the stated amounts; empty where none is stated"},
                     {"share", "share", "of all stated money"},
                     {"ties", "ties", "that state an amount"},
                     {"unknown", "ties", "that state none"},
                     {"sources", "", "documents"}};
    for (const auto* links : {&data_.links, &data_.self_flows}) {
      for (const SankeyLink& link : *links) table.rows.push_back(flow_row(link));
    }
    table.rows.push_back({std::string("total"), {}, {}, {}, amount(data_.total, data_.stated),
                          data_.total > 0 ? TableCell(1.0) : TableCell(), count(data_.stated), count(data_.unknown), {}});
    return table;
  }

  Table balances() const {
    Table table = named("balances", "Balances: own + in = out + kept");
    table.columns = {{"node", "", ""},
                     {"level", "", ""},
                     {"own", unit_, "given beyond what came in"},
                     {"in", unit_, "from others"},
                     {"out", unit_, "to others"},
                     {"kept", unit_, "came in beyond what was given"},
                     {"within", unit_, "from the node to itself"},
                     {"unknown_in", "ties", ""},
                     {"unknown_out", "ties", ""},
                     {"unknown_within", "ties", ""}};
    if (data_.levels.empty()) table.columns.erase(table.columns.begin() + 1);
    std::int64_t within = 0;
    WideUnits own = 0, in = 0, out = 0, kept = 0;
    std::size_t unknown_in = 0, unknown_out = 0, unknown_self = 0;
    for (const SankeyNode& node : data_.nodes) {
      table.rows.push_back({node.name, data_.levels.empty() ? TableCell() : TableCell(data_.levels[node.level]),
                            amount(node.own()), amount(node.in), amount(node.out), amount(node.kept()), amount(node.self),
                            count(node.unknown_in), count(node.unknown_out), count(node.unknown_self)});
      own += node.own();
      in += node.in;
      out += node.out;
      kept += node.kept();
      within += node.self;
      unknown_in += node.unknown_in;
      unknown_out += node.unknown_out;
      unknown_self += node.unknown_self;
    }
    // None of these exceeds data.total, which fits.
    table.rows.push_back({std::string("total"), {}, amount(static_cast<std::int64_t>(own)), amount(static_cast<std::int64_t>(in)),
                          amount(static_cast<std::int64_t>(out)), amount(static_cast<std::int64_t>(kept)), amount(within),
                          count(unknown_in), count(unknown_out), count(unknown_self)});
    if (data_.levels.empty()) {
      for (auto& row : table.rows) row.erase(row.begin() + 1);
    }
    return table;
  }

  Table bundled() const {
    Table table = named("bundled", "What the bundles hold");
    table.columns = {{"node", "", "the bundle"}, {"body", "", "id"}, {"name", "", ""}};
    for (const SankeyNode& node : data_.nodes) {
      if (!node.bundle) continue;
      for (const NodeId member : node.members) {
        table.rows.push_back({node.name, std::string(data_.network->key(member)),
                              std::string(data_.network->label(member, spec_.languages))});
      }
    }
    return table;
  }

 private:
  __extension__ using WideUnits = __int128;

  Table named(std::string name, std::string title) const {
    Table table;
    table.name = std::move(name);
    table.title = std::move(title);
    table.network = data_.network;
    return table;
  }
  TableCell amount(std::int64_t units, std::size_t stated = 1) const {
    return data_.currency && data_.stated > 0 && stated > 0 ? TableCell(data_.money(units)) : TableCell();
  }
  static TableCell count(std::size_t number) { return static_cast<std::int64_t>(number); }

  std::vector<TableCell> flow_row(const SankeyLink& link) const {
    std::set<std::string> statuses, sources;
    for (const EdgeId tie : link.ties) {
      const std::string& status = data_.network->status(tie);
      statuses.insert(status.empty() ? "not stated" : status);
      for (const Evidence& evidence : data_.network->evidence(tie)) {
        const Source& source = data_.network->source_document(evidence.source);
        sources.insert(source.title.empty() ? source.key : source.title);
      }
    }
    const auto joined = [](const std::set<std::string>& words, const char* between) {
      std::string text;
      for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
      return text.empty() ? TableCell() : TableCell(std::move(text));
    };
    const bool share = data_.total > 0 && link.stated > 0;
    return {data_.nodes[link.source].name,
            data_.nodes[link.target].name,
            sankey_kind(data_, link),
            joined(statuses, ", "),
            amount(link.units, link.stated),
            share ? TableCell(static_cast<double>(link.units) / static_cast<double>(data_.total)) : TableCell(),
            count(link.stated),
            count(link.unknown),
            joined(sources, "; ")};
  }

  const SankeyData& data_;
  const SankeySpec& spec_;
  std::string unit_;
};

}  // namespace

std::vector<Table> sankey_tables(const SankeyData& data, const SankeySpec& spec) {
  const SankeyTabulator tabulator(data, spec);
  std::vector<Table> tables{tabulator.flows(), tabulator.balances()};
  if (Table bundled = tabulator.bundled(); !bundled.rows.empty()) tables.push_back(std::move(bundled));
  return tables;
}

}  // namespace entente
