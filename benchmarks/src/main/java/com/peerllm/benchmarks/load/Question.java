package com.peerllm.benchmarks.load;

import com.peerllm.shared.model.ModelId;
import java.time.Duration;

/**
 * A request to the mock engine: a prompt of about 256 bytes, and how it is to be answered.
 *
 * @param interval between two tokens
 */
record Question(int tokens, Duration interval, boolean streamed) {
    private static final String MODEL =
            ModelId.unlisted(MockHost.MODEL_NAME, MockHost.MODEL).value();
    private static final String PROMPT =
            "The quick brown fox jumps over the lazy dog. ".repeat(5).strip();

    String json() {
        return "{\"model\":\"" + MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT
                + "\"}],\"max_tokens\":" + tokens + ",\"seed\":" + interval.toNanos() / 1000 + ",\"stream\":" + streamed
                + "}";
    }
}
