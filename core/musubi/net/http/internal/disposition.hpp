#pragma once

#include <string_view>

#include <musubi/net/http/internal/response.hpp>

/// The Content-Disposition of a response (RFC 6266).
namespace musubi::net::http {

/// Writes the field: whether the content is saved or shown, and the name to save it under, which
/// may be any bytes. A name of letters and digits is sent as it is; any other in the encoding of
/// RFC 8187, after a form of it for clients that do not know that.
void write_disposition(head_writer& out, bool download, std::string_view file_name) noexcept;

}  // namespace musubi::net::http
