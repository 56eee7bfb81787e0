package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.TokenFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Calls, thoughts and log probabilities on their way from scripted hosts to a consumer, over real sockets. */
@Timeout(60)
class PartedAnswerTest {
    private static final String TOOLS = ",\"tools\":[" + tool("add") + "," + tool("now") + "]";
    private static final String STREAM = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";

    /** Thinks, says something, and calls two tools; one token a chunk. */
    private static final List<AnswerChunk> TWO_CALLS = List.of(
            chunk(part(Channel.REASONING, "Two \"numbers\".")),
            chunk(part(Channel.REASONING, " A sum.")),
            AnswerChunk.plain(bytes("I add.")),
            chunk(part(Channel.TOOL_CALL, "add"), part(Channel.TOOL_ARGUMENTS, "{\"a\":")),
            chunk(part(Channel.TOOL_ARGUMENTS, "1,\"b\":\"é\\n")),
            chunk(part(Channel.TOOL_ARGUMENTS, "\"}"), part(Channel.TOOL_CALL, "now")),
            AnswerChunk.NOTHING,
            chunk(part(Channel.TOOL_ARGUMENTS, "{}")));

    @TempDir
    private Path data;

    private TestNetwork network;
    private String key;

    @BeforeEach
    void start() {
        network = new TestNetwork(data);
        key = network.consumer("ann", "1.00");
    }

    @AfterEach
    void theLedgerAddsUpAndNothingIsHeld() {
        network.closeWhenAllIsPaid();
    }

    private ScriptedHost join(AnnouncedModel model, BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        return ScriptedHost.join(network.client, network.url(), PeerIdentity.generate(), model, work);
    }

    @Test
    void streamsThoughtsAndCallsAsTheDeltasOfTheOpenAiApi() throws Exception {
        ScriptedHost host =
                join(ScriptedHost.able(4), (self, offer) -> self.answerChunks(offer, TWO_CALLS, "tool_calls"));
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question(TOOLS + STREAM));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<JsonNode> deltas = answer.deltas(0);
        assertThat(deltas.getFirst().path("role").asString()).isEqualTo("assistant");
        assertThat(deltas.getFirst().path("content").isNull()).isTrue();
        assertThat(answer.streamed(0, "reasoning_content")).isEqualTo("Two \"numbers\". A sum.");
        assertThat(answer.streamedText()).isEqualTo("I add.");
        Map<Integer, Call> calls = calls(deltas);
        assertThat(calls.get(0).name).isEqualTo("add");
        assertThat(calls.get(0).arguments.toString()).isEqualTo("{\"a\":1,\"b\":\"é\\n\"}");
        assertThat(calls.get(1).name).isEqualTo("now");
        assertThat(calls.get(1).arguments.toString()).isEqualTo("{}");
        assertThat(calls.get(0).id).matches("call_[0-9a-f]{24}").isNotEqualTo(calls.get(1).id);
        List<JsonNode> chunks = answer.chunks();
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asString())
                .isEqualTo("tool_calls");
        JsonNode usage = chunks.getLast().path("usage");
        assertThat(usage.path("completion_tokens").asInt()).isEqualTo(TWO_CALLS.size());
        assertThat(usage.at("/completion_tokens_details/reasoning_tokens").asInt())
                .isEqualTo(2);
        Receipt receipt = host.awaitReceipt();
        assertThat(receipt.completionTokens()).isEqualTo(TWO_CALLS.size());
        assertThat(receipt.hostSignature()).as("both counted the same frames").isPresent();
    }

    @Test
    void answersInOnePieceWithCallsAndWithoutContentWhenThereIsNone() {
        List<AnswerChunk> onlyCall = List.of(
                chunk(part(Channel.REASONING, "Hm.")),
                chunk(part(Channel.TOOL_CALL, "now"), part(Channel.TOOL_ARGUMENTS, "{}")));
        // The engine's word "stop" is no reason to hide the call from clients that look at the finish reason.
        join(ScriptedHost.able(4), (self, offer) -> self.answerChunks(offer, onlyCall, "stop"));
        JsonNode choice = network.chat(key, TestNetwork.question(TOOLS))
                .json()
                .path("choices")
                .path(0);
        assertThat(choice.at("/message/content").isNull()).isTrue();
        assertThat(choice.at("/message/reasoning_content").asString()).isEqualTo("Hm.");
        assertThat(choice.at("/message/tool_calls/0/id").asString()).startsWith("call_");
        assertThat(choice.at("/message/tool_calls/0/type").asString()).isEqualTo("function");
        assertThat(choice.at("/message/tool_calls/0/function/name").asString()).isEqualTo("now");
        assertThat(choice.at("/message/tool_calls/0/function/arguments").asString())
                .isEqualTo("{}");
        assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(choice.path("logprobs").isNull()).isTrue();
    }

    @Test
    void offersEverythingThatTheRequestAsks() {
        List<FromOrchestrator.JobOffer> offers = new ArrayList<>();
        join(ScriptedHost.able(4), (self, offer) -> {
            offers.add(offer);
            self.answer(offer, "x");
        });
        network.chat(
                key,
                TestNetwork.question(
                        TOOLS + ",\"tool_choice\":\"none\",\"logprobs\":true,\"top_logprobs\":2,"
                                + "\"reasoning_effort\":\"low\",\"thinking_budget_tokens\":5,\"logit_bias\":{\"7\":-100},\"repeat_penalty\":1.2"));
        FromOrchestrator.JobOffer offer = offers.getFirst();
        assertThat(offer.options().tools().orElseThrow().toolsJson()).contains("\"add\"", "\"now\"");
        assertThat(offer.options().topLogprobs()).hasValue(2);
        assertThat(offer.options().reasoning().budgetTokens()).hasValue(5);
        assertThat(offer.sampling().logitBias()).containsEntry(7, -100.0);
        assertThat(offer.sampling().repeatPenalty()).isEqualTo(1.2);
    }

    @Test
    void goesOnWithThoughtsAndCallsOnAnotherHostAfterEveryToken() {
        join(ScriptedHost.able(4), (self, offer) -> self.answerChunks(offer, TWO_CALLS, "tool_calls"));
        for (int cut = 0; cut <= TWO_CALLS.size(); cut++) {
            int end = cut;
            try (ScriptedHost dying = join(ScriptedHost.able(4, 100_000), (self, offer) -> {
                self.chunks(offer, TWO_CALLS, end);
                self.fail(offer, JobFailure.ENGINE_LOST);
            })) {
                TestNetwork.Answer answer = network.chat(key, TestNetwork.question(TOOLS + STREAM));
                assertThat(answer.streamed(0, "reasoning_content")).isEqualTo("Two \"numbers\". A sum.");
                assertThat(answer.streamedText()).isEqualTo("I add.");
                Map<Integer, Call> calls = calls(answer.deltas(0));
                assertThat(calls.get(0).arguments.toString()).isEqualTo("{\"a\":1,\"b\":\"é\\n\"}");
                assertThat(calls.get(1).arguments.toString()).isEqualTo("{}");
                assertThat(calls).hasSize(2);
                int hosts = answer.chunks()
                        .get(answer.chunks().size() - 2)
                        .at("/peerllm/hosts")
                        .size();
                assertThat(hosts)
                        .as("who delivered tokens, cut at " + cut)
                        .isEqualTo(cut == 0 || cut == TWO_CALLS.size() ? 1 : 2);
                assertThat(dying.received).anyMatch(FromOrchestrator.JobOffer.class::isInstance);
            }
        }
    }

    @Test
    void tellsLogProbabilitiesInTheFieldsOfTheOpenAiApiOnly() {
        String first = "[{\"token\":\"Hé\",\"logprob\":-0.5,\"bytes\":[72,195,169],\"secret\":1,"
                + "\"top_logprobs\":[{\"token\":\"Hé\",\"logprob\":-0.5,\"bytes\":[72,195,169],\"x\":2}]}]";
        String second = "[{\"token\":\"\\\"\",\"logprob\":-9999}]";
        List<AnswerChunk> chunks = List.of(
                chunk(part(Channel.CONTENT, "Hé"), part(Channel.LOGPROBS, first)),
                chunk(part(Channel.LOGPROBS, second)));
        join(ScriptedHost.able(4), (self, offer) -> self.answerChunks(offer, chunks, "stop"));
        String asked = ",\"logprobs\":true,\"top_logprobs\":1";
        String entries = "[{\"token\":\"Hé\",\"logprob\":-0.5,\"bytes\":[72,195,169],\"top_logprobs\":"
                + "[{\"token\":\"Hé\",\"logprob\":-0.5,\"bytes\":[72,195,169]}]},"
                + "{\"token\":\"\\\"\",\"logprob\":-9999.0,\"bytes\":null,\"top_logprobs\":[]}]";
        TestNetwork.Answer whole = network.chat(key, TestNetwork.question(asked));
        assertThat(whole.json().at("/choices/0/logprobs/content")).hasToString(entries);
        assertThat(whole.text()).isEqualTo("Hé");

        TestNetwork.Answer streamed = network.chat(key, TestNetwork.question(asked + STREAM));
        List<String> told = new ArrayList<>();
        for (JsonNode chunk : streamed.chunks()) {
            for (JsonNode entry : chunk.at("/choices/0/logprobs/content")) told.add(entry.toString());
        }
        assertThat("[" + String.join(",", told) + "]").isEqualTo(entries);
        assertThat(streamed.streamedText()).isEqualTo("Hé");
    }

    @Test
    void partsThatCannotBeAreNotRelayed() {
        String asked = TOOLS + ",\"logprobs\":true,\"top_logprobs\":1,\"parallel_tool_calls\":false";
        List<AnswerChunk> impossible = List.of(
                chunk(part(Channel.TOOL_CALL, "drop_all")),
                chunk(part(Channel.TOOL_ARGUMENTS, "{}")),
                chunk(part(Channel.TOOL_CALL, "add"), part(Channel.TOOL_CALL, "now")),
                chunk(part(Channel.TOOL_CALL, "add"), part(Channel.TOOL_ARGUMENTS, "\"" + "x".repeat(60_000))),
                new AnswerChunk(true, new byte[] {0, 0, 0, 0, 9, 65}),
                new AnswerChunk(true, new byte[] {99, 0, 0, 0, 1, 65}),
                new AnswerChunk(true, new byte[] {1, 0, 0, 0, 1, (byte) 0xC3}),
                chunk(part(Channel.LOGPROBS, "{}")),
                chunk(part(Channel.LOGPROBS, "[{\"token\":\"a\",\"logprob\":-1}")),
                chunk(part(Channel.LOGPROBS, "[{\"token\":\"a\",\"logprob\":\"x\"}]")),
                chunk(part(Channel.LOGPROBS, "[{\"token\":\"\\ud800\",\"logprob\":-1}]")),
                chunk(part(Channel.LOGPROBS, "[{\"token\":\"a\",\"logprob\":-1},{\"token\":\"a\",\"logprob\":-1}]")),
                chunk(part(Channel.LOGPROBS, "[{\"token\":\"a\",\"logprob\":-1,\"bytes\":[256]}]")),
                chunk(part(
                        Channel.LOGPROBS,
                        "[{\"token\":\"a\",\"logprob\":-1,\"top_logprobs\":[{\"token\":\"a\",\"logprob\":-1},"
                                + "{\"token\":\"b\",\"logprob\":-1}]}]")),
                chunk(
                        part(Channel.LOGPROBS, "[{\"token\":\"a\",\"logprob\":-1}]"),
                        part(Channel.LOGPROBS, "[{\"token\":\"a\",\"logprob\":-1}]")));
        for (AnswerChunk chunk : impossible) {
            boolean large = chunk.bytes().length > 60_000;
            assertNothingComesOf(asked, chunk, large ? 5 : 1);
        }
        assertNothingComesOf("", chunk(part(Channel.TOOL_CALL, "add")), 1);
        assertNothingComesOf(TOOLS + ",\"tool_choice\":\"none\"", chunk(part(Channel.TOOL_CALL, "add")), 1);
        assertNothingComesOf("", chunk(part(Channel.LOGPROBS, "[{\"token\":\"a\",\"logprob\":-1}]")), 1);
        assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000L);
    }

    /** @param times how often the host says it, the first time as the first token */
    private void assertNothingComesOf(String asked, AnswerChunk chunk, int times) {
        long begun = System.nanoTime();
        AnswerChunk again = times == 1 ? chunk : chunk(chunk.parts().getLast());
        try (ScriptedHost liar = join(ScriptedHost.able(4), (self, offer) -> {
            self.started(offer, 10);
            for (int i = 0; i < times; i++) {
                self.send(new TokenFrame(offer.stream(), i, new int[] {7}, i == 0 ? chunk : again));
            }
        })) {
            TestNetwork.Answer answer = network.chat(key, TestNetwork.question(asked));
            assertThat(answer.code()).as(chunk + " " + answer.body()).isEqualTo("hosts_failed");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("the frame itself was refused, not the silence after it")
                    .isLessThan(TestNetwork.PATIENT.interactive().stall());
            await().until(() -> liar.received.stream().anyMatch(FromOrchestrator.CancelJob.class::isInstance));
        }
    }

    @Test
    void aCallIsFinishedOnlyWhenThereWasOne() {
        join(
                ScriptedHost.able(4),
                (self, offer) -> self.answerChunks(offer, List.of(AnswerChunk.plain(bytes("a"))), "tool_calls"));
        assertThat(network.chat(key, TestNetwork.question(TOOLS)).code()).isEqualTo("hosts_failed");
    }

    @Test
    void argumentsThatAreNoJsonCountAgainstTheHostUnlessTheLimitCutThem() {
        List<AnswerChunk> broken =
                List.of(chunk(part(Channel.TOOL_CALL, "add"), part(Channel.TOOL_ARGUMENTS, "{\"a\":")));
        for (String reason : List.of("length", "tool_calls")) {
            ScriptedHost host = join(ScriptedHost.able(4), (self, offer) -> self.answerChunks(offer, broken, reason));
            TestNetwork.Answer answer = network.chat(key, TestNetwork.question(TOOLS));
            assertThat(answer.json()
                            .at("/choices/0/message/tool_calls/0/function/arguments")
                            .asString())
                    .isEqualTo("{\"a\":");
            assertThat(answer.json().at("/choices/0/finish_reason").asString()).isEqualTo(reason);
            double score = network.get("/hosts", key)
                    .json()
                    .at("/data/0/models/0/score")
                    .asDouble();
            assertThat(score > 0.0025).as(reason).isEqualTo(reason.equals("length"));
            host.close();
            await().until(() -> network.get("/hosts", key).json().path("total").asInt() == 0);
        }
    }

    @Test
    void whatWasHeldBackMayBeInPartsButNeverACall() {
        List<AnswerChunk> call =
                List.of(chunk(part(Channel.TOOL_CALL, "add"), part(Channel.TOOL_ARGUMENTS, "{\"a\":")));
        for (Part last : List.of(part(Channel.TOOL_ARGUMENTS, "1}"), part(Channel.TOOL_CALL, "now"))) {
            try (ScriptedHost host = join(ScriptedHost.able(4), (self, offer) -> {
                self.chunks(offer, call, 1);
                self.send(new TokenFrame(offer.stream(), 1, new int[0], chunk(last)));
                self.finish(offer, 1, "00".repeat(32), "tool_calls");
            })) {
                TestNetwork.Answer answer = network.chat(key, TestNetwork.question(TOOLS));
                boolean arguments = last.channel() == Channel.TOOL_ARGUMENTS;
                assertThat(answer.status()).isEqualTo(arguments ? 200 : 503);
                if (arguments) {
                    assertThat(answer.json()
                                    .at("/choices/0/message/tool_calls/0/function/arguments")
                                    .asString())
                            .isEqualTo("{\"a\":1}");
                }
                assertThat(host.received).isNotEmpty();
            }
        }
    }

    @Test
    void asksOnlyHostsThatCanDoWhatTheRequestNeeds() {
        join(ScriptedHost.fast(), (self, offer) -> self.answer(offer, "plain"));
        assertThat(network.chat(key, TestNetwork.question(TOOLS)).body()).contains("no_host", "1 does not call tools");
        assertThat(network.chat(key, TestNetwork.question(",\"response_format\":{\"type\":\"json_object\"}"))
                        .body())
                .contains("1 does not keep to a JSON form");
        assertThat(network.chat(key, TestNetwork.question(",\"logprobs\":true")).body())
                .contains("1 does not tell log probabilities");
        join(ScriptedHost.able(4), (self, offer) -> {
            AnswerChunk able = AnswerChunk.plain("able".getBytes(StandardCharsets.UTF_8));
            byte[] entry = "[{\"token\":\"able\",\"logprob\":-1}]".getBytes(StandardCharsets.UTF_8);
            boolean asked = offer.options().topLogprobs().isPresent();
            self.answerChunks(offer, List.of(asked ? able.and(new Part(Channel.LOGPROBS, entry)) : able), "stop");
        });
        for (String needs : List.of(TOOLS, ",\"logprobs\":true", ",\"response_format\":{\"type\":\"json_object\"}")) {
            assertThat(network.chat(key, TestNetwork.question(needs)).text()).isEqualTo("able");
        }
        assertThat(network.chat(key, TestNetwork.question(",\"reasoning_effort\":\"high\""))
                        .text())
                .isEqualTo("plain");
    }

    @Test
    void aSchemaThatNoAnswerCanBeHeldToIsRefusedBeforeAHostIsAsked() {
        ScriptedHost host = join(ScriptedHost.able(4), (self, offer) -> self.answer(offer, "x"));
        for (int time = 0; time < 2; time++) {
            TestNetwork.Answer refused = network.chat(
                    key, TestNetwork.question(TOOLS.replace("\"type\":\"object\"", "\"not\":{\"type\":\"object\"}")));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("unsupported_schema");
            assertThat(refused.json().at("/error/param").asString()).isEqualTo("tools[0].function.parameters");
        }
        assertThat(host.received).noneMatch(FromOrchestrator.JobOffer.class::isInstance);
        String large = TestNetwork.question("").replace("Hi", "Hi" + " ".repeat(40 * 1024));
        assertThat(network.chat(key, large).code())
                .as("read off the event loop")
                .isEqualTo("context_length_exceeded");
        assertThat(network.chat(key, large + "}").code()).isEqualTo("invalid_json");
    }

    @Test
    void toolsMakeTheBelievablePromptLonger() {
        join(ScriptedHost.able(4), (self, offer) -> {
            self.started(offer, 700);
            self.tokens(offer, 0, "x");
            self.finish(offer, 1, "00".repeat(32));
        });
        assertThat(network.chat(key, TestNetwork.questionWithSystem("")).status())
                .isEqualTo(503);
        assertThat(network.chat(key, TestNetwork.questionWithSystem(TOOLS)).text())
                .isEqualTo("x");
    }

    private static Map<Integer, Call> calls(List<JsonNode> deltas) {
        Map<Integer, Call> calls = new TreeMap<>();
        for (JsonNode delta : deltas) {
            for (JsonNode each : delta.path("tool_calls")) {
                Call call = calls.computeIfAbsent(each.path("index").asInt(), index -> new Call());
                if (each.has("id")) {
                    assertThat(call.id).as("a call begins once").isEmpty();
                    call.id = each.path("id").asString();
                    call.name = each.at("/function/name").asString();
                }
                call.arguments.append(each.at("/function/arguments").asString(""));
            }
        }
        return calls;
    }

    /** A call as a client puts it together. */
    private static final class Call {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    private static String tool(String name) {
        return "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"parameters\":{\"type\":\"object\"}}}";
    }

    private static Part part(Channel channel, String text) {
        return new Part(channel, bytes(text));
    }

    private static AnswerChunk chunk(Part... parts) {
        return AnswerChunk.of(List.of(parts));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
