// What a request may hold: known members of the right type within their bounds, and nothing else.

#include "handlers/console/fields.hpp"

#include <catch2/catch.hpp>

namespace zhuqi::console_tests {
namespace {

using console::field;
using console::field_kind;
using enum console::presence;

constexpr unix_ms now{1'800'000'000'000};

std::optional<std::string> judged(const char* text, const std::vector<field>& fields) {
  auto value = parse_json(text).value();
  return console::misfit(value, fields, now);
}

/// A version 7 UUID of that time.
std::string id_at(std::int64_t ms) {
  char head[16];
  std::snprintf(head, sizeof head, "%012llx", static_cast<unsigned long long>(ms));
  const std::string digits = head;
  return digits.substr(0, 8) + "-" + digits.substr(8) + "-7abc-8def-0123456789ab";
}

}  // namespace

TEST_CASE("fields: a member is accepted as the table says") {
  const std::vector<field> text{{"t", field_kind::text, required, 6}};
  const std::vector<field> number{{"n", field_kind::number, required, 10}};
  struct row {
    const char* body;
    const std::vector<field>& fields;
    std::optional<std::string> misfit;
  };
  const std::vector<row> rows{{R"({"t":"二字"})", text, {}},
                              {R"({"t":"三个字"})", text, "t"},
                              {R"({"t":""})", text, "t"},
                              {R"({"t":"  "})", text, "t"},
                              {R"({})", text, "t"},
                              {R"({"t":7})", text, "t"},
                              {R"({"t":null})", text, "t"},
                              {R"({"t":["a"]})", text, "t"},
                              {R"({"t":"a","owner":"1"})", text, "owner"},
                              {R"({"n":10})", number, {}},
                              {R"({"n":11})", number, "n"},
                              {R"({"n":-1})", number, "n"},
                              {R"({"n":1.5})", number, "n"},
                              {R"({"n":1e3})", number, "n"},
                              {R"({"n":"1"})", number, "n"},
                              {R"({"n":true})", number, "n"}};
  for (const auto& r : rows) {
    INFO(r.body);
    CHECK(judged(r.body, r.fields) == r.misfit);
  }
}

TEST_CASE("fields: an act's id is a version 7 UUID of about now") {
  const std::vector<field> act{{"id", field_kind::act_id}};
  const auto fits = [&](const std::string& id) {
    json body{{"id", id}};
    return !console::misfit(body, act, now);
  };
  CHECK(fits(id_at(now.value)));
  CHECK(fits(id_at(now.value - 20LL * 3'600'000)));
  CHECK_FALSE(fits(id_at(now.value - 25LL * 3'600'000)));
  CHECK_FALSE(fits(id_at(now.value + 3'600'000)));
  CHECK_FALSE(fits("01899e5f-0000-4abc-8def-0123456789ab"));
  CHECK_FALSE(fits(""));
  CHECK_FALSE(fits(std::string(36, '-')));
  CHECK(console::key_of(id_at(now.value)).created_s == now.value / 1000);
  CHECK(console::key_of(id_at(now.value)) != console::key_of(id_at(now.value + 1000)));
}

TEST_CASE("fields: texts lose controls and the blanks around them, secrets keep every byte") {
  json body{{"t", " 一\x07二\n "}, {"s", " p w "}};
  CHECK_FALSE(console::misfit(body, {{"t", field_kind::text}, {"s", field_kind::secret}}, now));
  CHECK(body["t"] == "一二");
  CHECK(body["s"] == " p w ");
}

TEST_CASE("fields: a query has known parameters, each once") {
  const std::vector<field> fields{{"view", field_kind::text}, {"limit", field_kind::number, optional}};
  json into;
  CHECK_FALSE(console::read_query("view=mine&limit=20", fields, into));
  CHECK(into["limit"] == "20");
  for (const char* bad : {"", "limit=20", "view=mine&view=all", "view=mine&sort=1", "view=%ff", "view=a&limit=-1",
                          "view=a&limit=1e9", "view=a&"}) {
    INFO(bad);
    CHECK(console::read_query(bad, fields, into));
  }
}

}  // namespace zhuqi::console_tests
