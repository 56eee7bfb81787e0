package com.peerllm.host.engine;

import java.util.Locale;

/**
 * How an answer ended.
 *
 * @param reason why
 * @param completionTokens ids in the whole answer, those delivered before included; the end-of-answer token is not counted
 */
public record Finish(Reason reason, int completionTokens) {

    /** Why an answer ended. */
    public enum Reason {
        /** The model ended it, or a stop string was met. */
        STOP,
        /** The largest number of tokens or the end of the context was reached. */
        LENGTH,
        /** The model called tools and waits for their results. */
        TOOL_CALLS,
        /** Whoever asked for it cancelled it. */
        CANCELLED;

        /** The name in the OpenAI API and on the wire. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
