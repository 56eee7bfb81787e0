package com.peerllm.shared.transparency;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The contents of up to 256 leaves in one file (C2SP tlog-tiles): each after its length as two bytes, the higher first. */
public final class EntryBundle {
    /** The longest leaf that fits: its length has 16 bits. */
    public static final int MAX_ENTRY_BYTES = 0xFFFF;

    private EntryBundle() {}

    /** @throws IllegalArgumentException when an entry is too long */
    public static byte[] encode(List<byte[]> entries) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        entries.forEach(entry -> append(bundle, entry));
        return bundle.toByteArray();
    }

    static void append(ByteArrayOutputStream bundle, byte[] entry) {
        if (entry.length > MAX_ENTRY_BYTES) {
            throw new IllegalArgumentException("A leaf has at most 65535 bytes, not " + entry.length);
        }
        bundle.write(entry.length >> 8);
        bundle.write(entry.length);
        bundle.writeBytes(entry);
    }

    /**
     * @param width how many entries it must have, as its name says
     * @throws InvalidLogData when it has more or fewer, or is cut off
     */
    public static List<byte[]> decode(byte[] bundle, int width) throws InvalidLogData {
        List<byte[]> entries = new ArrayList<>(width);
        int at = 0;
        while (at < bundle.length) {
            if (entries.size() == width) throw new InvalidLogData("The bundle has more than " + width + " entries");
            if (bundle.length - at < 2) throw new InvalidLogData("The bundle is cut off after entry " + entries.size());
            int length = Byte.toUnsignedInt(bundle[at]) << 8 | Byte.toUnsignedInt(bundle[at + 1]);
            at += 2;
            if (bundle.length - at < length)
                throw new InvalidLogData("The bundle is cut off in entry " + entries.size());
            entries.add(Arrays.copyOfRange(bundle, at, at += length));
        }
        if (entries.size() < width) {
            throw new InvalidLogData("The bundle has " + entries.size() + " entries instead of " + width);
        }
        return entries;
    }
}
