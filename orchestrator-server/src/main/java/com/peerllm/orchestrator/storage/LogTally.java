package com.peerllm.orchestrator.storage;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogLeaf;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Adds up leaves of the transparency log, one after another: in all, by cause, by host, by host and day, by model, and by
 * model, day and host.
 */
public final class LogTally {
    private static final long DAY_MILLIS = 86_400_000;

    private final Map<String, CauseSum> causes = new TreeMap<>();
    private final Map<HostId, HostSums> hosts = new TreeMap<>();
    private final Map<HostDay, HostSums> days = new TreeMap<>();
    private final Map<PaidModel, PaymentSums> models = new TreeMap<>();
    private final Map<ModelDay, Credits> modelDays = new TreeMap<>();
    private PaymentSums paid = PaymentSums.NONE;
    private long leaves;
    private long jobs;
    private Optional<JobId> lastJob;

    /** @param lastJob the job of the last payment before; a job's payments follow one another */
    public LogTally(Optional<JobId> lastJob) {
        this.lastJob = lastJob;
    }

    /** @param amount may be beyond 64 bits, for money can go in circles */
    public record CauseSum(long entries, BigInteger amount) {
        CauseSum plus(CauseSum other) {
            return new CauseSum(entries + other.entries, amount.add(other.amount));
        }
    }

    /** @param epochDay whole days since 1970 UTC, by the leaf's time */
    public record HostDay(HostId host, int epochDay) implements Comparable<HostDay> {
        @Override
        public int compareTo(HostDay other) {
            int byHost = host.compareTo(other.host);
            return byHost != 0 ? byHost : Integer.compare(epochDay, other.epochDay);
        }
    }

    /** A file under the name by which it was asked for. */
    public record PaidModel(ModelId model, ModelDigest digest) implements Comparable<PaidModel> {
        @Override
        public int compareTo(PaidModel other) {
            int byName = model.value().compareTo(other.model.value());
            return byName != 0 ? byName : digest.hex().compareTo(other.digest.hex());
        }
    }

    /** A file, the host that was paid for it, and the day. @param epochDay whole days since 1970 UTC, by the leaf's time */
    public record ModelDay(int epochDay, ModelDigest digest, HostId host) implements Comparable<ModelDay> {
        private static final Comparator<ModelDay> ORDER = Comparator.comparingInt(ModelDay::epochDay)
                .thenComparing(one -> one.digest().hex())
                .thenComparing(ModelDay::host);

        @Override
        public int compareTo(ModelDay other) {
            return ORDER.compare(this, other);
        }
    }

    /** What a leaf says; empty for what this program does not know, which counts as a leaf and as nothing else. */
    public static Optional<LogLeaf> read(String text) {
        try {
            return Optional.of(LogLeaf.parse(text.getBytes(StandardCharsets.UTF_8)));
        } catch (InvalidLogData e) {
            return Optional.empty();
        }
    }

    /** The leaf that a receipt is, without writing and reading its text. */
    static LogLeaf.Payment payment(Receipt receipt) {
        return new LogLeaf.Payment(
                receipt.orchestrator(),
                receipt.job(),
                receipt.segment(),
                receipt.settledAtMillis(),
                receipt.host(),
                receipt.hostKey(),
                receipt.model(),
                receipt.modelDigest(),
                receipt.promptTokens(),
                receipt.completionTokens(),
                receipt.price(),
                receipt.charged(),
                receipt.hostShare(),
                receipt.networkShare(),
                receipt.creatorShare(),
                receipt.creator(),
                receipt.consumer().orElse(""),
                receipt.deliveryHash(),
                receipt.hostSignature(),
                receipt.orchestratorKey());
    }

    /** @return the host that it names, if it names one */
    public Optional<HostId> add(Optional<LogLeaf> leaf) {
        leaves++;
        if (leaf.isEmpty()) return Optional.empty();
        return switch (leaf.get()) {
            case LogLeaf.Payment payment -> Optional.of(add(payment));
            case LogLeaf.Entry entry -> add(entry);
            case LogLeaf.State state -> Optional.empty();
        };
    }

    private HostId add(LogLeaf.Payment payment) {
        PaymentSums sums = PaymentSums.of(payment);
        paid = paid.plus(sums);
        if (!lastJob.equals(Optional.of(payment.job()))) jobs++;
        lastJob = Optional.of(payment.job());
        models.merge(new PaidModel(payment.model(), payment.modelDigest()), sums, PaymentSums::plus);
        if (payment.hostShare().compareTo(Credits.ZERO) > 0) {
            ModelDay day = new ModelDay(day(payment.timeMillis()), payment.modelDigest(), payment.host());
            modelDays.merge(day, payment.hostShare(), Credits::plus);
        }
        add(payment.host(), payment.timeMillis(), HostSums.of(sums));
        return payment.host();
    }

    private Optional<HostId> add(LogLeaf.Entry entry) {
        BigInteger amount = BigInteger.valueOf(entry.amount().nanoDollars());
        causes.merge(entry.cause(), new CauseSum(1, amount), CauseSum::plus);
        Optional<HostId> payer = host(entry.debit());
        payer.ifPresent(host -> add(host, entry.timeMillis(), HostSums.sent(entry.amount())));
        if (payer.isPresent()) return payer;
        Optional<HostId> receiver = host(entry.credit());
        receiver.ifPresent(host -> add(host, entry.timeMillis(), HostSums.returned(entry.amount())));
        return receiver;
    }

    private void add(HostId host, long atMillis, HostSums sums) {
        hosts.merge(host, sums, HostSums::plus);
        days.merge(new HostDay(host, day(atMillis)), sums, HostSums::plus);
    }

    private static int day(long atMillis) {
        return (int) Math.floorDiv(atMillis, DAY_MILLIS);
    }

    private static Optional<HostId> host(AccountId account) {
        if (!account.kind().equals("host")) return Optional.empty();
        try {
            return Optional.of(new HostId(account.name()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public long leaves() {
        return leaves;
    }

    /** Jobs that were paid: one with several payments counts once. */
    public long jobs() {
        return jobs;
    }

    Optional<JobId> lastJob() {
        return lastJob;
    }

    public PaymentSums paid() {
        return paid;
    }

    public Map<String, CauseSum> causes() {
        return causes;
    }

    public Map<HostId, HostSums> hosts() {
        return hosts;
    }

    public Map<HostDay, HostSums> days() {
        return days;
    }

    public Map<PaidModel, PaymentSums> models() {
        return models;
    }

    /** Hosts' shares; payments of nothing are left out. */
    public Map<ModelDay, Credits> modelDays() {
        return modelDays;
    }
}
