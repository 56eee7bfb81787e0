package com.peerllm.shared.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Which model file, to the byte: the SHA-256 of the GGUF, 64 lower-case hex digits. */
public record ModelDigest(@JsonValue String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    @JsonCreator
    public ModelDigest {
        if (!FORM.matcher(hex).matches())
            throw new IllegalArgumentException("A model digest is 64 lower-case hex digits");
    }

    public static ModelDigest of(byte[] sha256) {
        return new ModelDigest(HexFormat.of().formatHex(sha256));
    }

    /** The first twelve digits, for names that people read. */
    public String shortForm() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return hex;
    }
}
