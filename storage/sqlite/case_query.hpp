#pragma once
// What of the cases a question is about, as SQL. Scope, view and filters are one predicate, which lists, counts and
// figures share. Text comes from constants of the program only; values are bound.

#include "storage/case_rows.hpp"
#include "storage/sqlite/connection.hpp"

#include <deque>
#include <string>
#include <variant>

namespace zhuqi::storage::sqlite {

/// A statement in the making, with the values of its ? in order. Must live until its execution ended.
class case_query {
 public:
  case_query& add(std::string_view sql) {
    sql_.append(sql);
    return *this;
  }
  case_query& value(std::int64_t v) {
    values_.emplace_back(v);
    return *this;
  }
  case_query& value(std::string v) {
    values_.emplace_back(std::move(v));
    return *this;
  }

  /// The cases that the scope covers, "(…)".
  case_query& scope(const row_scope& scope);
  case_query& view(case_view view, const case_question& q);
  /// " AND …" for each filter that is set.
  case_query& filters(const case_question& q);

  const std::string& sql() const { return sql_; }
  void bind(execution& e) const;

 private:
  case_query& below(std::string_view column, std::string_view tree, std::int64_t top);

  std::string sql_;
  std::deque<std::variant<std::int64_t, std::string>> values_;
};

/// Whether the view is of open cases, by due time; the others go by their last change, newest first.
bool is_by_due(case_view view);

}  // namespace zhuqi::storage::sqlite
