#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace entente {

/// Each distinct text once, numbered from 0 in order of first appearance. A column of a million
/// kinds or statuses is then a column of small numbers.
class Dictionary {
 public:
  using Code = std::uint32_t;

  Code add(std::string_view text) {
    if (const auto found = codes_.find(text); found != codes_.end()) return found->second;
    const auto code = static_cast<Code>(texts_.size());
    texts_.emplace_back(text);
    codes_.emplace(texts_.back(), code);
    return code;
  }

  /// The code of a text, or size() where it is absent.
  Code find(std::string_view text) const {
    const auto found = codes_.find(text);
    return found == codes_.end() ? static_cast<Code>(texts_.size()) : found->second;
  }

  bool contains(std::string_view text) const { return codes_.contains(text); }
  const std::string& text(Code code) const { return texts_[code]; }
  std::size_t size() const { return texts_.size(); }

  Dictionary() = default;
  Dictionary(Dictionary&&) = default;
  Dictionary& operator=(Dictionary&&) = default;
  Dictionary(const Dictionary& other) { *this = other; }
  Dictionary& operator=(const Dictionary& other) {
    if (this == &other) return *this;
    texts_.clear();
    codes_.clear();
    for (const std::string& text : other.texts_) add(text);
    return *this;
  }

 private:
  std::deque<std::string> texts_;  // a deque never moves its elements, so the views below stay good
  std::unordered_map<std::string_view, Code> codes_;
};

}  // namespace entente
