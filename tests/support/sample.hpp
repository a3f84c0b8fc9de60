#pragma once

// A small partnership network for tests: two institutes of one country that share only the country, a
// three-party agreement, money that is paid, sought and not stated, and names in several scripts.

#include <string_view>

#include "engine/network_builder.hpp"

namespace entente {

inline NetworkPtr sample_network() {
  NetworkInfo info;
  info.name = "sample";
  info.title = "A sample";
  info.hidden_kinds = {"person"};
  NetworkBuilder builder(info);
  builder.declare_node_attribute("area_m2", CellType::number);
  const auto node = [&](std::string_view key, std::string_view kind, std::string_view name, std::string_view country,
                        std::string_view area = "") {
    builder.add(NodeRow{{}, {key}, {kind}, {name}, {country}, {{area}}});
  };
  node("kist", "institution.research", "KIST", "KR");
  node("haiphong", "city", "Haiphong", "VN");
  node("committee", "institution.government", "Haiphong People's Committee", "VN");
  node("ministry", "institution.ministry", "Ministry of Innovative Development", "UZ");
  node("almalyk", "institution.company", "Almalyk MMC", "UZ");
  node("kitech", "institution.research", "KITECH", "KR");
  node("centre", "facility.center", "Rare Metals Center", "UZ", "1200");
  node("korea", "country", "South Korea", "KR");
  node("oda", "programme", "Korean ODA", "KR");
  node("minister", "person", "A Minister", "UZ");
  node("island", "institution.university", "University of the Island", "JP");
  builder.add(NameRow{{}, {"kist"}, {"韓国科学技術院"}, {"ja"}, {"alias"}, {}});
  builder.add(NameRow{{}, {"haiphong"}, {"ハイフォン"}, {"ja"}, {"official"}, {}});
  builder.add(SourceRow{{}, {"news"}, {"The news"}, {"A paper"}, {"2021-12-21"}, {"https://example.org/news"}, {"en"}, {}, {}});
  const auto tie = [&](std::string_view key, std::string_view a, std::string_view b, std::string_view kind,
                       std::string_view directed, std::string_view status, std::string_view start = "",
                       std::string_view amount = "", std::string_view agreement = "") {
    builder.add(EdgeRow{{}, {key}, {a}, {b}, {kind}, {directed}, {status}, {start}, {}, {amount},
                        {amount.empty() ? "" : "USD"}, {agreement}, {}});
  };
  tie("t1", "committee", "kist", "agreement.cooperation", "false", "signed");
  tie("t2", "committee", "haiphong", "part_of", "true", "stated");
  tie("t3", "ministry", "almalyk", "agreement.mou", "false", "signed", "2021-12-16/2021-12-17", "", "mou");
  tie("t4", "ministry", "kitech", "agreement.mou", "false", "signed", "2021-12-16/2021-12-17", "", "mou");
  tie("t5", "almalyk", "kitech", "agreement.mou", "false", "signed", "2021-12-16/2021-12-17", "", "mou");
  tie("t6", "almalyk", "centre", "funding.own", "true", "completed", "", "1100000.50");
  tie("t7", "oda", "centre", "funding.grant", "true", "sought", "", "15500000");
  tie("t8", "oda", "kitech", "funding.grant", "true", "planned");
  tie("t9", "korea", "kist", "funding.public", "true", "stated");
  tie("t10", "korea", "kitech", "cooperation", "false", "stated");
  tie("t11", "minister", "ministry", "office", "true", "stated");
  tie("t12", "haiphong", "kist", "meeting", "false", "completed", "2024");
  builder.add_edge_evidence(EvidenceRow{{}, {"t1"}, {"news"}, {"the committee and the institute concluded an agreement"}, {"paragraph 3"}, {}});
  builder.add_node_evidence(EvidenceRow{{}, {"centre"}, {"news"}, {"a centre of 1,200 square metres"}, {"paragraph 4"}, {"area_m2"}});
  return builder.build();
}

}  // namespace entente
