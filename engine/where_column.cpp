#include "engine/where_column.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/suggestion.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

struct KnownField {
  std::string_view name;
  WhereColumn::Field field;
  WhereType type;
};

constexpr KnownField fields_of_ties[] = {
    {"id", WhereColumn::Field::id, WhereType::text},
    {"kind", WhereColumn::Field::kind, WhereType::text},
    {"status", WhereColumn::Field::status, WhereType::text},
    {"start", WhereColumn::Field::start, WhereType::date},
    {"end", WhereColumn::Field::end, WhereType::date},
    {"amount", WhereColumn::Field::amount, WhereType::money},
    {"currency", WhereColumn::Field::currency, WhereType::text},
    {"agreement", WhereColumn::Field::agreement, WhereType::text},
    {"directed", WhereColumn::Field::directed, WhereType::boolean},
};
constexpr KnownField fields_of_nodes[] = {
    {"id", WhereColumn::Field::id, WhereType::text},
    {"kind", WhereColumn::Field::kind, WhereType::text},
    {"name", WhereColumn::Field::name, WhereType::text},
    {"country", WhereColumn::Field::country, WhereType::text},
};

std::span<const KnownField> known_fields(WhereColumn::Of of) {
  return of == WhereColumn::Of::tie ? std::span<const KnownField>(fields_of_ties)
                                    : std::span<const KnownField>(fields_of_nodes);
}

WhereType type_of_cells(CellType type) {
  switch (type) {
    case CellType::text: return WhereType::text;
    case CellType::integer:
    case CellType::number: return WhereType::number;
    case CellType::boolean: return WhereType::boolean;
    case CellType::date: return WhereType::date;
  }
  return WhereType::text;
}

std::string_view prefix_of(WhereColumn::Of of) {
  switch (of) {
    case WhereColumn::Of::source: return "source.";
    case WhereColumn::Of::target: return "target.";
    case WhereColumn::Of::node: return "node.";
    case WhereColumn::Of::tie: return "";
  }
  return "";
}

WhereValue days_of(const Edtf* date) {
  return date ? WhereValue(WhereDays{date->earliest(), date->latest()}) : WhereValue();
}

}  // namespace

Result<WhereColumn> WhereColumn::find(const Network& network, Of of, std::string_view name, std::string shown) {
  for (const KnownField& known : known_fields(of)) {
    if (known.name == name) return WhereColumn{of, known.field, nullptr, known.type, std::move(shown)};
  }
  const Attribute* attribute = of == Of::tie ? network.edge_attribute(name) : network.node_attribute(name);
  if (attribute) return WhereColumn{of, Field::further, attribute, type_of_cells(attribute->type), std::move(shown)};

  std::vector<std::string> known;
  for (const KnownField& field : known_fields(of)) {
    known.push_back(std::string(prefix_of(of)) + std::string(field.name));
  }
  for (const Attribute& each : of == Of::tie ? network.edge_attributes() : network.node_attributes()) {
    known.push_back(std::string(prefix_of(of)) + each.name);
  }
  std::string what = "there is no column \"" + shortened(shown, 40) + "\". There are " +
                     nearest_first(shown, std::move(known), 30);
  if (of == Of::tie) {
    what += "; columns of the ends are written source.X and target.X, and node.X asks nodes instead of ties";
  }
  return fail(ErrorCode::bad_argument, what + ".");
}

WhereValue WhereColumn::value(const Network& network, std::uint32_t row) const {
  const EdgeId tie{row};
  switch (field) {
    case Field::id: return of_ties() ? network.key(tie) : network.key(node(network, row));
    case Field::name: return network.label(node(network, row));
    case Field::start: return days_of(network.start(tie));
    case Field::end: return days_of(network.end(tie));
    case Field::directed: return network.is_directed(tie);
    case Field::amount: {
      const auto amount = network.amount(tie);
      return amount ? WhereValue(*amount) : WhereValue();
    }
    case Field::currency: {
      const auto amount = network.amount(tie);
      return amount ? WhereValue(amount->currency) : WhereValue();
    }
    case Field::kind:
    case Field::status:
    case Field::agreement:
    case Field::country:
    case Field::further: return where_value(type, dictionary(network)->text(code(network, row)));
  }
  return {};
}

bool WhereColumn::is_empty(const Network& network, std::uint32_t row) const {
  if (dictionary(network)) return dictionary(network)->text(code(network, row)).empty();
  if (field == Field::name) return !network.has_name(node(network, row));
  return std::holds_alternative<std::monostate>(value(network, row));
}

const Dictionary* WhereColumn::dictionary(const Network& network) const {
  switch (field) {
    case Field::kind: return of_ties() ? &network.edge_kinds() : &network.node_kinds();
    case Field::status: return &network.statuses();
    case Field::agreement: return &network.agreements();
    case Field::country: return &network.countries();
    case Field::further: return &attribute->values;
    case Field::id:
    case Field::name:
    case Field::start:
    case Field::end:
    case Field::amount:
    case Field::currency:
    case Field::directed: return nullptr;
  }
  return nullptr;
}

Dictionary::Code WhereColumn::code(const Network& network, std::uint32_t row) const {
  switch (field) {
    case Field::kind: return of_ties() ? network.kind_code(EdgeId{row}) : network.kind_code(node(network, row));
    case Field::status: return network.status_code(EdgeId{row});
    case Field::agreement: return network.agreement_code(EdgeId{row});
    case Field::country: return network.country_code(node(network, row));
    default: return attribute->codes[of_ties() ? row : node(network, row).index];
  }
}

}  // namespace entente
