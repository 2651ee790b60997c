#pragma once
// Every bound of the product, with its unit and its reason. Exceeding one is a typed outcome, never a surprise.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace zhuqi::limits {

using std::chrono::milliseconds;
using std::chrono::seconds;

// clang-format off: a table reads by its columns

// --- HTTP (bytes, counts) ---
inline constexpr std::size_t http_head_bytes =
    8 * 1024;  ///< request line + headers; nginx's default, callbacks need < 1 KB
inline constexpr std::size_t http_header_count = 100;       ///< fields in one head
inline constexpr std::size_t http_body_bytes = 256 * 1024;  ///< default for a route; a WeChat message is < 4 KB
inline constexpr std::size_t http_connections =
    12'000;  ///< 10,000 idle keep-alive plus room; below the usual hard fd limit of 20,000
inline constexpr milliseconds http_head_deadline = seconds{10};  ///< first byte to end of head, total (slow clients)
inline constexpr milliseconds http_body_deadline = seconds{15};  ///< end of head to end of body, total
inline constexpr milliseconds http_idle_deadline =
    seconds{75};  ///< keep-alive silence; above nginx's 60 s so that the proxy closes first
inline constexpr milliseconds http_write_deadline = seconds{15};  ///< a reader that does not read

// --- callbacks of messaging platforms ---
inline constexpr std::size_t callback_body_bytes =
    64 * 1024;  ///< inbound XML or JSON; text is <= 2,048 bytes, envelope triples it
inline constexpr milliseconds callback_deadline =
    milliseconds{4'500};                                ///< WeChat cuts at 5 s; leave room for the network
inline constexpr seconds replay_window = seconds{600};  ///< |now - timestamp| of a signed callback, configurable
inline constexpr std::size_t replay_entries =
    65'536;  ///< nonces remembered per channel, only to count repeats; 2 MB at most
inline constexpr std::size_t callback_fields =
    256;  ///< leaf fields of one callback; the longest real ones (picture lists) have 30
inline constexpr std::size_t wechat_text_bytes = 2'048;  ///< Content of a passive or custom text message, UTF-8 bytes
inline constexpr std::size_t xml_depth = 16;             ///< nested elements of a callback (ScanCodeInfo is 3)
inline constexpr std::size_t json_depth = 32;            ///< nested arrays and objects of any JSON we accept

// --- dialog ---
inline constexpr std::size_t user_text_bytes =
    10 * 1024;  ///< one message of a user after decoding; longer is cut with notice
inline constexpr std::size_t engine_steps =
    100;  ///< states entered by one event before the engine stops (SCXML macrostep cap)
inline constexpr std::size_t script_bytes = 512 * 1024;  ///< one YAML file
inline constexpr std::size_t script_depth = 24;          ///< nested YAML nodes
inline constexpr std::size_t parked_dialogs = 3;   ///< half-filled dialogs kept for 「继续」 after they expired
inline constexpr std::size_t interrupt_depth = 3;  ///< digressions inside digressions

// --- pipeline and storage ---
inline constexpr std::size_t commit_batch =
    256;  ///< turns in one transaction; whatever queued while the last commit ran
inline constexpr std::size_t turns_in_flight =
    8'192;  ///< accepted and not yet durable; beyond it 503, so that the platform retries
inline constexpr std::size_t lane_depth = 64;  ///< waiting turns of one conversation
inline constexpr seconds dedupe_retention =
    std::chrono::hours{48};  ///< platforms retry within seconds, operators replay within a day
inline constexpr std::size_t wal_checkpoint_pages =
    10'000;                                               ///< WAL size (4 KB pages) that starts a background checkpoint
inline constexpr std::size_t snapshot_bytes = 64 * 1024;  ///< serialised dialog state of one conversation

// --- people and sessions ---
inline constexpr std::size_t password_chars_min =
    12;  ///< code points; length is what resists guessing (NIST SP 800-63B)
inline constexpr std::size_t password_bytes_max =
    256;  ///< room for a long sentence in Chinese; bounds the work per attempt
inline constexpr std::size_t login_name_bytes = 64;                  ///< of a login name after folding
inline constexpr seconds session_idle = std::chrono::minutes{30};    ///< silence that ends a session
inline constexpr seconds session_absolute = std::chrono::hours{12};  ///< a working day; then everybody logs in again
inline constexpr seconds session_touch =
    seconds{60};  ///< how stale "last seen" may be, so that a read is rarely a write
inline constexpr std::size_t sessions_per_person = 10;  ///< the oldest one ends when one more begins
inline constexpr std::size_t recovery_codes = 10;       ///< one sheet of paper
inline constexpr std::size_t lockout_entries = 16'384;  ///< accounts and addresses whose failures are remembered: 2 MB
inline constexpr std::size_t organisation_depth = 12;   ///< nested departments or regions; the State has 5 levels
inline constexpr std::size_t cookie_header_bytes = 4'096;  ///< of a Cookie header that is looked at

// --- the officials' desk ---
inline constexpr seconds transfer_acceptance =
    std::chrono::minutes{10};  ///< then a transfer that nobody accepted goes back to the queue
inline constexpr std::size_t staff_text_bytes = 8 * 1024;  ///< one reply or note; channels split what they must
inline constexpr std::size_t reason_bytes = 500;           ///< why an official does something
inline constexpr std::size_t page_rows = 100;              ///< of a list, at most
inline constexpr seconds session_recheck{4};  ///< a socket whose session was revoked lives on for this long at most
inline constexpr seconds read_recorded =
    std::chrono::hours{1};  ///< one record of who looked at what stands for all looks within it
inline constexpr std::size_t remembered_reads =
    65'536;  ///< looks that are not recorded again within the hour: 1,000 officials open one a minute each; 11 MB
inline constexpr std::chrono::hours call_back_window{
    30 * 24};  ///< after the end of a service somebody still remembers it for this long
inline constexpr std::int64_t call_back_tries = 3;  ///< calls that reach nobody; then it ends without an answer
inline constexpr std::size_t served_by = 16;  ///< officials of one service who are remembered; more would be a queue
inline constexpr std::size_t counted_mentions = 100;  ///< beyond it a badge says "99+", so nothing counts further
inline constexpr std::size_t watched_threads = 8;     ///< by one socket of the console

// --- web chat ---
inline constexpr std::size_t ws_frame_bytes = 64 * 1024;  ///< one client frame
inline constexpr std::size_t ws_queue =
    256;  ///< outgoing frames of one socket before it is dropped (it resyncs by seq)
inline constexpr std::size_t ws_history = 200;  ///< events sent on a resync; older ones by paging
inline constexpr seconds ws_ping = seconds{25};  ///< below the 30–60 s at which mobile networks drop silent connections
// clang-format on

}  // namespace zhuqi::limits
