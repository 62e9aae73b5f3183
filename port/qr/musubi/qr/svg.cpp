#include <musubi/qr/svg.hpp>

namespace musubi::qr {

namespace {

/// Text of an element of XML. Control characters, which XML cannot have, are left out.
void append_text(std::string& to, std::string_view text) {
  for (const char c : text) {
    if (c == '<') {
      to += "&lt;";
    } else if (c == '>') {
      to += "&gt;";
    } else if (c == '&') {
      to += "&amp;";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      to += c;
    }
  }
}

/// One rectangle for each run of dark modules in a row.
void append_run(std::string& to, std::size_t x, std::size_t y, std::size_t length) {
  const std::string width = std::to_string(length);
  to += 'M';
  to += std::to_string(code::margin + x);
  to += ' ';
  to += std::to_string(code::margin + y);
  to += 'h';
  to += width;
  to += "v1h-";
  to += width;
  to += 'z';
}

}  // namespace

std::string svg(const code& what, std::string_view title) {
  const std::string side = std::to_string(what.size() + 2 * code::margin);
  std::string made = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ";
  made += side;
  made += ' ';
  made += side;
  made += "\" role=\"img\" shape-rendering=\"crispEdges\"><title>";
  append_text(made, title);
  made += "</title><path fill=\"#fff\" d=\"M0 0h";
  made += side;
  made += 'v';
  made += side;
  made += "H0z\"/><path d=\"";
  for (std::size_t y = 0; y < what.size(); ++y) {
    for (std::size_t x = 0; x < what.size(); ++x) {
      std::size_t length = 0;
      while (what.is_dark(x + length, y)) ++length;
      if (length == 0) continue;
      append_run(made, x, y, length);
      x += length;
    }
  }
  made += "\"/></svg>";
  return made;
}

}  // namespace musubi::qr
