package com.peerllm.shared.wire;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one translation between control messages and JSON text.
 *
 * <p>Unknown fields are ignored and unknown types become {@code Unknown}, so that newer peers can talk to older ones.
 * Anything else that does not fit is a {@link WireException} that repeats none of the text.
 */
public final class WireCodec {
    private static final int MAX_NESTING = 64;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(Protocol.MAX_TEXT_BYTES)
                            .maxStringLength(Protocol.MAX_TEXT_BYTES)
                            .maxNestingDepth(MAX_NESTING)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(tools.jackson.databind.cfg.EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .build();

    private WireCodec() {}

    public static String encode(FromHost message) {
        return JSON.writerFor(FromHost.class).writeValueAsString(message);
    }

    public static String encode(FromOrchestrator message) {
        return JSON.writerFor(FromOrchestrator.class).writeValueAsString(message);
    }

    public static FromHost decodeFromHost(String text) {
        return decode(text, FromHost.class);
    }

    public static FromOrchestrator decodeFromOrchestrator(String text) {
        return decode(text, FromOrchestrator.class);
    }

    private static <T> T decode(String text, Class<T> type) {
        if (!text.startsWith("{")) throw new WireException("A control message is a JSON object");
        try {
            return JSON.readValue(text, type);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new WireException("A control message that is not of the protocol: "
                    + e.getClass().getSimpleName());
        }
    }
}
