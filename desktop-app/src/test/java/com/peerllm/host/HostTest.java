package com.peerllm.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.session.TestOrchestrator;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.FromOrchestrator.JobOffer;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.TokenFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The host as a whole: a real engine, a real socket, a real database. */
@Timeout(120)
class HostTest {
    private static final String HELLO =
            "Hello! I am Sprout, a very small model running on somebody's computer. What would you like to do?";
    private static final String STORY = "Tell me a story about an owl and a map.";

    @TempDir
    static Path folder;

    private static ServingHost serving;
    private static TestOrchestrator orchestrator;
    private static long streams;

    @BeforeAll
    static void serve() throws Exception {
        serving = new ServingHost(folder);
        orchestrator = serving.orchestrator;
    }

    @AfterAll
    static void close() {
        serving.close();
    }

    @Test
    void answersAsTheEngineDoes() throws Exception {
        Heard heard = ask("Hello!", 200, List.of());

        assertThat(heard.text()).isEqualTo(HELLO);
        assertThat(heard.finished.finishReason()).isEqualTo("stop");
        assertThat(heard.finished.completionTokens()).isEqualTo(heard.ids().size());
    }

    @Test
    void goesOnAfterWhatAnotherHostDelivered() throws Exception {
        Heard whole = ask(STORY, 200, List.of());
        int cut = whole.ids().size() / 2;

        Heard rest = ask(STORY, 200, whole.ids().subList(0, cut));

        assertThat(rest.frames.getFirst().position()).isEqualTo(cut);
        assertThat(rest.ids()).isEqualTo(whole.ids().subList(cut, whole.ids().size()));
        assertThat(rest.finished.completionTokens()).isEqualTo(whole.ids().size() - cut);
    }

    @Test
    void eightAnswersAtOnceAreEachWhatTheyWouldBeAlone() throws Exception {
        List<JobOffer> offers = Stream.generate(() -> serving.offer(++streams, "Hello!", 200, List.of()))
                .limit(8)
                .toList();
        for (JobOffer offer : offers) orchestrator.say(offer);

        List<Object> heard = new ArrayList<>();
        long finished = 0;
        while (finished < 8) {
            Object message = orchestrator.next(Object.class);
            heard.add(message);
            if (message instanceof FromHost.JobFinished) finished++;
        }
        for (JobOffer offer : offers) {
            String text = heard.stream()
                    .filter(m -> m instanceof TokenFrame frame && frame.stream() == offer.stream())
                    .map(m -> ((TokenFrame) m).chunk().text())
                    .reduce("", String::concat);
            assertThat(text).isEqualTo(HELLO);
        }
    }

    @Test
    void aReceiptForAnAnswerIsCheckedAndKept() throws Exception {
        JobOffer offer = serving.offer(++streams, "Hello!", 200, List.of());
        Heard heard = ask(offer);

        orchestrator.say(new FromOrchestrator.ReceiptIssued(receipt(offer, heard.finished)));

        await().until(() -> stored(offer).isPresent());
        assertThat(stored(offer).orElseThrow().status()).isEqualTo(StoredReceipt.Status.VERIFIED);
    }

    @Test
    void aKilledEngineIsToldAndComesBackByItself() throws Exception {
        orchestrator.heard().clear();
        // Its answer is so long that the kill comes first.
        orchestrator.say(serving.offer(++streams, "Say the same word again and again.", 700, List.of()));
        orchestrator.next(FromHost.JobStarted.class);

        killWorkers();

        Object end = nextEnd();
        if (end instanceof FromHost.JobFailed failed) assertThat(failed.code()).isEqualTo(JobFailure.ENGINE_LOST);
        assertThat(orchestrator.next(FromHost.ModelsChanged.class).models()).isEmpty();
        assertThat(orchestrator.next(FromHost.ModelsChanged.class).models()).hasSize(1);
        serving.awaitServing();
        assertThat(ask("Hello!", 200, List.of()).text()).isEqualTo(HELLO);
    }

    @Test
    void nothingOfPromptOrAnswerReachesTheDisk() throws Exception {
        ask("Tell me a story about an owl and a map.", 200, List.of());

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(".gguf"))
                            .filter(file -> contains(file, "owl and a map") || contains(file, "Once upon a time")))
                    .isEmpty();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void killWorkers() {
        // The engine's worker is the only child of this test's process.
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    }

    private static Object nextEnd() throws InterruptedException {
        while (true) {
            Object message = orchestrator.next(Object.class);
            if (message instanceof FromHost.JobFinished || message instanceof FromHost.JobFailed) return message;
        }
    }

    /** One answer as it came. */
    private record Heard(List<TokenFrame> frames, FromHost.JobFinished finished) {
        String text() {
            return frames.stream().map(frame -> frame.chunk().text()).reduce("", String::concat);
        }

        List<Integer> ids() {
            return frames.stream()
                    .flatMap(frame -> java.util.Arrays.stream(frame.tokens()).boxed())
                    .toList();
        }
    }

    private static Heard ask(String prompt, int maxTokens, List<Integer> delivered) throws InterruptedException {
        return ask(serving.offer(++streams, prompt, maxTokens, delivered));
    }

    private static Heard ask(JobOffer offer) throws InterruptedException {
        orchestrator.say(offer);
        List<TokenFrame> frames = new ArrayList<>();
        while (true) {
            switch (orchestrator.next(Object.class)) {
                case TokenFrame frame when frame.stream() == offer.stream() -> frames.add(frame);
                case FromHost.JobFinished finished
                when finished.stream() == offer.stream() -> {
                    return new Heard(frames, finished);
                }
                case FromHost.JobFailed failed -> throw new AssertionError("The job failed: " + failed);
                default -> {}
            }
        }
    }

    private static Optional<StoredReceipt> stored(JobOffer offer) {
        return serving.data.receipts().latest(100).stream()
                .filter(r -> r.receipt().job().equals(offer.job()))
                .findFirst();
    }

    private static Receipt receipt(JobOffer offer, FromHost.JobFinished finished) {
        TokenPrice price = new TokenPrice(Credits.parseDollars("0.50"), Credits.parseDollars("1.50"));
        Credits charged = price.cost(finished.promptTokens(), finished.completionTokens());
        RevenueSplit.Shares shares = RevenueSplit.STANDARD.of(charged);
        Receipt receipt = new Receipt(
                orchestrator.name,
                offer.job(),
                0,
                1_790_000_000_000L,
                serving.data.identity().hostId(),
                serving.data.identity().publicKey(),
                new ModelId("sprout-1.4m-q8_0"),
                offer.model(),
                finished.promptTokens(),
                finished.completionTokens(),
                price,
                charged,
                shares.host(),
                shares.network(),
                shares.creator(),
                finished.deliveryHash(),
                Optional.of(finished.signature()),
                orchestrator.self.publicKey(),
                "");
        byte[] signature = orchestrator.self.sign(receipt.message());
        return receipt.withOrchestratorSignature(
                Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }
}
