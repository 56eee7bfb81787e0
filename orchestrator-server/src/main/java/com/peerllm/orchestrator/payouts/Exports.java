package com.peerllm.orchestrator.payouts;

import com.peerllm.orchestrator.storage.PayoutRows.BatchMove;
import com.peerllm.orchestrator.storage.PayoutRows.BatchState;
import com.peerllm.orchestrator.storage.PayoutRows.LineMove;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineState;
import com.peerllm.orchestrator.storage.PayoutStore;
import com.peerllm.shared.payout.PayeeDetails;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that providers get. The first export decides what is in one; it is kept until the batch is settled, so that a second
 * export can name nobody else.
 */
final class Exports {
    private final PayoutStore store;
    private final PayeeFolder payees;
    private final OwnerOnlyFolder files;
    private final PayoutProvider provider;
    private final InstantSource clock;

    Exports(PayoutStore store, PayeeFolder payees, Path files, PayoutProvider provider, InstantSource clock) {
        this.store = store;
        this.payees = payees;
        this.files = new OwnerOnlyFolder(files);
        this.provider = provider;
        this.clock = clock;
    }

    /** Money of those who erased how they are paid in the meantime is to go back. */
    String first(PayoutBatch batch) {
        long number = batch.batch().number();
        long now = clock.millis();
        List<PaymentOrder> orders = new ArrayList<>();
        List<LineMove> moves = new ArrayList<>();
        for (LineRow line : batch.lines()) {
            if (line.state() != LineState.SENT) continue;
            Optional<PayeeDetails> payee = payees.find(line.account());
            if (payee.isPresent()) {
                orders.add(new PaymentOrder(number, PayoutIds.of(line), line.account(), payee.get(), line.amount()));
            } else {
                Optional<String> note = Optional.of(new Claim.Obstacle.NoPayee().sentence());
                moves.add(new LineMove(line.number(), LineState.SENT, LineState.RETURNING, note, now));
            }
        }
        if (orders.isEmpty()) {
            throw new PayoutException(
                    PayoutException.Kind.CONFLICT, "Nobody in batch " + number + " can be paid now. Cancel it.");
        }
        // A file of before a crash was given to nobody; this one takes its place.
        String file = provider.file(orders);
        files.write(name(number), file);
        store.move(number, Optional.of(new BatchMove(BatchState.APPROVED, BatchState.EXPORTED, now, "")), moves);
        return file;
    }

    String again(long batch) {
        return files.read(name(batch))
                .orElseThrow(() -> new PayoutException(
                        PayoutException.Kind.CONFLICT,
                        "The file of batch " + batch + " was deleted. Restore it from a backup of the data folder."));
    }

    /** It holds personal details, and nobody needs it any more. */
    void forget(long batch) {
        files.delete(name(batch));
    }

    private static String name(long batch) {
        return "batch-" + batch + ".csv";
    }
}
