#pragma once
/// Stands in for the page of examples/counter, which the build makes.

#include <musubi/net/asset.hpp>

extern const musubi::net::http::asset_table web_ui;
