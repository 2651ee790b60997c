#include "bot/base/result.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace zhuqi {
namespace {

class category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "zhuqi"; }
  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
      case errc::malformed: return "malformed input";
      case errc::too_large: return "input over the size limit";
      case errc::bad_signature: return "signature check failed";
      case errc::stale_timestamp: return "timestamp outside the replay window";
      case errc::wrong_recipient: return "meant for another account";
      case errc::undecryptable: return "envelope refused";
      case errc::unsupported: return "not supported";
      case errc::not_found: return "not found";
      case errc::conflict: return "conflict";
      case errc::unavailable: return "temporarily unavailable";
      case errc::timed_out: return "timed out";
      case errc::overloaded: return "overloaded";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& error_category() noexcept {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc e) noexcept { return {static_cast<int>(e), error_category()}; }

namespace detail {
void assertion_failed(std::string_view expression, std::string_view file, int line) noexcept {
  std::fprintf(stderr, "zhuqi: assertion failed: %.*s (%.*s:%d)\n", static_cast<int>(expression.size()),
               expression.data(), static_cast<int>(file.size()), file.data(), line);
  std::abort();
}
}  // namespace detail

}  // namespace zhuqi
