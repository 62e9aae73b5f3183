#pragma once
/// Defines all functions of a context.

#include <musubi/store/context.hpp>
#include <musubi/store/hook/callback.hpp>
#include <musubi/store/hook/hooks.hpp>
#include <musubi/store/internal/subscription.hpp>
#include <musubi/store/send_update.hpp>
#include <musubi/store/stream/stream_handle.hpp>
#include <musubi/store/task/async_calls.hpp>
#include <musubi/store/upload/upload_handle.hpp>

namespace musubi::detail {

struct context_functions {};

}  // namespace musubi::detail
