package com.peerllm.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.availability.Availability;
import com.peerllm.host.availability.PauseReason;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.HeardAnswer;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.HashProgress;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.session.TestOrchestrator;
import com.peerllm.shared.gguf.RewrittenModel;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.openai.SamplingParameters;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.RefusalCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real host with the real engine and its starter model, over a real socket. */
@Timeout(60)
class LocalHostTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path STARTER =
            Path.of(System.getProperty("peerllm.home"), "desktop-app/src/main/resources/models/sprout-1.4m-q8_0.gguf");
    private static final JobId JOB = new JobId("job_" + "0".repeat(32));

    @TempDir
    Path folder;

    private final Surroundings around = Surroundings.ofThisProgram();
    private final Signal<Availability> availability = new Signal<>(Availability.Available.BY_RULES);
    private HostData data;
    private LocalHost host;
    private TestOrchestrator orchestrator;

    @BeforeEach
    void open() throws Exception {
        orchestrator = new TestOrchestrator();
        data = HostData.open(new AppFolders(folder), around.clock());
        host = new LocalHost(data, LinkOptions.STANDARD, new Machine(), availability, around);
    }

    @AfterEach
    void close() {
        host.close();
        data.close();
        orchestrator.close();
    }

    @Test
    void sharesAndCountsUntilItIsStopped() throws InterruptedException {
        host.share(orchestrator.address().text());
        await().atMost(PATIENCE).until(() -> host.session().get() instanceof SessionState.Connected c && c.routed());
        await().atMost(PATIENCE).until(() -> host.engine().get() instanceof EngineState.Ready);
        assertThat(host.settings().get().orchestrator())
                .contains(orchestrator.address().text());

        FromHost.JobFinished finished = runOneJob();

        assertThat(host.work().completionTokens())
                .isEqualTo(finished.completionTokens())
                .isPositive();
        assertThat(host.work().promptTokens())
                .isEqualTo(finished.promptTokens())
                .isPositive();

        host.stopSharing();

        assertThat(host.engine().get()).isInstanceOf(EngineState.Stopped.class);
        assertThat(host.session().get())
                .isInstanceOfSatisfying(
                        SessionState.Offline.class,
                        o -> assertThat(o.nextAttempt()).isEmpty());
        await().atMost(PATIENCE).until(() -> workers() == 0);
        assertThat(host.work().completionTokens())
                .as("what was done stays counted")
                .isPositive();
    }

    @Test
    void anAnswerThatIsPaidForAppearsInTheEarnings() throws InterruptedException {
        assertThat(host.earnings().get().total().answers()).isZero();
        host.share(orchestrator.address().text());
        await().atMost(PATIENCE).until(() -> host.engine().get() instanceof EngineState.Ready);
        await().atMost(PATIENCE).until(() -> host.session().get() instanceof SessionState.Connected);

        Receipt receipt = receipt(runOneJob());
        orchestrator.say(new FromOrchestrator.ReceiptIssued(receipt));

        await().atMost(PATIENCE)
                .until(() -> host.earnings().get().total().earned().equals(receipt.hostShare()));
        orchestrator.say(new FromOrchestrator.ReceiptIssued(forged(receipt)));
        await().atMost(PATIENCE).until(() -> host.earnings().get().disputed().answers() == 1);
        assertThat(host.earnings().get().total().answers()).isEqualTo(1);
    }

    @Test
    void canBeStartedAgainAfterAStop() {
        host.share(orchestrator.address().text());
        host.stopSharing();
        host.share(orchestrator.address().text());
        await().atMost(PATIENCE).until(() -> host.session().get() instanceof SessionState.Connected);
    }

    @Test
    void keepsTryingWhenNobodyAnswers() {
        orchestrator.close();
        host.share(orchestrator.address().text());
        await().atMost(PATIENCE)
                .until(() -> host.session().get() instanceof SessionState.Offline o
                        && o.nextAttempt().isPresent());
    }

    @Test
    void takesNoMemoryAfterARefusalAndKeepsItsReason() {
        orchestrator.greeting = greeting -> greeting instanceof FromOrchestrator.Welcome
                ? new FromOrchestrator.Refused(RefusalCode.NOT_ADMITTED, "This network is closed.", 1)
                : greeting;

        host.share(orchestrator.address().text());

        await().atMost(PATIENCE).until(() -> host.session().get() instanceof SessionState.Refused);
        await().atMost(PATIENCE).until(() -> host.engine().get() instanceof EngineState.Stopped);
        assertThat(host.session().get())
                .isInstanceOfSatisfying(
                        SessionState.Refused.class, r -> assertThat(r.message()).contains("This network is closed."));
        await().atMost(PATIENCE).until(() -> workers() == 0);
    }

    @Test
    void anAddressThatCannotBeIsRefusedAndNotKept() {
        assertThatThrownBy(() -> host.share("ftp://example"))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.problem()).isEqualTo(Problem.USAGE));
        assertThat(host.settings().get().orchestrator()).isEmpty();
    }

    @Test
    void aModelThatIsNotThereIsSaidBeforeAnythingStarts() {
        data.settings().update(settings -> settings.withModel("gone.gguf"));

        assertThatThrownBy(() -> host.share(orchestrator.address().text()))
                .isInstanceOfSatisfying(HostException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.BAD_MODEL);
                    assertThat(e.sentence()).contains("gone.gguf");
                });
        assertThat(host.engine().get()).isInstanceOf(EngineState.Stopped.class);
        assertThat(orchestrator.heard()).isEmpty();
    }

    @Test
    void givesWayWithinTwoSecondsAndItsMemoryWithinTen() throws InterruptedException {
        host.share(orchestrator.address().text());
        await().atMost(PATIENCE).until(() -> host.session().get() instanceof SessionState.Connected c && c.routed());
        await().atMost(PATIENCE).until(() -> host.engine().get() instanceof EngineState.Ready);
        orchestrator.say(offer(9, "Say the same word again and again.", 700));
        orchestrator.next(FromHost.JobStarted.class);

        availability.set(new Availability.Paused(List.of(new PauseReason.InUse(Duration.ofMinutes(5)))));

        await().atMost(Duration.ofSeconds(3)).until(() -> host.session().get() instanceof SessionState.Offline);
        await().atMost(Duration.ofSeconds(10)).until(() -> workers() == 0);
        assertThat(host.wanted().get()).as("the person still wants to share").isTrue();

        availability.set(Availability.Available.BY_RULES);

        await().atMost(PATIENCE).until(() -> host.session().get() instanceof SessionState.Connected c && c.routed());
        assertThat(runOneJob().completionTokens()).isPositive();
    }

    @Test
    void beginsWhenTheRulesAllowItAndGoesOnAfterARestart() {
        availability.set(new Availability.Paused(List.of(new PauseReason.OnBattery())));
        host.share(orchestrator.address().text());
        assertThat(host.serving()).isEmpty();
        await().atMost(PATIENCE).until(() -> workers() == 0);

        host.close();
        host = new LocalHost(data, LinkOptions.STANDARD, new Machine(), availability, around);
        host.resume();
        availability.set(Availability.Available.BY_RULES);

        await().atMost(PATIENCE).until(() -> host.session().get() instanceof SessionState.Connected);
    }

    @Test
    void aSharingThatThePersonEndedStaysEnded() {
        host.share(orchestrator.address().text());
        host.stopSharing();
        host.resume();
        availability.set(new Availability.Paused(List.of(new PauseReason.OnBattery())));
        availability.set(Availability.Available.BY_RULES);

        assertThat(host.wanted().get()).isFalse();
        assertThat(host.serving()).isEmpty();
    }

    @Test
    void aModelThatComesWhileItSharesIsOfferedAndOneThatIsDeletedIsNot() throws Exception {
        Path other = RewrittenModel.of(STARTER).with("general.name", "Twin").to(folder.resolve("twin.gguf"));
        // Chosen by the person, it stays when another comes.
        host.models().offer("sprout-1.4m-q8_0", true);
        host.share(orchestrator.address().text());
        announced(1);

        StoredModel twin = host.models().take(other, false, HashProgress.SILENT, new Cancellation());

        announced(2);
        await().atMost(PATIENCE).until(() -> model(twin.name()).run().isPresent());
        await().atMost(PATIENCE).until(() -> model(twin.name()).onNetwork());

        TokenPrice ask = new TokenPrice(Credits.parseDollars("0.40"), Credits.parseDollars("1.20"));
        host.models().ask("sprout-1.4m-q8_0", Optional.of(ask));
        assertThat(orchestrator
                        .next(FromHost.ModelsChanged.class)
                        .models()
                        .getFirst()
                        .ask())
                .contains(ask);

        host.models().offer(twin.name(), false);
        announced(1);
        await().atMost(PATIENCE).until(() -> !model(twin.name()).onNetwork());

        host.models().delete(twin.name());
        await().atMost(PATIENCE).until(() -> host.models().all().get().size() == 1);
        assertThat(other).as("a file that was used where it lies stays").exists();
        assertThatThrownBy(() -> host.models().offer("sprout-1.4m-q8_0", false))
                .hasMessageContaining("the only model that this computer offers");
    }

    @Test
    void itsModelsAnswerItsPersonWhileNothingIsShared() throws Exception {
        await().atMost(PATIENCE).until(() -> !host.ownModels().list().isEmpty());

        assertThat(hello().text()).startsWith("Hello! I am Sprout");
        assertThat(host.work())
                .as("what is asked here is not work for the network")
                .isEqualTo(Work.NONE);
        assertThat(host.ownModels().list().getFirst().features()).contains("chat");
    }

    @Test
    void aModelThatIsInMemoryForItsPersonLeavesItBeforeItsFileMoves() throws Exception {
        await().atMost(PATIENCE).until(() -> !host.ownModels().list().isEmpty());
        assertThat(hello().text()).startsWith("Hello! I am Sprout");
        await().atMost(PATIENCE).until(() -> workers() == 1);

        host.models().moveTo(folder.resolve("elsewhere"), HashProgress.SILENT, new Cancellation());

        await().atMost(PATIENCE).until(() -> workers() == 0);
        assertThat(folder.resolve("elsewhere/sprout-1.4m-q8_0.gguf")).exists();
        await().atMost(PATIENCE)
                .until(() ->
                        host.models().all().get().getFirst().file().path().startsWith(folder.resolve("elsewhere")));
        assertThat(hello().text()).startsWith("Hello! I am Sprout");
    }

    private HeardAnswer hello() throws Exception {
        HeardAnswer heard = new HeardAnswer();
        host.ownModels()
                .generate(
                        host.ownModels().list().getFirst().digest(),
                        GenerationRequest.of(new Prompt.Chat("[{\"role\":\"user\",\"content\":\"Hello!\"}]"))
                                .atMost(100),
                        heard);
        return heard;
    }

    private HostModel model(String name) {
        return host.models().all().get().stream()
                .filter(model -> model.file().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void announced(int models) throws InterruptedException {
        while (true) {
            int said = switch (orchestrator.next(Object.class)) {
                case FromHost.Hello hello -> hello.models().size();
                case FromHost.ModelsChanged changed -> changed.models().size();
                default -> -1;
            };
            if (said == models) return;
        }
    }

    private FromOrchestrator.JobOffer offer(long stream, String prompt, int maxTokens) {
        return new FromOrchestrator.JobOffer(
                stream,
                JOB,
                data.models().starter().digest(),
                List.of(ChatMessage.of("user", prompt)),
                SamplingParameters.GREEDY,
                AnswerOptions.PLAIN,
                maxTokens,
                List.of(),
                List.of(),
                "scope");
    }

    private FromHost.JobFinished runOneJob() throws InterruptedException {
        orchestrator.say(offer(1, "What is the capital of France?", 32));
        return orchestrator.next(FromHost.JobFinished.class);
    }

    private Receipt receipt(FromHost.JobFinished finished) {
        TokenPrice price = new TokenPrice(Credits.parseDollars("0.50"), Credits.parseDollars("1.50"));
        Credits charged = price.cost(finished.promptTokens(), finished.completionTokens());
        RevenueSplit.Shares shares = RevenueSplit.STANDARD.of(charged);
        return signed(new Receipt(
                orchestrator.name,
                JOB,
                0,
                around.clock().millis(),
                data.identity().hostId(),
                data.identity().publicKey(),
                new ModelId("sprout-1.4m-q8_0"),
                data.models().starter().digest(),
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
                ""));
    }

    private Receipt signed(Receipt receipt) {
        return receipt.withOrchestratorSignature(
                Base64.getUrlEncoder().withoutPadding().encodeToString(orchestrator.self.sign(receipt.message())));
    }

    /** For the same answer once more, as another segment that never was, signed by nobody. */
    private static Receipt forged(Receipt real) {
        return new Receipt(
                real.orchestrator(),
                real.job(),
                1,
                real.settledAtMillis(),
                real.host(),
                real.hostKey(),
                real.model(),
                real.modelDigest(),
                real.promptTokens(),
                real.completionTokens(),
                real.price(),
                real.charged(),
                real.hostShare(),
                real.networkShare(),
                real.creatorShare(),
                real.deliveryHash(),
                real.hostSignature(),
                real.orchestratorKey(),
                real.orchestratorSignature());
    }

    /** Children that run Java; their command line is cut off before the main class, because the tests' class path is long. */
    private static long workers() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .filter(child -> child.info()
                        .command()
                        .equals(ProcessHandle.current().info().command()))
                .count();
    }
}
