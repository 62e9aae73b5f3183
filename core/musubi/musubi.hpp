#pragma once
/// Everything that the author of a store needs. A program includes its port's `host.hpp`, which
/// includes this header.

#include <musubi/mistake/all.hpp>

#include <musubi/async/event.hpp>
#include <musubi/async/mailbox.hpp>
#include <musubi/async/offload.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/async/task.hpp>
#include <musubi/host/connect_info.hpp>
#include <musubi/host/get.hpp>
#include <musubi/host/topic.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/memory/dict.hpp>
#include <musubi/memory/fixed.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/store/child/child.hpp>
#include <musubi/store/command/commands.hpp>
#include <musubi/store/event/push_event.hpp>
#include <musubi/store/internal/context_functions.hpp>
#include <musubi/store/stream/stream.hpp>
#include <musubi/store/task/async_value.hpp>
#include <musubi/store/upload/upload_sink.hpp>
#include <musubi/store/upload/uploads.hpp>
