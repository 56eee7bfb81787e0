package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.StatusWords;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.settings.IdentityFile;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.CohortPace;
import com.peerllm.shared.reputation.Evidence;
import com.peerllm.shared.reputation.EvidencePage;
import com.peerllm.shared.reputation.EvidenceRequest;
import com.peerllm.shared.reputation.ModelHistory;
import com.peerllm.shared.reputation.Presence;
import com.peerllm.shared.reputation.Recomputation;
import com.peerllm.shared.reputation.Reputation;
import com.peerllm.shared.reputation.ReputationReport;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A host believes its orchestrator's word about it only as far as the evidence goes. */
@Timeout(60)
class ReputationCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ModelDigest OAK = new ModelDigest("0a".repeat(32));
    private static final long NOW = 1_800_000_000_000L;
    private static final int PAGE = 10;

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();
    private final MockWebServer orchestrator = new MockWebServer();
    private final List<Evidence> evidence = new ArrayList<>();
    private ModelHistory folded = ModelHistory.EMPTY;
    private PeerIdentity identity;
    private ReputationReport report;

    @BeforeEach
    void start() throws Exception {
        identity = IdentityFile.readOrCreate(new AppFolders(folder).identityKey());
        for (int i = 1; i <= 5; i++) folded = folded.after(answer(i));
        for (int i = 6; i <= 30; i++) evidence.add(answer(i));
        report = report((ModelHistory) Recomputation.replay(folded, evidence, 28));
        orchestrator.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return ReputationCommandTest.this.answer(request);
            }
        });
        orchestrator.start();
    }

    @AfterEach
    void stop() {
        orchestrator.close();
    }

    @Test
    void anHonestScoreIsEqualToWhatTheEvidenceAddsUpTo() {
        Terminal.Said said = ask("--recompute");
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("Recomputed from 23 pieces of evidence and the sum of 5 older ones: equal.");
        assertThat(said.code()).isZero();
    }

    @Test
    void aScoreThatIsTooLowIsFoundAndHasAnExitCode() {
        report = report(report.models().getFirst().history(), 0.5);
        Terminal.Said said = ask("--recompute");
        assertThat(said.out()).contains("DIFFERS").contains("score is");
        assertThat(said.code()).isEqualTo(ExitCode.REPUTATION_DIFFERS.number());
        assertThat(ask().code()).as("without recomputing nothing is found").isZero();
    }

    @Test
    void evidenceThatWasMadeUpIsFound() {
        evidence.set(3, new Evidence.Failed(9, NOW, "stalled", Evidence.Meaning.UNRELIABLE));
        assertThat(ask("--recompute").code()).isEqualTo(ExitCode.REPUTATION_DIFFERS.number());
    }

    @Test
    void anExclusionIsTold() {
        ModelHistory liar = report.models().getFirst().history();
        liar = liar.after(new Evidence.Failed(29, NOW, "false_signature", Evidence.Meaning.DISHONEST));
        report = report(liar);
        assertThat(ask().out())
                .contains("honesty 0")
                .contains("Excluded until "
                        + StatusWords.moment(Instant.parse("2027-01-15T09:00:00Z"), ZoneId.systemDefault()));
    }

    @Test
    void anOrchestratorUnderAnotherNameIsNotAskedForEvidence() {
        MetOrchestrator met =
                new MetOrchestrator("oaks.example", PeerIdentity.generate().publicKey(), NOW);
        new SettingsStore(new AppFolders(folder).settings(), InstantSource.system())
                .update(settings -> settings.met(url(), met));
        Terminal.Said said = ask("--recompute");
        assertThat(said.err()).contains("calls itself peers.example; this host knows it as oaks.example");
        assertThat(said.code()).isEqualTo(ExitCode.ORCHESTRATOR.number());
        assertThat(orchestrator.getRequestCount()).isEqualTo(1);
    }

    @Test
    void whatIsWrongIsSaidInASentence() {
        orchestrator.close();
        assertThat(ask().err()).contains("Nothing answers at");
        assertThat(ask().code()).isEqualTo(ExitCode.ORCHESTRATOR.number());
        Terminal.Said nobody =
                terminal.type("reputation", "--data", folder.resolve("none").toString(), "--orchestrator", url());
        assertThat(nobody.err()).contains("There is no host in this data folder yet");
        assertThat(nobody.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(folder.resolve("none")).doesNotExist();
    }

    private Terminal.Said ask(String... options) {
        List<String> words =
                new ArrayList<>(List.of("reputation", "--data", folder.toString(), "--orchestrator", url()));
        words.addAll(List.of(options));
        return terminal.type(words.toArray(String[]::new));
    }

    private String url() {
        return "ws://127.0.0.1:" + orchestrator.getPort();
    }

    private MockResponse answer(RecordedRequest request) {
        if (request.getUrl().encodedPath().endsWith("/reputation")) return json(report);
        boolean signed = new EvidenceRequest(
                        PeerKey.parse(request.getHeaders().get(EvidenceRequest.KEY_HEADER)),
                        Long.parseLong(request.getHeaders().get(EvidenceRequest.TIME_HEADER)),
                        request.getHeaders().get(EvidenceRequest.SIGNATURE_HEADER))
                .isOf(report.host(), report.orchestrator(), System.currentTimeMillis());
        if (!signed) return new MockResponse.Builder().code(401).build();
        if (request.getUrl().queryParameter("model") == null) {
            return json(new EvidencePage(report.host(), Optional.empty(), Presence.NEW, List.of(), false));
        }
        long after = Long.parseLong(request.getUrl().queryParameter("after"));
        List<Evidence> page = evidence.stream()
                .filter(piece -> piece.number() > after)
                .limit(PAGE)
                .toList();
        boolean more = !page.isEmpty() && page.getLast().number() < 30;
        return json(new EvidencePage(report.host(), Optional.of(OAK), folded, page, more));
    }

    private static MockResponse json(Object body) {
        return new MockResponse.Builder().body(JSON.writeValueAsString(body)).build();
    }

    private ReputationReport report(ModelHistory history) {
        return report(history, 1);
    }

    private ReputationReport report(ModelHistory history, double times) {
        long excluded = history.honesty().excludedUntilMillis();
        var honest = Reputation.score(history, Presence.NEW, excluded, CohortPace.UNKNOWN, NOW);
        var told = new com.peerllm.shared.reputation.Score(
                honest.value() * times,
                honest.success(),
                honest.speed(),
                honest.uptime(),
                honest.honesty(),
                honest.newcomer());
        return new ReputationReport(
                "peers.example",
                HostId.of(identity.publicKey()),
                Reputation.VERSION,
                NOW,
                true,
                excluded,
                Presence.NEW,
                List.of(new ReputationReport.OfModel(OAK, told, CohortPace.UNKNOWN, history)),
                List.of());
    }

    private static Evidence answer(long number) {
        return new Evidence.Answered(number, NOW - 1000 + number, 100, 20, 150, 40);
    }
}
