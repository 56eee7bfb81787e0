package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.endtoend.client.HttpAnswer;
import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import com.peerllm.endtoend.network.Administrator;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** More requests than a real host has slots: all are answered, and a flood of one consumer does not keep another waiting. */
@ExtendWith(TestNetworks.class)
class QueueingTest {
    private static final int FLOOD = 100;

    private final TestNetwork network;

    QueueingTest(@Serving(Model.STARTER) TestNetwork network) {
        this.network = network;
    }

    @Test
    void aHundredRequestsAreAnsweredAndAnotherConsumersOneDoesNotWaitForThem() {
        Administrator administrator = network.orchestrator().administrator();
        administrator.createAccount("bob", Credits.ofDollars(1));
        String key = administrator.createKey("bob");
        try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
                OpenAiClient bob = new OpenAiClient(network.orchestrator().url(), key)) {
            Supplier<HttpAnswer> asks = () -> story(network.consumer());
            List<CompletableFuture<HttpAnswer>> flood = IntStream.range(0, FLOOD)
                    .mapToObj(any -> CompletableFuture.supplyAsync(asks, background))
                    .toList();
            await("a third of them waits").pollInterval(Duration.ofMillis(10)).until(() -> waiting() >= FLOOD / 3);

            HttpAnswer one = story(bob);

            assertThat(one.status()).as(one.body()).isEqualTo(200);
            List<HttpAnswer> answers =
                    flood.stream().map(CompletableFuture::join).toList();
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.json().at("/choices/0/message/content").asString())
                        .isEqualTo(Sprout.STORY.answer());
            });
            long longest =
                    answers.stream().mapToLong(QueueingTest::waited).max().orElseThrow();
            assertThat(waited(one)).as("of at most %d ms", longest).isLessThan(longest / 2);
        }
        assertThat(waiting()).isZero();
    }

    private HttpAnswer story(OpenAiClient consumer) {
        return consumer.post(
                "/v1/chat/completions",
                network.request(Sprout.STORY.prompt()).atMost(200).json(false));
    }

    private int waiting() {
        return network.consumer().get("/healthz").json().path("waiting").asInt();
    }

    private static long waited(HttpAnswer answer) {
        return Long.parseLong(answer.headers().get("x-peerllm-queue-ms"));
    }
}
