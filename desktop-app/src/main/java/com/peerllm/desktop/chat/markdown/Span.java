package com.peerllm.desktop.chat.markdown;

/** Words of one look. */
public record Span(String text, boolean bold, boolean italic, boolean code) {

    static Span plain(String text) {
        return new Span(text, false, false, false);
    }

    boolean looksLike(Span other) {
        return bold == other.bold && italic == other.italic && code == other.code;
    }

    Span with(String more) {
        return new Span(text + more, bold, italic, code);
    }
}
