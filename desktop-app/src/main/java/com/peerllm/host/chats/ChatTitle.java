package com.peerllm.host.chats;

/** Makes the title of a chat from the first thing that was said in it. */
final class ChatTitle {
    private static final int USUAL = 40;
    /** A word that would be cut this late is left out whole. */
    private static final int LATE = 24;

    private ChatTitle() {}

    static String of(String said) {
        String line = said.strip().lines().findFirst().orElse("").strip().replaceAll("\\s+", " ");
        if (line.length() <= USUAL) return line;
        int end = line.lastIndexOf(' ', USUAL);
        if (end < LATE) end = Character.isHighSurrogate(line.charAt(USUAL - 1)) ? USUAL - 1 : USUAL;
        return line.substring(0, end).replaceAll("[\\s,;:.!?-]+$", "") + "…";
    }

    /** What a person typed as a title: on one line and not too long. */
    static String typed(String title) {
        String line = title.strip().replaceAll("\\s+", " ");
        return line.length() <= ChatLimits.TITLE ? line : line.substring(0, ChatLimits.TITLE);
    }
}
