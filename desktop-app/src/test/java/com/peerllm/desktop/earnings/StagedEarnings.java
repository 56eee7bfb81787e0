package com.peerllm.desktop.earnings;

import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.earnings.PayoutNews;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.reputation.EvidenceReplay;
import com.peerllm.host.reputation.ReputationNews;
import com.peerllm.host.settings.Electricity;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.storage.EarnedHour;
import com.peerllm.host.storage.EarnedRow;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.payout.PayeeDetails;
import com.peerllm.shared.payout.PayoutStatement;
import com.peerllm.shared.payout.PayoutStatement.Next;
import com.peerllm.shared.reputation.CohortPace;
import com.peerllm.shared.reputation.HostHistory;
import com.peerllm.shared.reputation.ModelHistory;
import com.peerllm.shared.reputation.Presence;
import com.peerllm.shared.reputation.ReputationReport;
import com.peerllm.shared.reputation.Score;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Earnings whose every state the test sets: receipts of a month, a network that answers or does not. */
public final class StagedEarnings implements EarningsSource.Receipts, EarningsSource.Network {
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
    private static final PeerIdentity HOST = PeerIdentity.generate();
    private static final PeerIdentity ORCHESTRATOR = PeerIdentity.generate();
    private static final List<String> MODELS =
            List.of("qwen2.5-3b-instruct-q4_k_m", "sprout-1.4m-q8_0", "llama-3.2-1b-instruct-q8_0");
    private static final ModelDigest DIGEST = new ModelDigest("ab".repeat(32));

    public final Signal<Earnings> earnings = new Signal<>(Earnings.of(List.of()));
    public final Signal<HostSettings> settings = new Signal<>(HostSettings.DEFAULTS);
    public final Signal<PayoutNews> payouts = new Signal<>(PayoutNews.NONE);
    public final Signal<ReputationNews> reputation = new Signal<>(ReputationNews.NONE);
    public final List<StoredReceipt> receipts = new ArrayList<>();
    public final SortedMap<LocalDate, Duration> computing = new TreeMap<>();
    public final List<String> asked = new ArrayList<>();
    private int changes;
    public Optional<HostException> refusal = Optional.empty();
    public Optional<String> missing = Optional.empty();
    public List<String> differences = List.of();

    public EarningsSource source() {
        return new EarningsSource(earnings, settings, payouts, reputation, ZoneId.of("Europe/Berlin"), this, this);
    }

    /** A host that has worked for a month, as its network sees it. */
    public void hasWorkedForAMonth() {
        receipts.clear();
        for (int day = 29; day >= 0; day--) {
            int answers = day % 7 == 3 ? 0 : 4 + (day * 7) % 9;
            for (int i = 0; i < answers; i++)
                receives(
                        TODAY.minusDays(day).atTime(6 + i, 10 + i).toInstant(ZoneOffset.UTC),
                        MODELS.get((day + i * i) % 3),
                        900 + 37 * i * day);
            if (answers > 0) computing.put(TODAY.minusDays(day), Duration.ofMinutes(20 + 3L * answers));
        }
        receipts.removeIf(receipt -> receipt.receipt().settledAtMillis() > NOW.toEpochMilli());
        settings.set(HostSettings.DEFAULTS
                .edit()
                .electricity(new Electricity(OptionalInt.of(95), Optional.of("0.0031")))
                .done());
        payouts.set(new PayoutNews(true, Optional.of(statement(Next.WAIT)), Optional.empty(), false));
        reputation.set(new ReputationNews(true, Optional.of(report(0)), Optional.empty(), false));
        newReceiptsCame();
    }

    /** One for each minute, back from now. */
    public void hasReceipts(int many) {
        receipts.clear();
        for (int i = 0; i < many; i++)
            receipts.add(stored(NOW.minus(i, ChronoUnit.MINUTES), MODELS.getFirst(), 100, List.of()));
        newReceiptsCame();
    }

    public void receives(Instant at, String model, int tokens) {
        receipts.addFirst(stored(at, model, tokens, List.of()));
        receipts.sort(Comparator.comparingLong(
                        (StoredReceipt receipt) -> receipt.receipt().settledAtMillis())
                .reversed());
    }

    /** A receipt that does not hold, and nobody answers. */
    public void isInTrouble() {
        hasWorkedForAMonth();
        receipts.set(
                1,
                stored(
                        NOW.minus(2, ChronoUnit.HOURS),
                        MODELS.getFirst(),
                        1_200,
                        List.of("It pays for other tokens than this host delivered")));
        String offline = "Nothing answers at wss://peers.example. Check the address and the network.";
        refusal = Optional.of(new HostException(Problem.ORCHESTRATOR, offline));
        payouts.set(new PayoutNews(true, Optional.of(statement(Next.SET_PAYEE)), Optional.of(offline), false));
        reputation.set(new ReputationNews(
                true, Optional.of(report(NOW.plusSeconds(3600).toEpochMilli())), Optional.of(offline), false));
        settings.set(HostSettings.DEFAULTS);
        newReceiptsCame();
    }

    public void newReceiptsCame() {
        // What it says is not looked at; that it changes is.
        earnings.set(Earnings.of(List.of(
                new EarnedRow(StoredReceipt.Status.VERIFIED, TODAY, "m", ++changes, 1, 1, 0, new Credits(changes)))));
    }

    private StoredReceipt stored(Instant at, String model, int tokens, List<String> faults) {
        TokenPrice price = new TokenPrice(Credits.parseDollars("0.50"), Credits.parseDollars("1.50"));
        Credits charged = new Credits(tokens * 2_000L);
        RevenueSplit.Shares shares = new RevenueSplit(500, 0).of(charged);
        Receipt receipt = new Receipt(
                "first-network",
                new JobId("job_" + String.format("%032x", at.toEpochMilli())),
                0,
                at.toEpochMilli(),
                HOST.hostId(),
                HOST.publicKey(),
                new ModelId(model),
                DIGEST,
                tokens / 3,
                tokens,
                price,
                charged,
                shares.host(),
                shares.network(),
                shares.creator(),
                "cd".repeat(32),
                Optional.empty(),
                ORCHESTRATOR.publicKey(),
                "");
        return new StoredReceipt(
                receipt,
                faults.isEmpty() ? StoredReceipt.Status.VERIFIED : StoredReceipt.Status.DISPUTED,
                OptionalInt.of(tokens),
                faults,
                at.toEpochMilli());
    }

    public PayoutStatement statement(Next next) {
        return new PayoutStatement(
                "first-network",
                HOST.hostId(),
                NOW.minusSeconds(240).toEpochMilli(),
                "USD",
                Credits.parseDollars("66.23"),
                Credits.parseDollars("10.00"),
                Credits.parseDollars("15.00"),
                Credits.ZERO,
                Credits.parseDollars("41.23"),
                Credits.ofDollars(30),
                next == Next.SET_PAYEE ? Optional.empty() : Optional.of("iban"),
                Optional.empty(),
                next,
                List.of(new PayoutStatement.Maturing(
                        NOW.plus(8, ChronoUnit.DAYS).toEpochMilli(), Credits.parseDollars("5.00"))),
                List.of(new PayoutStatement.Payout(
                        "payout-1-1",
                        Credits.parseDollars("41.23"),
                        PayoutStatement.State.PAID,
                        Optional.of("TX 17"),
                        NOW.minus(20, ChronoUnit.DAYS).toEpochMilli())));
    }

    public ReputationReport report(long excludedUntil) {
        ModelHistory history = new ModelHistory(
                812,
                806,
                4,
                ModelHistory.EMPTY.outcomes(),
                ModelHistory.EMPTY.millisPerToken(),
                ModelHistory.EMPTY.firstTokenMillis(),
                ModelHistory.EMPTY.honesty());
        double honesty = excludedUntil > 0 ? 0 : 1;
        return new ReputationReport(
                "first-network",
                HOST.hostId(),
                1,
                NOW.minusSeconds(240).toEpochMilli(),
                true,
                excludedUntil,
                Presence.NEW,
                List.of(new ReputationReport.OfModel(
                        DIGEST,
                        new Score(1.13 * honesty, 0.981, 1.24, 0.94, honesty, false),
                        CohortPace.UNKNOWN,
                        history)),
                List.of(
                        new ReputationReport.DayCount(TODAY.toString(), Optional.of(DIGEST), "answered", 31),
                        new ReputationReport.DayCount(
                                TODAY.minusDays(1).toString(), Optional.of(DIGEST), "answered", 44),
                        new ReputationReport.DayCount(TODAY.minusDays(2).toString(), Optional.of(DIGEST), "stalled", 1),
                        new ReputationReport.DayCount(
                                TODAY.minusDays(2).toString(), Optional.of(DIGEST), "confirmed", 3),
                        new ReputationReport.DayCount(TODAY.minusDays(4).toString(), Optional.empty(), "absent", 1)));
    }

    @Override
    public List<EarnedHour> hours(Instant from) {
        return receipts.stream()
                .filter(stored -> stored.receipt().settledAtMillis() >= from.toEpochMilli())
                .map(stored -> new EarnedHour(
                        stored.status(),
                        Instant.ofEpochMilli(stored.receipt().settledAtMillis()).truncatedTo(ChronoUnit.HOURS),
                        stored.receipt().model().value(),
                        1,
                        stored.receipt().promptTokens(),
                        stored.receipt().completionTokens(),
                        0,
                        stored.receipt().hostShare()))
                .toList();
    }

    @Override
    public SortedMap<LocalDate, Duration> computing() {
        return computing;
    }

    @Override
    public List<StoredReceipt> latest(long without, int most) {
        return receipts.stream().skip(without).limit(most).toList();
    }

    @Override
    public long count() {
        return receipts.size();
    }

    @Override
    public List<String> verify(StoredReceipt receipt) {
        asked.add("verify");
        return receipt.faults();
    }

    @Override
    public Optional<String> missingFromLog(StoredReceipt receipt) {
        asked.add("prove");
        refuse();
        return missing;
    }

    @Override
    public String json(StoredReceipt receipt) {
        return "{\"job\":\"" + receipt.receipt().job() + "\"}";
    }

    @Override
    public void save(StoredReceipt receipt, Path file) {
        asked.add("save " + file);
    }

    @Override
    public void exportCsv(Path file) {
        asked.add("csv " + file);
    }

    @Override
    public void setElectricity(Electricity electricity) {
        asked.add("electricity");
        settings.set(settings.get().edit().electricity(electricity).done());
    }

    @Override
    public void askPayouts() {
        asked.add("payouts");
    }

    @Override
    public void askReputation() {
        asked.add("reputation");
    }

    @Override
    public void setPayee(Optional<PayeeDetails> payee) {
        asked.add("payee " + payee.map(PayeeDetails::method).orElse("none"));
        refuse();
    }

    @Override
    public EvidenceReplay.Outcome recompute(EvidenceReplay.Progress progress, Cancellation cancellation) {
        asked.add("recompute");
        refuse();
        cancellation.check();
        progress.done(1);
        return new EvidenceReplay.Outcome(new HostHistory(Presence.NEW, Map.of()), 800, 12, differences);
    }

    private void refuse() {
        refusal.ifPresent(failure -> {
            throw failure;
        });
    }
}
