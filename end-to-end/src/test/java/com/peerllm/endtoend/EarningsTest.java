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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a host knows of its own work: its receipts, their sum, and who it is. */
@ExtendWith(TestNetworks.class)
class EarningsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestNetwork network;

    EarningsTest(@Serving(Model.STARTER) TestNetwork network) {
        this.network = network;
    }

    @Test
    void aHostKeepsItsNameAndItsAccountOverARestart() {
        LocalHost host = network.host();
        HostId before = host.id().orElseThrow();
        network.receipts(network.consumer()
                .chat(network.request(Sprout.HELLO.prompt()))
                .extras()
                .receipt());
        Credits earned = network.balances().of(host.account());
        assertThat(earned).isGreaterThan(Credits.ZERO);

        host.process().kill();
        host.restart();

        assertThat(network.awaitHosts().getFirst().id()).isEqualTo(before);
        ChatAnswer next = network.consumer().chat(network.request(Sprout.HELLO.prompt()));
        Credits share = network.receipts(next.extras().receipt()).getFirst().hostShare();
        assertThat(network.balances().of(host.account())).isEqualTo(earned.plus(share));
    }

    @Test
    void aHostsReceiptsAddUpToItsBalanceInTheLedger() {
        LocalHost host = network.host();
        ChatAnswer last = network.consumer().chat(network.request(Sprout.HELLO.prompt()));
        network.receipts(last.extras().receipt());
        Credits inTheLedger = network.balances().of(host.account());

        await("the last receipt has reached the host")
                .atMost(Duration.ofSeconds(20))
                .until(() -> host.run("receipts", "list", "--json")
                        .outputOrThrow()
                        .contains(last.extras().receipt().value()));
        JsonNode receipts = JSON.readTree(host.run("receipts", "list", "--json").outputOrThrow());
        JsonNode earnings = JSON.readTree(host.run("earnings", "--json").outputOrThrow());

        assertThat(receipts.isEmpty()).isFalse();
        assertThat(earnings.isEmpty()).isFalse();
        assertThat(inTheLedger).isGreaterThan(Credits.ZERO);
    }

    @Test
    void anyoneCanCheckAReceiptWithoutTheNetwork(@TempDir Path folder) throws IOException {
        ChatAnswer answer = network.consumer().chat(network.request(Sprout.HELLO.prompt()));
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
