package com.peerllm.shared.gguf;

import com.peerllm.shared.gguf.GgufException.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The header's key-value pairs, asked for by key, type and range. */
final class Metadata {
    private final Map<String, Entry> entries;
    private final long end;

    /** A value and where it stands in the file. */
    record Entry(long position, MetadataValue value) {}

    Metadata(Map<String, Entry> entries, long end) {
        this.entries = entries;
        this.end = end;
    }

    Optional<String> text(String key) throws GgufException {
        Entry entry = entries.get(key);
        if (entry == null) return Optional.empty();
        if (entry.value instanceof MetadataValue.Text(String text)) return Optional.of(text);
        throw bad(key, entry, "is not a text");
    }

    OptionalInt whole(String key, int least, int most) throws GgufException {
        Entry entry = entries.get(key);
        if (entry == null) return OptionalInt.empty();
        if (entry.value instanceof MetadataValue.Whole(long value))
            return OptionalInt.of(inRange(key, entry, value, least, most));
        throw bad(key, entry, "is not a whole number");
    }

    /** For values that llama.cpp writes or ignores as "none" when they are outside the range, such as -1. */
    OptionalInt wholeIfInRange(String key, int least, int most) throws GgufException {
        Entry entry = entries.get(key);
        if (entry == null) return OptionalInt.empty();
        if (!(entry.value instanceof MetadataValue.Whole(long value))) throw bad(key, entry, "is not a whole number");
        return value >= least && value <= most ? OptionalInt.of((int) value) : OptionalInt.empty();
    }

    int requiredWhole(String key, int least, int most) throws GgufException {
        return whole(key, least, most).orElseThrow(() -> missing(key));
    }

    OptionalDouble real(String key) throws GgufException {
        Entry entry = entries.get(key);
        if (entry == null) return OptionalDouble.empty();
        if (entry.value instanceof MetadataValue.Real(double value) && Double.isFinite(value))
            return OptionalDouble.of(value);
        throw bad(key, entry, "is not a number");
    }

    /** A value for each of {@code count} layers: the array as it is, or one value repeated. */
    Optional<List<Integer>> perLayer(String key, int count, int most) throws GgufException {
        Entry entry = entries.get(key);
        return switch (entry == null ? null : entry.value) {
            case null -> Optional.empty();
            case MetadataValue.Whole(long value) ->
                Optional.of(Collections.nCopies(count, inRange(key, entry, value, 0, most)));
            case MetadataValue.Wholes(List<Long> values)
            when values.size() == count -> {
                Integer[] checked = new Integer[count];
                for (int i = 0; i < count; i++) checked[i] = inRange(key, entry, values.get(i), 0, most);
                yield Optional.of(List.of(checked));
            }
            default -> throw bad(key, entry, "is not one whole number, nor one for each of " + count + " layers");
        };
    }

    /** A short array of whole numbers or flags. */
    List<Long> wholes(String key) throws GgufException {
        Entry entry = entries.get(key);
        if (entry != null && entry.value instanceof MetadataValue.Wholes(List<Long> values)) return values;
        throw entry == null ? missing(key) : bad(key, entry, "is not a short array of whole numbers");
    }

    /** The length of an array, however long it is. */
    OptionalInt arrayLength(String key) throws GgufException {
        Entry entry = entries.get(key);
        return switch (entry == null ? null : entry.value) {
            case null -> OptionalInt.empty();
            case MetadataValue.LongArray(int length) -> OptionalInt.of(length);
            case MetadataValue.Wholes(List<Long> values) -> OptionalInt.of(values.size());
            default -> throw bad(key, entry, "is not an array");
        };
    }

    boolean isArray(String key) {
        Entry entry = entries.get(key);
        return entry != null
                && (entry.value instanceof MetadataValue.Wholes || entry.value instanceof MetadataValue.LongArray);
    }

    GgufException missing(String key) {
        return new GgufException(Reason.MISSING_KEY, end, "The header does not say " + GgufException.shown(key));
    }

    private static int inRange(String key, Entry entry, long value, int least, int most) throws GgufException {
        if (value < least || value > most)
            throw bad(
                    key,
                    entry,
                    "is " + Long.toUnsignedString(value) + ", which is not between " + least + " and " + most);
        return (int) value;
    }

    private static GgufException bad(String key, Entry entry, String what) {
        return new GgufException(
                Reason.BAD_VALUE, entry.position, "The value of " + GgufException.shown(key) + " " + what);
    }
}
