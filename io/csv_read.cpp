#include <span>

#include "engine/text.hpp"
#include "io/bytes.hpp"
#include "io/csv.hpp"
#include "io/edge_list_columns.hpp"
#include "io/edge_list_header.hpp"
#include "io/edge_list_names.hpp"
#include "io/matrix_read.hpp"
#include "io/schema.hpp"

namespace entente {

namespace {

/// Names for the columns of a table whose first row is a tie.
std::vector<Field> made_up_columns(const std::vector<std::string>& row) {
  std::vector<Field> fields;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool weight = i == 2 && row.size() == 3 && is_number_text(row[2]);
    fields.push_back({.name = i == 0 ? "source" : i == 1 ? "target" : weight ? "weight" : "column " + std::to_string(i + 1)});
  }
  return fields;
}

}  // namespace

Result<NetworkPtr> read_csv(const Input& input, const ReadOptions& options) {
  const auto decoded = Utf8Text::decode(input.bytes, options.encoding, input.file);
  if (!decoded) return tl::unexpected(decoded.error());
  auto layout = layout_of_edge_list(*decoded, input.file, options);
  if (!layout) return tl::unexpected(layout.error());
  if (auto matrix = read_matrix(*layout, input, options)) return std::move(*matrix);

  TableText table{"edges", input.file, layout->text, layout->dialect, {}, options.limits, true, layout->first_line};
  const std::vector<std::string> row = first_row_of(*layout, options.limits);
  const Place top{input.file, layout->first_line, 0};
  if (row.size() == 1) {
    return fail(ErrorCode::bad_input, "the table has a single column. An edge list needs two: source and target.", top.text());
  }
  std::string sign;  // that the first row is a header line
  if (!row.empty()) {
    const FirstRow first = judged_first_row(*layout, row, options.limits);
    if (first.role == FirstRow::Role::unclear) {
      return fail(ErrorCode::bad_input,
                  "this line may be a tie or the names of the columns: " + first.reason +
                      ". If it is a tie, put a line source,target above it; if it has the names, call the ends source and target.",
                  top.text());
    }
    if (first.role == FirstRow::Role::tie) {
      table.dialect.header = false;
      table.schema.fields = made_up_columns(row);
      layout->guesses.push_back({top, "the first row was taken as a tie, since " + first.reason + "; the file names no columns."});
    } else {
      sign = first.reason;
    }
  }

  TableReader reader(table);
  auto header = reader.header();
  if (!header) return tl::unexpected(header.error());
  if (!header->filled.empty()) {
    layout->guesses.push_back({top, counted(header->filled.size(), "column", "columns") + " without a name of their own, from \"" +
                                        header->filled.front() + "\" on, got one."});
  }
  auto binding = bind_edge_list(*header, table, sign, layout->guesses);
  if (!binding) return tl::unexpected(binding.error());

  NetworkBuilder builder(input.info, {.implicit_nodes = true, .without_direction = options.direction});
  for (const Remark& guess : layout->guesses) builder.guess(guess.place, guess.text);
  for (const std::size_t column : binding->columns.further) {
    builder.declare_edge_attribute(header->names[column], CellType::text);
  }
  add_rows(reader, binding->columns, input.file, builder, [&](EdgeRow& edge) {
    if (edge.key.text.empty()) edge.key.column = 0;  // as if there were no column id: Gephi leaves it empty
    if (binding->gephi_type) {
      const auto direction = direction_of_type(edge.directed.text);
      // Other words stay as they are, and the builder refuses them with their place.
      if (!direction.empty()) edge.directed.text = direction;
    }
    builder.add(edge);
  });
  for (Attribute& attribute : builder.edge_attributes()) attribute.type = inferred_type(attribute.values);
  return builder.build();
}

}  // namespace entente
