package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.jobs.JobLimits;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.FromOrchestrator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are too slow, with limits short enough to wait for. The job moves on to a host that is not. */
@Timeout(120)
class DeadlineTest {
    @TempDir
    private Path data;

    private TestNetwork network;
    private String key;

    @BeforeEach
    void start() {
        network = new TestNetwork(
                data,
                new OkHttpClient(),
                Optional.empty(),
                new JobLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), 2, 3));
        key = network.consumer("ann", "1.00");
    }

    @AfterEach
    void stop() {
        network.close();
    }

    @Test
    void aHostThatSaysNothingIsReplacedAfterTheDeadline() {
        ScriptedHost silent = ScriptedHost.join(
                network.client, network.url(), PeerIdentity.generate(), ScriptedHost.fast(), (self, offer) -> {});
        ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "fine"));
        assertThat(network.chat(key, TestNetwork.question("")).text()).isEqualTo("fine");
        await().until(() -> silent.received.stream().anyMatch(FromOrchestrator.CancelJob.class::isInstance));
    }

    @Test
    void aHostThatStallsInMidAnswerIsLeftForAnother() {
        ScriptedHost.join(
                network.client, network.url(), PeerIdentity.generate(), ScriptedHost.fast(), (self, offer) -> {
                    self.started(offer, 10);
                    self.tokens(offer, 0, "a");
                });
        ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "a", " b"));
        assertThat(network.chat(key, TestNetwork.question("")).text()).isEqualTo("a b");
    }
}
