#pragma once
/// The resources that all pages of one host share.

#include <cstddef>
#include <cstdint>
#include <span>

#include <musubi/async/runtime.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/internal/arena.hpp>
#include <musubi/memory/internal/size_classes.hpp>
#include <musubi/memory/internal/tally.hpp>
#include <musubi/store/page/internal/shares.hpp>
#include <musubi/store/page/telemetry.hpp>

namespace musubi {

using mail_classes = std::array<size_class, 3>;
using mail_pools = size_class_pools<3>;

/// Counters of pages, for metrics. Value-initialize it.
struct page_counters {
  tally commands;          ///< handled, with any result
  tally commands_refused;  ///< answered with an error
  tally messages;          ///< delivered to `handle_info`
  tally renders;
  tally patches;                 ///< envelopes sent
  tally operations;              ///< in those envelopes
  tally failures;                ///< pages ended with phx_error
  tally asyncs_discarded;        ///< results that were no longer wanted
  tally updates_without_target;  ///< of `send_update`
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
