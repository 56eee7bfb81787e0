package com.peerllm.shared.transparency;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that shows without a network that an entry is in the log (C2SP tlog-proof, {@code c2sp.org/tlog-proof@v1}): its number, the
 * path to the root, and the checkpoint with its signatures. May come from a stranger; {@link #verify} checks it.
 *
 * @param extra what the application adds; not authenticated by anything. Empty when there is none
 * @param index which leaf, from 0
 * @param hashes the leaf's sibling first
 * @param checkpoint as the log served it
 */
public record TlogProof(Optional<byte[]> extra, long index, List<TreeHash> hashes, SignedNote checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_HASHES = 63;
    private static final int MAX_CHARACTERS = SignedNote.MAX_BYTES + 128 * 1024;

    public TlogProof {
        extra = extra.map(byte[]::clone);
        hashes = List.copyOf(hashes);
    }

    /** A proof without extra data. */
    public static TlogProof of(InclusionProof proof, SignedNote checkpoint) {
        return new TlogProof(Optional.empty(), proof.index(), proof.hashes(), checkpoint);
    }

    /**
     * Checks that this very leaf is in the log that {@code log} knows. Never throws. Says nothing about witnesses: see {@link
     * Cosignature#of}.
     */
    public Verdict verify(TreeHash leaf, LogVerifier log) {
        try {
            Checkpoint signed = log.open(checkpoint);
            return new InclusionProof(index, signed.size(), hashes).verify(leaf, signed.root());
        } catch (InvalidLogData e) {
            return Verdict.fails(e.getMessage());
        }
    }

    /** The file's text. */
    public String format() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        extra.ifPresent(
                bytes -> text.append(EXTRA).append(StrictText.base64(bytes)).append('\n'));
        text.append(INDEX).append(index).append('\n');
        for (TreeHash hash : hashes) text.append(hash.base64()).append('\n');
        return text.append('\n').append(checkpoint).toString();
    }

    /**
     * Reads what {@link #format()} writes.
     *
     * @throws InvalidLogData when it is anything else
     */
    public static TlogProof parse(String text) throws InvalidLogData {
        if (text.length() > MAX_CHARACTERS)
            throw new InvalidLogData("A proof has at most " + MAX_CHARACTERS + " characters");
        int blank = text.indexOf("\n\n");
        if (blank < 0) throw new InvalidLogData("The proof has no checkpoint");
        List<String> lines = List.of(text.substring(0, blank).split("\n", -1));
        if (!lines.getFirst().equals(HEADER)) throw new InvalidLogData("A proof begins with the line " + HEADER);
        int at = 1;
        Optional<byte[]> extra = Optional.empty();
        if (at < lines.size() && lines.get(at).startsWith(EXTRA)) {
            extra = Optional.of(StrictText.base64(lines.get(at++).substring(EXTRA.length()), "The proof's extra data"));
        }
        if (at == lines.size() || !lines.get(at).startsWith(INDEX)) throw new InvalidLogData("The proof has no index");
        long index = StrictText.number(lines.get(at++).substring(INDEX.length()), "The proof's index");
        if (lines.size() - at > MAX_HASHES) throw new InvalidLogData("A proof has at most " + MAX_HASHES + " hashes");
        List<TreeHash> hashes = new ArrayList<>();
        for (String line : lines.subList(at, lines.size())) hashes.add(TreeHash.parseBase64(line));
        byte[] note = text.substring(blank + 2).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new TlogProof(extra, index, hashes, SignedNote.parse(note));
    }
}
