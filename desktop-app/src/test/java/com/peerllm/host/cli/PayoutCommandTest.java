package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.HostData;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.settings.IdentityFile;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.identity.SignedHostRequest;
import com.peerllm.shared.identity.SignedHostRequest.Purpose;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.payout.PayoutStatement;
import com.peerllm.shared.payout.PayoutStatement.Next;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a host's owner is told of payouts, and what leaves this computer for it. */
@Timeout(60)
class PayoutCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NAME = "peers.example";

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();
    private final MockWebServer orchestrator = new MockWebServer();
    private final PeerIdentity key = PeerIdentity.generate();
    private final List<String> payees = new ArrayList<>();
    private PeerIdentity identity;
    private HostId host;
    private PayoutStatement statement;

    @BeforeEach
    void start() throws IOException {
        identity = IdentityFile.readOrCreate(new AppFolders(folder).identityKey());
        host = HostId.of(identity.publicKey());
        statement = statement(Credits.ofDollars(40), Next.NEXT_BATCH);
        orchestrator.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return PayoutCommandTest.this.answer(request);
            }
        });
        orchestrator.start();
        new SettingsStore(new AppFolders(folder).settings(), InstantSource.system())
                .update(settings -> settings.met(url(), new MetOrchestrator(NAME, key.publicKey(), 1)));
    }

    @AfterEach
    void stop() {
        orchestrator.close();
    }

    @Test
    void aHostSeesWhatIsPendingMatureAndPaidAndWhatComesNext() {
        Terminal.Said said = type("payout");
        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .contains("By peers.example, in USD: earned $40.000000000")
                .containsPattern(
                        "pending +\\$10.000000000  \\(\\$10.000000000 of it until 1970-01-(19|20|21) [0-9]{2}:[0-9]{2}\\)")
                .containsPattern("mature +\\$5.000000000")
                .containsPattern("in transit \\$5.000000000")
                .containsPattern("paid +\\$20.000000000")
                .contains("is in the operator's next batch")
                .contains("payout-1-1  paid: TX 17");
        assertThat(JSON.readValue(type("payout", "--json").out(), PayoutStatement.class))
                .isEqualTo(statement);
    }

    @Test
    void eachNextStepIsASentence() {
        for (Next next : Next.values()) {
            statement = statement(Credits.ofDollars(40), next);
            assertThat(type("payout").out())
                    .as(next.name())
                    .containsAnyOf("Next: ", "Nothing is paid", "does not know");
        }
    }

    @Test
    void howToBePaidLeavesSignedAndIsInNoArgumentAndNoFileOfThisHost() throws IOException {
        Path file = Files.writeString(folder.resolve("iban.txt"), "XX99 Secret Person\n");
        Terminal.Said said = type("payout", "set", "--method", "iban", "--to-file", file.toString());
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("knows how to pay this host, by iban");
        assertThat(type("payout", "erase").code()).isZero();
        assertThat(payees).containsExactly("{\"method\":\"iban\",\"details\":\"XX99 Secret Person\"}", "{}");
        Files.delete(file);
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(each -> assertThat(Files.readAllBytes(each))
                            .asString(java.nio.charset.StandardCharsets.ISO_8859_1)
                            .doesNotContain("Secret Person"));
        }
    }

    @Test
    void detailsThatCannotBeAreUsageAndAskNobody() throws IOException {
        Path file = Files.writeString(folder.resolve("iban.txt"), "=SUM(A1)");
        Terminal.Said said = type("payout", "set", "--method", "iban", "--to-file", file.toString());
        assertThat(said.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(said.err())
                .contains("Details begin with a letter or a digit")
                .doesNotContain("SUM");
        assertThat(type("payout", "set", "--method", "iban", "--to-file", "/none")
                        .code())
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(orchestrator.getRequestCount()).isZero();
    }

    @Test
    void earningsThatAgreeAreSaidToAgree() {
        receipt(1, 40);
        assertThat(type("earnings").out())
                .contains("Earned in all: $40.000000000")
                .contains("The network and this host's receipts agree.");
    }

    @Test
    void earningsThatDifferAreSaidToDiffer() {
        receipt(1, 30);
        assertThat(type("earnings").out()).contains("The network counts $10.000000000 more than");
        receipt(2, 15);
        assertThat(type("earnings").out()).contains("THE NETWORK COUNTS $5.000000000 LESS than");
        JsonNode answer = JSON.readTree(type("earnings", "--json").out());
        assertThat(answer.at("/total/earned").asLong()).isEqualTo(45_000_000_000L);
        assertThat(answer.at("/network/earned").asLong()).isEqualTo(40_000_000_000L);
        assertThat(answer.at("/networkDifference").asLong()).isEqualTo(-5_000_000_000L);
    }

    @Test
    void receiptsOfAnotherOrchestratorAreNotCompared() {
        receipt(1, 40);
        receipt(2, 500, PeerIdentity.generate().publicKey());
        assertThat(type("earnings").out())
                .contains("Earned in all: $540.000000000")
                .contains("The network and this host's receipts agree.");
    }

    @Test
    void whenTheNetworkIsAwayTheReceiptsAreToldAllTheSame() {
        receipt(1, 30);
        orchestrator.close();
        Terminal.Said said = type("earnings");
        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains("Earned in all: $30.000000000")
                .contains("What the network counts is not known: Nothing answers at")
                .doesNotContain("pending");
        assertThat(type("payout").code()).isEqualTo(ExitCode.ORCHESTRATOR.number());
        Terminal.Said offline = type("earnings", "--offline");
        assertThat(offline.out()).contains("$30.000000000").doesNotContain("network");
    }

    @Test
    void anOrchestratorThatWasNeverServedIsNotAsked() {
        Terminal.Said said = terminal.type("payout", "--data", folder.toString(), "--orchestrator", "ws://127.0.0.1:1");
        assertThat(said.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(said.err()).contains("has never served ws://127.0.0.1:1");
    }

    private void receipt(int number, int dollars) {
        receipt(number, dollars, key.publicKey());
    }

    private void receipt(int number, int dollars, PeerKey from) {
        Receipt receipt = JSON.readValue(
                """
                {"orchestrator":"%s","job":"%s","segment":0,"settledAtMillis":%d,"host":"%s","hostKey":"%s",
                 "model":"sprout","modelDigest":"%s","promptTokens":10,"completionTokens":5,
                 "price":{"promptPerMillion":1,"completionPerMillion":1},"charged":%d,"hostShare":%d,"networkShare":0,
                 "creatorShare":0,"deliveryHash":"%s","orchestratorKey":"%s","orchestratorSignature":"x"}""".formatted(
                                NAME,
                                new JobId("job_%032x".formatted(number)),
                                1_000L * number,
                                host,
                                identity.publicKey(),
                                "ab".repeat(32),
                                Credits.ofDollars(dollars).nanoDollars(),
                                Credits.ofDollars(dollars).nanoDollars(),
                                "cd".repeat(32),
                                from),
                Receipt.class);
        try (HostData data = HostData.open(new AppFolders(folder), InstantSource.system())) {
            data.receipts()
                    .add(List.of(new StoredReceipt(
                            receipt, StoredReceipt.Status.VERIFIED, OptionalInt.empty(), List.of(), 1)));
        }
    }

    private PayoutStatement statement(Credits earned, Next next) {
        return new PayoutStatement(
                NAME,
                host,
                1_700_000_000_000L,
                "USD",
                earned,
                Credits.ofDollars(10),
                Credits.ofDollars(5),
                Credits.ofDollars(5),
                Credits.ofDollars(20),
                Credits.ofDollars(25),
                Optional.of("iban"),
                next == Next.BLOCKED ? Optional.of("it lied") : Optional.empty(),
                next,
                List.of(new PayoutStatement.Maturing(1_700_000_000L, Credits.ofDollars(10))),
                List.of(new PayoutStatement.Payout(
                        "payout-1-1",
                        Credits.ofDollars(20),
                        PayoutStatement.State.PAID,
                        Optional.of("TX 17"),
                        1_600_000_000L)));
    }

    private MockResponse answer(RecordedRequest request) {
        boolean sets = request.getMethod().equals("POST");
        byte[] body = sets ? request.getBody().toByteArray() : new byte[0];
        SignedHostRequest signed = new SignedHostRequest(
                PeerKey.parse(request.getHeaders().get(SignedHostRequest.KEY_HEADER)),
                Long.parseLong(request.getHeaders().get(SignedHostRequest.TIME_HEADER)),
                request.getHeaders().get(SignedHostRequest.SIGNATURE_HEADER));
        Purpose purpose = sets ? Purpose.PAYEE : Purpose.PAYOUTS;
        if (!signed.isOf(host, purpose, NAME, body, System.currentTimeMillis())) {
            return new MockResponse.Builder().code(401).build();
        }
        if (sets) {
            payees.add(new String(body, java.nio.charset.StandardCharsets.UTF_8));
            return new MockResponse.Builder().body("{\"payee_set\":true}").build();
        }
        return new MockResponse.Builder()
                .body(JSON.writeValueAsString(statement))
                .build();
    }

    private Terminal.Said type(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", folder.toString(), "--orchestrator", url()));
        return terminal.type(all.toArray(String[]::new));
    }

    private String url() {
        return "ws://127.0.0.1:" + orchestrator.getPort();
    }
}
