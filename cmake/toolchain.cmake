# Compiler settings that every target of ours shares, as one interface target.
add_library(zhuqi_options INTERFACE)
target_include_directories(zhuqi_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(zhuqi_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wold-style-cast -Woverloaded-virtual -Werror)
target_compile_definitions(zhuqi_options INTERFACE
  # Asio and Beast are compiled once, in bot/runtime/asio_impl.cpp and beast_impl.cpp.
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED BOOST_BEAST_SEPARATE_COMPILATION)

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

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()
