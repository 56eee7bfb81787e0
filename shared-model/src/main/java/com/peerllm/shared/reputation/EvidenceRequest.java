package com.peerllm.shared.reputation;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * How a host shows that it is itself when it asks for its evidence over HTTP: its key, the time and a signature, as three
 * headers. The time keeps an overheard request from being of use for longer than 5 minutes.
 *
 * @param signature base64url of the signature over {@link #message}
 */
public record EvidenceRequest(PeerKey key, long atMillis, String signature) {
    public static final String KEY_HEADER = "x-peerllm-key";
    public static final String TIME_HEADER = "x-peerllm-time";
    public static final String SIGNATURE_HEADER = "x-peerllm-signature";
    static final long LONGEST_AGE_MILLIS = Duration.ofMinutes(5).toMillis();

    public static EvidenceRequest sign(PeerIdentity host, String orchestrator, long nowMillis) {
        byte[] signature = host.sign(message(orchestrator, HostId.of(host.publicKey()), nowMillis));
        return new EvidenceRequest(
                host.publicKey(),
                nowMillis,
                Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    /** Whether this host asks this orchestrator, now. */
    public boolean isOf(HostId host, String orchestrator, long nowMillis) {
        if (!HostId.of(key).equals(host) || Math.abs(nowMillis - atMillis) > LONGEST_AGE_MILLIS) return false;
        try {
            return key.verifies(
                    message(orchestrator, host, atMillis),
                    Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] message(String orchestrator, HostId host, long atMillis) {
        String lines = String.join(
                "\n", "peerllm evidence v1", "orchestrator " + orchestrator, "host " + host, "time " + atMillis);
        return lines.getBytes(StandardCharsets.UTF_8);
    }
}
