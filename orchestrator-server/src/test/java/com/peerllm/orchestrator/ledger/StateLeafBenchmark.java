package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.money.Credits;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Measures how long the journal's thread makes a state leaf, during which it writes nothing else. A program, not a test: {@code java
 * -cp … com.peerllm.orchestrator.ledger.StateLeafBenchmark ACCOUNTS ROUNDS}; nine of ten accounts are consumers', whose secrets are
 * in memory.
 */
final class StateLeafBenchmark {
    private static final HexFormat HEX = HexFormat.of();

    private StateLeafBenchmark() {}

    public static void main(String[] arguments) {
        int accounts = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Map<AccountId, Totals> book = new HashMap<>();
        for (int i = 0; i < accounts; i++) {
            String kind = i % 10 == 0 ? "host" : "consumer";
            book.put(AccountId.of(kind, kind + i), Totals.ZERO.credit(new Credits(1_000_000_000L + i)));
        }
        book.put(AccountKind.MINT_OF_CREDITS, Totals.ZERO);
        LedgerSettings settings = LedgerSettings.STANDARD.withStates(Duration.ofNanos(1), true);
        StateLeaves states = new StateLeaves(
                book,
                0,
                StateLeafBenchmark::commitment,
                settings,
                InstantSource.system(),
                System::nanoTime,
                Runnable::run,
                0);
        for (int round = 0; round < rounds; round++) {
            // The first is made as at a start; of the others the names are made before.
            if (round > 0) states.prepare();
            long start = System.nanoTime();
            long startCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            String leaf = states.due(2L * round + 1).orElseThrow();
            double seconds = (System.nanoTime() - start) / 1e9;
            double processor = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startCpu) / 1e9;
            states.written(List.of(), List.of());
            System.out.printf(
                    "%d accounts: %.3f s, of them %.3f s on the processor, %s%n",
                    accounts, seconds, processor, leaf.lines().toList().getLast());
        }
    }

    /** As the folder of secrets computes it. */
    private static String commitment(AccountId account, String context) {
        try {
            byte[] secret = Sha256.of(account.value().getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String salt = HEX.formatHex(mac.doFinal(context.getBytes(StandardCharsets.UTF_8)));
            String text = String.join("\n", "peerllm consumer v1", salt, account.value(), context);
            return HEX.formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
