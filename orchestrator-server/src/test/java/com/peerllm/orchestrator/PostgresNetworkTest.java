package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A network whose orchestrator keeps everything in PostgreSQL: a question, its payment, a restart, the command line. */
@Timeout(120)
class PostgresNetworkTest {
    @TempDir
    private Path data;

    @Test
    void answersPaysAndKnowsItAfterARestart() throws Exception {
        DatabaseAddress.Jdbc address = (DatabaseAddress.Jdbc) TestDatabase.POSTGRESQL.in(data);
        long charged = 10 * 500 + 3 * 1500;
        String key;
        Receipt receipt;
        String host;
        try (TestNetwork network = new TestNetwork(data, address)) {
            key = network.consumer("ann", "1.00");
            ScriptedHost serving = ScriptedHost.join(
                    network.client, network.url(), (self, offer) -> self.answer(offer, "Hello", " there", "!"));
            host = AccountId.ofHost(serving.identity.hostId()).value();

            TestNetwork.Answer answer = network.chat(key, TestNetwork.question(""));

            assertThat(answer.text()).isEqualTo("Hello there!");
            receipt = serving.awaitReceipt();
            assertThat(ReceiptVerifier.verify(receipt, Optional.empty()).faults())
                    .isEmpty();
            assertThat(network.posted("consumer:ann")).isEqualTo(1_000_000_000L - charged);
            network.closeWhenAllIsPaid();
        }
        assertThat(data.resolve("orchestrator.mv.db")).doesNotExist();
        assertThat(data.resolve("journal")).doesNotExist();

        assertThat(command(address, "ledger", "balances")).contains("$0.999990500  held $0.000000000  consumer:ann");
        assertThat(command(address, "ledger", "audit")).contains("\"clean\":true");

        try (TestNetwork again = new TestNetwork(data, address)) {
            assertThat(again.posted(host)).isEqualTo(charged * 95 / 100);
            TestNetwork.Answer shown = again.get("/v1/receipts/" + receipt.job(), key);
            assertThat(shown.json().path("data").path(0).path("orchestratorSignature"))
                    .hasToString("\"" + receipt.orchestratorSignature() + "\"");
            again.closeWhenAllIsPaid();
        }
    }

    private String command(DatabaseAddress.Jdbc address, String... words) throws IOException {
        Path password = Files.writeString(data.resolve("password"), "not asked for\n");
        StringWriter said = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(said));
        List<String> arguments = new ArrayList<>(List.of(
                "--data", data.toString(),
                "--database", address.url(),
                "--database-user", address.user(),
                "--database-password-file", password.toString()));
        arguments.addAll(List.of(words));
        assertThat(line.execute(arguments.toArray(String[]::new)))
                .as(said.toString())
                .isZero();
        return said.toString();
    }

    @Test
    void optionsOfADatabaseWithoutOneAreRefused() {
        StringWriter said = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(said));

        int code = line.execute("--data", data.toString(), "--database-user", "ann", "ledger", "balances");

        assertThat(code).isEqualTo(ExitCode.USAGE.number);
        assertThat(said.toString()).contains("--database-user and --database-password-file belong to --database");
    }
}
