package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.clients.ClientFailure;
import com.peerllm.orchestrator.clients.ForeignClient.Settings;
import com.peerllm.orchestrator.clients.Library;
import com.peerllm.orchestrator.clients.NodeClient;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import com.peerllm.shared.wire.EmbeddingVector;
import com.peerllm.shared.wire.FromOrchestrator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the official client for Node.js makes of what not every client has: raw calls, log probabilities, several answers, both encodings of vectors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class OpenAiClientTest {
    private static final String MODEL = ScriptedHost.MODEL_ID;
    private static final String LOGPROBS = "[{\"token\":\"x\",\"logprob\":-0.5,\"bytes\":[120],\"top_logprobs\":"
            + "[{\"token\":\"x\",\"logprob\":-0.5,\"bytes\":[120]}]}]";

    private final List<ScriptedHost> hosts = new ArrayList<>();
    private NodeClient client;
    private TestNetwork network;
    private Settings ann;

    @BeforeAll
    void start(@TempDir Path data) {
        client = (NodeClient) Library.OPENAI_NPM.open(Path.of(".."));
        network = new TestNetwork(data);
        ann = new Settings(network.url() + "/v1", network.consumer("ann", "1.00"), 0);
    }

    @AfterEach
    void hostsLeave() {
        hosts.forEach(ScriptedHost::close);
        hosts.clear();
        await().until(() -> network.get("/hosts", "").json().path("total").asInt() == 0);
    }

    @AfterAll
    void theLedgerAddsUpAndNothingIsHeld() {
        client.close();
        network.closeWhenAllIsPaid();
    }

    @Test
    void readsTwoCallsBesideEachOther() {
        AnswerChunk[] calls = {
            chunk(part(Channel.TOOL_CALL, "add"), part(Channel.TOOL_ARGUMENTS, "{\"a\":1,")),
            chunk(part(Channel.TOOL_ARGUMENTS, "\"b\":2}"), part(Channel.TOOL_CALL, "add")),
            chunk(part(Channel.TOOL_ARGUMENTS, "{\"a\":3,\"b\":4}"))
        };
        join((self, offer) -> self.answerChunks(offer, List.of(calls), "tool_calls"));

        JsonNode read = client.call("calls", ann, MODEL, "Add");

        for (JsonNode choice : List.of(read.path("whole"), read.path("streamed"))) {
            assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
            assertThat(choice.at("/message/content").isNull()).isTrue();
            assertThat(choice.at("/message/tool_calls")).hasSize(2);
            assertThat(choice.at("/message/tool_calls/0/id").asString()).startsWith("call_");
            assertThat(choice.at("/message/tool_calls/1/function/name").asString())
                    .isEqualTo("add");
            assertThat(choice.at("/message/tool_calls/1/function/arguments").asString())
                    .isEqualTo("{\"a\":3,\"b\":4}");
        }
    }

    @Test
    void readsLogProbabilities() {
        AnswerChunk chunk = chunk(part(Channel.CONTENT, "x"), part(Channel.LOGPROBS, LOGPROBS));
        join((self, offer) -> self.answerChunks(offer, List.of(chunk), "stop"));

        JsonNode read = client.call("logprobs", ann, MODEL, "Hi");

        assertThat(read.path("whole")).hasToString(LOGPROBS);
        assertThat(read.path("streamed")).hasToString(LOGPROBS);
    }

    @Test
    void readsSeveralAnswers() {
        join((self, offer) ->
                self.answer(offer, "choice", " " + offer.sampling().seed().getAsLong()));

        JsonNode read = client.call("severalAnswers", ann, MODEL, "Hi");

        assertThat(read.path("whole")).hasToString("[\"choice 5\",\"choice 6\",\"choice 7\"]");
        assertThat(read.path("streamed")).isEqualTo(read.path("whole"));
    }

    @Test
    void isToldWhichParameterIsWrong() {
        ClientFailure failure =
                catchThrowableOfType(ClientFailure.class, () -> client.call("refused", ann, MODEL, "Hi"));

        assertThat(failure.type()).isEqualTo("BadRequestError");
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.code()).isEqualTo("invalid_value");
        assertThat(failure).hasMessageContaining("tool_choice");
    }

    @Test
    void readsVectorsInBothEncodings() {
        ScriptedHost host = join(ScriptedHost.embedder(512), (self, offer) -> {});
        host.embeds = (self, offer) -> self.embed(
                offer, 7, EmbeddingVector.of(new float[] {0.5f, -0.25f}), EmbeddingVector.of(new float[] {1, 0}));

        JsonNode floats = client.call("floats", ann, MODEL, List.of("a", "b c"));

        assertThat(floats.path("vectors")).hasToString("[[0.5,-0.25],[1,0]]");
        assertThat(floats.path("usage")).hasToString("{\"prompt_tokens\":7,\"total_tokens\":7}");
        assertThat(client.call("embed", ann, MODEL, List.of("a", "b c"))).isEqualTo(floats.path("vectors"));
    }

    private void join(BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        join(ScriptedHost.able(4), work);
    }

    private ScriptedHost join(AnnouncedModel model, BiConsumer<ScriptedHost, FromOrchestrator.JobOffer> work) {
        ScriptedHost host = ScriptedHost.join(network.client, network.url(), PeerIdentity.generate(), model, work);
        hosts.add(host);
        return host;
    }

    private static Part part(Channel channel, String text) {
        return new Part(channel, text.getBytes(StandardCharsets.UTF_8));
    }

    private static AnswerChunk chunk(Part... parts) {
        return AnswerChunk.of(Arrays.asList(parts));
    }
}
