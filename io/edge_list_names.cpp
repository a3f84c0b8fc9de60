#include "io/edge_list_names.hpp"

#include <algorithm>

namespace entente {

const std::vector<std::string_view> source_words{"source", "from",       "src",       "sender",      "start_id",
                                                 "source_id", "from_id", "fromnodeid", "from_node_id", "from_node", "source_node"};
const std::vector<std::string_view> target_words{"target", "to",       "dst",      "receiver",   "end_id",
                                                 "target_id", "to_id", "tonodeid", "to_node_id", "to_node", "target_node"};
const std::vector<std::string_view> date_words{
    "date", "day", "year", "날짜", "일자", "연도", "년도", "дата", "Дата", "год", "Год", "sana", "yil", "ngày", "năm",
    "日付", "日期", "年", "年份", "datum", "jahr", "fecha", "año", "année"};

namespace {

/// Words that head columns of ties in the languages of the bundled data and in common ones of published files.
constexpr std::string_view heading_words[] = {
    // the ends, and what they are
    "source", "target", "from", "to", "src", "dst", "sender", "receiver", "start", "end", "origin", "destination", "node", "nodes",
    "vertex", "giver", "taker", "donor", "recipient", "payer", "payee", "lender", "borrower", "buyer", "seller", "exporter", "importer",
    "reporter", "partner", "investor", "investee", "funder", "funded", "provider", "beneficiary", "grantor", "grantee", "parent", "child",
    "follower", "followee", "followed", "citing", "cited", "ego", "alter", "person", "people", "actor", "body", "organisation",
    "organization", "org", "institution", "institute", "company", "firm", "agency", "country", "city", "state", "region", "party",
    "member", "author", "user", "group", "event", "participant", "head", "tail", "left", "right", "i", "j", "u", "v",
    // what a tie bears
    "weight", "weights", "value", "values", "amount", "amounts", "currency", "kind", "type", "types", "label", "labels", "name", "names",
    "title", "id", "ids", "key", "code", "iso", "iso2", "iso3", "date", "day", "month", "year", "time", "timestamp", "status",
    "directed", "direction", "agreement", "relation", "relationship", "edge", "edges", "link", "links", "tie", "ties", "arc", "count",
    "counts", "number", "category", "class", "score", "strength", "distance", "length", "cost", "capacity", "flow", "sum", "total",
    "usd", "eur", "note", "notes", "comment", "description", "sign", "sector", "project", "of", "the", "a", "b", "x", "y", "and",
    // Korean, Japanese, Chinese
    "출발", "도착", "출발지", "도착지", "보내는", "받는", "발신", "수신", "송신", "기관", "국가", "이름", "명칭", "종류", "유형", "금액",
    "통화", "가중치", "날짜", "일자", "연도", "년도", "상태", "관계", "起点", "終点", "送信", "受信", "機関", "国", "名前", "名称", "種類",
    "金額", "通貨", "重み", "日付", "年", "来源", "目标", "起始", "终点", "机构", "国家", "类型", "金额", "货币", "权重", "日期", "年份",
    // Russian, Uzbek, Vietnamese
    "источник", "цель", "от", "к", "из", "кому", "вес", "тип", "вид", "сумма", "валюта", "дата", "год", "название", "страна", "статус",
    "организация", "manba", "maqsad", "kimdan", "kimga", "vazn", "turi", "summa", "valyuta", "sana", "yil", "nomi", "mamlakat",
    "nguồn", "đích", "từ", "đến", "trọng", "số", "loại", "tiền", "tệ", "ngày", "năm", "tên", "quốc", "gia",
    // German, French, Spanish
    "quelle", "ziel", "von", "nach", "geber", "nehmer", "gewicht", "betrag", "währung", "datum", "jahr", "art", "typ", "land", "wert",
    "cible", "de", "vers", "à", "poids", "montant", "devise", "année", "pays", "nom", "valeur", "genre", "origen", "destino", "desde",
    "hasta", "peso", "monto", "importe", "moneda", "fecha", "año", "país", "nombre", "valor", "tipo",
};

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }

/// The lower case of basic Latin and of the two-byte Latin and Cyrillic capitals.
std::string lower_text(std::string_view text) {
  std::string lower;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    if (is_capital(text[i])) {
      lower += static_cast<char>(c - 'A' + 'a');
    } else if (c == 0xC3 && next >= 0x80 && next <= 0x9E) {  // À to Þ
      lower += {static_cast<char>(c), static_cast<char>(next + 0x20)};
      ++i;
    } else if (c == 0xD0 && next >= 0x90 && next <= 0x9F) {  // А to П
      lower += {static_cast<char>(c), static_cast<char>(next + 0x20)};
      ++i;
    } else if (c == 0xD0 && next >= 0xA0 && next <= 0xAF) {  // Р to Я
      lower += {static_cast<char>(0xD1), static_cast<char>(next - 0x20)};
      ++i;
    } else {
      lower += text[i];
    }
  }
  return lower;
}

/// "FromNodeId_2" -> from, node, id: digits and marks end a word, and so does a capital after a small letter.
std::vector<std::string> words_of(std::string_view cell) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    const bool letter = is_capital(c) || is_small(c) || static_cast<unsigned char>(c) >= 0x80;
    if (!letter || (is_capital(c) && i > 0 && is_small(cell[i - 1]))) words.emplace_back();
    if (letter) words.back() += c;
  }
  std::erase_if(words, [](const std::string& word) { return word.empty(); });
  for (std::string& word : words) word = lower_text(word);
  return words;
}

}  // namespace

std::string plain_column_name(std::string_view name) {
  std::string plain;
  for (const char c : name) plain += static_cast<char>(is_capital(c) ? c - 'A' + 'a' : c);
  const auto first = plain.find_first_not_of(" \t()[]\"'");
  if (first == std::string::npos) return {};
  return plain.substr(first, plain.find_last_not_of(" \t()[]\"'") + 1 - first);
}

std::size_t column_called(std::span<const std::string> names, std::span<const std::string_view> words) {
  std::vector<std::string> plain;
  for (const std::string& name : names) plain.push_back(plain_column_name(name));
  for (const std::string_view word : words) {
    if (const auto found = std::ranges::find(plain, word); found != plain.end()) return static_cast<std::size_t>(found - plain.begin());
  }
  return no_column;
}

bool names_both_ends(std::span<const std::string> names) {
  return column_called(names, source_words) != no_column && column_called(names, target_words) != no_column;
}

bool is_heading(std::string_view cell) {
  if (cell.size() > 80) return false;
  const auto words = words_of(cell);
  return !words.empty() && std::ranges::all_of(words, [](const std::string& word) {
    return std::ranges::find(heading_words, word) != std::end(heading_words);
  });
}

bool is_missing_word(std::string_view cell) {
  const std::string plain = plain_column_name(cell);
  for (const std::string_view word : {"", "na", "n/a", "nan", "null", "none", "nil", "-", "--", "?", ".", "..", "#n/a"}) {
    if (plain == word) return true;
  }
  return false;
}

}  // namespace entente
