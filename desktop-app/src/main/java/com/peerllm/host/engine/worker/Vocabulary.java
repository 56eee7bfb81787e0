package com.peerllm.host.engine.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** The model's vocabulary: text to token ids and back. Tokenizing is safe from any thread; pieces are for one thread. */
final class Vocabulary {
    /** A token of a real vocabulary is far shorter; the buffer grows for one that is not. */
    private static final int USUAL_PIECE_BYTES = 256;

    private final MethodHandle tokenize;
    private final MethodHandle toPiece;
    private final MethodHandle isEog;
    private final MethodHandle getText;
    private final MemorySegment handle;
    private final int size;
    private final int bos;
    private final int eos;
    private final boolean addsBos;
    private final byte[][] pieces;

    Vocabulary(NativeLibrary library, Model model) {
        MethodHandle get = library.function("llama_model_get_vocab", ADDRESS, ADDRESS);
        handle = NativeCalls.call(() -> (MemorySegment) get.invokeExact(model.handle()));
        tokenize = library.function(
                "llama_tokenize", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_BYTE, JAVA_BYTE);
        toPiece = library.function(
                "llama_token_to_piece", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_BYTE);
        isEog = library.function("llama_vocab_is_eog", JAVA_BYTE, ADDRESS, JAVA_INT);
        getText = library.function("llama_vocab_get_text", ADDRESS, ADDRESS, JAVA_INT);
        size = number(library, "llama_vocab_n_tokens");
        bos = number(library, "llama_vocab_bos");
        eos = number(library, "llama_vocab_eos");
        MethodHandle adds = library.function("llama_vocab_get_add_bos", JAVA_BYTE, ADDRESS);
        addsBos = NativeCalls.call(() -> (byte) adds.invokeExact(handle) != 0);
        pieces = new byte[size][];
    }

    MemorySegment handle() {
        return handle;
    }

    int size() {
        return size;
    }

    /** The beginning-of-sequence id, -1 when there is none. */
    int bos() {
        return bos;
    }

    /** The end-of-sequence id, -1 when there is none. */
    int eos() {
        return eos;
    }

    boolean contains(int token) {
        return token >= 0 && token < size;
    }

    /** A special token as it is written in templates; empty for -1. */
    String text(int token) {
        if (!contains(token)) return "";
        return NativeCalls.text(NativeCalls.call(() -> (MemorySegment) getText.invokeExact(handle, token)));
    }

    boolean endsAnswer(int token) {
        return NativeCalls.call(() -> (byte) isEog.invokeExact(handle, token) != 0);
    }

    /**
     * The ids of a prompt's text: special tokens written in it are recognised, and the vocabulary's beginning-of-sequence token
     * stands in front once, whether or not the text has it already.
     */
    int[] promptTokens(String text) {
        int[] ids = textTokens(text);
        boolean missing = addsBos && bos >= 0 && (ids.length == 0 || ids[0] != bos);
        if (!missing) return ids;
        int[] withBos = new int[ids.length + 1];
        withBos[0] = bos;
        System.arraycopy(ids, 0, withBos, 1, ids.length);
        return withBos;
    }

    /** The ids of a text as it stands; special tokens written in it are recognised. */
    int[] textTokens(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(Math.max(1, utf8.length));
            MemorySegment.copy(utf8, 0, in, JAVA_BYTE, 0, utf8.length);
            int room = utf8.length + 16;
            MemorySegment out = arena.allocate(JAVA_INT, room);
            int found = tokenizeInto(in, utf8.length, out, room);
            if (found < 0 && found != Integer.MIN_VALUE) {
                room = -found;
                out = arena.allocate(JAVA_INT, room);
                found = tokenizeInto(in, utf8.length, out, room);
            }
            if (found < 0)
                throw new EngineException(EngineErrorCode.PROMPT_TOO_LONG, "The prompt is too long to be read.");
            return out.asSlice(0, 4L * found).toArray(JAVA_INT);
        }
    }

    private int tokenizeInto(MemorySegment text, int length, MemorySegment out, int room) {
        return NativeCalls.call(() -> (int) tokenize.invokeExact(handle, text, length, out, room, (byte) 0, (byte) 1));
    }

    /** The bytes that a token adds to an answer; a control token adds none, a byte token may add part of a character. */
    byte[] piece(int token) {
        byte[] known = pieces[token];
        if (known == null) {
            known = readPiece(token);
            pieces[token] = known;
        }
        return known;
    }

    /** The same, read again from the library: for any thread. */
    byte[] readPiece(int token) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(USUAL_PIECE_BYTES);
            int length = pieceInto(token, buffer);
            if (length < 0) {
                buffer = arena.allocate(-length);
                length = pieceInto(token, buffer);
            }
            return buffer.asSlice(0, Math.max(0, length)).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private int pieceInto(int token, MemorySegment buffer) {
        int room = Math.toIntExact(buffer.byteSize());
        return NativeCalls.call(() -> (int) toPiece.invokeExact(handle, token, buffer, room, 0, (byte) 0));
    }

    private int number(NativeLibrary library, String function) {
        MethodHandle read = library.function(function, JAVA_INT, ADDRESS);
        return NativeCalls.call(() -> (int) read.invokeExact(handle));
    }
}
