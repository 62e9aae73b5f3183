#pragma once
/// The files of the login page, in port/access/web, embedded by musubi_add_assets.

#include <musubi/net/http/asset.hpp>

extern const musubi::net::http::asset_table musubi_login_files;
