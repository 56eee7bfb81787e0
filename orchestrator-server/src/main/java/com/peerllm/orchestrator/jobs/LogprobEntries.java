package com.peerllm.orchestrator.jobs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks a host's log probabilities and writes them anew from the fields that the OpenAI API has, so that nothing else of
 * the host reaches the consumer.
 */
final class LogprobEntries {
    /** The longest token of the vocabularies in use has some 200 bytes. */
    private static final int MOST_TOKEN_BYTES = 1024;

    private final JsonMapper json;
    private final int top;

    /** @param top alternatives asked for at each place */
    LogprobEntries(JsonMapper json, int top) {
        this.json = json;
        this.top = top;
    }

    /**
     * @param ids how many tokens the frame has; each has at most one entry
     * @return the entries with commas between, or nothing when they cannot be
     */
    Optional<byte[]> rewritten(byte[] array, int ids) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(array.length);
        try {
            JsonNode entries = json.readTree(array);
            if (!entries.isArray() || entries.isEmpty() || entries.size() > ids) return Optional.empty();
            try (JsonGenerator to = json.tokenStreamFactory().createGenerator(ObjectWriteContext.empty(), out)) {
                to.writeStartArray();
                for (JsonNode entry : entries) if (!write(entry, to, true)) return Optional.empty();
                to.writeEndArray();
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        byte[] written = out.toByteArray();
        byte[] entries = new byte[written.length - 2];
        System.arraycopy(written, 1, entries, 0, entries.length);
        return Optional.of(entries);
    }

    private boolean write(JsonNode entry, JsonGenerator to, boolean withTop) {
        JsonNode token = entry.path("token");
        JsonNode logprob = entry.path("logprob");
        boolean possible = token.isString()
                && token.asString().length() <= MOST_TOKEN_BYTES
                && isText(token.asString())
                && logprob.isNumber()
                && Double.isFinite(logprob.asDouble());
        if (!possible) return false;
        to.writeStartObject();
        to.writeStringProperty("token", token.asString());
        to.writeNumberProperty("logprob", logprob.asDouble());
        if (!writeBytes(entry.path("bytes"), to)) return false;
        if (withTop && !writeTop(entry.path("top_logprobs"), to)) return false;
        to.writeEndObject();
        return true;
    }

    /** An escape in JSON can make half of a character that needs two. */
    private static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static boolean writeBytes(JsonNode bytes, JsonGenerator to) {
        if (bytes.isMissingNode() || bytes.isNull()) {
            to.writeNullProperty("bytes");
            return true;
        }
        if (!bytes.isArray() || bytes.size() > MOST_TOKEN_BYTES) return false;
        to.writeArrayPropertyStart("bytes");
        for (JsonNode each : bytes) {
            if (!each.isInt() || each.asInt() < 0 || each.asInt() > 255) return false;
            to.writeNumber(each.asInt());
        }
        to.writeEndArray();
        return true;
    }

    private boolean writeTop(JsonNode alternatives, JsonGenerator to) {
        to.writeArrayPropertyStart("top_logprobs");
        if (!alternatives.isMissingNode() && !alternatives.isNull()) {
            if (!alternatives.isArray() || alternatives.size() > top) return false;
            for (JsonNode each : alternatives) if (!write(each, to, false)) return false;
        }
        to.writeEndArray();
        return true;
    }
}
