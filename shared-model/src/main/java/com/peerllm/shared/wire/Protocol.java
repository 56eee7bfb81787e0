package com.peerllm.shared.wire;

import com.peerllm.shared.identity.PeerKey;
import java.nio.charset.StandardCharsets;

/** The fixed facts of the host link: its path, its version, its limits, and what the handshake signs. */
public final class Protocol {
    /** Where hosts connect. */
    public static final String PATH = "/hosts/connect";

    /** The WebSocket subprotocol both sides must agree on. */
    public static final String SUBPROTOCOL = "peerllm.v1";

    /** The protocol version this build speaks. */
    public static final int VERSION = 1;

    /** The oldest protocol version this build accepts. */
    public static final int MINIMUM_VERSION = 1;

    /** Largest text frame either side sends or accepts: a prompt of the longest context with room to spare. */
    public static final int MAX_TEXT_BYTES = 4 * 1024 * 1024;

    /** Largest text frame a host may send: what it offers, not what it is asked. */
    public static final int MAX_HOST_TEXT_BYTES = 256 * 1024;

    /** Largest binary frame a host may send; one frame carries the tokens of one decode step. */
    public static final int MAX_TOKEN_FRAME_BYTES = 64 * 1024;

    /** Bytes of randomness in a challenge. */
    public static final int NONCE_BYTES = 32;

    private Protocol() {}

    /**
     * What a host signs to prove that it has its key: the orchestrator's nonce and name, so that the answer is of no use
     * at another orchestrator or at another time.
     */
    public static byte[] handshakeMessage(String nonce, String orchestratorName, PeerKey host) {
        return ("peerllm handshake v1\n" + nonce + "\n" + orchestratorName + "\n" + host)
                .getBytes(StandardCharsets.UTF_8);
    }
}
