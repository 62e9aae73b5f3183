#pragma once
/// Reads a State as a server sent it: the wire's words for children, streams and async values
/// included, which no payload has.

#include <string_view>

#include <musubi/memory/text.hpp>
#include <musubi/remote/remote_root.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/store/child/internal/codec_child.hpp>
#include <musubi/store/stream/stream.hpp>
#include <musubi/store/task/async_value.hpp>

namespace musubi::detail {

/// Reads `text` into `into`. False if it does not fit; then `into` holds anything.
template <class State>
bool read_state(std::string_view text, State& into, decode_error& error) noexcept {
  if (text.empty()) return error.expect("a state");
  error.absent_means_null = false;
  error.null_means_nan = true;
  json::reader from(text);
  return codec<State>::read(from, into, error);
}

/// "the state does not fit: cart.lines[2].qty: expected integer"
[[nodiscard]] remote_reason misfit(const decode_error& error) noexcept;

/// What an error reply says: of a payload that does not match, the field and what was expected;
/// otherwise the first string among its `code`, `error` and `reason`, or all of it.
[[nodiscard]] remote_reason refusal_in(std::string_view response) noexcept;

}  // namespace musubi::detail
