package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.JournalBatch.Head;
import com.peerllm.orchestrator.storage.JournalBatch.Leaves;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Many payments in a log, written without a ledger: what they say of money is in no account. */
public final class MadeUpLog {
    private static final long FIRST_MILLIS = 1_795_381_795_236L;
    private static final long MILLIS_BETWEEN = 3_000;
    private static final int BATCH = 4_000;

    private final Database database;
    private final List<PeerIdentity> hosts;
    private final SplittableRandom random = new SplittableRandom(5);
    private final PeerIdentity orchestrator = PeerIdentity.generate();

    public MadeUpLog(Database database, int hosts) {
        this.database = database;
        this.hosts = Stream.generate(PeerIdentity::generate).limit(hosts).toList();
    }

    public List<PeerIdentity> hosts() {
        return hosts;
    }

    /** Adds so many payments, each of a job of its own. */
    public void add(int payments) {
        for (int done = 0; done < payments; done += BATCH) {
            Head head = database.ledger().head();
            int size = Math.min(BATCH, payments - done);
            List<Receipt> receipts = new ArrayList<>(size);
            for (int i = 0; i < size; i++) receipts.add(receipt(head.leafCount() + i));
            database.ledger()
                    .append(new JournalBatch(
                            head.batchNumber() + 1,
                            head.lastSeq(),
                            List.of(),
                            List.of(),
                            List.of(),
                            receipts,
                            Optional.of(new Leaves(head.leafCount(), head.leafCount() + size, List.of()))));
        }
    }

    private Receipt receipt(long leaf) {
        // A few hosts have most of the work.
        PeerIdentity host = hosts.get((int) (hosts.size() * Math.pow(random.nextDouble(), 3)));
        int model = random.nextInt(20);
        int tokens = random.nextInt(2_000);
        TokenPrice price = new TokenPrice(Credits.ofDollars(1), Credits.ofDollars(1));
        long charged = price.cost(tokens, tokens).nanoDollars();
        return new Receipt(
                "made-up",
                new JobId("job_%032x".formatted(leaf)),
                0,
                FIRST_MILLIS + leaf * MILLIS_BETWEEN,
                host.hostId(),
                host.publicKey(),
                new ModelId("model-" + model),
                new ModelDigest("%02x".formatted(model).repeat(32)),
                tokens,
                tokens,
                price,
                new Credits(charged),
                new Credits(charged - charged / 20),
                new Credits(charged / 20),
                Credits.ZERO,
                "cd".repeat(32),
                Optional.of("s".repeat(86)),
                orchestrator.publicKey(),
                "t".repeat(86),
                Optional.empty(),
                Optional.of("%064x".formatted(leaf)),
                Optional.of(leaf));
    }
}
