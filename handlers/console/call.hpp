#pragma once
// One request of the console on its way through a handler: who asks, what was sent (checked against the route's table), and the
// one answer. Handlers see nothing of HTTP beside this.

#include "bot/base/json.hpp"
#include "bot/runtime/http.hpp"
#include "bot/staff/login.hpp"
#include "storage/case_rows.hpp"
#include "storage/rows.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace zhuqi::console {

enum class problem : std::uint8_t {
  malformed,
  bad_field,
  not_signed_in,
  wrong_login,
  code_needed,
  second_factor_needed,
  forbidden,
  csrf,
  not_found,
  stale,
  not_allowed,
  mismatch,
  taken,
  refused,
  too_many,
  unavailable,
};

struct problem_text {
  int status;
  std::string_view code, zh, en;
};
const problem_text& explain(problem p);

/// Lives until it is answered; handlers that wait keep it in a shared_ptr. Unanswered, it answers 500 by itself.
class call {
 public:
  call(http::request request, http::responder reply);

  const http::request& request() const { return request_; }
  const staff::signed_in& who() const { return *who_; }
  bool has_session() const { return who_.has_value(); }
  const json& body() const { return body_; }
  /// The thread that the path names, as it stood when the gate looked.
  const storage::conversation& thread() const { return thread_; }
  /// The case that the path names.
  const storage::case_row& work_case() const { return case_; }
  bool english() const { return english_; }
  std::string address() const;
  /// What the n-th {…} of the path matched.
  std::int64_t id(std::size_t n = 0) const;

  // --- members of the checked body, or parameters of the query; "" and 0 where an optional one is absent ---
  std::string text(std::string_view name) const;
  std::int64_t number(std::string_view name) const;
  bool flag(std::string_view name) const;
  std::optional<std::string> query(std::string_view name) const;
  std::int64_t query_number(std::string_view name, std::int64_t otherwise = 0) const;

  void answer(json value) { send(200, std::move(value), {}); }
  void answer(json value, std::vector<std::pair<std::string, std::string>> headers) {
    send(200, std::move(value), std::move(headers));
  }
  /// A file to keep, under a plain ASCII name.
  void answer_file(std::string bytes, std::string_view type, std::string_view name);
  /// JSON that is written already.
  void answer_text(std::string body);
  void refuse(problem p, json more = json::object());
  /// With a sentence of its own instead of the problem's.
  void refuse(problem p, std::string_view sentence, json more = json::object());
  /// errc of a store: what the caller can do about it.
  void refuse(const boost::system::error_code& error);

 private:
  friend class gate;
  void send(int status, json value, std::vector<std::pair<std::string, std::string>> headers);

  http::request request_;
  http::responder reply_;
  std::optional<staff::signed_in> who_;
  json body_ = json::object();
  json query_ = json::object();
  storage::conversation thread_;
  storage::case_row case_;
  bool english_ = false;
};

using call_ptr = std::shared_ptr<call>;

}  // namespace zhuqi::console
