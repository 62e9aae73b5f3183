#pragma once
/// A browser that sends files.

#include "support/album.hpp"
#include "support/browser.hpp"
#include "support/client_bytes.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace musubi::test {

/// One file on its way, as the browser sees it.
struct sending {
  browser* page;
  std::string ref;  ///< of the entry
  std::string token;
  std::string join_ref = {};

  [[nodiscard]] std::string topic() const { return "musubi_upload:" + ref; }
  std::string join() { return join_with(token); }
  std::string join_with(std::string_view given) {
    const std::string fresh = page->ref();
    join_ref = fresh;
    page->say("[\"" + fresh + "\",\"" + fresh + "\",\"" + topic() + R"(","phx_join",{"token":")" +
              std::string(given) + "\"}]");
    return fresh;
  }
  std::string chunk(std::string_view bytes) {
    const std::string fresh = page->ref();
    page->send(client_frame(0x2, binary_push(join_ref, fresh, topic(), "chunk", bytes)));
    return fresh;
  }
  std::string leave() { return page->push(join_ref, topic(), "phx_leave", "{}"); }

  [[nodiscard]] std::string reply(std::string_view to, bool ok, std::string_view response) const {
    return "[\"" + join_ref + "\",\"" + std::string(to) + "\",\"" + topic() +
           R"(","phx_reply",{"status":")" + (ok ? "ok" : "error") + R"(","response":)" +
           std::string(response) + "}]";
  }
  [[nodiscard]] std::string progress(std::string_view to, int percent) const {
    return reply(to, true, "{\"progress\":" + std::to_string(percent) + "}");
  }
  [[nodiscard]] std::string refused(std::string_view to, std::string_view reason) const {
    return reply(to, false, R"({"reason":")" + std::string(reason) + "\"}");
  }
  [[nodiscard]] std::string closed() const {
    return "[\"" + join_ref + "\",\"" + join_ref + "\",\"" + topic() + R"(","phx_close",{}])";
  }
};

/// Preflights one file; takes the reply and the patch, without looking at them.
[[nodiscard]] inline sending allowed(browser& page, root& on, std::uint64_t size,
                                     std::string_view name = "a.png",
                                     std::string_view store_id = "[]") {
  (void)on.push("allow_upload", asking("photo", name, size, store_id));
  const std::string reply = page.next();
  (void)page.next();
  return {&page, quoted_after(reply, R"("entry_ref":")"), quoted_after(reply, R"("token":")")};
}

/// Joins too.
[[nodiscard]] inline sending joined(browser& page, root& on, std::uint64_t size,
                                    std::string_view name = "a.png",
                                    std::string_view store_id = "[]") {
  sending file = allowed(page, on, size, name, store_id);
  (void)file.join();
  (void)page.next();
  return file;
}

}  // namespace musubi::test
