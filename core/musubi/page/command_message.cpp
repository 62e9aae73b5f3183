#include <bit>

#include <musubi/json/members.hpp>
#include <musubi/page/command_message.hpp>
#include <musubi/store/key_fault.hpp>

namespace musubi {

command_message::outcome command_message::read(std::span<char> text, command_message& into,
                                               decode_error& error) noexcept {
  static constexpr std::string_view names[] = {"name", "store_id", "payload"};
  std::string_view values[3];
  std::uint32_t twice = 0;
  json::reader from({text.data(), text.size()});
  if (!json::find_members(from, names, values, twice)) return outcome::missing_field;
  if (twice != 0) {
    (void)error.expect(detail::given_once);
    (void)error.within(names[std::countr_zero(twice)]);
    return outcome::invalid_payload;
  }
  const auto name = json::reader(values[0]).string();
  if (!name || name->empty()) return outcome::missing_field;
  into.name = name->decode_in(text);
  if (!values[1].empty()) into.store_id = values[1];
  if (!values[2].empty()) into.payload = values[2];
  return into.store_id.front() == '[' && into.payload.front() == '{' ? outcome::ok
                                                                     : outcome::missing_field;
}

}  // namespace musubi
