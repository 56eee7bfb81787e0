package com.peerllm.host.update;

import com.peerllm.host.platform.OperatingSystem;
import java.util.Locale;
import java.util.Properties;

/**
 * For which computers a package is.
 *
 * @param os {@code linux}, {@code windows} or {@code macos}
 * @param arch {@code x64}, {@code arm64}, or Java's own word for another
 */
public record TargetSystem(String os, String arch) {

    static TargetSystem ofThisComputer(Properties properties) {
        OperatingSystem os = OperatingSystem.of(properties.getProperty("os.name", ""));
        return new TargetSystem(os.name().toLowerCase(Locale.ROOT), arch(properties.getProperty("os.arch", "")));
    }

    /** From any of the words by which systems and package formats call the same processors. */
    static String arch(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x64" -> "x64";
            case "aarch64", "arm64" -> "arm64";
            default -> word;
        };
    }

    @Override
    public String toString() {
        return os + " " + arch;
    }
}
