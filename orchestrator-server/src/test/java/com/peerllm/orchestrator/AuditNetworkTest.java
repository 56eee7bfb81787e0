package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code peerllm audit} and {@code peerllm verify} against the log of a real orchestrator: over HTTP, from its folder, by others. */
@Timeout(90)
class AuditNetworkTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path data;

    @TempDir
    Path mine;

    private TestNetwork network;
    private String alice;
    private ScriptedHost host;

    private record Run(int code, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }
    }

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

    private static Run run(String... arguments) {
        StringWriter text = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .execute(arguments);
        return new Run(code, text.toString());
    }

    private Receipt answeredOnce() throws InterruptedException {
        assertThat(network.chat(alice, TestNetwork.question("")).status()).isEqualTo(200);
        return host.awaitReceipt();
    }

    private String published(Receipt receipt) {
        return await().until(
                        () -> network.get("/ledger/proof/receipt/" + receipt.job() + "/" + receipt.segment(), ""),
                        answer -> answer.status() == 200)
                .body();
    }

    private String key() throws IOException {
        return PeerIdentity.parse(Files.readString(data.resolve("orchestrator.key")))
                .publicKey()
                .toString();
    }

    @Test
    void theLogIsCleanOverHttpAndFromItsFolderAndToAReaderThatIsNotOurs() throws Exception {
        // A gift that pays for the first answers and for a part of one, so that every kind of movement is in the log.
        Receipt last = answeredOnce();
        Credits gift = new Credits(last.charged().nanoDollars() * 3 / 2);
        network.admin(new AdminCommand.GrantPromo("alice", gift, "gift-1", Optional.empty()));
        for (int i = 0; i < 5; i++) last = answeredOnce();
        published(last);

        Run remote = run("audit", network.url(), "--json", "--orchestrator-key", key());
        assertThat(remote.code()).as(remote.text()).isZero();
        JsonNode found = remote.json();
        assertThat(found.path("payments").asInt()).isEqualTo(6);
        assertThat(found.path("host_signatures").asInt()).isEqualTo(6);
        assertThat(found.path("entries").asInt()).isEqualTo(4);
        assertThat(found.path("totals").path("promo").asLong()).isZero();
        long earned = last.hostShare().nanoDollars() * 6;
        assertThat(found.path("totals").path("host").asLong()).isEqualTo(earned);

        Run folder = run("audit", data.resolve("log").toString(), "--json", "--orchestrator-key", key());
        assertThat(folder.json().path("root")).isEqualTo(found.path("root"));
        Run people = run("audit", network.url() + "/log/", "--skip-signatures");
        assertThat(people.code()).isZero();
        assertThat(people.text()).contains("Notice: this is the key that the log", "Clean.", "0 hosts' signatures");

        JsonNode theirs = JSON.readTree(node());
        assertThat(theirs.path("fault").isMissingNode()).as(theirs.toString()).isTrue();
        assertThat(theirs.path("root")).isEqualTo(found.path("root"));
        assertThat(theirs.path("hostSignatures").asInt()).isEqualTo(6);
        for (String kind : List.of("consumer", "promo", "host", "creator", "network", "payout", "mint")) {
            assertThat(theirs.path("totals").path(kind).asString())
                    .as(kind)
                    .isEqualTo(found.path("totals").path(kind).asString());
        }
    }

    /** What a program makes of the folder that was written by docs/transparency.md alone. */
    private String node() throws Exception {
        Path script = mine.resolve("read-log.mjs");
        try (var in = getClass().getResourceAsStream("/auditor/read-log.mjs")) {
            Files.write(script, in.readAllBytes());
        }
        Process process = new ProcessBuilder(
                        "node", script.toString(), data.resolve("log").toString(), key())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theNextAuditGoesOnAndFindsARewrittenLog() throws Exception {
        published(answeredOnce());
        String state = mine.resolve("audit.state").toString();
        Run first = run("audit", network.url(), "--json", "--state", state);
        assertThat(first.code()).as(first.text()).isZero();
        published(answeredOnce());
        Run second = run("audit", network.url(), "--json", "--state", state);
        assertThat(second.json().path("from").asLong())
                .isEqualTo(first.json().path("size").asLong());
        assertThat(second.json().path("payments").asInt()).isEqualTo(2);

        // Another history under the same name and key.
        stop();
        Path other = mine.resolve("other");
        Files.createDirectories(other);
        Files.copy(data.resolve("orchestrator.key"), other.resolve("orchestrator.key"));
        network = new TestNetwork(other);
        alice = network.consumer("alice", "3");
        host = ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "Other", "!"));
        for (int i = 0; i < 4; i++) published(answeredOnce());

        Run rewritten = run("audit", network.url(), "--state", state);
        assertThat(rewritten.code()).isEqualTo(ExitCode.RECEIPT_INVALID.number);
        assertThat(rewritten.text()).contains("BAD: checkpoint: The log was rewritten");
        Run again = run("audit", network.url(), "--state", state);
        assertThat(again.text()).contains("The log was rewritten");
    }

    @Test
    void anAuditGoesWellWhileTheLogGrows() throws Exception {
        published(answeredOnce());
        AtomicBoolean enough = new AtomicBoolean();
        Thread consumer = Thread.ofVirtual().start(() -> {
            while (!enough.get()) network.chat(alice, TestNetwork.question(""));
        });
        String state = mine.resolve("audit.state").toString();
        for (int i = 0; i < 4; i++) {
            Run run = run("audit", network.url(), "--state", state, "--orchestrator-key", key());
            assertThat(run.code()).as(run.text()).isZero();
        }
        enough.set(true);
        consumer.join();
    }

    @Test
    void aDamagedFolderIsNamedWithItsLeaf() throws Exception {
        Receipt receipt = answeredOnce();
        published(receipt);
        Path bundle;
        try (Stream<Path> files = Files.walk(data.resolve("log/tile/entries"))) {
            bundle = files.filter(Files::isRegularFile)
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
        String log = data.resolve("log").toString();
        long leaves = run("audit", log, "--json").json().path("size").asLong();
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length - 1] ^= 1;
        Files.write(bundle, bytes);

        Run run = run("audit", log, "--json", "--orchestrator-key", key());

        assertThat(run.code()).isEqualTo(ExitCode.RECEIPT_INVALID.number);
        assertThat(run.json().path("fault").path("leaf").asLong()).isEqualTo(leaves - 1);
        assertThat(run.json().path("fault").path("file").asString()).startsWith("tile/entries/000.p/");
    }

    @Test
    void whatCannotBeAuditedIsSaid() {
        assertThat(run("audit", data.resolve("nowhere").toString()).code()).isEqualTo(ExitCode.USAGE.number);
        assertThat(run("audit", mine.toString()).code()).isEqualTo(ExitCode.UNREADABLE.number);
        assertThat(run("audit", network.url()).text()).contains("names no key", "--orchestrator-key");
        assertThat(run("audit", network.url(), "--orchestrator-key", "x").code())
                .isEqualTo(ExitCode.USAGE.number);
        assertThat(run("audit", network.url(), "--witness", "x").code()).isEqualTo(ExitCode.USAGE.number);
    }

    @Test
    void aReceiptIsProvenToBeInTheLogWithoutANetwork() throws Exception {
        Receipt receipt = answeredOnce();
        String proofText = published(receipt);
        Path file = mine.resolve("receipt.json");
        Files.writeString(
                file, network.get("/v1/receipts/" + receipt.job(), alice).body());
        Path proof = mine.resolve("receipt.tlog-proof");
        Files.writeString(proof, proofText);

        Run good = run("verify", file.toString(), "--proof", proof.toString(), "--orchestrator-key", key());
        assertThat(good.code()).as(good.text()).isZero();
        assertThat(good.text()).contains("in the log peerllm.log/test-network, under its checkpoint of");

        Run own = run("verify", file.toString(), "--account", "alice");
        assertThat(own.code()).as(own.text()).isZero();
        assertThat(own.text()).contains("paid by consumer:alice.");
        assertThat(run("verify", file.toString(), "--account", "bob").code())
                .isEqualTo(ExitCode.RECEIPT_INVALID.number);

        Run fetched = run("verify", file.toString(), "--log", network.url());
        assertThat(fetched.code()).as(fetched.text()).isZero();

        Receipt other = answeredOnce();
        Files.writeString(proof, published(other));
        Run wrong = run("verify", file.toString(), "--proof", proof.toString());
        assertThat(wrong.code()).isEqualTo(ExitCode.RECEIPT_INVALID.number);
        assertThat(wrong.text()).contains("IS NOT IN THE LOG. The proof is for leaf");

        Files.writeString(proof, proofText.replaceFirst("(?m)^index .*$", "index 1"));
        assertThat(run("verify", file.toString(), "--proof", proof.toString()).code())
                .isEqualTo(8);
        Files.writeString(proof, "no proof");
        assertThat(run("verify", file.toString(), "--proof", proof.toString()).text())
                .contains("NO PROOF");
    }
}
