package com.peerllm.shared.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.peerllm.shared.openai.EmbeddingRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;

/**
 * One embedding: what a text means, as a point. Kept as the bytes that travel, 32-bit floats in little-endian order, which is
 * also the order of the OpenAI API's Base64 form; in JSON it is that form.
 */
public record EmbeddingVector(@JsonValue byte[] littleEndian) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EmbeddingVector {
        if (littleEndian.length == 0 || littleEndian.length % Float.BYTES != 0)
            throw new IllegalArgumentException("A vector is at least one whole float");
    }

    public static EmbeddingVector of(float[] numbers) {
        ByteBuffer out = ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        out.asFloatBuffer().put(numbers);
        return new EmbeddingVector(out.array());
    }

    public int dimensions() {
        return littleEndian.length / Float.BYTES;
    }

    public float[] numbers() {
        float[] numbers = new float[dimensions()];
        floats().get(numbers);
        return numbers;
    }

    /** Whether every number is one: neither infinite nor NaN. */
    public boolean isFinite() {
        FloatBuffer numbers = floats();
        while (numbers.hasRemaining()) if (!Float.isFinite(numbers.get())) return false;
        return true;
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(littleEndian);
    }

    /**
     * Writes it as the OpenAI API's answers have it.
     *
     * @param index its place in the answer
     */
    public void write(JsonGenerator json, int index, EmbeddingRequest.Encoding encoding) {
        json.writeStartObject().writeStringProperty("object", "embedding").writeNumberProperty("index", index);
        if (encoding == EmbeddingRequest.Encoding.BASE64) {
            json.writeStringProperty("embedding", base64());
        } else {
            json.writeArrayPropertyStart("embedding");
            for (float number : numbers()) json.writeNumber(number);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private FloatBuffer floats() {
        return ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmbeddingVector that && Arrays.equals(littleEndian, that.littleEndian);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(littleEndian);
    }

    /** Names the size only: a text can be guessed from its vector. */
    @Override
    public String toString() {
        return "EmbeddingVector[" + dimensions() + " dimensions]";
    }
}
