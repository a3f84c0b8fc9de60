#include "viz/diagram_ties.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "engine/kind.hpp"
#include "engine/text.hpp"
#include "viz/labels.hpp"

namespace entente {

namespace {

constexpr Rgb neutral_line{0x66, 0x6E, 0x76};
constexpr Rgb other_line{0x80, 0x80, 0x80};
constexpr double thinnest = 0.9, amount_least = 1.5, amount_most = 6.0;
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

/// Width of a line by amount: square root, or logarithm for a range beyond 1000.
struct WidthScale {
  double least = 0, most = 0;
  bool logarithmic = false;

  double width(double amount) const {
    if (most <= 0 || amount <= 0) return amount_least;
    double share = 1;
    if (!logarithmic) share = std::sqrt(amount / most);
    else if (most > least) share = std::log(std::max(amount, least) / least) / std::log(most / least);
    return amount_least + (amount_most - amount_least) * share;
  }
};

WidthScale scale_of(const std::vector<Bundle>& bundles, Currency currency) {
  WidthScale scale;
  for (const Bundle& bundle : bundles) {
    const auto found = bundle.amounts.find(currency);
    if (found == bundle.amounts.end() || !found->second.sum) continue;
    const double amount = for_scale(*found->second.sum);
    if (amount <= 0) continue;
    scale.most = std::max(scale.most, amount);
    scale.least = scale.least == 0 ? amount : std::min(scale.least, amount);
  }
  scale.logarithmic = scale.least > 0 && scale.most / scale.least > 1000;
  return scale;
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

std::string tooltip_of(const Network& network, const Bundle& bundle, const DiagramSpec& spec, bool arrows) {
  std::string text;
  for (std::size_t i = 0; i < bundle.ties.size() && i < tooltip_ties; ++i) {
    const auto [from, to] = network.ends(bundle.ties[i]);
    if (i > 0) text += '\n';
    text.append(network.label(from, spec.languages));
    text += arrows && network.is_directed(bundle.ties[i]) ? " → " : " – ";
    text.append(network.label(to, spec.languages));
    text += ": " + tie_text(network, bundle.ties[i]);
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

LegendEntry line_sample(Rgb color, LineStyle style, double width, std::string text) {
  LegendEntry entry;
  entry.sample = LegendEntry::Sample::line;
  entry.fill = entry.border = color;
  entry.style = style;
  entry.width = width;
  entry.text = std::move(text);
  return entry;
}

/// The largest of 1, 2, 5 × 10^k that is not above `value`.
double round_below(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value) + 1e-12));
  for (const double step : {5.0, 2.0}) {
    if (step * power <= value * (1 + 1e-12)) return step * power;
  }
  return power;
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
                                    const std::vector<std::pair<std::string, Rgb>>& colors,
                                    const std::optional<Currency>& currency, const WidthScale& scale, bool by_status,
                                    bool says_status) {
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
  if (currency && scale.most > 0) {
    LegendGroup group{"Line width: amount, " + std::string(currency->text()) + (scale.logarithmic ? ", log scale" : ""), {}};
    std::set<double> examples{round_below(scale.most)};
    if (scale.logarithmic) {
      examples.insert(round_below(std::sqrt(scale.most * scale.least)));
      examples.insert(round_below(scale.least));
    } else {
      for (const double part : {5.0, 25.0}) {
        if (scale.most / part >= scale.least * 0.5) examples.insert(round_below(scale.most / part));
      }
    }
    for (auto amount = examples.rbegin(); amount != examples.rend(); ++amount) {
      group.entries.push_back(line_sample(neutral_line, LineStyle::solid, scale.width(*amount), short_number(*amount)));
    }
    if (std::ranges::any_of(bundles, [](const Bundle& bundle) { return bundle.amounts.empty(); })) {
      group.entries.push_back(line_sample(neutral_line, LineStyle::solid, thinnest, "no amount stated"));
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

TieMarks tie_marks(const Selection& selection, const DiagramSpec& spec, const NodeColumn<std::size_t>& mark,
                   std::size_t node_categories) {
  const Network& network = *selection.network;
  const std::vector<Bundle> bundles = bundles_of(selection, spec.bundle);
  const auto colors = kind_colors(bundles, node_categories);
  const std::optional<Currency> currency = commonest_currency(bundles);
  const WidthScale scale = currency ? scale_of(bundles, *currency) : WidthScale{};
  const bool by_status = spec.color == "status";
  const bool says_status = std::any_of(selection.edges.begin(), selection.edges.end(),
                                       [&](EdgeId edge) { return !network.status(edge).empty(); });
  const bool many = bundles.size() > many_lines;

  TieMarks marks;
  std::size_t elsewhere = 0;
  bool bundled = false, partly_known = false;
  for (const Bundle& bundle : bundles) {
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
    line.width = many ? 0.6 : scale.most > 0 ? thinnest : 1.2;
    line.opacity = many ? (bundles.size() > 3000 ? 0x50 : 0x80) : 0xFF;
    std::string amount_text;
    for (const auto& [stated, total] : bundle.amounts) {
      if (!total.sum) continue;
      if (currency && stated == *currency) line.width = scale.width(for_scale(*total.sum)) * (many ? 0.6 : 1);
      else ++elsewhere;
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
    line.tooltip = tooltip_of(network, bundle, spec, !selection.undirected);
    line.link = link_of(network, bundle);
    marks.edges.push_back(std::move(line));
  }
  marks.legend = tie_legend(bundles, marks.edges, colors, currency, scale, by_status, says_status);
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
  if (!remarks.entries.empty()) marks.legend.push_back(std::move(remarks));
  return marks;
}

}  // namespace entente
