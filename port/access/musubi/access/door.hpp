#pragma once
/// Lets people in: checks their passwords, keeps their sessions, and says what their role is now.
///
///     inline musubi::access::door_for<> door;                // one for the program
///
///     struct plant_socket : musubi::access::visitor_of<door> {
///       using roots = musubi::roots<plant>;
///       using gets = login_gets<>;                           // /login, /session
///     };
///
///     int main() {
///       if (const auto problem = door.open({.users = "/etc/plant/users"}); !problem.empty()) …
///       musubi::asio::host<plant_socket> host{{…}};
///       (void)door.guard(host);                              // closes what must not stay open
///       return host.run();
///     }
///
/// All memory is in the door. Its functions may be called on the threads of all hosts, and it may
/// guard several: wrong attempts are counted once for all, a session is known on each, and one that
/// ends closes its sockets on each.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include <musubi/access/internal/session_table.hpp>
#include <musubi/access/password.hpp>
#include <musubi/access/role.hpp>
#include <musubi/access/users.hpp>
#include <musubi/access/users_file.hpp>
#include <musubi/async/clock.hpp>
#include <musubi/async/offload.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/async/task.hpp>
#include <musubi/host/attempt_limiter.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/hosted/log.hpp>
#include <musubi/net/internal/hmac.hpp>

namespace musubi::access {

/// The sizes of a door's tables. What finds one full is refused by its name; nobody else notices.
struct door_limits {
  /// Browsers that are signed in. About 150 bytes each. A further one is refused with 503.
  std::uint16_t sessions = 64;
  /// Of one user. With a further one, the user's own session that has been idle longest ends.
  std::uint16_t sessions_per_user = 8;
  /// Passwords that wait to be checked, one after the other, or whose answer has not been fetched.
  /// A further one is refused with 503.
  std::uint16_t sign_ins = 8;
  /// Addresses whose wrong attempts are remembered, and pairs of an address and a name. The one
  /// quiet for longest is forgotten first.
  std::uint16_t addresses = 256;
};

struct door_options {
  /// The file of the users (users_file.hpp). Empty: nobody can sign in, and `everybody` may come
  /// in.
  std::string users = {};
  /// What a visitor is who need not sign in.
  role everybody = role::admin;
  /// Makes everybody a viewer.
  bool read_only = false;
  /// The browser sends the cookie over TLS only. Without it, this is so where a proxy says
  /// `X-Forwarded-Proto: https`.
  bool secure = false;
  /// A session ends when no page of it has been open, and no request has come, for so long …
  duration idle = std::chrono::hours(8);
  /// … and in any case after so long.
  duration longest = std::chrono::hours(24 * 7);
};

/// What became of an attempt to sign in.
struct sign_in_answer {
  enum class kind : std::uint8_t {
    checking,  ///< `ticket` fetches the answer
    right,     ///< `secret` is the cookie's value
    wrong,     ///< name or password
    wait,      ///< too many wrong ones: `seconds` to wait
    busy,      ///< `sign_ins` are being checked; once more in a second
    full,      ///< there are `sessions` already
    unknown,   ///< no such ticket, or it has been used
  };
  kind what = kind::unknown;
  std::uint32_t seconds = 0;
  text<22> ticket = {};
  session_secret secret = {};
  user_name name = {};
  access::role role = access::role::none;
};

/// The door without the memory of its tables, which `door_for` has.
class door {
 public:
  door(const door&) = delete;
  door& operator=(const door&) = delete;

  /// Reads the file of the users. Returns why it cannot be used, as a sentence, or that there are
  /// no users yet; empty if all is well. Call it once, before the host runs.
  [[nodiscard]] std::string open(const door_options& chosen);
  /// Keeps `host` as the door says: ends old sessions, reads the file of the users again when it
  /// has changed, and closes the sockets of whoever must not have one any more. Call it before the
  /// host runs. The door must outlive the host. Fails without room for its coroutines, and when it
  /// guards more than `max_cores` cores, of all hosts together.
  template <class Host>
  [[nodiscard]] status guard(Host& host);

  /// Whether there is a file of users, so that visitors have to sign in.
  [[nodiscard]] bool has_users() const noexcept { return !file_.path().empty(); }
  [[nodiscard]] const door_options& options() const noexcept { return options_; }
  /// `wanted`, or what is left of it when everybody only looks.
  [[nodiscard]] role limited(role wanted) const noexcept {
    return options_.read_only && wanted > role::viewer ? role::viewer : wanted;
  }

  // --- signing in; `address` is `connect_info::client` ---

  /// Starts to check a password, on a thread of the port. Call it on a host's thread.
  [[nodiscard]] sign_in_answer sign_in(std::string_view address, std::string_view name,
                                       std::string_view password, time_point now) noexcept;
  /// The answer, which only the address that asked is told, once: `right` opens the session.
  [[nodiscard]] sign_in_answer fetch(std::string_view address, std::string_view ticket,
                                     time_point now) noexcept;
  /// Ends the session of this secret, and closes its sockets.
  void sign_out(std::string_view secret, time_point now) noexcept;

  // --- sessions ---

  /// The session of a cookie's value, which is used now.
  [[nodiscard]] session_ref session_of(std::string_view secret, time_point now) noexcept;
  /// The role of a session as it is now; `none` if it has ended.
  [[nodiscard]] role role_in(session_ref session) noexcept;
  [[nodiscard]] user_name name_in(session_ref session) noexcept;
  /// A page of the session is open. Returns false if it has ended.
  [[nodiscard]] bool is_open(session_ref session, time_point now) noexcept;
  [[nodiscard]] std::uint32_t sessions_open() noexcept;
  /// Puts other users in place of those there are, and ends the sessions of those who are gone, or
  /// have another role or password now. `guard` does this when the file has changed.
  void replace_users(const user_list& users) noexcept;

 protected:
  /// A password that is checked.
  struct attempt {
    enum class state : std::uint8_t { free, checking, right, wrong };
    state now = state::free;
    time_point began{};
    net::peer_key peer;
    text<22> ticket;
    user_name name;
    password_text password;
    password_hash hash;
  };
  /// Wrong attempts for one name from everywhere.
  struct crowd {
    std::uint16_t wrong = 0;
    time_point since{};
  };

  door(std::span<session_table::session> sessions, const door_limits& limits,
       std::span<attempt> attempts, attempt_table& addresses, attempt_table& pairs,
       attempt_table& besieged) noexcept;
  ~door() = default;

 private:
  using lock = std::lock_guard<std::mutex>;
  /// What an attempt is counted under, besides its address.
  struct counted {
    net::peer_key peer;
    net::peer_key pair;  ///< the name from this address
    crowd* everywhere;   ///< the name
  };

  [[nodiscard]] counted count_for(const net::peer_key& peer, std::string_view name) noexcept;
  [[nodiscard]] duration wait_of(const counted& who, time_point now) noexcept;
  void count_wrong(const attempt& of, time_point now) noexcept;
  [[nodiscard]] attempt* room_for_attempt(const net::peer_key& peer, time_point now,
                                          bool& same_peer) noexcept;
  void check(attempt& which, time_point now) noexcept;
  [[nodiscard]] net::hmac_tag tag_of(std::string_view secret) const noexcept;
  [[nodiscard]] task<> keep(log* to);
  [[nodiscard]] file_problem reload() noexcept;
  void tell_hosts() noexcept;
  /// Whether the core of the calling thread is told by `tell_hosts`.
  [[nodiscard]] bool reaches_this_core() noexcept { return ends_.followers() != nullptr; }

  template <class Host>
  [[nodiscard]] static task<> close_ended(door& of, Host& host);

  door_options options_;
  std::mutex reading_;  // guards the file, which the keepers of several hosts look at
  users_file file_;
  mutable std::mutex mutex_;  // guards what follows
  user_list users_;
  session_table sessions_;
  std::span<attempt> attempts_;
  std::array<crowd, 64> crowds_{};
  attempt_table* addresses_;
  attempt_table* pairs_;
  attempt_table* besieged_;
  net::hmac_key key_{};        // of this process
  password_hash nobodys_;      // compared with where there is no such user
  watch<std::uint32_t> ends_;  // counts occasions to look for sessions that have ended
};

/// A door with its memory: `inline musubi::access::door_for<> door;`, or with other limits,
/// `door_for<door_limits{.sessions = 16}>`.
template <door_limits Limits = door_limits{}>
class door_for final : public door {
  static_assert(Limits.sessions != 0 && Limits.sessions_per_user != 0 && Limits.sign_ins != 0,
                "musubi: a door lets at least one browser in");

 public:
  door_for() noexcept : door(sessions_, Limits, waiting_, addresses_, pairs_, besieged_) {}

 private:
  session_table::session sessions_[Limits.sessions];
  attempt waiting_[Limits.sign_ins];
  // a whole office may have one address; of one name, there are few typing errors
  attempt_limiter<Limits.addresses> addresses_{{.free = 20}};
  attempt_limiter<Limits.addresses> pairs_{{.free = 4}};
  attempt_limiter<Limits.addresses> besieged_{{.free = 0}};
};

template <class Host>
task<> door::close_ended(door& of, Host& host) {
  watch<std::uint32_t>::receiver ends(of.ends_);
  while (co_await ends.changed()) {
    const time_point now = runtime::current()->now();
    host.disconnect_if([now](const auto& socket) { return socket.has_ended(now); }, 1008,
                       "signed out");
  }
}

template <class Host>
status door::guard(Host& host) {
  log* to = nullptr;
  if constexpr (requires { host.log(); }) to = &host.log();
  bool reaches_all = true;
  const status each = host.spawn_on_each([&] {
    reaches_all = reaches_this_core() && reaches_all;
    return close_ended(*this, host);
  });
  if (each.ok() && !reaches_all) return exhausted("max_cores");  // its pages would stay open
  return each.ok() ? host.spawn(keep(to)) : each;
}

}  // namespace musubi::access
