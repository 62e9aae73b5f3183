/// What goes over the wire: the envelopes that docs/guides quotes.

#include "cart.hpp"
#include "doorbell.hpp"
#include "forecast.hpp"
#include "logbook.hpp"

#include <gtest/gtest.h>

#include <musubi/testkit/mounted.hpp>

namespace {

using namespace std::chrono_literals;

/// A quotation without the line ends around it.
std::string_view line(std::string_view quoted) {
  quoted.remove_prefix(1);
  quoted.remove_suffix(1);
  return quoted;
}

TEST(on_the_wire, a_line_of_the_cart_is_a_store_with_an_address) {
  musubi::testkit::mounted<cart> page;
  (void)page.dispatch(cart::Add{"mug"});
  (void)page.take_envelopes();
  (void)page.dispatch(cart_line::SetQuantity{3}, "lines", "mug");
  EXPECT_EQ(page.take_envelopes().back(), line(R"(
{"type":"patch","root_id":"Example.Cart:test","base_version":2,"version":3,"ops":[{"op":"replace","path":"/units","value":3},{"op":"replace","path":"/total_cents","value":300},{"op":"replace","path":"/lines/0/quantity","value":3}],"stream_ops":[],"upload_ops":[],"events":[]}
)"));
}

TEST(on_the_wire, an_entry_of_the_logbook_is_an_operation_of_a_stream) {
  device_log.latest.clear();
  device_log.next = 1;
  musubi::testkit::mounted<logbook> page;
  EXPECT_EQ(page.take_envelopes().back(), line(R"(
{"type":"patch","root_id":"Example.Logbook:test","base_version":0,"version":1,"ops":[{"op":"replace","path":"","value":{"__musubi_store_id__":[],"entries":{"__musubi_stream__":"entries"}}}],"stream_ops":[{"op":"reset","stream":"entries","ref":"0","store_id":[]}],"upload_ops":[],"events":[]}
)"));
  (void)page.dispatch(logbook::Write{"power on"});
  EXPECT_EQ(page.take_envelopes().back(), line(R"(
{"type":"patch","root_id":"Example.Logbook:test","base_version":1,"version":2,"ops":[],"stream_ops":[{"op":"insert","stream":"entries","ref":"0","store_id":[],"item_key":"entries-1","at":0,"item":{"id":1,"line":"power on"},"limit":20}],"upload_ops":[],"events":[]}
)"));
}

TEST(on_the_wire, a_forecast_changes_its_status_and_its_result) {
  musubi::testkit::mounted<weather_station> page;
  (void)page.dispatch(weather_station::Refresh{"Oslo"});
  (void)page.take_envelopes();
  page.advance(2s);
  EXPECT_EQ(page.take_envelopes().back(), line(R"(
{"type":"patch","root_id":"Example.WeatherStation:test","base_version":1,"version":2,"ops":[{"op":"replace","path":"/weather/status","value":"ok"},{"op":"replace","path":"/weather/result","value":{"sky":"clear","celsius":21}}],"stream_ops":[],"upload_ops":[],"events":[]}
)"));
  (void)page.dispatch(weather_station::Refresh{"Atlantis"});
  page.advance(2s);
  EXPECT_EQ(page.take_envelopes().back(), line(R"(
{"type":"patch","root_id":"Example.WeatherStation:test","base_version":3,"version":4,"ops":[{"op":"replace","path":"/weather/status","value":"failed"},{"op":"replace","path":"/weather/reason","value":{"kind":"error","value":"no such place"}}],"stream_ops":[],"upload_ops":[],"events":[]}
)"));
}

TEST(on_the_wire, a_ring_is_an_operation_and_an_event_then_another_event) {
  front_door.rings = 0;
  musubi::testkit::mounted<doorbell> page;
  (void)page.take_envelopes();
  (void)page.dispatch(doorbell::Ring{"Ada"});
  const auto sent = page.take_envelopes();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0], line(R"(
{"type":"patch","root_id":"Example.Doorbell:test","base_version":1,"version":2,"ops":[{"op":"replace","path":"/rings","value":1}],"stream_ops":[],"upload_ops":[],"events":[{"store_id":[],"name":"toast","payload":{"message":"The bell has rung."}}]}
)"));
  EXPECT_EQ(sent[1], line(R"(
{"type":"patch","root_id":"Example.Doorbell:test","base_version":2,"version":3,"ops":[],"stream_ops":[],"upload_ops":[],"events":[{"store_id":[],"name":"chime","payload":{"who":"Ada"}}]}
)"));
}

}  // namespace
