#include "viz/page_frame.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "viz/labels.hpp"

namespace entente {

namespace {

constexpr double title_font_size = 14, source_font_size = 7.5;
constexpr double row_height = 13, group_gap = 9, column_gap = 22, frame_gap = 18;
constexpr double sample_width = 26;
constexpr std::size_t legend_columns = 34;  // of text, before a row is wrapped
constexpr Rgb ink{0x1A, 0x1A, 0x1A}, soft_ink{0x59, 0x59, 0x59};

/// One row of the legend: a heading, a sample with its text, or a text that goes on.
struct LegendRow {
  const LegendEntry* entry = nullptr;
  std::string text;
  bool heading = false;
  double height = row_height;
};

/// Groups are kept whole; each is a block of rows.
struct LegendBlock {
  std::vector<LegendRow> rows;
  double width = 0, height = 0, sample = 0;
};

std::vector<LegendRow> rows_of(const LegendGroup& group) {
  std::vector<LegendRow> rows;
  for (const std::string& line : wrapped(group.heading, legend_columns)) rows.push_back({nullptr, line, true});
  for (const LegendEntry& entry : group.entries) {
    bool first = true;
    for (const std::string& line : wrapped(entry.text, legend_columns)) {
      const bool shows = first && entry.sample != LegendEntry::Sample::none;
      const double size = shows && entry.sample == LegendEntry::Sample::node ? width_for_area(entry.shape, entry.diameter) : 0;
      rows.push_back({shows ? &entry : nullptr, line, false, std::max(first ? row_height : row_height - 2, size + 3)});
      first = false;
    }
  }
  return rows;
}

LegendBlock block_of(const LegendGroup& group, const TextSizes& texts) {
  LegendBlock block;
  block.rows = rows_of(group);
  for (const LegendEntry& entry : group.entries) {
    if (entry.sample == LegendEntry::Sample::line) block.sample = std::max(block.sample, sample_width);
    if (entry.sample == LegendEntry::Sample::node) {
      block.sample = std::max(block.sample, std::max(12.0, width_for_area(entry.shape, entry.diameter)));
    }
  }
  for (const LegendRow& row : block.rows) {
    const double indent = row.heading || block.sample == 0 ? 0 : block.sample + 6;
    // Bold letters are about a tenth wider than they were measured.
    block.width = std::max(block.width, indent + texts.of(row.text, legend_font_size).width * (row.heading ? 1.1 : 1));
    block.height += row.height;
  }
  return block;
}

/// Fills columns no higher than `height`, in order; a block higher than that has a column of its own.
std::vector<std::vector<const LegendBlock*>> legend_in_columns(const std::vector<LegendBlock>& blocks, double height) {
  std::vector<std::vector<const LegendBlock*>> columns;
  double used = 0;
  for (const LegendBlock& block : blocks) {
    if (columns.empty() || used + group_gap + block.height > height) {
      columns.emplace_back();
      used = -group_gap;
    }
    columns.back().push_back(&block);
    used += group_gap + block.height;
  }
  return columns;
}

double width_of(const std::vector<const LegendBlock*>& column) {
  double width = 0;
  for (const LegendBlock* block : column) width = std::max(width, block->width);
  return width;
}

double width_of(const std::vector<std::vector<const LegendBlock*>>& columns) {
  double width = columns.empty() ? 0 : column_gap * static_cast<double>(columns.size() - 1);
  for (const auto& column : columns) width += width_of(column);
  return width;
}

void put_block(const LegendBlock& block, Point corner, Page& page) {
  double y = corner.y;
  for (const LegendRow& row : block.rows) {
    const double middle = y - row.height / 2;
    const double indent = row.heading || block.sample == 0 ? 0 : block.sample + 6;
    if (row.entry) page.samples.push_back({{corner.x + block.sample / 2, middle}, row.entry});
    page.texts.push_back({{corner.x + indent, middle - legend_font_size * 0.52}, legend_font_size, row.heading,
                          row.heading ? ink : tinted(ink, 0.1), row.text});
    y -= row.height;
  }
}

/// Returns the box that the legend takes, its upper left corner given.
Box put_columns(const std::vector<std::vector<const LegendBlock*>>& columns, Point corner, Page& page) {
  Box taken{corner.x, corner.y, corner.x, corner.y};
  double x = corner.x;
  for (const auto& column : columns) {
    double y = corner.y;
    for (const LegendBlock* block : column) {
      put_block(*block, {x, y}, page);
      y -= block->height + group_gap;
    }
    const double width = width_of(column);
    taken.include({x, y + group_gap, x + width, corner.y});
    x += width + column_gap;
  }
  return taken;
}

void put_legend(const Drawing& drawing, const TextSizes& texts, Page& page) {
  std::vector<LegendBlock> blocks;
  double total = 0, highest = 0;
  for (const LegendGroup& group : drawing.legend) {
    blocks.push_back(block_of(group, texts));
    total += blocks.back().height + group_gap;
    highest = std::max(highest, blocks.back().height);
  }
  if (blocks.empty()) return;
  const Box area = page.bounds;
  if (area.width() <= 1.4 * area.height() || area.width() < 260) {
    const auto columns = legend_in_columns(blocks, std::max({area.height(), highest, std::min(total, 240.0)}));
    page.bounds.include(put_columns(columns, {area.right + frame_gap, area.top}, page));
    return;
  }
  double height = highest;
  while (width_of(legend_in_columns(blocks, height)) > area.width() && height < total) height += row_height;
  page.bounds.include(put_columns(legend_in_columns(blocks, height), {area.left, area.bottom - frame_gap}, page));
}

std::size_t text_columns(double width, double font_size) {
  return static_cast<std::size_t>(std::max(24.0, width / (font_size * 0.56)));
}

}  // namespace

void want_frame_texts(const Drawing& drawing, TextSizes& texts) {
  for (const LegendGroup& group : drawing.legend) {
    for (const LegendRow& row : rows_of(group)) texts.want(row.text, legend_font_size);
  }
}

void add_frame(const Drawing& drawing, const TextSizes& texts, Page& page) {
  put_legend(drawing, texts, page);
  const double width = std::max(page.bounds.width(), 260.0);
  page.bounds.right = page.bounds.left + width;
  if (!drawing.title.empty()) {
    const auto lines = wrapped(drawing.title, text_columns(width, title_font_size));
    double y = page.bounds.top + 14 + title_font_size * 1.25 * static_cast<double>(lines.size() - 1);
    page.bounds.top = y + title_font_size;
    for (const std::string& line : lines) {
      page.texts.push_back({{page.bounds.left, y}, title_font_size, true, ink, line});
      y -= title_font_size * 1.25;
    }
  }
  if (!drawing.source.empty()) {
    double y = page.bounds.bottom - 12 - source_font_size;
    for (const std::string& line : wrapped(drawing.source, text_columns(width, source_font_size))) {
      page.texts.push_back({{page.bounds.left, y}, source_font_size, false, soft_ink, line});
      y -= source_font_size * 1.25;
    }
    page.bounds.bottom = y + source_font_size * 0.75;
  }
}

}  // namespace entente
