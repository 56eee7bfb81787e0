package com.peerllm.endtoend;

import static com.peerllm.endtoend.fixture.Answers.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.endtoend.client.AnswerStream;
import com.peerllm.endtoend.client.ChatAnswer;
import com.peerllm.endtoend.client.StreamEvent;
import com.peerllm.endtoend.client.StreamedAnswer;
import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import com.peerllm.endtoend.network.Balances;
import com.peerllm.endtoend.network.LocalHost;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts that are killed while they work: the consumer gets the same answer, and everybody is paid for what they did. */
@ExtendWith(TestNetworks.class)
class FailoverTest {
    private static final AccountId CONSUMER = AccountId.of("consumer", TestNetwork.CONSUMER);

    private final TestNetwork network;

    FailoverTest(@Serving(Model.SLOW) TestNetwork network) {
        this.network = network;
    }

    @Test
    void aHostKilledBeforeItsFirstTokenIsReplaced() throws Exception {
        String prompt = longPrompt("This host is killed.");
        CompletableFuture<StreamedAnswer> answering = inBackground(prompt);
        LocalHost first = network.busyHost();

        first.process().kill();

        ChatAnswer answer = whole(answering.get(60, TimeUnit.SECONDS));
        ChatAnswer uninterrupted = network.consumer().chat(network.request(prompt));
        assertThat(answer.text()).isEqualTo(uninterrupted.text());
        assertThat(answer.extras().hosts()).containsExactly(pseudonym(network.otherHost(first)));
        assertThat(network.receipts(answer.extras().receipt()))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.completionTokens())
                        .isEqualTo(uninterrupted.usage().completionTokens()));
    }

    /** The connection stays open, and nothing comes over it: only its silence can tell. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be made to hang there")
    void aHostThatHangsBeforeItsFirstTokenIsReplaced() throws Exception {
        CompletableFuture<StreamedAnswer> answering = inBackground(longPrompt("This host hangs."));
        LocalHost first = network.busyHost();
        String pid = Long.toString(first.process().handle().pid());

        assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
        try {
            ChatAnswer answer = whole(answering.get(60, TimeUnit.SECONDS));
            assertThat(answer.extras().hosts()).containsExactly(pseudonym(network.otherHost(first)));
        } finally {
            first.process().kill();
        }
    }

    @Test
    void continuesOnAnotherHostWithoutRepeatingAToken() {
        ChatAnswer uninterrupted = network.consumer().chat(network.request(Sprout.STORY.prompt()));
        assertThat(uninterrupted.text()).isEqualTo(Sprout.STORY.answer());
        Balances before = network.balances();

        StreamedAnswer streamed;
        LocalHost first;
        try (AnswerStream stream = network.stream(Sprout.STORY.prompt())) {
            stream.awaitTexts(20);
            first = network.busyHost();
            first.process().kill();
            streamed = stream.rest();
        }

        ChatAnswer answer = whole(streamed);
        assertThat(answer.text()).isEqualTo(Sprout.STORY.answer());
        assertThat(answer.finishReason()).isEqualTo("stop");
        assertThat(answer.usage().promptTokens())
                .isEqualTo(uninterrupted.usage().promptTokens());
        assertThat(answer.usage().completionTokens())
                .isEqualTo(uninterrupted.usage().completionTokens());
        LocalHost second = network.otherHost(first);
        assertThat(answer.extras().hosts()).containsExactly(pseudonym(first), pseudonym(second));
        assertEachIsPaidForItsPart(answer, before, List.of(first, second));
    }

    /** By the receipts, and by what really moved between the accounts. */
    private void assertEachIsPaidForItsPart(ChatAnswer answer, Balances before, List<LocalHost> hosts) {
        List<Receipt> receipts = network.receipts(answer.extras().receipt());
        Balances after = network.balances();
        assertThat(receipts).hasSize(2);
        for (int i = 0; i < receipts.size(); i++) {
            Receipt receipt = receipts.get(i);
            AccountId account = hosts.get(i).account();
            assertThat(AccountId.ofHost(receipt.host())).isEqualTo(account);
            assertThat(receipt.completionTokens()).isPositive();
            assertThat(after.of(account).minus(before.of(account))).isEqualTo(receipt.hostShare());
            assertThat(ReceiptVerifier.verify(receipt, Optional.empty()).faults())
                    .isEmpty();
        }
        assertThat(receipts.get(0).promptTokens()).isEqualTo(answer.usage().promptTokens());
        assertThat(receipts.get(1).promptTokens()).isZero();
        assertThat(receipts.stream().mapToInt(Receipt::completionTokens).sum())
                .isEqualTo(answer.usage().completionTokens());
        Credits charged = receipts.stream().map(Receipt::charged).reduce(Credits.ZERO, Credits::plus);
        assertThat(before.of(CONSUMER).minus(after.of(CONSUMER)))
                .isEqualTo(charged)
                .isEqualTo(answer.extras().price());
    }

    @Test
    void aHostWhoseEngineIsKilledHandsItsAnswerOnAndServesAgainWithinSeconds() throws Exception {
        LocalHost first;
        StreamedAnswer streamed;
        try (AnswerStream stream = network.stream(Sprout.STORY.prompt())) {
            stream.awaitTexts(10);
            first = network.busyHost();
            ProcessHandle worker = first.engineWorker().orElseThrow();
            worker.destroyForcibly();
            worker.onExit().get(5, TimeUnit.SECONDS);
            streamed = stream.rest();
        }

        assertThat(whole(streamed).text()).isEqualTo(Sprout.STORY.answer());
        assertThat(first.process().isAlive()).isTrue();
        network.otherHost(first).process().kill();
        await("the host serves alone, with a new engine")
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> network.consumer()
                        .chat(network.request(Sprout.HELLO.prompt()))
                        .text()
                        .equals(Sprout.HELLO.answer()));
    }

    @Test
    void aConsumerWhoLeavesFreesTheHostInUnderASecondAndPaysOnlyForWhatCame() {
        int whole = network.consumer()
                .chat(network.request(Sprout.STORY.prompt()))
                .usage()
                .completionTokens();
        AnswerStream stream = network.stream(Sprout.STORY.prompt()).awaitTexts(15);
        LocalHost host = network.busyHost();
        ProcessHandle worker = host.engineWorker().orElseThrow();

        stream.close();

        await("the slot is free")
                .atMost(Duration.ofSeconds(1))
                .until(() -> network.orchestrator().hosts().stream().allMatch(each -> each.runningJobs() == 0));
        await("the engine computes no more")
                .atMost(Duration.ofSeconds(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> cpuWithin(worker, Duration.ofMillis(200)).compareTo(Duration.ofMillis(60)) < 0);
        List<Receipt> receipts = network.receipts(stream.job());
        assertThat(receipts).singleElement().satisfies(receipt -> {
            assertThat(receipt.completionTokens()).isBetween(texts(stream), whole - 1);
            assertThat(receipt.charged())
                    .isEqualTo(receipt.price().cost(receipt.promptTokens(), receipt.completionTokens()));
        });
    }

    private static int texts(AnswerStream stream) {
        return (int) stream.soFar().events().stream()
                .filter(StreamEvent.Text.class::isInstance)
                .count();
    }

    /** Processor time that a process uses during the next stretch of time. */
    private static Duration cpuWithin(ProcessHandle process, Duration stretch) throws InterruptedException {
        Duration before = process.info().totalCpuDuration().orElseThrow();
        TimeUnit.NANOSECONDS.sleep(stretch.toNanos());
        return process.info().totalCpuDuration().orElseThrow().minus(before);
    }

    /** Hundreds of tokens, so that reading it takes the slow model a while; no two tests may begin with the same. */
    private static String longPrompt(String beginning) {
        return beginning + " Hello!".repeat(60) + " " + Sprout.STORY.prompt();
    }

    private CompletableFuture<StreamedAnswer> inBackground(String prompt) {
        return CompletableFuture.supplyAsync(() -> {
            try (AnswerStream stream = network.stream(prompt)) {
                return stream.rest();
            }
        });
    }

    private static String pseudonym(LocalHost host) {
        return host.id().orElseThrow().pseudonym();
    }
}
