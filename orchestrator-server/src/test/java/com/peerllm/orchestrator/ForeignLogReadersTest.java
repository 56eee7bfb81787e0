package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.clients.ClientFailure;
import com.peerllm.orchestrator.clients.LogReader;
import com.peerllm.orchestrator.clients.LogReader.Shown;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.Receipt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A receipt of a running orchestrator is in its log for libraries that others wrote. They get what was served, taken apart line by
 * line here: none of our own readers takes part.
 */
@Timeout(60)
class ForeignLogReadersTest {
    @TempDir
    private Path data;

    @Test
    void aReceiptsProofFromTheNetworkIsAcceptedAndNoOtherReceipts() throws Exception {
        try (TestNetwork network = new TestNetwork(data);
                LogReader java = LogReader.sigstoreJava();
                LogReader npm = LogReader.sigstoreNpm(Path.of(".."))) {
            String alice = network.consumer("alice", "1");
            ScriptedHost host =
                    ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "Hello", "!"));
            Receipt first = answered(network, alice, host);
            Receipt second = answered(network, alice, host);
            Shown shown = shown(network, second);

            for (LogReader reader : List.of(java, npm)) {
                reader.verify(shown);
                Shown other = new Shown(
                        first.message(),
                        shown.index(),
                        shown.hashes(),
                        shown.checkpoint(),
                        shown.origin(),
                        shown.key());
                assertThatThrownBy(() -> reader.verify(other)).isInstanceOf(ClientFailure.class);
            }
        }
    }

    private static Receipt answered(TestNetwork network, String key, ScriptedHost host) throws InterruptedException {
        assertThat(network.chat(key, TestNetwork.question("")).status()).isEqualTo(200);
        return host.awaitReceipt();
    }

    /** Takes the file of C2SP tlog-proof apart: header, index, hashes, an empty line, checkpoint. */
    private Shown shown(TestNetwork network, Receipt receipt) throws Exception {
        String path = "/ledger/proof/receipt/" + receipt.job() + "/" + receipt.segment();
        String file = await().until(() -> network.get(path, ""), answer -> answer.status() == 200)
                .body();
        int blank = file.indexOf("\n\n");
        String[] lines = file.substring(0, blank).split("\n");
        assertThat(lines[0]).isEqualTo("c2sp.org/tlog-proof@v1");
        List<byte[]> hashes = Arrays.stream(lines)
                .skip(2)
                .map(line -> Base64.getDecoder().decode(line))
                .toList();
        PeerKey key = PeerIdentity.parse(Files.readString(data.resolve("orchestrator.key")))
                .publicKey();
        return new Shown(
                receipt.message(),
                Long.parseLong(lines[1].substring("index ".length())),
                hashes,
                file.substring(blank + 2),
                "peerllm.log/test-network",
                key);
    }
}
