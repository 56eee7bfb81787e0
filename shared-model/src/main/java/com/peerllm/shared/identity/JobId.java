package com.peerllm.shared.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** One request of a consumer, from admission to settlement: {@code job_} and 32 hex digits. */
public record JobId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("job_[0-9a-f]{32}");

    @JsonCreator
    public JobId {
        if (!FORM.matcher(value).matches()) throw new IllegalArgumentException("Not a job id: job_ and 32 hex digits");
    }

    public static JobId random(RandomGenerator random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return new JobId("job_" + HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
