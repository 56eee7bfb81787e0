package com.peerllm.endtoend;

import static com.peerllm.endtoend.fixture.Answers.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.endtoend.client.AnswerStream;
import com.peerllm.endtoend.client.HttpAnswer;
import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import com.peerllm.endtoend.fixture.TextSearch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is asked is in no file that the system writes: databases, keys, settings, logs at their most talkative, temporary
 * files, and everything that the programs print.
 */
@ExtendWith(TestNetworks.class)
class PrivacyTest {
    private static final String CHAT = "/v1/chat/completions";

    /** Nothing but these requests holds it. */
    private static final String CANARY = "xylograph-quincunx-83";

    private static final String PROMPT = "Tell me about the " + CANARY + " and an owl. ".repeat(20);

    @Test
    void aPromptIsInNoFile(@Serving(Model.SLOW) TestNetwork network) {
        askInEveryWay(network);
        breakThingsWhileItIsAsked(network);

        assertNowhere(network);
    }

    /** A search that finds nothing proves something only if it would find what is there. */
    @Test
    void theSearchWouldFindWhatTheNetworkDoesWrite(@Serving(Model.SLOW) TestNetwork network) {
        assertThat(new TextSearch("consumer:" + TestNetwork.CONSUMER).filesUnder(network.folder()))
                .as("files that hold the account's name")
                .isNotEmpty();
        assertThat(new TextSearch("Listening on").filesUnder(network.folder())).isNotEmpty();
    }

    private static void askInEveryWay(TestNetwork network) {
        whole(network.stream(PROMPT).rest());
        network.consumer().chat(network.request(PROMPT));
        network.stream(PROMPT).awaitTexts(3).close();

        assertRefused(network.consumer().post(CHAT, "{\"model\": \"" + CANARY));
        assertRefused(network.consumer().post(CHAT, "{\"model\": \"" + CANARY + "\", \"messages\": []}"));
        assertRefused(network.consumer().post(CHAT, body(network, "\"" + CANARY + "\": 1")));
        assertRefused(
                network.consumer().post(CHAT, body(network, "\"response_format\": {\"type\": \"" + CANARY + "\"}")));
        assertRefused(network.consumer().post(CHAT, body(network, "\"temperature\": \"" + CANARY + "\"")));
        assertRefused(network.consumer()
                .post(CHAT, network.request(PROMPT.repeat(100)).json(false)));
        assertRefused(network.consumer().get("/v1/" + CANARY));
        HttpAnswer withMore = network.consumer()
                .post(CHAT, body(network, "\"stop\": \"" + CANARY + "\", \"user\": \"" + CANARY + "\""));
        assertThat(withMore.status()).isEqualTo(200);
    }

    private static void breakThingsWhileItIsAsked(TestNetwork network) {
        try (AnswerStream stream = network.stream(PROMPT)) {
            stream.awaitTexts(3);
            network.busyHost().engineWorker().orElseThrow().destroyForcibly();
            whole(stream.rest());
        }
        network.heal();
        try (AnswerStream stream = network.stream(PROMPT)) {
            stream.awaitTexts(3);
            network.busyHost().process().kill();
            whole(stream.rest());
        }
        network.heal();
        try (AnswerStream stream = network.stream(PROMPT)) {
            stream.awaitTexts(3);
            network.orchestrator().process().kill();
        }
    }

    private static String body(TestNetwork network, String more) {
        String question = network.request(PROMPT).atMost(20).json(false);
        return question.substring(0, question.length() - 1) + ", " + more + "}";
    }

    private static void assertRefused(HttpAnswer answer) {
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    }

    private static void assertNowhere(TestNetwork network) {
        List<Path> found = new TextSearch(CANARY).filesUnder(network.folder());
        assertThat(found).as("files that hold what was asked").isEmpty();
    }
}
