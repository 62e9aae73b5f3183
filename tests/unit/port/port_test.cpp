/// What the core relies on in a port, over every port.

#include "unit/port/lwip_rig.hpp"
#include "unit/port/rigs.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <thread>

namespace musubi::test {
namespace {

/// Counts what a stream tells, and may act on it.
struct listening final : net::stream_user {
  void on_readable() noexcept override {
    ++readable;
    if (when_readable) when_readable();
  }
  void on_writable() noexcept override {
    ++writable;
    if (when_writable) when_writable();
  }
  int readable = 0;
  int writable = 0;
  std::function<void()> when_readable;
  std::function<void()> when_writable;
};

template <class Rig>
class any_port : public testing::Test {
 protected:
  using far_end = typename Rig::far_end;

  /// A connection, accepted.
  net::stream& accept(far_end& other) {
    const std::size_t before = rig.service.accepted.size();
    other = rig.connect();
    EXPECT_TRUE(rig.until([&] { return rig.service.accepted.size() == before + 1; }));
    net::stream& fresh = *rig.service.accepted.back();
    fresh.attach(user);
    return fresh;
  }
  void close(net::stream& open) {
    std::erase(rig.service.accepted, &open);
    open.close();
  }
  std::string read_from(net::stream& from, std::size_t most = 100) {
    std::string text(most, ' ');
    last = from.try_read(std::as_writable_bytes(std::span(text)));
    text.resize(last.bytes);
    return text;
  }
  net::io_result write_to(net::stream& to, std::string_view text) {
    return last = to.try_write(std::as_bytes(std::span(text)));
  }
  std::string read_at(far_end& end) {
    std::array<std::byte, 65536> room;
    const std::size_t bytes = end.read(room);
    return {reinterpret_cast<const char*>(room.data()), bytes};
  }
  /// Writes until nothing more is taken, however much left meanwhile; answers how much was.
  std::size_t fill(net::stream& to) {
    const std::string much(65536, 'x');
    std::size_t taken = 0;
    for (std::size_t before = 1; before != taken; rig.settle()) {
      before = taken;
      while (write_to(to, much).outcome == net::io::done) taken += last.bytes;
    }
    EXPECT_EQ(last.outcome, net::io::would_block);
    return taken;
  }

  Rig rig;
  listening user;
  net::io_result last;
};

#if defined(MUSUBI_TEST_LWIP)
using rigs = testing::Types<memory_rig, tcp_rig, unix_rig, posix_rig, lwip_rig>;
#else
using rigs = testing::Types<memory_rig, tcp_rig, unix_rig, posix_rig>;
#endif
struct rig_names {
  template <class Rig>
  static std::string GetName(int) {
    if constexpr (std::is_same_v<Rig, memory_rig>) return "memory";
    if constexpr (std::is_same_v<Rig, tcp_rig>) return "asio_tcp";
    if constexpr (std::is_same_v<Rig, posix_rig>) return "posix";
    if constexpr (std::is_same_v<Rig, unix_rig>) return "asio_unix";
    return "lwip";
  }
};
TYPED_TEST_SUITE(any_port, rigs, rig_names);

TYPED_TEST(any_port, yields_streams_as_they_arrive) {
  typename TestFixture::far_end first;
  typename TestFixture::far_end second;
  net::stream& one = this->accept(first);
  net::stream& other = this->accept(second);
  EXPECT_NE(&one, &other);
  first.write("first");
  second.write("second");
  this->rig.settle();
  EXPECT_EQ(this->read_from(one), "first");
  EXPECT_EQ(this->read_from(other), "second");
}

TYPED_TEST(any_port, reads_without_waiting) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  EXPECT_EQ(this->read_from(stream), "");
  EXPECT_EQ(this->last.outcome, net::io::would_block);
  end.write("hello world");
  EXPECT_EQ(this->read_from(stream, 5), "hello");
  EXPECT_EQ(this->last.outcome, net::io::done);
  EXPECT_EQ(this->read_from(stream), " world");
}

TYPED_TEST(any_port, tells_once_that_there_is_something_to_read) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  stream.want_read();
  stream.want_read();
  this->rig.settle();
  EXPECT_EQ(this->user.readable, 0);
  end.write("a");
  EXPECT_TRUE(this->rig.until([&] { return this->user.readable != 0; }));
  end.write("b");
  this->rig.settle();
  EXPECT_EQ(this->user.readable, 1) << "it was asked for once";
  stream.want_read();
  EXPECT_EQ(this->user.readable, 1) << "not from inside of want_read";
  EXPECT_TRUE(this->rig.until([&] { return this->user.readable == 2; })) << "there is something";
  EXPECT_EQ(this->read_from(stream), "ab");
}

TYPED_TEST(any_port, tells_nothing_that_was_not_asked_for) {
  typename TestFixture::far_end end;
  (void)this->accept(end);
  end.write("a");
  this->rig.settle();
  EXPECT_EQ(this->user.readable, 0);
  EXPECT_EQ(this->user.writable, 0);
}

TYPED_TEST(any_port, lets_the_user_ask_again_while_it_is_told) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  std::string all;
  this->user.when_readable = [&] {
    all += this->read_from(stream, 1);
    stream.want_read();
  };
  stream.want_read();
  end.write("hello");
  EXPECT_TRUE(this->rig.until([&] { return all == "hello"; })) << all;
}

TYPED_TEST(any_port, writes_to_the_other_end) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  EXPECT_EQ(this->write_to(stream, "hello").bytes, 5U);
  EXPECT_EQ(this->last.outcome, net::io::done);
  std::string got;
  EXPECT_TRUE(this->rig.until([&] { return (got += this->read_at(end)) == "hello"; }));
}

TYPED_TEST(any_port, tells_at_once_that_there_is_room) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  stream.want_write();
  stream.want_write();
  EXPECT_EQ(this->user.writable, 0) << "not from inside of want_write";
  EXPECT_TRUE(this->rig.until([&] { return this->user.writable != 0; }));
  this->rig.settle();
  EXPECT_EQ(this->user.writable, 1);
}

TYPED_TEST(any_port, takes_no_more_than_fits_and_tells_when_there_is_room_again) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  const std::size_t taken = this->fill(stream);
  EXPECT_GT(taken, 0U);
  stream.want_write();
  this->rig.settle();
  EXPECT_EQ(this->user.writable, 0);
  std::size_t arrived = 0;
  EXPECT_TRUE(this->rig.until([&] {
    arrived += this->read_at(end).size();
    return this->user.writable != 0 && arrived >= taken;
  }));
  EXPECT_EQ(arrived, taken);
  EXPECT_EQ(this->write_to(stream, "more").bytes, 4U);
}

TYPED_TEST(any_port, waits_for_both_at_once) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  (void)this->fill(stream);
  stream.want_write();
  stream.want_read();
  end.write("a");
  EXPECT_TRUE(this->rig.until([&] { return this->user.readable == 1; }));
  EXPECT_EQ(this->user.writable, 0);
  EXPECT_TRUE(this->rig.until([&] {
    (void)this->read_at(end);
    return this->user.writable == 1;
  }));
}

TYPED_TEST(any_port, reads_what_the_other_end_sent_before_it_ended) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  end.write("bye");
  end.shutdown();
  stream.want_read();
  EXPECT_TRUE(this->rig.until([&] { return this->user.readable == 1; }));
  EXPECT_EQ(this->read_from(stream), "bye");
  stream.want_read();
  EXPECT_TRUE(this->rig.until([&] { return this->user.readable == 2; }));
  EXPECT_EQ(this->read_from(stream), "");
  EXPECT_EQ(this->last.outcome, net::io::closed);
  // half of it is open still
  EXPECT_EQ(this->write_to(stream, "you too").outcome, net::io::done);
  EXPECT_TRUE(this->rig.until([&] { return this->read_at(end) == "you too"; }));
}

TYPED_TEST(any_port, tells_readers_and_writers_that_the_other_end_is_gone) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  (void)this->fill(stream);
  stream.want_read();
  stream.want_write();
  end.close();
  EXPECT_TRUE(
      this->rig.until([&] { return this->user.readable == 1 && this->user.writable == 1; }));
  EXPECT_EQ(this->read_from(stream), "");
  EXPECT_EQ(this->last.outcome, net::io::closed);
  EXPECT_EQ(this->write_to(stream, "a").outcome, net::io::closed);
}

TYPED_TEST(any_port, fails_writes_to_an_end_that_is_gone) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  end.close();
  // a network may take a little before it knows
  EXPECT_TRUE(
      this->rig.until([&] { return this->write_to(stream, "a").outcome == net::io::closed; }));
}

TYPED_TEST(any_port, ends_one_way_and_still_reads_the_other) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  (void)this->write_to(stream, "last words");
  stream.shutdown_write();
  std::string got;
  EXPECT_TRUE(this->rig.until([&] {
    got += this->read_at(end);
    return end.ended();
  }));
  EXPECT_EQ(got, "last words");
  end.write("heard");
  this->rig.settle();
  EXPECT_EQ(this->read_from(stream), "heard");
}

TYPED_TEST(any_port, sends_what_was_taken_before_it_was_closed) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  (void)this->write_to(stream, "last words");
  this->close(stream);
  std::string got;
  EXPECT_TRUE(this->rig.until([&] {
    got += this->read_at(end);
    return end.ended();
  }));
  EXPECT_EQ(got, "last words");
}

TYPED_TEST(any_port, tells_nothing_more_once_closed) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  (void)this->fill(stream);
  stream.want_read();
  stream.want_write();
  end.write("a");
  this->close(stream);
  this->rig.settle();
  end.close();
  this->rig.settle();
  EXPECT_EQ(this->user.readable, 0);
  EXPECT_EQ(this->user.writable, 0);
}

TYPED_TEST(any_port, may_be_closed_while_it_tells_something) {
  typename TestFixture::far_end end;
  net::stream& stream = this->accept(end);
  this->user.when_readable = [&] { this->close(stream); };
  stream.want_read();
  stream.want_write();
  end.write("a");
  EXPECT_TRUE(this->rig.until([&] { return this->user.readable == 1; }));
  const int writable = this->user.writable;
  this->rig.settle();
  EXPECT_EQ(this->user.writable, writable);
  EXPECT_EQ(this->user.readable, 1);
}

TYPED_TEST(any_port, tells_the_address_of_the_other_end) {
  typename TestFixture::far_end end;
  const net::stream& stream = this->accept(end);
  char text[64];
  const std::string_view peer(text, stream.peer(text));
  EXPECT_TRUE(peer.starts_with(TypeParam::peer_prefix)) << peer;
  char little[3];
  EXPECT_LE(stream.peer(little), 3U);
}

TYPED_TEST(any_port, leaves_connections_in_the_queue_until_it_may_accept_again) {
  this->rig.service.most = 1;
  typename TestFixture::far_end first;
  net::stream& stream = this->accept(first);
  auto second = this->rig.connect();
  second.write("patient");
  this->rig.settle();
  EXPECT_EQ(this->rig.service.accepted.size(), 1U);
  this->close(stream);
  this->rig.port().resume_accepting();
  EXPECT_TRUE(this->rig.until([&] { return this->rig.service.accepted.size() == 1; }));
  std::string got;
  EXPECT_TRUE(this->rig.until(
      [&] { return (got += this->read_from(*this->rig.service.accepted.front())) == "patient"; }));
}

TYPED_TEST(any_port, survives_who_leaves_before_being_accepted) {
  this->rig.service.most = 0;
  auto gone = this->rig.connect();
  this->rig.settle();
  gone.close();
  this->rig.settle();
  this->rig.service.most = 10;
  this->rig.port().resume_accepting();
  typename TestFixture::far_end end;
  end = this->rig.connect();
  end.write("here");
  EXPECT_TRUE(this->rig.until([&] {
    return std::any_of(this->rig.service.accepted.begin(), this->rig.service.accepted.end(),
                       [&](net::stream* each) { return this->read_from(*each) == "here"; });
  }));
}

TYPED_TEST(any_port, gives_back_all_that_a_connection_took) {
  for (int i = 0; i < 300; ++i) {
    typename TestFixture::far_end ends[3];
    for (auto& end : ends) {
      net::stream& stream = this->accept(end);
      stream.want_read();
      if (i % 3 == 0) stream.want_write();
      end.write("a");
    }
    if (i % 2 == 0) this->rig.settle();
    while (!this->rig.service.accepted.empty()) this->close(*this->rig.service.accepted.back());
  }
  // as many at once as at first
  typename TestFixture::far_end all[rig_streams - 1];
  for (auto& end : all) (void)this->accept(end);
}

TYPED_TEST(any_port, is_woken_from_another_thread) {
  struct noted : remote_job {
    noted() : remote_job([](remote_job& self) noexcept { static_cast<noted&>(self).ran_on(); }) {}
    void ran_on() noexcept {
      ran = true;
      where = std::this_thread::get_id();
    }
    bool ran = false;
    std::thread::id where;
  } job;
  this->rig.settle();
  std::thread other([&] { this->rig.service.loop().post(job); });
  other.join();  // posted, however late the thread was given a processor
  EXPECT_TRUE(this->rig.until([&] { return job.ran; }));
  EXPECT_EQ(job.where, std::this_thread::get_id());
}

TYPED_TEST(any_port, runs_timers_when_they_are_due_and_in_order) {
  struct noted : job {
    noted(std::string& to, char what)
        : job([](job& self) noexcept {
            auto& here = static_cast<noted&>(self);
            *here.log += here.name;
          }),
          log(&to),
          name(what) {}
    std::string* log;
    char name;
    timer due{*this};
  };
  std::string log;
  noted late(log, 'c');
  noted early(log, 'a');
  noted middle(log, 'b');
  noted never(log, 'x');
  this->rig.settle();
  runtime& loop = this->rig.service.loop();
  const time_point start = this->rig.port().now();
  loop.advance(start);
  loop.arm_after(late.due, std::chrono::milliseconds(9));
  loop.arm_after(never.due, std::chrono::milliseconds(6));
  loop.arm_after(early.due, std::chrono::milliseconds(3));
  loop.arm_after(middle.due, std::chrono::milliseconds(6));
  never.due.cancel();
  this->rig.settle();
  EXPECT_TRUE(this->rig.until([&] { return log.size() == 3; }));
  EXPECT_EQ(log, "abc");
  EXPECT_GE(this->rig.port().now() - start, std::chrono::milliseconds(9));
}

TYPED_TEST(any_port, has_a_clock_that_does_not_run_back) {
  time_point before = this->rig.port().now();
  for (int i = 0; i < 1000; ++i) {
    const time_point now = this->rig.port().now();
    EXPECT_GE(now, before);
    before = now;
  }
}

TYPED_TEST(any_port, fills_with_entropy) {
  std::array<std::byte, 64> first{};
  std::array<std::byte, 64> second{};
  this->rig.port().entropy(first);
  this->rig.port().entropy(second);
  EXPECT_NE(first, second);
  EXPECT_GT(std::count_if(first.begin(), first.end(), [](std::byte b) { return b != std::byte{}; }),
            32);
}

TYPED_TEST(any_port, asks_its_host_to_stop_and_accepts_nobody_then) {
  typename TestFixture::far_end end;
  (void)this->accept(end);
  this->rig.stop();
  EXPECT_TRUE(this->rig.until([&] { return this->rig.service.stops == 1; }));
  const auto late = this->rig.connect();
  this->rig.settle();
  EXPECT_EQ(this->rig.service.accepted.size(), 1U);
}

}  // namespace
}  // namespace musubi::test
