# Labels that scripts/test selects by, and the lint tests. The linters read the compilation database of the preset "lint", so
# only that build tree registers them.
get_property(all_tests DIRECTORY PROPERTY TESTS)
set_tests_properties(${all_tests} PROPERTIES LABELS unit)

add_custom_target(threaded_tests)
foreach(test contract_store unit_runtime unit_pipeline)
  if(TARGET ${test})
    set_tests_properties(${test} PROPERTIES LABELS "unit;threaded" TIMEOUT 900)
    add_dependencies(threaded_tests ${test})
  endif()
endforeach()

if(NOT CMAKE_BINARY_DIR STREQUAL "${CMAKE_SOURCE_DIR}/build/lint")
  return()
endif()
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(lint ${CMAKE_CURRENT_SOURCE_DIR}/lint)
set(database -p ${CMAKE_BINARY_DIR})

function(zhuqi_lint name)
  add_test(NAME lint_${name} COMMAND ${ARGN} WORKING_DIRECTORY ${lint})
  set_tests_properties(lint_${name} PROPERTIES LABELS lint TIMEOUT 1800)
endfunction()

zhuqi_lint(includes ${Python3_EXECUTABLE} check_includes.py)
zhuqi_lint(includes_self_test ${Python3_EXECUTABLE} check_includes_test.py)
zhuqi_lint(coroutines ${Python3_EXECUTABLE} coroutines.py ${database})
zhuqi_lint(coroutines_self_test ${Python3_EXECUTABLE} coroutines.py --self-test)
zhuqi_lint(format ${lint}/format.sh)
zhuqi_lint(tidy ${Python3_EXECUTABLE} tidy.py ${database})
zhuqi_lint(scripts ${lint}/scripts.sh)
zhuqi_lint(route_policy ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only -I${CMAKE_SOURCE_DIR} route_policy.cpp)
set_tests_properties(lint_tidy PROPERTIES PROCESSORS 2)
