#include <bit>

#include <musubi/json/members.hpp>
#include <musubi/json/usual_text.hpp>
#include <musubi/memory/short_ways.hpp>
#include <musubi/page/command_message.hpp>
#include <musubi/store/key_fault.hpp>

namespace musubi {

namespace {

constexpr std::string_view names[] = {"name", "store_id", "payload"};

command_message::outcome put_together(std::span<char> text, const std::string_view* values,
                                      std::uint32_t twice, command_message& into,
                                      decode_error& error) noexcept {
  using outcome = command_message::outcome;
  if (twice != 0) {
    (void)error.expect(detail::given_once);
    (void)error.within(names[std::countr_zero(twice)]);
    return outcome::invalid_payload;
  }
  json::string_token name;
  if (!json::reader(values[0]).string(name) || name.empty()) return outcome::missing_field;
  into.name = name.decode_in(text);
  if (!values[1].empty()) into.store_id = values[1];
  if (!values[2].empty()) into.payload = values[2];
  return into.store_id.front() == '[' && into.payload.front() == '{' ? outcome::ok
                                                                     : outcome::missing_field;
}

/// The short way of what the client for browsers sends: these members, in this order.
bool usual(const json::outline& parts, command_message& into) noexcept {
  if (parts.count != 3) return false;
  const json::outline::member* const members = parts.members.data();
  const auto& store_id = members[0];
  const auto& name = members[1];
  const auto& payload = members[2];
  if (!(store_id.key == "store_id") || !(name.key == "name") || !(payload.key == "payload")) {
    return false;
  }
  json::usual_text from(name.value);
  std::string_view inside;
  if (!from.exactly("\"") || !from.string(inside, "\"") || inside.empty() ||
      store_id.value.front() != '[' || payload.value.front() != '{') {
    return false;
  }
  into.name = inside;
  into.store_id = store_id.value;
  into.payload = payload.value;
  return true;
}

}  // namespace

command_message::outcome command_message::read(std::span<char> text, command_message& into,
                                               decode_error& error) noexcept {
  std::string_view values[3];
  std::uint32_t twice = 0;
  json::reader from({text.data(), text.size()});
  if (!json::find_members(from, names, values, twice)) return outcome::missing_field;
  return put_together(text, values, twice, into, error);
}

command_message::outcome command_message::read(std::span<char> text, const json::outline& parts,
                                               command_message& into,
                                               decode_error& error) noexcept {
  if (!short_ways || !parts.whole) return read(text, into, error);
  if (usual(parts, into)) return outcome::ok;
  std::string_view values[3];
  std::uint32_t twice = 0;
  json::find_members(parts, names, values, twice);
  return put_together(text, values, twice, into, error);
}

}  // namespace musubi
