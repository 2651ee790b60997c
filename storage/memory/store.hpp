#pragma once
// The reference model of the storage port: what every store must do, written for being obviously right. Tests and the
// simulator use it; nothing survives the process.

#include "storage/store.hpp"

#include <memory>

namespace zhuqi::storage {

/// Commits are applied at the call; `done` goes through `post`, reads answer before they return. One thread only.
std::unique_ptr<store> make_memory_store(post_fn post);

}  // namespace zhuqi::storage
