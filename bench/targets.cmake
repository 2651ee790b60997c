# None of these is part of `all`: bench/run builds what it needs.
file(GLOB load_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/load/*.cpp)
add_executable(zhuqi_load EXCLUDE_FROM_ALL ${load_sources})
target_link_libraries(zhuqi_load PRIVATE zhuqi_base CLI11::CLI11 OpenSSL::Crypto)

file(GLOB limit_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/limits/*.cpp)
add_executable(zhuqi_limits EXCLUDE_FROM_ALL ${limit_sources} load/users.cpp load/socket.cpp)
target_link_libraries(zhuqi_limits PRIVATE zhuqi_base CLI11::CLI11 PkgConfig::SQLITE3 Threads::Threads Boost::headers)
target_compile_definitions(zhuqi_limits PRIVATE ZHUQI_SCHEMA_DIR="${CMAKE_SOURCE_DIR}/storage/schema/sqlite")

add_executable(zhuqi_engine_bench EXCLUDE_FROM_ALL engine_bench.cpp load/users.cpp load/histogram.cpp)
target_link_libraries(zhuqi_engine_bench PRIVATE zhuqi_dialogs zhuqi_library)
target_compile_definitions(zhuqi_engine_bench PRIVATE ZHUQI_WALK="${CMAKE_CURRENT_SOURCE_DIR}/load/walk.tsv"
                                                      ZHUQI_LIBRARY="${PROJECT_SOURCE_DIR}/dialogs/library")

add_executable(store_bench EXCLUDE_FROM_ALL ${CMAKE_CURRENT_SOURCE_DIR}/store_bench.cpp)
target_link_libraries(store_bench PRIVATE zhuqi_storage_sqlite Threads::Threads)
