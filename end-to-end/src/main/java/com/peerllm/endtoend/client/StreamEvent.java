package com.peerllm.endtoend.client;

import com.peerllm.shared.openai.Usage;

/** One server-sent event of a streamed answer, with the moment when its last byte had arrived. */
public sealed interface StreamEvent {
    /** {@link System#nanoTime()} of its arrival. */
    long atNanos();

    /** The first chunk: the role alone. */
    record Begun(long atNanos) implements StreamEvent {}

    /** More of the answer. */
    record Text(long atNanos, String text) implements StreamEvent {
        /** Leaves the text out, so that no message can hold it. */
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /** The last chunk of the choice. */
    record Finished(long atNanos, String reason, Extras extras) implements StreamEvent {}

    record Counted(long atNanos, Usage usage) implements StreamEvent {}

    /** The answer broke off. */
    record Failed(long atNanos, String code, String message) implements StreamEvent {}

    /** {@code [DONE]}. */
    record Done(long atNanos) implements StreamEvent {}
}
