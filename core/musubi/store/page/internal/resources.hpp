#pragma once
/// The resources that all pages of one host share.

#include <cstddef>
#include <cstdint>
#include <span>

#include <musubi/async/runtime.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/internal/arena.hpp>
#include <musubi/memory/internal/size_classes.hpp>
#include <musubi/store/page/internal/shares.hpp>
#include <musubi/store/page/telemetry.hpp>

namespace musubi {

using mail_classes = std::array<size_class, 3>;
using mail_pools = size_class_pools<3>;

/// Counters of pages, for metrics.
struct page_counters {
  std::uint64_t commands = 0;          ///< handled, with any result
  std::uint64_t commands_refused = 0;  ///< answered with an error
  std::uint64_t messages = 0;          ///< delivered to `handle_info`
  std::uint64_t renders = 0;
  std::uint64_t patches = 0;                 ///< envelopes sent
  std::uint64_t operations = 0;              ///< in those envelopes
  std::uint64_t failures = 0;                ///< pages ended with phx_error
  std::uint64_t asyncs_discarded = 0;        ///< results that were no longer wanted
  std::uint64_t updates_without_target = 0;  ///< of `send_update`
};

struct upload_services;
class node_index;

/// Memory and services of the host that its pages use, one at a time.
struct page_resources {
  runtime* host;
  mail_pools* mail;
  block_pool* subscriptions;
  block_pool* nodes = nullptr;         ///< child stores
  node_index* index = nullptr;         ///< of their store_ids
  block_pool* asyncs = nullptr;        ///< tasks under way
  block_pool* outgoing = nullptr;      ///< stream operations and events until they are sent
  upload_services* uploads = nullptr;  ///< null if no store takes files
  arena* decode;                       ///< a payload while it is decoded
  std::span<std::byte> render;         ///< a State while it is compared; fits the largest
  page_counters* counters;
  duration handler_timeout;                           ///< contract section 4.7
  std::uint16_t mailbox;                              ///< most messages waiting for one page
  std::uint16_t outgoing_per_page = 0;                ///< most blocks of `outgoing` for one page
  std::uint32_t subscriptions_per_page = UINT32_MAX;  ///< most subscriptions of one page
  const share_keeper* shares = nullptr;               ///< null: no shares
  [[no_unique_address]] observer observed = {};
};

}  // namespace musubi
