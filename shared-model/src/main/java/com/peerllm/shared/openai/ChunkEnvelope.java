package com.peerllm.shared.openai;

import java.nio.charset.StandardCharsets;

/**
 * What stands around every chunk of one streamed answer: made once, so that the token path only copies it.
 *
 * @param head up to the choices, as JSON text after {@code data:}
 * @param tail from the choices on
 */
public record ChunkEnvelope(String head, String tail) {
    /** Ends every streamed answer that is whole, once. */
    public static final String DONE = "data: [DONE]\n\n";

    /**
     * @param object what each chunk says that it is
     * @param withUsage whether the consumer asked for token counts; then every chunk has {@code "usage":null}
     */
    public static ChunkEnvelope of(
            String object, String completionId, long created, String modelJson, boolean withUsage) {
        return new ChunkEnvelope(
                "data: {\"id\":\"" + completionId + "\",\"object\":\"" + object + "\",\"created\":" + created
                        + ",\"model\":" + modelJson + ",\"system_fingerprint\":null,\"choices\":[",
                "]" + (withUsage ? ",\"usage\":null" : "") + "}\n\n");
    }

    /** The tail of the chunk that tells who answered and what it costs. */
    String tailWith(String extrasJson) {
        return tail.substring(0, tail.length() - 3) + ",\"peerllm\":" + extrasJson + "}\n\n";
    }

    /** The last event of an answer whose consumer asked for token counts. */
    public byte[] usage(String usageJson) {
        return (head + "],\"usage\":" + usageJson + "}\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
