package com.peerllm.host.chats;

/** How much is kept, so that chats cannot fill a disk or a screen without end. */
public final class ChatLimits {
    /** Characters of one message; an answer that gets there is ended. The database's columns have the same limit. */
    public static final int CHARACTERS = 262_144;

    /** Messages of one chat, answers included. */
    public static final int MESSAGES = 1000;

    /** Chats; with one more, the oldest that is no favourite leaves. */
    public static final int CHATS = 2000;

    /** Characters of a title. */
    public static final int TITLE = 60;

    /** Characters of the instructions to a model. */
    public static final int INSTRUCTIONS = 32_768;

    private ChatLimits() {}
}
