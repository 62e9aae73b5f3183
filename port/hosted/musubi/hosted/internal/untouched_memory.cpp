#include <musubi/hosted/internal/untouched_memory.hpp>

namespace musubi::hosted {

untouched_memory::untouched_memory(std::size_t bytes) : begin_(new std::byte[bytes]) {}

untouched_memory::~untouched_memory() {
  delete[] begin_;
}

}  // namespace musubi::hosted
