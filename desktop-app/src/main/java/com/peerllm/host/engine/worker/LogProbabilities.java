package com.peerllm.host.engine.worker;

import com.peerllm.shared.wire.AnswerChunk;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the log probabilities of a chosen token, as the OpenAI API's {@code logprobs.content} has them. Only answers whose
 * request asks for them come here.
 */
final class LogProbabilities {
    /** JSON has no infinity; the OpenAI API writes this for a token without a chance. */
    private static final float NO_CHANCE = -9999;

    private final Vocabulary vocabulary;
    private final JsonFactory json = new JsonFactory();
    private float[] logits = {};

    LogProbabilities(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * A JSON array with one entry.
     *
     * @param batchIndex of the last step, where the token was chosen
     * @param alternatives how many of the most likely tokens to name
     */
    AnswerChunk.Part of(InferenceContext context, int batchIndex, int token, int alternatives) {
        if (logits.length == 0) logits = new float[vocabulary.size()];
        context.readLogits(batchIndex, logits);
        return new AnswerChunk.Part(
                AnswerChunk.Channel.LOGPROBS, entries(new Distribution(logits), token, alternatives));
    }

    private byte[] entries(Distribution distribution, int token, int alternatives) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128 + 96 * alternatives);
        try (JsonGenerator to = json.createGenerator(ObjectWriteContext.empty(), out)) {
            to.writeStartArray();
            to.writeStartObject();
            write(to, distribution, token);
            to.writeArrayPropertyStart("top_logprobs");
            for (int other : distribution.top(alternatives)) {
                to.writeStartObject();
                write(to, distribution, other);
                to.writeEndObject();
            }
            to.writeEndArray();
            to.writeEndObject();
            to.writeEndArray();
        }
        return out.toByteArray();
    }

    private void write(JsonGenerator to, Distribution distribution, int token) {
        byte[] piece = vocabulary.piece(token);
        float logProbability = (float) distribution.logProbability(token);
        to.writeStringProperty("token", new String(piece, StandardCharsets.UTF_8));
        to.writeNumberProperty("logprob", Math.max(logProbability, NO_CHANCE));
        to.writeArrayPropertyStart("bytes");
        for (byte b : piece) to.writeNumber(Byte.toUnsignedInt(b));
        to.writeEndArray();
    }
}
