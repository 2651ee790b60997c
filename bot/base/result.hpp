#pragma once
// The three kinds of failure, fixed here for the whole house:
//   a bug            → ZHUQI_ASSERT: stops the process, in release builds too;
//   the environment  → an exception, caught at a boundary (turn, request, command);
//   the input        → result<T> with an errc, or diagnostics as data where a person must read them.

#include <boost/system/result.hpp>

#include <string_view>
#include <type_traits>

namespace zhuqi {

/// What can be wrong with input. handlers/http_errors.cpp maps each to one HTTP status, and nothing else does.
enum class errc {
  malformed = 1,    ///< bytes that do not parse
  too_large,        ///< over a bound of base/limits.hpp
  bad_signature,    ///< the sender did not prove who it is
  stale_timestamp,  ///< outside the replay window
  wrong_recipient,  ///< meant for another account
  undecryptable,    ///< envelope refused; deliberately says no more (padding oracle)
  unsupported,      ///< well-formed, but nothing we handle
  not_found,
  conflict,     ///< somebody else was faster
  unavailable,  ///< cannot be made durable now; try again
  timed_out,
  overloaded,
};

const boost::system::error_category& error_category() noexcept;
boost::system::error_code make_error_code(errc e) noexcept;

template <class T>
using result = boost::system::result<T>;

namespace detail {
[[noreturn]] void assertion_failed(std::string_view expression, std::string_view file, int line) noexcept;
}

}  // namespace zhuqi

template <>
struct boost::system::is_error_code_enum<zhuqi::errc> : std::true_type {};

#define ZHUQI_ASSERT(expression) \
  (static_cast<bool>(expression) ? void(0) : ::zhuqi::detail::assertion_failed(#expression, __FILE__, __LINE__))
