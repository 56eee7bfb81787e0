package com.peerllm.host.chats;

import java.util.concurrent.atomic.AtomicBoolean;

/** Writes an answer down while it grows: now and then what is new, never a write for each piece. */
final class AnswerPieces {
    private final ChatBook book;
    private final long chat;
    private final int place;
    private final LiveAnswer answer;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile boolean ended;
    /** The rest belongs to the pen's thread. */
    private int text;

    private int thinking;
    private int number;

    AnswerPieces(ChatBook book, long chat, int place, LiveAnswer answer) {
        this.book = book;
        this.chat = chat;
        this.place = place;
        this.answer = answer;
    }

    void grew() {
        if (waiting.compareAndSet(false, true)) book.pen().afterAPause(() -> book.writeIfKept(chat, this::writeNew));
    }

    /** What is written after this is the whole answer. */
    void end() {
        ended = true;
    }

    /** What there is now. */
    void writeNow() {
        book.writeIfKept(chat, this::writeNew);
    }

    private void writeNew(com.peerllm.host.storage.ChatTable table) {
        waiting.set(false);
        if (ended) return;
        String[] more = answer.since(text, thinking);
        if (more[0].isEmpty() && more[1].isEmpty()) return;
        table.add(chat, place, number++, more[0], more[1]);
        text += more[0].length();
        thinking += more[1].length();
    }
}
