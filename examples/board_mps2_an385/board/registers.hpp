#pragma once
/// The registers that this board uses, accessed with `at`: Arm's CMSDK peripherals and the FPGA's
/// own, as in application note AN385, and the LAN9118, as in its data sheet. Other images have the
/// same at other places, which their <part.hpp> tells.

#include <part.hpp>

#include <musubi/board/cortex_m/cortex_m.hpp>

namespace board {

namespace fpga {
inline constexpr std::uint32_t leds = part::leds;
}

namespace uart0 {
inline constexpr std::uint32_t data = part::uart0;
inline constexpr std::uint32_t state = part::uart0 + 0x04;
inline constexpr std::uint32_t control = part::uart0 + 0x08;
inline constexpr std::uint32_t divider = part::uart0 + 0x10;
inline constexpr std::uint32_t transmit_full = 1;  // of state
inline constexpr std::uint32_t receive_full = 2;
inline constexpr std::uint32_t both_ways = 3;  // of control
}  // namespace uart0

namespace timer0 {
inline constexpr std::uint32_t control = part::timer0;
inline constexpr std::uint32_t value = part::timer0 + 0x04;
inline constexpr std::uint32_t reload = part::timer0 + 0x08;
inline constexpr std::uint32_t interrupt_clear = part::timer0 + 0x0C;
inline constexpr std::uint32_t run_with_interrupt = 9;  // of control
}  // namespace timer0

namespace watch {
inline constexpr std::uint32_t load = part::watchdog;
inline constexpr std::uint32_t control = part::watchdog + 0x08;
inline constexpr std::uint32_t interrupt_clear = part::watchdog + 0x0C;
inline constexpr std::uint32_t lock = part::watchdog + 0xC00;
inline constexpr std::uint32_t interrupt_then_reset = 3;  // of control
inline constexpr std::uint32_t unlock = 0x1ACCE551;       // of lock
}  // namespace watch

namespace lan {
inline constexpr std::uint32_t receive_data = part::lan;
inline constexpr std::uint32_t transmit_data = part::lan + 0x20;
inline constexpr std::uint32_t receive_status = part::lan + 0x40;
inline constexpr std::uint32_t irq_cfg = part::lan + 0x54;
inline constexpr std::uint32_t int_sts = part::lan + 0x58;
inline constexpr std::uint32_t int_en = part::lan + 0x5C;
inline constexpr std::uint32_t fifo_int = part::lan + 0x68;
inline constexpr std::uint32_t rx_cfg = part::lan + 0x6C;
inline constexpr std::uint32_t tx_cfg = part::lan + 0x70;
inline constexpr std::uint32_t hw_cfg = part::lan + 0x74;
inline constexpr std::uint32_t rx_fifo_inf = part::lan + 0x7C;
inline constexpr std::uint32_t tx_fifo_inf = part::lan + 0x80;
inline constexpr std::uint32_t pmt_ctrl = part::lan + 0x84;
inline constexpr std::uint32_t mac_csr_cmd = part::lan + 0xA4;
inline constexpr std::uint32_t mac_csr_data = part::lan + 0xA8;
inline constexpr std::uint32_t e2p_cmd = part::lan + 0xB0;

inline constexpr std::uint32_t ready = 1;                       // of pmt_ctrl
inline constexpr std::uint32_t soft_reset = 1;                  // of hw_cfg
inline constexpr std::uint32_t must_be_one = 1U << 20;          // of hw_cfg
inline constexpr std::uint32_t transmit_fifo_5k = 5U << 16;     // of hw_cfg; the rest receives
inline constexpr std::uint32_t active_high_push_pull = 0x111;   // of irq_cfg, and enabled
inline constexpr std::uint32_t received = 1U << 3;              // of int_*: the status FIFO's level
inline constexpr std::uint32_t no_transmit_level = 0xFF000000;  // of fifo_int; receive level 0
inline constexpr std::uint32_t transmit_on = 1U << 1;           // of tx_cfg
inline constexpr std::uint32_t status_may_overrun = 1U << 2;    // of tx_cfg: it is not read
inline constexpr std::uint32_t busy = 1U << 31;                 // of mac_csr_cmd and e2p_cmd
inline constexpr std::uint32_t whole_frame = 1U << 13 | 1U << 12;  // of a transmit command
inline constexpr std::uint32_t broken = 1U << 15;                  // of receive_status

// registers of the MAC, accessed through mac_csr_*
inline constexpr std::uint32_t mac_cr = 1;
inline constexpr std::uint32_t addrh = 2;
inline constexpr std::uint32_t addrl = 3;
inline constexpr std::uint32_t full_duplex_both_ways = 1U << 20 | 1U << 3 | 1U << 2;  // of mac_cr
inline constexpr std::uint32_t pass_multicast = 1U << 19;                             // of mac_cr
}  // namespace lan

}  // namespace board
