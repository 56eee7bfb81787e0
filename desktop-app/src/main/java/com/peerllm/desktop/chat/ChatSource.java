package com.peerllm.desktop.chat;

import com.peerllm.host.answering.Assistant;
import com.peerllm.host.chats.ChatBook;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What Chat uses of the host.
 *
 * @param chats what was said on this computer
 * @param preparation of a model of this computer, by name; read while somebody waits for its first word
 */
public record ChatSource(ChatBook chats, Assistant assistant, Function<String, Preparation> preparation) {

    /**
     * How far a model of this computer is from answering.
     *
     * @param loaded whether it is in memory
     * @param lastLoad how long loading took the last time; empty when it never was
     */
    public record Preparation(boolean loaded, Optional<Duration> lastLoad) {
        public static final Preparation LOADED = new Preparation(true, Optional.empty());
    }
}
