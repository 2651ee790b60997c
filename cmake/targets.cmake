# zhuqi_library(NAME [DEPS …] [PRIVATE …] [SOURCES …] [PRECOMPILED std|asio]): a static library of all .cpp files of this
# folder (not its subfolders) and SOURCES. DEPS is what its headers may include; PRIVATE is what only its .cpp files may.
function(zhuqi_library name)
  cmake_parse_arguments(arg "" "PRECOMPILED" "DEPS;PRIVATE;SOURCES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(APPEND sources ${arg_SOURCES})
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC zhuqi_options ${arg_DEPS} PRIVATE ${arg_PRIVATE})
    if(NOT arg_PRECOMPILED)
      set(arg_PRECOMPILED std)
    endif()
    zhuqi_use_precompiled(${name} ${arg_PRECOMPILED})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE zhuqi_options ${arg_DEPS})
  endif()
endfunction()

# zhuqi_embed(TARGET NAMESPACE BASE_DIR file…): puts files into the binary. Generates `embedded.hpp`-conforming tables:
#   std::span<const zhuqi::base::embedded_file> NAMESPACE::files()
# Names are relative to BASE_DIR. The bytes come in by the assembler's .incbin, which is fast at any size.
function(zhuqi_embed target ns base)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded)
  string(REPLACE "::" "_" symbol ${ns})
  set(asm ".section .rodata\n")
  set(decls "")
  set(rows "")
  set(i 0)
  foreach(file ${ARGN})
    file(RELATIVE_PATH rel ${base} ${file})
    string(APPEND asm ".global ${symbol}_${i}_begin\n.global ${symbol}_${i}_end\n.balign 16\n${symbol}_${i}_begin:\n.incbin \"${file}\"\n${symbol}_${i}_end:\n.byte 0\n")
    string(APPEND decls "extern \"C\" const char ${symbol}_${i}_begin[];\nextern \"C\" const char ${symbol}_${i}_end[];\n")
    string(APPEND rows "    {\"${rel}\", {${symbol}_${i}_begin, static_cast<std::size_t>(${symbol}_${i}_end - ${symbol}_${i}_begin)}},\n")
    math(EXPR i "${i} + 1")
  endforeach()
  string(APPEND asm ".section .note.GNU-stack,\"\",@progbits\n")
  file(CONFIGURE OUTPUT ${out}.S CONTENT "${asm}" @ONLY)
  file(CONFIGURE OUTPUT ${out}.cpp CONTENT "#include \"bot/base/embedded.hpp\"
${decls}
namespace ${ns} {
std::span<const zhuqi::base::embedded_file> files();
std::span<const zhuqi::base::embedded_file> files() {
  static const zhuqi::base::embedded_file table[] = {
${rows}    {{}, {}}};
  return {table, ${i}};
}
}
" @ONLY)
  set_source_files_properties(${out}.S PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${out}.S ${out}.cpp)
  set_source_files_properties(${out}.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()
