// The ledger (台账) and the figures: one row per case, and numbers that lead back to the very rows they count.

#include "bot/base/text.hpp"
#include "bot/pipeline/case_ledger.hpp"
#include "dialogs/script.hpp"
#include "handlers/console/call.hpp"
#include "handlers/console/case_json.hpp"
#include "handlers/console/parts.hpp"
#include "handlers/console/routes.hpp"
#include "handlers/console/spreadsheet.hpp"

#include <chrono>

namespace zhuqi::console {
namespace {

using staff::permission;

constexpr std::size_t most_rows = 20'000;  // of one export; more is a matter of filters
constexpr std::int64_t month_ms = 31LL * 24 * 3'600'000;
constexpr std::string_view given_up = "lapsed";  // the outcome of every shipped dialog whose time ran out
constexpr std::int64_t beijing_ms = 8LL * 3'600'000;

/// "2026-03-02 09:30" in Beijing time, "" for 0.
std::string local_time(unix_ms at) {
  if (!at) return {};
  using namespace std::chrono;
  const sys_time<milliseconds> local{milliseconds{at.value + beijing_ms}};
  const auto day = floor<days>(local);
  const year_month_day ymd{day};
  const auto minute = duration_cast<minutes>(local - day).count();
  char out[32];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u %02d:%02d", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()), static_cast<int>(minute / 60),
                static_cast<int>(minute % 60));
  return out;
}

const std::vector<std::string> heads{
    "序号",     "受理编号", "来源",     "登记时间", "受理时间", "企业名称", "统一社会信用代码", "联系人",   "诉求类别",
    "标题",     "诉求内容", "紧急程度", "状态",     "主办单位", "协办单位", "承办人",           "签收时间", "办结时限",
    "延期次数", "答复",     "办结时间", "是否逾期", "满意度",   "重办次数", "督办情况"};

/// A conversation stands for an enterprise that is not known: no credit code then.
std::string code_of(const storage::case_row& row) { return row.enterprise.starts_with("conv:") ? "" : row.enterprise; }

std::vector<std::string> ledger_row(office& o, const pipeline::ledger_line& line, std::size_t number) {
  const auto& row = line.row;
  const auto* handler = o.people.find(row.handler);
  std::string assists;
  for (const auto& name : line.assists) assists.append(assists.empty() ? "" : "、").append(name);
  return {std::to_string(number),
          row.number,
          row.source == "dialog" ? "自助对话" : "坐席登记",
          local_time(row.opened),
          local_time(line.accepted),
          row.company,
          code_of(row),
          row.contact,
          row.matter,
          row.title,
          line.summary,
          line.track_title,
          line.state_title,
          line.lead,
          assists,
          handler != nullptr ? handler->display_name : std::string{},
          local_time(line.signed_at),
          local_time(row.due),
          std::to_string(line.extensions),
          line.reply,
          local_time(row.closed),
          line.overdue ? "是" : "否",
          line.grade_title,
          std::to_string(row.redos),
          row.supervised ? "已督办" : ""};
}

void show(office& o, const call_ptr& c, const storage::case_page& page) {
  const auto l = c->english() ? dialogs::lang::en : dialogs::lang::zh_cn;
  json rows = json::array();
  for (const auto& row : page.cases) {
    auto one = case_row_json(o, row, l);
    one["code"] = code_of(row);
    one["source"] = row.source;
    one["contact"] = row.contact;
    one["overdue"] = row.due && (row.closed ? row.closed : o.time.now()) > row.due;
    rows.push_back(std::move(one));
  }
  c->answer({{"rows", std::move(rows)}, {"next", case_cursor_json(page.next)}});
}

void ledger(office& o, const call_ptr& c) {
  const auto limit = page_limit(*c);
  if (!limit) return c->refuse(problem::bad_field, {{"field", "limit"}});
  storage::case_cursor after;
  if (const auto given = c->query("after")) {
    const auto at = cursor_in(*given);
    if (!at) return c->refuse(problem::bad_field, {{"field", "after"}});
    after = {at->key, {at->id}};
  }
  const auto q = case_question_of(o, *c, permission::ledger_view);
  if (!q) return c->refuse(problem::bad_field, {{"field", "figure"}});
  auto page = std::make_shared<result<storage::case_page>>(make_error_code(errc::unavailable));
  const bool taken = o.offload(
      [&cases = o.cases.book().cases(), page, q = *q, after, limit = *limit] { *page = cases.list(q, after, limit); },
      [&o, c, page](std::exception_ptr failed) {
        failed || !*page ? c->refuse(problem::unavailable) : show(o, c, **page);
      });
  if (!taken) c->refuse(problem::unavailable);
}

/// Everything that fits the filters, in one file; the record of it is written before the file leaves. Reading and writing it may take
/// seconds: off the loop, and only what is looked up among people comes back to it.
struct export_in_hand {
  storage::case_question question;
  result<std::vector<pipeline::ledger_line>> lines = make_error_code(errc::unavailable);
  sheet page;
  result<std::string> bytes = make_error_code(errc::unavailable);
};
using export_ptr = std::shared_ptr<export_in_hand>;

result<std::vector<pipeline::ledger_line>> lines_of(storage::case_store& cases, const pipeline::offices& where,
                                                    const storage::case_question& q) {
  std::vector<pipeline::ledger_line> lines;
  storage::case_cursor after;
  do {
    const auto page = cases.list(q, after, limits::page_rows);
    if (!page) return page.error();
    for (const auto& row : page->cases) {
      auto line = pipeline::ledger_of(row, where, q.now);
      if (line) lines.push_back(std::move(*line));
    }
    after = page->next;
  } while (after.id && lines.size() < most_rows);
  return lines;
}

void send_file(office& o, const call_ptr& c, const export_ptr& e) {
  e->page.heads = heads;
  e->page.title =
      "企业诉求办理台账　导出人：" + o.people.shown_name(c->who().person.id) + "　" + local_time(o.time.now());
  e->page.rows.reserve(e->lines->size());
  for (const auto& line : *e->lines) e->page.rows.push_back(ledger_row(o, line, e->page.rows.size() + 1));
  const bool taken =
      o.offload([e] { e->bytes = as_xlsx(e->page); },
                [c, e](std::exception_ptr failed) {
                  if (failed || !e->bytes) return c->refuse(problem::unavailable);
                  c->answer_file(std::move(*e->bytes),
                                 "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "ledger.xlsx");
                });
  if (!taken) c->refuse(problem::unavailable);
}

void ledger_file(office& o, const call_ptr& c) {
  auto e = std::make_shared<export_in_hand>();
  const auto q = case_question_of(o, *c, permission::ledger_export);
  if (!q) return c->refuse(problem::bad_field, {{"field", "figure"}});
  e->question = *q;
  e->question.detail = storage::case_detail::body;
  const bool taken = o.offload(
      [&o, e, where = o.cases.book().where()] { e->lines = lines_of(o.cases.book().cases(), where, e->question); },
      [&o, c, e](std::exception_ptr failed) {
        if (failed || !e->lines) return c->refuse(problem::unavailable);
        const auto what =
            std::to_string(e->lines->size()) + " rows, filter " + std::string{text::truncate(c->request().query, 200)};
        storage::staff_audit entry{0, o.time.now(), c->who().person.id, "ledger.export", "cases", what, c->address()};
        o.staff.apply({}, {std::move(entry)}, [&o, c, e](const result<std::int64_t>& done) {
          done ? send_file(o, c, e) : c->refuse(done.error());
        });
      });
  if (!taken) c->refuse(problem::unavailable);
}

struct rate_text {
  const char* id;
  const char* zh;
  const char* en;
  const char* definition_zh;
  const char* definition_en;
  storage::case_rate storage::case_rates::*which;
};
constexpr std::array<rate_text, 4> rates{{
    {"response", "响应率", "Response", "按时联系企业的件数 ÷ 期内首次联系到期的已派单件数",
     "contacted in time ÷ dispatched cases whose first contact fell due", &storage::case_rates::response},
    {"solved", "解决率", "Solved", "回访答复「已解决」的件数 ÷ 期内回访有答复的件数",
     "answered “solved” ÷ answered in call-backs", &storage::case_rates::solved},
    {"satisfied", "满意率", "Satisfied", "评价「满意」「非常满意」的件数 ÷ 期内有效评价件数",
     "(very) satisfied ÷ grades given", &storage::case_rates::satisfied},
    {"coverage", "参评率", "Coverage", "有评价的件数 ÷ 期内已答复件数", "graded ÷ answered",
     &storage::case_rates::coverage},
}};

json rate_json(const char* id, const char* title, const char* definition, std::int64_t part, std::int64_t whole) {
  json one{{"id", id}, {"title", title}, {"definition", definition}};
  one["numerator"] = part;
  one["denominator"] = whole;
  return one;
}

json rates_json(const storage::case_rates& r, bool english) {
  json out = json::array();
  for (const auto& t : rates) {
    const auto& rate = r.*t.which;
    out.push_back(rate_json(t.id, english ? t.en : t.zh, english ? t.definition_en : t.definition_zh, rate.numerator,
                            rate.denominator));
  }
  return out;
}

json self_service_json(const storage::share& s, bool english) {
  return rate_json(
      "self_service", english ? "Self-service" : "自助办结率",
      english ? "matters that the bot settled without an official ÷ matters settled or handed over; not those given up"
              : "由机器人办结、未转人工的事项 ÷ 期内办结或转人工的事项（中途放弃的不计）",
      s.part, s.whole);
}

struct figures_in_hand {
  storage::figures_question question;
  storage::self_service_question alone;
  result<storage::case_figures> cases = make_error_code(errc::unavailable);
  result<storage::share> self_service = make_error_code(errc::unavailable);
};

void show(office& o, const call_ptr& c, const figures_in_hand& f) {
  const auto& q = f.question;
  const auto& figures = *f.cases;
  storage::thread_query waiting;
  waiting.scope = q.scope;
  waiting.me = c->who().person.id;
  waiting.my_department = c->who().person.department;
  waiting.now = o.time.now();
  const auto threads = o.desk.count_threads(waiting);
  if (!threads) return c->refuse(problem::unavailable);
  const bool english = c->english();
  json matters = json::array(), departments = json::array();
  for (const auto& m : figures.matters) matters.push_back({{"matter", m.matter}, {"count", m.opened}});
  for (const auto& d : figures.departments) {
    json one{{"id", std::to_string(d.department.value)}, {"name", o.people.name_of(d.department)}};
    one["dispatched"] = d.dispatched;
    one["rates"] = rates_json(d.rates, english);
    departments.push_back(std::move(one));
  }
  json out{{"from", q.from.value}, {"to", q.to.value}, {"as_of", q.as_of.value}};
  out["waiting"] = threads->waiting;
  out["overdue_threads"] = threads->overdue;
  out["opened"] = figures.opened;
  out["closed"] = figures.closed;
  out["open_now"] = figures.open_now;
  out["overdue"] = figures.overdue_now;
  out["rates"] = rates_json(figures.rates, english);
  out["rates"].push_back(self_service_json(*f.self_service, english));
  out["top_matters"] = std::move(matters);
  out["by_department"] = std::move(departments);
  c->answer(std::move(out));
}

void overview(office& o, const call_ptr& c) {
  const auto now = o.time.now();
  auto f = std::make_shared<figures_in_hand>();
  auto& q = f->question;
  q.scope = staff::scope_of(c->who().person, permission::report_view);
  q.to = {c->query_number("to", now.value)};
  q.from = {c->query_number("from", q.to.value - month_ms)};
  q.as_of = {c->query_number("as_of", now.value)};
  if (q.from.value > q.to.value) return c->refuse(problem::bad_field, {{"field", "from"}});
  f->alone = {q.scope, o.people.home(), q.from, q.to, dialogs::language_dialog_id, given_up};
  const bool taken = o.offload(
      [&o, f] {
        f->cases = o.cases.book().cases().figures(f->question);
        f->self_service = o.desk.self_service(f->alone);
      },
      [&o, c, f](std::exception_ptr failed) {
        failed || !f->cases || !f->self_service ? c->refuse(problem::unavailable) : show(o, c, *f);
      });
  if (!taken) c->refuse(problem::unavailable);
}

}  // namespace

std::vector<endpoint> report_routes(office& o) {
  using enum field_kind;
  using enum presence;
  const auto on = [&o](void (*run)(office&, const call_ptr&)) { return [&o, run](const call_ptr& c) { run(o, c); }; };
  const auto filters = case_filters();
  auto paged = filters;
  paged.push_back({"after", field_kind::text, optional});
  paged.push_back({"limit", number, optional});
  return {
      {http::method::get,
       "/ledger",
       access_rule::right(permission::ledger_view),
       "One row per case",
       paged,
       {},
       on(ledger)},
      {http::method::get,
       "/ledger.xlsx",
       access_rule::right(permission::ledger_export),
       "The same as a workbook; recorded",
       filters,
       {},
       on(ledger_file)},
      {http::method::get,
       "/reports/overview",
       access_rule::right(permission::report_view),
       "Figures of a period",
       {{"from", number, optional}, {"to", number, optional}, {"as_of", number, optional}},
       {},
       on(overview)},
  };
}

}  // namespace zhuqi::console
