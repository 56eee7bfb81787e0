package com.peerllm.shared.audit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * A table from 128-bit keys to 64-bit numbers in one array, 24 bytes a place, at most three quarters of them taken: a million
 * entries take between 32 and 64 MB. Keys are mixed with random numbers, so that nobody can choose keys that are slow. Not for
 * several threads.
 */
final class CompactTable {
    private static final int LONGS = 3;
    private static final int FIRST_PLACES = 1 << 10;

    /** The largest that one array holds. */
    private static final int MOST_PLACES = 1 << 29;

    /** A free place is two zeros: a key that is nobody's choice, because all are kept xor these numbers. */
    private final long maskHigh;

    private final long maskLow;
    private long[] places = new long[FIRST_PLACES * LONGS];
    private int size;

    CompactTable(RandomGenerator random) {
        maskHigh = random.nextLong();
        maskLow = random.nextLong();
    }

    int size() {
        return size;
    }

    /** @return what is kept under this key, or {@code otherwise} */
    long get(long high, long low, long otherwise) {
        int at = find(high ^ maskHigh, low ^ maskLow);
        return isFree(at) ? otherwise : places[at + 2];
    }

    /** @throws IllegalStateException when the table cannot grow any more */
    void put(long high, long low, long number) {
        int at = find(high ^ maskHigh, low ^ maskLow);
        if (isFree(at)) {
            if (size >= count() / 4 * 3) {
                grow();
                at = find(high ^ maskHigh, low ^ maskLow);
            }
            size++;
        }
        places[at] = high ^ maskHigh;
        places[at + 1] = low ^ maskLow;
        places[at + 2] = number;
    }

    private int count() {
        return places.length / LONGS;
    }

    private boolean isFree(int at) {
        return places[at] == 0 && places[at + 1] == 0;
    }

    /** Where this key is, or the free place where it belongs. */
    private int find(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 31)) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 29 ^ maskLow) * 0xBF58476D1CE4E5B9L;
        int mask = count() - 1;
        int place = (int) (mixed >>> 33) & mask;
        while (true) {
            int at = place * LONGS;
            if (isFree(at) || places[at] == high && places[at + 1] == low) return at;
            place = place + 1 & mask;
        }
    }

    private void grow() {
        if (count() >= MOST_PLACES)
            throw new IllegalStateException("The log has more jobs than one audit can remember");
        long[] old = places;
        places = new long[old.length * 2];
        for (int i = 0; i < old.length; i += LONGS) {
            if (old[i] == 0 && old[i + 1] == 0) continue;
            System.arraycopy(old, i, places, find(old[i], old[i + 1]), LONGS);
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(size);
        for (int at = 0; at < places.length; at += LONGS) {
            if (isFree(at)) continue;
            out.writeLong(places[at] ^ maskHigh);
            out.writeLong(places[at + 1] ^ maskLow);
            out.writeLong(places[at + 2]);
        }
    }

    static CompactTable read(DataInputStream in, RandomGenerator random) throws IOException {
        CompactTable table = new CompactTable(random);
        int entries = in.readInt();
        for (int i = 0; i < entries; i++) table.put(in.readLong(), in.readLong(), in.readLong());
        return table;
    }
}
