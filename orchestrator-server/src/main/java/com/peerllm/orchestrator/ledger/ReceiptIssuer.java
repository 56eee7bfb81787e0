package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.RevenueSplit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and signs receipts in the name of this orchestrator. */
public final class ReceiptIssuer {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptIssuer.class);

    private final String orchestrator;
    private final PeerIdentity identity;
    private final ReceiptSigner signer;
    private final ConsumerPseudonyms pseudonyms;

    /** @param orchestrator the name this orchestrator goes by */
    public ReceiptIssuer(String orchestrator, PeerIdentity identity, ConsumerPseudonyms pseudonyms) {
        this.orchestrator = orchestrator;
        this.identity = identity;
        this.signer = new ReceiptSigner(identity);
        this.pseudonyms = pseudonyms;
    }

    /**
     * What the transparency log gets for a settlement. May wait for the disk.
     *
     * @param entries what the settlement did
     */
    Proofs prove(Bill bill, List<Entry> entries, long settledAtMillis) {
        try {
            pseudonyms.prepare(bill.settlement().consumer());
        } catch (LedgerException e) {
            LOG.error(
                    "{} is paid under a commitment that nobody can open",
                    bill.settlement().job(),
                    e);
        }
        Optional<String> gift = entries.stream()
                .filter(entry -> entry.kind() == Entry.Kind.POST && AccountKind.isPromo(entry.debit()))
                .findFirst()
                .map(entry -> LeafTexts.entry(entry, LedgerCause.PROMO_SPENT, settledAtMillis, pseudonyms));
        return new Proofs(gift, issue(bill, settledAtMillis));
    }

    /** One signed receipt for each item of the bill. */
    private List<Receipt> issue(Bill bill, long settledAtMillis) {
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
        byte[] signature = signer.sign(unsigned.message());
        return unsigned.withOrchestratorSignature(
                Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }
}
