#pragma once
/// Sends the samples of a chart to the page.

#include "sampling/history.hpp"

#include <musubi/musubi.hpp>

namespace gateway {

/// Inserts the samples of `name` from look `next` on into the stream `Member`: for a new page all
/// of them, otherwise those that it does not have yet. No sample is lost between cores, because
/// they are read from `past` and not sent as messages.
template <auto Member, std::size_t Values, std::size_t Most>
void catch_up(musubi::context& context, const histories<Values, Most>& past, std::string_view name,
              std::uint32_t& next) noexcept {
  stretch<Values> piece;
  while (past.read(name, next, piece)) {
    context.stream<Member>().insert(piece, {.at = -1, .limit = samples_kept});
  }
}

}  // namespace gateway
