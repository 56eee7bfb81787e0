package com.peerllm.desktop.chat;

/**
 * A model that can be asked, ready to be read.
 *
 * @param words name, place and price
 */
public record AnswererChoice(String id, String name, boolean local, String words) {
    @Override
    public String toString() {
        return words;
    }
}
