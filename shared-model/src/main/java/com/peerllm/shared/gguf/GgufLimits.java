package com.peerllm.shared.gguf;

/**
 * How much of a stranger's header is read and kept at most.
 *
 * @param headerBytes from the file's start to the end of the tensor list
 * @param entries key-value pairs
 * @param tensors tensors listed
 * @param arrayLength elements of one array (the longest known ones are vocabularies and their merges)
 * @param keyBytes one key; the format's own limit is 65,535
 * @param textBytes one kept text other than the chat template
 * @param chatTemplateBytes the chat template
 * @param keptBytes all keys and values that are kept in memory
 */
public record GgufLimits(
        long headerBytes,
        int entries,
        int tensors,
        int arrayLength,
        int keyBytes,
        int textBytes,
        int chatTemplateBytes,
        int keptBytes) {
    /**
     * Far above every published model (the largest headers are below 32 MiB, the longest tensor lists below 10,000), and
     * read in about a second at most.
     */
    public static final GgufLimits STANDARD =
            new GgufLimits(256L << 20, 16_384, 65_536, 16 << 20, 65_535, 64 << 10, 1 << 20, 8 << 20);

    public GgufLimits {
        if (Math.min(Math.min(headerBytes, entries), Math.min(tensors, arrayLength)) < 1
                || Math.min(Math.min(keyBytes, textBytes), Math.min(chatTemplateBytes, keptBytes)) < 1)
            throw new IllegalArgumentException("Every limit must be at least 1");
    }
}
