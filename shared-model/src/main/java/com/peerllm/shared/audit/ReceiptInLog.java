package com.peerllm.shared.audit;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.Cosignature;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.NoteKey;
import com.peerllm.shared.transparency.TlogProof;
import com.peerllm.shared.transparency.TreeHasher;
import com.peerllm.shared.transparency.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * That a receipt is a leaf of its orchestrator's log, shown without a network.
 *
 * @param checkpoint under which it is; empty when the proof does not hold
 * @param cosignatures of the witnesses asked for, under that checkpoint
 * @param fault what is wrong; empty when the proof holds
 */
public record ReceiptInLog(Optional<Checkpoint> checkpoint, List<Cosignature> cosignatures, Optional<String> fault) {
    private static final String ORIGIN = "peerllm.log/";

    /** The proof must be by the key that the receipt names, which {@code ReceiptVerifier} compares with the one expected. */
    public static ReceiptInLog check(Receipt receipt, TlogProof proof, Collection<NoteKey> witnesses) {
        if (receipt.consumer().isEmpty()) return fails("It is of before the log, and so not in it");
        if (receipt.leaf().isPresent() && receipt.leaf().get() != proof.index()) {
            return fails("The proof is for leaf " + proof.index() + ", and the receipt says that it is leaf "
                    + receipt.leaf().get());
        }
        try {
            LogVerifier log = new LogVerifier(ORIGIN + receipt.orchestrator(), receipt.orchestratorKey());
            Checkpoint checkpoint = log.open(proof.checkpoint());
            Verdict verdict = proof.verify(new TreeHasher().leaf(receipt.message()), log);
            if (!verdict.holds())
                return fails("The proof does not hold: " + verdict.fault().orElseThrow());
            List<Cosignature> cosignatures = Cosignature.of(proof.checkpoint(), witnesses);
            return new ReceiptInLog(Optional.of(checkpoint), cosignatures, Optional.empty());
        } catch (InvalidLogData | IllegalArgumentException e) {
            return fails("The proof does not hold: " + e.getMessage());
        }
    }

    private static ReceiptInLog fails(String fault) {
        return new ReceiptInLog(Optional.empty(), List.of(), Optional.of(fault));
    }

    /** Whether the receipt's commitment is to this account; the salt is what the orchestrator gave its owner. */
    public static boolean isPaidBy(Receipt receipt, AccountId account, String saltHex) {
        String opened = String.join(
                "\n",
                "peerllm consumer v1",
                saltHex,
                account.value(),
                receipt.job().value());
        String commitment = HexFormat.of().formatHex(Sha256.of(opened.getBytes(StandardCharsets.UTF_8)));
        return receipt.consumer().filter(commitment::equals).isPresent();
    }
}
