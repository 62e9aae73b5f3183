#include <musubi/json/scan.hpp>
#include <musubi/page/command_message.hpp>

namespace musubi {

bool command_message::read(std::string_view text, command_message& into,
                           std::string_view& error) noexcept {
  json::scanner scan(text);
  error = "missing required field";
  if (!scan.take('{')) return false;
  if (!scan.take('}')) {
    do {
      std::string_view key;
      std::string_view value;
      if (!scan.string(key) || !scan.take(':') || !scan.value(value)) return false;
      if (key == "name") {
        into.name = value;
      } else if (key == "store_id") {
        into.store_id = value;
      } else if (key == "payload") {
        into.payload = value;
      }
    } while (scan.take(','));
  }
  if (into.name.size() < 3 || into.name.front() != '"') return false;
  into.name = into.name.substr(1, into.name.size() - 2);
  return into.store_id.front() == '[' && into.payload.front() == '{';
}

}  // namespace musubi
