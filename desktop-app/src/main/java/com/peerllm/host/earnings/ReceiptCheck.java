package com.peerllm.host.earnings;

import com.peerllm.host.session.DeliveryTrace;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides whether a receipt counts as earned: a pure function of the receipt and what this host knows. */
final class ReceiptCheck {
    private ReceiptCheck() {}

    /**
     * @param self this host's key
     * @param from the orchestrator this host trusts
     * @param paidFor the remembered delivery that the receipt fits, if any
     * @param jobKnown whether anything is remembered of the job
     */
    static StoredReceipt check(
            Receipt receipt,
            PeerKey self,
            MetOrchestrator from,
            Optional<DeliveryTrace> paidFor,
            boolean jobKnown,
            long nowMillis) {
        ReceiptVerifier.Verdict verdict = ReceiptVerifier.verify(receipt, Optional.of(from.key()));
        List<String> faults = new ArrayList<>(verdict.faults());
        if (!receipt.hostKey().equals(self)) faults.add("It is for another host");
        if (!receipt.orchestrator().equals(from.name())) faults.add("It names another orchestrator");
        // A signature of this host over the delivery is as good as remembering it, also after a restart.
        boolean signedHere = verdict.hostSigned() && faults.isEmpty();
        if (paidFor.isEmpty() && !signedHere) {
            faults.add(
                    jobKnown
                            ? "It pays for other tokens than this host delivered"
                            : "This host does not remember the delivery");
        }
        if (paidFor.isPresent() && !paidFor.get().agreesWith(receipt.price())) {
            faults.add("It pays another price than was agreed");
        }
        OptionalInt delivered =
                paidFor.map(trace -> OptionalInt.of(trace.tokens())).orElse(OptionalInt.empty());
        StoredReceipt.Status status = faults.isEmpty() ? StoredReceipt.Status.VERIFIED : StoredReceipt.Status.DISPUTED;
        return new StoredReceipt(receipt, status, delivered, faults, nowMillis);
    }
}
