package com.peerllm.host.published;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Addresses that are asked: encrypted ones, and plain ones of this computer only. Pure. */
public final class SafeAddress {
    private static final Set<String> THIS_COMPUTER = Set.of("localhost", "127.0.0.1", "[::1]");

    private SafeAddress() {}

    /** The address; nothing when it is none, or one without encryption to another computer. */
    public static Optional<URI> of(String text) {
        try {
            return Optional.of(URI.create(text)).filter(SafeAddress::isSafe);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static boolean isSafe(URI address) {
        boolean encrypted = "https".equals(address.getScheme());
        boolean near = "http".equals(address.getScheme()) && THIS_COMPUTER.contains(String.valueOf(address.getHost()));
        return address.getHost() != null && address.getUserInfo() == null && (encrypted || near);
    }
}
