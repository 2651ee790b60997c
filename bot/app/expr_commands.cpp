#include "bot/app/expr_commands.hpp"

#include "bot/base/json.hpp"
#include "dialogs/cel/check.hpp"
#include "dialogs/cel/evaluate.hpp"
#include "dialogs/cel/value_json.hpp"

#include <iostream>
#include <optional>
#include <utility>
#include <vector>

namespace zhuqi::app {
namespace {

namespace cel = dialogs::cel;

constexpr int exit_unreadable = 2;
constexpr std::size_t line_bytes = 4 * 1024 * 1024;

// The facts of one line: an environment and what it is bound to.
struct facts {
  cel::environment names;
  std::vector<cel::value> bound;
  std::string wrong;  ///< what is wrong with the line, "" for nothing

  void add(const std::string& name, cel::value v, cel::type what) {
    if (names.slot_of(name)) {
      wrong = name;
    } else if (names.declare(name, std::move(what))) {
      bound.push_back(std::move(v));
    } else {
      wrong = name;
    }
  }
};

json problem_to_json(const cel::problem& p, dialogs::lang l) {
  return {{"id", cel::rule_id(p.what)},
          {"at", p.begin},
          {"end", p.end},
          {"sentence", cel::sentence(p, l)},
          {"fix", cel::fix(p, l)}};
}

json problems_to_json(const std::vector<cel::problem>& all, dialogs::lang l) {
  json list = json::array();
  for (const auto& p : all) list.push_back(problem_to_json(p, l));
  json first = list[0];
  return {{"error", std::move(first)}, {"problems", std::move(list)}};
}

json bad_line(std::string_view what) { return {{"error", {{"id", "bad-line"}, {"sentence", what}}}}; }

json value_to_json(const cel::value& v, const expr_options& options, dialogs::lang l) {
  if (v.is(cel::kind::unknown)) return {{"unknown", v.unknown()}};
  if (v.is(cel::kind::error)) {
    const cel::error_data& e = v.error();
    return {{"error", {{"id", cel::fault_id(e.what)}, {"at", e.at}, {"sentence", cel::sentence(e, l)}}}};
  }
  json out{{"value", cel::to_json(v, options.tagged ? cel::json_form::tagged : cel::json_form::plain)}};
  if (v.is(cel::kind::interval)) out["unknown"] = v.interval().names;
  return out;
}

facts read_facts(const json& line) {
  facts out;
  const auto unknown = line.find("unknown");
  if (unknown != line.end()) {
    if (!unknown->is_array()) out.wrong = "unknown";
    for (const json& name : *unknown) {
      if (!name.is_string()) {
        out.wrong = "unknown";
      } else {
        const auto vars = line.find("vars");
        const bool typed = vars != line.end() && vars->is_object() && vars->contains(name.get<std::string>());
        auto example = typed ? cel::value_from_json((*vars)[name.get<std::string>()]) : std::nullopt;
        out.add(name, cel::value::unknown({name.get<std::string>()}), example ? cel::type_of(*example) : cel::type{});
      }
    }
  }
  const auto vars = line.find("vars");
  if (vars == line.end()) return out;
  if (!vars->is_object()) out.wrong = "vars";
  for (const auto& [name, item] : vars->items()) {
    if (out.names.slot_of(name)) continue;  // declared as unknown; its value only told the type
    auto v = cel::value_from_json(item, name);
    if (!v) {
      out.wrong = "vars." + name;
      return out;
    }
    const cel::type what = cel::type_of(*v);
    out.add(name, std::move(*v), what);
  }
  return out;
}

json answer(const std::string& text, const expr_options& options, dialogs::lang l) {
  const auto line = parse_json(text, line_bytes);
  if (!line || !line->is_object()) return bad_line("not a JSON object");
  const auto expression = line->find("expr");
  if (expression == line->end() || !expression->is_string()) return bad_line("\"expr\" must be a string");
  const facts given = read_facts(*line);
  if (!given.wrong.empty()) return bad_line("cannot use " + given.wrong);
  const cel::parsed read = cel::parse(expression->get<std::string>());
  if (!read.good()) return problems_to_json(read.problems, l);
  const auto how = options.dynamic ? cel::strictness::dynamic : cel::strictness::typed;
  const cel::checked made = cel::check(read.tree, given.names, {how, {}});
  if (!made.good()) return problems_to_json(made.problems, l);
  return value_to_json(cel::evaluate(*made.runnable, given.bound), options, l);
}

}  // namespace

const char* const expr_eval_help =
    R"(Evaluate expressions: JSON lines on stdin, one answer a line on stdout. Example:
  echo '{"expr": "staff <= 300 && cut <= 5.5", "vars": {"staff": 35, "cut": {"percent": "5"}}}' | zhuqi expr eval
  {"value":true}
A name in "unknown": [..] has no value yet; with an entry in "vars" it has that entry's type, else any.
5 is an int, 5.0 a double. Other values are objects of one key: {"uint": "5"} {"double": "NaN"} {"bytes": "aGk="}
{"timestamp": "2024-03-01T00:00:00Z"} {"duration": "90s"} {"type": "int"} {"money": "1500.00"} {"percent": "5.5"}
{"decimal": "0.1"} {"date": "2024-03-01"} {"month": "2024-03"} {"map": [[key, value], ..]}
{"interval": {"of": "int", "low": 20, "high": 29}}, either end may be left out.)";

int eval_expressions(const expr_options& options) {
  const auto chosen = dialogs::lang_from_tag(options.language);
  if (!chosen) {
    std::cerr << "zhuqi: --lang must be zh-CN, en, ja or ko\n";
    return exit_unreadable;
  }
  std::ios::sync_with_stdio(false);
  std::size_t number = 0;
  for (std::string text; std::getline(std::cin, text);) {
    ++number;
    json out = answer(text, options, *chosen);
    if (out.contains("error")) out["line"] = number;
    std::cout << dump_json(out) << '\n';
    if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();  // somebody may be waiting for this answer
  }
  std::cout.flush();
  return 0;
}

}  // namespace zhuqi::app
