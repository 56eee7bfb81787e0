package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.orchestrator.payouts.PayoutRules;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Payouts as an administrator makes them at the command line, first with a running orchestrator and then without one. */
@Timeout(60)
class PayoutCommandTest {
    @TempDir
    private Path data;

    @TempDir
    private Path files;

    @Test
    void aBatchIsProposedApprovedExportedAndRecorded() throws IOException {
        PeerIdentity identity = PeerIdentity.generate();
        Path payee = Files.writeString(files.resolve("payee"), "DE02120300000000202051\n");
        Path results = files.resolve("results.csv");
        Path batch = files.resolve("batch.csv");
        PayoutRules rules = new PayoutRules(Credits.ofDollars(5), Duration.ZERO, Duration.ZERO);
        try (TestNetwork network = new TestNetwork(data, rules)) {
            earn(network, identity);
            // The answer ends before it is paid.
            await().untilAsserted(() -> assertThat(run("payout propose").out())
                    .contains("Nobody can be paid now.", "held_back", "It is not known how to pay it"));
            CommandLineRun set = run("payout payee host:" + identity.hostId() + " --method iban --to-file " + payee);
            assertThat(set.error()).isEmpty();
            assertThat(run("payout propose").out()).contains("Batch 1 is proposed");
            assertThat(run("payout approve 1").out()).contains("approved by the command line", "sent");
        }
        assertThat(run("payout export 1 --to " + batch).out()).contains("Batch 1 is exported");
        assertThat(batch).content().contains("payout-1-1,host:" + identity.hostId() + ",iban,DE02120300000000202051,");
        assertThat(run("payout export 1 --to " + batch).error()).contains("is there already");
        Files.writeString(results, "payout_id,result,reference\npayout-1-1,paid,TX 17\n");
        assertThat(run("payout record " + results).out()).contains("Batch 1 is settled", "paid", "TX 17");
        assertThat(run("payout record " + results).code()).as("the same again").isZero();
        assertThat(run("payout list").out()).startsWith("Batch 1 is settled");
        assertThat(run("payout show 1 --json").out()).contains("\"state\":\"paid\"");
        assertThat(run("payout cancel 1").error()).contains("Batch 1 is settled and cannot be cancelled");
        assertThat(run("ledger audit").out()).contains("\"clean\":true").contains("\"payouts\":1");
        assertThat(run("payout payee host:" + identity.hostId() + " --erase").out())
                .startsWith("Erased how");
    }

    @Test
    void whatMakesNoSenseIsWrongUsage() throws IOException {
        Path wrong = Files.writeString(files.resolve("wrong.csv"), "payout_id,result,reference\nx,paid,y\n");
        Path formula = Files.writeString(files.resolve("payee"), "=SUM(A1)");
        for (String command : new String[] {
            "payout record " + wrong,
            "payout record " + files.resolve("none"),
            "payout payee creator:acme",
            "payout payee creator:acme --method iban",
            "payout payee creator:acme --method iban --to-file " + formula,
            "payout payee acme --erase",
            "--payout-threshold 0 payout list",
            "--payout-maturity-days -1 payout list"
        }) {
            CommandLineRun result = run(command);
            assertThat(result.code()).as(command + ": " + result.error()).isEqualTo(ExitCode.USAGE.number);
            assertThat(result.error()).startsWith("Error: ").doesNotContain("Exception", "SUM");
        }
    }

    private static void earn(TestNetwork network, PeerIdentity identity) {
        Credits price = Credits.ofDollars(1_000_000);
        network.admin(new AdminCommand.PublishModel(
                new ModelId(ScriptedHost.MODEL_ID),
                ScriptedHost.MODEL,
                10,
                Optional.empty(),
                new TokenPrice(price, price),
                Optional.empty()));
        String key = network.consumer("anna", "1000000");
        ScriptedHost.join(
                network.client,
                network.url(),
                identity,
                ScriptedHost.model(768, 4),
                (self, offer) -> self.answer(offer, "a", "b", "c"));
        assertThat(network.chat(key, TestNetwork.question("")).status()).isEqualTo(200);
    }

    private CommandLineRun run(String words) {
        return CommandLineRun.of((words + " --data " + data).split(" "));
    }
}
