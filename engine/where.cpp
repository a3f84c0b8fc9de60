#include "engine/where.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/kind.hpp"
#include "engine/suggestion.hpp"
#include "engine/text.hpp"
#include "engine/where_column.hpp"
#include "engine/where_lexer.hpp"
#include "engine/where_value.hpp"

namespace entente {

namespace {

constexpr std::size_t longest_condition = 100'000;  // bytes
constexpr int deepest_condition = 200;              // levels of ( and not

std::string in_quotes(std::string_view text) { return "\"" + shortened(text, 40) + "\""; }

/// A value in the text of the condition.
struct WhereLiteral {
  enum class Type { text, number, date, truth } type = Type::text;
  std::size_t at = 0;
  std::string_view text;  // kept alive by the condition
};

/// One side of a comparison.
struct WhereSide {
  std::size_t at = 0;
  std::optional<WhereColumn> column;  // or else
  WhereLiteral literal;
};

/// Recursive descent. Each rule returns a test; `and` and `or` hold any number of tests side by side,
/// so that only brackets and `not` nest, and their depth is bounded.
class ConditionParser {
 public:
  using Test = Condition::Test;

  ConditionParser(std::string_view text, const Network& network) : lexer_(text), network_(network) {}

  Result<Test> parse() {
    if (auto started = advance(); !started) return tl::unexpected(started.error());
    auto test = any_of_tests();
    if (!test) return test;
    if (token().type != WhereToken::Type::end) {
      return error(token().at, "expected and, or, or the end, found " + found());
    }
    return test;
  }

  bool on_nodes() const { return node_column_at_.has_value(); }
  std::shared_ptr<const void> texts() const { return texts_; }

 private:
  using OnValue = std::function<bool(const WhereValue&)>;

  const WhereToken& token() const { return lexer_.token(); }
  Result<void> advance() { return lexer_.advance(); }
  bool is_word(std::string_view word) const { return lexer_.is_word(word); }
  std::string found() const { return lexer_.found(); }
  tl::unexpected<Error> error(std::size_t at, std::string what) const { return lexer_.error(at, std::move(what)); }

  Result<Test> any_of_tests() {
    return list_of_tests("or", [&] { return all_of_tests(); },
                         [](std::vector<Test> tests) -> Test {
                           return [tests = std::move(tests)](const Network& network, std::uint32_t row) {
                             return std::ranges::any_of(tests, [&](const Test& test) { return test(network, row); });
                           };
                         });
  }

  Result<Test> all_of_tests() {
    return list_of_tests("and", [&] { return one_test(); },
                         [](std::vector<Test> tests) -> Test {
                           return [tests = std::move(tests)](const Network& network, std::uint32_t row) {
                             return std::ranges::all_of(tests, [&](const Test& test) { return test(network, row); });
                           };
                         });
  }

  template <class Rule, class Join>
  Result<Test> list_of_tests(std::string_view between, Rule&& rule, Join&& join) {
    std::vector<Test> tests;
    while (true) {
      auto test = rule();
      if (!test) return test;
      tests.push_back(std::move(*test));
      if (!is_word(between)) break;
      if (auto next = advance(); !next) return tl::unexpected(next.error());
    }
    return tests.size() == 1 ? std::move(tests.front()) : join(std::move(tests));
  }

  Result<Test> one_test() {
    const bool negates = is_word("not");
    if (!negates && token().type != WhereToken::Type::open) return comparison();
    if (++depth_ > deepest_condition) {
      return error(token().at,
                   "the condition is nested more than " + std::to_string(deepest_condition) + " levels deep");
    }
    const std::size_t opened = token().at;
    if (auto next = advance(); !next) return tl::unexpected(next.error());
    auto test = negates ? one_test() : any_of_tests();
    if (!test) return test;
    --depth_;
    if (negates) return inverted(std::move(*test));
    if (token().type != WhereToken::Type::close) {
      return error(token().at, "expected ) for the bracket at letter " + std::to_string(lexer_.letter(opened)) +
                                   ", found " + found());
    }
    if (auto next = advance(); !next) return tl::unexpected(next.error());
    return test;
  }

  static Test inverted(Test test) {
    return [test = std::move(test)](const Network& network, std::uint32_t row) { return !test(network, row); };
  }

  Result<Test> comparison() {
    auto left = side();
    if (!left) return tl::unexpected(left.error());
    if (token().type == WhereToken::Type::comparison) {
      const Comparison how = token().comparison;
      const std::size_t sign_at = token().at;
      if (auto next = advance(); !next) return tl::unexpected(next.error());
      auto right = side();
      if (!right) return tl::unexpected(right.error());
      return compared(std::move(*left), how, std::move(*right), sign_at);
    }
    if (!left->column) return error(token().at, "expected a comparison such as = after the value, found " + found());
    if (is_word("is")) return is_rule(std::move(*left->column));
    const bool negates = is_word("not");
    if (negates) {
      if (auto next = advance(); !next) return tl::unexpected(next.error());
    }
    if (is_word("like")) return like_rule(std::move(*left->column), negates);
    if (is_word("in")) return in_rule(std::move(*left->column), negates);
    return error(token().at, "expected =, !=, <, <=, >, >=, like, in or is after " + in_quotes(left->column->shown) +
                                 ", found " + found());
  }

  Result<WhereSide> side() {
    WhereSide side;
    side.at = token().at;
    if (token().type == WhereToken::Type::name && !is_literal_word()) {
      if (lexer_.is_reserved()) return error(token().at, "expected a column or a value, found " + found());
      auto column = column_named();
      if (!column) return tl::unexpected(column.error());
      side.column = std::move(*column);
      return side;
    }
    auto literal = this->literal();
    if (!literal) return tl::unexpected(literal.error());
    side.literal = *literal;
    return side;
  }

  /// true, false, or date with a text behind it.
  bool is_literal_word() const {
    if (is_word("true") || is_word("false")) return true;
    return is_word("date") && lexer_.text_follows();
  }

  Result<WhereLiteral> literal() {
    WhereLiteral literal;
    literal.at = token().at;
    if (token().type == WhereToken::Type::text) {
      literal.type = WhereLiteral::Type::text;
    } else if (token().type == WhereToken::Type::number) {
      literal.type = WhereLiteral::Type::number;
    } else if (is_word("true") || is_word("false")) {
      literal.type = WhereLiteral::Type::truth;
    } else if (is_literal_word()) {
      literal.type = WhereLiteral::Type::date;
      if (auto next = advance(); !next) return tl::unexpected(next.error());
      literal.at = token().at;
    } else {
      return error(token().at, "expected a value such as 'text' or 12.5, found " + found());
    }
    const bool is_true = literal.type == WhereLiteral::Type::truth && is_word("true");
    const bool is_false = literal.type == WhereLiteral::Type::truth && !is_true;
    literal.text = texts_->emplace_back(is_true ? "true" : is_false ? "false" : token().text);
    if (auto next = advance(); !next) return tl::unexpected(next.error());
    return literal;
  }

  Result<WhereColumn> column_named() {
    const WhereToken name = token();
    if (auto next = advance(); !next) return tl::unexpected(next.error());
    WhereColumn::Of of = WhereColumn::Of::tie;
    std::string_view rest = name.text;
    const std::string& first = name.parts.front();
    if (name.parts.size() > 1 && (first == "source" || first == "target" || first == "node")) {
      of = first == "source"   ? WhereColumn::Of::source
           : first == "target" ? WhereColumn::Of::target
                               : WhereColumn::Of::node;
      rest.remove_prefix(first.size() + 1);
    } else if (name.text == "source" || name.text == "target") {
      of = name.text == "source" ? WhereColumn::Of::source : WhereColumn::Of::target;
      rest = "id";
    }
    auto column = WhereColumn::find(network_, of, rest, name.text);
    if (!column) return error(name.at, column.error().what);
    auto& used = of == WhereColumn::Of::node ? node_column_at_ : tie_column_at_;
    if (!used) used = name.at;
    if (node_column_at_ && tie_column_at_) {
      return error(name.at, "a condition asks either nodes (node.X) or ties, not both: " + in_quotes(name.text) +
                                " does not go with the columns before it");
    }
    return column;
  }

  /// The test of one column. A coded column is asked once for each distinct text, not for each row.
  Test column_test(WhereColumn column, OnValue on_value) const {
    if (const Dictionary* dictionary = column.dictionary(network_)) {
      std::vector<std::uint8_t> answers(dictionary->size());
      for (Dictionary::Code code = 0; code < answers.size(); ++code) {
        answers[code] = on_value(where_value(column.type, dictionary->text(code)));
      }
      return [column = std::move(column), answers = std::move(answers)](const Network& network, std::uint32_t row) {
        return answers[column.code(network, row)] != 0;
      };
    }
    return [column = std::move(column), on_value = std::move(on_value)](const Network& network, std::uint32_t row) {
      return on_value(column.value(network, row));
    };
  }

  /// A value as the column can hold it. A further column of text is read as numbers or dates where the
  /// value is one: tables without a schema say nothing about their types.
  Result<WhereValue> value_for(WhereColumn& column, const WhereLiteral& literal) const {
    using Type = WhereLiteral::Type;
    if (column.attribute && column.type == WhereType::text) {
      if (literal.type == Type::number) column.type = WhereType::number;
      if (literal.type == Type::date) column.type = WhereType::date;
      if (literal.type == Type::truth) column.type = WhereType::boolean;
    }
    bool fits = false;
    WhereType read_as = column.type;
    switch (column.type) {
      case WhereType::text: fits = literal.type == Type::text; break;
      case WhereType::number: fits = literal.type == Type::number; break;
      case WhereType::boolean: fits = literal.type == Type::truth; break;
      case WhereType::date: fits = literal.type != Type::truth; break;
      case WhereType::money:
        fits = literal.type == Type::number || literal.type == Type::text;
        if (literal.type == Type::number) read_as = WhereType::number;
        break;
    }
    if (!fits) {
      return error(literal.at, "column " + in_quotes(column.shown) + " holds " + std::string(to_string(column.type)) +
                                   ", so it cannot be compared with " + in_quotes(literal.text));
    }
    if (column.type == WhereType::text) return WhereValue(literal.text);  // '' is a text like others
    const WhereValue value = where_value(read_as, literal.text);
    if (!std::holds_alternative<std::monostate>(value)) return value;
    if (column.type == WhereType::date) {
      const auto date = Edtf::parse(literal.text);
      return error(literal.at, date ? "the date is empty" : date.error().what);
    }
    return error(literal.at, in_quotes(literal.text) + " is not an amount. Write 1000000, or 'USD 1000000.50'");
  }

  Result<Test> compared(WhereSide left, Comparison how, WhereSide right, std::size_t sign_at) {
    if (!left.column && !right.column) {
      return error(left.at, "the comparison names no column. Column names stand without single quotes");
    }
    if (!left.column) {
      std::swap(left, right);
      how = mirrored(how);
    }
    if (left.column->type == WhereType::boolean && how != Comparison::equal && how != Comparison::unequal) {
      return error(sign_at, "true and false have no order. Use = or !=");
    }
    if (!right.column) {
      auto value = value_for(*left.column, right.literal);
      if (!value) return tl::unexpected(value.error());
      return column_test(std::move(*left.column),
                         [how, value = *value](const WhereValue& held) { return compare(held, how, value); });
    }
    const auto is_figure = [](WhereType type) { return type == WhereType::number || type == WhereType::money; };
    const WhereType a = left.column->type, b = right.column->type;
    if (a != b && !(is_figure(a) && is_figure(b))) {
      return error(sign_at, in_quotes(left.column->shown) + " holds " + std::string(to_string(a)) + " and " +
                                in_quotes(right.column->shown) + " " + std::string(to_string(b)) +
                                "; they cannot be compared");
    }
    return Test([a_column = std::move(*left.column), how, b_column = std::move(*right.column)](const Network& network,
                                                                                               std::uint32_t row) {
      return compare(a_column.value(network, row), how, b_column.value(network, row));
    });
  }

  Result<Test> like_rule(WhereColumn column, bool negates) {
    if (auto next = advance(); !next) return tl::unexpected(next.error());
    if (token().type != WhereToken::Type::text) {
      return error(token().at, "expected a pattern such as 'Korea*' after like, found " + found());
    }
    if (column.type != WhereType::text) {
      return error(token().at, "like is for text, and column " + in_quotes(column.shown) + " holds " +
                                   std::string(to_string(column.type)));
    }
    const Wildcard pattern(token().text);
    if (auto next = advance(); !next) return tl::unexpected(next.error());
    return column_test(std::move(column), [pattern, negates](const WhereValue& held) {
      const auto text = text_in(held);
      return text && pattern.matches(*text) != negates;
    });
  }

  Result<Test> in_rule(WhereColumn column, bool negates) {
    if (auto next = advance(); !next) return tl::unexpected(next.error());
    if (token().type != WhereToken::Type::open) return error(token().at, "expected ( after in, found " + found());
    std::vector<WhereValue> values;
    do {
      if (auto next = advance(); !next) return tl::unexpected(next.error());
      const auto item = literal();
      if (!item) return tl::unexpected(item.error());
      const auto value = value_for(column, *item);
      if (!value) return tl::unexpected(value.error());
      values.push_back(*value);
    } while (token().type == WhereToken::Type::comma);
    if (token().type != WhereToken::Type::close) {
      return error(token().at, "expected , or ) in the list, found " + found());
    }
    if (auto next = advance(); !next) return tl::unexpected(next.error());
    return column_test(std::move(column), [values = std::move(values), negates](const WhereValue& held) {
      const auto is_one = [&](Comparison how) {
        return [&held, how](const WhereValue& value) { return compare(held, how, value); };
      };
      return negates ? std::ranges::all_of(values, is_one(Comparison::unequal))
                     : std::ranges::any_of(values, is_one(Comparison::equal));
    });
  }

  Result<Test> is_rule(WhereColumn column) {
    if (auto next = advance(); !next) return tl::unexpected(next.error());
    const bool negates = is_word("not");
    if (negates) {
      if (auto next = advance(); !next) return tl::unexpected(next.error());
    }
    if (is_word("empty")) {
      if (auto next = advance(); !next) return tl::unexpected(next.error());
      return Test([column = std::move(column), negates](const Network& network, std::uint32_t row) {
        return column.is_empty(network, row) != negates;
      });
    }
    if (token().type != WhereToken::Type::text && (token().type != WhereToken::Type::name || lexer_.is_reserved())) {
      return error(token().at, "expected empty or a kind after is, found " + found());
    }
    if (column.type != WhereType::text) {
      return error(token().at, "is asks for a kind, and column " + in_quotes(column.shown) + " holds " +
                                   std::string(to_string(column.type)));
    }
    const std::string_view kind = texts_->emplace_back(token().text);
    if (column.field == WhereColumn::Field::kind) {
      const Dictionary& dictionary = *column.dictionary(network_);
      std::vector<std::string> known;
      bool exists = false;
      for (Dictionary::Code code = 0; code < dictionary.size(); ++code) {
        known.push_back(dictionary.text(code));
        exists = exists || is_kind(dictionary.text(code), kind);
      }
      if (!exists) {
        return error(token().at, "the network has no kind " + in_quotes(kind) + " here. It has " +
                                     nearest_first(kind, std::move(known)));
      }
    }
    if (auto next = advance(); !next) return tl::unexpected(next.error());
    return column_test(std::move(column), [kind, negates](const WhereValue& held) {
      const auto text = text_in(held);
      return text && is_kind(*text, kind) != negates;
    });
  }

  WhereLexer lexer_;
  const Network& network_;
  std::shared_ptr<std::deque<std::string>> texts_ = std::make_shared<std::deque<std::string>>();
  int depth_ = 0;
  std::optional<std::size_t> node_column_at_, tie_column_at_;
};

}  // namespace

Result<Condition> Condition::parse(std::string_view text, const Network& network) {
  if (text.size() > longest_condition) {
    return fail(
        ErrorCode::bad_argument,
        "the condition has " + grouped(text.size()) + " bytes; at most " + grouped(longest_condition) + " are read.",
        "option where, letter 1");
  }
  ConditionParser parser(text, network);
  if (const auto at = first_invalid_utf8(text); at != std::string_view::npos) {
    return WhereLexer(text).error(at, "the condition is not valid UTF-8");
  }
  auto test = parser.parse();
  if (!test) return tl::unexpected(test.error());
  Condition condition;
  condition.on_nodes_ = parser.on_nodes();
  condition.test_ = std::move(*test);
  condition.texts_ = parser.texts();
  return condition;
}

}  // namespace entente
