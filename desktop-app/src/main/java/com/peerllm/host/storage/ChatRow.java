package com.peerllm.host.storage;

/**
 * A chat of this computer's person.
 *
 * @param model that was asked last; empty before one was chosen
 * @param instructions for the model, before everything that is said
 */
public record ChatRow(
        long id, String title, boolean favourite, String model, String instructions, long changedAtMillis) {

    /** Without what a person wrote, for a log may print it. */
    @Override
    public String toString() {
        return "ChatRow[" + id + "]";
    }
}
