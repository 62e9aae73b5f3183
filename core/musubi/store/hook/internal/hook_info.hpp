#pragma once
/// The arguments of a store's hooks, and their decisions (contract section 11.1).

#include <cstdint>
#include <string_view>

#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/schema/type_key.hpp>

namespace musubi {

/// The decision of a hook.
enum class verdict : std::uint8_t {
  proceed,
  halt,     ///< neither further hooks nor the handler run; a command is answered `{}`
  replied,  ///< as halt; the hook has already replied
};
[[nodiscard]] constexpr verdict proceed() noexcept {
  return verdict::proceed;
}
[[nodiscard]] constexpr verdict halt() noexcept {
  return verdict::halt;
}

/// A command, as passed to a hook.
struct command_info {
  std::string_view name;
  std::string_view store_id;  ///< of the target store, as `context::store_id`
  std::string_view payload;   ///< JSON text, validated

  /// The decoded payload; null when it is a different command.
  template <class Command>
  [[nodiscard]] const Command* as() const noexcept {
    return type == &detail::type_key<Command> ? static_cast<const Command*>(decoded) : nullptr;
  }
  /// After the command: the handler's reply; null when it has a different type, or is an error.
  template <class Reply>
  [[nodiscard]] const Reply* reply() const noexcept {
    return reply_type == &detail::type_key<Reply> ? static_cast<const Reply*>(reply_at) : nullptr;
  }
  /// Replies to the command with status ok, and halts it. Only in a `before_command` hook.
  template <class Reply>
  [[nodiscard]] verdict halt(const Reply& with) const noexcept {
    if (answer == nullptr) return verdict::halt;
    (*answer)(*this, &with, [](json::writer& out, const void* value) noexcept {
      codec<Reply>::write(out, *static_cast<const Reply*>(value));
    });
    return verdict::replied;
  }

  // --- for the library ---
  using write_reply = void (*)(json::writer& out, const void* value) noexcept;
  const char* type = nullptr;
  const void* decoded = nullptr;
  const char* reply_type = nullptr;
  const void* reply_at = nullptr;
  void (*answer)(const command_info& to, const void* value, write_reply write) noexcept = nullptr;
  void* page = nullptr;
  std::string_view ref;
};

/// A message of a topic, as passed to a hook of the root.
struct message_info {
  const char* type;
  const void* message;
  /// The message; null when it has a different type.
  template <class Message>
  [[nodiscard]] const Message* as() const noexcept {
    return type == &detail::type_key<Message> ? static_cast<const Message*>(message) : nullptr;
  }
};

/// The result of a task that a store started, as passed to a hook.
struct async_info {
  std::string_view name;  ///< the name of its type, in snake_case
  const status* outcome;
};

// The stages, and the signature of a hook in each.

/// Root first, then down to the store that the command targets.
struct before_command {
  static constexpr std::uint8_t number = 0;
  using subject = const command_info&;
  using answer = verdict;
};
/// In the same order. `halt` only ends the chain of hooks.
struct after_command {
  static constexpr std::uint8_t number = 1;
  using subject = const command_info&;
  using answer = verdict;
};
/// Before `handle_async`, root first. `halt` skips it.
struct before_async {
  static constexpr std::uint8_t number = 2;
  using subject = const async_info&;
  using answer = verdict;
};
/// Before `handle_info` of the root. `halt` skips it and the cycle.
struct before_info {
  static constexpr std::uint8_t number = 3;
  using subject = const message_info&;
  using answer = verdict;
};
/// After each render of the store: may change the rendered State.
struct after_render {
  static constexpr std::uint8_t number = 4;
};
/// In every cycle, for every store.
struct after_serialize {
  static constexpr std::uint8_t number = 5;
};

}  // namespace musubi
