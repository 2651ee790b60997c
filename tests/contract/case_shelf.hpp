#pragma once
// A case store with an organisation around it, and writes to feed it: what the tests of the case port share.

#include "storage/memory/case_store.hpp"
#include "storage/memory/staff_store.hpp"
#include "storage/sqlite/case_store.hpp"
#include "storage/sqlite/staff_store.hpp"
#include "tests/contract/harness.hpp"

#include <catch2/catch.hpp>

namespace zhuqi::storage::contract {

/// A city 1 with district 2 and another city 3; departments: 1 centre and 2 industry (below 1) in the city, 3 in the
/// district, 4 in the other city; staff 1 to 4 work in the department of their number.
class case_shelf {
 public:
  explicit case_shelf(kind k) : kind_{k}, file_{k} {
    open();
    const auto place = [](std::int64_t parent, std::string code) {
      return add_region{{{}, {parent}, code, "r" + code}};
    };
    const auto office = [](std::int64_t parent, std::int64_t region) {
      return add_department{{{}, {parent}, {region}, "局"}};
    };
    std::vector<staff_change> all{place(0, "370600"), place(1, "370602"), place(0, "370200"), office(0, 1),
                                  office(1, 1),       office(0, 2),       office(0, 3)};
    for (std::int64_t i = 1; i <= 4; ++i) {
      staff_member s;
      s.login_name = "staff" + std::to_string(i);
      s.display_name = "某人";
      s.department = {i};
      s.roles = {staff_role::handler};
      all.emplace_back(add_staff{s});
    }
    std::optional<result<std::int64_t>> got;
    people_->apply(all, {}, [&](auto r) { got = r; });
    file_.posts().run_until([&] { return got.has_value(); });
    REQUIRE(got->has_value());
  }

  case_store* operator->() { return cases_.get(); }
  harness& file() { return file_; }
  result<case_applied> apply(case_write w) {
    return wait<case_applied>([&](auto done) { cases_->apply(std::move(w), done); });
  }
  void put(std::vector<case_setting> s) {
    REQUIRE(wait<void>([&](auto done) { cases_->put(std::move(s), done); }).has_value());
  }
  void said(const std::string& uuid) {
    REQUIRE(wait<void>([&](auto done) { cases_->word_said(uuid, noon, done); }).has_value());
  }
  std::size_t prune(unix_ms before) {
    return wait<std::size_t>([&](auto done) { cases_->prune_keys(before, done); }).value();
  }
  void reopen() {
    if (kind_ == kind::memory) return;
    cases_.reset();
    people_.reset();
    file_.reopen();
    open();
  }

 private:
  template <class T, class Ask>
  result<T> wait(Ask&& ask) {
    std::optional<result<T>> got;
    ask([&](result<T> r) { got = r; });
    file_.posts().run_until([&] { return got.has_value(); });
    return *got;
  }
  void open() {
    if (kind_ == kind::memory) {
      people_ = make_memory_staff_store(file_.posts().poster());
      cases_ = make_memory_case_store(file_.get(), *people_, file_.posts().poster());
    } else {
      people_ = make_sqlite_staff_store(file_.get(), file_.path(), file_.posts().poster());
      cases_ = make_sqlite_case_store(file_.get(), file_.path(), file_.posts().poster());
    }
  }
  const kind kind_;
  harness file_;
  std::unique_ptr<staff_store> people_;
  std::unique_ptr<case_store> cases_;
};

inline case_event_row event(std::int64_t seq, std::string action, std::int64_t department = 1, unix_ms at = noon) {
  return {seq, at, std::move(action), "7", -1, {department}, "{\"seq\":" + std::to_string(seq) + "}"};
}

inline case_write opening(std::string number, unix_ms at = noon) {
  case_write w;
  w.head.number = std::move(number);
  w.head.seq = 1;
  w.head.body = "{}";
  w.head.title = "零部件被扣";
  w.head.enterprise = "firm-1";
  w.head.company = "烟台某厂";
  w.head.matter = "supply";
  w.head.source = "staff";
  w.head.region = {1};
  w.head.state = "draft";
  w.head.track = "ordinary";
  w.head.lead_department = {1};
  w.head.lead_region = {1};
  w.head.opened = w.head.changed = at;
  w.events = {event(1, "open", 1, at)};
  w.parties = {{case_party_kind::origin, {}, {1}}, {case_party_kind::lead, {1}, {1}}};
  return w;
}

/// The next act on what stands.
inline case_write next(const case_row& now, std::string action = "inform") {
  case_write w;
  w.head = now;
  w.head.seq = now.seq + 1;
  w.head.changed = now.changed + 1'000;
  w.head.last_actor = "7";
  w.expected = now.seq;
  w.events = {event(now.seq + 1, std::move(action), now.lead_department.value, w.head.changed)};
  w.parties = {{case_party_kind::origin, {}, now.region},
               {case_party_kind::lead, now.lead_department, now.lead_region}};
  return w;
}

inline case_act_key key_of_act(std::uint8_t n, std::uint8_t content = 0) {
  case_act_key k;
  k.id[0] = n;
  k.content[0] = content;
  return k;
}

inline case_question asking(case_view view = case_view::all) {
  case_question q;
  q.scope.everything = true;
  q.view = view;
  q.now = noon;
  return q;
}

inline std::vector<std::string> numbers(const case_page& page) {
  std::vector<std::string> out;
  out.reserve(page.cases.size());
  for (const auto& c : page.cases) out.push_back(c.number);
  return out;
}

}  // namespace zhuqi::storage::contract
