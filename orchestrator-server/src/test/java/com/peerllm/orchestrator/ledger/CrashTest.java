package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.storage.JournalBatch.SettlementRow;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.LedgerStore;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An orchestrator that settles as fast as it can is killed in the middle, again and again. What it had acknowledged is
 * there, once; what it had set aside is given back.
 *
 * <p>A killed process leaves its writes with the operating system; that they are forced to the disk is what {@code
 * ChangeLogTest} and {@link PowerCutTest} show. {@code -Dpeerllm.kills=50} kills more often.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class CrashTest {
    private static final int KILLS = Integer.getInteger("peerllm.kills", 6);
    private static final Credits START = Credits.ofDollars(1_000);

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    @Test
    void noAcknowledgedSettlementIsLostOrDoubledByKillingTheProcess() throws IOException {
        try (TestLedger test = TestLedger.at(kind.in(folder)).with(ALICE, START)) {
            assertThat(test.posted(ALICE)).isEqualTo(START);
        }
        SplittableRandom random = new SplittableRandom(20261122);
        Map<JobId, Credits> acknowledged = new HashMap<>();
        int kills = kind == TestDatabase.H2 ? KILLS : KILLS / 2;
        for (int crash = 1; crash <= kills; crash++) {
            acknowledged.putAll(settleUntilKilled(crash, random.nextInt(50, 400)));
            expectEverything(acknowledged, crash);
        }
    }

    /** @return what the child said was settled, with the amount, including what it said while it was being killed */
    private Map<JobId, Credits> settleUntilKilled(int round, int acknowledgements) throws IOException {
        Process child = new ProcessBuilder(ChildJvm.command(Child.class, String.valueOf(round), place()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<JobId, Credits> said = new HashMap<>();
        try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (words.length == 3) said.put(new JobId(words[0]), new Credits(Long.parseLong(words[1])));
                if (said.size() == acknowledgements) child.toHandle().destroyForcibly();
            }
        }
        assertThat(said).hasSizeGreaterThanOrEqualTo(acknowledgements);
        return said;
    }

    /** How the child is told where the database is. */
    private String place() {
        return switch (kind.in(folder)) {
            case DatabaseAddress.Embedded(Path inFolder) -> inFolder.toString();
            case DatabaseAddress.Jdbc there -> there.url();
        };
    }

    private static DatabaseAddress address(String place) {
        return place.startsWith("jdbc:")
                ? new DatabaseAddress.Jdbc(place, "postgres", "")
                : new DatabaseAddress.Embedded(Path.of(place));
    }

    private void expectEverything(Map<JobId, Credits> acknowledged, int crashes) {
        try (TestLedger test = TestLedger.at(kind.in(folder))) {
            acknowledged.forEach((job, charged) -> assertThat(test.ledger.receipts(job))
                    .as(job.value())
                    .extracting(Receipt::charged)
                    .containsExactly(charged));
            assertThat(test.ledger.audit().fault()).isEmpty();

            LedgerStore store = test.database.ledger();
            long end = store.head().lastSeq();
            Credits charged = store.settlements(0, end).stream()
                    .map(SettlementRow::charged)
                    .reduce(Credits.ZERO, Credits::plus);
            assertThat(test.ledger.balance(ALICE))
                    .as("all that was charged is gone, and nothing is set aside")
                    .contains(new Balance(ALICE, START.minus(charged), Credits.ZERO));
            List<TransferRow> given = store.transfers(0, end).stream()
                    .filter(line -> line.cause().equals(ReleaseReason.RESTART.word()))
                    .toList();
            assertThat(given).as("each child left holds open").hasSizeGreaterThanOrEqualTo(crashes);
        }
    }

    /** The process that is killed. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            long round = Long.parseLong(arguments[0]) << 32;
            PrintStream out = System.out;
            try (TestLedger test = TestLedger.at(address(arguments[1]))) {
                for (long i = 0; ; i++) {
                    JobId job = job(round + i);
                    boolean held = test.ledger.hold(job, ALICE, new Credits(1_000_000)) instanceof HoldDecision.Held;
                    if (!held) Thread.yield();
                    // Every tenth job stays open.
                    if (!held || i % 10 == 0) continue;
                    var settled = test.ledger.settle(TestLedger.settlement(job, 20, (int) (i % 300)));
                    settled.thenAccept(done -> say(out, done));
                    // So many settlements wait at once.
                    if (i % 64 == 0) TestLedger.now(settled);
                }
            }
        }

        private static void say(PrintStream out, Settlement.Done done) {
            synchronized (out) {
                out.println(done.job() + " " + done.charged().nanoDollars() + " .");
                out.flush();
            }
        }
    }
}
