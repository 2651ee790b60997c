// Typed answers as bytes from a chat: no input crashes a parser; what is understood is canonical, can be shown in
// every language, and lies inside itself when it is read again. The first byte chooses the kind, the second the
// language.
#include "bot/base/result.hpp"
#include "dialogs/values/canonical.hpp"
#include "dialogs/values/types.hpp"

#include <array>
#include <cstdint>

using namespace zhuqi;
using namespace zhuqi::dialogs::values;

namespace {

const std::array<value_type, 14>& types() {
  static const std::array<value_type, 14> all{
      boolean_type{},      integer_type{},
      decimal_type{},      percent_type{},
      money_type{},        date_type{},
      month_type{},        duration_type{},
      ordinal_type{},      id_number_type{},
      phone_number_type{}, credit_code_type{},
      line_type{},         one_of_type{{{"funds", {"资金", "funding"}}, {"labour", {"用工", "staffing"}}}}};
  return all;
}

void check(const value_type& type, std::string_view input, const context& about) {
  const answer a = parse(type, input, about);
  ZHUQI_ASSERT(a.good() == !a.value.empty() && !name_of(a.why).empty());
  const value_kind kind = kind_of(type);
  for (const found_value& v : find(kind, input, about)) ZHUQI_ASSERT(!v.value.empty() || !v.lunar.empty());
  if (!a.good() || kind == value_kind::text) return;
  ZHUQI_ASSERT(ends_of(a.value).has_value());
  for (dialogs::lang l : dialogs::all_langs) ZHUQI_ASSERT(!shown(kind, a.value, l).empty());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const context about{dialogs::all_langs[data[1] % dialogs::all_langs.size()], {2024, 5, 15}};
  const std::string_view input{reinterpret_cast<const char*>(data) + 2, size - 2};
  check(types()[data[0] % types().size()], input, about);
  // A text from outside that claims to be canonical.
  const auto kind = static_cast<value_kind>(data[0] % types().size());
  shown(kind, input, about.language);
  return 0;
}
