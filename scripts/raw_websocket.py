"""Reads and writes WebSocket frames, for scripts that test a host with them."""

import json
import struct


def exactly(stream, count):
    """Reads exactly `count` bytes."""
    read = b""
    while len(read) < count:
        more = stream.recv(count - len(read))
        if not more:
            raise ConnectionError("the stream ended")
        read += more
    return read


def frame(first, payload):
    """A client's frame. Its mask is zero, so the payload is unchanged."""
    size = len(payload)
    if size < 126:
        length = bytes([0x80 | size])
    elif size < 65536:
        length = b"\xfe" + struct.pack(">H", size)
    else:
        length = b"\xff" + struct.pack(">Q", size)
    return bytes([first]) + length + bytes(4) + payload


def hear(stream):
    """The next message, of one or more frames, parsed as JSON."""
    text = b""
    while True:
        first, length = exactly(stream, 2)
        if length == 126:
            length = struct.unpack(">H", exactly(stream, 2))[0]
        elif length == 127:
            length = struct.unpack(">Q", exactly(stream, 8))[0]
        text += exactly(stream, length)
        if first & 0x0F == 8:
            raise ConnectionError("closed by the host")
        if first & 0x80:
            return json.loads(text)
