#include "tests/unit/cel/conformance.hpp"

#include "dialogs/cel/compare.hpp"
#include "dialogs/cel/numbers.hpp"

#include <cmath>
#include <fstream>
#include <utility>

namespace zhuqi::dialogs::cel::conformance {
namespace {

type read_type(const json& t) {
  const std::string key = t.begin().key();
  const json& of = t.begin().value();
  if (key == "primitive") {
    const std::string word = of;
    if (word == "INT64") return {type_kind::integer};
    if (word == "UINT64") return {type_kind::unsigned_integer};
    if (word == "DOUBLE") return {type_kind::floating};
    if (word == "BOOL") return {type_kind::boolean};
    return {word == "BYTES" ? type_kind::bytes : type_kind::string};
  }
  if (key == "list_type") return list_of(read_type(of["elem_type"]));
  if (key == "map_type") return map_of(read_type(of["key_type"]), read_type(of["value_type"]));
  if (key == "null") return {type_kind::null};
  if (key == "well_known") return {of == "DURATION" ? type_kind::duration : type_kind::timestamp};
  if (key == "type_param") return {type_kind::parameter, of.get<std::string>()};
  if (key == "abstract_type") {
    type out{type_kind::opaque, of["name"].get<std::string>()};
    for (const json& p : of.value("parameter_types", json::array())) out.of.push_back(read_type(p));
    return out;
  }
  return {};
}

value read_value(const json& v);

std::string octets(const json& v) {
  if (v.is_string()) return v;
  const std::string hex = v["$bytes_hex"];
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return out;
}

double number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

value read_map(const json& of) {
  std::vector<std::pair<value, value>> entries;
  for (const json& e : of.value("entries", json::array())) {
    entries.emplace_back(read_value(e["key"]), read_value(e["value"]));
  }
  return make_map(std::move(entries));
}

value read_value(const json& v) {
  const std::string key = v.begin().key();
  const json& of = v.begin().value();
  if (key == "null_value") return value::null();
  if (key == "bool_value") return value::boolean(of.get<bool>());
  if (key == "int64_value") return value::integer(std::stoll(of.get<std::string>()));
  if (key == "uint64_value") return value::unsigned_integer(std::stoull(of.get<std::string>()));
  if (key == "double_value") return value::floating(number(of));
  if (key == "string_value") return value::string(of);
  if (key == "bytes_value") return value::bytes(octets(of));
  if (key == "type_value") return value::type_named(of);
  if (key == "map_value") return read_map(of);
  if (key == "list_value") {
    std::vector<value> items;
    for (const json& item : of.value("values", json::array())) items.push_back(read_value(item));
    return value::list(std::move(items));
  }
  return value::error(fault::bad_argument, 0, "no value of ours: " + key);
}

// Stricter than CEL's ==: the types must agree, and NaN is NaN.
bool same(const value& a, const value& b) {
  if (a.kind() != b.kind()) return false;
  if (a.is(kind::floating)) {
    return (std::isnan(a.as_double()) && std::isnan(b.as_double())) || a.as_double() == b.as_double();
  }
  if (a.is(kind::list)) {
    if (a.list().items.size() != b.list().items.size()) return false;
    for (std::size_t i = 0; i < a.list().items.size(); ++i) {
      if (!same(a.list().items[i], b.list().items[i])) return false;
    }
    return true;
  }
  if (a.is(kind::map)) {
    if (a.map().entries.size() != b.map().entries.size()) return false;
    for (const auto& [key, item] : a.map().entries) {
      const value* other = find(b.map(), key);
      if (other == nullptr || !same(item, *other)) return false;
    }
    return true;
  }
  meter cost{1000, 0};
  return equal(a, b, cost);
}

environment declared(const json& whole) {
  environment out;
  for (const json& d : whole["type_env"]) {
    const std::string name = d["name"];
    if (d.contains("ident")) out.declare(name, read_type(d["ident"]["type"]));
    if (!d.contains("function")) continue;
    for (const json& o : d["function"]["overloads"]) {
      std::string parameters;
      for (const json& p : o["params"]) parameters += (parameters.empty() ? "" : ", ") + to_text(read_type(p));
      out.declare_function(name + "(" + parameters + ") -> " + to_text(read_type(o["result_type"])), nullptr);
    }
  }
  for (const auto& [name, unused] : whole["bindings"].items()) out.declare(name, {});
  return out;
}

std::vector<value> bound(const json& whole, const environment& names) {
  std::vector<value> out(names.variables().size());
  for (const auto& [name, v] : whole["bindings"].items()) {
    if (const auto slot = names.slot_of(name)) out[*slot] = read_value(v["value"]);
  }
  return out;
}

std::string shown(const value& v) {
  return v.is(kind::error) ? std::string{"error "} + std::string{fault_id(v.error().what)} : to_literal(v);
}

std::string compare(const value& got, const json& expected) {
  const value wanted = read_value(expected);
  return same(got, wanted) ? "" : "got " + shown(got) + ", wanted " + shown(wanted);
}

}  // namespace

bool test_case::has_flag(const char* flag) const {
  for (const json& f : whole["flags"]) {
    if (f == flag) return true;
  }
  return false;
}

std::vector<test_case> all_cases() {
  std::ifstream in{std::string{ZHUQI_SOURCE_DIR} + "/tests/golden/cel/cases.jsonl"};
  std::vector<test_case> out;
  for (std::string line; std::getline(in, line);) {
    json whole = json::parse(line);
    const std::string name = whole["file"].get<std::string>() + "/" + whole["section"].get<std::string>() + "/" +
                             whole["name"].get<std::string>();
    out.push_back({whole["file"], name, whole["expr"], std::move(whole)});
  }
  return out;
}

std::string run(const test_case& t) {
  const json& expect = t.whole["expect"];
  const std::string wanted = expect["kind"];
  const parsed read = parse(t.expression);
  if (!read.good()) return wanted == "error" ? "" : "does not parse: " + sentence(read.problems[0], lang::en);
  const environment names = declared(t.whole);
  const bool unchecked = t.has_flag("disable_check");
  const checked made = check(read.tree, names, {unchecked ? strictness::dynamic : strictness::typed, {}});
  if (!made.good()) return wanted == "error" ? "" : "does not check: " + sentence(made.problems[0], lang::en);
  if (wanted == "typed") {
    const type deduced = read_type(expect["deduced_type"]);
    if (!(made.result == deduced)) return "deduced " + to_text(made.result) + ", wanted " + to_text(deduced);
    if (t.has_flag("check_only") || !expect.contains("result")) return "";
  }
  const value got = evaluate(*made.runnable, bound(t.whole, names));
  if (wanted == "error") return got.is(kind::error) ? "" : "got " + shown(got) + ", wanted an error";
  if (wanted == "true") return got.is_true() ? "" : "got " + shown(got) + ", wanted true";
  return compare(got, wanted == "typed" ? expect["result"] : expect["value"]);
}

}  // namespace zhuqi::dialogs::cel::conformance
