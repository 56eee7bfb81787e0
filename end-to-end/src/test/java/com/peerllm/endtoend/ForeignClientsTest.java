package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.orchestrator.clients.ForeignClient;
import com.peerllm.orchestrator.clients.ForeignClient.Settings;
import com.peerllm.orchestrator.clients.Library;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Client libraries that others wrote, through a whole network of real processes to a real model. */
@ExtendWith(TestNetworks.class)
class ForeignClientsTest {
    @ParameterizedTest
    @EnumSource
    void chatsStreamsAndGetsTheFormItAsksFor(Library library, @Serving(Model.STARTER) TestNetwork network) {
        Settings alice = alice(network);
        try (ForeignClient client = library.open(Installation.current().home())) {
            if (library != Library.AI_SDK) assertThat(client.models(alice)).containsExactly(Sprout.MODEL);

            ForeignClient.Answer whole = client.chat(alice, Sprout.MODEL, Sprout.HELLO.prompt());
            ForeignClient.Answer streamed = client.stream(alice, Sprout.MODEL, Sprout.HELLO.prompt());

            assertThat(whole.text()).isEqualTo(Sprout.HELLO.answer());
            assertThat(streamed.text()).isEqualTo(Sprout.HELLO.answer());
            assertThat(streamed.finishReason()).isEqualTo(whole.finishReason()).isEqualToIgnoringCase("stop");
            assertThat(streamed.promptTokens()).isEqualTo(whole.promptTokens()).isPositive();
            assertThat(streamed.completionTokens())
                    .isEqualTo(whole.completionTokens())
                    .isPositive();
            assertThat(client.verdict(alice, Sprout.MODEL, Sprout.HELLO.prompt()))
                    .isIn("yes", "no");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsVectorsOfAModel(Library library, @Serving(Model.EMBEDDINGS) TestNetwork network) {
        try (ForeignClient client = library.open(Installation.current().home())) {
            List<List<Double>> vectors =
                    client.embed(alice(network), network.model(), List.of("An owl.", "A map.", "An owl."));

            assertThat(vectors).hasSize(3);
            for (List<Double> vector : vectors) {
                assertThat(vector.stream().mapToDouble(each -> each * each).sum())
                        .isCloseTo(1, within(1e-5));
            }
            assertThat(likeness(vectors.get(0), vectors.get(2))).isCloseTo(1, within(1e-3));
            assertThat(likeness(vectors.get(0), vectors.get(1))).isLessThan(0.999);
        }
    }

    private static double likeness(List<Double> a, List<Double> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) sum += a.get(i) * b.get(i);
        return sum;
    }

    private static Settings alice(TestNetwork network) {
        return new Settings(network.orchestrator().url() + "/v1", network.apiKey(), 0);
    }
}
