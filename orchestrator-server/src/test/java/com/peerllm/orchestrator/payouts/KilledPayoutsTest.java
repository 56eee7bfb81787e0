package com.peerllm.orchestrator.payouts;

import static com.peerllm.orchestrator.payouts.World.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.ledger.ChildJvm;
import com.peerllm.orchestrator.storage.PayoutRows.BatchRow;
import com.peerllm.orchestrator.storage.PayoutRows.BatchState;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineState;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that pays out as fast as it can is killed, again and again. */
@Timeout(120)
class KilledPayoutsTest {
    private static final int KILLS = 3;
    private static final long START = Duration.ofDays(20_000).toMillis();

    @TempDir
    Path folder;

    @Test
    void nothingIsLostOrPaidTwiceByKillingTheProcess() throws IOException {
        SplittableRandom random = new SplittableRandom(20261123);
        long steps = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            steps += payUntilKilled(kill, random.nextInt(5, 30));
            try (World world = new World(folder, PayoutRules.STANDARD, START)) {
                assertThat(world.fault()).as("half done is no contradiction").isEmpty();
                world.payouts.finish();
                assertThat(world.fault()).isEmpty();
                Credits owed = Credits.ZERO;
                for (var balance : world.ledger.balances()) {
                    if (balance.account().kind().equals("host")) owed = owed.plus(balance.posted());
                }
                Credits paid = Credits.ZERO;
                Credits transit = Credits.ZERO;
                for (BatchRow batch : world.payouts.list(10_000)) {
                    for (LineRow line : world.payouts.show(batch.number()).lines()) {
                        switch (line.state()) {
                            case PAID -> paid = paid.plus(line.amount());
                            case SENT -> transit = transit.plus(line.amount());
                            default -> assertThat(line.state().isUnfinished()).isFalse();
                        }
                    }
                }
                assertThat(world.paidOut()).isEqualTo(paid);
                assertThat(world.inTransit()).isEqualTo(transit);
                assertThat(owed.plus(paid).plus(transit)).isEqualTo(earned(world));
            }
        }
        assertThat(steps).isGreaterThan(KILLS);
    }

    private static Credits earned(World world) {
        Credits earned = Credits.ZERO;
        for (var balance : world.ledger.balances()) {
            AccountId account = balance.account();
            if (!account.kind().equals("host")) continue;
            earned = earned.plus(world.payouts
                    .statement("test", new com.peerllm.shared.identity.HostId(account.name()))
                    .orElseThrow()
                    .earned());
        }
        return earned;
    }

    private long payUntilKilled(int round, int steps) throws IOException {
        Process child = new ProcessBuilder(ChildJvm.command(Child.class, folder.toString(), String.valueOf(round)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long said = 0;
        try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
            while (lines.readLine() != null) {
                if (++said == steps) child.toHandle().destroyForcibly();
            }
        }
        assertThat(said).isGreaterThanOrEqualTo(steps);
        return said;
    }

    /** The process that is killed. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            PrintStream out = System.out;
            long round = Long.parseLong(arguments[1]);
            try (World world = new World(
                    Path.of(arguments[0]),
                    PayoutRules.STANDARD,
                    START + Duration.ofDays(50 * round).toMillis())) {
                world.payouts.finish();
                while (true) {
                    for (int i = 0; i < 3; i++) world.hostWith(30);
                    world.pass(Duration.ofDays(31));
                    for (BatchRow open : world.payouts.list(3)) {
                        if (open.state() == BatchState.PROPOSED) world.payouts.cancel(open.number(), ADMIN);
                    }
                    say(out);
                    long batch = world.payouts
                            .propose(ADMIN)
                            .batch()
                            .orElseThrow()
                            .batch()
                            .number();
                    say(out);
                    world.payouts.approve(batch, ADMIN);
                    say(out);
                    if (batch % 5 == 0) {
                        world.payouts.cancel(batch, ADMIN);
                        say(out);
                        continue;
                    }
                    world.payouts.export(batch);
                    say(out);
                    for (LineRow line : world.payouts.show(batch).lines()) {
                        if (line.state() != LineState.SENT) continue;
                        PayoutResult result = line.number() % 2 == 0 ? World.failed(line) : World.paid(line);
                        world.payouts.record(batch, java.util.List.of(result));
                        say(out);
                    }
                }
            }
        }

        private static void say(PrintStream out) {
            out.println(".");
            out.flush();
        }
    }
}
