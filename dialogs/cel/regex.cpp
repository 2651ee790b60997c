#include "dialogs/cel/regex.hpp"

#include "dialogs/cel/limits.hpp"

#include <re2/re2.h>

namespace zhuqi::dialogs::cel {

struct regex::engine {
  RE2 re;
};

regex::regex(std::unique_ptr<engine> e) : engine_(std::move(e)) {}
regex::~regex() = default;

namespace {

RE2::Options bounded() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(limits::pattern_memory);
  return options;
}

}  // namespace

std::shared_ptr<const regex> regex::compile(std::string_view pattern) {
  if (pattern.size() > limits::pattern_bytes) return nullptr;
  auto made = std::unique_ptr<engine>(new engine{RE2{{pattern.data(), pattern.size()}, bounded()}});
  if (!made->re.ok()) return nullptr;
  return std::shared_ptr<const regex>{new regex{std::move(made)}};
}

std::string regex::error_of(std::string_view pattern) {
  if (pattern.size() > limits::pattern_bytes)
    return std::to_string(pattern.size()) + " > " + std::to_string(limits::pattern_bytes);
  return RE2{{pattern.data(), pattern.size()}, bounded()}.error();
}

bool regex::occurs_in(std::string_view text) const {
  return RE2::PartialMatch({text.data(), text.size()}, engine_->re);
}

bool regex::covers(std::string_view text) const { return RE2::FullMatch({text.data(), text.size()}, engine_->re); }

}  // namespace zhuqi::dialogs::cel
