#pragma once
/// How a store tells its page the past, and keeps it up to date.

#include "sampling/history.hpp"

#include <musubi/musubi.hpp>

namespace gateway {

/// Inserts into the stream `Member` what `past` has of `name` from look `next` on: everything when
/// the page is new, else what it has not heard of. Nothing is lost on the way from another core,
/// because it is read where it is kept.
template <auto Member, std::size_t Values, std::size_t Most>
void catch_up(musubi::context& context, const histories<Values, Most>& past, std::string_view name,
              std::uint32_t& next) noexcept {
  stretch<Values> piece;
  while (past.read(name, next, piece)) {
    context.stream<Member>().insert(piece, {.at = -1, .limit = samples_kept});
  }
}

}  // namespace gateway
