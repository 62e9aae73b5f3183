#include "gets/address_code.hpp"

namespace gateway {

musubi::status address_code::open(const musubi::get_request&, musubi::get_answer& answer,
                                  const gateway_socket&) {
  // Nothing is an answer, too: a refusal would be an error in the log of every browser.
  answer.content_type = image.empty() ? "text/plain" : "image/svg+xml";
  answer.whole(image);
  return {};
}

}  // namespace gateway
