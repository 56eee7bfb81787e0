package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import com.peerllm.shared.wire.FromOrchestrator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The official OpenAI client for Node.js against this endpoint: what it makes of calls, log probabilities and several answers.
 *
 * <p>Runs where Node.js and the client are: {@code npm ci} in {@code src/test/openai-client}.
 */
@Timeout(120)
class OpenAiClientTest {
    private static final Path CLIENT = Path.of("src/test/openai-client");
    private static final String LOGPROBS = "[{\"token\":\"x\",\"logprob\":-0.5,\"bytes\":[120],\"top_logprobs\":"
            + "[{\"token\":\"x\",\"logprob\":-0.5,\"bytes\":[120]}]}]";

    @TempDir
    private Path data;

    @Test
    void theClientReadsCallsLogProbabilitiesAndSeveralAnswers() throws Exception {
        assumeTrue(Files.isDirectory(CLIENT.resolve("node_modules/openai")), "the client is not installed");
        TestNetwork network = new TestNetwork(data);
        String key = network.consumer("ann", "1.00");
        ScriptedHost.join(
                network.client, network.url(), PeerIdentity.generate(), ScriptedHost.able(4), OpenAiClientTest::work);

        JsonNode report = report(network.url() + "/v1", key);

        for (String name : List.of("calls", "streamedCalls")) {
            JsonNode choice = report.path(name);
            assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
            assertThat(choice.at("/message/content").isNull()).as(name).isTrue();
            assertThat(choice.at("/message/tool_calls")).hasSize(2);
            assertThat(choice.at("/message/tool_calls/0/id").asString()).startsWith("call_");
            assertThat(choice.at("/message/tool_calls/1/function/name").asString())
                    .isEqualTo("add");
            assertThat(choice.at("/message/tool_calls/1/function/arguments").asString())
                    .isEqualTo("{\"a\":3,\"b\":4}");
        }
        assertThat(report.path("sums")).hasToString("[[1,2],[3,4]]");
        assertThat(report.path("afterTheTool").asString()).isEqualTo("3 and 7");
        assertThat(report.at("/logprobs/content")).hasToString(LOGPROBS);
        assertThat(report.at("/streamedLogprobs/content")).hasToString(LOGPROBS);
        assertThat(report.path("choices")).hasToString("[\"choice 5\",\"choice 6\",\"choice 7\"]");
        assertThat(report.path("streamedChoices")).isEqualTo(report.path("choices"));
        assertThat(report.path("refused"))
                .hasToString("{\"status\":400,\"code\":\"invalid_value\",\"param\":\"tool_choice\"}");
        network.closeWhenAllIsPaid();
    }

    /** Calls twice, answers with what the tools said, tells log probabilities, or says which choice it is. */
    private static void work(ScriptedHost self, FromOrchestrator.JobOffer offer) {
        List<String> results = offer.messages().stream()
                .filter(message -> message.role().equals("tool"))
                .map(message -> message.content())
                .toList();
        if (!results.isEmpty()) {
            self.answer(offer, results.getFirst(), " and ", results.getLast());
        } else if (offer.options().tools().isPresent()) {
            List<AnswerChunk> calls = List.of(
                    chunk(part(Channel.TOOL_CALL, "add"), part(Channel.TOOL_ARGUMENTS, "{\"a\":1,")),
                    chunk(part(Channel.TOOL_ARGUMENTS, "\"b\":2}"), part(Channel.TOOL_CALL, "add")),
                    chunk(part(Channel.TOOL_ARGUMENTS, "{\"a\":3,\"b\":4}")));
            self.answerChunks(offer, calls, "tool_calls");
        } else if (offer.options().topLogprobs().isPresent()) {
            AnswerChunk chunk = chunk(part(Channel.CONTENT, "x"), part(Channel.LOGPROBS, LOGPROBS));
            self.answerChunks(offer, List.of(chunk), "stop");
        } else {
            self.answer(offer, "choice", " " + offer.sampling().seed().getAsLong());
        }
    }

    private static JsonNode report(String baseUrl, String key) throws IOException, InterruptedException {
        Process node = new ProcessBuilder("node", "check.mjs", baseUrl, key)
                .directory(CLIENT.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(said).isZero();
        return TestNetwork.JSON.readTree(said);
    }

    private static Part part(Channel channel, String text) {
        return new Part(channel, text.getBytes(StandardCharsets.UTF_8));
    }

    private static AnswerChunk chunk(Part... parts) {
        return AnswerChunk.of(Arrays.asList(parts));
    }
}
