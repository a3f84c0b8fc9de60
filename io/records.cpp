#include "io/records.hpp"

#include <algorithm>
#include <set>

#include "engine/text.hpp"

namespace entente {

const std::vector<Slot<NodeRow>> node_slots{
    {"id", &NodeRow::key, true}, {"kind", &NodeRow::kind}, {"name", &NodeRow::name}, {"country", &NodeRow::country}};
const std::vector<Slot<NameRow>> name_slots{{"node", &NameRow::node, true},
                                            {"name", &NameRow::text, true},
                                            {"lang", &NameRow::lang},
                                            {"type", &NameRow::type},
                                            {"source", &NameRow::source}};
const std::vector<Slot<SourceRow>> source_slots{
    {"id", &SourceRow::key, true}, {"title", &SourceRow::title}, {"publisher", &SourceRow::publisher},
    {"date", &SourceRow::date},    {"url", &SourceRow::url},     {"lang", &SourceRow::lang},
    {"file", &SourceRow::file}};
const std::vector<Slot<EdgeRow>> edge_slots{
    {"id", &EdgeRow::key},         {"source", &EdgeRow::source, true}, {"target", &EdgeRow::target, true},
    {"kind", &EdgeRow::kind},      {"directed", &EdgeRow::directed},   {"status", &EdgeRow::status},
    {"start", &EdgeRow::start},    {"end", &EdgeRow::end},             {"amount", &EdgeRow::amount},
    {"currency", &EdgeRow::currency}, {"agreement", &EdgeRow::agreement}};
const std::vector<Slot<EvidenceRow>> edge_evidence_slots{{"edge", &EvidenceRow::subject, true},
                                                         {"source", &EvidenceRow::source, true},
                                                         {"quote", &EvidenceRow::quote},
                                                         {"locator", &EvidenceRow::locator}};
const std::vector<Slot<EvidenceRow>> node_evidence_slots{{"node", &EvidenceRow::subject, true},
                                                         {"source", &EvidenceRow::source, true},
                                                         {"quote", &EvidenceRow::quote},
                                                         {"locator", &EvidenceRow::locator},
                                                         {"field", &EvidenceRow::field}};

namespace {

std::string_view without_outer_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

}  // namespace

std::size_t Header::find(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

std::string key_of(const std::vector<Cell>& cells, const std::vector<std::size_t>& columns) {
  std::string key;
  for (const std::size_t column : columns) {
    key += cells[column].text;
    key += '\x1f';
  }
  return key;
}

TableReader::TableReader(const TableText& table)
    : table_(table), reader_(table.text, table.dialect, table.limits, table.first_line) {
  only_empty_is_missing_ = table.schema.missing_values == std::vector<std::string>{""};
}

Result<Header> TableReader::header() {
  if (table_.dialect.header) {
    const auto step = reader_.next();
    if (step == DelimitedReader::Step::end) {
      return fail(ErrorCode::bad_input, "the file is empty. Its first line must name the columns.", table_.file);
    }
    if (step == DelimitedReader::Step::fault) {
      const Place& place = reader_.fault().place;
      return fail(ErrorCode::bad_input, reader_.fault().text, Place{table_.file, place.line, place.column}.text());
    }
    header_.line = reader_.line();
    for (const Cell& cell : reader_.cells()) {
      const auto name = without_outer_blanks(cell.text);
      const std::string where = Place{table_.file, header_.line + cell.below, cell.column}.text();
      if (first_invalid_utf8(name) != std::string_view::npos) {
        return fail(ErrorCode::bad_input, "the name of this column is not valid UTF-8. Save the file as UTF-8.", where);
      }
      if (first_control_character(name) != std::string_view::npos) {
        return fail(ErrorCode::bad_input, "the name of this column holds a control character. Is this a text file?", where);
      }
      if (table_.fill_names && (name.empty() || header_.find(name) < header_.names.size())) {
        std::string made = "column " + std::to_string(header_.names.size() + 1);
        while (header_.find(made) < header_.names.size()) made += "_";
        header_.filled.push_back(made);
        header_.names.push_back(std::move(made));
        continue;
      }
      if (name.empty()) return fail(ErrorCode::bad_input, "this column has no name. Name it in the first line.", where);
      if (header_.find(name) < header_.names.size()) {
        return fail(ErrorCode::bad_input, "column " + shortened(name, 40) + " occurs twice. Names of columns must differ.",
                    where);
      }
      header_.names.emplace_back(name);
    }
  } else {
    for (const Field& field : table_.schema.fields) header_.names.push_back(field.name);
    if (header_.names.empty()) {
      return fail(ErrorCode::bad_input, "the table has neither a header line nor a schema that names its columns.", table_.file);
    }
  }
  for (const std::string& name : header_.names) {
    const Field* rule = table_.schema.field(name);
    rules_.push_back(rule);
    if (rule && name == "amount" && rule->type == "number" && cell_type(*rule) == CellType::text) {
      return fail(ErrorCode::bad_input, "column amount has marks of its own for decimals or groups. Write amounts as 1250000.50.",
                  Place{table_.file, header_.line, 0}.text());
    }
    if (rule && rule->unique) keys_.unique.push_back({{rules_.size() - 1}, "unique column " + name});
  }
  for (const Field& field : table_.schema.fields) {
    if (field.required && header_.find(field.name) == header_.names.size()) {
      return fail(ErrorCode::bad_input, "column " + field.name + ", which the schema requires, is missing.",
                  Place{table_.file, header_.line, 0}.text());
    }
  }
  return header_;
}

void TableReader::refuse(NetworkBuilder& builder, const Cell& cell, std::string reason) {
  builder.refuse(table_.table, Place{table_.file, reader_.line() + cell.below, cell.column}, std::move(reason));
}

bool TableReader::conforms(NetworkBuilder& builder, std::vector<Cell>& cells) {
  const std::size_t columns = header_.names.size();
  if (cells.size() > columns) {
    refuse(builder, cells[columns], "the row has " + std::to_string(cells.size()) + " cells for " +
                                        std::to_string(columns) + " columns. Quote cells that hold a delimiter.");
    return false;
  }
  if (cells.size() < columns) {
    refuse(builder, cells.back(), "the row has only " + std::to_string(cells.size()) + " cells for " +
                                      std::to_string(columns) + " columns. Is the file cut off, or a delimiter missing?");
    return false;
  }
  for (std::size_t i = 0; i < columns; ++i) {
    Cell& cell = cells[i];
    if (!only_empty_is_missing_ && !cell.text.empty() &&
        std::ranges::find(table_.schema.missing_values, cell.text) != table_.schema.missing_values.end()) {
      cell.text = {};
    }
    const Field* rule = rules_[i];
    if (!rule) continue;
    if (cell.text.empty()) {
      if (!rule->required) continue;
      refuse(builder, cell, "column " + rule->name + " is empty, but the schema requires a value.");
      return false;
    }
    if (auto fault = field_fault(*rule, cell.text); !fault.empty()) {
      refuse(builder, cell, std::move(fault));
      return false;
    }
    if (rule->type == "boolean" && rule->name == "directed") cell.text = plain_boolean(*rule, cell.text);
  }
  for (KeyChecks::Unique& unique : keys_.unique) {
    std::string key = key_of(cells, unique.columns);
    if (std::ranges::all_of(key, [](char c) { return c == '\x1f'; })) continue;  // nothing stated
    if (!unique.seen.insert(std::move(key)).second) {
      refuse(builder, cells[unique.columns[0]], unique.what + ": " + "\"" + shortened(cells[unique.columns[0]].text, 40) +
                                                    "\" occurs twice.");
      return false;
    }
  }
  for (const KeyChecks::Reference& reference : keys_.references) {
    const std::string key = key_of(cells, reference.columns);
    if (std::ranges::all_of(key, [](char c) { return c == '\x1f'; })) continue;
    if (!reference.known->contains(key)) {
      const Cell& cell = cells[reference.columns[0]];
      refuse(builder, cell, "\"" + shortened(cell.text, 40) + "\" is not in " + reference.what + ".");
      return false;
    }
  }
  return true;
}

void TableReader::for_each_row(NetworkBuilder& builder,
                               const std::function<void(std::uint64_t line, std::vector<Cell>& cells)>& take) {
  std::vector<Cell> cells;
  while (true) {
    const auto step = reader_.next();
    if (step == DelimitedReader::Step::end) return;
    if (step == DelimitedReader::Step::fault) {
      const Remark& fault = reader_.fault();
      builder.refuse(table_.table, Place{table_.file, fault.place.line, fault.place.column}, fault.text);
      continue;
    }
    cells = reader_.cells();
    if (conforms(builder, cells)) take(reader_.line(), cells);
  }
}

}  // namespace entente
