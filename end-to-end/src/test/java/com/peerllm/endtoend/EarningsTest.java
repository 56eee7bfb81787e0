package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.endtoend.client.ChatAnswer;
import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import com.peerllm.endtoend.network.LocalHost;
import com.peerllm.endtoend.process.CommandResult;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a host knows of its own work: its receipts, their sum, and who it is. */
@ExtendWith(TestNetworks.class)
class EarningsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestNetwork network;

    EarningsTest(@Serving(Model.STARTER) TestNetwork network) {
        this.network = network;
    }

    @Test
    void aHostKeepsItsNameAndItsAccountOverARestart() {
        LocalHost host = network.host();
        HostId before = host.id().orElseThrow();
        network.receipts(askHello().extras().receipt());
        Credits earned = network.balances().of(host.account());
        await("the running host knows what it earned")
                .atMost(PATIENCE)
                .until(() -> earnedByItsOwnWord(host), own -> own.equals(earned));

        host.process().kill();
        host.restart();

        assertThat(network.awaitHosts().getFirst().id()).isEqualTo(before);
        Credits share =
                network.receipts(askHello().extras().receipt()).getFirst().hostShare();
        assertThat(network.balances().of(host.account())).isEqualTo(earned.plus(share));
        assertThat(earnedByItsOwnWord(host)).isGreaterThanOrEqualTo(earned);
    }

    @Test
    void aHostsReceiptsAllHoldAndAddUpToItsBalanceInTheLedger() {
        LocalHost host = network.host();
        ChatAnswer last = askHello();
        network.receipts(last.extras().receipt());
        Credits inTheLedger = network.balances().of(host.account());
        await("the last receipt has reached the host")
                .atMost(PATIENCE)
                .until(() -> earnedByItsOwnWord(host), own -> own.equals(inTheLedger));

        host.process().askToStop();
        assertThat(host.process().awaitExit(PATIENCE)).isZero();

        JsonNode receipts = JSON.readTree(
                host.run("receipts", "list", "--json", "--most", "1000").outputOrThrow());
        Credits sum = Credits.ZERO;
        for (JsonNode each : receipts) {
            assertThat(each.path("status").asString()).isEqualTo("VERIFIED");
            sum = sum.plus(new Credits(each.at("/receipt/hostShare").asLong()));
        }
        assertThat(sum).isEqualTo(inTheLedger).isGreaterThan(Credits.ZERO);
        assertThat(earnedByItsOwnWord(host)).isEqualTo(inTheLedger);
        assertThat(receipts.path(0).at("/receipt/job").asString())
                .isEqualTo(last.extras().receipt().value());
        assertThat(host.run("receipts", "verify").outputOrThrow())
                .contains(receipts.size() + " of " + receipts.size() + " receipts hold");
    }

    @Test
    void aHostWithAPriceOfItsOwnIsPaidThatAndItsReceiptsHold() throws IOException {
        LocalHost host = network.host();
        Path settings = host.data().resolve("settings.json");
        String before = Files.readString(settings);
        host.process().askToStop();
        assertThat(host.process().awaitExit(PATIENCE)).isZero();
        Files.writeString(settings, before.replaceFirst("\\{", "{\"prices\": {\"sprout-1.4m-q8_0\": \"0.30/0.90\"},"));
        host.restart();
        network.awaitHosts();

        ChatAnswer answer = askHello();
        Credits share = network.receipts(answer.extras().receipt()).getFirst().hostShare();

        long charged = answer.usage().promptTokens() * 300L + answer.usage().completionTokens() * 900L;
        assertThat(answer.extras().price()).isEqualTo(new Credits(charged));
        await("the host counts it as earned")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(earnedByItsOwnWord(host))
                        .isEqualTo(network.balances().of(host.account())));
        assertThat(share).isGreaterThan(Credits.ZERO);

        host.process().askToStop();
        assertThat(host.process().awaitExit(PATIENCE)).isZero();
        assertThat(host.run(
                                "models",
                                "prices",
                                "--orchestrator",
                                network.orchestrator().hostUrl())
                        .outputOrThrow())
                .contains("You ask $0.300000000", "and keep $0.285000000 for a million prompt tokens");
        Files.writeString(settings, before);
        host.restart();
        network.awaitHosts();
    }

    @Test
    void aHostRecomputesItsScoreFromItsEvidenceWhileItServes() {
        LocalHost host = network.host();
        askHello();
        askHello();
        String[] ask = {
            "reputation",
            "--recompute",
            "--orchestrator",
            network.orchestrator().hostUrl()
        };

        assertThat(host.run(ask).outputOrThrow())
                .contains("honesty 1 x success 0.")
                .contains(" 0 failures")
                .containsPattern("Recomputed from \\d+ pieces of evidence: equal\\.");

        JsonNode answer = JSON.readTree(
                host.run(Stream.concat(Stream.of(ask), Stream.of("--json")).toArray(String[]::new))
                        .outputOrThrow());
        assertThat(answer.at("/report/models/0/history/answers").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(answer.at("/recomputed/differences")).isEmpty();
    }

    private ChatAnswer askHello() {
        return network.consumer().chat(network.request(Sprout.HELLO.prompt()));
    }

    private static Credits earnedByItsOwnWord(LocalHost host) {
        JsonNode earnings = JSON.readTree(host.run("earnings", "--json").outputOrThrow());
        return new Credits(earnings.at("/total/earned").asLong());
    }

    @Test
    void anyoneCanCheckAReceiptWithoutTheNetwork(@TempDir Path folder) throws IOException {
        ChatAnswer answer = askHello();
        network.receipts(answer.extras().receipt());
        String receipt = network.consumer()
                .get("/v1/receipts/" + answer.extras().receipt().value())
                .body();
        Path genuine = Files.writeString(folder.resolve("receipt.json"), receipt);
        Path forged = Files.writeString(
                folder.resolve("forged.json"),
                receipt.replaceFirst("\"completionTokens\":\\d+", "\"completionTokens\":9999"));
        var administrator = network.orchestrator().administrator();

        CommandResult holds = administrator.run("verify", genuine.toString());
        CommandResult doesNot = administrator.run("verify", forged.toString());

        assertThat(holds.exitCode()).as(holds.error()).isZero();
        assertThat(holds.output()).contains("holds").contains("signed by the host too");
        assertThat(doesNot.exitCode()).isEqualTo(8);
        assertThat(doesNot.output()).contains("DOES NOT HOLD");
    }
}
