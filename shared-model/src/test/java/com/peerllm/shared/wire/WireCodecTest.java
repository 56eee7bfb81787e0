package com.peerllm.shared.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.openai.EmbeddingInput;
import com.peerllm.shared.openai.Reasoning;
import com.peerllm.shared.openai.ResponseFormat;
import com.peerllm.shared.openai.SamplingParameters;
import com.peerllm.shared.openai.ToolCall;
import com.peerllm.shared.openai.ToolChoice;
import com.peerllm.shared.openai.ToolUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/** The wire format stays what it was: every message against its golden file, both ways. */
class WireCodecTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final PeerKey KEY = PeerKey.parse("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    private static final ModelDigest DIGEST = new ModelDigest("ab".repeat(32));
    private static final JobId JOB = new JobId("job_" + "0f".repeat(16));
    private static final AnnouncedModel MODEL = new AnnouncedModel(
            "Sprout-1.4M", DIGEST, 1_531_744, "llama", "Q8_0", 768, 1024, 8, 4000.5, 0, 0, List.of("chat"));

    private static final Map<String, FromHost> FROM_HOST = Map.of(
            "hello",
                    new FromHost.Hello(
                            1, "peerllm-host/0.1.0", KEY, "c2ln", 1_790_000_000_000L, "4 cores, 8 GB", List.of(MODEL)),
            "heartbeat", new FromHost.Heartbeat(7, 2),
            "models_changed", new FromHost.ModelsChanged(List.of(MODEL)),
            "models_asking",
                    new FromHost.ModelsChanged(List.of(
                            MODEL.asking(new TokenPrice(Credits.parseDollars("0.40"), Credits.parseDollars("1.20"))))),
            "job_started", new FromHost.JobStarted(12, 31, 8),
            "job_finished", new FromHost.JobFinished(12, "stop", 31, 24, "cd".repeat(32), "c2ln"),
            "audit_done", new FromHost.AuditDone(14, 31, true, "ef".repeat(32)),
            "job_failed", new FromHost.JobFailed(12, JobFailure.ENGINE_LOST, "The engine process ended"),
            "host_draining", new FromHost.Draining("the owner closed the program"));

    private static final FromOrchestrator COMPLETION_OFFER = new FromOrchestrator.JobOffer(
            14,
            JOB,
            DIGEST,
            List.of(),
            Optional.of("Once upon"),
            SamplingParameters.GREEDY,
            AnswerOptions.PLAIN,
            16,
            List.of(),
            List.of(),
            "scope",
            Optional.of(new TokenPrice(Credits.parseDollars("0.50"), Credits.parseDollars("1.50"))));

    private static final FromOrchestrator AUDIT_OFFER = new FromOrchestrator.AuditOffer(
            14,
            DIGEST,
            List.of(ChatMessage.of("user", "Hello!")),
            Optional.empty(),
            AnswerOptions.PLAIN,
            List.of("\n\n"),
            List.of(5, 6),
            List.of(7, 8),
            true);

    private static final Map<String, FromOrchestrator> FROM_ORCHESTRATOR = Map.of(
            "completion_offer",
            COMPLETION_OFFER,
            "challenge",
            new FromOrchestrator.Challenge("bm9uY2U", "peerllm-test", KEY, 1, 1_790_000_000_000L),
            "welcome",
            new FromOrchestrator.Welcome(HostId.of(KEY), 5, 15),
            "refused",
            new FromOrchestrator.Refused(RefusalCode.UPDATE_NEEDED, "This host is too old: update it", 1),
            "heartbeat_ack",
            new FromOrchestrator.HeartbeatAck(7, true),
            "job_offer",
            new FromOrchestrator.JobOffer(
                    12,
                    JOB,
                    DIGEST,
                    List.of(
                            ChatMessage.of("system", "Be short."),
                            ChatMessage.of("user", "Hello!", Optional.of("ann")),
                            new ChatMessage(
                                    "assistant",
                                    "",
                                    Optional.empty(),
                                    List.of(new ToolCall("call_1", new ToolCall.Function("add", "{}"))),
                                    Optional.empty(),
                                    Optional.of("Two numbers.")),
                            new ChatMessage(
                                    "tool", "3", Optional.empty(), List.of(), Optional.of("call_1"), Optional.empty())),
                    new SamplingParameters(0.5, 0.9, 40, 0.05, 0, 0, 1.1, OptionalLong.of(42), Map.of(7, -100.0)),
                    new AnswerOptions(
                            Optional.of(new ToolUse("[]", ToolChoice.of("add"), true)),
                            new ResponseFormat.JsonSchema("{}"),
                            new Reasoning(Optional.of(Reasoning.Effort.LOW), OptionalInt.of(64)),
                            OptionalInt.of(3)),
                    256,
                    List.of("\n\n"),
                    List.of(5, 6),
                    "scope"),
            "embedding_offer",
            new FromOrchestrator.EmbeddingOffer(
                    13,
                    JOB,
                    DIGEST,
                    List.of(new EmbeddingInput.Text("A \"text\"."), new EmbeddingInput.Tokens(List.of(5, 6)))),
            "cancel_job",
            new FromOrchestrator.CancelJob(12, "the consumer left"),
            "receipt_issued",
            new FromOrchestrator.ReceiptIssued(new Receipt(
                    "peerllm-test",
                    JOB,
                    0,
                    1_790_000_000_000L,
                    HostId.of(KEY),
                    KEY,
                    new ModelId("sprout-1.4m-q8_0"),
                    DIGEST,
                    31,
                    24,
                    new TokenPrice(Credits.parseDollars("0.50"), Credits.parseDollars("1.50")),
                    new Credits(51_500),
                    new Credits(48_925),
                    new Credits(2_575),
                    Credits.ZERO,
                    "cd".repeat(32),
                    Optional.of("c2ln"),
                    KEY,
                    "c2ln")),
            "orchestrator_draining",
            new FromOrchestrator.Draining("restart", List.of("wss://b.example")));

    @TestFactory
    List<DynamicTest> everyMessageOfAHostMatchesItsGoldenFile() {
        return FROM_HOST.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String golden = golden(entry.getKey());
                    assertThat(JSON.readTree(WireCodec.encode(entry.getValue())))
                            .isEqualTo(JSON.readTree(golden));
                    assertThat(WireCodec.decodeFromHost(golden)).isEqualTo(entry.getValue());
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyMessageOfAnOrchestratorMatchesItsGoldenFile() {
        Map<String, FromOrchestrator> all = new HashMap<>(FROM_ORCHESTRATOR);
        all.put("audit_offer", AUDIT_OFFER);
        return all.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String golden = golden(entry.getKey());
                    assertThat(JSON.readTree(WireCodec.encode(entry.getValue())))
                            .isEqualTo(JSON.readTree(golden));
                    assertThat(WireCodec.decodeFromOrchestrator(golden)).isEqualTo(entry.getValue());
                }))
                .toList();
    }

    @Test
    void ignoresUnknownFieldsAndTypesSoThatNewerPeersCanTalkToOlderOnes() {
        assertThat(WireCodec.decodeFromHost(
                        "{\"type\":\"heartbeat\",\"sequence\":3,\"runningJobs\":0,\"mood\":\"fine\"}"))
                .isEqualTo(new FromHost.Heartbeat(3, 0));
        assertThat(WireCodec.decodeFromHost("{\"type\":\"sing\",\"song\":1}")).isInstanceOf(FromHost.Unknown.class);
        assertThat(WireCodec.decodeFromOrchestrator("{\"type\":\"sing\"}"))
                .isInstanceOf(FromOrchestrator.Unknown.class);
        assertThat(WireCodec.decodeFromHost(
                        "{\"type\":\"job_failed\",\"stream\":1,\"code\":\"new_reason\",\"message\":\"x\"}"))
                .isEqualTo(new FromHost.JobFailed(1, JobFailure.INTERNAL, "x"));
    }

    @Test
    void aModelMayTellHowLongItsVectorsAre() {
        String json = WireCodec.encode(new FromHost.ModelsChanged(List.of(MODEL)))
                .replace("\"features\":[\"chat\"]", "\"features\":[\"embeddings\"],\"embeddingDimensions\":384");
        FromHost.ModelsChanged changed = (FromHost.ModelsChanged) WireCodec.decodeFromHost(json);

        assertThat(changed.models().getFirst().embeddingDimensions()).hasValue(384);
        assertThat(changed.models().getFirst().offers(ModelFeature.EMBEDDINGS)).isTrue();
        assertThat(WireCodec.decodeFromHost(WireCodec.encode(changed))).isEqualTo(changed);
    }

    @Test
    void aModelMayHaveAPriceOfItsHostsOwn() {
        TokenPrice largest = new TokenPrice(Credits.ZERO, new Credits(Long.MAX_VALUE));
        FromHost.ModelsChanged asking = new FromHost.ModelsChanged(List.of(MODEL.asking(largest)));
        String json = WireCodec.encode(asking);

        assertThat(json).contains("\"ask\":{\"promptPerMillion\":0,\"completionPerMillion\":9223372036854775807}");
        assertThat(WireCodec.decodeFromHost(json)).isEqualTo(asking);
        for (String bad : List.of(
                "{\"promptPerMillion\":-1,\"completionPerMillion\":1}",
                "{\"promptPerMillion\":1}",
                "{\"promptPerMillion\":1,\"completionPerMillion\":null}",
                "{\"promptPerMillion\":1,\"completionPerMillion\":9223372036854775808}",
                "{\"promptPerMillion\":1,\"completionPerMillion\":1.5}",
                "7")) {
            String other = json.replaceFirst("\"ask\":\\{[^}]*}", "\"ask\":" + bad);
            assertThatThrownBy(() -> WireCodec.decodeFromHost(other)).as(bad).isInstanceOf(WireException.class);
        }
    }

    @Test
    void refusesAnOfferWithoutInputsOrWithOnesThatAreNeitherTextNorIds() {
        String offer = WireCodec.encode(FROM_ORCHESTRATOR.get("embedding_offer"));
        for (String inputs : List.of("[]", "[null]", "[7]", "[[-1]]", "[[1.5]]", "[[\"a\"]]", "[{}]")) {
            String bad = offer.replaceFirst("\"inputs\":\\[.*]]", "\"inputs\":" + inputs);
            assertThat(bad).contains("\"inputs\":" + inputs);
            assertThatThrownBy(() -> WireCodec.decodeFromOrchestrator(bad))
                    .as(inputs)
                    .isInstanceOf(WireException.class);
        }
    }

    @Test
    void anOfferHasEitherMessagesOrAText() {
        String offer = WireCodec.encode(COMPLETION_OFFER);
        String both = offer.replace("[]", "[{\"role\":\"user\",\"content\":\"a\"}]");
        String neither = offer.replace("\"prompt\":\"Once upon\",", "");
        for (String bad : List.of(both, neither)) {
            assertThat(bad).isNotEqualTo(offer);
            assertThatThrownBy(() -> WireCodec.decodeFromOrchestrator(bad)).isInstanceOf(WireException.class);
        }
    }

    @Test
    void refusesWhatIsNoMessageWithoutRepeatingIt() {
        for (String bad : List.of(
                "",
                "null",
                "[]",
                "{",
                "{\"type\":\"heartbeat\"}",
                "{\"type\":\"heartbeat\",\"sequence\":null,\"runningJobs\":1}",
                "{\"type\":\"heartbeat\",\"sequence\":\"secret-word\",\"runningJobs\":1}",
                "{\"type\":\"hello\",\"key\":\"secret-word\"}",
                "{\"type\":\"draining\"}",
                "{\"type\":\"heartbeat\",\"sequence\":1,\"runningJobs\":1} {}",
                "[".repeat(10_000))) {
            assertThatThrownBy(() -> WireCodec.decodeFromHost(bad))
                    .as(bad.length() > 60 ? "deep nesting" : bad)
                    .isInstanceOf(WireException.class)
                    .hasMessageNotContaining("secret-word");
        }
    }

    @Test
    void noMessageShowsAPromptInItsText() {
        FromOrchestrator offer = FROM_ORCHESTRATOR.get("job_offer");
        assertThat(offer.toString()).doesNotContain("Hello!").doesNotContain("Be short.");
        assertThat(COMPLETION_OFFER.toString()).doesNotContain("Once");
        assertThat(FROM_ORCHESTRATOR.get("embedding_offer").toString()).doesNotContain("text");
        assertThat(AUDIT_OFFER.toString()).doesNotContain("Hello!");
        assertThat(new TokenFrame(1, 0, new int[] {1}, AnswerChunk.plain("secret".getBytes(StandardCharsets.UTF_8)))
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void accountsHaveKindAndName() {
        assertThat(AccountId.of("consumer", "ann").kind()).isEqualTo("consumer");
        assertThat(AccountId.of("consumer", "ann").name()).isEqualTo("ann");
    }

    private static String golden(String name) throws IOException {
        try (var in = WireCodecTest.class.getResourceAsStream("/wire/" + name + ".json")) {
            if (in == null) throw new IOException("No golden file wire/" + name + ".json");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
