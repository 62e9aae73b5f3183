#pragma once
/// One host for all tests that publish or subscribe: topics remember their hosts for ever.

#include "unit/async/virtual_host.hpp"

#include <musubi/async/task_group.hpp>
#include <musubi/store/context.hpp>

namespace gateway::test {

inline musubi::test::virtual_host& shared_host() {
  static musubi::test::virtual_host host;
  return host;
}

/// Where a store's functions believe to be: takes subscriptions and forgets them.
class quiet_context final : public musubi::context {
 public:
  [[nodiscard]] std::string_view module() const noexcept override { return "Test"; }
  [[nodiscard]] std::string_view id() const noexcept override { return "test"; }
  [[nodiscard]] musubi::time_point now() const noexcept override { return shared_host().now(); }
  void changed() noexcept override {}
  [[nodiscard]] std::string_view store_id() const noexcept override { return {}; }
  void fail(const musubi::status&) noexcept override {}
  [[nodiscard]] int subscriptions() const noexcept { return subscriptions_; }
  /// Subscriptions that are still accepted.
  int room = 100;

 private:
  musubi::status add_subscription(musubi::subscriber_list&, void*, const musubi::detail::delivery&,
                                  const void*) noexcept override {
    if (subscriptions_ == room) return musubi::exhausted("subscriptions");
    ++subscriptions_;
    return {};
  }
  [[nodiscard]] void* find(const char*) const noexcept override { return nullptr; }
  int subscriptions_ = 0;
};

}  // namespace gateway::test
