// Script YAML as bytes from an editor: reading, checking, storing and loading never crash, every finding can be shown, and
// whatever passes the checks runs and comes back from its stored form with the same version. The input is one file; after a
// line "%%i18n" it is its English translation.
#include "bot/base/result.hpp"
#include "dialogs/engine.hpp"
#include "dialogs/library.hpp"

#include <cstdint>

using namespace zhuqi;
using namespace zhuqi::dialogs;

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  constexpr std::string_view separator = "\n%%i18n\n";
  const std::size_t cut = input.find(separator);
  std::vector<script_file> files{{"fuzz.yaml", input.substr(0, cut)}};
  if (cut != std::string_view::npos) files.push_back({"i18n/en.yaml", input.substr(cut + separator.size())});

  const loaded_scripts loaded = load_scripts(files, completeness::part);
  for (const diagnostic& d : loaded.diagnostics) {
    ZHUQI_ASSERT(!to_line(d, lang::zh_cn).empty() && !to_line(d, lang::en).empty());
  }
  ZHUQI_ASSERT(to_json_text(loaded.diagnostics, lang::zh_cn).front() == '[');
  if (has_errors(loaded.diagnostics)) return 0;

  read_scripts again = read_yaml(files);
  const auto linked = script_set::link(std::move(again.source));
  ZHUQI_ASSERT(linked.has_value());  // what the checks let pass can be linked
  const auto stored = load_published((*linked)->canonical());
  ZHUQI_ASSERT(stored.has_value() && (*stored)->version() == (*linked)->version());
  snapshot s;
  for (const char* line : {"", "1", "2", "返回", "x", "x", "x", "x"}) {
    for (const dialog& d : (*linked)->dialogs()) s = step(**linked, s, event::menu{d.id}, {{0}}).next;
    s = step(**linked, s, event::text{line}, {{0}}).next;
    s.owner = talker::bot;
  }
  return 0;
}
