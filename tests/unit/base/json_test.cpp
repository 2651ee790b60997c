#include "bot/base/json.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace zhuqi;

TEST_CASE("Hostile JSON is refused with the right error") {
  struct row {
    const char* what;
    std::string text;
    errc error;
  };
  const row rows[] = {
      {"empty", "", errc::malformed},
      {"trailing comma", "[1,]", errc::malformed},
      {"two values", "1 2", errc::malformed},
      {"duplicate key", R"({"role":"user","role":"admin"})", errc::malformed},
      {"duplicate key, nested", R"({"a":[{"b":1,"b":2}]})", errc::malformed},
      {"invalid UTF-8", "\"\xFF\"", errc::malformed},
      {"lone surrogate escape", R"("\ud800")", errc::malformed},
      {"NaN", "NaN", errc::malformed},
      {"number out of range", "1e400", errc::malformed},
      {"two million brackets", std::string(200'000, '['), errc::too_large},
      {"one level too deep", std::string(limits::json_depth + 1, '[') + std::string(limits::json_depth + 1, ']'),
       errc::too_large},
      {"over the size", "\"" + std::string(limits::http_body_bytes, 'x') + "\"", errc::too_large},
  };
  for (const auto& r : rows) {
    INFO(r.what);
    const auto parsed = parse_json(r.text);
    REQUIRE(!parsed);
    CHECK(parsed.error() == make_error_code(r.error));
  }
}

TEST_CASE("Well-formed JSON comes through unchanged") {
  const std::string text = R"({"a":[1,-2,3.5,true,false,null,"中\n"],"id":9223372036854775807,"o":{"k":{}}})";
  const auto parsed = parse_json(text);
  REQUIRE(parsed);
  CHECK(dump_json(*parsed) == text);
  CHECK((*parsed)["id"].get<std::int64_t>() == INT64_MAX);
  CHECK(parse_json(std::string(limits::json_depth, '[') + std::string(limits::json_depth, ']')));
}

TEST_CASE("Writing never throws and never escapes what platforms would show literally") {
  CHECK(dump_json(json("中文🙂")) == "\"中文🙂\"");
  CHECK(dump_json(json("a\xFF")) == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("Members of a wrong type read as absent") {
  const auto o = parse_json(R"({"s":"x","i":7,"n":null,"big":18446744073709551615,"f":1.5})");
  REQUIRE(o);
  CHECK(string_or_empty(*o, "s") == "x");
  CHECK(string_or_empty(*o, "i").empty());
  CHECK(string_or_empty(*o, "none").empty());
  CHECK(string_or_empty(json::array(), "s").empty());
  CHECK(int_or(*o, "i", -1) == 7);
  CHECK(int_or(*o, "s", -1) == -1);
  CHECK(int_or(*o, "big", -1) == -1);
  CHECK(int_or(*o, "f", -1) == -1);
}
