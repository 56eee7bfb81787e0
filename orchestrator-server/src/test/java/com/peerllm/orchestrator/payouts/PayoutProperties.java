package com.peerllm.orchestrator.payouts;

import static com.peerllm.orchestrator.payouts.World.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.PayoutRows.BatchRow;
import com.peerllm.orchestrator.storage.PayoutRows.BatchState;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineState;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.payout.PayeeDetails;
import com.peerllm.shared.payout.PayoutStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is earned, proposed, approved, cancelled, paid and refused, in whatever order: no nano-dollar is lost or paid twice. */
class PayoutProperties {
    private static final int HOSTS = 3;
    private static final Duration MATURITY = Duration.ofDays(2);
    private static final Duration NEW_FOR = Duration.ofDays(9);
    private static final PayoutRules RULES = new PayoutRules(Credits.ofDollars(3), MATURITY, NEW_FOR);
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** One thing that happens. */
    sealed interface Step {
        record Earn(int host, int tokens) implements Step {}

        record Pass(int hours) implements Step {}

        record Propose() implements Step {}

        record Approve(int batch) implements Step {}

        record Export(int batch) implements Step {}

        /** @param paid a bit for each line: paid or failed */
        record Record(int batch, int lines, int paid) implements Step {}

        record Cancel(int batch) implements Step {}

        record Block(int host, boolean blocked) implements Step {}

        record Payee(int host, boolean known) implements Step {}

        record Restart() implements Step {}

        /** The power fails at this move of money. */
        record PowerCut(int moves, boolean afterwards, Step during) implements Step {}
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> hosts = Arbitraries.integers().between(0, HOSTS - 1);
        Arbitrary<Integer> batches = Arbitraries.integers().between(0, 3);
        Arbitrary<Integer> bits = Arbitraries.integers().between(0, 15);
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        Arbitrary<Step> money = Arbitraries.frequencyOf(
                Tuple.of(3, batches.map(Step.Approve::new)),
                Tuple.of(4, Combinators.combine(batches, bits, bits).as(Step.Record::new)),
                Tuple.of(1, batches.map(Step.Cancel::new)));
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(
                        6,
                        Combinators.combine(hosts, Arbitraries.integers().between(1, 9_000_000))
                                .as(Step.Earn::new)),
                Tuple.of(4, Arbitraries.integers().between(1, 60).map(Step.Pass::new)),
                Tuple.of(5, Arbitraries.just(new Step.Propose())),
                Tuple.of(9, money),
                Tuple.of(4, batches.map(Step.Export::new)),
                Tuple.of(1, Combinators.combine(hosts, either).as(Step.Block::new)),
                Tuple.of(1, Combinators.combine(hosts, either).as(Step.Payee::new)),
                Tuple.of(1, Arbitraries.just(new Step.Restart())),
                Tuple.of(
                        2,
                        Combinators.combine(Arbitraries.integers().between(0, 2), either, money)
                                .as(Step.PowerCut::new)));
        return step.list().ofMinSize(20).ofMaxSize(60);
    }

    @Property(tries = 25)
    void everyHistoryKeepsTheMoney(@ForAll("histories") List<Step> history) throws IOException {
        Path folder = Files.createTempDirectory("payouts");
        try (Play play = new Play(folder)) {
            for (Step step : history) {
                play.happen(step);
                play.expectNothingLost();
            }
            play.expectTheLedgerToAgree();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    /** The world beside sums kept in the plainest way that can be thought of. */
    private static final class Play implements AutoCloseable {
        final World world;
        final List<PeerIdentity> hosts = new ArrayList<>();
        final Map<AccountId, Credits> earned = new HashMap<>();
        final Map<AccountId, TreeMap<Long, Credits>> days = new HashMap<>();

        Play(Path folder) {
            world = new World(folder, RULES, 20_000 * DAY);
            for (int i = 0; i < HOSTS; i++) hosts.add(world.host(true));
        }

        void happen(Step step) {
            switch (step) {
                case Step.Earn(int host, int tokens) -> {
                    Credits amount = world.earn(hosts.get(host), tokens);
                    earned.merge(account(host), amount, Credits::plus);
                    days.computeIfAbsent(account(host), any -> new TreeMap<>())
                            .merge(world.millis.get() / DAY, amount, Credits::plus);
                }
                case Step.Pass(int hours) -> world.pass(Duration.ofHours(hours));
                case Step.Block(int host, boolean blocked) ->
                    world.database
                            .hosts()
                            .setBlocked(hosts.get(host).hostId(), blocked ? Optional.of("x") : Optional.empty());
                case Step.Payee(int host, boolean known) ->
                    world.payees.put(
                            account(host),
                            known ? Optional.of(new PayeeDetails("iban", "DE1")) : Optional.empty(),
                            world.millis.incrementAndGet());
                case Step.Restart() -> world.restart();
                case Step.PowerCut(int moves, boolean afterwards, Step during) -> {
                    world.restart(till -> new StoppingTill(till, moves, afterwards));
                    try {
                        command(during);
                    } catch (StoppingTill.PowerCut cut) {
                        // Nothing is tidied up.
                    }
                    world.restart();
                    world.payouts.finish();
                }
                default -> command(step);
            }
        }

        /** What is not possible is refused, and then nothing has changed. */
        private void command(Step step) {
            List<Credits> before = balances();
            try {
                switch (step) {
                    case Step.Propose() -> {
                        world.payouts.propose(ADMIN);
                        assertThat(balances()).as("a proposal moves nothing").isEqualTo(before);
                    }
                    case Step.Approve(int batch) -> approve(number(batch));
                    case Step.Export(int batch) -> world.payouts.export(number(batch));
                    case Step.Record record -> record(record);
                    case Step.Cancel(int batch) -> world.payouts.cancel(number(batch), ADMIN);
                    default -> throw new IllegalArgumentException(step.toString());
                }
            } catch (PayoutException refused) {
                assertThat(balances()).as(refused.getMessage()).isEqualTo(before);
            }
        }

        private void approve(long number) {
            Map<AccountId, Credits> mature = new HashMap<>();
            for (int i = 0; i < HOSTS; i++) mature.put(account(i), mature(i));
            boolean draft = world.payouts.show(number).batch().state() == BatchState.PROPOSED;
            for (LineRow line : world.payouts.approve(number, ADMIN).lines()) {
                if (!draft || line.state() != LineState.SENT) continue;
                assertThat(line.amount()).as("never more than mature").isLessThanOrEqualTo(mature.get(line.account()));
                assertThat(line.amount().nanoDollars() % 10_000_000).as("cents").isZero();
                assertThat(line.amount()).isGreaterThanOrEqualTo(RULES.threshold());
            }
        }

        /** Of a new host: what was earned on days that have been over for two days, less what was taken out since. */
        private Credits mature(int host) {
            AccountId account = account(host);
            Credits balance = world.balance(hosts.get(host));
            TreeMap<Long, Credits> all = days.getOrDefault(account, new TreeMap<>());
            if (all.isEmpty()) return Credits.ZERO;
            long now = world.millis.get();
            if (now >= all.firstKey() * DAY + NEW_FOR.toMillis()) return balance;
            Credits young = Credits.ZERO;
            for (Map.Entry<Long, Credits> day : all.entrySet()) {
                if ((day.getKey() + 1) * DAY + MATURITY.toMillis() > now) young = young.plus(day.getValue());
            }
            Credits mature = balance.minus(young);
            return mature.isNegative() ? Credits.ZERO : mature;
        }

        private void record(Step.Record record) {
            long number = number(record.batch());
            List<PayoutResult> results = new ArrayList<>();
            for (LineRow line : world.payouts.show(number).lines()) {
                int bit = 1 << line.number() - 1;
                if ((record.lines() & bit) == 0) continue;
                results.add((record.paid() & bit) == 0 ? World.failed(line) : World.paid(line));
            }
            world.payouts.record(number, results);
        }

        /** One of the newest batches; one that is not there when there is none. */
        private long number(int back) {
            List<BatchRow> all = world.payouts.list(10);
            return all.isEmpty() ? 1 : all.get(Math.min(back, all.size() - 1)).number();
        }

        private List<Credits> balances() {
            List<Credits> all = new ArrayList<>();
            for (PeerIdentity host : hosts) all.add(world.balance(host));
            all.add(world.inTransit());
            all.add(world.paidOut());
            return all;
        }

        void expectNothingLost() {
            for (int i = 0; i < HOSTS; i++) {
                PayoutStatement seen =
                        world.payouts.statement("test", hosts.get(i).hostId()).orElseThrow();
                Credits all = earned.getOrDefault(account(i), Credits.ZERO);
                assertThat(seen.earned()).isEqualTo(all);
                assertThat(seen.pending()
                                .plus(seen.mature())
                                .plus(seen.inTransit())
                                .plus(seen.paid()))
                        .isEqualTo(all);
                assertThat(seen.pending().plus(seen.mature())).isEqualTo(world.balance(hosts.get(i)));
                assertThat(seen.mature()).isEqualTo(mature(i));
            }
        }

        void expectTheLedgerToAgree() {
            Credits transit = Credits.ZERO;
            Credits paid = Credits.ZERO;
            for (BatchRow batch : world.payouts.list(1_000)) {
                for (LineRow line : world.payouts.show(batch.number()).lines()) {
                    if (line.state() == LineState.SENT) transit = transit.plus(line.amount());
                    if (line.state() == LineState.PAID) paid = paid.plus(line.amount());
                    assertThat(line.state().isUnfinished()).isFalse();
                }
            }
            assertThat(world.inTransit()).isEqualTo(transit);
            assertThat(world.paidOut()).isEqualTo(paid);
            assertThat(world.sumOfAll()).isEqualTo(Credits.ZERO);
            assertThat(world.fault()).isEmpty();
        }

        private AccountId account(int host) {
            return AccountId.ofHost(hosts.get(host).hostId());
        }

        @Override
        public void close() {
            world.close();
        }
    }
}
