package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.explorer.Explorer;
import com.peerllm.orchestrator.explorer.Explorer.Order;
import com.peerllm.orchestrator.explorer.PublishedLog;
import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Over random histories of a real ledger, with restarts in between: what the explorer tells is what the leaves add up to, page by
 * page and in both orders. The leaves are added up here anew, from their text.
 */
class ExplorerProperties {
    private static final AccountId BOB = new AccountId("consumer:bob");
    private static final AccountId BANK = new AccountId("payout:bank");
    private static final List<PeerIdentity> HOSTS =
            Stream.generate(PeerIdentity::generate).limit(3).toList();

    sealed interface Step {
        record TopUp(int consumer, int nanos) implements Step {}

        /** A job with parts on some hosts: host, model and tokens of each. */
        record Job(int consumer, List<int[]> parts, int royalty) implements Step {}

        record Payout(int host, int nanos) implements Step {}

        record Returned(int host, int nanos) implements Step {}

        record Restart() implements Step {}
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> amounts = Arbitraries.integers().between(1, 1_000_000_000);
        Arbitrary<int[]> part = Combinators.combine(
                        Arbitraries.integers().between(0, HOSTS.size() - 1),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 500))
                .as((host, model, tokens) -> new int[] {host, model, tokens});
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(
                        2,
                        Combinators.combine(Arbitraries.integers().between(0, 1), amounts)
                                .as(Step.TopUp::new)),
                net.jqwik.api.Tuple.of(
                        8,
                        Combinators.combine(
                                        Arbitraries.integers().between(0, 1),
                                        part.list().ofMinSize(1).ofMaxSize(3),
                                        Arbitraries.of(0, 0, 1_000))
                                .as(Step.Job::new)),
                net.jqwik.api.Tuple.of(
                        2,
                        Combinators.combine(
                                        Arbitraries.integers().between(0, HOSTS.size() - 1),
                                        Arbitraries.integers().between(1, 1_000_000))
                                .as(Step.Payout::new)),
                net.jqwik.api.Tuple.of(
                        1,
                        Combinators.combine(
                                        Arbitraries.integers().between(0, HOSTS.size() - 1),
                                        Arbitraries.integers().between(1, 1_000_000))
                                .as(Step.Returned::new)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(new Step.Restart())));
        return step.list().ofMinSize(5).ofMaxSize(40);
    }

    @Property(tries = 12, shrinking = ShrinkingMode.BOUNDED)
    void theExplorerTellsWhatTheLeavesAddUpTo(@ForAll("histories") List<Step> history) throws IOException {
        live(history, TestDatabase.H2);
    }

    @Property(tries = 8, shrinking = ShrinkingMode.BOUNDED)
    void theSameOnPostgresql(@ForAll("histories") List<Step> history) throws IOException {
        live(history, TestDatabase.POSTGRESQL);
    }

    private static void live(List<Step> history, TestDatabase kind) throws IOException {
        Path folder = Files.createTempDirectory("explorer");
        TestLedger ledger = opened(kind, folder);
        try {
            int number = 0;
            for (Step step : history) {
                number++;
                if (step instanceof Step.Restart) {
                    ledger.close();
                    ledger = opened(kind, folder);
                } else {
                    happen(ledger.ledger, step, number);
                }
            }
            expectToAgree(ledger);
        } finally {
            ledger.close();
            delete(folder);
        }
    }

    private static TestLedger opened(TestDatabase kind, Path folder) {
        TestLedger ledger = TestLedger.at(kind.in(folder)).with(ALICE, Credits.ofDollars(1));
        now(ledger.ledger.openAccount(BOB));
        now(ledger.ledger.openAccount(BANK));
        now(ledger.ledger.openAccount(TestLedger.CREATOR));
        HOSTS.forEach(host -> now(ledger.ledger.openAccount(AccountId.ofHost(host.hostId()))));
        return ledger;
    }

    private static void happen(Ledger ledger, Step step, int number) {
        TransferId id = new TransferId("step-" + number);
        try {
            switch (step) {
                case Step.TopUp(int consumer, int nanos) ->
                    now(ledger.topUp(id, consumer == 0 ? ALICE : BOB, new Credits(nanos)));
                case Step.Job job -> settle(ledger, job, number);
                case Step.Payout(int host, int nanos) ->
                    now(ledger.post(id, LedgerCause.PAYOUT_SENT, account(host), BANK, new Credits(nanos)));
                case Step.Returned(int host, int nanos) ->
                    now(ledger.post(id, LedgerCause.PAYOUT_RETURNED, BANK, account(host), new Credits(nanos)));
                case Step.Restart restart -> throw new IllegalStateException("done by the caller");
            }
        } catch (java.util.concurrent.CompletionException e) {
            assertThat(e).as("too little money is no fault").hasCauseInstanceOf(LedgerException.class);
        }
    }

    private static AccountId account(int host) {
        return AccountId.ofHost(HOSTS.get(host).hostId());
    }

    private static void settle(Ledger ledger, Step.Job step, int number) {
        AccountId consumer = step.consumer() == 0 ? ALICE : BOB;
        if (!(ledger.hold(job(number), consumer, new Credits(3_000_000)) instanceof HoldDecision.Held)) return;
        Optional<AccountId> creator = step.royalty() == 0 ? Optional.empty() : Optional.of(TestLedger.CREATOR);
        List<Settlement.Segment> parts = step.parts().stream()
                .map(part -> new Settlement.Segment(
                        HOSTS.get(part[0]).publicKey(),
                        new ModelId("model-" + part[1]),
                        new ModelDigest("%02x".formatted(part[1]).repeat(32)),
                        part[2],
                        part[2] / 2,
                        TestLedger.PRICE,
                        new RevenueSplit(500, step.royalty()),
                        creator,
                        "cd".repeat(32),
                        Optional.empty()))
                .toList();
        now(ledger.settle(new Settlement(job(number), consumer, parts)));
    }

    /** What a reader of the log, who knows its texts and nothing of this program, makes of it. */
    private static final class Reader {
        final List<String> texts;
        final Map<String, Long> sums = new TreeMap<>();
        final Map<String, List<Long>> leavesOfHost = new TreeMap<>();
        final Map<String, List<Long>> leavesOfJob = new TreeMap<>();

        Reader(List<LeafRow> leaves) {
            texts = leaves.stream().map(LeafRow::text).toList();
            for (int i = 0; i < texts.size(); i++) read(i, lines(texts.get(i)));
        }

        static Map<String, String> lines(String text) {
            Map<String, String> lines = new HashMap<>();
            for (String line : text.split("\n")) lines.put(line.split(" ")[0], line.substring(line.indexOf(' ') + 1));
            return lines;
        }

        private void read(long leaf, Map<String, String> lines) {
            if (lines.get("peerllm").equals("receipt v2")) {
                String host = lines.get("host");
                String model = lines.get("model") + " " + lines.get("digest");
                leavesOfHost.computeIfAbsent(host, any -> new ArrayList<>()).add(leaf);
                leavesOfJob
                        .computeIfAbsent(lines.get("job"), any -> new ArrayList<>())
                        .add(leaf);
                String day =
                        host + " " + java.time.LocalDate.ofEpochDay(Long.parseLong(lines.get("settled")) / 86_400_000);
                for (String subject : List.of("all", host, model, day)) {
                    add(subject, "payments", 1);
                    for (String line : List.of(
                            "prompt-tokens",
                            "completion-tokens",
                            "charged",
                            "host-share",
                            "network-share",
                            "creator-share")) {
                        add(subject, line, Long.parseLong(lines.get(line)));
                    }
                }
            } else if (lines.get("peerllm").equals("entry v1")) {
                long amount = Long.parseLong(lines.get("amount"));
                add("cause", lines.get("cause"), amount);
                for (String side : List.of("debit", "credit")) {
                    if (!lines.get(side).startsWith("host:")) continue;
                    String host = lines.get(side).substring("host:".length());
                    leavesOfHost.computeIfAbsent(host, any -> new ArrayList<>()).add(leaf);
                    add(host, side.equals("debit") ? "sent" : "returned", amount);
                }
            }
        }

        private void add(String subject, String what, long amount) {
            sums.merge(subject + " " + what, amount, Long::sum);
        }

        long sum(String subject, String what) {
            return sums.getOrDefault(subject + " " + what, 0L);
        }

        void expect(String subject, Map<?, ?> told) {
            assertThat(told.get("payments")).as(subject).isEqualTo(sum(subject, "payments"));
            assertThat(told.get("prompt_tokens")).isEqualTo(sum(subject, "prompt-tokens"));
            assertThat(told.get("completion_tokens")).isEqualTo(sum(subject, "completion-tokens"));
            assertThat(told.get("charged_nanodollars")).isEqualTo(sum(subject, "charged"));
            assertThat(told.get("host_share_nanodollars")).isEqualTo(sum(subject, "host-share"));
            assertThat(told.get("network_share_nanodollars")).isEqualTo(sum(subject, "network-share"));
            assertThat(told.get("creator_share_nanodollars")).isEqualTo(sum(subject, "creator-share"));
        }
    }

    private static void expectToAgree(TestLedger test) {
        Explorer explorer = new Explorer(test.database.explorer(), test.database.leaves(), PublishedLog.NONE);
        Reader reader = new Reader(test.database.leaves().range(0, Long.MAX_VALUE));
        assertThat(test.ledger.audit().fault()).isEmpty();
        expectTotals(test, explorer, reader);
        List<Map<?, ?>> entries = pages(Order.OLDEST, explorer::entries);
        assertThat(entries).extracting(leaf -> leaf.get("text")).isEqualTo(reader.texts);
        List<Map<?, ?>> newest = pages(Order.NEWEST, explorer::entries);
        Collections.reverse(newest);
        assertThat(newest).isEqualTo(entries);
        expectHosts(explorer, reader);
        List<Map<?, ?>> models = ranking(explorer::models);
        assertThat(models)
                .isSortedAccordingTo((one, other) ->
                        Long.compare((long) other.get("charged_nanodollars"), (long) one.get("charged_nanodollars")));
        models.forEach(model -> reader.expect(model.get("model") + " " + model.get("digest"), model));
        assertThat(models)
                .map(model -> (long) model.get("payments"))
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(reader.sum("all", "payments")));
        reader.leavesOfJob.forEach((job, leaves) -> assertThat(
                        explorer.job(new com.peerllm.shared.identity.JobId(job)).get("leaves"))
                .isEqualTo(leaves));
    }

    private static void expectTotals(TestLedger test, Explorer explorer, Reader reader) {
        Map<String, Object> totals = explorer.totals();
        reader.expect("all", totals);
        assertThat(totals.get("leaves")).isEqualTo((long) reader.texts.size());
        assertThat(totals.get("jobs")).isEqualTo((long) reader.leavesOfJob.size());
        assertThat(totals.get("hosts")).isEqualTo((long) reader.leavesOfHost.size());
        assertThat(totals.get("minted_nanodollars").toString()).isEqualTo(Long.toString(reader.sum("cause", "top_up")));
        long balances = 0;
        for (Object kind : (List<?>) totals.get("accounts")) {
            balances += (long) ((Map<?, ?>) kind).get("balance_nanodollars");
        }
        assertThat(balances).as("all balances").isZero();
    }

    private static void expectHosts(Explorer explorer, Reader reader) {
        List<Map<?, ?>> hosts = ranking(explorer::hosts);
        assertThat(hosts)
                .hasSize(reader.leavesOfHost.size())
                .isSortedAccordingTo((one, other) -> Long.compare(
                        (long) other.get("host_share_nanodollars"), (long) one.get("host_share_nanodollars")));
        for (Map<?, ?> host : hosts) {
            String id = (String) host.get("host");
            reader.expect(id, host);
            assertThat(host.get("payout_sent_nanodollars")).isEqualTo(reader.sum(id, "sent"));
            assertThat(host.get("payout_returned_nanodollars")).isEqualTo(reader.sum(id, "returned"));
            List<Map<?, ?>> leaves =
                    pages(Order.OLDEST, (order, after, atMost) -> explorer.hostEntries(id, order, after, atMost));
            assertThat(leaves).map(leaf -> (long) leaf.get("leaf")).isEqualTo(reader.leavesOfHost.get(id));
            assertThat(leaves)
                    .map(leaf -> (long) leaf.get("number"))
                    .isEqualTo(LongStream.rangeClosed(1, leaves.size()).boxed().toList());
            List<Map<?, ?>> newest = pages(
                    Order.NEWEST,
                    (order, after, atMost) ->
                            explorer.hostEntries((String) host.get("pseudonym"), order, after, atMost));
            Collections.reverse(newest);
            assertThat(newest).isEqualTo(leaves);
            Map<String, Object> history = explorer.host(id, Optional.empty(), 10);
            for (Object day : (List<?>) history.get("days")) {
                reader.expect(id + " " + ((Map<?, ?>) day).get("date"), (Map<?, ?>) day);
            }
        }
    }

    private interface Paged {
        Map<String, Object> page(Order order, OptionalLong after, int atMost);
    }

    private static List<Map<?, ?>> pages(Order order, Paged paged) {
        List<Map<?, ?>> all = new ArrayList<>();
        OptionalLong after = OptionalLong.empty();
        while (true) {
            Map<String, Object> page = paged.page(order, after, 4);
            ((List<?>) page.get("data")).forEach(each -> all.add((Map<?, ?>) each));
            if (page.get("next") == null) return all;
            after = OptionalLong.of((long) page.get("next"));
        }
    }

    private interface Ranked {
        Map<String, Object> page(Optional<String> after, int atMost);
    }

    private static List<Map<?, ?>> ranking(Ranked ranked) {
        List<Map<?, ?>> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        while (true) {
            Map<String, Object> page = ranked.page(after, 2);
            ((List<?>) page.get("data")).forEach(each -> all.add((Map<?, ?>) each));
            if (page.get("next") == null) return all;
            after = Optional.of((String) page.get("next"));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
