// The first step of every typed parser: many ways of writing the same characters become one.
#include "dialogs/values/lexicon.hpp"

namespace zhuqi::dialogs::values {
namespace {

/// ASCII for a mark that people use in its place; 0 for all other characters.
char plain_mark(char32_t c) {
  switch (c) {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0xFE63: return '-';
    case 0x301C:
    case 0x223C:
    case 0x2248: return '~';
    case 0x2044: return '/';
    case 0x2018:
    case 0x2019: return '\'';
    default: return 0;
  }
}

bool is_unspaced_script(char32_t c) { return is_han(c) || is_kana(c) || c == 0x25CB; }

}  // namespace

std::string prepare(std::string_view raw) {
  const std::string folded = text::fold(raw);
  std::string out;
  out.reserve(folded.size());
  bool space = false;            // seen, not yet written
  bool before_unspaced = false;  // the last character written is Han or kana
  for (std::size_t i = 0; i < folded.size();) {
    const std::size_t n = character_bytes(folded, i);
    const char32_t c = code_point(folded, i);
    i += n;
    if (c == ' ' || c == '\t' || c == '\r') {
      space = true;
      continue;
    }
    const bool unspaced = is_unspaced_script(c);
    if (space && !out.empty() && !before_unspaced && !unspaced) out += ' ';
    space = false;
    before_unspaced = unspaced;
    if (const char mark = plain_mark(c); mark != 0) {
      out += mark;
    } else if (c == 0x25CB) {
      out += "〇";
    } else {
      out.append(folded, i - n, n);
    }
  }
  return out;
}

}  // namespace zhuqi::dialogs::values
