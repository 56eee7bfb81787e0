package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.LlamaLayouts.TOKEN_DATA;
import static com.peerllm.host.engine.worker.LlamaLayouts.TOKEN_DATA_ARRAY;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntPredicate;

/**
 * The tokens that samplers choose from, in llama.cpp's layout: an id and a logit each. One such list serves all answers of the
 * decode loop, one after the other.
 */
final class Candidates {
    private static final long SIZE = LlamaLayouts.offset(TOKEN_DATA_ARRAY, "size");
    private static final long SELECTED = LlamaLayouts.offset(TOKEN_DATA_ARRAY, "selected");
    private static final long SORTED = LlamaLayouts.offset(TOKEN_DATA_ARRAY, "sorted");
    private static final long LOGIT = LlamaLayouts.offset(TOKEN_DATA, "logit");
    private static final long EACH = TOKEN_DATA.byteSize();

    private final MemorySegment list;
    private final MemorySegment entries;
    private final int most;

    /** @param most tokens of the vocabulary */
    Candidates(Arena arena, int most) {
        this.most = most;
        entries = arena.allocate(TOKEN_DATA, most);
        list = arena.allocate(TOKEN_DATA_ARRAY);
        list.set(ADDRESS, LlamaLayouts.offset(TOKEN_DATA_ARRAY, "data"), entries);
    }

    /** Tokens of the vocabulary. */
    int most() {
        return most;
    }

    /** The list as samplers take it. */
    MemorySegment list() {
        return list;
    }

    /** Takes every token of the vocabulary with its logit. */
    void all(MemorySegment logits) {
        for (int token = 0; token < most; token++) set(token, token, logits.getAtIndex(JAVA_FLOAT, token));
        begin(most);
    }

    /** Takes every token, one as likely as the other. */
    void everyToken() {
        for (int token = 0; token < most; token++) set(token, token, 1);
        begin(most);
    }

    /** Takes this token alone. */
    void only(int token) {
        set(0, token, 1);
        begin(1);
    }

    /** Makes tokens impossible. */
    void refuse(IntPredicate refused) {
        long size = list.get(JAVA_LONG, SIZE);
        for (long i = 0; i < size; i++)
            if (refused.test(entries.get(JAVA_INT, i * EACH)))
                entries.set(JAVA_FLOAT, i * EACH + LOGIT, Float.NEGATIVE_INFINITY);
    }

    /** Whether any token that fits is still possible. */
    boolean anyPossible(IntPredicate fits) {
        long size = list.get(JAVA_LONG, SIZE);
        for (long i = 0; i < size; i++) if (possible(i) && fits.test(entries.get(JAVA_INT, i * EACH))) return true;
        return false;
    }

    /** The token that a sampler selected. */
    int selected() {
        return entries.get(JAVA_INT, list.get(JAVA_LONG, SELECTED) * EACH);
    }

    /** Whether the selected token is a possible one: a sampler selects an impossible one when there is no other. */
    boolean selectedIsPossible() {
        return possible(list.get(JAVA_LONG, SELECTED));
    }

    private boolean possible(long index) {
        return entries.get(JAVA_FLOAT, index * EACH + LOGIT) > Float.NEGATIVE_INFINITY;
    }

    private void set(long index, int token, float logit) {
        entries.set(JAVA_INT, index * EACH, token);
        entries.set(JAVA_FLOAT, index * EACH + LOGIT, logit);
    }

    private void begin(long size) {
        list.set(JAVA_LONG, SIZE, size);
        list.set(JAVA_LONG, SELECTED, -1L);
        list.set(JAVA_BYTE, SORTED, (byte) 0);
    }
}
