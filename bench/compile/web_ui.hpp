#pragma once
/// Replaces the page of examples/counter, which its build generates.

#include <musubi/net/http/asset.hpp>

extern const musubi::net::http::asset_table web_ui;
