// Guards: what they mean, and that nonsense is refused with its place.
#include "dialogs/expression.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi::dialogs;

namespace {

bool holds(const char* source) {
  expression::parse_error error;
  const auto e = expression::parse(source, error);
  INFO(source << " " << error.what);
  REQUIRE(e.has_value());
  return e->holds({{"kind", "other"}, {"yes", "true"}, {"no", "false"}});
}

}  // namespace

TEST_CASE("a guard compares choices and bools and joins by the usual precedence") {
  for (const char* source : {"yes", "!no", "kind == \"other\"", "kind=='other'", "kind != \"local\"", "yes == true",
                             "no == false", "no != true", "yes || no && no", "(yes || no) && yes", "!(no || no)",
                             "!!yes", "no || kind == \"other\" && yes"}) {
    CHECK(holds(source));
  }
  for (const char* source :
       {"no", "!yes", "kind == \"local\"", "(yes || no) && no", "unknown", "unknown == \"x\"", "!(yes && yes)"})
    CHECK_FALSE(holds(source));
}

TEST_CASE("what is no guard is refused, with its place") {
  expression::parse_error error;
  for (const char* source : {"", " ", "=", "kind =", "kind = \"x\"", "kind == x", "kind == \"x", "(yes", "yes)",
                             "yes &&", "&& yes", "yes no", "1 == 1", "kind == \"a\\\"\"", "参保", "yes & no"}) {
    INFO(source);
    CHECK_FALSE(expression::parse(source, error).has_value());
    CHECK_FALSE(error.what.empty());
  }
  CHECK_FALSE(expression::parse(std::string(2000, 'a'), error).has_value());
  CHECK_FALSE(expression::parse(std::string(50, '(') + "a" + std::string(50, ')'), error).has_value());
  CHECK_FALSE(expression::parse(std::string(50, '!') + "a", error).has_value());
  std::string many = "a";
  for (int i = 0; i < 80; ++i) many += "||a";
  CHECK_FALSE(expression::parse(many, error).has_value());
  REQUIRE_FALSE(expression::parse("yes && ?", error).has_value());
  CHECK(error.at == 7);
}
