#pragma once
/// Publishes the gateway's readings to an MQTT broker.

#include "settings/options.hpp"

#include <string>
#include <string_view>

#include <musubi/mqtt/link.hpp>

namespace gateway {

/// The readings, as the pages get them, below `musubi/gateway/NAME/`: `machine`, `network`,
/// `disks`, `surroundings`, `processes`, all retained, and `online`, which is "online", or by the
/// will "offline".
class broker_link {
 public:
  /// `host_name` names the gateway if no option does.
  broker_link(const options& chosen, std::string_view host_name);

  /// Empty, or why it cannot be used, as a sentence.
  [[nodiscard]] std::string_view problem() const noexcept { return problem_; }
  [[nodiscard]] musubi::mqtt::link& hub() noexcept { return hub_; }

 private:
  [[nodiscard]] musubi::mqtt::options address();

  std::string problem_;
  std::string url_, authority_, prefix_, online_;
  musubi::mqtt::link hub_;
};

}  // namespace gateway
