# Compiler settings that every target of ours shares, as one interface target.
add_library(zhuqi_options INTERFACE)
target_include_directories(zhuqi_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(zhuqi_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wold-style-cast -Woverloaded-virtual -Werror)
target_compile_definitions(zhuqi_options INTERFACE
  # Asio and Beast are compiled once, in bot/runtime/asio_impl.cpp and beast_impl.cpp.
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED BOOST_BEAST_SEPARATE_COMPILATION
  # Bounds checks of the standard library stay on in every build; they cost less than a wrong answer.
  _GLIBCXX_ASSERTIONS)

# Release is what is shipped: optimised, NDEBUG unset (asserts stay), line tables for stack traces, hardened.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_C_FLAGS_RELEASE "-O2 -g1")
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT ZHUQI_SANITIZE)
  target_compile_options(zhuqi_options INTERFACE -fstack-protector-strong)
  target_compile_definitions(zhuqi_options INTERFACE _FORTIFY_SOURCE=2)
  target_link_options(zhuqi_options INTERFACE -Wl,-z,relro -Wl,-z,now)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # Beast's async_teardown is ambiguous to clang-16 with Asio's concepts on.
  target_compile_definitions(zhuqi_options INTERFACE BOOST_ASIO_DISABLE_CONCEPTS)
  target_compile_options(zhuqi_options INTERFACE -Wno-gnu-zero-variadic-macro-arguments)
else()
  # g++ 12 reports uninitialised and dangling storage inside std::variant and Asio that is not there (GCC PR 105562, 105593).
  target_compile_options(zhuqi_options INTERFACE -Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow)
endif()

if(ZHUQI_SANITIZE)
  target_compile_options(zhuqi_options INTERFACE
    -fsanitize=${ZHUQI_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
  target_link_options(zhuqi_options INTERFACE -fsanitize=${ZHUQI_SANITIZE})
  if(ZHUQI_SANITIZE MATCHES "thread")
    target_compile_definitions(zhuqi_options INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()

if(ZHUQI_FUZZ)
  # Coverage feedback for libFuzzer; tests/fuzz adds its driver at link time.
  target_compile_options(zhuqi_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fsanitize=fuzzer-no-link>)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # Relative paths let every clone of the repository share one cache.
  set(launcher ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  if(ZHUQI_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(zhuqi_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
  elseif(ZHUQI_PCH)
    target_compile_options(zhuqi_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>)
  endif()
endif()
