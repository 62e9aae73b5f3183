/// What the lwIP port does of its own: sharing lwIP's memory, letting go of connections, sleeping.

#include "unit/port/lwip_rig.hpp"

#include <gtest/gtest.h>

#if !defined(MUSUBI_TEST_LWIP)

TEST(lwip_port, is_not_tested_without_its_sources) {
  GTEST_SKIP() << "scripts/fetch-sources obtains lwIP";
}

#else

#include <array>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

namespace musubi::test {
namespace {

using namespace std::chrono_literals;

struct silent final : net::stream_user {
  void on_readable() noexcept override { ++readable; }
  void on_writable() noexcept override { ++writable; }
  int readable = 0;
  int writable = 0;
};

class lwip_port : public testing::Test {
 protected:
  net::stream& accept(lwip_end& end) {
    const std::size_t before = rig.service.accepted.size();
    end = rig.connect();
    EXPECT_TRUE(rig.until([&] { return rig.service.accepted.size() == before + 1; }));
    net::stream& fresh = *rig.service.accepted.back();
    fresh.attach(user);
    return fresh;
  }
  void close(net::stream& open) {
    std::erase(rig.service.accepted, &open);
    open.close();
  }
  static std::size_t write(net::stream& to, std::string_view text) {
    return to.try_write(std::as_bytes(std::span(text))).bytes;
  }
  static std::string read(net::stream& from) {
    std::array<std::byte, 4096> room;
    const net::io_result got = from.try_read(room);
    return {reinterpret_cast<const char*>(room.data()), got.bytes};
  }
  static std::string read(lwip_end& end) {
    std::array<std::byte, 4096> room;
    return {reinterpret_cast<const char*>(room.data()), end.read(room)};
  }

  lwip_rig rig;
  silent user;
};

TEST_F(lwip_port, keeps_small_segments_in_one_buffer) {
  lwip_end end;
  net::stream& stream = accept(end);
  std::string sent;
  for (char each = 'a'; each <= 'z'; ++each) {
    sent += each;
    end.write({&each, 1});
  }
  EXPECT_EQ(lwip_stack::used(MEMP_PBUF_POOL), 1U);
  EXPECT_EQ(read(stream), sent);
  EXPECT_EQ(lwip_stack::used(MEMP_PBUF_POOL), 0U);
}

TEST_F(lwip_port, shrinks_the_window_of_who_is_not_read) {
  lwip_end end;
  net::stream& stream = accept(end);
  const std::string much(TCP_WND, 'x');
  EXPECT_EQ(end.write(much), much.size());
  EXPECT_EQ(end.write(much), much.size()) << "lwIP takes it, and keeps it";
  rig.settle();
  std::size_t got = read(stream).size();
  EXPECT_EQ(got, much.size());
  EXPECT_TRUE(rig.until([&] { return (got += read(stream).size()) == 2 * much.size(); }));
}

TEST_F(lwip_port, resets_who_is_not_read_when_half_of_the_buffers_wait) {
  std::array<lwip_end, 4> ends;
  for (lwip_end& end : ends) (void)accept(end);
  const std::string much(TCP_WND, 'x');
  for (lwip_end& end : ends) (void)end.write(much);
  EXPECT_LE(lwip_stack::used(MEMP_PBUF_POOL), PBUF_POOL_SIZE / 2 + 1);
  EXPECT_GT(rig.loop().unread(), 0U);
  EXPECT_FALSE(ends.front().broken());
  EXPECT_TRUE(ends.back().broken());
}

TEST_F(lwip_port, resets_nobody_who_is_read_though_a_lost_segment_brings_much_at_once) {
  std::array<lwip_end, 3> unread;
  for (lwip_end& end : unread) (void)accept(end);
  const std::string much(TCP_WND, 'x');
  for (lwip_end& end : unread) (void)end.write(much);  // all that may wait
  lwip_end end;
  net::stream& stream = accept(end);
  rig.stack.loses = [first = true]() mutable { return std::exchange(first, false); };
  for (int i = 0; i < 4; ++i) EXPECT_EQ(end.write(much.substr(0, 100)), 100U);
  std::size_t got = 0;
  EXPECT_TRUE(rig.until([&] { return (got += read(stream).size()) == 400; }));
  EXPECT_FALSE(end.broken());
}

TEST_F(lwip_port, keeps_half_of_its_memory_for_those_with_nothing_under_way) {
  std::array<lwip_end, rig_streams - 1> ends;
  std::array<net::stream*, rig_streams - 1> streams{};
  for (std::size_t i = 0; i < ends.size(); ++i) streams[i] = &accept(ends[i]);
  net::stream& patient = *streams.back();
  rig.stack.loses = [] { return true; };  // nobody acknowledges anything
  const std::string much(TCP_SND_BUF, 'x');
  std::size_t taken = 0;
  for (int i = 0; i < 100; ++i) {
    for (net::stream* const each : streams) {
      if (each != &patient) taken += write(*each, much.substr(0, 100));
    }
    rig.settle();
  }
  EXPECT_LT(taken, MEM_SIZE / 2 + 1U);
  EXPECT_GE(lwip_stats.mem.avail - lwip_stats.mem.used, MEM_SIZE / 3U);
  EXPECT_EQ(write(patient, much.substr(0, 500)), 500U);
}

TEST_F(lwip_port, tells_who_waits_to_write_when_others_have_given_memory_back) {
  std::array<lwip_end, rig_streams - 1> ends;
  std::array<net::stream*, rig_streams - 1> streams{};
  for (std::size_t i = 0; i < ends.size(); ++i) streams[i] = &accept(ends[i]);
  rig.stack.loses = [] { return true; };
  const std::string much(TCP_SND_BUF, 'x');
  for (net::stream* const each : streams) {
    while (write(*each, much) != 0) {
    }
  }
  streams.front()->want_write();
  rig.settle();
  EXPECT_EQ(user.writable, 0);
  rig.stack.loses = nullptr;
  EXPECT_TRUE(rig.until([&] {
    for (lwip_end& end : ends) (void)read(end);
    return user.writable == 1;
  }));
}

TEST_F(lwip_port, brings_everything_though_frames_are_lost) {
  lwip_end end;
  net::stream& stream = accept(end);
  rig.stack.loses = [frames = 0U]() mutable { return ++frames % 7 == 0; };
  std::string there;
  std::string back;
  std::size_t sent = 0;
  std::string echo;
  const std::string all(20'000, 'e');
  EXPECT_TRUE(rig.until([&] {
    sent += end.write(std::string_view(all).substr(sent, 300));
    const std::string got = read(stream);
    there += got;
    echo += got;
    echo.erase(0, write(stream, echo));
    back += read(end);
    return back.size() == all.size();
  }));
  EXPECT_TRUE(there == all) << there.size() << " bytes arrived, " << sent << " were sent";
  EXPECT_TRUE(back == all) << back.size() << " bytes came back";
}

TEST_F(lwip_port, tells_nothing_of_a_stream_that_is_closed_in_this_turn) {
  lwip_end end;
  net::stream& stream = accept(end);
  stream.want_read();
  end.write("a question");
  close(stream);
  rig.settle();
  EXPECT_EQ(user.readable, 0);
  EXPECT_EQ(rig.loop().streams().used, 0U);
  EXPECT_EQ(lwip_stack::used(MEMP_PBUF_POOL), 0U);
}

TEST_F(lwip_port, closes_a_stream_in_its_own_notification_though_another_is_due) {
  struct closing final : net::stream_user {
    explicit closing(net::stream& of) : stream(of) {}
    void on_readable() noexcept override {
      ++told;
      stream.close();
    }
    void on_writable() noexcept override { ++told; }
    net::stream& stream;
    int told = 0;
  };
  lwip_end end;
  net::stream& stream = accept(end);
  std::erase(rig.service.accepted, &stream);
  closing once{stream};
  stream.attach(once);
  stream.want_read();
  stream.want_write();
  end.write("a question");
  rig.settle();
  EXPECT_EQ(once.told, 1);
  EXPECT_EQ(rig.loop().streams().used, 0U);
}

TEST_F(lwip_port, closes_a_stream_whose_peer_has_reset_it_in_the_same_turn) {
  lwip_end end;
  net::stream& stream = accept(end);
  EXPECT_EQ(write(stream, "last words"), 10U);
  close(stream);
  end.reset();
  rig.settle();
  EXPECT_EQ(rig.loop().streams().used, 0U);
}

TEST_F(lwip_port, sends_what_was_written_before_a_close) {
  lwip_end end;
  net::stream& stream = accept(end);
  EXPECT_EQ(write(stream, "last words"), 10U);
  close(stream);
  std::string heard;
  EXPECT_TRUE(rig.until([&] { return (heard += read(end)).size() == 10; }));
  EXPECT_EQ(heard, "last words");
  EXPECT_TRUE(rig.until([&] { return read(end).empty() && end.ended(); }));
  EXPECT_FALSE(end.broken());
}

TEST_F(lwip_port, gives_a_closed_connection_ten_seconds_to_get_out_what_it_took) {
  lwip_end end;
  net::stream& stream = accept(end);
  EXPECT_EQ(write(stream, "last words"), 10U);
  rig.stack.loses = [] { return true; };  // the peer has vanished
  close(stream);
  EXPECT_EQ(rig.loop().streams().used, 1U) << "closed at the end of the turn";
  rig.loop().turn();
  EXPECT_EQ(rig.loop().streams().used, 0U);
  rig.run_for(9s);
  EXPECT_EQ(lwip_stack::used(MEMP_TCP_PCB), 2U);
  rig.run_for(2s);
  EXPECT_EQ(lwip_stack::used(MEMP_TCP_PCB), 1U) << "the other end's";
  EXPECT_EQ(lwip_stack::used(MEMP_TCP_SEG), 0U);
}

TEST_F(lwip_port, ends_both_ways_when_each_side_shuts_its_own) {
  lwip_end end;
  net::stream& stream = accept(end);
  stream.shutdown_write();
  end.shutdown();
  rig.settle();
  EXPECT_EQ(read(stream), "");
  EXPECT_EQ(stream.try_read({}).outcome, net::io::closed);
  EXPECT_EQ(write(stream, "too late"), 0U);
}

TEST_F(lwip_port, resets_a_connection_that_finds_no_stream) {
  rig.service.most = 0;
  std::array<lwip_end, rig_streams> waiting;
  for (lwip_end& end : waiting) end = rig.connect();
  rig.settle();
  EXPECT_EQ(rig.loop().streams().used, rig_streams);
  const lwip_end refused = rig.connect();
  rig.run_for(1s);
  EXPECT_EQ(rig.loop().streams().used, rig_streams);
  for (const lwip_end& end : waiting) EXPECT_FALSE(end.broken());
  rig.service.most = rig_streams;
  EXPECT_TRUE(rig.until([&] { return rig.service.accepted.size() == rig_streams; }));
}

TEST_F(lwip_port, says_why_it_cannot_listen) {
  region memory(lwip::loop::bytes(1));
  lwip::loop second(rig.board, 1, memory.begin());
  const std::uint32_t before = lwip_stack::used(MEMP_TCP_PCB);
  EXPECT_EQ(second.listen(rig.service, lwip_rig::number).reason(), "the port is in use");
  EXPECT_EQ(second.listen(rig.service, lwip_rig::number + 1).reason(),
            "lwIP has no listening connection left: MEMP_NUM_TCP_PCB_LISTEN");
  EXPECT_EQ(lwip_stack::used(MEMP_TCP_PCB), before);
}

TEST_F(lwip_port, sleeps_until_lwips_next_timer_or_the_hosts) {
  struct nothing : job {
    nothing() : job([](job&) noexcept {}) {}
    timer due{*this};
  } work;
  rig.settle();
  rig.service.loop().advance(rig.stack.now);
  rig.service.loop().arm_after(work.due, 10ms);
  rig.settle();
  EXPECT_LE(rig.board.slept_until, rig.stack.now + 10ms);
  const int before = rig.board.turns;
  rig.run_for(10s);
  EXPECT_LT(rig.board.turns - before, 100) << "lwIP's timers are four a second at most";
}

TEST_F(lwip_port, does_not_sleep_when_it_was_woken) {
  rig.settle();
  const int before = rig.board.sleeps;
  struct posted : remote_job {
    posted() : remote_job([](remote_job& self) noexcept { ++static_cast<posted&>(self).ran; }) {}
    int ran = 0;
  } job;
  std::thread([&] { rig.service.loop().post(job); }).join();
  rig.loop().turn();
  EXPECT_EQ(job.ran, 1);
  EXPECT_LE(rig.board.sleeps, before + 1);
}

TEST_F(lwip_port, returns_from_run_when_it_was_stopped) {
  rig.loop().stop();
  rig.loop().run();
  EXPECT_EQ(rig.service.stops, 1);
  const lwip_end late = rig.connect();
  EXPECT_TRUE(late.broken());
}

}  // namespace
}  // namespace musubi::test

#endif
