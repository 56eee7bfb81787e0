package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.RevenueSplit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Makes and signs receipts in the name of this orchestrator. */
public final class ReceiptIssuer {
    private final String orchestrator;
    private final PeerIdentity identity;
    private final ConsumerPseudonyms pseudonyms;

    /** @param orchestrator the name this orchestrator goes by */
    public ReceiptIssuer(String orchestrator, PeerIdentity identity, ConsumerPseudonyms pseudonyms) {
        this.orchestrator = orchestrator;
        this.identity = identity;
        this.pseudonyms = pseudonyms;
    }

    /** One signed receipt for each item of the bill. */
    List<Receipt> issue(Bill bill, long settledAtMillis) {
        JobId job = bill.settlement().job();
        String consumer = pseudonyms.commitment(bill.settlement().consumer(), job.value());
        return bill.items().stream()
                .map(item -> issue(job, item, settledAtMillis, consumer))
                .toList();
    }

    private Receipt issue(JobId job, Bill.Item item, long settledAtMillis, String consumer) {
        Settlement.Segment delivered = item.delivered();
        RevenueSplit.Shares shares = item.shares();
        Receipt unsigned = new Receipt(
                orchestrator,
                job,
                item.segment(),
                settledAtMillis,
                delivered.host(),
                delivered.hostKey(),
                delivered.model(),
                delivered.digest(),
                delivered.promptTokens(),
                delivered.completionTokens(),
                delivered.price(),
                item.charged(),
                shares.host(),
                shares.network(),
                shares.creator(),
                delivered.deliveryHash(),
                delivered.hostSignature(),
                identity.publicKey(),
                "",
                delivered.creator(),
                Optional.of(consumer),
                Optional.empty());
        byte[] signature = identity.sign(unsigned.message());
        return unsigned.withOrchestratorSignature(
                Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }
}
