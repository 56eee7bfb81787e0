package com.peerllm.host.chats;

import java.util.List;
import java.util.Optional;

/**
 * What was said in a chat, and the answer that is on its way.
 *
 * @param turns the last of them is {@code WRITING} while there is a live answer
 */
public record ChatState(List<Turn> turns, Optional<LiveAnswer> live) {
    public static final ChatState EMPTY = new ChatState(List.of(), Optional.empty());

    public ChatState {
        turns = List.copyOf(turns);
    }
}
