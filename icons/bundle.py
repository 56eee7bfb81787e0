#!/usr/bin/env python3
"""Bundles the rendered PNGs into peerllm.ico (Windows) and peerllm.icns (macOS): both formats hold PNGs as they are."""
import pathlib
import struct

here = pathlib.Path(__file__).parent


def png(pixels):
    return (here / f"peerllm-{pixels}.png").read_bytes()


def ico(sizes):
    offset = 6 + 16 * len(sizes)
    entries, images = b"", b""
    for pixels in sizes:
        data = png(pixels)
        # Width and height of 256 are written as 0; one plane, 32 bits a pixel.
        entries += struct.pack("<BBBBHHII", pixels % 256, pixels % 256, 0, 0, 1, 32, len(data), offset + len(images))
        images += data
    return struct.pack("<HHH", 0, 1, len(sizes)) + entries + images


def icns(types):
    body = b"".join(kind.encode() + struct.pack(">I", 8 + len(png(pixels))) + png(pixels) for kind, pixels in types)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


(here / "peerllm.ico").write_bytes(ico([16, 24, 32, 48, 64, 128, 256]))
# The types with PNGs; ic11 to ic14 are the doubled ones of dense screens.
(here / "peerllm.icns").write_bytes(
    icns([("icp4", 16), ("icp5", 32), ("icp6", 64), ("ic07", 128), ("ic08", 256), ("ic09", 512), ("ic11", 32), ("ic12", 64), ("ic13", 256), ("ic14", 512)])
)
