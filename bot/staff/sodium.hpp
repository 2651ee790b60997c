#pragma once
// libsodium must be told to start once; every file that calls it goes through here first.

namespace zhuqi::staff {

/// Starts libsodium at the first call, from any thread. Throws std::runtime_error where the system has no randomness.
void start_sodium();

}  // namespace zhuqi::staff
