package com.peerllm.desktop.chat;

/**
 * A model that can be asked, ready to be read.
 *
 * @param words name and place
 * @param price of the network; of a model here, that there is none
 */
public record AnswererChoice(String id, boolean local, String words, String price) {
    @Override
    public String toString() {
        return words;
    }
}
