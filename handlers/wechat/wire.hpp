#pragma once
// A callback body as flat fields, whichever of the two data formats it came in. The only reader of XML from outside: no DTD,
// no entities, bounded depth and count, and nothing a user typed can add a field unnoticed. Knows no meaning of any field.

#include "bot/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::wechat {

enum class data_format : std::uint8_t { xml, json };

enum class soundness : std::uint8_t {
  sound,
  damaged,  ///< breaks off, or names a top-level element twice: user text that the platform did not escape can do both
};

class wire_fields {
 public:
  struct field {
    std::string path;   ///< "MsgType", "ScanCodeInfo.ScanResult"; elements of a list share one path
    std::string value;  ///< valid UTF-8 without control characters but TAB, LF, CR
    auto operator<=>(const field&) const = default;
  };

  /// Reads a body by its first non-blank byte ('<' or '{'; a UTF-8 BOM is skipped). Ill-formed UTF-8 is replaced, control
  /// characters are dropped. errc::too_large over limits::callback_body_bytes; errc::unsupported for a DOCTYPE or nesting
  /// deeper than limits::xml_depth, which the platform never sends; errc::malformed where nothing can be read at all.
  /// Damaged XML gives the fields before the damage, first one wins.
  static result<wire_fields> parse(std::string_view body);

  data_format format() const { return format_; }
  soundness state() const { return state_; }
  const std::vector<field>& all() const { return fields_; }

  /// The first value of that path, or "" where there is none.
  std::string_view get(std::string_view path) const;
  bool has(std::string_view path) const;

 private:
  friend class wire_builder;
  data_format format_ = data_format::xml;
  soundness state_ = soundness::sound;
  std::vector<field> fields_;
};

}  // namespace zhuqi::wechat
