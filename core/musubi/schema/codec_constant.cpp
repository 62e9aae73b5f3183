#include <musubi/schema/codec_constant.hpp>

namespace musubi::detail {

bool read_constant(json::reader& from, std::string_view json) noexcept {
  switch (json.front()) {
    case '"': {
      const auto found = from.string();
      return found && *found == without_quotes(json);
    }
    case 't':
    case 'f': {
      const auto found = from.boolean();
      return found && *found == (json.front() == 't');
    }
    default: {
      // however it is written: 1 and 1.0 are the same
      const auto found = from.integer();
      return found && *found == json::reader(json).integer();
    }
  }
}

}  // namespace musubi::detail
