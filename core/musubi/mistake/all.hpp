#pragma once
/// All compile-time messages about wrong declarations, for headers that applications include.

#include <musubi/mistake/call.hpp>
#include <musubi/mistake/command.hpp>
#include <musubi/mistake/field.hpp>
#include <musubi/mistake/offload.hpp>
#include <musubi/mistake/socket.hpp>
#include <musubi/mistake/store.hpp>
#include <musubi/mistake/upload.hpp>
#include <musubi/mistake/value.hpp>
