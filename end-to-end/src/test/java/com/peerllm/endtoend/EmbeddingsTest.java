package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.peerllm.endtoend.client.HttpAnswer;
import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import com.peerllm.shared.wire.EmbeddingVector;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Embeddings through a whole network of real processes: consumer, orchestrator, host, engine. */
@ExtendWith(TestNetworks.class)
class EmbeddingsTest {
    private static final int DIMENSIONS = 192;

    private final TestNetwork network;

    EmbeddingsTest(@Serving(Model.EMBEDDINGS) TestNetwork network) {
        this.network = network;
    }

    private HttpAnswer ask(String input, String extras) {
        String body = "{\"model\":\"" + network.model() + "\",\"input\":" + input + extras + "}";
        return network.consumer().post("/v1/embeddings", body);
    }

    @Test
    void aTextHasTheSameVectorInBothEncodingsAndItsLengthIsOne() {
        String text = "\"" + Sprout.STORY.prompt() + "\"";
        HttpAnswer floats = ask(text, "");
        HttpAnswer base64 = ask(text, ",\"encoding_format\":\"base64\",\"dimensions\":" + DIMENSIONS);

        assertThat(floats.status()).as(floats.toString()).isEqualTo(200);
        assertThat(base64.status()).as(base64.toString()).isEqualTo(200);
        byte[] bytes =
                Base64.getDecoder().decode(base64.json().at("/data/0/embedding").asString());
        float[] numbers = new EmbeddingVector(bytes).numbers();
        JsonNode written = floats.json().at("/data/0/embedding");
        assertThat(numbers).hasSize(DIMENSIONS);
        double squares = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            assertThat((float) written.path(i).asDouble()).isEqualTo(numbers[i]);
            squares += numbers[i] * numbers[i];
        }
        assertThat(squares).isCloseTo(1, within(1e-5));
    }

    @Test
    void aThousandTextsComeBackInOrderAndArePaidByTheirTokens() {
        List<String> texts =
                IntStream.range(0, 1000).mapToObj(i -> "\"Number " + i + "\"").toList();
        HttpAnswer answer = ask(texts.stream().collect(Collectors.joining(",", "[", "]")), "");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode data = answer.json().path("data");
        assertThat(data).hasSize(1000);
        for (int i = 0; i < 1000; i++)
            assertThat(data.path(i).path("index").asInt()).isEqualTo(i);
        JsonNode alone = ask(texts.get(777), "").json().at("/data/0/embedding");
        for (int i = 0; i < DIMENSIONS; i++)
            assertThat(data.path(777).path("embedding").path(i).asDouble())
                    .isCloseTo(alone.path(i).asDouble(), within(1e-4));

        int tokens = answer.json().at("/usage/prompt_tokens").asInt();
        JobId job = new JobId(answer.json().at("/peerllm/receipt").asString());
        Receipt receipt = network.receipts(job).getFirst();
        assertThat(receipt.promptTokens()).isEqualTo(tokens).isGreaterThan(2000);
        assertThat(receipt.completionTokens()).isZero();
        assertThat(ReceiptVerifier.verify(receipt, Optional.empty()).faults()).isEmpty();
        assertThat(receipt.hostSignature()).isPresent();
    }

    @Test
    void aTextThatIsTooLongIsRefusedByTheHostThatCountedIt() {
        HttpAnswer answer = ask("\"" + "7 ".repeat(800) + "\"", "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asString()).isEqualTo("context_length_exceeded");
    }

    @Test
    void theModelSaysWhatItIsForAndAnswersNoChats() {
        JsonNode described = network.consumer().get("/v1/models").json().at("/data/0/peerllm");
        HttpAnswer chat = network.consumer()
                .post(
                        "/v1/chat/completions",
                        network.request(Sprout.HELLO.prompt()).json(false));

        assertThat(described.path("kind").asString()).isEqualTo("embeddings");
        assertThat(described.path("embedding_dimensions").asInt()).isEqualTo(DIMENSIONS);
        assertThat(chat.status()).isEqualTo(400);
        assertThat(chat.json().at("/error/code").asString()).isEqualTo("unsupported_model");
    }
}
