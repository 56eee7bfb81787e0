package com.peerllm.host.engine.worker;

import com.peerllm.shared.grammar.GrammarBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The words by which answers are read, as this vocabulary has them: some are control tokens, which have no text of their own.
 *
 * <p>Only these control tokens are read; any other says nothing, as ever.
 */
final class Marks {
    private static final byte[] NOTHING = {};

    private final Vocabulary vocabulary;
    private final Map<Integer, byte[]> silent = new HashMap<>();
    private final Map<String, Integer> tokens = new HashMap<>();

    Marks(Vocabulary vocabulary, Collection<String> words) {
        this.vocabulary = vocabulary;
        for (String word : words) {
            int[] ids = vocabulary.textTokens(word);
            if (ids.length != 1 || vocabulary.readPiece(ids[0]).length > 0) continue;
            silent.put(ids[0], word.getBytes(StandardCharsets.UTF_8));
            tokens.put(word, ids[0]);
        }
    }

    /** The bytes by which a token is read. For one thread, as the vocabulary's pieces are. */
    byte[] piece(int token) {
        byte[] text = vocabulary.piece(token);
        return text.length > 0 || silent.isEmpty() ? text : silent.getOrDefault(token, NOTHING);
    }

    /** The same, read again from the library: for any thread. */
    byte[] readPiece(int token) {
        byte[] text = vocabulary.readPiece(token);
        return text.length > 0 ? text : silent.getOrDefault(token, NOTHING);
    }

    /** A text of several tokens as it is read. */
    String text(int[] ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int id : ids) bytes.writeBytes(piece(id));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** How a grammar writes a text with marks in it: a control token is possible only where it is named as such. */
    String gbnf(String text) {
        for (Map.Entry<String, Integer> mark : tokens.entrySet()) {
            int at = text.indexOf(mark.getKey());
            if (at < 0) continue;
            String before = at == 0 ? "" : gbnf(text.substring(0, at)) + " ";
            int end = at + mark.getKey().length();
            String after = end == text.length() ? "" : " " + gbnf(text.substring(end));
            return before + "<[" + mark.getValue() + "]>" + after;
        }
        return GrammarBuilder.literal(text);
    }
}
