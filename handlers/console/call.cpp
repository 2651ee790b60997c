#include "handlers/console/call.hpp"

#include "bot/base/crypto.hpp"
#include "bot/pipeline/offices.hpp"

#include <array>

namespace zhuqi::console {
namespace {

// In the order of the enum.
constexpr std::array<problem_text, 16> texts{{
    {400, "malformed", "请求格式不正确，请刷新页面后重试。",
     "The request is malformed; reload the page and try again."},
    {400, "bad_field", "有一项内容不符合要求，请检查后重试。",
     "One of the values is not acceptable; check it and try again."},
    {401, "not_signed_in", "登录已失效，请重新登录。", "You are signed out; sign in again."},
    {401, "wrong", "用户名、密码或验证码不正确。", "Name, password or code is wrong."},
    {401, "code_needed", "请输入动态验证码。", "Enter the code of your authenticator."},
    {403, "second_factor_needed", "请先启用动态验证码，再办理业务。", "Set up your second factor first."},
    {403, "forbidden", "您没有这项权限。", "You have no right to do this."},
    {403, "csrf", "页面已过期，请刷新后重试。", "This page is out of date; reload it."},
    {404, "not_found", "没有找到，或您无权查看。", "It is not there, or not yours to see."},
    {409, "stale", "情况已有变化，您的内容已保留。", "Somebody was faster; your text is kept."},
    {409, "not_allowed", "当前状态不能这样办理。", "This is not possible as things stand."},
    {409, "mismatch", "同一操作编号对应了不同内容，请刷新后重试。",
     "The same act was sent with other content; reload and try again."},
    {409, "taken", "名称已被使用，请换一个。", "This name is taken; choose another."},
    {422, "refused", "按规定现在不能这样办理。", "The rules do not allow this now."},
    {429, "wait", "尝试次数过多，请稍后再试。", "Too many attempts; wait a while."},
    {503, "unavailable", "系统正忙，这次没有完成，请稍后重试。",
     "The system is busy and did not complete this; try again."},
}};

}  // namespace

const problem_text& explain(problem p) { return texts[static_cast<std::size_t>(p)]; }

call::call(http::request request, http::responder reply)
    : request_{std::move(request)},
      reply_{std::move(reply)},
      english_{request_.header("accept-language").starts_with("en")} {}

std::string call::address() const { return http::client_address(request_); }

std::int64_t call::id(std::size_t n) const {
  if (n >= request_.params.size()) return 0;
  return pipeline::decimal(request_.params[n]);
}

std::string call::text(std::string_view name) const { return string_or_empty(body_, name); }
std::int64_t call::number(std::string_view name) const {
  const auto found = body_.find(name);
  if (found == body_.end() || !found->is_string()) return int_or(body_, name, 0);
  return pipeline::decimal(found->get_ref<const std::string&>());
}
std::int64_t call::query_number(std::string_view name, std::int64_t otherwise) const {
  const auto digits = query(name);
  return digits ? pipeline::decimal(*digits) : otherwise;
}
bool call::flag(std::string_view name) const {
  const auto found = body_.find(name);
  return found != body_.end() && found->is_boolean() && found->get<bool>();
}
std::optional<std::string> call::query(std::string_view name) const {
  const auto found = query_.find(name);
  if (found == query_.end()) return std::nullopt;
  return found->get<std::string>();
}

void call::send(int status, json value, std::vector<std::pair<std::string, std::string>> headers) {
  headers.emplace_back("Cache-Control", "no-store");
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  reply_({status, "application/json; charset=utf-8", dump_json(value), std::move(headers), false});
}

void call::answer_file(std::string bytes, std::string_view type, std::string_view name) {
  reply_({200,
          std::string{type},
          std::move(bytes),
          {{"Cache-Control", "no-store"},
           {"X-Content-Type-Options", "nosniff"},
           {"Content-Disposition", "attachment; filename=\"" + std::string{name} + "\""}},
          false});
}

void call::answer_text(std::string body) {
  reply_({200, "application/json; charset=utf-8", std::move(body), {{"Cache-Control", "no-cache"}}, false});
}

void call::refuse(problem p, json more) { refuse(p, english_ ? explain(p).en : explain(p).zh, std::move(more)); }

void call::refuse(problem p, std::string_view sentence, json more) {
  more["code"] = explain(p).code;
  more["message"] = sentence;
  more["request"] = crypto::random_uuid().substr(0, 13);
  send(explain(p).status, {{"error", std::move(more)}}, {});
}

void call::refuse(const boost::system::error_code& error) {
  if (error == errc::not_found) return refuse(problem::not_found);
  if (error == errc::conflict) return refuse(problem::taken);
  if (error == errc::malformed || error == errc::too_large) return refuse(problem::bad_field);
  refuse(problem::unavailable);
}

}  // namespace zhuqi::console
