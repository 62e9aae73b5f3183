/* The network of the program is a browser in the same lwIP: it mounts the lamp and switches it on.
   Time passes only while the program waits. */
#include <lwip/init.h>
#include <lwip/netif.h>
#include <lwip/tcp.h>
#include <lwip/timeouts.h>
#include <pico/cyw43_arch.h>
#include <pico/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t now = 1;
static bool is_lit;
static char received[4096];
static size_t received_bytes;
static unsigned step;
static struct tcp_pcb* browser;

static const struct {
  const char* awaited; /* then sends: */
  const char* head;
  const char* text; /* one masked frame: the mask is 0 */
} steps[] = {
    {"",
     "GET /socket/websocket?vsn=2.0.0 HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: "
     "websocket\r\nConnection: Upgrade\r\n"
     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
     NULL},
    {" 101 ", NULL,
     "[\"1\",\"1\",\"musubi:connection:Lamp:a\",\"phx_join\",{\"module\":\"Lamp\",\"id\":\"a\","
     "\"params\":{}}]"},
    {"\"on\":false", NULL,
     "[\"1\",\"2\",\"musubi:connection:Lamp:a\",\"command\",{\"name\":\"switch\",\"payload\":{"
     "\"on\":true},\"store_id\":[]}]"},
    {"\"value\":true", NULL, NULL},
};

static void fail(const char* why) {
  printf("%s at step %u; received:\n%.*s\n", why, step, (int)received_bytes, received);
  exit(1);
}

static void send_step(void) {
  if (steps[step].head != NULL)
    tcp_write(browser, steps[step].head, (u16_t)strlen(steps[step].head), 0);
  if (steps[step].text != NULL) {
    const u16_t bytes = (u16_t)strlen(steps[step].text);
    const unsigned char header[6] = {0x81, (unsigned char)(0x80 | bytes)};
    if (bytes > 125) fail("a text is too long");
    tcp_write(browser, header, sizeof header, TCP_WRITE_FLAG_COPY);
    tcp_write(browser, steps[step].text, bytes, 0);
  }
  tcp_output(browser);
}

static bool has_come(const char* text) {
  const size_t bytes = strlen(text);
  for (size_t at = 0; at + bytes <= received_bytes; ++at) {
    if (memcmp(received + at, text, bytes) == 0) return true;
  }
  return false;
}

static err_t on_received(void* argument, struct tcp_pcb* pcb, struct pbuf* data, err_t error) {
  (void)argument, (void)error;
  if (data == NULL) fail("the connection was closed");
  if (received_bytes + data->tot_len > sizeof received) fail("too much");
  received_bytes += pbuf_copy_partial(data, received + received_bytes, data->tot_len, 0);
  tcp_recved(pcb, data->tot_len);
  pbuf_free(data);
  if (!has_come(steps[step + 1].awaited)) return ERR_OK;
  ++step;
  received_bytes = 0;
  if (step + 1 == sizeof steps / sizeof *steps) {
    if (!is_lit) fail("the lamp is off");
    printf("the lamp is on\n");
    exit(0);
  }
  send_step();
  return ERR_OK;
}

static err_t on_connected(void* argument, struct tcp_pcb* pcb, err_t error) {
  (void)argument, (void)error;
  tcp_recv(pcb, on_received);
  send_step();
  return ERR_OK;
}

static void on_error(void* argument, err_t error) {
  (void)argument, (void)error;
  fail("the connection was reset");
}

void stdio_init_all(void) {}
uint64_t time_us_64(void) {
  return now;
}
uint32_t get_rand_32(void) {
  static uint32_t state = 1;
  return state = state * 1664525 + 1013904223;
}
int cyw43_arch_init(void) {
  lwip_init();
  return 0;
}
void cyw43_arch_enable_sta_mode(void) {}
int cyw43_arch_wifi_connect_timeout_ms(const char* ssid, const char* password, uint32_t auth,
                                       uint32_t timeout) {
  (void)ssid, (void)password, (void)auth, (void)timeout;
  return 0;
}
void cyw43_arch_gpio_put(unsigned pin, bool value) {
  (void)pin;
  is_lit = value;
}
void cyw43_arch_poll(void) {
  if (browser == NULL) {
    ip_addr_t here;
    IP4_ADDR(&here, 127, 0, 0, 1);
    browser = tcp_new();
    tcp_err(browser, on_error);
    tcp_connect(browser, &here, 80, on_connected);
  }
  netif_poll_all();
  sys_check_timeouts();
}
void cyw43_arch_wait_for_work_until(absolute_time_t until) {
  if (now >= 10 * 1000 * 1000) fail("nothing more came");
  now = now + 1000 < until ? now + 1000 : until;
}
