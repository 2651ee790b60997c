#include "bot/base/text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include <memory>
#include <stdexcept>

namespace zhuqi::text {
namespace {

// Length of the well-formed sequence at `p`, or 0 (Unicode 15, table 3-7).
std::size_t sequence_length(const unsigned char* p, std::size_t left) noexcept {
  const unsigned char lead = p[0];
  const auto continuation = [&](std::size_t i, unsigned char low = 0x80, unsigned char high = 0xBF) {
    return i < left && p[i] >= low && p[i] <= high;
  };
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continuation(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned char low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : 0xBF;
    return continuation(1, low, high) && continuation(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned char low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xF4 ? 0x8F : 0xBF;
    return continuation(1, low, high) && continuation(2) && continuation(3) ? 4 : 0;
  }
  return 0;
}

const unsigned char* raw(std::string_view s) noexcept { return reinterpret_cast<const unsigned char*>(s.data()); }

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ideographic_space = "\xE3\x80\x80";

bool is_ascii_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

const icu::Normalizer2& nfkc_casefold() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* n = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error{"ICU has no NFKC data"};
    return n;
  }();
  return *instance;
}

struct simplifier {
  std::unique_ptr<icu::Transliterator> transform;
  icu::UnicodeSet traditional;  ///< what the transform may change: asking first costs a tenth of transforming
};

const simplifier& traditional_to_simplified() {
  // Transliteration by a const rule set is documented as thread-safe; making one is slow, so it is made once.
  static const simplifier instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    simplifier s;
    s.transform.reset(icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    if (U_FAILURE(status)) throw std::runtime_error{"ICU has no Traditional-Simplified transform"};
    s.transform->getSourceSet(s.traditional);
    s.traditional.freeze();
    return s;
  }();
  return instance;
}

bool is_ascii(std::string_view s) noexcept {
  for (char c : s) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

}  // namespace

bool is_utf8(std::string_view bytes) noexcept {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t n = sequence_length(raw(bytes) + i, bytes.size() - i);
    if (n == 0) return false;
    i += n;
  }
  return true;
}

std::string to_valid_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t n = sequence_length(raw(bytes) + i, bytes.size() - i);
    out.append(n == 0 ? replacement : bytes.substr(i, n));
    i += n == 0 ? 1 : n;
  }
  return out;
}

std::string_view truncate(std::string_view utf8, std::size_t max_bytes) noexcept {
  if (utf8.size() <= max_bytes) return utf8;
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) --end;
  return utf8.substr(0, end);
}

std::string_view trim(std::string_view s) noexcept {
  for (;;) {
    if (!s.empty() && is_ascii_space(s.front())) {
      s.remove_prefix(1);
    } else if (s.starts_with(ideographic_space)) {
      s.remove_prefix(ideographic_space.size());
    } else {
      break;
    }
  }
  for (;;) {
    if (!s.empty() && is_ascii_space(s.back())) {
      s.remove_suffix(1);
    } else if (s.ends_with(ideographic_space)) {
      s.remove_suffix(ideographic_space.size());
    } else {
      return s;
    }
  }
}

std::string strip_controls(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  std::size_t run = 0;  // start of what is kept and not yet copied
  const auto drop = [&](std::size_t at, std::size_t bytes) {
    out.append(utf8, run, at - run);
    run = at + bytes;
  };
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    if (c < 0x20) {
      if (c != '\t' && c != '\n' && c != '\r') drop(i, 1);
    } else if (c == 0xEF) {
      const std::string_view three = utf8.substr(i, 3);
      if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") drop(i, 3);
    }
  }
  drop(utf8.size(), 0);
  return out;
}

std::string fold(std::string_view utf8) {
  utf8 = trim(utf8);
  if (is_ascii(utf8)) {  // the usual answer is "1" or "2": no need to wake ICU
    std::string out{utf8};
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }
  if (!is_utf8(utf8)) return {};
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString folded = nfkc_casefold().normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece{utf8.data(), static_cast<std::int32_t>(utf8.size())}), status);
  if (U_FAILURE(status)) return {};
  const simplifier& simplify = traditional_to_simplified();
  const char16_t* const characters = folded.getBuffer();
  const std::int32_t first = simplify.traditional.span(characters, folded.length(), USET_SPAN_NOT_CONTAINED);
  if (first < folded.length()) {
    // Only from the first to the last of them: every character that is looked at costs.
    const std::int32_t end = simplify.traditional.spanBack(characters, folded.length(), USET_SPAN_NOT_CONTAINED);
    simplify.transform->transliterate(folded, first, end);
  }
  std::string out;
  folded.toUTF8String(out);
  return std::string{trim(out)};
}

}  // namespace zhuqi::text
