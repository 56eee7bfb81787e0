package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.TestNetwork.Answer;
import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.orchestrator.api.DoorLimits;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.storage.MadeUpLog;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.transparency.InclusionProof;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.TlogProof;
import com.peerllm.shared.transparency.TreeHash;
import com.peerllm.shared.transparency.TreeHasher;
import com.peerllm.shared.transparency.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The ledger as anybody sees it, over real sockets: the routes under {@code /ledger}. */
class ExplorerTest {
    private static final PeerIdentity IDENTITY = PeerIdentity.generate();
    private static final HostId HOST = IDENTITY.hostId();

    /** A reader may stop for a second. */
    private static final DoorLimits STRICT = new DoorLimits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            20_000,
            1_000,
            false,
            64 * 1024 * 1024);

    @TempDir
    Path folder;

    @Test
    void anybodySeesWhatWasPaidAndNobodySeesWhoPaid() {
        try (TestNetwork network = new TestNetwork(folder)) {
            List<String> jobs = threeAnswers(network, "rosalind");

            JsonNode totals = open(network, "/ledger").json();
            assertThat(totals.path("jobs").asLong()).isEqualTo(3);
            assertThat(totals.path("payments").asLong()).isEqualTo(3);
            assertThat(totals.path("host_share_nanodollars").asLong()).isEqualTo(network.posted("host:" + HOST));
            assertThat(totals.path("network_share_nanodollars").asLong()).isEqualTo(network.posted("network:fees"));
            assertThat(totals.path("minted_nanodollars").asLong()).isEqualTo(1_000_000_000);
            long sum = 0;
            for (JsonNode kind : totals.path("accounts"))
                sum += kind.path("balance_nanodollars").asLong();
            assertThat(sum).isZero();

            JsonNode leaves = open(network, "/ledger/entries").json();
            assertThat(leaves.path("leaves").asLong())
                    .isEqualTo(totals.path("leaves").asLong());
            JsonNode job = open(network, "/ledger/jobs/" + jobs.get(1)).json();
            long leaf = job.path("leaves").path(0).asLong();
            JsonNode entry = open(network, "/ledger/entries/" + leaf).json();
            assertThat(entry.path("job").asString()).isEqualTo(jobs.get(1));
            assertThat(entry.path("text").asString())
                    .isEqualTo(leaves.at("/data/" + leaf + "/text").asString());
            proofHolds(network, leaf);
            JsonNode ranking = open(network, "/ledger/hosts").json();
            assertThat(ranking.at("/data/0/host").asString()).isEqualTo(HOST.value());
            JsonNode host = open(network, "/ledger/hosts/" + HOST.pseudonym()).json();
            assertThat(host.path("host").asString()).isEqualTo(HOST.value());
            assertThat(host.at("/days/0/payments").asLong()).isEqualTo(3);
            JsonNode of = open(network, "/ledger/hosts/" + HOST + "/entries?order=newest&limit=2")
                    .json();
            assertThat(of.at("/data/0/number").asLong()).isEqualTo(3);
            assertThat(of.path("next").asLong()).isEqualTo(2);
            assertThat(open(network, "/ledger/models")
                            .json()
                            .at("/data/0/payments")
                            .asLong())
                    .isEqualTo(3);
            JsonNode recent = open(network, "/ledger/models/recent").json();
            assertThat(recent.path("data")).hasSize(1);
            assertThat(recent.at("/data/0/digest").asString())
                    .isEqualTo(open(network, "/ledger/models")
                            .json()
                            .at("/data/0/digest")
                            .asString());
            assertThat(recent.at("/data/0/hosts").asLong()).isEqualTo(1);
            assertThat(recent.at("/data/0/host_share_nanodollars").asLong()).isEqualTo(network.posted("host:" + HOST));
            String json = open(network, "/ledger/export?format=json").body();
            assertThat(json.lines().count()).isEqualTo(totals.path("leaves").asLong());
            String csv = open(network, "/ledger/export?format=csv&from=1&to=2").body();
            assertThat(csv.lines()).hasSize(3);
        }
    }

    /** With the checks of the shared model, and the key out of the leaf. */
    private static void proofHolds(TestNetwork network, long leaf) {
        await().until(() ->
                !open(network, "/ledger/entries/" + leaf).json().path("proof").isNull());
        JsonNode entry = open(network, "/ledger/entries/" + leaf).json();
        try {
            TlogProof proof = TlogProof.parse(entry.at("/proof/tlog_proof").asString());
            LogVerifier log = new LogVerifier(
                    "peerllm.log/test-network",
                    PeerKey.parse(entry.path("orchestrator_key").asString()));
            TreeHash hash = new TreeHasher().leaf(entry.path("text").asString().getBytes(StandardCharsets.UTF_8));
            assertThat(hash.base64()).isEqualTo(entry.path("leaf_hash").asString());
            assertThat(proof.index()).isEqualTo(leaf);
            assertThat(proof.verify(hash, log)).isEqualTo(Verdict.HOLDS);
            List<TreeHash> hashes = new ArrayList<>();
            for (JsonNode each : entry.at("/proof/hashes")) hashes.add(TreeHash.parseBase64(each.asString()));
            long size = entry.at("/proof/size").asLong();
            TreeHash root = TreeHash.parseBase64(entry.at("/proof/root").asString());
            assertThat(new InclusionProof(leaf, size, hashes).verify(hash, root))
                    .isEqualTo(Verdict.HOLDS);
            assertThat(open(network, "/ledger").json().at("/checkpoint/size").asLong())
                    .isGreaterThanOrEqualTo(size);
        } catch (InvalidLogData e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatCannotBeAnsweredIsRefusedByName() {
        try (TestNetwork network = new TestNetwork(folder)) {
            refused(network, "/ledger/entries?limit=501", 400, "invalid_value");
            refused(network, "/ledger/entries?limit=0", 400, "invalid_value");
            refused(network, "/ledger/entries?after=-1", 400, "invalid_value");
            refused(network, "/ledger/entries?after=9223372036854775807", 400, "invalid_value");
            refused(network, "/ledger/entries?order=sideways", 400, "invalid_value");
            refused(network, "/ledger/entries/first", 400, "invalid_value");
            refused(network, "/ledger/entries/99", 404, "not_found");
            refused(network, "/ledger/hosts?after=somewhere", 400, "invalid_value");
            refused(network, "/ledger/models?after=5:x:y", 400, "invalid_value");
            refused(network, "/ledger/hosts/nobody", 404, "not_found");
            refused(network, "/ledger/hosts/" + HOST, 404, "not_found");
            refused(network, "/ledger/hosts/" + HOST + "?before=yesterday", 400, "invalid_value");
            refused(network, "/ledger/hosts/" + HOST + "/entries", 404, "not_found");
            refused(network, "/ledger/jobs/job_1", 400, "invalid_value");
            refused(network, "/ledger/jobs/job_" + "0".repeat(32), 404, "not_found");
            refused(network, "/ledger/export", 400, "invalid_value");
            refused(network, "/ledger/export?format=pdf", 400, "invalid_value");
            refused(network, "/ledger/export?format=csv&from=2&to=1", 400, "invalid_value");
            refused(network, "/ledger/export?format=csv&from=0&to=1000000", 400, "invalid_value");
            assertThat(open(network, "/ledger/entries?after=9223372036854775806")
                            .json()
                            .path("data"))
                    .isEmpty();
            assertThat(open(network, "/ledger/export?format=csv&from=100")
                            .body()
                            .lines())
                    .hasSize(1);
        }
    }

    @Test
    void anExportHasEveryLeafOnceInOrder() {
        long count = filled(7_777);
        try (TestNetwork network = new TestNetwork(folder)) {
            List<Long> numbers = open(network, "/ledger/export?format=json&from=10&to=7000")
                    .body()
                    .lines()
                    .map(line -> TestNetwork.JSON.readTree(line).path("leaf").asLong())
                    .toList();
            assertThat(numbers)
                    .isEqualTo(java.util.stream.LongStream.rangeClosed(10, 7_000)
                            .boxed()
                            .toList());
            List<String> csv =
                    open(network, "/ledger/export?format=csv").body().lines().toList();
            assertThat(csv).hasSizeGreaterThan((int) count);
            assertThat(csv.getFirst()).startsWith("leaf,kind,time,utc,job,");
            assertThat(csv.get(1 + 123)).startsWith("123,payment,");
            var head = network.send(
                    new Request.Builder().url(network.url() + "/healthz").build());
            assertThat(head.status()).isEqualTo(200);
        }
    }

    @Test
    void aReaderThatStopsFillsNoMemoryAndIsCutOff() {
        filled(20_000);
        try (TestNetwork network = new TestNetwork(folder, STRICT)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                JsonNode ledger = open(network, "/ledger").json();
                return ledger.at("/checkpoint/size").asLong()
                        == ledger.path("leaves").asLong();
            });
            long before = Heap.usedBytes();
            List<RawSocket> stopped = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                RawSocket socket = new RawSocket(network.port());
                socket.send("GET /ledger/export?format=json HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(socket.readHead()).contains(" 200 ").contains("filename=\"ledger-0-");
                stopped.add(socket);
            }
            // Four times 50 MB are to be sent, and 4 KiB of each have room.
            assertThat(network.get("/ledger/export?format=csv", "").status()).isEqualTo(429);
            assertThat(Heap.usedBytes() - before).isLessThan(16 * 1024 * 1024);
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(network.get("/ledger/export?format=csv&to=9", "")
                                    .status())
                            .isEqualTo(200));
            stopped.forEach(RawSocket::close);
        }
    }

    @Test
    void aReaderThatLeavesMakesRoomForTheNext() {
        filled(20_000);
        try (TestNetwork network = new TestNetwork(folder)) {
            for (int i = 0; i < 12; i++) {
                await().untilAsserted(() -> {
                    try (RawSocket socket = new RawSocket(network.port())) {
                        socket.send("GET /ledger/export?format=csv HTTP/1.1\r\nHost: localhost\r\n\r\n");
                        assertThat(socket.readHead()).contains(" 200 ");
                    }
                });
            }
        }
    }

    @Test
    void headTellsTheHeadersOfAnExportAndSendsNothing() {
        filled(2_000);
        try (TestNetwork network = new TestNetwork(folder);
                RawSocket socket = new RawSocket(network.port())) {
            socket.send("HEAD /ledger/export?format=csv HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String all = socket.readAll();
            assertThat(all).contains(" 200 ").contains("text/csv").endsWith("\r\n\r\n");
        }
    }

    @Test
    void thePageBringsAllThatItNeedsAndAdmitsNothingElse() {
        try (TestNetwork network = new TestNetwork(folder)) {
            Answer page = open(network, "/ledger/explorer");
            assertThat(page.body()).doesNotContain("http://", "https://", "innerHTML", " style=", " onclick=");
            assertThat(page.headers().get("content-security-policy"))
                    .startsWith("default-src 'none'; connect-src 'self'")
                    .containsPattern("script-src 'sha256-[A-Za-z0-9+/]{43}='; style-src 'sha256-[A-Za-z0-9+/]{43}='$");
        }
    }

    private long filled(int payments) {
        try (Database database = Database.open(new DatabaseAddress.Embedded(folder))) {
            new MadeUpLog(database, 4).add(payments);
            return database.leaves().count();
        }
    }

    private static void refused(TestNetwork network, String path, int status, String code) {
        Answer answer = network.get(path, "");
        assertThat(answer.status()).as(path).isEqualTo(status);
        assertThat(answer.code()).as(path).isEqualTo(code);
    }

    /** Asks without a key. No answer has the name of a consumer. */
    private static Answer open(TestNetwork network, String path) {
        Answer answer =
                network.send(new Request.Builder().url(network.url() + path).build());
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("rosalind");
        return answer;
    }

    private static List<String> threeAnswers(TestNetwork network, String consumer) {
        String key = network.consumer(consumer, "1");
        ScriptedHost.join(
                network.client,
                network.url(),
                IDENTITY,
                ScriptedHost.model(768, 4),
                (self, offer) -> self.answer(offer, "a", "b", "c"));
        await().until(() -> network.get("/hosts", "").json().path("total").asInt() == 1);
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            jobs.add(network.chat(key, TestNetwork.question(""))
                    .json()
                    .at("/peerllm/receipt")
                    .asString());
        }
        await().untilAsserted(() -> assertThat(network.admin(new AdminCommand.Audit())
                        .path("open_holds")
                        .asInt())
                .isZero());
        return jobs;
    }
}
