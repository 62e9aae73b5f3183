/* The options of lwIP on every board: TCP servers over IPv4 and Ethernet, no operating system. The
   lwipopts.h of each board sets the sizes of lwIP's memory, and includes this file at its end.
   lwIP's opt.h has the defaults of all other options. */
#pragma once

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0 /* interrupts never call lwIP */
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0

#define LWIP_IPV4 1
#define LWIP_IPV6 0
#define LWIP_ARP 1
#ifdef MUSUBI_BOARD_WITHOUT_PING
#define LWIP_ICMP 0
#else
#define LWIP_ICMP 1
#endif
#define LWIP_RAW 0
#ifdef BOARD_MDNS /* found on the network: docs/guides/found-on-the-network.md */
#define LWIP_UDP 1
#define LWIP_IGMP 1
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NUM_NETIF_CLIENT_DATA 1
#define LWIP_MDNS_RESPONDER 1
#define MDNS_MAX_SERVICES 2
#if defined(LWIP_DHCP) && LWIP_DHCP
#define MEMP_NUM_UDP_PCB 2
#else
#define MEMP_NUM_UDP_PCB 1
#endif
#define MEMP_NUM_IGMP_GROUP 2 /* all systems, and that of mDNS */
#define BOARD_MDNS_TIMEOUTS 1
#else
#if defined(LWIP_DHCP) && \
    LWIP_DHCP /* a board may turn it on: a connection, and a timer that lwIP counts */
#define LWIP_UDP 1
#define MEMP_NUM_UDP_PCB 1
#else
#define LWIP_UDP 0
#define LWIP_DHCP 0
#endif
#define BOARD_MDNS_TIMEOUTS 0
#endif
#if !defined(BOARD_MDNS) && !defined(BOARD_MQTT) && !LWIP_DHCP
#define LWIP_TIMERS 0 /* the port runs the two that are left: those of TCP and ARP */
/* What it checks are arguments: null pointers, and states in which a function may not be called.
   The port gets them right; what comes from the network is checked elsewhere. */
#define LWIP_ERROR(message, expression, handler)
#endif
#define LWIP_TCP 1
#define IP_REASSEMBLY 0 /* browsers do not fragment TCP */
#define IP_FRAG 0
#define IP_OPTIONS_ALLOWED 0 /* no sender of TCP uses them */
#define LWIP_SINGLE_NETIF 1
#define LWIP_NETIF_TX_SINGLE_PBUF 0
#define PBUF_NEEDS_COPY(p) 0 /* nothing is sent from memory that changes under it */
#define LWIP_ICMP_ECHO_CHECK_INPUT_PBUF_LEN 0 /* an echo fits where its request came in */

#define TCP_SNDLOWAT (TCP_SND_BUF / 2)
#define TCP_OVERSIZE 0 /* small writes take small buffers */
#define TCP_MAXRTX 8
#define TCP_SYNMAXRTX 3
#define TCP_MSL 2000UL /* clients are on the same network */
#define LWIP_TCP_TIMESTAMPS 0

/* Connections: musubi::lwip::host::streams; main.cpp checks this. */
#ifndef BOARD_CONNECTIONS
#define BOARD_CONNECTIONS 4
#endif
#if BOARD_CONNECTIONS == 1
#define BOARD_REQUESTS 1 /* as little as one browser needs */
#else
#define BOARD_REQUESTS 2
#endif
#define BOARD_BACKLOG 4
#if defined(BOARD_MQTT) /* the link to a broker: a connection, one that is closing, a timer, and \
                           its buffers */
#define BOARD_BROKERS 2
#define MQTT_OUTPUT_RINGBUF_SIZE 384
#define MQTT_VAR_HEADER_BUFFER_LEN 256
#else
#define BOARD_BROKERS 0
#endif
#define MEMP_NUM_TCP_PCB (BOARD_CONNECTIONS + BOARD_REQUESTS + BOARD_BACKLOG + BOARD_BROKERS)
#define MEMP_NUM_TCP_PCB_LISTEN 1

/* An entry for each connection. Other hosts that ask for the board's address can still evict one;
   segments are then queued until it has been resolved again. */
#define ARP_TABLE_SIZE MEMP_NUM_TCP_PCB
#define ARP_QUEUEING 1
#define ARP_QUEUE_LEN TCP_SND_QUEUELEN
#ifndef MEMP_NUM_ARP_QUEUE /* segments that wait, of all connections */
#define MEMP_NUM_ARP_QUEUE MEMP_NUM_TCP_PCB
#endif
#define MEMP_NUM_SYS_TIMEOUT \
  (LWIP_NUM_SYS_TIMEOUT_INTERNAL + BOARD_BROKERS / 2 + BOARD_MDNS_TIMEOUTS)
#define MEMP_NUM_PBUF 0
#define MEM_ALIGNMENT 4

/* The port needs these metrics to share memory fairly. */
#define LWIP_STATS 1
#define MEM_STATS 1
#define MEMP_STATS 1
#define SYS_STATS 0
#define LINK_STATS 0
#define ETHARP_STATS 0
#define IP_STATS 0
#define IPFRAG_STATS 0
#define ICMP_STATS 0
#define TCP_STATS 0
#define UDP_STATS 0

#define LWIP_NOASSERT 1
