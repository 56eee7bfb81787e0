package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.peerllm.shared.wire.AnswerChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** However an answer is made and wherever it is cut, what another host says from there is what the first would have said. */
class ContinuationPropertyTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int REQUESTS_OF_A_KIND = 5;
    private static final int CUTS_OF_A_REQUEST = 10;
    private static final int LONGEST_ANSWER = 48;
    private static final List<String> QUESTIONS = List.of(
            "Tell me a story about an owl and a map.",
            "Tell me a story about a fox and a key.",
            "What is PeerLLM?",
            "Hello!",
            "Explain quantum physics");

    private static Engine engine;

    /** Ways to choose tokens, each with random settings. */
    enum Kind {
        GREEDY,
        SEEDED,
        PENALTIES,
        BIAS,
        CUTS_OF_THE_DISTRIBUTION,
        EVERYTHING,
        GREEDY_WITH_STOP_STRING,
        SEEDED_WITH_STOP_STRING
    }

    @BeforeAll
    static void start() {
        engine = TestEngines.ready(TestEngines.starterOptions());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAsIfItHadNotBeenCut(Kind kind) {
        Random random = new Random(kind.ordinal());
        for (int i = 0; i < REQUESTS_OF_A_KIND; i++) {
            GenerationRequest request = request(kind, QUESTIONS.get(i), random);
            HeardAnswer whole = answer(engine, request);
            whole.finish();
            for (int j = 0; j < CUTS_OF_A_REQUEST; j++)
                assertGoesOn(
                        kind + " " + i,
                        request,
                        whole,
                        random.nextInt(whole.ids().size() + 1));
        }
    }

    private static void assertGoesOn(String name, GenerationRequest request, HeardAnswer whole, int cut) {
        HeardAnswer rest = answer(engine, request.after(whole.ids().subList(0, cut)));
        String as = name + " cut at " + cut;

        assertThat(rest.finish()).as(as).isEqualTo(whole.finish());
        assertThat(rest.ids())
                .as(as)
                .isEqualTo(whole.ids().subList(cut, whole.ids().size()));
        assertThat(textOf(whole.chunks().subList(0, cut)) + rest.text()).as(as).isEqualTo(whole.text());
        List<JsonNode> expected =
                logprobs(whole.chunks().subList(cut, whole.chunks().size()));
        List<JsonNode> found = logprobs(rest.chunks());
        assertThat(found).as(as).hasSameSizeAs(rest.ids()).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).get("bytes"))
                    .as(as)
                    .isEqualTo(expected.get(i).get("bytes"));
            // A prompt is computed in one pass and an answer token by token: the last digits may differ.
            assertThat(found.get(i).get("logprob").doubleValue())
                    .as(as)
                    .isCloseTo(expected.get(i).get("logprob").doubleValue(), within(0.05));
        }
    }

    private static GenerationRequest request(Kind kind, String question, Random random) {
        GenerationRequest request = GenerationRequest.of(ask(question))
                .with(sampling(kind, random))
                .atMost(LONGEST_ANSWER)
                .withLogprobs(1);
        boolean stops = kind == Kind.GREEDY_WITH_STOP_STRING || kind == Kind.SEEDED_WITH_STOP_STRING;
        if (!stops) return request;
        String text = answer(engine, request).text();
        int from = random.nextInt(text.length() / 4, text.length() - 4);
        return request.stoppingAt(text.substring(from, Math.min(text.length(), from + random.nextInt(1, 12))), "@@");
    }

    private static Sampling sampling(Kind kind, Random random) {
        double temperature = random.nextDouble(0.5, 1.3);
        OptionalLong seed = OptionalLong.of(random.nextLong());
        double penalty = random.nextDouble(-0.5, 1.5);
        double topP = random.nextDouble(0.6, 1);
        int topK = random.nextInt(2, 60);
        double minP = random.nextDouble(0, 0.1);
        Map<Integer, Double> bias = new HashMap<>();
        for (int i = 0; i < 20; i++) bias.put(random.nextInt(300, 1024), random.nextDouble(-100, 4));
        return switch (kind) {
            case GREEDY, GREEDY_WITH_STOP_STRING -> Sampling.greedy();
            case SEEDED, SEEDED_WITH_STOP_STRING -> new Sampling(temperature, 1, 0, 0, 0, 0, 1, seed, Map.of());
            case PENALTIES -> new Sampling(temperature, 1, 0, 0, penalty, penalty / 2, 1.2, seed, Map.of());
            case BIAS -> new Sampling(temperature, 1, 0, 0, 0, 0, 1, seed, bias);
            case CUTS_OF_THE_DISTRIBUTION -> new Sampling(temperature, topP, topK, minP, 0, 0, 1, seed, Map.of());
            case EVERYTHING -> new Sampling(temperature, topP, topK, minP, penalty, penalty / 2, 1.1, seed, bias);
        };
    }

    private static String textOf(List<AnswerChunk> chunks) {
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.text()));
        return text.toString();
    }

    private static List<JsonNode> logprobs(List<AnswerChunk> chunks) {
        List<JsonNode> entries = new ArrayList<>();
        for (AnswerChunk chunk : chunks)
            for (AnswerChunk.Part part : chunk.parts())
                if (part.channel() == AnswerChunk.Channel.LOGPROBS)
                    JSON.readTree(part.utf8()).forEach(entries::add);
        return entries;
    }
}
