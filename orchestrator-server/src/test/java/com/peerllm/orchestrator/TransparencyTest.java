package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.orchestrator.transparency.LogPublisher;
import com.peerllm.orchestrator.transparency.LogSettings;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.ConsistencyProof;
import com.peerllm.shared.transparency.Cosignature;
import com.peerllm.shared.transparency.EntryBundle;
import com.peerllm.shared.transparency.InclusionProof;
import com.peerllm.shared.transparency.LogLeaf;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.NoteKey;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.SumNode;
import com.peerllm.shared.transparency.SumProof;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TileSource;
import com.peerllm.shared.transparency.TiledHashes;
import com.peerllm.shared.transparency.TlogProof;
import com.peerllm.shared.transparency.TreeHash;
import com.peerllm.shared.transparency.TreeHasher;
import com.peerllm.shared.transparency.TreeProver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The transparency log as its readers see it, over HTTP. */
@Timeout(60)
class TransparencyTest {
    @TempDir
    Path data;

    private TestNetwork network;
    private String alice;
    private ScriptedHost host;

    @BeforeEach
    void start() {
        network = new TestNetwork(data);
        alice = network.consumer("alice", "1");
        host = ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "Hello", "!"));
    }

    @AfterEach
    void stop() {
        network.closeWhenAllIsPaid();
    }

    @Test
    void everyReceiptIsInTheLogAndItsProofHoldsOffline() throws Exception {
        Receipt receipt = answeredOnce();
        TreeHash leaf = new TreeHasher().leaf(receipt.message());
        TlogProof proof = TlogProof.parse(published(receipt).body());

        assertThat(proof.index()).isEqualTo(receipt.leaf().orElseThrow());
        assertThat(proof.verify(leaf, verifier()).fault()).isEmpty();
        assertThat(proof.verify(new TreeHasher().leaf(new byte[0]), verifier()).holds())
                .isFalse();
    }

    @Test
    void theTilesAreTheLeavesAndLeadToTheCheckpoint() throws Exception {
        Receipt receipt = answeredOnce();
        published(receipt);
        Checkpoint checkpoint = checkpoint();
        Tile bundle = Tile.entries(0, (int) checkpoint.size());
        List<byte[]> entries = EntryBundle.decode(tile(bundle), bundle.width());

        assertThat(LogLeaf.parse(entries.getFirst())).isInstanceOf(LogLeaf.State.class);
        assertThat(entries.get(Math.toIntExact(receipt.leaf().orElseThrow()))).isEqualTo(receipt.message());
        assertThat(root(checkpoint.size())).isEqualTo(checkpoint.root());
        Tile narrower = new Tile(0, 0, 1);
        assertThat(TreeHash.of(tile(narrower))).isEqualTo(new TreeHasher().leaf(entries.getFirst()));
    }

    private TreeHash root(long size) throws Exception {
        TileSource source = this::tile;
        return new TreeProver(new TiledHashes(source, size)).root(size);
    }

    @Test
    void tilesAreKeptForEverByWhoReadsThemAndTheCheckpointForASecond() throws Exception {
        published(answeredOnce());
        try (Response first = fetch("/log/tile/0/000.p/1", null)) {
            assertThat(first.header("content-type")).isEqualTo("application/octet-stream");
            assertThat(first.header("cache-control")).contains("immutable");
            try (Response again = fetch("/log/tile/0/000.p/1", first.header("etag"))) {
                assertThat(again.code()).isEqualTo(304);
            }
        }
        assertThat(network.get("/log/checkpoint", "").headers().get("cache-control"))
                .isEqualTo("public, max-age=1");
    }

    @Test
    void whatIsNotInTheLogIsNotFound() throws Exception {
        published(answeredOnce());
        Files.writeString(data.resolve("log/secret"), "secret");
        for (String path : List.of(
                "0/001",
                "0/000",
                "0/000.p/256",
                "0/000.p/200",
                "0/0",
                "9/000",
                "entries/000.p/0",
                "../secret",
                "..%2Fsecret",
                "0/..%2F..%2F..%2Fsecret",
                "entries/x",
                "-1/000")) {
            assertThat(network.get("/log/tile/" + path, "").status()).as(path).isEqualTo(404);
        }
        assertThat(network.get("/log/checkpoint.witnessed", "").status()).isEqualTo(404);
        assertThat(network.get("/ledger/proof/receipt/job_" + "0".repeat(32) + "/0", "")
                        .status())
                .isEqualTo(404);
        assertThat(network.get("/ledger/proof/receipt/x", "").status()).isEqualTo(404);
        assertThat(network.get("/ledger/proof/inclusion?leaf=999", "").status()).isEqualTo(400);
        assertThat(network.get("/ledger/proof/inclusion?leaf=x", "").status()).isEqualTo(400);
        assertThat(network.get("/ledger/proof/inclusion", "").status()).isEqualTo(400);
        assertThat(network.get("/ledger/proof/inclusion?leaf=0&size=999", "").status())
                .isEqualTo(400);
        assertThat(network.get("/ledger/proof/consistency?from=5&to=3", "").status())
                .isEqualTo(400);
    }

    @Test
    void theProofRoutesProveInclusionAndGrowth() throws Exception {
        Receipt receipt = answeredOnce();
        published(receipt);
        Checkpoint early = checkpoint();
        published(answeredOnce());

        JsonNode inclusion = network.get(
                        "/ledger/proof/inclusion?leaf=" + receipt.leaf().orElseThrow() + "&size=" + early.size(), "")
                .json();
        InclusionProof proof = new InclusionProof(
                inclusion.path("leaf").asLong(), inclusion.path("size").asLong(), hashes(inclusion));
        assertThat(proof.verify(new TreeHasher().leaf(receipt.message()), early.root())
                        .fault())
                .isEmpty();

        JsonNode growth = network.get("/ledger/proof/consistency?from=" + early.size(), "")
                .json();
        Checkpoint late = verifier().open(growth.path("checkpoint").asString().getBytes(StandardCharsets.UTF_8));
        ConsistencyProof grown = new ConsistencyProof(early.size(), late.size(), hashes(growth));
        assertThat(late.size()).isGreaterThan(early.size());
        assertThat(grown.verify(early.root(), late.root()).fault()).isEmpty();
        assertThat(grown.verify(late.root(), early.root()).holds()).isFalse();
    }

    @Test
    void anOwnerSeesItsBalanceInThePublishedTotals() throws Exception {
        Receipt receipt = answeredOnce();
        published(receipt);
        stop();
        network = new TestNetwork(data);

        JsonNode own = await().until(() -> network.get("/v1/balance/proof", alice), each -> each.status() == 200)
                .json();
        JsonNode mine = verifiedBalance(own);
        assertThat(mine.path("account").asString()).isEqualTo("consumer:alice");
        assertThat(mine.path("balance_nanodollars").asLong())
                .isEqualTo(1_000_000_000L - receipt.charged().nanoDollars());
        String opened = String.join(
                "\n",
                "peerllm consumer v1",
                mine.path("salt").asString(),
                "consumer:alice",
                mine.path("context").asString());
        assertThat(mine.path("owner").asString())
                .isEqualTo("consumer:" + HexFormat.of().formatHex(Sha256.of(opened.getBytes(StandardCharsets.UTF_8))));

        JsonNode theirs = verifiedBalance(
                network.get("/hosts/" + receipt.host() + "/balance-proof", "").json());
        assertThat(theirs.path("balance_nanodollars").asLong())
                .isEqualTo(receipt.hostShare().nanoDollars());
        assertThat(theirs.has("salt")).isFalse();
        assertThat(network.get("/hosts/host_x/balance-proof", "").status()).isEqualTo(404);
        assertThat(network.get("/v1/balance/proof", "").status()).isEqualTo(401);
    }

    private JsonNode verifiedBalance(JsonNode answer) throws Exception {
        byte[] state = answer.path("state").asString().getBytes(StandardCharsets.UTF_8);
        TlogProof proof = TlogProof.parse(answer.path("proof").asString());
        assertThat(proof.verify(new TreeHasher().leaf(state), verifier()).fault())
                .isEmpty();
        LogLeaf.State leaf = (LogLeaf.State) LogLeaf.parse(state);
        JsonNode mine = answer.path("data").path(0);
        List<SumNode> siblings = new ArrayList<>();
        for (JsonNode each : mine.path("siblings")) {
            siblings.add(new SumNode(
                    new Credits(each.path("sum_nanodollars").asLong()),
                    TreeHash.parseHex(each.path("hash").asString())));
        }
        SumProof path = new SumProof(mine.path("index").asLong(), leaf.accounts(), siblings);
        assertThat(path.verify(
                                new AccountId(mine.path("owner").asString()),
                                new Credits(mine.path("balance_nanodollars").asLong()),
                                leaf.tree())
                        .fault())
                .isEmpty();
        return mine;
    }

    @Test
    void aDamagedFileIsNamedByTheCheckCommandAndMadeAgainAtTheNextStart() throws Exception {
        published(answeredOnce());
        assertThat(network.admin(new AdminCommand.CheckLog()).path("clean").asBoolean())
                .isTrue();
        Path file;
        try (Stream<Path> files = Files.walk(data.resolve("log/tile/entries"))) {
            file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);

        JsonNode report = network.admin(new AdminCommand.CheckLog());
        assertThat(report.path("clean").asBoolean()).isFalse();
        assertThat(report.path("damages").path(0).asString())
                .startsWith("tile/entries/000.p/")
                .contains("entry ");
        stop();
        // Nobody runs: the command line opens the folder itself.
        JsonNode atRest = new AdminClient(data, new com.peerllm.orchestrator.storage.DatabaseAddress.Embedded(data))
                .run(new AdminCommand.CheckLog());
        assertThat(atRest.path("damaged_files").asInt()).isEqualTo(1);
        network = new TestNetwork(data);
        await().untilAsserted(() -> assertThat(
                        network.admin(new AdminCommand.CheckLog()).path("clean").asBoolean())
                .isTrue());
    }

    @Test
    void aKnownWitnessGivesItsSignatureBackAndItIsServed() throws Exception {
        stop();
        PeerIdentity witness = PeerIdentity.generate();
        NoteKey key = NoteKey.ofWitness("witness.example", witness.publicKey());
        network = new TestNetwork(data, LogSettings.STANDARD.withWitnesses(List.of(key), List.of()));
        SignedNote note =
                SignedNote.parse(await().until(() -> network.get("/log/checkpoint", ""), each -> each.status() == 200)
                        .body()
                        .getBytes(StandardCharsets.UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(note.text());

        assertThat(cosign(note.with(Cosignature.sign("witness.example", PeerIdentity.generate(), checkpoint, 1)))
                        .status())
                .isEqualTo(400);
        assertThat(cosign(note).code()).isEqualTo("invalid_cosignature");
        SignedNote foreign = new Checkpoint("peerllm.log/other", 1, checkpoint.root()).sign(witness);
        assertThat(cosign(foreign).status()).isEqualTo(400);

        SignedNote signed = note.with(Cosignature.sign("witness.example", witness, checkpoint, 1_795_000_000));
        assertThat(cosign(signed).status()).isEqualTo(200);
        SignedNote served = SignedNote.parse(
                await().until(() -> network.get("/log/checkpoint.witnessed", ""), each -> each.status() == 200)
                        .body()
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(Cosignature.of(served, List.of(key)).getFirst().posixSeconds())
                .isEqualTo(1_795_000_000);
        assertThat(verifier().open(served)).isEqualTo(checkpoint);
    }

    private TestNetwork.Answer cosign(SignedNote note) {
        return network.send(new Request.Builder()
                .url(network.url() + "/log/add-cosignature")
                .post(RequestBody.create(note.bytes(), MediaType.get("text/plain")))
                .build());
    }

    @Test
    void theStateIsToldToWhoWatches() throws Exception {
        published(answeredOnce());
        JsonNode ready = network.get("/readyz", "").json();
        assertThat(ready.path("log").asString()).isEqualTo("ok");
        assertThat(network.metrics())
                .contains("peerllm_log_size ")
                .contains("peerllm_log_behind_seconds ")
                .contains("peerllm_log_stopped 0.0");
    }

    private Receipt answeredOnce() throws InterruptedException {
        assertThat(network.chat(alice, TestNetwork.question("")).status()).isEqualTo(200);
        return host.awaitReceipt();
    }

    private TestNetwork.Answer published(Receipt receipt) {
        return await().until(
                        () -> network.get("/ledger/proof/receipt/" + receipt.job() + "/" + receipt.segment(), ""),
                        answer -> answer.status() == 200);
    }

    private Checkpoint checkpoint() throws Exception {
        return verifier().open(network.get("/log/checkpoint", "").body().getBytes(StandardCharsets.UTF_8));
    }

    private LogVerifier verifier() throws Exception {
        PeerIdentity orchestrator = PeerIdentity.parse(Files.readString(data.resolve("orchestrator.key")));
        return new LogVerifier(LogPublisher.originOf("test-network"), orchestrator.publicKey());
    }

    private byte[] tile(Tile tile) throws IOException {
        try (Response response = fetch("/log/" + tile.path(), null)) {
            assertThat(response.code()).as(tile.path()).isEqualTo(200);
            return response.body().bytes();
        }
    }

    private Response fetch(String path, String tag) throws IOException {
        Request.Builder request = new Request.Builder().url(network.url() + path);
        if (tag != null) request.header("if-none-match", tag);
        return network.client.newCall(request.build()).execute();
    }

    private static List<TreeHash> hashes(JsonNode proof) throws Exception {
        List<TreeHash> hashes = new ArrayList<>();
        for (JsonNode each : proof.path("hashes")) hashes.add(TreeHash.parseBase64(each.asString()));
        return hashes;
    }
}
