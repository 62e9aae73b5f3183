#pragma once
/// Which topics can be joined, which events a root knows, and which requests are the application's.

#include <span>
#include <string_view>

#include <musubi/host/internal/root_channel.hpp>
#include <musubi/host/internal/upload_channel.hpp>

namespace musubi {

struct get_table;

/// Topics that start with `prefix` are joined by `join`, which answers.
struct join_route {
  std::string_view prefix;
  void (*join)(connection& on, const phoenix::frame& join) noexcept;

  /// Refuses a topic of Musubi's that cannot be joined (contract section 3.2).
  static void unauthorized(connection& on, const phoenix::frame& join) noexcept;
};

/// An event on the channel of a root, with a ref: it is answered now or later, or the page fails.
struct event_route {
  std::string_view name;
  void (*run)(page& root, const phoenix::frame& event) noexcept;
};

/// What comes to a host, and where it goes. What is not named here is not linked.
struct routes {
  std::span<const join_route> joins;  ///< the first whose prefix fits
  std::span<const event_route> events;
  const get_table* gets = nullptr;  ///< null: none
};

namespace detail {
inline constexpr join_route joins_of_roots[] = {
    {root_channel::prefix, &root_channel::join},
    {"musubi:", &join_route::unauthorized},
    {upload_channel::prefix, &join_route::unauthorized}};
inline constexpr event_route events_of_roots[] = {{"command", &root_channel::command}};

inline constexpr join_route joins_with_uploads[] = {
    {root_channel::prefix, &root_channel::join},
    {"musubi:", &join_route::unauthorized},
    {upload_channel::prefix, &upload_channel::join}};
inline constexpr event_route events_with_uploads[] = {
    {"command", &root_channel::command},
    {"allow_upload", &upload_channel::request<upload_event::allow_upload>},
    {"cancel_upload", &upload_channel::request<upload_event::cancel_upload>},
    {"upload_progress", &upload_channel::request<upload_event::upload_progress>},
    {"upload_error", &upload_channel::request<upload_event::upload_error>}};
}  // namespace detail

inline constexpr routes routes_of_roots{detail::joins_of_roots, detail::events_of_roots};
/// Where some store takes files.
inline constexpr routes routes_with_uploads{detail::joins_with_uploads,
                                            detail::events_with_uploads};

}  // namespace musubi
