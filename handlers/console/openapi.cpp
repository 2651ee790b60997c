// The document about the API, from its table: a route that is not in it does not exist, and the other way round.

#include "handlers/console/call.hpp"
#include "handlers/console/routes.hpp"

#include <algorithm>
#include <string>

namespace zhuqi::console {
namespace {

// Everything around the paths.
constexpr std::string_view frame = R"json({
  "openapi": "3.1.0",
  "info": {"title": "Zhuqi console", "version": "1"},
  "servers": [{"url": "/api/v1"}],
  "paths": {},
  "components": {
    "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "__Host-zhuqi-session"}},
    "responses": {"problem": {
      "description": "what went wrong: message for people, code for programs",
      "content": {"application/json": {"schema": {"type": "object", "properties": {"error": {"type": "object", "properties": {
        "code": {"type": "string"}, "message": {"type": "string"}, "request": {"type": "string"}}}}}}}}}
  }
})json";

std::string_view verb_of(http::method verb) {
  switch (verb) {
    case http::method::post: return "post";
    case http::method::put: return "put";
    case http::method::patch: return "patch";
    case http::method::del: return "delete";
    default: return "get";
  }
}

json schema_of(const field& f);

json object_of(const std::vector<field>& fields) {
  json properties = json::object(), required = json::array();
  for (const field& f : fields) {
    properties[std::string{f.name}] = schema_of(f);
    if (f.how == presence::required) required.push_back(f.name);
  }
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

json schema_of(const field& f) {
  switch (f.kind) {
    case field_kind::text:
    case field_kind::secret: return {{"type", "string"}, {"maxLength", f.most}};
    case field_kind::number: return {{"type", "integer"}, {"minimum", 0}};
    case field_kind::boolean: return {{"type", "boolean"}};
    case field_kind::row_id: return {{"type", "string"}, {"pattern", "^[1-9][0-9]{0,18}$"}};
    case field_kind::act_id:
      return {{"type", "string"}, {"format", "uuid"}, {"description", "UUID version 7, made once for this act"}};
    case field_kind::texts: return {{"type", "array"}, {"items", {{"type", "string"}}}};
    case field_kind::objects: return {{"type", "array"}, {"maxItems", f.most}, {"items", object_of(f.members)}};
    case field_kind::object: return object_of(f.members);
    case field_kind::any_object: return {{"type", "object"}};
  }
  return {};
}

json parameters_of(const endpoint& row) {
  json out = json::array();
  for (std::size_t open = row.path.find('{'); open != std::string::npos; open = row.path.find('{', open + 1)) {
    const auto name = row.path.substr(open + 1, row.path.find('}', open) - open - 1);
    out.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  for (const field& f : row.query) {
    out.push_back(
        {{"name", f.name}, {"in", "query"}, {"required", f.how == presence::required}, {"schema", schema_of(f)}});
  }
  return out;
}

std::string_view policy_of(const access_rule& rule) {
  if (rule.what() == access_rule::kind::anyone) return "anyone";
  if (rule.what() == access_rule::kind::signed_in) return "signed_in";
  switch (rule.subject()) {
    case about::nothing: return "right";
    case about::thread: return "right to the thread";
    case about::work_case: return "may view the case";
  }
  return "right";
}

json operation_of(const endpoint& row) {
  json out = json::object();
  out["summary"] = row.summary;
  out["parameters"] = parameters_of(row);
  out["responses"]["200"]["description"] = "done";
  out["responses"]["default"]["$ref"] = "#/components/responses/problem";
  out["x-policy"] = policy_of(row.rule);
  if (row.rule.what() != access_rule::kind::anyone) out["security"][0]["session"] = json::array();
  if (row.rule.what() == access_rule::kind::right) out["x-right"] = staff::name_of(row.rule.permission());
  if (row.body.empty()) return out;
  out["requestBody"]["required"] = true;
  out["requestBody"]["content"]["application/json"]["schema"] = object_of(row.body);
  return out;
}

}  // namespace

json openapi(const std::vector<endpoint>& table) {
  auto out = parse_json(frame).value();
  auto& paths = out["paths"];
  for (const endpoint& row : table) paths[row.path][std::string{verb_of(row.verb)}] = operation_of(row);
  return out;
}

std::vector<endpoint> console_routes(office& o) {
  std::vector<endpoint> all;
  for (auto part :
       {session_routes(o), own_account_routes(o), staff_routes(o), organisation_routes(o), thread_routes(o),
        thread_act_routes(o), note_routes(o), desk_routes(o), case_routes(o), report_routes(o), search_routes(o)}) {
    std::ranges::move(part, std::back_inserter(all));
  }
  // The document is about all the others, and tells itself as well.
  auto document = std::make_shared<std::string>();
  all.push_back({http::method::get,
                 "/openapi.json",
                 access_rule::anyone(),
                 "This document",
                 {},
                 {},
                 [document](const std::shared_ptr<call>& c) { c->answer_text(*document); }});
  *document = dump_json(openapi(all));
  return all;
}

}  // namespace zhuqi::console
