package com.peerllm.shared.transparency;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with signatures below it (C2SP signed-note), of which nothing is checked yet: {@link LogVerifier} does.
 *
 * @param text ends with a line feed, which is signed with it
 * @param signatures 1 to 64
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** Far more than a checkpoint with 64 Ed25519 signatures, enough for sixteen of ML-DSA-44. */
    public static final int MAX_BYTES = 128 * 1024;

    private static final int MAX_SIGNATURES = 64;

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || hasControls(text)) {
            throw new IllegalArgumentException(
                    "A note's text ends with a line feed and has no other control character");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("A note has 1 to " + MAX_SIGNATURES + " signatures");
        }
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\n');
    }

    /** The same note with one more signature. */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        all.add(signature);
        return new SignedNote(text, all);
    }

    /** The note as it is served. */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #bytes()} writes.
     *
     * @throws InvalidLogData when it is anything else
     */
    public static SignedNote parse(byte[] bytes) throws InvalidLogData {
        if (bytes.length > MAX_BYTES) throw new InvalidLogData("A note has at most " + MAX_BYTES + " bytes");
        String note = StrictText.utf8(bytes, "The note");
        if (hasControls(note)) throw new InvalidLogData("The note has a control character");
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n")) {
            throw new InvalidLogData("A note is a text, an empty line and signature lines, each ended by a line feed");
        }
        String[] lines = note.substring(blank + 2, Math.max(blank + 2, note.length() - 1))
                .split("\n", -1);
        if (lines.length > MAX_SIGNATURES)
            throw new InvalidLogData("A note has at most " + MAX_SIGNATURES + " signatures");
        List<NoteSignature> signatures = new ArrayList<>(lines.length);
        for (String line : lines) signatures.add(NoteSignature.parse(line));
        return new SignedNote(note.substring(0, blank + 1), signatures);
    }

    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (NoteSignature signature : signatures) note.append(signature.line()).append('\n');
        return note.toString();
    }
}
