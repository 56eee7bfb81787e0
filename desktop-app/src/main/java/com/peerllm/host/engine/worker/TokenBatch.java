package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.LlamaLayouts.BATCH;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The tokens of one step, in native memory that is used again for every step. */
final class TokenBatch {
    private final int capacity;
    private final MemorySegment struct;
    private final MemorySegment tokens;
    private final MemorySegment positions;
    private final MemorySegment sequences;
    private final MemorySegment wanted;
    private int size;

    TokenBatch(Arena arena, int capacity) {
        this.capacity = capacity;
        tokens = arena.allocate(JAVA_INT, capacity);
        positions = arena.allocate(JAVA_INT, capacity);
        sequences = arena.allocate(JAVA_INT, capacity);
        wanted = arena.allocate(JAVA_BYTE, capacity);
        MemorySegment counts = arena.allocate(JAVA_INT, capacity);
        MemorySegment sequencePointers = arena.allocate(ADDRESS, capacity);
        for (int i = 0; i < capacity; i++) {
            counts.setAtIndex(JAVA_INT, i, 1);
            sequencePointers.setAtIndex(ADDRESS, i, sequences.asSlice(4L * i, 4));
        }
        struct = arena.allocate(BATCH);
        struct.set(ADDRESS, LlamaLayouts.offset(BATCH, "token"), tokens);
        struct.set(ADDRESS, LlamaLayouts.offset(BATCH, "pos"), positions);
        struct.set(ADDRESS, LlamaLayouts.offset(BATCH, "n_seq_id"), counts);
        struct.set(ADDRESS, LlamaLayouts.offset(BATCH, "seq_id"), sequencePointers);
        struct.set(ADDRESS, LlamaLayouts.offset(BATCH, "logits"), wanted);
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int room() {
        return capacity - size;
    }

    /**
     * Adds a token.
     *
     * @param withLogits whether the model's distribution after it is wanted
     * @return its index in the batch
     */
    int add(int token, int position, int sequence, boolean withLogits) {
        int index = size++;
        tokens.setAtIndex(JAVA_INT, index, token);
        positions.setAtIndex(JAVA_INT, index, position);
        sequences.setAtIndex(JAVA_INT, index, sequence);
        wanted.set(JAVA_BYTE, index, (byte) (withLogits ? 1 : 0));
        return index;
    }

    /** The batch as {@code llama_decode} takes it. */
    MemorySegment struct() {
        struct.set(JAVA_INT, 0, size);
        return struct;
    }
}
