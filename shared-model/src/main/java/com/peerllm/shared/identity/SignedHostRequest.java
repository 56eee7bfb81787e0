package com.peerllm.shared.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

/**
 * How a host shows over HTTP that it is itself and that it sent this very body: its key, the time and a signature, as three
 * headers. The time keeps an overheard request from being of use for longer than 5 minutes.
 *
 * @param signature base64url of the signature over {@link #message}
 */
public record SignedHostRequest(PeerKey key, long atMillis, String signature) {
    public static final String KEY_HEADER = "x-peerllm-key";
    public static final String TIME_HEADER = "x-peerllm-time";
    public static final String SIGNATURE_HEADER = "x-peerllm-signature";
    static final long LONGEST_AGE_MILLIS = Duration.ofMinutes(5).toMillis();

    /** What a host may ask; a request for one thing is of no use for another. */
    public enum Purpose {
        /** To read what it is paid. */
        PAYOUTS("payouts"),
        /** To set how it is paid. */
        PAYEE("payee");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }
    }

    /**
     * @param orchestrator the name of the one that is asked
     * @param body of the request; empty when it has none
     */
    public static SignedHostRequest sign(
            PeerIdentity host, Purpose purpose, String orchestrator, byte[] body, long nowMillis) {
        byte[] signature = host.sign(message(purpose, orchestrator, HostId.of(host.publicKey()), body, nowMillis));
        return new SignedHostRequest(
                host.publicKey(),
                nowMillis,
                Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    /** Whether this host asks this orchestrator for this, now. */
    public boolean isOf(HostId host, Purpose purpose, String orchestrator, byte[] body, long nowMillis) {
        if (!HostId.of(key).equals(host) || Math.abs(nowMillis - atMillis) > LONGEST_AGE_MILLIS) return false;
        try {
            return key.verifies(
                    message(purpose, orchestrator, host, body, atMillis),
                    Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] message(Purpose purpose, String orchestrator, HostId host, byte[] body, long atMillis) {
        String lines = String.join(
                "\n",
                "peerllm host request v1",
                "purpose " + purpose.word,
                "orchestrator " + orchestrator,
                "host " + host,
                "time " + atMillis,
                "body " + HexFormat.of().formatHex(Sha256.of(body)));
        return lines.getBytes(StandardCharsets.UTF_8);
    }
}
