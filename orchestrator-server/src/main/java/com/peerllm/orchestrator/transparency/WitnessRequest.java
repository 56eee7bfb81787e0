package com.peerllm.orchestrator.transparency;

import com.peerllm.shared.transparency.ConsistencyProof;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.NoteSignature;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The texts of {@code add-checkpoint} (C2SP tlog-witness). Pure. */
final class WitnessRequest {
    private WitnessRequest() {}

    /**
     * What is sent: how much the witness knows, the proof that the log only grew since, and the checkpoint.
     *
     * @param proof from the size that the witness knows to the note's; with no hashes when it knows nothing
     * @param note signed by the log alone
     */
    static byte[] body(ConsistencyProof proof, SignedNote note) {
        StringBuilder body = new StringBuilder("old ").append(proof.oldSize()).append('\n');
        for (TreeHash hash : proof.hashes()) body.append(hash.base64()).append('\n');
        return body.append('\n').append(note).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The checkpoint with the signature lines that the witness answered below it. */
    static SignedNote cosigned(SignedNote note, String answer) throws InvalidLogData {
        if (!answer.endsWith("\n")) throw new InvalidLogData("A signature line ends with a line feed");
        List<NoteSignature> all = new ArrayList<>(note.signatures());
        for (String line : answer.substring(0, answer.length() - 1).split("\n", -1)) all.add(NoteSignature.parse(line));
        try {
            return new SignedNote(note.text(), all);
        } catch (IllegalArgumentException e) {
            throw new InvalidLogData(e.getMessage(), e);
        }
    }

    /** The size that a witness says it knows, with status 409. */
    static long size(String answer) throws InvalidLogData {
        if (!answer.matches("\\d{1,18}\n?")) throw new InvalidLogData("The size is not a number");
        return Long.parseLong(answer.strip());
    }
}
