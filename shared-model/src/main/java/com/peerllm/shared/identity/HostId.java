package com.peerllm.shared.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A host's name on the network: {@code host_} and the first 16 bytes of the SHA-256 of its public key in hex.
 *
 * <p>It follows from the key, so nobody can take it over without the key.
 */
public record HostId(@JsonValue String value) implements Comparable<HostId> {
    private static final Pattern FORM = Pattern.compile("host_[0-9a-f]{32}");

    @JsonCreator
    public HostId {
        if (!FORM.matcher(value).matches())
            throw new IllegalArgumentException("Not a host id: host_ and 32 hex digits");
    }

    public static HostId of(PeerKey key) {
        return new HostId("host_" + HexFormat.of().formatHex(Sha256.of(key.raw()), 0, 16));
    }

    /** A name that a person can say, the same on every screen: two words and four hex digits. */
    public String pseudonym() {
        return Pseudonym.of(value);
    }

    @Override
    public int compareTo(HostId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
