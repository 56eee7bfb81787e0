package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.openai.Reasoning;
import com.peerllm.shared.openai.ResponseFormat;
import com.peerllm.shared.openai.ToolChoice;
import com.peerllm.shared.openai.ToolUse;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.SaidHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second engine with the same model confirms what a first one delivered, wherever it is cut, and nothing else. */
class AuditTest {
    private static final GenerationRequest STORY = GenerationRequest.of(ask("Tell me a story about an owl and a map."));

    private static final ToolUse TOOLS = new ToolUse("""
            [{"type":"function","function":{"name":"get_weather","parameters":{"type":"object",\
            "properties":{"city":{"enum":["Tokyo","Zürich"]}},"required":["city"],"additionalProperties":false}}}]""", ToolChoice.REQUIRED, false);

    private static Engine engine;
    private static Engine caller;
    private static Engine thinker;

    @BeforeAll
    static void start(@TempDir Path folder) {
        engine = TestEngines.ready(TestEngines.starterOptions());
        caller = TestEngines.ready(TestEngines.withTemplate(TestTemplates.HERMES, folder.resolve("hermes.gguf")));
        thinker = TestEngines.ready(TestEngines.withTemplate(TestTemplates.THINKING, folder.resolve("thinking.gguf")));
    }

    @AfterAll
    static void stop() {
        engine.close();
        caller.close();
        thinker.close();
    }

    @Test
    void confirmsAnAnswerAndEachPartOfIt() {
        assertConfirmsEveryPart(engine, STORY);
    }

    @Test
    void confirmsAnswersThatStopStringsAndLimitsEnd() {
        assertConfirmsEveryPart(engine, STORY.stoppingAt("under a tree"));
        assertConfirmsEveryPart(engine, STORY.atMost(17));
        assertConfirmsEveryPart(
                engine,
                GenerationRequest.of(new Prompt.Text("Once upon a time")).atMost(20));
    }

    @Test
    void confirmsFormsCallsAndThinking() {
        ResponseFormat form = new ResponseFormat.JsonSchema(
                "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}},\"required\":[\"ok\"]}");
        assertConfirmsEveryPart(engine, STORY.in(form));
        Prompt weather = new Prompt.Chat(
                "[{\"role\":\"user\",\"content\":\"How is the weather?\"}]", Optional.of(TOOLS), Reasoning.DEFAULT);
        assertConfirmsEveryPart(caller, GenerationRequest.of(weather).atMost(200));
        Prompt thoughtful = new Prompt.Chat(
                "[{\"role\":\"user\",\"content\":\"Tell me a story.\"}]",
                Optional.empty(),
                new Reasoning(Optional.empty(), OptionalInt.of(12)));
        assertConfirmsEveryPart(thinker, GenerationRequest.of(thoughtful).atMost(60));
    }

    @Test
    void tellsAnotherTextFromTheOneThatTheIdsSay() {
        HeardAnswer whole = answer(engine, STORY);
        List<Integer> ids = new ArrayList<>(whole.idsAtTheEnd());
        ids.set(40, ids.get(40) == 300 ? 301 : 300);

        AuditFinding found = found(engine, STORY, List.of(), ids, true);
        assertThat(found.possible()).isTrue();
        assertThat(found.said()).isNotEqualTo(hash(whole.chunks()));
    }

    @Test
    void idsThatEndAnAnswerOrFollowItsEndCannotBeDelivered() {
        List<Integer> ids = new ArrayList<>(answer(engine, STORY).idsAtTheEnd());
        ModelFacts facts = TestEngines.facts(engine);
        ids.add(50, facts.eosToken());
        assertThat(found(engine, STORY, List.of(), ids, true).possible()).isFalse();

        GenerationRequest stopping = STORY.stoppingAt("under a tree");
        List<Integer> padded = new ArrayList<>(answer(engine, stopping).idsAtTheEnd());
        assertThat(found(engine, stopping, List.of(), padded, true).possible()).isTrue();
        padded.add(300);
        assertThat(found(engine, stopping, List.of(), padded, true).possible()).isFalse();

        assertThat(found(engine, STORY, List.of(), List.of(facts.vocabularySize()), false)
                        .possible())
                .isFalse();
    }

    /** Each frame of the answer as the part of one host, and each cut as two parts. */
    private static void assertConfirmsEveryPart(Engine auditor, GenerationRequest request) {
        HeardAnswer whole = answer(auditor, request);
        List<Integer> ids = whole.idsAtTheEnd();
        List<AnswerChunk> chunks = whole.chunks();
        assertThat(ids).isNotEmpty();
        int before = 0;
        for (int frame = 0; frame <= chunks.size(); frame++) {
            AuditFinding first = found(auditor, request, List.of(), ids.subList(0, before), false);
            assertThat(first)
                    .as("up to frame " + frame)
                    .isEqualTo(new AuditFinding(whole.promptTokens(), true, hash(chunks.subList(0, frame))));
            AuditFinding rest = found(auditor, request, ids.subList(0, before), ids.subList(before, ids.size()), true);
            assertThat(rest)
                    .as("from frame " + frame)
                    .isEqualTo(
                            new AuditFinding(whole.promptTokens(), true, hash(chunks.subList(frame, chunks.size()))));
            if (frame == chunks.size() || whole.frames().get(frame) == 0) break;
            before += whole.frames().get(frame);
        }
    }

    private static AuditFinding found(
            Engine auditor, GenerationRequest request, List<Integer> before, List<Integer> ids, boolean ended) {
        AuditRequest asked = new AuditRequest(request.prompt(), request.format(), request.stop(), before, ids, ended);
        try {
            return auditor.audit(asked).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("No finding", e);
        }
    }

    private static String hash(List<AnswerChunk> chunks) {
        SaidHash hash = new SaidHash();
        chunks.forEach(hash::add);
        return hash.hex();
    }
}
