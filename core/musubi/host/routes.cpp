#include <musubi/host/connection.hpp>
#include <musubi/host/root_channel.hpp>
#include <musubi/host/routes.hpp>

namespace musubi {

void join_route::unauthorized(connection& on, const phoenix::frame& join) noexcept {
  on.refuse_join(join, "unauthorized");
}

}  // namespace musubi
