#pragma once
/// Contract section 6.3 word for word, over JSON documents without types: what the typed diff is
/// held against.

#include <algorithm>
#include <cjson/cJSON.h>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace musubi::test {

using document = std::unique_ptr<cJSON, void (*)(cJSON*)>;

inline document parse(const std::string& json) {
  return {cJSON_Parse(json.c_str()), &cJSON_Delete};
}

inline std::string print(const cJSON* value) {
  char* bytes = cJSON_PrintUnformatted(value);
  std::string text = bytes;
  cJSON_free(bytes);
  return text;
}

inline std::vector<std::string> keys_descending(const cJSON* object) {
  std::vector<std::string> keys;
  for (const cJSON* item = object->child; item != nullptr; item = item->next) {
    keys.emplace_back(item->string);
  }
  std::sort(keys.begin(), keys.end(), std::greater<>());
  return keys;
}

inline std::string step(const std::string& path, const std::string& key) {
  std::string escaped;
  for (const char c : key) escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return path + "/" + escaped;
}

inline std::string operation(const char* op, const std::string& path, const cJSON* value) {
  const document text(cJSON_CreateString(path.c_str()), &cJSON_Delete);
  std::string made = std::string(R"({"op":")") + op + R"(","path":)" + print(text.get());
  if (value != nullptr) made += R"(,"value":)" + print(value);
  return made + "}";
}

inline void reference_diff(const cJSON* before, const cJSON* after, const std::string& path,
                           std::vector<std::string>& ops) {
  if (cJSON_Compare(before, after, 1) != 0) return;
  if (cJSON_IsObject(before) != 0 && cJSON_IsObject(after) != 0) {
    for (const auto& key : keys_descending(before)) {
      if (cJSON_GetObjectItemCaseSensitive(after, key.c_str()) == nullptr) {
        ops.push_back(operation("remove", step(path, key), nullptr));
      }
    }
    for (const auto& key : keys_descending(after)) {
      const cJSON* next = cJSON_GetObjectItemCaseSensitive(after, key.c_str());
      const cJSON* previous = cJSON_GetObjectItemCaseSensitive(before, key.c_str());
      if (previous == nullptr) {
        ops.push_back(operation("add", step(path, key), next));
      } else {
        reference_diff(previous, next, step(path, key), ops);
      }
    }
  } else if (cJSON_IsArray(before) != 0 && cJSON_IsArray(after) != 0) {
    const int p = cJSON_GetArraySize(before);
    const int n = cJSON_GetArraySize(after);
    for (int i = p; i < n; ++i) {
      ops.push_back(operation("add", step(path, std::to_string(i)), cJSON_GetArrayItem(after, i)));
    }
    for (int i = p - 1; i >= n; --i) {
      ops.push_back(operation("remove", step(path, std::to_string(i)), nullptr));
    }
    for (int i = std::min(p, n) - 1; i >= 0; --i) {
      reference_diff(cJSON_GetArrayItem(before, i), cJSON_GetArrayItem(after, i),
                     step(path, std::to_string(i)), ops);
    }
  } else {
    ops.push_back(operation("replace", path, after));
  }
}

/// The operations from `before` to `after`, "" when there is none.
inline std::string reference_diff(const std::string& before, const std::string& after) {
  std::vector<std::string> ops;
  reference_diff(parse(before).get(), parse(after).get(), "", ops);
  std::string all;
  for (const auto& op : ops) all += (all.empty() ? "[" : ",") + op;
  return all.empty() ? all : all + "]";
}

/// `before` after `ops`, as a client applies them.
inline document apply(const std::string& before, const std::string& ops) {
  document state = parse(before);
  const document list = parse(ops.empty() ? "[]" : ops);
  for (const cJSON* op = list->child; op != nullptr; op = op->next) {
    const std::string path = cJSON_GetObjectItem(op, "path")->valuestring;
    const std::string what = cJSON_GetObjectItem(op, "op")->valuestring;
    const cJSON* value = cJSON_GetObjectItem(op, "value");
    if (path.empty()) {
      state.reset(cJSON_Duplicate(value, 1));
      continue;
    }
    cJSON* parent = state.get();
    std::string key;
    for (std::size_t at = 1;;) {
      const std::size_t end = std::min(path.find('/', at), path.size());
      key.clear();
      for (std::size_t i = at; i < end; ++i) {
        key += path[i] != '~' ? path[i] : path[++i] == '0' ? '~' : '/';
      }
      if (end == path.size()) break;
      parent = cJSON_IsArray(parent) != 0 ? cJSON_GetArrayItem(parent, std::atoi(key.c_str()))
                                          : cJSON_GetObjectItemCaseSensitive(parent, key.c_str());
      if (parent == nullptr) return {nullptr, &cJSON_Delete};
      at = end + 1;
    }
    const bool array = cJSON_IsArray(parent) != 0;
    const int index = array ? std::atoi(key.c_str()) : 0;
    cJSON* fresh = value == nullptr ? nullptr : cJSON_Duplicate(value, 1);
    if (what == "add" && array) {
      cJSON_InsertItemInArray(parent, index, fresh);
    } else if (what == "add") {
      cJSON_AddItemToObject(parent, key.c_str(), fresh);
    } else if (what == "replace" && array) {
      cJSON_ReplaceItemInArray(parent, index, fresh);
    } else if (what == "replace") {
      cJSON_ReplaceItemInObjectCaseSensitive(parent, key.c_str(), fresh);
    } else if (array) {
      cJSON_DeleteItemFromArray(parent, index);
    } else {
      cJSON_DeleteItemFromObjectCaseSensitive(parent, key.c_str());
    }
  }
  return state;
}

}  // namespace musubi::test
