#include "loadgen/root.hpp"

#include "loadgen/expect.hpp"

namespace loadgen {

namespace {

constexpr std::string_view module_of(root_kind kind) {
  return kind == root_kind::counter ? "App.Counter" : "App.Sensor";
}

constexpr std::string_view patch_end = R"(],"stream_ops":[],"upload_ops":[],"events":[]}])";
constexpr std::string_view version_key = R"(,"version":)";
constexpr std::string_view first_reading_op =
    R"(,"ops":[{"op":"replace","path":"/uptime","value":)";

}  // namespace

root::root(root_kind kind, std::string_view id) : kind_(kind), id_(id) {
  root_id_.append(module_of(kind)).append(":").append(id);
  topic_ = "musubi:connection:" + root_id_;
  reply_tail_ = "\",\"" + topic_ + R"(","phx_reply",{"status":"ok","response":{}}])";
  patch_head_ = R"(["1",null,")" + topic_ + R"(","patch",{"type":"patch","root_id":")" + root_id_ +
                R"(","base_version":)";
}

void root::append_join(std::string& out) const {
  std::string text = R"(["1","1",")" + topic_ + R"(","phx_join",{"module":")";
  text.append(module_of(kind_)).append(R"(","id":")").append(id_).append(R"(","params":{}}])");
  append_frame(out, text);
}

void root::append_increment(std::string& out, std::uint32_t ref) const {
  thread_local std::string text;
  text.assign(R"(["1",")").append(std::to_string(ref)).append("\",\"").append(topic_);
  text.append(R"(","command",{"store_id":[],"name":"increment","payload":{"amount":1}}])");
  append_frame(out, text);
}

void root::append_tick(std::string& out, std::uint32_t ref, frame_kind kind) const {
  append_frame(out,
               R"(["1",")" + std::to_string(ref) + "\",\"" + topic_ +
                   R"(","command",{"store_id":[],"name":"tick","payload":{}}])",
               kind);
}

bool root::is_join_reply(std::string_view message) const {
  return expect(message)
      .text(R"(["1","1",")")
      .text(topic_)
      .text(R"(","phx_reply",{"status":"ok","response":{"root_id":")")
      .text(root_id_)
      .text(R"("}}])")
      .matched();
}

bool root::is_initial_patch(std::string_view message, std::int64_t& uptime) const {
  expect it(message);
  it.text(patch_head_).text(R"(0,"version":1,"ops":[{"op":"replace","path":"","value":)");
  it.text(R"({"__musubi_store_id__":[],)");
  if (kind_ == root_kind::counter) {
    it.text(R"("count":0)");
  } else {
    double temperature = 0;
    double humidity = 0;
    double time = 0;
    it.text(R"("temperature":)").any_number(temperature);
    it.text(R"(,"humidity":)").any_number(humidity);
    it.text(R"(,"uptime":)").any_number(time);
    uptime = static_cast<std::int64_t>(time);
  }
  return it.text("}}").text(patch_end).matched();
}

bool root::is_reply(std::string_view message, std::uint32_t ref) const {
  return expect(message).text(R"(["1",")").number(ref).text(reply_tail_).matched();
}

bool root::is_count(std::string_view message, std::uint32_t version, std::int64_t count) const {
  return expect(message)
      .text(patch_head_)
      .number(version - 1)
      .text(version_key)
      .number(version)
      .text(R"(,"ops":[{"op":"replace","path":"/count","value":)")
      .number(count)
      .text("}")
      .text(patch_end)
      .matched();
}

bool root::is_reading(std::string_view message, std::uint32_t version, std::int64_t uptime) const {
  double ignored = 0;
  return expect(message)
      .text(patch_head_)
      .number(version - 1)
      .text(version_key)
      .number(version)
      .text(first_reading_op)
      .number(uptime)
      .text(R"(},{"op":"replace","path":"/temperature","value":)")
      .any_number(ignored)
      .text(R"(},{"op":"replace","path":"/humidity","value":)")
      .any_number(ignored)
      .text("}")
      .text(patch_end)
      .matched();
}

bool root::is_some_reading(std::string_view message, std::uint32_t version,
                           std::int64_t& uptime) const {
  if (!message.ends_with(patch_end)) return false;
  const std::string_view ops = message.substr(0, message.find('}') + 1);
  double time = 0;
  const bool matched = expect(ops)
                           .text(patch_head_)
                           .number(version - 1)
                           .text(version_key)
                           .number(version)
                           .text(first_reading_op)
                           .any_number(time)
                           .text("}")
                           .matched();
  uptime = static_cast<std::int64_t>(time);
  return matched;
}

}  // namespace loadgen
