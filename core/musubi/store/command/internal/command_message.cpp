#include <bit>

#include <musubi/json/internal/members.hpp>
#include <musubi/json/internal/usual_text.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/schema/key_fault.hpp>
#include <musubi/store/command/internal/command_message.hpp>

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

}  // namespace

const char* command_message::usual(const char* at, const char* end, json::outline& parts) noexcept {
  parts.whole = false;
  json::usual_text from(at, end);
  std::string_view store_id;
  std::string_view name;
  std::string_view payload;
  if (!short_ways || !from.exactly("{\"store_id\":") || !from.any_value(store_id) ||
      !from.exactly(",\"name\":\"") || !from.string(name, "\",\"payload\":") ||
      !from.any_value(payload) || !from.exactly("}") || store_id.front() != '[' || name.empty() ||
      payload.front() != '{') {
    return json::usual_object(at, end, parts);
  }
  json::outline::member* const members = parts.members.data();
  members[0].value = store_id;
  members[1].value = name;
  members[2].value = payload;
  parts.count = 3;
  parts.whole = parts.arranged = true;
  return from.position();
}

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
  if (parts.arranged) {
    const json::outline::member* const members = parts.members.data();
    into.store_id = members[0].value;
    into.name = members[1].value;
    into.payload = members[2].value;
    return outcome::ok;
  }
  std::string_view values[3];
  std::uint32_t twice = 0;
  json::find_members(parts, names, values, twice);
  return put_together(text, values, twice, into, error);
}

}  // namespace musubi
