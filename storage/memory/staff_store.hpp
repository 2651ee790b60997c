#pragma once
// The reference model of the staff port: what every store must do, written for being obviously right. Nothing survives
// the process.

#include "storage/staff_store.hpp"

#include <memory>

namespace zhuqi::storage {

/// Changes are applied at the call; `done` goes through `post`. One thread only.
std::unique_ptr<staff_store> make_memory_staff_store(post_fn post);

}  // namespace zhuqi::storage
