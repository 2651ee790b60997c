# Three precompiled headers, each compiled once per build tree and shared by every target whose layer may see it:
#   std     the standard library and nlohmann      every library
#   asio    std plus Asio's coroutine headers      bot/runtime
#   catch   std plus Catch2                        the unit tests
# They are a matter of speed only: the release preset builds without them, so a file that leans on one fails there.
# ccache needs the sloppiness that toolchain.cmake gives it, and g++ -fpch-preprocess, to see through them.

set(ZHUQI_PCH_STD
  <algorithm> <array> <atomic> <chrono> <cstdint> <functional> <map> <memory> <optional> <span> <stdexcept> <string>
  <string_view> <tuple> <unordered_map> <utility> <variant> <vector>
  <boost/system/result.hpp> <nlohmann/json.hpp>)
set(ZHUQI_PCH_ASIO
  <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/io_context.hpp> <boost/asio/ip/tcp.hpp>
  <boost/asio/post.hpp> <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp> <boost/asio/write.hpp>)

function(zhuqi_precompiled name)
  cmake_parse_arguments(arg "" "" "LIBS;HEADERS" ${ARGN})
  set(source ${CMAKE_BINARY_DIR}/precompiled/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "// Only carries the precompiled header ${name}.\n")
  add_library(zhuqi_pch_${name} OBJECT EXCLUDE_FROM_ALL ${source})
  target_link_libraries(zhuqi_pch_${name} PRIVATE zhuqi_options ${arg_LIBS})
  target_precompile_headers(zhuqi_pch_${name} PRIVATE ${arg_HEADERS})
endfunction()

# zhuqi_use_precompiled(TARGET NAME): lets TARGET start from the precompiled header NAME.
function(zhuqi_use_precompiled target name)
  if(ZHUQI_PCH)
    target_precompile_headers(${target} REUSE_FROM zhuqi_pch_${name})
  endif()
endfunction()

if(ZHUQI_PCH)
  zhuqi_precompiled(std LIBS Boost::headers nlohmann_json::nlohmann_json HEADERS ${ZHUQI_PCH_STD})
  zhuqi_precompiled(asio LIBS Boost::headers nlohmann_json::nlohmann_json HEADERS ${ZHUQI_PCH_STD} ${ZHUQI_PCH_ASIO})
  zhuqi_precompiled(catch LIBS Boost::headers nlohmann_json::nlohmann_json Catch2::Catch2
    HEADERS ${ZHUQI_PCH_STD} <catch2/catch.hpp>)
endif()
