#include <utility>

#include <musubi/tls/connector.hpp>
#include <musubi/tls/internal/client_stream.hpp>

namespace musubi::tls {

connector::connector(runtime& loop, net::connector& network, const trust& trusted, std::string name)
    : network_(network), stream_(std::make_unique<client_stream>(loop, trusted, std::move(name))) {}

connector::~connector() = default;

net::stream* connector::open() noexcept {
  stream_->finish();  // the one before may still have something to send
  net::stream* const network = network_.open();
  if (network == nullptr) return nullptr;
  return stream_->begin(*network) ? stream_.get() : nullptr;
}

std::string_view connector::why() const noexcept {
  const std::string_view ours = stream_->why();
  return ours.empty() ? network_.why() : ours;
}

}  // namespace musubi::tls
