#pragma once
/// What Home Assistant accepts, as facts of its MQTT integration and of its sensors (release
/// 2025.2): the options of each platform, and which units and state classes go with which device
/// class. What it does not know of a discovery payload it drops, or refuses the entity.

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include <musubi/testkit/internal/wire.hpp>

namespace musubi::test::home_assistant {

using words = std::string_view;  // with a space between two

/// Whether `word` is one of `all`, in which "_" stands for the space in a unit.
inline bool is_among(words all, std::string_view word) {
  while (!all.empty()) {
    const std::size_t end = std::min(all.find(' '), all.size());
    if (all.substr(0, end) == word) return true;
    all.remove_prefix(std::min(end + 1, all.size()));
  }
  return false;
}

/// The documented abbreviations of the options that are used here, for the whole device, its parts,
/// and its components.
struct abbreviation {
  std::string_view text;
  std::string_view option;
};
inline constexpr abbreviation abbreviations[] = {
    {"dev", "device"},           {"o", "origin"},
    {"cmps", "components"},      {"p", "platform"},
    {"uniq_id", "unique_id"},    {"dev_cla", "device_class"},
    {"ops", "options"},          {"unit_of_meas", "unit_of_measurement"},
    {"stat_t", "state_topic"},   {"val_tpl", "value_template"},
    {"cmd_t", "command_topic"},  {"cmd_tpl", "command_template"},
    {"pl_on", "payload_on"},     {"pl_off", "payload_off"},
    {"stat_on", "state_on"},     {"stat_off", "state_off"},
    {"pl_prs", "payload_press"}, {"stat_cla", "state_class"},
    {"avty", "availability"},
};
inline constexpr abbreviation of_devices[] = {
    {"ids", "identifiers"}, {"mf", "manufacturer"},   {"mdl", "model"},
    {"sw", "sw_version"},   {"sa", "suggested_area"}, {"cu", "configuration_url"},
    {"hw", "hw_version"},   {"sn", "serial_number"},  {"cns", "connections"},
};
inline constexpr abbreviation of_origins[] = {{"sw", "sw_version"}, {"url", "support_url"}};

inline std::string_view option_of(std::span<const abbreviation> known, std::string_view key) {
  const auto at = std::find_if(known.begin(), known.end(),
                               [&](const abbreviation& each) { return each.text == key; });
  return at == known.end() ? key : at->option;
}

inline constexpr words of_all_components =
    "platform availability availability_mode availability_template availability_topic device "
    "default_entity_id enabled_by_default encoding entity_category entity_picture icon "
    "json_attributes_template json_attributes_topic name object_id origin "
    "payload_available payload_not_available qos unique_id";

struct platform {
  std::string_view name;
  words required;
  words optional;
  words device_classes;
};

inline constexpr words numeric_classes =
    "apparent_power aqi area atmospheric_pressure battery blood_glucose_concentration "
    "carbon_monoxide carbon_dioxide conductivity current data_rate data_size distance duration "
    "energy energy_distance energy_storage frequency gas humidity illuminance irradiance moisture "
    "monetary nitrogen_dioxide nitrogen_monoxide nitrous_oxide ozone ph pm1 pm10 pm25 "
    "power_factor power precipitation precipitation_intensity pressure reactive_power "
    "signal_strength sound_pressure speed sulphur_dioxide temperature volatile_organic_compounds "
    "volatile_organic_compounds_parts voltage volume volume_flow_rate volume_storage water weight "
    "wind_direction wind_speed";

inline constexpr platform platforms[] = {
    {"sensor", "state_topic",
     "device_class expire_after force_update last_reset_value_template options "
     "suggested_display_precision state_class unit_of_measurement value_template",
     ""},
    {"binary_sensor", "state_topic",
     "device_class expire_after force_update off_delay payload_off payload_on value_template",
     "battery battery_charging carbon_monoxide cold connectivity door garage_door gas heat light "
     "lock moisture motion moving occupancy opening plug power presence problem running safety "
     "smoke sound tamper update vibration window"},
    {"switch", "command_topic",
     "command_template device_class optimistic payload_off payload_on retain state_off state_on "
     "state_topic value_template",
     "outlet switch"},
    {"number", "command_topic",
     "command_template device_class max min mode optimistic payload_reset retain state_topic step "
     "unit_of_measurement value_template",
     numeric_classes},
    {"select", "command_topic options",
     "command_template optimistic retain state_topic value_template", ""},
    {"button", "command_topic", "command_template device_class payload_press retain",
     "identify restart update"},
};

/// The units and the state classes that go with a device class of a sensor. "-": without a unit.
struct measure {
  std::string_view device_class;
  words units;
  words state_classes;
};
inline constexpr words any_statistics = "measurement measurement_angle total total_increasing";
inline constexpr words lengths = "mm cm m km in ft yd mi nmi";
inline constexpr words energies = "J kJ MJ GJ mWh Wh kWh MWh GWh TWh cal kcal Mcal Gcal";
inline constexpr words pressures = "Pa hPa kPa bar cbar mbar mmHg inHg psi";
inline constexpr words volumes = "ft³ CCF m³ L mL gal fl._oz.";
inline constexpr words rain = "in/d in/h mm/d mm/h";
inline constexpr words speeds = "Beaufort ft/s in/s m/s km/h kn mph mm/s";
inline constexpr words masses = "g kg mg µg oz lb st";

inline constexpr measure measures[] = {
    {"apparent_power", "VA", "measurement"},
    {"aqi", "-", "measurement"},
    {"area", "m² cm² km² mm² in² ft² yd² mi² ac ha", any_statistics},
    {"atmospheric_pressure", pressures, "measurement"},
    {"battery", "%", "measurement"},
    {"blood_glucose_concentration", "mg/dL mmol/L", "measurement"},
    {"carbon_monoxide", "ppm", "measurement"},
    {"carbon_dioxide", "ppm", "measurement"},
    {"conductivity", "S/cm µS/cm mS/cm", "measurement"},
    {"current", "mA A", "measurement"},
    {"data_rate", "bit/s kbit/s Mbit/s Gbit/s B/s kB/s MB/s GB/s KiB/s MiB/s GiB/s", "measurement"},
    {"data_size", "bit kbit Mbit Gbit B kB MB GB TB PB EB ZB YB KiB MiB GiB TiB PiB EiB ZiB YiB",
     any_statistics},
    {"date", "-", ""},
    {"distance", lengths, any_statistics},
    {"duration", "d h min s ms µs", any_statistics},
    {"energy", energies, "total total_increasing"},
    {"energy_distance", "kWh/100km mi/kWh km/kWh", "measurement"},
    {"energy_storage", energies, "measurement"},
    {"enum", "-", ""},
    {"frequency", "Hz kHz MHz GHz", "measurement"},
    {"gas", "CCF ft³ m³ L", "total total_increasing"},
    {"humidity", "%", "measurement"},
    {"illuminance", "lx", "measurement"},
    {"irradiance", "W/m² BTU/(h⋅ft²)", "measurement"},
    {"moisture", "%", "measurement"},
    {"nitrogen_dioxide", "µg/m³", "measurement"},
    {"nitrogen_monoxide", "µg/m³", "measurement"},
    {"nitrous_oxide", "µg/m³", "measurement"},
    {"ozone", "µg/m³", "measurement"},
    {"ph", "-", "measurement"},
    {"pm1", "µg/m³", "measurement"},
    {"pm10", "µg/m³", "measurement"},
    {"pm25", "µg/m³", "measurement"},
    {"power_factor", "% -", "measurement"},
    {"power", "mW W kW MW GW TW", "measurement"},
    {"precipitation", "in mm cm", any_statistics},
    {"precipitation_intensity", rain, "measurement"},
    {"pressure", pressures, "measurement"},
    {"reactive_power", "var kvar", "measurement"},
    {"signal_strength", "dB dBm", "measurement"},
    {"sound_pressure", "dB dBA", "measurement"},
    {"speed", "Beaufort ft/s in/s m/s km/h kn mph mm/s in/d in/h mm/d mm/h", "measurement"},
    {"sulphur_dioxide", "µg/m³", "measurement"},
    {"temperature", "°C °F K", "measurement"},
    {"timestamp", "-", ""},
    {"volatile_organic_compounds", "µg/m³", "measurement"},
    {"volatile_organic_compounds_parts", "ppb ppm", "measurement"},
    {"voltage", "µV mV V kV MV", "measurement"},
    {"volume", volumes, "total total_increasing"},
    {"volume_flow_rate", "m³/h m³/s ft³/min L/h L/min L/s gal/min mL/s", "measurement"},
    {"volume_storage", volumes, "measurement"},
    {"water", "CCF ft³ m³ gal L", "total total_increasing"},
    {"weight", masses, "measurement total total_increasing"},
    {"wind_direction", "°", "measurement_angle"},
    {"wind_speed", speeds, "measurement"},
};

/// One component, with the options in their long form.
class component {
 public:
  explicit component(json::value of) : of_(of) {}
  [[nodiscard]] json::value member(std::string_view option) const {
    for (json::value each = of_.first(); each; each = each.next()) {
      if (option_of(abbreviations, each.key()) == option) return each;
    }
    return {};
  }
  [[nodiscard]] std::string_view text(std::string_view option) const {
    const json::value found = member(option);
    return found ? found.string().value_or("") : "";
  }
  /// What Home Assistant refuses, or drops without a word; empty if nothing. `shared` has what is
  /// said for all components.
  [[nodiscard]] std::string fault(json::value shared) const {
    const auto* const where =
        std::find_if(std::begin(platforms), std::end(platforms),
                     [&](const platform& each) { return each.name == text("platform"); });
    if (where == std::end(platforms)) return "no platform " + std::string(text("platform"));
    for (json::value each = of_.first(); each; each = each.next()) {
      const std::string_view option = option_of(abbreviations, each.key());
      if (!is_among(of_all_components, option) && !is_among(where->required, option) &&
          !is_among(where->optional, option)) {
        return "a " + std::string(where->name) + " has no " + std::string(option);
      }
    }
    for (const std::string_view option : {"state_topic", "command_topic", "options"}) {
      if (is_among(where->required, option) && !member(option) && !shared.member(option)) {
        return "a " + std::string(where->name) + " needs " + std::string(option);
      }
    }
    const std::string_view device_class = text("device_class");
    if (where->name == "sensor") return fault_of_sensor(device_class);
    if (!device_class.empty() && !is_among(where->device_classes, device_class)) {
      return "a " + std::string(where->name) + " has no class " + std::string(device_class);
    }
    if (where->name != "number") return {};
    if (!(*member("min").number() < *member("max").number())) return "max must be above min";
    return device_class.empty() ? std::string() : fault_of_unit(device_class);
  }

 private:
  [[nodiscard]] std::string fault_of_unit(std::string_view device_class) const {
    const auto* const found =
        std::find_if(std::begin(measures), std::end(measures),
                     [&](const measure& each) { return each.device_class == device_class; });
    if (device_class == "monetary") return {};  // any currency
    if (found == std::end(measures)) return "no device class " + std::string(device_class);
    std::string unit(text("unit_of_measurement"));
    std::replace(unit.begin(), unit.end(), ' ', '_');
    if (unit.empty()) unit = "-";
    if (!is_among(found->units, unit)) {
      return std::string(device_class) + " is not measured in " + unit;
    }
    const std::string_view kept = text("state_class");
    if (!kept.empty() && !is_among(found->state_classes, kept)) {
      return std::string(device_class) + " has no statistics of " + std::string(kept);
    }
    return {};
  }
  [[nodiscard]] std::string fault_of_sensor(std::string_view device_class) const {
    const std::string_view kept = text("state_class");
    if (!kept.empty() && !is_among(any_statistics, kept)) {
      return "no state class " + std::string(kept);
    }
    if (member("options")) {
      if (!member("options").first()) return "options are empty";
      if (device_class != "enum") return "options need the class enum";
      if (!kept.empty() || member("unit_of_measurement"))
        return "options with a unit or statistics";
    } else if (device_class == "enum") {
      return "an enum without options";
    }
    return device_class.empty() ? std::string() : fault_of_unit(device_class);
  }

  json::value of_;
};

/// What Home Assistant would not take of a discovery payload; empty if it takes all of it.
inline std::string fault_in(std::string_view payload) {
  const testkit::document read(payload);
  if (!read.root()) return "not JSON";
  constexpr words of_device =
      "device components origin state_topic command_topic qos encoding availability "
      "availability_mode availability_topic availability_template payload_available "
      "payload_not_available";
  for (json::value each = read.root().first(); each; each = each.next()) {
    const std::string_view option = option_of(abbreviations, each.key());
    if (!is_among(of_device, option)) return "a device has no " + std::string(option);
    if (!each.is_object()) continue;
    for (json::value part = each.first(); part; part = part.next()) {
      const std::string key(part.key());
      if (option == "device") {
        constexpr words known =
            "identifiers connections manufacturer model model_id name hw_version serial_number "
            "sw_version via_device suggested_area configuration_url";
        if (!is_among(known, option_of(of_devices, key))) return "no device has " + key;
      } else if (option == "origin") {
        if (!is_among("name sw_version support_url", option_of(of_origins, key))) {
          return "no origin has " + key;
        }
      } else if (option == "components") {
        const std::string fault = component(part).fault(read.root());
        if (!fault.empty()) return key + ": " + fault;
      }
    }
  }
  return {};
}

}  // namespace musubi::test::home_assistant
