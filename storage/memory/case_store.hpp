#pragma once
// The reference model of the case port: what every store must do, written for being obviously right. Nothing survives
// the process.

#include "storage/case_store.hpp"
#include "storage/staff_store.hpp"

#include <memory>

namespace zhuqi::storage {

/// `turns` is what make_memory_store gave: its turns and this port write the same cases. `people` has the trees that
/// scopes speak of; it must outlive the result. `done` goes through `post`. One thread only.
std::unique_ptr<case_store> make_memory_case_store(store& turns, staff_store& people, post_fn post);

}  // namespace zhuqi::storage
