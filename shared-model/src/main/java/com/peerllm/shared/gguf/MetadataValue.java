package com.peerllm.shared.gguf;

import java.util.List;

/** A value from the header's key-value pairs, as much of it as is kept. */
sealed interface MetadataValue {
    /** Any integer type. An unsigned 64-bit value above {@code Long.MAX_VALUE} is negative here and fits no use. */
    record Whole(long value) implements MetadataValue {}

    record Real(double value) implements MetadataValue {}

    record Flag(boolean value) implements MetadataValue {}

    record Text(String value) implements MetadataValue {}

    /** A short array of integers or flags (a flag counts as 0 or 1), such as a value per layer. */
    record Wholes(List<Long> values) implements MetadataValue {}

    /** An array that was passed over; only its length is known. */
    record LongArray(int length) implements MetadataValue {}

    /** A text that was passed over. */
    record OtherText() implements MetadataValue {}
}
