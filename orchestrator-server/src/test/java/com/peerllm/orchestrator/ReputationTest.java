package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.reputation.EvidencePage;
import com.peerllm.shared.reputation.EvidenceRequest;
import com.peerllm.shared.reputation.HostHistory;
import com.peerllm.shared.reputation.ModelHistory;
import com.peerllm.shared.reputation.Presence;
import com.peerllm.shared.reputation.Recomputation;
import com.peerllm.shared.reputation.ReputationReport;
import com.peerllm.shared.reputation.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the network thinks of a host is public, rests on evidence that the host can have, and outlives a restart. */
class ReputationTest {
    @TempDir
    Path folder;

    private final PeerIdentity identity = PeerIdentity.generate();
    private final HostId host = HostId.of(identity.publicKey());
    private TestNetwork network;

    @BeforeEach
    void start() {
        network = new TestNetwork(folder);
    }

    @AfterEach
    void stop() {
        network.close();
    }

    @Test
    void aScoreCanBeRecomputedFromTheEvidenceAndOutlivesARestart() {
        String key = network.consumer("anna", "1");
        join();
        for (int i = 0; i < 3; i++) {
            assertThat(network.chat(key, TestNetwork.question("")).status()).isEqualTo(200);
        }
        ReputationReport before = report();
        Score score = before.models().getFirst().score();
        assertThat(before.models().getFirst().history().answers()).isEqualTo(3);
        assertThat(before.connected()).isTrue();
        assertThat(score.value()).isGreaterThan(0.1);
        assertThat(score.newcomer()).isTrue();
        assertThat(Recomputation.differences(before, downloaded(before))).isEmpty();

        network.close();
        network = new TestNetwork(folder);

        ReputationReport away = report();
        assertThat(away.connected()).isFalse();
        assertThat(away.models().getFirst().history())
                .isEqualTo(before.models().getFirst().history());
        assertThat(away.evidence())
                .anySatisfy(count -> assertThat(count.name()).isEqualTo("answered"))
                .anySatisfy(count -> assertThat(count.name()).isEqualTo("present"));
        join();
        assertThat(network.get("/hosts", "").json().at("/data/0/models/0/score").asDouble())
                .isGreaterThan(0.1);
        ReputationReport after = report();
        assertThat(Recomputation.differences(after, downloaded(after))).isEmpty();
    }

    @Test
    void aScoreThatTheEvidenceDoesNotBearOutIsFound() {
        String key = network.consumer("anna", "1");
        join();
        network.chat(key, TestNetwork.question(""));
        ReputationReport report = report();
        ModelHistory flattered = report.models()
                .getFirst()
                .history()
                .after(new com.peerllm.shared.reputation.Evidence.Answered(
                        2, report.computedAtMillis(), 10, 10, 10, 1000));
        HostHistory wrong =
                new HostHistory(Presence.NEW, Map.of(report.models().getFirst().model(), flattered));
        assertThat(Recomputation.differences(report, wrong))
                .anyMatch(sentence -> sentence.contains("2 pieces of evidence, not 1"))
                .anyMatch(sentence -> sentence.contains("success is"));
    }

    @Test
    void onlyTheHostItselfReadsItsEvidence() {
        join();
        long now = System.currentTimeMillis();
        PeerIdentity other = PeerIdentity.generate();
        assertThat(evidence(EvidenceRequest.sign(identity, "test-network", now)))
                .isEqualTo(200);
        assertThat(network.get("/hosts/" + host + "/evidence", "").status()).isEqualTo(401);
        assertThat(evidence(EvidenceRequest.sign(other, "test-network", now)))
                .as("another host")
                .isEqualTo(401);
        assertThat(evidence(EvidenceRequest.sign(identity, "another-network", now)))
                .as("meant for another orchestrator")
                .isEqualTo(401);
        assertThat(evidence(EvidenceRequest.sign(identity, "test-network", now - 10 * 60_000)))
                .as("overheard ten minutes ago")
                .isEqualTo(401);
    }

    @Test
    void aHostThatNobodyKnowsHasNoReputation() {
        assertThat(network.get("/hosts/" + host + "/reputation", "").status()).isEqualTo(404);
        assertThat(network.get("/hosts/somebody/reputation", "").status()).isEqualTo(404);
        assertThat(network.get("/hosts/" + host + "/secrets", "").status()).isEqualTo(404);
    }

    private void join() {
        ScriptedHost.join(
                network.client,
                network.url(),
                identity,
                ScriptedHost.model(768, 4),
                (self, offer) -> self.answer(offer, "a", "b", "c"));
    }

    private ReputationReport report() {
        await().until(() -> network.get("/hosts/" + host + "/reputation", "").status() == 200);
        return TestNetwork.JSON.readValue(
                network.get("/hosts/" + host + "/reputation", "").body(), ReputationReport.class);
    }

    private HostHistory downloaded(ReputationReport report) {
        var model = report.models().getFirst();
        EvidencePage ofModel = page("?model=" + model.model());
        EvidencePage ofPresence = page("");
        return new HostHistory(
                (Presence) Recomputation.replay(
                        ofPresence.before(),
                        ofPresence.evidence(),
                        report.presence().number()),
                Map.of(model.model(), (ModelHistory) Recomputation.replay(
                        ofModel.before(), ofModel.evidence(), model.history().number())));
    }

    private EvidencePage page(String query) {
        EvidenceRequest signed = EvidenceRequest.sign(identity, "test-network", System.currentTimeMillis());
        try (Response response = call(query, signed)) {
            return TestNetwork.JSON.readValue(response.body().string(), EvidencePage.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private int evidence(EvidenceRequest signed) {
        try (Response response = call("", signed)) {
            return response.code();
        }
    }

    private Response call(String query, EvidenceRequest signed) {
        try {
            return network.client
                    .newCall(new Request.Builder()
                            .url(network.url() + "/hosts/" + host + "/evidence" + query)
                            .header(EvidenceRequest.KEY_HEADER, signed.key().toString())
                            .header(EvidenceRequest.TIME_HEADER, Long.toString(signed.atMillis()))
                            .header(EvidenceRequest.SIGNATURE_HEADER, signed.signature())
                            .build())
                    .execute();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
