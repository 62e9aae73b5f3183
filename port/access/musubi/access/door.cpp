#include <algorithm>
#include <cstring>
#include <sys/random.h>

#include <musubi/access/door.hpp>
#include <musubi/memory/decimal.hpp>
#include <musubi/net/internal/base64.hpp>
#include <musubi/net/internal/peer_key.hpp>
#include <musubi/net/same_secret.hpp>

namespace musubi::access {

namespace {

using kind = sign_in_answer::kind;

/// How often the file of the users is looked at.
constexpr duration between_looks = std::chrono::seconds(2);
/// Sessions are ended, and open pages seen, every so many looks.
constexpr unsigned looks_between_ends = 15;
/// An answer that nobody fetches is kept for so long.
constexpr duration fetched_within = std::chrono::seconds(30);
/// Wrong attempts for one name within an hour, from everywhere, after which each address has one
/// free attempt instead of a few. Nobody is locked out by what others do.
constexpr std::uint16_t besieged_after = 20;
constexpr duration siege_lasts = std::chrono::hours(1);

template <std::size_t Bytes, std::size_t N>
bool make_random(text<N>& into) noexcept {
  std::uint8_t bytes[Bytes];
  if (::getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes)) return false;
  static_assert(net::encoded_base64url_size(Bytes) == N);
  into.resize_and_overwrite(
      N, [&](char* room) { (void)net::encode_base64url(bytes, std::span(room, N)); });
  wipe(bytes, sizeof bytes);
  return true;
}

std::uint64_t number_of(const net::hmac_tag& tag) noexcept {
  std::uint64_t number = 0;
  std::memcpy(&number, tag.data(), sizeof number);
  return number;
}

}  // namespace

door::door(std::span<session_table::session> sessions, const door_limits& limits,
           std::span<attempt> attempts, attempt_table& addresses, attempt_table& pairs,
           attempt_table& besieged) noexcept
    : sessions_(sessions, limits.sessions_per_user),
      attempts_(attempts),
      addresses_(&addresses),
      pairs_(&pairs),
      besieged_(&besieged) {}

std::string door::open(const door_options& chosen) {
  options_ = chosen;
  sessions_.lives(chosen.idle, chosen.longest);
  file_ = users_file(chosen.users);
  if (!has_users()) return {};
  if (::getrandom(key_.data(), key_.size(), 0) != static_cast<ssize_t>(key_.size())) {
    return "the system has no randomness for sessions";
  }
  const auto made = hash_password("nobody has this password");
  if (!made.ok()) return std::string(made.error().reason());
  nobodys_ = *made;
  user_list users;
  if (!file_.is_there()) return chosen.users + ": there are no users yet";
  if (const file_problem problem = file_.load(users); !problem.empty()) {
    return chosen.users + ": " + std::string(problem.view());
  }
  if (users.empty()) return chosen.users + ": there are no users yet";
  replace_users(users);
  return {};
}

// --- signing in ---

net::hmac_tag door::tag_of(std::string_view secret) const noexcept {
  constexpr std::string_view border("\0", 1);
  const std::string_view parts[] = {"session", border, secret};
  return net::hmac_sha256(key_, parts);
}

door::counted door::count_for(const net::peer_key& peer, std::string_view name) noexcept {
  constexpr std::string_view border("\0", 1);
  const std::string_view of_name[] = {"name", border, name};
  const std::uint64_t hashed = number_of(net::hmac_sha256(key_, of_name));
  const std::string_view address(reinterpret_cast<const char*>(&peer.network), sizeof peer.network);
  const std::string_view of_pair[] = {"pair", border, address, name};
  return {.peer = peer,
          .pair = {.network = number_of(net::hmac_sha256(key_, of_pair)), .family = peer.family},
          .everywhere = &crowds_[static_cast<std::size_t>(hashed % crowds_.size())]};
}

duration door::wait_of(const counted& who, time_point now) noexcept {
  duration longest = std::max(addresses_->wait(who.peer, now), pairs_->wait(who.pair, now));
  const bool besieged =
      who.everywhere->wrong >= besieged_after && now - who.everywhere->since < siege_lasts;
  if (besieged) longest = std::max(longest, besieged_->wait(who.pair, now));
  return longest;
}

void door::count_wrong(const attempt& of, time_point now) noexcept {
  const counted who = count_for(of.peer, of.name);
  // with the name: one password tried for many names is as many attempts
  text<user_name::capacity + 1 + longest_password> tried;
  (void)(tried.append(of.name) && tried.append(":") && tried.append(of.password));
  addresses_->failed(who.peer, tried, now);
  pairs_->failed(who.pair, tried, now);
  besieged_->failed(who.pair, tried, now);
  wipe(tried);
  crowd& everywhere = *who.everywhere;
  if (everywhere.wrong == 0 || now - everywhere.since >= siege_lasts) everywhere = {0, now};
  if (everywhere.wrong != UINT16_MAX) ++everywhere.wrong;
}

door::attempt* door::room_for_attempt(const net::peer_key& peer, time_point now,
                                      bool& same_peer) noexcept {
  attempt* room = nullptr;
  for (attempt& each : attempts_) {
    using state = attempt::state;
    if (each.now != state::free && each.now != state::checking &&
        now - each.began >= fetched_within) {
      each = attempt{};
    }
    if (each.now == state::free) {
      room = &each;
    } else if (each.now == state::checking && each.peer == peer) {
      same_peer = true;
    }
  }
  return room;
}

sign_in_answer door::sign_in(std::string_view address, std::string_view name,
                             std::string_view password, time_point now) noexcept {
  if (name.size() > user_name::capacity || password.size() > longest_password) {
    return {.what = kind::wrong};  // nobody's
  }
  const net::peer_key peer = net::key_of_peer(address);
  attempt* room = nullptr;
  {
    const lock held(mutex_);
    const duration wait = wait_of(count_for(peer, name), now);
    if (wait > duration::zero()) {
      const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
      return {.what = kind::wait, .seconds = static_cast<std::uint32_t>(seconds)};
    }
    // one at a time from each address: otherwise many at once would be checked before one is
    // counted
    bool same_peer = false;
    room = room_for_attempt(peer, now, same_peer);
    if (same_peer || room == nullptr || !make_random<16>(room->ticket)) {
      return {.what = kind::busy, .seconds = 1};
    }
    room->now = attempt::state::checking;
    room->began = now;
    room->peer = peer;
    (void)room->name.assign(name);
    (void)room->password.assign(password);
    const user* const who = users_.find(name);
    room->hash = who == nullptr ? nobodys_ : who->hash;
  }
  // Kept, since the attempt is free again only when it was checked. Nobody awaits it: a browser
  // asks.
  const auto work =
      offload({.in_turn_with = this, .kept = true}, [this, room, now] { check(*room, now); });
  if (!work.is_under_way()) {
    const lock held(mutex_);
    wipe(room->password);
    *room = attempt{};
    return {.what = kind::busy, .seconds = 1};
  }
  return {.what = kind::checking, .ticket = room->ticket};
}

void door::check(attempt& which, time_point now) noexcept {
  // of this attempt nobody else touches anything while it is checked
  const bool right = is_password(which.password, which.hash);
  const lock held(mutex_);
  // the user may be gone, or have another password by now
  const user* const who = users_.find(which.name);
  const bool still = who != nullptr && who->hash == which.hash;
  if (right && still) {
    const counted of = count_for(which.peer, which.name);
    pairs_->succeeded(of.pair);
    besieged_->succeeded(of.pair);
  } else {
    count_wrong(which, now);
  }
  wipe(which.password);
  which.now = right && still ? attempt::state::right : attempt::state::wrong;
}

sign_in_answer door::fetch(std::string_view address, std::string_view ticket,
                           time_point now) noexcept {
  const net::peer_key peer = net::key_of_peer(address);
  const lock held(mutex_);
  for (attempt& each : attempts_) {
    using state = attempt::state;
    if (each.now == state::free || !(each.peer == peer)) continue;
    if (!net::same_secret(each.ticket, ticket)) continue;
    if (each.now == state::checking) return {.what = kind::checking, .ticket = each.ticket};
    const attempt asked = each;
    each = attempt{};
    if (asked.now == state::wrong) return {.what = kind::wrong};
    const user* const who = users_.find(asked.name);
    if (who == nullptr || !(who->hash == asked.hash)) return {.what = kind::wrong};
    sign_in_answer answer{.what = kind::right, .name = who->name, .role = limited(who->role)};
    if (!make_random<32>(answer.secret)) return {.what = kind::busy, .seconds = 1};
    if (!sessions_.open(tag_of(answer.secret), *who, now).ok()) return {.what = kind::full};
    tell_hosts();  // it may have taken the place of another
    return answer;
  }
  return {.what = kind::unknown};
}

void door::sign_out(std::string_view secret, time_point now) noexcept {
  const lock held(mutex_);
  if (auto* const session = sessions_.at(sessions_.find(tag_of(secret), now))) {
    sessions_.end(*session);
  }
  tell_hosts();
}

// --- sessions ---

session_ref door::session_of(std::string_view secret, time_point now) noexcept {
  if (secret.size() != session_secret::capacity) return {};
  const lock held(mutex_);
  return sessions_.find(tag_of(secret), now);
}

role door::role_in(session_ref session) noexcept {
  const lock held(mutex_);
  const auto* const there = sessions_.at(session);
  return there == nullptr ? role::none : limited(there->role);
}

user_name door::name_in(session_ref session) noexcept {
  const lock held(mutex_);
  const auto* const there = sessions_.at(session);
  return there == nullptr ? user_name() : there->user;
}

bool door::is_open(session_ref session, time_point now) noexcept {
  const lock held(mutex_);
  auto* const there = sessions_.at(session);
  if (there == nullptr) return false;
  there->used = now;
  return true;
}

std::uint32_t door::sessions_open() noexcept {
  const lock held(mutex_);
  return sessions_.used();
}

void door::replace_users(const user_list& users) noexcept {
  const lock held(mutex_);
  users_ = users;
  if (sessions_.end_changed(users_)) tell_hosts();
}

void door::tell_hosts() noexcept {
  ends_.set(ends_.get() + 1);
}

file_problem door::reload() noexcept {
  const lock alone(reading_);
  if (!file_.has_changed()) return {};
  user_list users;
  file_problem problem = file_.load(users);
  if (problem.empty()) replace_users(users);
  return problem;
}

task<> door::keep(log* to) {
  file_problem told;
  for (unsigned looks = 1;; ++looks) {
    co_await sleep(between_looks);
    if (looks % looks_between_ends == 0) {
      const lock held(mutex_);
      (void)sessions_.end_old(runtime::current()->now());
      tell_hosts();  // also without an end: each open page is seen, so that its session is not idle
    }
    if (!has_users()) continue;
    const auto read = co_await offload({.in_turn_with = this}, [this] { return reload(); });
    if (!read.ok() || *read == told) continue;
    told = *read;
    if (to == nullptr || told.empty()) continue;
    to->write(log_level::warning,
              {"the users stay as they were: ", std::string_view(file_.path()), ": ", told.view()});
  }
}

}  // namespace musubi::access
