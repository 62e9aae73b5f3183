#include "gets/health.hpp"

#include "sampling/news.hpp"

namespace gateway {

musubi::status health::open(const musubi::get_request&, musubi::get_answer& answer) {
  const vitals seen = news::machine.get();
  const bool stale = seen.looks == 0 || seen.processor.stale || (seen.memory && seen.memory->stale);
  answer.status = stale ? 503 : 200;
  answer.content_type = "application/json";
  answer.whole(stale ? R"({"status":"stale"})" : R"({"status":"ok"})");
  return {};
}

}  // namespace gateway
