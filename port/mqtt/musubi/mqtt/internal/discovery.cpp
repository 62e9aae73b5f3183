#include <initializer_list>

#include <musubi/hosted/command_line.hpp>
#include <musubi/mqtt/internal/discovery.hpp>

namespace musubi::mqtt {

namespace {

bool join(topic_text& into, std::initializer_list<std::string_view> levels) noexcept {
  into.clear();
  bool first = true;
  for (const std::string_view level : levels) {
    if (!(first || into.append("/")) || !into.append(level)) return false;
    first = false;
  }
  return true;
}

/// Members of an object: `"word":` and a value.
class members {
 public:
  explicit members(json::writer& out) noexcept : out_(out) { out_.raw('{'); }
  ~members() { out_.raw('}'); }
  members(const members&) = delete;
  members& operator=(const members&) = delete;

  /// Begins a member; its value follows.
  json::writer& operator[](std::string_view word) noexcept {
    out_.raw(first_ ? "\"" : ",\"");
    first_ = false;
    out_.raw(word);
    out_.raw("\":");
    return out_;
  }
  /// Left out if `value` is empty.
  void text(std::string_view word, std::string_view value) noexcept {
    if (!value.empty()) (*this)[word].string(value);
  }
  /// `value` is JSON already.
  void raw(std::string_view word, std::string_view value) noexcept { (*this)[word].raw(value); }

 private:
  json::writer& out_;
  bool first_ = true;
};

constexpr std::string_view platform_of(entity_kind kind) noexcept {
  switch (kind) {
    case entity_kind::binary_sensor:
      return "binary_sensor";
    case entity_kind::sensor:
    case entity_kind::choice:
      return "sensor";
    case entity_kind::toggle:
      return "switch";
    case entity_kind::number:
      return "number";
    case entity_kind::select:
      return "select";
    case entity_kind::button:
      break;
  }
  return "button";
}

/// "set_target" -> "Set target"
void write_label(json::writer& out, std::string_view name) noexcept {
  out.raw('"');
  bool first = true;
  for (const char c : name) {
    const bool lower = c >= 'a' && c <= 'z';
    out.raw(c == '_' ? ' ' : first && lower ? static_cast<char>(c - 'a' + 'A') : c);
    first = false;
  }
  out.raw('"');
}

/// A template that finds a field in the State. In brackets, because `value_json.items` would be a
/// function of Python's.
void write_value_template(json::writer& out, std::string_view field) noexcept {
  out.raw("\"{{ value_json['");
  out.raw(field);
  out.raw("'] }}\"");
}
/// The payload of a command, `{"celsius": …}`, as the inside of a string.
void write_payload(json::writer& out, std::string_view argument, std::string_view value) noexcept {
  out.raw(R"("{\")");
  out.raw(argument);
  out.raw(R"(\": )");
  out.raw(value);
  out.raw(R"( }")");
}

void write_setting(members& into, const discovery& of, const entity& each) noexcept {
  topic_text topic;
  if (!command_topic_of(of.device, each.command, topic)) return;  // the bridge has looked
  into.text("cmd_t", topic);
  switch (each.kind) {
    case entity_kind::toggle:
      write_payload(into["pl_on"], each.argument, "true");
      write_payload(into["pl_off"], each.argument, "false");
      if (!each.shows.empty()) {
        into.text("stat_on", "True");
        into.text("stat_off", "False");
      }
      return;
    case entity_kind::number:
      write_payload(into["cmd_tpl"], each.argument, "{{ value }}");
      into.raw("min", each.least);
      into.raw("max", each.most);
      into.raw("step", each.step);
      return;
    case entity_kind::select:
      return write_payload(into["cmd_tpl"], each.argument, R"(\"{{ value }}\")");
    case entity_kind::button:
      return into.text("pl_prs", "{}");
    case entity_kind::binary_sensor:
    case entity_kind::sensor:
    case entity_kind::choice:
      return;
  }
}

void write_options(json::writer& out, std::span<const std::string_view> names) noexcept {
  out.raw('[');
  bool first = true;
  for (const std::string_view name : names) {
    if (name.empty()) continue;
    if (!first) out.raw(',');
    first = false;
    out.string(name);
  }
  out.raw(']');
}

void write_component(json::writer& out, const discovery& of, const entity& each,
                     std::string_view state_topic) noexcept {
  members into(out);
  into.text("p", platform_of(each.kind));
  {
    json::writer& id = into["uniq_id"];
    id.raw('"');
    id.characters(of.device.device);
    id.raw('_');
    id.raw(each.key);
    id.raw('"');
  }
  write_label(into["name"], each.label);
  into.text("dev_cla", each.kind == entity_kind::choice ? "enum" : each.device_class);
  into.text("unit_of_meas", each.unit);
  into.text("stat_cla", each.state_class);
  if (!each.options.empty()) write_options(into["ops"], each.options);
  if (!each.shows.empty()) {
    into.text("stat_t", state_topic);
    write_value_template(into["val_tpl"], each.shows);
  }
  if (each.kind == entity_kind::binary_sensor) {  // as Python writes them
    into.text("pl_on", "True");
    into.text("pl_off", "False");
  }
  if (!each.command.empty()) write_setting(into, of, each);
}

}  // namespace

bool state_topic_of(const home_assistant_options& device, topic_text& into) noexcept {
  return join(into, {device.base, device.device, "state"});
}
bool command_topic_of(const home_assistant_options& device, std::string_view command,
                      topic_text& into) noexcept {
  return join(into, {device.base, device.device, command, "set"});
}
bool discovery_topic_of(const home_assistant_options& device, topic_text& into) noexcept {
  return join(into, {device.prefix, "device", device.device, "config"});
}

void write_discovery(const discovery& of, json::writer& out) noexcept {
  // What shows no field must not be given the topic of all others.
  bool any_blind = false;
  for (const entity& each : of.entities) any_blind = any_blind || each.is_blind();
  topic_text state;
  (void)state_topic_of(of.device, state);

  members all(out);
  {
    members device(all["dev"]);
    device.text("ids", of.device.device);
    device.text("name", of.device.name.empty() ? of.device.device : of.device.name);
    device.text("mf", of.device.manufacturer);
    device.text("mdl", of.model);
    device.text("sw", of.device.version);
    device.text("sa", of.device.area);
    device.text("cu", of.device.configuration_url);
  }
  {
    members origin(all["o"]);
    origin.text("name", "musubi");
    origin.text("sw", program::version());
  }
  {
    members components(all["cmps"]);
    for (const entity& each : of.entities) {
      write_component(components[each.key], of, each,
                      any_blind ? state.view() : std::string_view());
    }
  }
  if (!any_blind) all.text("state_topic", state);
  {
    json::writer& list = all["availability"];
    list.raw('[');
    {
      members topic(list);
      topic.text("topic", of.availability.topic);
      topic.text("payload_available", of.availability.online);
      topic.text("payload_not_available", of.availability.offline);
    }
    list.raw(']');
  }
  all.raw("qos", "1");
}

}  // namespace musubi::mqtt
