package com.peerllm.host.platform;

import java.util.Locale;

/** The operating systems whose customs the host follows. */
public enum OperatingSystem {
    LINUX,
    MACOS,
    WINDOWS;

    /** From Java's {@code os.name}; what is neither macOS nor Windows is treated as Linux. */
    public static OperatingSystem of(String osName) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) return MACOS;
        return name.startsWith("windows") ? WINDOWS : LINUX;
    }
}
