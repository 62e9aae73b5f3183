#pragma once
/// Who is signed in: browsers, each with a cookie that nobody can guess.

#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/access/role.hpp>
#include <musubi/access/users.hpp>
#include <musubi/async/clock.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/net/internal/hmac.hpp>

namespace musubi::access {

/// 32 random bytes as base64url: the value of a cookie.
using session_secret = text<43>;

/// A session, for as long as it lasts: its place is used again, its number is not.
struct session_ref {
  std::uint16_t place = 0;
  std::uint32_t number = 0;  ///< 0: no session
};

/// The sessions of a door, in memory of a fixed size. Not thread-safe: the door locks.
class session_table {
 public:
  struct session {
    net::hmac_tag tag{};  ///< of its secret, which is not kept
    user_name user;
    std::uint64_t credential = 0;  ///< of the password that it was opened with
    time_point began{};
    time_point used{};
    access::role role = access::role::none;
    std::uint32_t number = 0;  ///< 0: the place is free
  };

  constexpr session_table(std::span<session> places, std::uint16_t most_of_user) noexcept
      : places_(places), most_of_user_(most_of_user) {}

  void lives(duration idle, duration longest) noexcept {
    idle_ = idle;
    longest_ = longest;
  }
  /// Opens a session. A user with too many loses the one that has been idle longest; when the table
  /// is full, everybody keeps theirs, and this fails: exhausted("sessions").
  [[nodiscard]] result<session_ref> open(const net::hmac_tag& tag, const user& who,
                                         time_point now) noexcept;
  /// The session of the secret with this tag, which is used now; none if there is none, or its time
  /// is over.
  [[nodiscard]] session_ref find(const net::hmac_tag& tag, time_point now) noexcept;
  /// Null if it has ended.
  [[nodiscard]] session* at(session_ref ref) noexcept;
  /// Ends those whose time is over. Returns whether there were some.
  bool end_old(time_point now) noexcept;
  /// Ends those of users that are gone, or have another role or password now.
  bool end_changed(const user_list& users) noexcept;
  void end(session& which) noexcept { which = session{}; }
  [[nodiscard]] std::uint32_t used() const noexcept;

  [[nodiscard]] static std::uint64_t credential_of(const user& who) noexcept;

 private:
  [[nodiscard]] bool is_over(const session& which, time_point now) const noexcept {
    return now - which.used >= idle_ || now - which.began >= longest_;
  }

  std::span<session> places_;
  std::uint16_t most_of_user_;
  std::uint32_t last_number_ = 0;
  duration idle_ = std::chrono::hours(8);
  duration longest_ = std::chrono::hours(24 * 7);
};

}  // namespace musubi::access
