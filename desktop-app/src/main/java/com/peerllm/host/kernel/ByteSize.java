package com.peerllm.host.kernel;

import java.util.Locale;

/** Sizes as people read them: decimal units, as disks and shops count. */
public final class ByteSize {
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;
    private static final int ONE_DECIMAL_BELOW = 10;

    private ByteSize() {}

    /** Such as {@code 4.1 GB}, {@code 24 GB} or {@code 320 MB}. */
    public static String inWords(long bytes) {
        if (bytes >= GIGA) return figure(bytes / GIGA, "GB");
        if (bytes >= MEGA) return figure(bytes / MEGA, "MB");
        if (bytes >= KILO) return figure(bytes / KILO, "kB");
        return bytes + " bytes";
    }

    private static String figure(double value, String unit) {
        return String.format(Locale.ROOT, value < ONE_DECIMAL_BELOW ? "%.1f %s" : "%.0f %s", value, unit);
    }
}
