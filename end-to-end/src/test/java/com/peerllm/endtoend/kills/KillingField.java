package com.peerllm.endtoend.kills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.endtoend.client.AnswerStream;
import com.peerllm.endtoend.client.ChatAnswer;
import com.peerllm.endtoend.client.ChatRequest;
import com.peerllm.endtoend.client.ConnectionLost;
import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.client.RefusedException;
import com.peerllm.endtoend.client.StreamedAnswer;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.network.Balances;
import com.peerllm.endtoend.network.LedgerAudit;
import com.peerllm.endtoend.network.LocalNetwork;
import com.peerllm.endtoend.network.NetworkFolder;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.host.engine.Engine;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.MemoryCheck;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.session.LinkHttp;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/** An orchestrator in a process of its own, two engines, any number of hosts that can be killed, and what they must be paid. */
final class KillingField implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Credits BUDGET = Credits.ofDollars(1_000);
    private static final int SLOTS = 16;
    private static final int SLOTS_OF_HOST = 8;

    /** What one host must be paid for. */
    record Part(HostId host, int promptTokens, int completionTokens) {}

    /** An answer that was delivered; who made what of it is told where it is known. */
    private record Expected(ChatAnswer answer, Optional<List<Part>> parts, int promptTokens, int completionTokens) {}

    private final Path folder = KilledHostsTest.scratch();
    private final ModelDigest digest;
    private final LocalNetwork network;
    private final OpenAiClient consumer;
    private final String model;
    private final List<Engine> engines = new ArrayList<>();
    private final Map<HostId, Integer> engineOf = new ConcurrentHashMap<>();
    private final OkHttpClient http =
            LinkHttp.client(Optional.empty(), Thread.ofVirtual().factory());
    private final ThreadAlarms alarms = new ThreadAlarms(Thread.ofVirtual().factory());
    private final Queue<Expected> expected = new ConcurrentLinkedQueue<>();

    KillingField() throws IOException {
        Path file =
                Installation.current().home().resolve("desktop-app/src/main/resources/models/sprout-1.4m-q8_0.gguf");
        digest = ModelDigest.of(Sha256.of(Files.readAllBytes(file)));
        network = LocalNetwork.start(Installation.current(), NetworkFolder.forBriefRun(folder.resolve("network")));
        EngineOptions options = EngineOptions.of(file, EngineNatives.locate(System.getProperties()))
                .withSlots(SLOTS, 768)
                .withThreads(1);
        for (int i = 0; i < 2; i++) {
            Engine engine = new Engine(
                    options, MemoryCheck.none(), Thread.ofPlatform().daemon().factory(), InstantSource.system());
            engines.add(engine);
            engine.start();
        }
        await().atMost(PATIENCE)
                .until(() -> engines.stream().allMatch(engine -> engine.state().get() instanceof EngineState.Ready));
        consumer = network.newConsumer("alice", BUDGET);
        model = Sprout.MODEL;
    }

    /** A new host on one of the two engines, in the network. */
    KillableHost host(int engine, Predicate<Passing> cutBefore, CuttingProxy.Death death) throws IOException {
        KillableHost host = new KillableHost(
                engines.get(engine),
                digest,
                SLOTS_OF_HOST,
                folder,
                http,
                alarms,
                network.orchestrator().port(),
                cutBefore,
                death);
        engineOf.put(host.id(), engine);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(() -> assertThat(host.isConnected())
                        .as(() -> network.orchestrator().process().said())
                        .isTrue());
        return host;
    }

    int engineOf(KillableHost host) {
        return engineOf.get(host.id());
    }

    /** Waits until the orchestrator has these hosts and no others. */
    void awaitHosts(List<KillableHost> hosts) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            List<HostId> there = network.orchestrator().hosts().stream()
                    .map(host -> host.id())
                    .toList();
            return there.size() == hosts.size() && hosts.stream().allMatch(host -> there.contains(host.id()));
        });
    }

    StreamedAnswer ask() {
        try (AnswerStream stream = consumer.stream(ChatRequest.of(model, Sprout.STORY.prompt()))) {
            return stream.rest();
        } catch (RefusedException | ConnectionLost e) {
            throw new AssertionError(
                    "No answer: " + e.getMessage()
                            + network.orchestrator().process().said(),
                    e);
        }
    }

    void expect(ChatAnswer answer, List<Part> parts) {
        expected.add(new Expected(answer, Optional.of(parts), 0, 0));
    }

    /** @param completionTokens of all hosts together */
    void expect(ChatAnswer answer, int promptTokens, int completionTokens) {
        expected.add(new Expected(answer, Optional.empty(), promptTokens, completionTokens));
    }

    /** Every answer's receipts are those of its parts, and what they say has moved between the accounts, and nothing else. */
    void checkMoney() {
        List<Expected> answers = new ArrayList<>();
        for (Expected next = expected.poll(); next != null; next = expected.poll()) answers.add(next);
        for (Expected each : answers) {
            JobId job = each.answer().extras().receipt();
            await("the answer is paid")
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .until(() -> !consumer.receipts(job).isEmpty());
        }
        Map<AccountId, Credits> earned = new HashMap<>();
        for (Expected each : answers) {
            List<Receipt> receipts = receipts(each.answer().extras().receipt());
            checkParts(each, receipts);
            Credits charged = Credits.ZERO;
            for (Receipt receipt : receipts) {
                assertThat(ReceiptVerifier.verify(receipt, Optional.empty()).faults())
                        .isEmpty();
                earned.merge(AccountId.ofHost(receipt.host()), receipt.hostShare(), Credits::plus);
                charged = charged.plus(receipt.charged());
            }
            assertThat(charged).isEqualTo(each.answer().extras().price());
        }
        LedgerAudit audit = network.orchestrator().administrator().audit();
        assertThat(audit.fault()).isEmpty();
        assertThat(audit.clean()).isTrue();
        assertThat(audit.openHolds()).isZero();
        Balances balances = network.orchestrator().administrator().balances();
        assertThat(balances.sum()).isEqualTo(Credits.ZERO);
        // Hosts of answers that broke off, and no others, may have earned more than these answers say.
        earned.forEach((account, credits) ->
                assertThat(balances.of(account).nanoDollars()).isGreaterThanOrEqualTo(credits.nanoDollars()));
    }

    private static void checkParts(Expected answer, List<Receipt> receipts) {
        if (answer.parts().isPresent()) {
            assertThat(receipts.stream()
                            .map(each -> new Part(each.host(), each.promptTokens(), each.completionTokens()))
                            .toList())
                    .isEqualTo(answer.parts().get());
        } else {
            assertThat(receipts.stream().mapToInt(Receipt::promptTokens).sum()).isEqualTo(answer.promptTokens());
            assertThat(receipts.stream().mapToInt(Receipt::completionTokens).sum())
                    .isEqualTo(answer.completionTokens());
            assertThat(receipts.stream().map(each -> each.host().pseudonym()).distinct())
                    .containsExactlyElementsOf(answer.answer().extras().hosts());
        }
    }

    private List<Receipt> receipts(JobId job) {
        return consumer.receipts(job).stream()
                .sorted(Comparator.comparingInt(Receipt::segment))
                .toList();
    }

    void pause() {
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }

    @Override
    public void close() throws IOException {
        consumer.close();
        engines.forEach(Engine::close);
        network.close();
        alarms.close();
        http.dispatcher().executorService().shutdownNow();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
        }
    }
}
