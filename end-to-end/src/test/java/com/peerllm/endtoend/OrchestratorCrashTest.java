package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.endtoend.client.AnswerStream;
import com.peerllm.endtoend.client.ChatAnswer;
import com.peerllm.endtoend.client.ConnectionLost;
import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import com.peerllm.endtoend.network.ConnectedHost;
import com.peerllm.shared.money.Credits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An orchestrator that is killed while it works, and started again. */
@ExtendWith(TestNetworks.class)
class OrchestratorCrashTest {
    private final TestNetwork network;

    OrchestratorCrashTest(@Serving(Model.SLOW) TestNetwork network) {
        this.network = network;
    }

    @Test
    void afterACrashTheHostsComeBackByThemselvesAndNoMoneyIsLost() {
        ChatAnswer paid = network.consumer().chat(network.request(Sprout.HELLO.prompt()));
        network.receipts(paid.extras().receipt());
        Credits before = network.consumer().balance();
        network.checkBooks();
        List<String> hosts =
                network.awaitHosts().stream().map(ConnectedHost::pseudonym).toList();

        try (AnswerStream one = network.stream(Sprout.STORY.prompt()).awaitTexts(10);
                AnswerStream other = network.stream(Sprout.STORY.prompt()).awaitTexts(10)) {
            network.orchestrator().process().kill();

            assertThatThrownBy(one::rest).isInstanceOf(ConnectionLost.class);
            assertThatThrownBy(other::rest).isInstanceOf(ConnectionLost.class);
        }
        network.orchestrator().restart();

        network.checkBooks();
        assertThat(network.receipts(paid.extras().receipt())).hasSize(1);
        assertThat(network.consumer().balance())
                .as("what the crash cut off is not charged")
                .isEqualTo(before);
        assertThat(network.awaitHosts()).extracting(ConnectedHost::pseudonym).isEqualTo(hosts);
        assertThat(network.consumer()
                        .chat(network.request(Sprout.HELLO.prompt()))
                        .text())
                .isEqualTo(Sprout.HELLO.answer());
    }
}
