package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.AccountRow;
import com.peerllm.orchestrator.storage.AccountRow.TotalsRow;
import com.peerllm.orchestrator.storage.JournalBatch;
import com.peerllm.orchestrator.storage.JournalBatch.Head;
import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.JournalBatch.Leaves;
import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.SettlementRow;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.ledger.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operations that become durable together: their rows, and who is told when it is done. */
final class Batch {
    private final Head before;
    private final ConsumerPseudonyms pseudonyms;
    private final List<AccountRow> opened = new ArrayList<>();
    private final List<TransferRow> transfers = new ArrayList<>();
    private final List<SettlementRow> settlements = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private final List<Operation.Write> operations = new ArrayList<>();
    private final List<Runnable> completions = new ArrayList<>();
    private final List<LeafRow> leaves = new ArrayList<>();
    private final List<LeafRow> texts = new ArrayList<>();

    /** @param before where the journal stands */
    Batch(Head before, ConsumerPseudonyms pseudonyms) {
        this.before = before;
        this.pseudonyms = pseudonyms;
    }

    void add(Operation.Write operation) {
        operations.add(operation);
        switch (operation) {
            case Operation.Opened account -> {
                opened.add(new AccountRow(account.account(), account.atMillis(), TotalsRow.ZERO));
                completions.add(() -> account.done().complete(null));
            }
            case Operation.Held held -> {
                for (Entry entry : held.entries()) add(entry, "hold", held.atMillis());
                completions.add(() -> held.done().complete(null));
            }
            case Operation.Released released -> {
                for (Entry entry : released.entries()) {
                    add(entry, released.reason().word(), released.atMillis());
                }
                completions.add(() -> released.done().complete(null));
            }
            case Operation.Posted posted -> {
                add(posted.entry(), posted.cause().word(), posted.atMillis());
                addLeaf(LeafTexts.entry(posted.entry(), posted.cause(), posted.atMillis(), pseudonyms));
                completions.add(() -> posted.done().complete(null));
            }
            case Operation.Settled settled -> addSettlement(settled);
        }
    }

    private void addSettlement(Operation.Settled settled) {
        Bill bill = settled.bill();
        Settlement settlement = bill.settlement();
        settlements.add(new SettlementRow(
                nextSeq(),
                settlement.job(),
                settlement.consumer(),
                bill.held(),
                bill.charged(),
                bill.dropped(),
                settlement.fingerprint(),
                settled.atMillis(),
                settled.keyId()));
        for (Entry entry : settled.entries()) {
            boolean gift = entry.kind() == Entry.Kind.POST && AccountKind.isPromo(entry.debit());
            add(entry, gift ? LedgerCause.PROMO_SPENT.word() : Replay.SETTLEMENT, settled.atMillis());
        }
        Proofs proofs = settled.proofs().join();
        proofs.giftLeaf().ifPresent(this::addLeaf);
        List<Receipt> issued = proofs.receipts().stream().map(this::addLeaf).toList();
        receipts.addAll(issued);
        completions.add(() -> settled.done()
                .complete(new Settlement.Done(settlement.job(), bill.charged(), bill.released(), issued)));
    }

    /** A receipt is a leaf of the log, and says which. */
    private Receipt addLeaf(Receipt receipt) {
        long index = nextLeaf();
        leaves.add(new LeafRow(index, new String(receipt.message(), StandardCharsets.UTF_8)));
        return receipt.withLeaf(index);
    }

    /** Adds a leaf that is no receipt. */
    void addLeaf(String text) {
        LeafRow row = new LeafRow(nextLeaf(), text);
        leaves.add(row);
        texts.add(row);
    }

    private long nextLeaf() {
        return before.leafCount() + leaves.size();
    }

    /** What it adds to the transparency log. */
    List<LeafRow> leaves() {
        return leaves;
    }

    private void add(Entry entry, String cause, long atMillis) {
        Phase phase = switch (entry.kind()) {
            case POST -> Phase.POST;
            case HOLD -> Phase.HOLD;
            case RELEASE -> Phase.RELEASE;
        };
        transfers.add(new TransferRow(
                nextSeq(), entry.id().value(), phase, entry.debit(), entry.credit(), entry.amount(), cause, atMillis));
    }

    private long nextSeq() {
        return before.lastSeq() + transfers.size() + 1;
    }

    int size() {
        return operations.size();
    }

    /** Whether there is nothing to write. */
    boolean isEmpty() {
        return operations.isEmpty() && leaves.isEmpty();
    }

    List<AccountId> openedAccounts() {
        return opened.stream().map(AccountRow::id).toList();
    }

    List<TransferRow> transfers() {
        return transfers;
    }

    JournalBatch rows() {
        return new JournalBatch(
                before.batchNumber() + 1,
                before.lastSeq() + transfers.size(),
                opened,
                transfers,
                settlements,
                receipts,
                leaves.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Leaves(before.leafCount(), nextLeaf(), List.copyOf(texts))));
    }

    /** Where the journal stands with this batch. */
    Head after() {
        return new Head(before.batchNumber() + 1, before.lastSeq() + transfers.size(), nextLeaf());
    }

    /** Tells everybody that it is durable. */
    void complete() {
        completions.forEach(Runnable::run);
    }

    List<? extends Operation> operations() {
        return operations;
    }
}
