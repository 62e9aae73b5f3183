#include "client_frames.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <gtest/gtest.h>
#include <wslay/wslay.h>

namespace musubi::net::websocket {
namespace {

using namespace testing;
using status = header_outcome::kind;

TEST(websocket_frame, knows_the_size_of_a_frame_once_its_length_has_come) {
  struct sample {
    std::size_t payload;
    std::size_t length_end;  // bytes until the length is known
    std::size_t header;
  };
  for (const auto& [payload, length_end, header] :
       {sample{0, 2, 6}, sample{1, 2, 6}, sample{125, 2, 6}, sample{126, 4, 8}, sample{65535, 4, 8},
        sample{65536, 10, 14}}) {
    const bytes frame = binary_frame(std::string(payload, 'x'));
    for (std::size_t size = 0; size <= 14 && size <= frame.size(); ++size) {
      const auto outcome = read_frame_header(std::span{frame}.first(size));
      if (size < length_end) {
        EXPECT_EQ(outcome.status, status::need_more) << payload << " at " << size;
      } else {
        ASSERT_EQ(outcome.status, status::complete) << payload << " at " << size;
        EXPECT_EQ(outcome.header.size, header);
        EXPECT_EQ(outcome.header.payload, payload);
        EXPECT_EQ(outcome.header.total(), frame.size());
        EXPECT_EQ(outcome.header.op, opcode::binary);
        EXPECT_TRUE(outcome.header.fin);
      }
    }
  }
}

TEST(websocket_frame, refuses_every_reserved_bit_at_the_first_byte) {
  for (unsigned reserved = 1; reserved < 8; ++reserved) {
    const bytes frame = client_frame(0x1, "x", {.reserved = reserved});
    EXPECT_EQ(read_frame_header(std::span{frame}.first(1)).status, status::violation);
  }
}

TEST(websocket_frame, refuses_every_reserved_opcode_at_the_first_byte) {
  for (const unsigned op : {0x3u, 0x4u, 0x5u, 0x6u, 0x7u, 0xBu, 0xCu, 0xDu, 0xEu, 0xFu}) {
    const bytes frame = client_frame(op, "");
    EXPECT_EQ(read_frame_header(std::span{frame}.first(1)).status, status::violation) << op;
  }
}

TEST(websocket_frame, refuses_a_fragmented_control_frame_at_the_first_byte) {
  for (const unsigned op : {0x8u, 0x9u, 0xAu}) {
    const bytes frame = client_frame(op, "", {.fin = false});
    EXPECT_EQ(read_frame_header(std::span{frame}.first(1)).status, status::violation);
  }
}

TEST(websocket_frame, refuses_an_unmasked_frame_at_the_second_byte) {
  const bytes frame = client_frame(0x1, "hello", {.masked = false});
  EXPECT_EQ(read_frame_header(std::span{frame}.first(1)).status, status::need_more);
  EXPECT_EQ(read_frame_header(std::span{frame}.first(2)).status, status::violation);
}

TEST(websocket_frame, refuses_a_long_control_frame_at_the_second_byte) {
  for (const std::size_t length : {126u, 70000u}) {
    const bytes frame = client_frame(0x9, std::string(length, 'x'));
    EXPECT_EQ(read_frame_header(std::span{frame}.first(2)).status, status::violation);
  }
}

TEST(websocket_frame, refuses_a_length_that_is_not_written_in_the_fewest_bytes) {
  for (const bytes& frame : {client_frame(0x1, "x", {.length_bytes = 2}),
                             client_frame(0x1, std::string(125, 'x'), {.length_bytes = 2}),
                             client_frame(0x1, "x", {.length_bytes = 8}),
                             client_frame(0x1, std::string(65535, 'x'), {.length_bytes = 8})}) {
    EXPECT_EQ(read_frame_header(frame).status, status::violation);
  }
}

TEST(websocket_frame, refuses_a_length_with_the_highest_bit_set) {
  const std::array<unsigned char, 10> frame = {0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0};
  EXPECT_EQ(read_frame_header(std::as_bytes(std::span{frame})).status, status::violation);
}

TEST(websocket_frame, reports_the_greatest_length_without_overflow) {
  const std::array<unsigned char, 10> frame = {0x82, 0xFF, 0x7F, 0xFF, 0xFF,
                                               0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  const auto outcome = read_frame_header(std::as_bytes(std::span{frame}));
  ASSERT_EQ(outcome.status, status::complete);
  const auto greatest = std::min<std::uint64_t>(0x7FFFFFFFFFFFFFFFu, most_payload);
  EXPECT_EQ(outcome.header.payload, greatest);  // a 32-bit size_t cannot hold the length
  EXPECT_EQ(outcome.header.total(), greatest + 14);
}

TEST(frame_decoder, unmasks_the_example_of_the_rfc_in_place) {
  std::array<unsigned char, 11> raw = {0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D,
                                       0x7F, 0x9F, 0x4D, 0x51, 0x58};
  const auto frame = std::as_writable_bytes(std::span{raw});
  frame_decoder decoder;
  ASSERT_TRUE(decoder.valid());
  const auto header = read_frame_header(frame).header;
  ASSERT_TRUE(decoder.decode(header, frame, frame.data() + header.size));
  EXPECT_EQ(chars(frame.subspan(header.size)), "Hello");
}

TEST(frame_decoder, unmasks_payloads_around_every_boundary_of_its_buffer) {
  frame_decoder decoder;
  for (const std::size_t size :
       {0u,    1u,    2u,    3u,    4u,    5u,    125u,  126u,  127u,   4081u,  4082u,
        4083u, 4087u, 4088u, 4089u, 4095u, 4096u, 4097u, 8192u, 65535u, 65536u, 200001u}) {
    std::string payload(size, '\0');
    for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<char>(i * 31 + i / 256);
    bytes frame = binary_frame(payload);
    const auto header = read_frame_header(frame).header;
    ASSERT_TRUE(decoder.decode(header, frame, frame.data() + header.size)) << size;
    EXPECT_EQ(chars(std::span{frame}.subspan(header.size)), payload) << size;
  }
}

TEST(frame_decoder, may_write_further_down_over_the_frame_itself) {
  frame_decoder decoder;
  std::string payload(10000, '\0');
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<char>(i);
  bytes buffer = bytes(5, std::byte{'.'}) + binary_frame(payload);
  const auto frame = std::span{buffer}.subspan(5);
  const auto header = read_frame_header(frame).header;
  ASSERT_TRUE(decoder.decode(header, frame, buffer.data() + 3));
  EXPECT_EQ(chars(std::span{buffer}.subspan(3, payload.size())), payload);
  EXPECT_EQ(chars(std::span{buffer}.first(3)), "...");
}

TEST(frame_decoder, refuses_bytes_that_are_not_the_frame_of_the_header) {
  frame_decoder decoder;
  bytes frame = text_frame("hello");
  const auto header = read_frame_header(frame).header;
  EXPECT_FALSE(decoder.decode(header, std::span{frame}.first(8), frame.data() + header.size));
  EXPECT_FALSE(decoder.valid());
}

// What our headers mean to a client, by way of wslay's reader.
struct reader {
  bytes input;
  std::size_t at = 0;

  static ssize_t take(std::uint8_t* room, std::size_t size, int, void* self) {
    auto& r = *static_cast<reader*>(self);
    const std::size_t count = std::min(size, r.input.size() - r.at);
    std::memcpy(room, r.input.data() + r.at, count);
    r.at += count;
    return static_cast<ssize_t>(count);
  }
};

TEST(write_frame_header, is_read_back_by_wslay_for_every_opcode_and_length) {
  for (const opcode op : {opcode::continuation, opcode::text, opcode::binary, opcode::close,
                          opcode::ping, opcode::pong}) {
    for (const std::size_t length : {0u, 1u, 125u, 126u, 127u, 256u, 65535u, 65536u, 100000u}) {
      if (is_control(op) && length > max_control_payload) continue;
      for (const bool fin : {true, false}) {
        if (is_control(op) && !fin) continue;
        std::array<std::byte, max_server_header> header{};
        const std::size_t size = write_frame_header(header, op, fin, length);
        EXPECT_EQ(size, server_header_size(length));

        reader input;
        input.input.assign(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(size));
        input.input.resize(size + length, std::byte{'p'});
        wslay_frame_callbacks callbacks{};
        callbacks.recv_callback = reader::take;
        wslay_frame_context_ptr context = nullptr;
        ASSERT_EQ(wslay_frame_context_init(&context, &callbacks, &input), 0);
        std::size_t payload = 0;
        wslay_frame_iocb piece{};
        do {
          ASSERT_GE(wslay_frame_recv(context, &piece), 0);
          payload += piece.data_length;
        } while (payload < length);
        wslay_frame_context_free(context);
        EXPECT_EQ(piece.opcode, static_cast<unsigned>(op));
        EXPECT_EQ(piece.fin, fin ? 1 : 0);
        EXPECT_EQ(piece.rsv, 0);
        EXPECT_EQ(piece.mask, 0);
        EXPECT_EQ(piece.payload_length, length);
        EXPECT_EQ(payload, length);
        EXPECT_EQ(input.at, input.input.size());
      }
    }
  }
}

TEST(write_frame_header, writes_eight_length_bytes_in_network_order) {
  std::array<std::byte, max_server_header> header{};
  ASSERT_EQ(write_frame_header(header, opcode::binary, true, 0x0102030405060708u), 10u);
  const unsigned char expected[] = {0x82, 127, 1, 2, 3, 4, 5, 6, 7, 8};
  EXPECT_EQ(std::memcmp(header.data(), expected, sizeof expected), 0);
}

}  // namespace
}  // namespace musubi::net::websocket
