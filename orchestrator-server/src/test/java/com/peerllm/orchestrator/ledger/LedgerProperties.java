package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.CREATOR;
import static com.peerllm.orchestrator.ledger.TestLedger.HOST;
import static com.peerllm.orchestrator.ledger.TestLedger.HOST_ACCOUNT;
import static com.peerllm.orchestrator.ledger.TestLedger.OTHER_HOST;
import static com.peerllm.orchestrator.ledger.TestLedger.PRICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever happens to a whole ledger on a real database, restarts and jumps of the clock included: the audit is clean, nothing
 * is paid twice, gifts go to answers or back only, and the leaves of the transparency log add up to the balances.
 */
class LedgerProperties {
    private static final List<AccountId> CONSUMERS =
            List.of(new AccountId("consumer:ann"), new AccountId("consumer:ben"));
    private static final AccountId TRANSIT = new AccountId("payout:transit");
    private static final AccountId PAID_OUT = new AccountId("mint:paid_out");
    private static final List<AccountId> EARNERS =
            List.of(HOST_ACCOUNT, AccountId.ofHost(OTHER_HOST.hostId()), AccountKind.NETWORK_FEES, CREATOR);
    private static final Instant BEGIN = Instant.parse("2026-12-01T00:00:00Z");

    /** One thing that happens. Few ids and small amounts, so that they meet each other often. */
    sealed interface Step {
        record TopUp(int id, int consumer, long nanos) implements Step {}

        /** @param days until it ends; 0 when it does not */
        record Gift(int id, int consumer, long nanos, int days) implements Step {}

        record Voucher(int id, int consumer, boolean gift) implements Step {}

        record Hold(int job, int consumer, long nanos) implements Step {}

        record Settle(int job, int consumer, int tokens, boolean twoHosts, boolean royalty) implements Step {}

        record Release(int job) implements Step {}

        record Payout(int id, LedgerCause cause, int earner, long nanos) implements Step {}

        record Forfeit(int consumer) implements Step {}

        record TimeOut() implements Step {}

        record Jump(int days) implements Step {}

        record Restart() implements Step {}
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> ids = Arbitraries.integers().between(0, 12);
        Arbitrary<Integer> consumers = Arbitraries.integers().between(0, CONSUMERS.size() - 1);
        Arbitrary<Long> amounts = Arbitraries.longs().between(1, 2_000);
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<LedgerCause> payouts =
                Arbitraries.of(LedgerCause.PAYOUT_SENT, LedgerCause.PAYOUT_PAID, LedgerCause.PAYOUT_RETURNED);
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(3, Combinators.combine(ids, consumers, amounts).as(Step.TopUp::new)),
                Tuple.of(
                        3,
                        Combinators.combine(
                                        ids,
                                        consumers,
                                        amounts,
                                        Arbitraries.integers().between(0, 3))
                                .as(Step.Gift::new)),
                Tuple.of(2, Combinators.combine(ids, consumers, flags).as(Step.Voucher::new)),
                Tuple.of(9, Combinators.combine(ids, consumers, amounts).as(Step.Hold::new)),
                Tuple.of(
                        8,
                        Combinators.combine(
                                        ids, consumers, Arbitraries.integers().between(0, 900), flags, flags)
                                .as(Step.Settle::new)),
                Tuple.of(2, ids.map(Step.Release::new)),
                Tuple.of(
                        3,
                        Combinators.combine(
                                        ids,
                                        payouts,
                                        Arbitraries.integers().between(0, EARNERS.size() - 1),
                                        Arbitraries.longs().between(1, 300))
                                .as(Step.Payout::new)),
                Tuple.of(1, consumers.map(Step.Forfeit::new)),
                Tuple.of(1, Arbitraries.just(new Step.TimeOut())),
                Tuple.of(1, Arbitraries.integers().between(-4_000, 4_000).map(Step.Jump::new)),
                Tuple.of(1, Arbitraries.integers().between(-2, 2).map(Step.Jump::new)),
                Tuple.of(1, Arbitraries.just(new Step.Restart())));
        return step.list().ofMinSize(20).ofMaxSize(70);
    }

    @Property(tries = 12, shrinking = net.jqwik.api.ShrinkingMode.OFF)
    void everyHistoryAddsUpInTheLedgerAndInItsLog(@ForAll("histories") List<Step> history) throws IOException {
        Path folder = Files.createTempDirectory("ledger-property");
        World world = new World(folder);
        try {
            for (Step step : history) world.happen(step);
            world.expectEverything();
            world.restart();
            world.expectEverything();
        } finally {
            world.test.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }

    /** The ledger, and what it has answered so far. */
    private static final class World {
        private final Path folder;
        private final Map<Integer, Settlement.Done> settled = new HashMap<>();
        private final Map<String, List<Object>> posted = new HashMap<>();
        private TestLedger test;
        private Instant now = BEGIN;
        private long nanos;

        World(Path folder) {
            this.folder = folder;
            open();
            for (AccountId account : CONSUMERS) {
                TestLedger.now(test.ledger.openAccount(account));
                TestLedger.now(test.ledger.openAccount(AccountKind.promoOf(account)));
            }
            for (AccountId account : List.of(TRANSIT, PAID_OUT)) TestLedger.now(test.ledger.openAccount(account));
            for (AccountId account : EARNERS) TestLedger.now(test.ledger.openAccount(account));
        }

        private void open() {
            test = TestLedger.in(folder);
            test.nanos.set(nanos);
            test.clock.set(() -> now);
        }

        void restart() {
            nanos = test.nanos.get();
            test.close();
            open();
        }

        void happen(Step step) {
            switch (step) {
                case Step.TopUp(int id, int consumer, long nanos) ->
                    post(
                            "topup-" + id,
                            LedgerCause.TOP_UP,
                            AccountKind.MINT_OF_CREDITS,
                            CONSUMERS.get(consumer),
                            nanos);
                case Step.Gift(int id, int consumer, long nanos, int days) -> {
                    TransferId name = new TransferId("gift-" + id);
                    post(
                            (days == 0 ? name : name.until(BEGIN.plus(Duration.ofDays(days)))).value(),
                            LedgerCause.PROMO,
                            AccountKind.MINT_OF_CREDITS,
                            AccountKind.promoOf(CONSUMERS.get(consumer)),
                            nanos);
                }
                case Step.Voucher(int id, int consumer, boolean gift) -> {
                    AccountId own = CONSUMERS.get(consumer);
                    AccountId account = gift ? AccountKind.promoOf(own) : own;
                    post("voucher-" + id, LedgerCause.VOUCHER, AccountKind.MINT_OF_CREDITS, account, 500);
                }
                case Step.Hold(int job, int consumer, long nanos) -> {
                    HoldDecision decision = test.ledger.hold(job(job), CONSUMERS.get(consumer), new Credits(nanos));
                    if (settled.containsKey(job))
                        assertThat(decision).as("it has ended").isNotInstanceOf(HoldDecision.Held.class);
                }
                case Step.Settle settle -> settle(settle);
                case Step.Release(int job) -> TestLedger.now(test.ledger.release(job(job), ReleaseReason.CANCELLED));
                case Step.Payout(int id, LedgerCause cause, int earner, long nanos) -> payOut(id, cause, earner, nanos);
                case Step.Forfeit(int consumer) -> outcome(test.ledger.forfeit(CONSUMERS.get(consumer)));
                case Step.TimeOut() -> {
                    test.nanos.addAndGet(TestLedger.SETTINGS.holdTimeOut().toNanos() + 1);
                    TestLedger.now(test.ledger.openAccount(CREATOR));
                }
                case Step.Jump(int days) -> now = BEGIN.plus(Duration.ofDays(days));
                case Step.Restart() -> restart();
            }
        }

        private void payOut(int id, LedgerCause cause, int earner, long nanos) {
            AccountId account = EARNERS.get(earner);
            switch (cause) {
                case PAYOUT_SENT -> post("sent-" + id, cause, account, TRANSIT, nanos);
                case PAYOUT_PAID -> post("paid-" + id, cause, TRANSIT, PAID_OUT, nanos);
                default -> post("returned-" + id, cause, TRANSIT, account, nanos);
            }
        }

        private void post(String id, LedgerCause cause, AccountId debit, AccountId credit, long nanos) {
            List<Object> wish = List.of(cause, debit, credit, nanos);
            Optional<LedgerException> refusal =
                    outcome(test.ledger.post(new TransferId(id), cause, debit, credit, new Credits(nanos)));
            boolean same = wish.equals(posted.getOrDefault(id, wish));
            if (refusal.isEmpty()) {
                assertThat(same).as("%s was another transfer before", id).isTrue();
                posted.put(id, wish);
            } else if (posted.containsKey(id)) {
                assertThat(same).as("%s is refused as a repetition", id).isFalse();
                assertThat(refusal.get().code()).isEqualTo(LedgerException.Code.OTHER_CONTENT);
            }
        }

        private void settle(Step.Settle settle) {
            AccountId consumer = CONSUMERS.get(settle.consumer());
            List<Settlement.Segment> segments = new ArrayList<>();
            segments.add(segment(HOST, settle.tokens(), settle.royalty()));
            if (settle.twoHosts()) segments.add(segment(OTHER_HOST, settle.tokens() / 3, settle.royalty()));
            Settlement settlement = new Settlement(job(settle.job()), consumer, segments);
            Credits before = test.posted(AccountKind.MINT_OF_CREDITS);
            CompletionStage<Settlement.Done> one = test.ledger.settle(settlement);
            CompletionStage<Settlement.Done> atOnce = test.ledger.settle(settlement);
            Optional<LedgerException> refusal = outcome(one);
            assertThat(outcome(atOnce).map(LedgerException::code)).isEqualTo(refusal.map(LedgerException::code));
            if (refusal.isPresent()) return;
            Settlement.Done done = TestLedger.now(one);
            assertThat(TestLedger.now(atOnce)).isEqualTo(done);
            if (done.receipts().isEmpty()) return;
            Settlement.Done first = settled.putIfAbsent(settle.job(), done);
            assertThat(done).as("the same answer, whenever").isEqualTo(first == null ? done : first);
            assertThat(test.posted(AccountKind.MINT_OF_CREDITS)).isGreaterThanOrEqualTo(before);
        }

        private static Settlement.Segment segment(PeerIdentity host, int tokens, boolean royalty) {
            return new Settlement.Segment(
                    host.publicKey(),
                    new ModelId("sprout"),
                    new ModelDigest("ab".repeat(32)),
                    0,
                    tokens,
                    PRICE,
                    royalty ? new RevenueSplit(500, 1_000) : RevenueSplit.STANDARD,
                    royalty ? Optional.of(CREATOR) : Optional.empty(),
                    "cd".repeat(32),
                    Optional.empty());
        }

        private static Optional<LedgerException> outcome(CompletionStage<?> stage) {
            try {
                TestLedger.now(stage);
                return Optional.empty();
            } catch (CompletionException e) {
                if (e.getCause() instanceof LedgerException refused) return Optional.of(refused);
                throw e;
            }
        }

        void expectEverything() {
            AuditReport report = test.ledger.audit();
            assertThat(report.fault()).isEmpty();
            assertThat(report.settlements()).isEqualTo(settled.size());
            TestLedger.now(test.ledger.openAccount(CREATOR));
            List<LeafRow> leaves = test.database.leaves().range(0, Long.MAX_VALUE);
            for (int i = 0; i < leaves.size(); i++)
                assertThat(leaves.get(i).index()).isEqualTo(i);
            assertThat(test.database.leaves().count()).isEqualTo(leaves.size());
            assertThat(LeafSums.of(leaves.stream().map(LeafRow::text).toList()))
                    .isEqualTo(LeafSums.ofBalances(test.ledger.balances()));
            settled.forEach(
                    (job, done) -> assertThat(test.ledger.receipts(job(job))).isEqualTo(done.receipts()));
        }
    }
}
