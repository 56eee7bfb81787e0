package com.peerllm.host.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.InclusionProof;
import com.peerllm.shared.transparency.TlogProof;
import com.peerllm.shared.transparency.TreeHash;
import com.peerllm.shared.transparency.TreeHasher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host takes its orchestrator's word that a receipt is in the log only with a proof. */
class LogProofsTest {
    private final PeerIdentity orchestrator = PeerIdentity.generate();
    private final PeerIdentity host = PeerIdentity.generate();
    private final MockWebServer server = new MockWebServer();
    private final TreeHasher hasher = new TreeHasher();
    private final TreeHash first = hasher.leaf("state".getBytes(StandardCharsets.UTF_8));
    private final Receipt receipt = receipt(Optional.of("ef".repeat(32)));
    private LogProofs proofs;

    @BeforeEach
    void start() throws IOException {
        server.start();
        proofs = new LogProofs(
                new OkHttpClient(), OrchestratorAddress.parse("http://127.0.0.1:" + server.getPort(), false));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Receipt receipt(Optional<String> consumer) {
        return new Receipt(
                "net",
                new JobId("job_" + "1".repeat(32)),
                0,
                1L,
                host.hostId(),
                host.publicKey(),
                new ModelId("m"),
                new ModelDigest("ab".repeat(32)),
                1,
                1,
                new TokenPrice(Credits.ZERO, Credits.ZERO),
                Credits.ZERO,
                Credits.ZERO,
                Credits.ZERO,
                Credits.ZERO,
                "cd".repeat(32),
                Optional.empty(),
                orchestrator.publicKey(),
                "",
                Optional.empty(),
                consumer,
                consumer.map(commitment -> 1L));
    }

    /** A log of a state and the receipt, signed by this orchestrator. */
    private String proof(PeerIdentity signer, long index) {
        TreeHash root = hasher.node(first, hasher.leaf(receipt.message()));
        Checkpoint checkpoint = new Checkpoint("peerllm.log/net", 2, root);
        return TlogProof.of(new InclusionProof(index, 2, List.of(first)), checkpoint.sign(signer))
                .format();
    }

    private void answer(int code, String body) {
        server.enqueue(new MockResponse.Builder().code(code).body(body).build());
    }

    @Test
    void aProofThatHoldsIsBelieved() throws InterruptedException {
        answer(200, proof(orchestrator, 1));
        assertThat(proofs.fault(receipt)).isEmpty();
        assertThat(server.takeRequest().getTarget()).isEqualTo("/ledger/proof/receipt/" + receipt.job() + "/0");
    }

    @Test
    void anythingElseIsNot() {
        answer(200, proof(orchestrator, 0));
        answer(200, proof(host, 1));
        answer(200, "yes");
        answer(200, "x".repeat(500_000));
        answer(404, "");
        for (int i = 0; i < 5; i++) assertThat(proofs.fault(receipt)).isPresent();
        assertThat(proofs.fault(receipt(Optional.empty()))).hasValue("It is of before the log");
    }

    @Test
    void noAnswerSaysNothingOfTheReceipt() {
        answer(500, "");
        assertThatThrownBy(() -> proofs.fault(receipt)).isInstanceOf(HostException.class);
    }
}
