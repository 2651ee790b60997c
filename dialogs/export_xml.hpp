#pragma once
// Text inside XML that is written by hand.

#include <string>
#include <string_view>

namespace zhuqi::dialogs {

/// For content and for attributes in double quotes. Characters that XML 1.0 cannot carry are left out; line breaks
/// and tabs are written as references, so that attributes keep them.
std::string xml_escaped(std::string_view text);

}  // namespace zhuqi::dialogs
