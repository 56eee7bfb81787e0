package com.peerllm.shared.gguf;

import com.peerllm.shared.gguf.GgufException.Reason;
import com.peerllm.shared.gguf.Metadata.Entry;
import com.peerllm.shared.gguf.MetadataValue.Flag;
import com.peerllm.shared.gguf.MetadataValue.LongArray;
import com.peerllm.shared.gguf.MetadataValue.OtherText;
import com.peerllm.shared.gguf.MetadataValue.Real;
import com.peerllm.shared.gguf.MetadataValue.Text;
import com.peerllm.shared.gguf.MetadataValue.Whole;
import com.peerllm.shared.gguf.MetadataValue.Wholes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the header's key-value pairs; of long arrays and texts that nobody asks for it keeps only that they are there.
 *
 * <p>Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md and llama.cpp v0.5.0, {@code ggml/src/gguf.cpp}.
 */
final class MetadataReader {
    /** An entry is at least a key of one byte with its length, a type, and a value of one byte. */
    static final int LEAST_ENTRY_BYTES = 8 + 1 + 4 + 1;
    /** llama.cpp runs no model of more layers, so no array with a value per layer is longer (LLAMA_MAX_LAYERS). */
    static final int MOST_LAYERS = 512;

    private static final int TEXT = 8;
    private static final int ARRAY = 9;
    /** Bytes of a value by type number; 0 for text and array. */
    private static final int[] BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    private static final Set<String> KEPT_TEXTS = Set.of(
            GgufKeys.ARCHITECTURE,
            GgufKeys.TYPE,
            GgufKeys.NAME,
            GgufKeys.LICENSE,
            GgufKeys.SIZE_LABEL,
            GgufKeys.TOKENIZER,
            GgufKeys.CHAT_TEMPLATE);

    private final HeaderSource source;
    private final GgufLimits limits;
    private final Map<String, Entry> entries = new HashMap<>();
    private long keptBytes;

    MetadataReader(HeaderSource source, GgufLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    Metadata read(int count) throws GgufException {
        for (int i = 0; i < count; i++) readEntry();
        return new Metadata(entries, source.position());
    }

    private void readEntry() throws GgufException {
        long at = source.position();
        String key = source.text("key", limits.keyBytes(), Reason.BAD_KEY);
        if (key.isEmpty()) throw new GgufException(Reason.BAD_KEY, at, "A key is empty");
        if (entries.containsKey(key))
            throw new GgufException(Reason.DUPLICATE_KEY, at, "The key " + GgufException.shown(key) + " appears twice");
        keep(at, 64L + key.length());
        long valueAt = source.position();
        int type = type(valueAt);
        entries.put(key, new Entry(valueAt, value(key, type, valueAt)));
    }

    private int type(long at) throws GgufException {
        int type = source.i32();
        if (type < 0 || type >= BYTES.length)
            throw new GgufException(
                    Reason.BAD_TYPE, at, "The value type " + Integer.toUnsignedString(type) + " does not exist");
        return type;
    }

    private MetadataValue value(String key, int type, long at) throws GgufException {
        return switch (type) {
            case TEXT -> text(key);
            case ARRAY -> array(key, at);
            default -> scalar(type);
        };
    }

    private MetadataValue text(String key) throws GgufException {
        if (!KEPT_TEXTS.contains(key)) {
            source.skipText();
            return new OtherText();
        }
        int limit = key.equals(GgufKeys.CHAT_TEMPLATE) ? limits.chatTemplateBytes() : limits.textBytes();
        long at = source.position();
        String text = source.text("text of " + key, limit, Reason.BAD_TEXT);
        keep(at, 2L * text.length());
        return new Text(text);
    }

    private MetadataValue array(String key, long at) throws GgufException {
        int type = type(source.position());
        if (type == ARRAY)
            throw new GgufException(
                    Reason.NESTED_ARRAY, at, "The value of " + GgufException.shown(key) + " is an array of arrays");
        int length = source.count("array elements", type == TEXT ? 8 : BYTES[type], limits.arrayLength());
        if (type == TEXT) {
            for (int i = 0; i < length; i++) source.skipText();
            return new LongArray(length);
        }
        if (length > MOST_LAYERS || !holdsWholes(type)) {
            source.skip((long) length * BYTES[type]);
            return new LongArray(length);
        }
        keep(at, 24L * length);
        List<Long> values = new ArrayList<>(length);
        for (int i = 0; i < length; i++) values.add(integer(type));
        return new Wholes(List.copyOf(values));
    }

    private MetadataValue scalar(int type) throws GgufException {
        return switch (type) {
            case 6 -> new Real(Float.intBitsToFloat(source.i32()));
            case 12 -> new Real(Double.longBitsToDouble(source.i64()));
            case 7 -> new Flag(source.u8() != 0);
            default -> new Whole(integer(type));
        };
    }

    private static boolean holdsWholes(int type) {
        return type != 6 && type != 12;
    }

    private long integer(int type) throws GgufException {
        return switch (type) {
            case 0 -> source.u8();
            case 1 -> (byte) source.u8();
            case 2 -> source.u8() | source.u8() << 8;
            case 3 -> (short) (source.u8() | source.u8() << 8);
            case 4 -> Integer.toUnsignedLong(source.i32());
            case 5 -> source.i32();
            case 7 -> source.u8() == 0 ? 0 : 1;
            case 10, 11 -> source.i64();
            default -> throw new AssertionError("Type " + type + " is no integer");
        };
    }

    private void keep(long at, long bytes) throws GgufException {
        keptBytes += bytes;
        if (keptBytes > limits.keptBytes())
            throw new GgufException(
                    Reason.OVER_LIMIT, at, "The header asks to keep more than " + limits.keptBytes() + " bytes");
    }
}
