#pragma once
// What may be forgotten: dedupe keys that no sender repeats any more, and states that a later turn superseded. Both
// walk their table in its own order, a window at a time, so that a step's cost is bounded by what it looks at and not
// by what it finds.

#include "bot/base/result.hpp"
#include "storage/rows.hpp"
#include "storage/sqlite/job.hpp"
#include "storage/store.hpp"

namespace zhuqi::storage::sqlite {

using pruned_fn = std::function<void(result<std::size_t>)>;

std::unique_ptr<job> make_prune_inbox(unix_ms before, post_fn post, pruned_fn done);

/// `head` tells the newest turn of a conversation; `position` is where the walk stands between two calls (0 = at the
/// start).
std::unique_ptr<job> make_prune_states(unix_ms before, std::function<turn_id(conversation_id)> head,
                                       std::int64_t& position, post_fn post, pruned_fn done);

}  // namespace zhuqi::storage::sqlite
