#pragma once
/// The discovery payload of a device, in the form that Home Assistant documents:
/// https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload

#include <span>
#include <string_view>

#include <musubi/json/internal/writer.hpp>
#include <musubi/mqtt/home_assistant_options.hpp>
#include <musubi/mqtt/internal/entity.hpp>
#include <musubi/mqtt/internal/topic_pattern.hpp>
#include <musubi/mqtt/options.hpp>

namespace musubi::mqtt {

/// What the payload is made of.
struct discovery {
  const home_assistant_options& device;
  std::string_view model;  ///< the module of the store
  std::span<const entity> entities;
  const will& availability;
};

/// `musubi/cellar/state`; false if it is too long.
[[nodiscard]] bool state_topic_of(const home_assistant_options& device, topic_text& into) noexcept;
/// `musubi/cellar/set_target/set`
[[nodiscard]] bool command_topic_of(const home_assistant_options& device, std::string_view command,
                                    topic_text& into) noexcept;
/// `homeassistant/device/cellar/config`
[[nodiscard]] bool discovery_topic_of(const home_assistant_options& device,
                                      topic_text& into) noexcept;

void write_discovery(const discovery& of, json::writer& out) noexcept;

}  // namespace musubi::mqtt
