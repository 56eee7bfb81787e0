package com.peerllm.shared.audit;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.transparency.LogLeaf;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Does the leaves again in their order and finds the first that does not fit those before it. Remembers every job and every
 * entry's commitment by 128 bits, see {@link CompactTable}. Not for several threads.
 */
final class Replay {
    private static final long NEVER = -1;
    private static final int HEX = 16;
    private static final AccountId NETWORK = AccountId.of("network", "fees");

    private final Duration mostBackwards;
    private final Balances balances;
    private final CompactTable jobs;
    private final CompactTable entries;
    private long leaves;
    private long payments;
    private long states;
    private long latestMillis;
    private long stateMillis;
    private long longestWithoutStateMillis;

    /** The job whose parts are being read; empty at the beginning. Its parts stand side by side. */
    private String job = "";

    private int segment;

    Replay(Duration mostBackwards, RandomGenerator random) {
        this(mostBackwards, new Balances(random), new CompactTable(random), new CompactTable(random));
    }

    private Replay(Duration mostBackwards, Balances balances, CompactTable jobs, CompactTable entries) {
        this.mostBackwards = mostBackwards;
        this.balances = balances;
        this.jobs = jobs;
        this.entries = entries;
    }

    void next(LogLeaf leaf) throws WrongLeaf {
        if (leaves == 0 && !(leaf instanceof LogLeaf.State)) {
            throw new WrongLeaf("The log does not begin with a state of all balances.");
        }
        checkTime(leaf);
        switch (leaf) {
            case LogLeaf.Payment payment -> pay(payment);
            case LogLeaf.Entry entry -> post(entry);
            case LogLeaf.State state -> compare(state);
        }
        leaves++;
    }

    /**
     * Payments and entries are in the order in which they were decided, states in that in which they were written: after a
     * database that could not be reached, a state is newer than what follows it.
     */
    private void checkTime(LogLeaf leaf) throws WrongLeaf {
        long millis = leaf.timeMillis();
        boolean isState = leaf instanceof LogLeaf.State;
        long latest = isState ? Math.max(latestMillis, stateMillis) : latestMillis;
        if (latest - millis > mostBackwards.toMillis()) {
            throw new WrongLeaf(
                    "Its time goes back too far.", "at least " + (latest - mostBackwards.toMillis()), millis);
        }
        if (states > 0) longestWithoutStateMillis = Math.max(longestWithoutStateMillis, millis - stateMillis);
        if (!isState) latestMillis = Math.max(latestMillis, millis);
    }

    private void pay(LogLeaf.Payment payment) throws WrongLeaf {
        checkJob(payment.job(), payment.segment());
        balances.take(
                AccountId.of("consumer", payment.consumer()), payment.charged().nanoDollars());
        balances.give(AccountId.ofHost(payment.host()), payment.hostShare().nanoDollars());
        balances.give(NETWORK, payment.networkShare().nanoDollars());
        Credits royalty = payment.creatorShare();
        if (payment.creator().isPresent()) balances.give(payment.creator().get(), royalty.nanoDollars());
        payments++;
    }

    private void checkJob(JobId id, int part) throws WrongLeaf {
        if (id.value().equals(job)) {
            if (part <= segment) {
                throw new WrongLeaf("This part of the job is paid twice.", "a part after " + segment, "part " + part);
            }
        } else {
            String hex = id.value().substring(id.value().length() - 2 * HEX);
            long high = Long.parseUnsignedLong(hex, 0, HEX, HEX);
            long low = Long.parseUnsignedLong(hex, HEX, 2 * HEX, HEX);
            long before = jobs.get(high, low, NEVER);
            if (before != NEVER) throw new WrongLeaf("The job was settled before, in leaf " + before + ".");
            jobs.put(high, low, leaves);
            job = id.value();
        }
        segment = part;
    }

    private void post(LogLeaf.Entry entry) throws WrongLeaf {
        remember(entry.debit());
        remember(entry.credit());
        balances.move(entry.debit(), entry.credit(), entry.amount().nanoDollars());
    }

    /** A commitment is made for one transfer only. */
    private void remember(AccountId account) throws WrongLeaf {
        Balances.Kind kind = Balances.Kind.of(account);
        if (kind != Balances.Kind.CONSUMER && kind != Balances.Kind.PROMO) return;
        String hex = account.name();
        long high = Long.parseUnsignedLong(hex, 0, HEX, HEX);
        long low = Long.parseUnsignedLong(hex, HEX, 2 * HEX, HEX);
        long before = entries.get(high, low, NEVER);
        if (before != NEVER) throw new WrongLeaf("The transfer was posted before, in leaf " + before + ".");
        entries.put(high, low, leaves);
    }

    private void compare(LogLeaf.State state) throws WrongLeaf {
        if (leaves == 0) balances.begin(state);
        else balances.compare(state);
        states++;
        stateMillis = state.timeMillis();
    }

    long leaves() {
        return leaves;
    }

    /** What the leaves so far add up to. */
    AuditReport.Money money() {
        Map<String, Long> totals = balances.totals();
        return new AuditReport.Money(
                payments,
                leaves - payments - states,
                states,
                jobs.size(),
                balances.namedAccounts(),
                Duration.ofMillis(longestWithoutStateMillis),
                totals);
    }

    void write(DataOutputStream out) throws IOException {
        for (long number :
                new long[] {leaves, payments, states, latestMillis, stateMillis, longestWithoutStateMillis}) {
            out.writeLong(number);
        }
        out.writeUTF(job);
        out.writeInt(segment);
        balances.write(out);
        jobs.write(out);
        entries.write(out);
    }

    static Replay read(DataInputStream in, Duration mostBackwards, RandomGenerator random) throws IOException {
        long[] numbers = new long[6];
        for (int i = 0; i < numbers.length; i++) numbers[i] = in.readLong();
        String job = in.readUTF();
        int segment = in.readInt();
        Replay replay = new Replay(
                mostBackwards, Balances.read(in, random), CompactTable.read(in, random), CompactTable.read(in, random));
        replay.leaves = numbers[0];
        replay.payments = numbers[1];
        replay.states = numbers[2];
        replay.latestMillis = numbers[3];
        replay.stateMillis = numbers[4];
        replay.longestWithoutStateMillis = numbers[5];
        replay.job = job;
        replay.segment = segment;
        return replay;
    }
}
