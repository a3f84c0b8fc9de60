#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/network_builder.hpp"
#include "engine/selection.hpp"

namespace entente::testing {

/// A network from rows, and all of it as a selection.
class SmallNetwork {
 public:
  explicit SmallNetwork(const std::string& name = "small") : builder_(info(name)) {
    SourceRow source;
    source.key.text = "s1";
    source.title.text = "Report <1> & \"2\"";
    source.url.text = "https://example.org/?a=1&b=2";
    builder_.add(source);
  }
  SmallNetwork& node(std::string_view key, std::string_view kind, std::string_view label, std::string_view country = "") {
    NodeRow row;
    row.key.text = key;
    row.kind.text = kind;
    row.name.text = label;
    row.country.text = country;
    builder_.add(row);
    return *this;
  }
  SmallNetwork& tie(std::string_view from, std::string_view to, std::string_view kind = "", std::string_view status = "",
                    std::string_view amount = "", std::string_view currency = "") {
    EdgeRow row;
    const std::string key = "t" + std::to_string(++ties_);
    row.key.text = key;
    row.source.text = from;
    row.target.text = to;
    row.kind.text = kind;
    row.status.text = status;
    row.amount.text = amount;
    row.currency.text = currency;
    builder_.add(row);
    EvidenceRow evidence;
    evidence.subject.text = key;
    evidence.source.text = "s1";
    evidence.quote.text = "as it says";
    builder_.add_edge_evidence(evidence);
    return *this;
  }
  Selection selection() {
    Selection all;
    all.network = builder_.build();
    for (const NodeId id : all.network->nodes()) all.nodes.push_back(id);
    for (const EdgeId id : all.network->edges()) all.edges.push_back(id);
    all.description = "whole network";
    return all;
  }

 private:
  static NetworkInfo info(const std::string& name) {
    NetworkInfo made;
    made.name = name;
    made.title = "A small network";
    made.checksum = std::string(64, 'a');
    return made;
  }
  NetworkBuilder builder_;
  int ties_ = 0;
};

/// Partners in four scripts, with money, statuses and parallel ties.
inline Selection partners() {
  return SmallNetwork("partners")
      .node("kist", "institution.research", "Korea Institute of Science and Technology", "KR")
      .node("bio", "institution.company", "경기바이오센터", "KR")
      .node("haiphong", "city", "ハイフォン市", "VN")
      .node("jeonbuk", "facility.technopark", "Чонбукский технопарк", "KR")
      .node("namangan", "city", "Наманган", "UZ")
      .node("odd", "programme", "No country")
      .tie("kist", "haiphong", "agreement.mou", "signed")
      .tie("haiphong", "kist", "agreement.plan", "planned")
      .tie("kist", "haiphong", "agreement.letter", "discussed")
      .tie("kist", "namangan", "funding.grant", "completed", "1500000", "USD")
      .tie("kist", "jeonbuk", "funding.grant", "planned", "250000.50", "USD")
      .tie("bio", "jeonbuk", "funding.loan", "agreed")
      .tie("bio", "bio", "visit", "completed")
      .tie("odd", "bio", "training", "")
      .selection();
}

}  // namespace entente::testing
