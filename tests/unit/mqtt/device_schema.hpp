#pragma once
/// The form of a discovery payload of Home Assistant, written by hand from its documentation:
/// https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload, and the pages of the
/// platforms (sensor.mqtt, binary_sensor.mqtt, switch.mqtt, number.mqtt, select.mqtt, button.mqtt).
/// Of the options that are documented, it has those that a device of this library may have, in the
/// long form or as the documented abbreviation.

#include <string>
#include <string_view>

#include <musubi/testkit/internal/wire.hpp>

namespace musubi::test {

inline constexpr std::string_view device_schema = R"({
  "type": "object",
  "required": ["dev", "o", "cmps"],
  "additionalProperties": false,
  "properties": {
    "dev": {
      "type": "object", "required": ["ids"], "additionalProperties": false,
      "properties": {
        "ids": {"type": "string"}, "name": {"type": "string"}, "mf": {"type": "string"},
        "mdl": {"type": "string"}, "sw": {"type": "string"}, "sa": {"type": "string"},
        "cu": {"type": "string"}
      }
    },
    "o": {
      "type": "object", "required": ["name"], "additionalProperties": false,
      "properties": {"name": {"type": "string"}, "sw": {"type": "string"}, "url": {"type": "string"}}
    },
    "cmps": {
      "type": "object",
      "additionalProperties": {"oneOf": [
        {
          "type": "object", "additionalProperties": false,
          "required": ["p", "uniq_id", "val_tpl"],
          "properties": {
            "p": {"enum": ["sensor"]}, "uniq_id": {"type": "string"}, "name": {"type": "string"},
            "dev_cla": {"type": "string"}, "unit_of_meas": {"type": "string"},
            "stat_cla": {"type": "string"},
            "ops": {"type": "array", "items": {"type": "string"}},
            "stat_t": {"type": "string"}, "val_tpl": {"type": "string"}
          }
        },
        {
          "type": "object", "additionalProperties": false,
          "required": ["p", "uniq_id", "val_tpl", "pl_on", "pl_off"],
          "properties": {
            "p": {"enum": ["binary_sensor"]}, "uniq_id": {"type": "string"},
            "name": {"type": "string"}, "dev_cla": {"type": "string"},
            "stat_t": {"type": "string"}, "val_tpl": {"type": "string"},
            "pl_on": {"type": "string"}, "pl_off": {"type": "string"}
          }
        },
        {
          "type": "object", "additionalProperties": false,
          "required": ["p", "uniq_id", "cmd_t", "pl_on", "pl_off"],
          "properties": {
            "p": {"enum": ["switch"]}, "uniq_id": {"type": "string"}, "name": {"type": "string"},
            "dev_cla": {"enum": ["outlet", "switch"]},
            "stat_t": {"type": "string"}, "val_tpl": {"type": "string"},
            "cmd_t": {"type": "string"}, "pl_on": {"type": "string"}, "pl_off": {"type": "string"},
            "stat_on": {"type": "string"}, "stat_off": {"type": "string"}
          }
        },
        {
          "type": "object", "additionalProperties": false,
          "required": ["p", "uniq_id", "cmd_t", "cmd_tpl", "min", "max", "step"],
          "properties": {
            "p": {"enum": ["number"]}, "uniq_id": {"type": "string"}, "name": {"type": "string"},
            "dev_cla": {"type": "string"}, "unit_of_meas": {"type": "string"},
            "stat_t": {"type": "string"}, "val_tpl": {"type": "string"},
            "cmd_t": {"type": "string"}, "cmd_tpl": {"type": "string"},
            "min": {"type": "number"}, "max": {"type": "number"},
            "step": {"type": "number", "minimum": 0.001}
          }
        },
        {
          "type": "object", "additionalProperties": false,
          "required": ["p", "uniq_id", "cmd_t", "cmd_tpl", "ops"],
          "properties": {
            "p": {"enum": ["select"]}, "uniq_id": {"type": "string"}, "name": {"type": "string"},
            "stat_t": {"type": "string"}, "val_tpl": {"type": "string"},
            "cmd_t": {"type": "string"}, "cmd_tpl": {"type": "string"},
            "ops": {"type": "array", "items": {"type": "string"}}
          }
        },
        {
          "type": "object", "additionalProperties": false,
          "required": ["p", "uniq_id", "cmd_t"],
          "properties": {
            "p": {"enum": ["button"]}, "uniq_id": {"type": "string"}, "name": {"type": "string"},
            "cmd_t": {"type": "string"}, "pl_prs": {"type": "string"}
          }
        }
      ]}
    },
    "state_topic": {"type": "string"},
    "qos": {"enum": [0, 1, 2]},
    "availability": {
      "type": "array",
      "items": {
        "type": "object", "required": ["topic"], "additionalProperties": false,
        "properties": {
          "topic": {"type": "string"}, "payload_available": {"type": "string"},
          "payload_not_available": {"type": "string"}
        }
      }
    }
  }
})";

/// What is wrong with `value` by `schema`, which uses these words of JSON Schema only; empty if
/// nothing is.
inline std::string fault_by(json::value schema, json::value value) {
  const auto is = [&](std::string_view word) {
    if (word == "object") return value.is_object();
    if (word == "array") return value.is_array();
    if (word == "string") return value.string().has_value();
    return word == "number" && value.number().has_value();
  };
  if (const auto type = schema.member("type").string(); type && !is(*type)) {
    return "not of type " + std::string(*type);
  }
  if (const json::value allowed = schema.member("enum")) {
    bool found = false;
    for (json::value each = allowed.first(); each; each = each.next()) {
      found = found || (each.string() && each.string() == value.string()) ||
              (each.number() && each.number() == value.number());
    }
    if (!found) return "not one of the allowed values";
  }
  if (const auto least = schema.member("minimum").number(); least && *value.number() < *least) {
    return "too low";
  }
  for (json::value each = schema.member("required").first(); each; each = each.next()) {
    if (!value.member(*each.string())) return "without " + std::string(*each.string());
  }
  if (const json::value items = schema.member("items")) {
    for (json::value each = value.first(); each; each = each.next()) {
      if (const std::string fault = fault_by(items, each); !fault.empty()) return fault;
    }
  }
  if (value.is_object()) {
    const json::value properties = schema.member("properties");
    const json::value others = schema.member("additionalProperties");
    for (json::value each = value.first(); each; each = each.next()) {
      const std::string key(each.key());
      json::value by = properties ? properties.member(key) : json::value();
      if (!by && others.is_object()) by = others;
      if (!by && others.boolean() == false) return "with " + key;
      if (!by) continue;
      if (const std::string fault = fault_by(by, each); !fault.empty()) return key + ": " + fault;
    }
  }
  if (const json::value among = schema.member("oneOf")) {
    std::string faults;
    int fitting = 0;
    for (json::value each = among.first(); each; each = each.next()) {
      const std::string fault = fault_by(each, value);
      if (fault.empty()) ++fitting;
      faults += fault + "; ";
    }
    if (fitting != 1) return "of " + std::to_string(fitting) + " platforms: " + faults;
  }
  return {};
}

/// What is wrong with a discovery payload; empty if it has the documented form.
inline std::string fault_in_device(std::string_view payload) {
  const testkit::document schema(device_schema);
  const testkit::document read(payload);
  if (!schema.root()) return "the schema is not JSON";
  if (!read.root()) return "not JSON";
  return fault_by(schema.root(), read.root());
}

}  // namespace musubi::test
