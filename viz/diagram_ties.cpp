#include "viz/diagram_ties.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "engine/kind.hpp"
#include "engine/text.hpp"
#include "viz/diagram_widths.hpp"
#include "viz/labels.hpp"

namespace entente {

namespace {

constexpr Rgb neutral_line{0x66, 0x6E, 0x76};
constexpr Rgb other_line{0x80, 0x80, 0x80};
constexpr double unknown_value = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t many_lines = 500;
constexpr std::size_t tooltip_ties = 12;

/// The ties of one line: of one kind and one status, so that its colour and style are true of them all.
struct Bundle {
  std::vector<EdgeId> ties;
  std::string kind;  // first word
  StatusClass status = StatusClass::open;
  std::map<Currency, MoneyTotal> amounts;
  std::size_t without_amount = 0;
};

std::vector<Bundle> bundles_of(const Selection& selection, bool bundle) {
  const Network& network = *selection.network;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::string, StatusClass, std::uint32_t>, std::size_t> place;
  std::vector<Bundle> bundles;
  for (const EdgeId edge : selection.edges) {
    const auto [from, to] = network.ends(edge);
    std::string kind(top_kind(network.kind(edge)));
    const StatusClass status = status_class(network.status(edge));
    const auto [found, fresh] = place.try_emplace(
        {std::min(from.index, to.index), std::max(from.index, to.index), kind, status, bundle ? 0 : edge.index},
        bundles.size());
    if (fresh) bundles.push_back({{}, std::move(kind), status, {}, 0});
    Bundle& line = bundles[found->second];
    line.ties.push_back(edge);
    if (const auto amount = network.amount(edge)) {
      MoneyTotal& total = line.amounts[amount->currency];
      // A sum beyond 64 bits keeps what it has: here it only widens a line, the tooltip lists each amount.
      if (auto sum = accumulate(total, amount)) total = *sum;
    } else {
      ++line.without_amount;
    }
  }
  return bundles;
}

double for_scale(const Money& money) {
  return static_cast<double>(money.units) / std::pow(10.0, money.decimals);
}

/// "USD 1,250,000.50", every digit as it is.
std::string exact_text(const Money& money) {
  std::string digits = decimal_text(money);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = point; at > first + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return std::string(money.currency.text()) + " " + digits;
}

/// The currency that most lines state, and among equals the first of the alphabet.
std::optional<Currency> commonest_currency(const std::vector<Bundle>& bundles) {
  std::map<Currency, std::size_t> count;
  for (const Bundle& bundle : bundles) {
    for (const auto& [currency, total] : bundle.amounts) count[currency] += total.known;
  }
  std::optional<Currency> best;
  std::size_t most = 0;
  for (const auto& [currency, known] : count) {
    if (known > most) {
      best = currency;
      most = known;
    }
  }
  return best;
}

/// What the widths of lines show.
struct Widths {
  bool amounts = true;              // in `currency`; the other fields then say it in numbers
  std::optional<Currency> currency;
  std::vector<double> value;        // of each line, NaN where nobody stated one
  WidthScale scale;
  std::string meaning;              // for the legend
  std::string unknown;              // "no amount stated"; empty where each line has a value
  std::size_t ties_without = 0;     // of DiagramData::width, also within lines that have a value by their other ties
};

Widths amount_widths(const std::vector<Bundle>& bundles) {
  Widths widths;
  widths.currency = commonest_currency(bundles);
  for (const Bundle& bundle : bundles) {
    const auto found = widths.currency ? bundle.amounts.find(*widths.currency) : bundle.amounts.end();
    widths.value.push_back(found == bundle.amounts.end() || !found->second.sum ? unknown_value : for_scale(*found->second.sum));
  }
  widths.scale = scale_of(WidthScale::Of::money, widths.value);
  if (widths.currency) widths.meaning = "amount, " + std::string(widths.currency->text());
  if (std::ranges::any_of(bundles, [](const Bundle& bundle) { return bundle.amounts.empty(); })) widths.unknown = "no amount stated";
  return widths;
}

Widths count_widths(const std::vector<Bundle>& bundles) {
  Widths widths{false, {}, {}, {}, "number of ties", {}, 0};
  for (const Bundle& bundle : bundles) widths.value.push_back(static_cast<double>(bundle.ties.size()));
  widths.scale = scale_of(WidthScale::Of::counts, widths.value);
  return widths;
}

Widths measured_widths(const std::vector<Bundle>& bundles, const TieMeasure& measure) {
  Widths widths{false, {}, {}, {}, measure.name + (measure.unit.empty() ? "" : ", " + measure.unit), {}, 0};
  for (const Bundle& bundle : bundles) {
    double sum = unknown_value;
    for (const EdgeId tie : bundle.ties) {
      const double value = measure.value[tie];
      if (std::isnan(value)) ++widths.ties_without;
      else sum = std::min(std::isnan(sum) ? value : sum + value, std::numeric_limits<double>::max());
    }
    if (std::isnan(sum)) widths.unknown = "no " + measure.name + " stated";
    widths.value.push_back(sum);
  }
  widths.scale = scale_of(WidthScale::Of::numbers, widths.value);
  return widths;
}

Widths widths_of(const std::vector<Bundle>& bundles, const DiagramSpec& spec, const DiagramData& data) {
  if (data.width) return measured_widths(bundles, *data.width);
  if (spec.width == "count") return count_widths(bundles);
  if (spec.width == "none") return {false, {}, std::vector<double>(bundles.size(), unknown_value), {}, {}, {}, 0};
  return amount_widths(bundles);
}

std::string tie_text(const Network& network, EdgeId edge) {
  std::string text = network.kind(edge).empty() ? "tie" : network.kind(edge);
  const auto add_part = [&](std::string_view part) {
    if (!part.empty()) text.append(", ").append(part);
  };
  add_part(network.status(edge));
  if (const Edtf* start = network.start(edge)) {
    add_part(start->text());
    if (const Edtf* end = network.end(edge)) text += " to " + end->text();
  } else if (const Edtf* only_end = network.end(edge)) {
    add_part("until " + only_end->text());
  }
  if (const auto amount = network.amount(edge)) add_part(exact_text(*amount));
  const auto evidence = network.evidence(edge);
  if (!evidence.empty()) text += " [" + network.source_document(evidence.front().source).title + "]";
  return text;
}

/// ", hours 12.5", or that it is not stated.
std::string measured_text(const TieMeasure& measure, EdgeId edge) {
  std::array<char, 32> digits{};
  if (std::isnan(measure.value[edge])) return ", " + measure.name + " not stated";
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), measure.value[edge]).ptr;
  return ", " + measure.name + " " + std::string(digits.data(), end);
}

std::string tooltip_of(const Network& network, const Bundle& bundle, const DiagramSpec& spec, const DiagramData& data, bool arrows) {
  std::string text;
  for (std::size_t i = 0; i < bundle.ties.size() && i < tooltip_ties; ++i) {
    const auto [from, to] = network.ends(bundle.ties[i]);
    if (i > 0) text += '\n';
    text.append(network.label(from, spec.languages));
    text += arrows && network.is_directed(bundle.ties[i]) ? " → " : " – ";
    text.append(network.label(to, spec.languages));
    text += ": " + tie_text(network, bundle.ties[i]);
    if (data.width) text += measured_text(*data.width, bundle.ties[i]);
  }
  if (bundle.ties.size() > tooltip_ties) {
    text += "\nand " + counted(bundle.ties.size() - tooltip_ties, "more tie", "more ties");
  }
  return text;
}

std::string link_of(const Network& network, const Bundle& bundle) {
  for (const EdgeId edge : bundle.ties) {
    for (const Evidence& evidence : network.evidence(edge)) {
      const Source& source = network.source_document(evidence.source);
      if (!source.url.empty()) return source.url;
    }
  }
  return {};
}

/// First words of kinds, most lines first, with their colours.
std::vector<std::pair<std::string, Rgb>> kind_colors(const std::vector<Bundle>& bundles, std::size_t node_categories) {
  std::map<std::string, std::size_t> count;
  for (const Bundle& bundle : bundles) ++count[bundle.kind];
  std::vector<std::pair<std::string, std::size_t>> kinds(count.begin(), count.end());
  std::stable_sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::pair<std::string, Rgb>> colors;
  const auto palette = line_palette(node_categories);
  std::size_t next = 0;
  for (const auto& [kind, lines] : kinds) {
    const bool own = !kind.empty() && next < palette.size();
    colors.emplace_back(kind, kinds.size() == 1 ? neutral_line : own ? palette[next++] : other_line);
  }
  return colors;
}

constexpr std::array status_colors{Rgb{0x00, 0x72, 0xB2}, Rgb{0xC8, 0x4E, 0x00}, Rgb{0x80, 0x80, 0x80}};

Rgb status_color(StatusClass status) { return status_colors[static_cast<std::size_t>(status)]; }

std::vector<LegendGroup> tie_legend(const std::vector<Bundle>& bundles, const std::vector<EdgeMark>& edges,
                                    const std::vector<std::pair<std::string, Rgb>>& colors, bool by_status, bool says_status) {
  std::vector<LegendGroup> groups;
  const auto is_arrow = [](const EdgeMark& edge) { return edge.arrow_at_source || edge.arrow_at_target; };
  if (!by_status && colors.size() > 1) {
    LegendGroup group{"Line colour: kind of tie", {}};
    std::vector<std::string> others;
    for (const auto& [kind, color] : colors) {
      if (color == other_line) {
        others.push_back(kind.empty() ? "kind not stated" : kind);
        continue;
      }
      LegendEntry entry = line_sample(color, LineStyle::solid, 2, kind);
      for (std::size_t i = 0; i < bundles.size() && !entry.arrow; ++i) {
        entry.arrow = bundles[i].kind == kind && is_arrow(edges[i]);
      }
      group.entries.push_back(std::move(entry));
    }
    if (!others.empty()) {
      const std::string text = others.size() <= 3 ? others.front() + (others.size() > 1 ? ", " + others[1] : "") +
                                                        (others.size() > 2 ? ", " + others[2] : "")
                                                  : grouped(others.size()) + " other kinds";
      group.entries.push_back(line_sample(other_line, LineStyle::solid, 2, text));
    }
    groups.push_back(std::move(group));
  }
  if (says_status) {
    LegendGroup group{by_status ? "Line: status" : "Line style: status", {}};
    for (const StatusClass status : {StatusClass::in_force, StatusClass::intended, StatusClass::open}) {
      const auto has_status = [&](const Bundle& bundle) { return bundle.status == status; };
      if (std::none_of(bundles.begin(), bundles.end(), has_status)) continue;
      group.entries.push_back(line_sample(by_status ? status_color(status) : neutral_line, line_style(status), 1.6,
                                          std::string(to_string(status))));
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

TieMarks tie_marks(const Selection& selection, const DiagramSpec& spec, const DiagramData& data,
                   const NodeColumn<std::size_t>& mark, std::size_t node_categories) {
  const Network& network = *selection.network;
  const std::vector<Bundle> bundles = bundles_of(selection, spec.bundle);
  const auto colors = kind_colors(bundles, node_categories);
  const Widths widths = widths_of(bundles, spec, data);
  const bool some_value = widths.amounts ? widths.scale.most > 0 : std::ranges::any_of(widths.value, [](double value) { return !std::isnan(value); });
  const bool by_status = spec.color == "status";
  const bool says_status = std::any_of(selection.edges.begin(), selection.edges.end(),
                                       [&](EdgeId edge) { return !network.status(edge).empty(); });
  const bool many = bundles.size() > many_lines;
  const double shrunk = many ? 0.6 : 1, unknown_width = many ? 0.6 : some_value ? thinnest_line : 1.2;

  TieMarks marks;
  std::size_t elsewhere = 0;
  bool bundled = false, partly_known = false;
  for (std::size_t place = 0; place < bundles.size(); ++place) {
    const Bundle& bundle = bundles[place];
    const double value = widths.value[place];
    const auto [from, to] = network.ends(bundle.ties.front());
    EdgeMark line;
    line.source = mark[from];
    line.target = mark[to];
    for (const EdgeId edge : bundle.ties) {
      line.keys.emplace_back(network.key(edge));
      if (selection.undirected || !network.is_directed(edge)) continue;
      (network.target(edge) == to ? line.arrow_at_target : line.arrow_at_source) = true;
    }
    // Where nothing is said of status in the whole selection, a dotted line would say something.
    line.style = says_status ? line_style(bundle.status) : LineStyle::solid;
    const auto own = std::find_if(colors.begin(), colors.end(), [&](const auto& c) { return c.first == bundle.kind; });
    line.color = by_status ? status_color(bundle.status) : own->second;
    line.width = std::isnan(value) ? unknown_width : widths.scale.width(value) * shrunk;
    line.opacity = many ? (bundles.size() > 3000 ? 0x50 : 0x80) : 0xFF;
    std::string amount_text;
    for (const auto& [stated, total] : bundle.amounts) {
      if (!total.sum) continue;
      if (widths.amounts && stated != *widths.currency) ++elsewhere;
      amount_text += (amount_text.empty() ? "" : " + ") + std::string(stated.text()) + " " + short_number(for_scale(*total.sum));
    }
    if (bundle.ties.size() > 1) {
      line.label = "×" + std::to_string(bundle.ties.size());
      bundled = true;
    }
    if (!amount_text.empty() && bundle.without_amount > 0) {
      amount_text += " + ?";
      partly_known = true;
    }
    if (!amount_text.empty()) line.label += (line.label.empty() ? "" : " ") + amount_text;
    line.tooltip = tooltip_of(network, bundle, spec, data, !selection.undirected);
    line.link = link_of(network, bundle);
    marks.edges.push_back(std::move(line));
  }
  marks.legend = tie_legend(bundles, marks.edges, colors, by_status, says_status);
  if (widths.scale.most > 0 || data.width) {
    LegendGroup group = width_legend(widths.scale, widths.meaning, neutral_line, shrunk);
    if (!widths.unknown.empty()) group.entries.push_back(line_sample(neutral_line, LineStyle::solid, unknown_width, widths.unknown));
    marks.legend.push_back(std::move(group));
  }
  LegendGroup remarks;
  const auto explain = [&](std::string text) {
    LegendEntry entry;
    entry.text = std::move(text);
    remarks.entries.push_back(std::move(entry));
  };
  if (bundled) explain("×3: three ties in one line");
  if (partly_known) explain("+ ?: and ties without a stated amount");
  if (elsewhere > 0) {
    marks.notes.push_back(counted(elsewhere, "amount", "amounts") + " in other currencies: width not to scale");
    explain(marks.notes.back());
  }
  if (data.width && bundled) explain("a line is as wide as all its ties together");
  if (widths.ties_without > 0) {
    marks.notes.push_back(grouped(widths.ties_without) + " of " + counted(selection.edges.size(), "tie", "ties") +
                          (widths.ties_without == 1 ? " states no " : " state no ") + data.width->name + ": thin, or nothing added to their line");
    explain(marks.notes.back());
  }
  if (!remarks.entries.empty()) marks.legend.push_back(std::move(remarks));
  return marks;
}

}  // namespace entente
