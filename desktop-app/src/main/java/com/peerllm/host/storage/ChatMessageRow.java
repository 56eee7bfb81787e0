package com.peerllm.host.storage;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One message of a chat.
 *
 * @param place of the message in its chat; later ones have greater places
 * @param speaker and {@code state}: words of the room of the chats
 * @param cost in nano-dollars; empty where nothing was charged
 */
public record ChatMessageRow(
        long chat,
        int place,
        String speaker,
        String state,
        String model,
        String text,
        String thinking,
        Optional<String> trouble,
        OptionalInt promptTokens,
        OptionalInt completionTokens,
        OptionalLong cost,
        OptionalLong tookMillis,
        long atMillis) {

    /** Without what was said, for a log may print it. */
    @Override
    public String toString() {
        return "ChatMessageRow[" + chat + ", " + place + ", " + state + "]";
    }
}
