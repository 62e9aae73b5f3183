#include <musubi/access/internal/session_table.hpp>
#include <musubi/memory/fnv1a.hpp>
#include <musubi/net/same_secret.hpp>

namespace musubi::access {

std::uint64_t session_table::credential_of(const user& who) noexcept {
  return fnv1a(who.hash.view()).hash();  // it only has to differ
}

result<session_ref> session_table::open(const net::hmac_tag& tag, const user& who,
                                        time_point now) noexcept {
  (void)end_old(now);
  session* free = nullptr;
  session* idlest = nullptr;
  std::uint16_t of_user = 0;
  for (session& each : places_) {
    if (each.number == 0) {
      if (free == nullptr) free = &each;
    } else if (each.user == who.name) {
      ++of_user;
      if (idlest == nullptr || each.used < idlest->used) idlest = &each;
    }
  }
  if (of_user >= most_of_user_) free = idlest;
  if (free == nullptr) return exhausted("sessions");
  *free = {.tag = tag,
           .user = who.name,
           .credential = credential_of(who),
           .began = now,
           .used = now,
           .role = who.role,
           .number = ++last_number_};
  return session_ref{static_cast<std::uint16_t>(free - places_.data()), free->number};
}

session_ref session_table::find(const net::hmac_tag& tag, time_point now) noexcept {
  const auto as_text = [](const net::hmac_tag& from) {
    return std::string_view(reinterpret_cast<const char*>(from.data()), from.size());
  };
  for (session& each : places_) {
    if (each.number == 0 || !net::same_secret(as_text(each.tag), as_text(tag))) continue;
    if (is_over(each, now)) return {};
    each.used = now;
    return {static_cast<std::uint16_t>(&each - places_.data()), each.number};
  }
  return {};
}

session_table::session* session_table::at(session_ref ref) noexcept {
  if (ref.number == 0 || ref.place >= places_.size()) return nullptr;
  session& there = places_[ref.place];
  return there.number == ref.number ? &there : nullptr;
}

bool session_table::end_old(time_point now) noexcept {
  bool some = false;
  for (session& each : places_) {
    if (each.number == 0 || !is_over(each, now)) continue;
    end(each);
    some = true;
  }
  return some;
}

bool session_table::end_changed(const user_list& users) noexcept {
  bool some = false;
  for (session& each : places_) {
    if (each.number == 0) continue;
    const user* const who = users.find(each.user);
    if (who != nullptr && who->role == each.role && credential_of(*who) == each.credential)
      continue;
    end(each);
    some = true;
  }
  return some;
}

std::uint32_t session_table::used() const noexcept {
  std::uint32_t count = 0;
  for (const session& each : places_) count += each.number != 0 ? 1 : 0;
  return count;
}

}  // namespace musubi::access
