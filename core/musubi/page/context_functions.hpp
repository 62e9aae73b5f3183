#pragma once
/// Defines all functions of a context.

#include <musubi/page/async_calls.hpp>
#include <musubi/page/callback.hpp>
#include <musubi/page/context.hpp>
#include <musubi/page/hooks.hpp>
#include <musubi/page/send_update.hpp>
#include <musubi/page/stream_handle.hpp>
#include <musubi/page/subscription.hpp>
#include <musubi/page/upload_handle.hpp>

namespace musubi::detail {

struct context_functions {};

}  // namespace musubi::detail
