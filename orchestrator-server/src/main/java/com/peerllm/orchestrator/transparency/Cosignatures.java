package com.peerllm.orchestrator.transparency;

import com.peerllm.shared.transparency.Cosignature;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.NoteKey;
import com.peerllm.shared.transparency.NoteSignature;
import com.peerllm.shared.transparency.SignedNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which cosignatures are believed: those of known witnesses, under checkpoints of our own. Pure. */
final class Cosignatures {
    private final LogVerifier log;
    private final List<NoteKey> witnesses;

    Cosignatures(LogVerifier log, List<NoteKey> witnesses) {
        this.log = log;
        this.witnesses = witnesses;
    }

    /**
     * Reads a note that a witness gives back: one of our checkpoints with its signature below. Signatures of others are left out.
     *
     * @throws InvalidLogData when it is no checkpoint of ours, has no known witness's signature, or a wrong one
     */
    Published open(byte[] bytes) throws InvalidLogData {
        SignedNote given = SignedNote.parse(bytes);
        var checkpoint = log.open(given);
        if (Cosignature.of(given, witnesses).isEmpty()) {
            throw new InvalidLogData("The note has no signature of a witness that this log knows");
        }
        NoteKey own = NoteKey.ofLog(log.origin(), log.key());
        List<NoteSignature> kept = new ArrayList<>();
        given.signatures().stream().filter(each -> isBy(own, each)).findFirst().ifPresent(kept::add);
        for (NoteKey witness : witnesses) {
            given.signatures().stream()
                    .filter(each -> isBy(witness, each))
                    .findFirst()
                    .ifPresent(kept::add);
        }
        return new Published(checkpoint, new SignedNote(given.text(), kept));
    }

    /** The cosignatures of known witnesses in a file that was written before; those of forgotten witnesses are left out. */
    Optional<Published> reopen(byte[] bytes) {
        try {
            return Optional.of(open(bytes));
        } catch (InvalidLogData e) {
            return Optional.empty();
        }
    }

    /** The signatures of both under the same checkpoint, of each witness the newer. */
    Published merge(Published before, Published more) {
        List<NoteSignature> all = new ArrayList<>();
        all.add(before.note().signatures().getFirst());
        for (NoteKey witness : witnesses) {
            java.util.stream.Stream.of(more, before)
                    .flatMap(each -> each.note().signatures().stream())
                    .filter(each -> isBy(witness, each))
                    .findFirst()
                    .ifPresent(all::add);
        }
        return new Published(before.checkpoint(), new SignedNote(before.note().text(), all));
    }

    private static boolean isBy(NoteKey key, NoteSignature signature) {
        return signature.name().equals(key.name()) && signature.keyId() == key.id();
    }
}
