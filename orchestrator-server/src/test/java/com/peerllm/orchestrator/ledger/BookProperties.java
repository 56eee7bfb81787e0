package com.peerllm.orchestrator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.ledger.Answer.Applied;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens, in whatever order: the book adds up, nobody overspends, and repetition is harmless. */
class BookProperties {
    private static final AccountId MINT = AccountKind.MINT_OF_CREDITS;
    private static final AccountId ESCROW = AccountKind.ESCROW_OF_JOBS;

    private static final List<AccountId> CONSUMERS =
            List.of(new AccountId("consumer:ann"), new AccountId("consumer:ben"), new AccountId("consumer:cyd"));

    /** Cyd was never given any. */
    private static final List<AccountId> GIFTS = List.of(new AccountId("promo:ann"), new AccountId("promo:ben"));

    private static final AccountId TRANSIT = new AccountId("payout:transit");
    private static final List<AccountId> EARNERS =
            List.of(new AccountId("host:h1"), new AccountId("host:h2"), AccountKind.NETWORK_FEES);
    private static final long TIME_OUT_NANOS = Duration.ofSeconds(10).toNanos();

    /** One thing that happens. Small numbers, so that ids and jobs meet each other often. */
    sealed interface Step {
        record TopUp(int id, int consumer, long nanos) implements Step {}

        record Gift(int id, int consumer, long nanos) implements Step {}

        record PayOut(int id, int earner, long nanos) implements Step {}

        record Hold(int job, int consumer, long nanos) implements Step {}

        /** Pays a part of the hold, in thousandths; above 1,000 it is more than was held. */
        record Settle(int job, int partsPerThousand, int networkPerThousand) implements Step {}

        record Release(int job) implements Step {}

        record Again(int stepsAgo) implements Step {}

        record Wait(long seconds) implements Step {}
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> jobs = Arbitraries.integers().between(0, 25);
        Arbitrary<Integer> consumers = Arbitraries.integers().between(0, CONSUMERS.size() - 1);
        Arbitrary<Long> amounts = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(20, Arbitraries.longs().between(0, 1_000)),
                net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(0, Long.MAX_VALUE)));
        Arbitrary<Integer> thousandths = Arbitraries.integers().between(0, 1_200);
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(
                        3, Combinators.combine(jobs, consumers, amounts).as(Step.TopUp::new)),
                net.jqwik.api.Tuple.of(
                        3,
                        Combinators.combine(
                                        jobs,
                                        Arbitraries.integers().between(0, GIFTS.size() - 1),
                                        Arbitraries.longs().between(0, 1_000))
                                .as(Step.Gift::new)),
                net.jqwik.api.Tuple.of(
                        2,
                        Combinators.combine(
                                        jobs,
                                        Arbitraries.integers().between(0, EARNERS.size() - 1),
                                        Arbitraries.longs().between(0, 300))
                                .as(Step.PayOut::new)),
                net.jqwik.api.Tuple.of(
                        8, Combinators.combine(jobs, consumers, amounts).as(Step.Hold::new)),
                net.jqwik.api.Tuple.of(
                        6,
                        Combinators.combine(
                                        jobs,
                                        thousandths,
                                        Arbitraries.integers().between(0, 1_000))
                                .as(Step.Settle::new)),
                net.jqwik.api.Tuple.of(2, jobs.map(Step.Release::new)),
                net.jqwik.api.Tuple.of(4, Arbitraries.integers().between(1, 20).map(Step.Again::new)),
                net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(0, 12).map(Step.Wait::new)));
        return step.list().ofMinSize(1).ofMaxSize(120);
    }

    @Property(tries = 400)
    void everyHistoryKeepsEveryRule(@ForAll("histories") List<Step> history) {
        World world = new World();
        for (Step step : history) {
            world.happen(step);
            assertThat(world.book.fault()).isEmpty();
            world.expectToAgree();
        }
    }

    /** The book beside a second set of accounts, kept in the plainest way that can be thought of. */
    private static final class World {
        final Book book = new Book(Duration.ofNanos(TIME_OUT_NANOS), 10_000);
        final Map<AccountId, Long> balances = new HashMap<>();
        final Map<AccountId, Long> held = new HashMap<>();
        final List<List<Transfer>> past = new ArrayList<>();
        long now;

        World() {
            book.open(MINT);
            book.open(ESCROW);
            CONSUMERS.forEach(book::open);
            EARNERS.forEach(book::open);
            GIFTS.forEach(book::open);
            book.open(TRANSIT);
        }

        void happen(Step step) {
            switch (step) {
                case Step.TopUp(int id, int consumer, long nanos) ->
                    attempt(List.of(new Transfer.Post(
                            new TransferId("t" + id), MINT, CONSUMERS.get(consumer), new Credits(nanos))));
                case Step.Gift(int id, int consumer, long nanos) ->
                    attempt(List.of(new Transfer.Post(
                            new TransferId("g" + id), MINT, GIFTS.get(consumer), new Credits(nanos))));
                case Step.PayOut(int id, int earner, long nanos) ->
                    attempt(List.of(new Transfer.Post(
                            new TransferId("p" + id), EARNERS.get(earner), TRANSIT, new Credits(nanos))));
                case Step.Hold(int job, int consumer, long nanos) ->
                    attempt(Admission.chain(book, hold(job), CONSUMERS.get(consumer), new Credits(nanos)));
                case Step.Settle settle -> attempt(settlement(settle));
                case Step.Release(int job) -> attempt(releases(hold(job)));
                case Step.Again(int stepsAgo) -> {
                    if (past.size() >= stepsAgo) repeat(past.get(past.size() - stepsAgo));
                }
                case Step.Wait(long seconds) -> {
                    now += Duration.ofSeconds(seconds).toNanos();
                    for (TransferId id : book.timedOut(now)) {
                        if (book.openHold(id).isPresent()) attempt(releases(id));
                    }
                    assertThat(book.timedOut(now)).isEmpty();
                }
            }
        }

        private List<Transfer> settlement(Step.Settle settle) {
            TransferId hold = hold(settle.job());
            List<Transfer> chain = new ArrayList<>();
            chain.addAll(releases(hold));
            book.openHold(hold).ifPresent(open -> {
                long gift = book.openHold(hold.promoPart())
                        .map(part -> part.amount().nanoDollars())
                        .orElse(0L);
                long charge = (open.amount().nanoDollars() + gift) / 1_000 * settle.partsPerThousand();
                if (charge < 0) return;
                long given = Math.min(gift, charge);
                if (given > 0) {
                    chain.add(post(hold + "/promo", AccountKind.promoOf(open.debit()), open.debit(), given));
                }
                long network = charge / 1_000 * settle.networkPerThousand();
                AccountId host = EARNERS.get(settle.job() % 2);
                chain.add(post(hold + "/host", open.debit(), host, charge - network));
                chain.add(post(hold + "/network", open.debit(), AccountKind.NETWORK_FEES, network));
            });
            return chain;
        }

        private List<Transfer> releases(TransferId hold) {
            return book.openHold(hold.promoPart()).isPresent()
                    ? List.of(new Transfer.Release(hold), new Transfer.Release(hold.promoPart()))
                    : List.of(new Transfer.Release(hold));
        }

        private static Transfer post(String id, AccountId debit, AccountId credit, long nanos) {
            return new Transfer.Post(new TransferId(id), debit, credit, new Credits(nanos));
        }

        private void attempt(List<Transfer> chain) {
            Map<AccountId, Totals> before = book.allTotals();
            switch (book.apply(chain, now)) {
                case Applied(List<Entry> entries) -> {
                    entries.forEach(this::note);
                    past.add(chain);
                }
                case Answer.Repeated() -> assertThat(book.allTotals()).isEqualTo(before);
                case Answer.Refused refused -> assertThat(book.allTotals()).isEqualTo(before);
            }
        }

        private void repeat(List<Transfer> chain) {
            Map<AccountId, Totals> before = book.allTotals();
            assertThat(book.apply(chain, now)).isEqualTo(new Answer.Repeated());
            assertThat(book.allTotals()).isEqualTo(before);
        }

        private void note(Entry entry) {
            long nanos = entry.amount().nanoDollars();
            switch (entry.kind()) {
                case POST -> {
                    balances.merge(entry.debit(), -nanos, Math::addExact);
                    balances.merge(entry.credit(), nanos, Math::addExact);
                }
                case HOLD -> held.merge(entry.debit(), nanos, Math::addExact);
                case RELEASE -> held.merge(entry.debit(), -nanos, Math::addExact);
            }
        }

        void expectToAgree() {
            book.allTotals().forEach((account, totals) -> {
                assertThat(totals.balance().nanoDollars()).isEqualTo(balances.getOrDefault(account, 0L));
                assertThat(totals.debitsPending().nanoDollars()).isEqualTo(held.getOrDefault(account, 0L));
            });
            List<AccountId> spenders = new ArrayList<>(CONSUMERS);
            spenders.addAll(GIFTS);
            for (AccountId consumer : spenders) {
                assertThat(balances.getOrDefault(consumer, 0L)).isGreaterThanOrEqualTo(held.getOrDefault(consumer, 0L));
            }
        }

        private static TransferId hold(int job) {
            return new TransferId("j" + job + "/hold");
        }
    }
}
