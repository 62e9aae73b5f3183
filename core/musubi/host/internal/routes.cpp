#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/root_channel.hpp>
#include <musubi/host/internal/routes.hpp>

namespace musubi {

void join_route::unauthorized(connection& on, const phoenix::frame& join) noexcept {
  on.refuse_join(join, "unauthorized");
}

}  // namespace musubi
