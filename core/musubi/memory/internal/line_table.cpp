#include <musubi/memory/internal/line_table.hpp>

namespace musubi {

table_line line_at(std::string_view table, std::size_t index) noexcept {
  table_line line;
  for (const char* at = table.data(); at != table.data() + table.size(); ++at) {
    if (index != 0) {
      if (*at == '\n') --index;
      continue;
    }
    const char* const begin = at;
    while (*at != '\n') ++at;
    line.text = {begin, static_cast<std::size_t>(at - begin)};
    while (line.text.front() != ' ') {
      line.number = static_cast<std::uint16_t>(line.number * 10 + (line.text.front() - '0'));
      line.text.remove_prefix(1);
    }
    line.text.remove_prefix(1);
    break;
  }
  return line;
}

}  // namespace musubi
