// What the tests went through and what they did not, and the results as JUnit XML for build servers.
#include "dialogs/export_edges.hpp"
#include "dialogs/export_xml.hpp"
#include "dialogs/script_tests.hpp"

#include <algorithm>

namespace zhuqi::dialogs {

std::vector<dialog_coverage> coverage_of(const script_set& scripts, const std::set<passage>& passed) {
  std::vector<dialog_coverage> out;
  for (const dialog& d : scripts.dialogs()) {
    dialog_coverage c;
    c.dialog = d.id;
    const std::vector<edge> edges = edges_of(d);
    // A dialog-wide way out counts once, from whichever question it was taken.
    const auto taken = [&](const edge& e) {
      return std::any_of(passed.begin(), passed.end(), [&](const passage& p) {
        return p.dialog == d.id && p.how == e.how && p.index == e.index && (e.from.empty() || p.state == e.from);
      });
    };
    for (const state& s : d.states) {
      ++c.states;
      // What is said outside office hours is spoken by the handoff, not entered.
      const bool visited = passed.contains({d.id, s.id, passage::by::entry, 0}) ||
                           std::any_of(edges.begin(), edges.end(), [&](const edge& e) {
                             return e.how == passage::by::closed && e.to == s.id && taken(e);
                           });
      visited ? void(++c.states_visited) : c.missing.push_back({d.id, s.id, passage::by::entry, 0});
    }
    for (const edge& e : edges) {
      ++c.edges;
      taken(e) ? void(++c.edges_visited) : c.missing.push_back({d.id, e.from, e.how, e.index});
    }
    out.push_back(std::move(c));
  }
  return out;
}

namespace {

std::string edge_words(const edge& e, lang l) {
  const bool zh = l == lang::zh_cn;
  switch (e.how) {
    case passage::by::entry: return zh ? "状态" : "state";
    case passage::by::branch:
      if (e.guard.empty()) return zh ? "其他情况" : "otherwise";
      return (zh ? "若 " : "if ") + e.guard;
    case passage::by::on_fail: return zh ? "多次答错（on_fail）" : "last try failed (on_fail)";
    case passage::by::unknown: return zh ? "不清楚（unknown）" : "answer not known (unknown)";
    case passage::by::on_error: return zh ? "服务失败（on_error）" : "service failed (on_error)";
    case passage::by::closed: return zh ? "非工作时间（closed_now）" : "outside office hours (closed_now)";
    case passage::by::interrupt: return zh ? "插话（interrupts）" : "interrupt";
    case passage::by::on_human: return zh ? "要人工（on_human）" : "asks for a human (on_human)";
    case passage::by::on_expire: return zh ? "过期（on_expire）" : "expired (on_expire)";
  }
  return {};
}

}  // namespace

std::string describe(const script_set& scripts, const passage& p, lang l) {
  const bool zh = l == lang::zh_cn;
  if (p.how == passage::by::entry) return (zh ? "状态 " : "state ") + p.state;
  const dialog* d = scripts.find(p.dialog);
  std::string from = p.state;
  if (from.empty()) from = zh ? "任一提问" : "any question";
  if (d == nullptr) return from;
  for (const edge& e : edges_of(*d)) {
    if (e.from != p.state || e.how != p.how || e.index != p.index) continue;
    return from + (zh ? "：" : ": ") + edge_words(e, l) + " → " + e.to;
  }
  return from;
}

std::string to_junit(const test_results& results) {
  std::map<std::string, std::vector<const case_result*>> suites;
  for (const case_result& c : results.cases) suites[c.dialog].push_back(&c);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"" +
                    std::to_string(results.cases.size()) + "\" failures=\"" + std::to_string(results.failures()) +
                    "\">\n";
  for (const auto& [dialog, cases] : suites) {
    const auto failed = std::count_if(cases.begin(), cases.end(), [](const auto* c) { return c->failure.has_value(); });
    out += "  <testsuite name=\"" + xml_escaped(dialog) + "\" tests=\"" + std::to_string(cases.size()) +
           "\" failures=\"" + std::to_string(failed) + "\">\n";
    for (const case_result* c : cases) {
      out += "    <testcase classname=\"" + xml_escaped(dialog) + "\" name=\"" + xml_escaped(c->name) + "\" file=\"" +
             xml_escaped(c->file) + "\" line=\"" + std::to_string(c->where.line) + "\"";
      if (!c->failure) {
        out += "/>\n";
        continue;
      }
      out += ">\n      <failure message=\"" + xml_escaped(to_line(*c, lang::en)) + "\">" +
             xml_escaped(to_line(*c, lang::zh_cn)) + "</failure>\n    </testcase>\n";
    }
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace zhuqi::dialogs
