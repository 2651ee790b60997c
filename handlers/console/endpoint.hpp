#pragma once
// The console's route table: every row says what it takes and who may call it. The gate (gate.hpp) enforces both, the OpenAPI
// document (openapi.hpp) tells both, so neither can forget a route. A row without a policy does not compile.

#include "bot/runtime/http.hpp"
#include "bot/staff/rights.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::console {

class call;

/// What a member of a body, or a query parameter, must be. Everything else is refused before the handler runs.
enum class field_kind : std::uint8_t {
  text,    ///< one line or several; controls are stripped; at most `most` bytes
  secret,  ///< as text, but untouched and never logged
  number,  ///< an integer from 0 to `most`
  boolean,
  row_id,      ///< a positive decimal number in a string
  act_id,      ///< the client's own id of an act: UUID version 7, whose time is when the act was made (RFC 9562)
  texts,       ///< a list of at most 20 texts
  objects,     ///< a list of at most `most` objects with `members`
  object,      ///< with `members`
  any_object,  ///< its members are the handler's to check; each text at most `most` bytes, at most 32 of them
};

enum class presence : std::uint8_t { required, optional };

struct field {
  std::string_view name;
  field_kind kind;
  presence how = presence::required;
  std::size_t most = 200;
  std::vector<field> members{};
};

/// What the first {id} of the path names: whose row the right is asked about.
enum class about : std::uint8_t { nothing, thread, work_case };

/// Who may call a route. There is no default.
class access_rule {
 public:
  enum class kind : std::uint8_t { anyone, signed_in, right };

  static access_rule anyone() { return {kind::anyone, {}, about::nothing}; }
  /// For what is one's own.
  static access_rule signed_in() { return {kind::signed_in, {}, about::nothing}; }
  /// A right to something, wherever it lies; the handler restricts what it reads by the caller's scope.
  static access_rule right(staff::permission p) { return {kind::right, p, about::nothing}; }
  /// A right to the thread that the path names. One that the caller may not view does not exist for them.
  static access_rule thread(staff::permission p) { return {kind::right, p, about::thread}; }

  /// The case that the path names, for whoever may view it; what they may do with it is casework's to say.
  static access_rule of_case() { return {kind::right, staff::permission::case_view, about::work_case}; }

  kind what() const { return kind_; }
  staff::permission permission() const { return permission_; }
  about subject() const { return subject_; }

 private:
  access_rule(kind k, staff::permission p, about a) : kind_{k}, permission_{p}, subject_{a} {}
  kind kind_;
  staff::permission permission_;
  about subject_;
};

struct endpoint {
  endpoint(http::method v, std::string p, access_rule r, std::string_view what, std::vector<field> q,
           std::vector<field> b, std::function<void(std::shared_ptr<call>)> h)
      : verb{v},
        path{std::move(p)},
        rule{r},
        summary{what},
        query{std::move(q)},
        body{std::move(b)},
        run{std::move(h)} {}

  http::method verb;
  std::string path;  ///< below /api/v1
  access_rule rule;
  std::string_view summary;
  std::vector<field> query;
  std::vector<field> body;  ///< of a GET: none
  std::function<void(std::shared_ptr<call>)> run;
};

}  // namespace zhuqi::console
