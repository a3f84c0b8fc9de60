#include "viz/graphviz.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

#include "engine/text.hpp"
#include "viz/fonts.hpp"
#include "viz/graphviz_graph.hpp"
#include "viz/graphviz_layout.hpp"
#include "viz/graphviz_memory.hpp"
#include "viz/graphviz_paint.hpp"
#include "viz/graphviz_text.hpp"
#include "viz/page.hpp"
#include "viz/picture_finish.hpp"

namespace entente {

namespace {

/// What the child sends: "ok" or "error", then the bytes or the sentence, then the notes. Each with its length.
std::string packed(const std::vector<std::string>& parts) {
  std::string bytes;
  for (const std::string& part : parts) {
    const auto length = static_cast<std::uint64_t>(part.size());
    bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
    bytes += part;
  }
  return bytes;
}

std::optional<std::vector<std::string>> unpacked(std::string_view bytes) {
  std::vector<std::string> parts;
  while (!bytes.empty()) {
    std::uint64_t length = 0;
    if (bytes.size() < sizeof length) return std::nullopt;
    std::memcpy(&length, bytes.data(), sizeof length);
    bytes.remove_prefix(sizeof length);
    if (bytes.size() < length) return std::nullopt;
    parts.emplace_back(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  return parts;
}

std::string& graphviz_messages() {
  static std::string messages;
  return messages;
}

int keep_message(char* message) {
  if (graphviz_messages().size() < 2000) graphviz_messages() += message;
  return 0;
}

/// The whole of Graphviz's work, in the child.
std::string draw_in_child(const Drawing& drawing, PictureFormat format, const ChildLimits& limits) {
  use_orderly_memory(limits.memory_bytes > 0 ? limits.memory_bytes / 4 : std::size_t{1} << 30);
  ::setenv("TZ", "UTC0", 1);
  ::setenv("SOURCE_DATE_EPOCH", "0", 1);
  agseterrf(keep_message);
  const auto failure = [](const std::string& sentence) { return packed({"error", sentence}); };
  GVC_t* context = gvContext();
  if (!context) return failure("Graphviz could not be started.");

  TextSizes texts;
  want_texts(drawing, texts);
  texts.measure(context, drawing.fonts);
  const Placement placement = lay_out(context, drawing, node_boxes(drawing, texts));
  if (!placement.error.empty()) {
    const std::string said = graphviz_messages().empty() ? "" : " (" + shortened(clean_text(graphviz_messages()), 160) + ")";
    return failure("The layout engine " + std::string(style_of(drawing.layout).name) + " failed" + said +
                   ". Try --layout " + (drawing.layout == Layout::sfdp ? "fdp" : "sfdp") + ".");
  }
  const Page page = compose(drawing, placement, texts);
  auto painted = paint(context, drawing, page, format);
  if (!painted) return failure(painted.error().what);
  std::string bytes = std::move(*painted);
  if (format == PictureFormat::svg) bytes = finished_svg(bytes, drawing);
  if (format == PictureFormat::pdf) bytes = finished_pdf(std::move(bytes));
  std::vector<std::string> parts{"ok", std::move(bytes)};
  for (std::string& sentence : missing_fonts(drawing)) parts.push_back(std::move(sentence));
  return packed(parts);
}

std::string seconds_text(double seconds) {
  std::string text = gv_number(seconds);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + " s";
}

std::string way_out(Layout layout) {
  if (layout == Layout::sfdp) return "Select a part of the network.";
  return "Try --layout sfdp, or select a part of the network.";
}

Error error_of(const ChildOutcome& outcome, const Drawing& drawing, const ChildLimits& limits) {
  const std::string engine = "The layout engine " + std::string(style_of(drawing.layout).name);
  const std::string size = counted(drawing.nodes.size(), "node", "nodes");
  switch (outcome.end) {
    case ChildOutcome::End::interrupted: return interrupted().value();
    case ChildOutcome::End::timed_out:
      return {ErrorCode::resource, engine + " did not finish within " + seconds_text(limits.seconds) + " on " + size + ". " +
                                       way_out(drawing.layout), {}};
    case ChildOutcome::End::out_of_memory:
      return {ErrorCode::resource, engine + " needs more than " + grouped(limits.memory_bytes >> 20) + " MB on " + size + ". " +
                                       way_out(drawing.layout), {}};
    case ChildOutcome::End::not_started:
      return {ErrorCode::resource, "The layout could not be started: the system allows no further process or file.", {}};
    default: break;
  }
  const std::string how = outcome.signal != 0 ? " crashed (signal " + std::to_string(outcome.signal) + ")" : " gave up";
  return {ErrorCode::resource, engine + how + " on " + size + ". " + way_out(drawing.layout), {}};
}

}  // namespace

Result<PictureFormat> parse_picture_format(std::string_view text) {
  std::string name;
  for (const char c : text.substr(text.starts_with('.') ? 1 : 0)) {
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (name == "svg") return PictureFormat::svg;
  if (name == "png") return PictureFormat::png;
  if (name == "pdf") return PictureFormat::pdf;
  if (name == "dot" || name == "gv") return PictureFormat::dot;
  return fail(ErrorCode::bad_argument, "There is no picture format \"" + shortened(text, 40) + "\". Known: svg, png, pdf, dot.",
              "option format");
}

Result<Picture> render(const Drawing& drawing, PictureFormat format, const ChildLimits& limits, const Job& job) {
  for (const EdgeMark& line : drawing.edges) {
    if (line.source >= drawing.nodes.size() || line.target >= drawing.nodes.size()) {
      return fail(ErrorCode::bad_argument, "A line of the drawing ends at a node that does not exist.");
    }
  }
  for (const NodeMark& mark : drawing.nodes) {
    if (mark.cluster >= static_cast<int>(drawing.clusters.size())) {
      return fail(ErrorCode::bad_argument, "A node of the drawing is in a cluster that does not exist.");
    }
  }
  if (job.cancelled()) return interrupted();
  const ChildOutcome outcome = run_isolated([&] { return draw_in_child(drawing, format, limits); }, limits, job);
  if (outcome.end != ChildOutcome::End::finished) return tl::unexpected(error_of(outcome, drawing, limits));
  auto parts = unpacked(outcome.bytes);
  if (!parts || parts->size() < 2) return fail(ErrorCode::resource, "The layout process sent no picture.");
  if (parts->front() != "ok") return fail(ErrorCode::resource, (*parts)[1]);
  Picture picture{std::move((*parts)[1]), {}};
  picture.notes.assign(parts->begin() + 2, parts->end());
  return picture;
}

}  // namespace entente
