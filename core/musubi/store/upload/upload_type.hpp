#pragma once
/// A declared upload without its C++ type: its limits, and functions that call its store.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/store/upload/upload_entry.hpp>

namespace musubi {

class context;

/// Why a file is refused, or failed (contract section 10.5).
enum class upload_problem : std::uint8_t {
  none,
  too_large,
  too_many_files,
  not_accepted,
  chunk_timeout,
  chunk_too_large,
  external_failed,
  preflight_rejected,
  internal,
};

namespace detail {

/// One compile-time constant per upload of a store.
struct upload_type {
  const char* key;  ///< identifies the struct that declares it
  std::string_view name;
  std::span<const std::string_view> accept;  ///< extensions with their dot; empty: any file
  std::uint32_t max_entries;
  std::uint32_t chunk_size;
  std::uint64_t max_file_size;
  duration chunk_timeout;

  /// What the visitor lacks to send it a file; null if everybody may.
  std::string_view (*missing)(const context& of) noexcept;
  /// Calls `open_upload`; null for external uploads.
  result<upload_sink*> (*open)(context& of, const upload_entry& file) noexcept;
  /// Calls `upload_external` and stores its result at `meta`; null for uploads over the channel.
  status (*external)(context& of, const upload_entry& file, void* meta) noexcept;
  void (*write_meta)(json::writer& out, const void* meta) noexcept;
  std::string_view uploader;  ///< name of the browser's uploader, for external uploads
  /// Calls `handle_progress`; null if the store has none.
  status (*progress)(context& of, const upload_entry& file) noexcept;
  /// Has the store rendered in the next cycle.
  void (*mark)(context& of) noexcept;

  /// Whether a file of that name is accepted. Only its extension matters.
  [[nodiscard]] bool accepts(std::string_view file_name) const noexcept;
  /// Writes `{"accept":…,"max_entries":…,"max_file_size":…,"chunk_size":…}`, with chunks of at most
  /// `most_bytes`.
  void write_config(json::writer& out, std::uint32_t most_bytes) const noexcept;
};

/// The uploads of one store.
struct upload_list {
  std::span<const upload_type> types;
};

[[nodiscard]] std::string_view code_of(upload_problem why) noexcept;
[[nodiscard]] std::string_view message_of(upload_problem why) noexcept;

/// Writes `,"avatar":{"__musubi_upload__":"avatar"}`, after a store's fields.
void write_upload_marker(json::writer& out, std::string_view name) noexcept;

}  // namespace detail
}  // namespace musubi
