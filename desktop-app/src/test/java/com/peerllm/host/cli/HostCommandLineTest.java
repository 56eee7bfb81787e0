package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.shared.identity.PeerIdentity;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class HostCommandLineTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();

    @Test
    void tellsItsCommandsAndExitCodes() {
        Terminal.Said said = terminal.type("--help");

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains(
                        "start",
                        "check",
                        "benchmark",
                        "models",
                        "earnings",
                        "payout",
                        "receipts",
                        "reputation",
                        "status");
        for (ExitCode code : ExitCode.values()) assertThat(said.out()).contains(Integer.toString(code.number()));
    }

    @Test
    void everyExitCodeIsGivenOnce() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number)).doesNotHaveDuplicates();
    }

    @Test
    void anUnknownOptionIsUsage() {
        assertSays(terminal.type("start", "--colour", "red"), ExitCode.USAGE, "--help");
    }

    @Test
    void aWrongAddressIsToldBeforeAnythingIsMade() {
        Path data = folder.resolve("none");

        Terminal.Said said = terminal.type("start", "--data", data.toString(), "--orchestrator", "peers.example");

        assertSays(said, ExitCode.USAGE, "not an orchestrator's address");
        assertThat(data).doesNotExist();
    }

    @Test
    void numbersOutOfRangeAreUsage() {
        assertSays(start("--slots", "0"), ExitCode.USAGE, "--slots must be from 1 to 256; it is 0.");
        assertSays(start("--slots", "300"), ExitCode.USAGE, "--slots");
        assertSays(start("--context", "8"), ExitCode.USAGE, "--context must be at least 16");
        assertSays(start("--threads", "0"), ExitCode.USAGE, "--threads");
    }

    @Test
    void aPriceThatCannotBeIsToldBeforeAnythingIsMade() {
        Path data = folder.resolve("none");
        Terminal.Said said = terminal.type("start", "--data", data.toString(), "--price", "sprout=1,20");

        assertSays(said, ExitCode.USAGE, "'1,20' is not a price of sprout");
        assertThat(data).doesNotExist();
    }

    @Test
    void aPriceOfAModelThatIsNotServedIsUsage() {
        assertSays(start("--once", "--price", "another=1/2"), ExitCode.USAGE, "The price of another is given");
    }

    @Test
    void takesReceiptsAsTheEndpointGivesThem() throws Exception {
        Path file = Files.writeString(folder.resolve("receipts.json"), "{\"object\":\"list\",\"data\":[]}");

        Terminal.Said said = terminal.type("receipts", "verify", file.toString());

        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("0 of 0 receipts hold.");
    }

    @Test
    void plaintextToAnotherComputerIsRefused() {
        assertSays(start("--orchestrator", "ws://10.1.2.3:8080"), ExitCode.USAGE, "--allow-plaintext");
    }

    @Test
    void aDamagedModelIsToldBeforeAnythingStarts() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.gguf"), "GGUF and then nothing");

        assertSays(start("--model", broken.toString()), ExitCode.BAD_MODEL, "broken.gguf");
        assertSays(start("--model", "unheard-of"), ExitCode.BAD_MODEL, "no model named");
    }

    @Test
    void aModelThatDoesNotFitIsRefusedWithoutReadingItsWeights() throws Exception {
        Path huge = HugeModel.write(folder.resolve("huge.gguf"));

        assertSays(start("--model", huge.toString()), ExitCode.NOT_ENOUGH_MEMORY, "Not enough memory: needs 2199 GB");
    }

    @Test
    void anUnreachableOrchestratorEndsTheProgramWhenAConnectionIsRequired() throws Exception {
        Terminal.Said said = start("--once", "--orchestrator", "ws://127.0.0.1:" + closedPort());

        assertThat(said.code()).isEqualTo(ExitCode.ORCHESTRATOR.number());
        assertThat(said.out()).contains("Not connected: Nothing answers at ws://127.0.0.1:");
        assertThat(start("--require-connection", "1", "--orchestrator", "ws://127.0.0.1:" + closedPort())
                        .code())
                .isEqualTo(ExitCode.ORCHESTRATOR.number());
    }

    @Test
    void aSecondHostOnTheFolderIsRefused() {
        try (InstanceLock other = InstanceLock.take(new AppFolders(folder))) {
            assertThat(other).isNotNull();
            assertSays(start(), ExitCode.DATA_FOLDER_IN_USE, "--data");
            assertSays(type("models", "list"), ExitCode.DATA_FOLDER_IN_USE, "--data");
        }
    }

    @Test
    void aMissingEngineNamesTheWayToGetIt() {
        terminal.properties.remove("peerllm.natives");
        terminal.properties.setProperty("peerllm.home", folder.toString());

        assertSays(start(), ExitCode.ENGINE, "./peerllm");
        Terminal.Said check = type("check");
        assertThat(check.code()).isEqualTo(ExitCode.ENGINE.number());
        assertThat(check.out()).contains("This computer:").contains("sprout-1.4m-q8_0: Runs with");
    }

    @Test
    void aDamagedIdentityIsNotReplaced() throws Exception {
        Files.writeString(folder.resolve("identity.key"), "damaged");

        assertSays(start(), ExitCode.DATA_FOLDER_BROKEN, "identity.key");
    }

    @Test
    void checkTellsTheMachineAndWhichModelsFit() {
        JsonNode checked = json(type("check", "--json"));

        assertThat(checked.at("/sentence").asString()).contains("GB memory");
        assertThat(checked.at("/machine/totalMemoryBytes/source").asString()).isNotBlank();
        assertThat(checked.at("/models/0/name").asString()).isEqualTo("sprout-1.4m-q8_0");
        assertThat(checked.at("/models/0/fit").asString()).isEqualTo("runs");
    }

    @Test
    void modelsComeInAndGoOut() throws Exception {
        Path file = folder.resolve("my.gguf");
        try (var content = getClass().getResourceAsStream("/models/sprout-1.4m-q8_0.gguf")) {
            Files.write(file, content.readAllBytes());
        }

        assertThat(json(type("models", "import", "--json", file.toString()))
                        .at("/name")
                        .asString())
                .isEqualTo("my");
        assertThat(type("models", "list").out()).contains("my  1.5 MB").contains(file.toString());
        assertThat(type("models", "delete", "my").out()).contains("its file stays");
        assertThat(file).exists();
        assertSays(type("models", "delete", "my"), ExitCode.BAD_MODEL, "no model named");
    }

    @Test
    void nothingEarnedIsZeroAndNothingToVerifyHolds() {
        assertThat(type("earnings").out()).startsWith("Earned in all: $0.000000000 for 0 answers");
        assertThat(json(type("earnings", "--json")).at("/total/answers").asInt())
                .isZero();
        assertThat(type("receipts", "verify").out()).contains("0 of 0 receipts hold.");
    }

    @Test
    void aForgedReceiptDoesNotVerify() throws Exception {
        String key = PeerIdentity.generate().publicKey().toString();
        String host = PeerIdentity.generate().hostId().value();
        Path file = Files.writeString(
                folder.resolve("receipt.json"), """
                {"orchestrator":"net","job":"job_0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f","segment":0,"settledAtMillis":1,
                 "host":"%s","hostKey":"%s","model":"m","modelDigest":"%s","promptTokens":1,"completionTokens":1,
                 "price":{"promptPerMillion":1,"completionPerMillion":1},"charged":0,"hostShare":0,"networkShare":0,
                 "creatorShare":0,"deliveryHash":"%s","orchestratorKey":"%s","orchestratorSignature":"c2ln"}""".formatted(host, key, "ab".repeat(32), "cd".repeat(32), key));

        Terminal.Said said = type("receipts", "verify", file.toString());

        assertThat(said.code()).isEqualTo(ExitCode.RECEIPT_INVALID.number());
        assertThat(said.out()).contains("does not hold").contains("0 of 1 receipts hold.");
    }

    @Test
    void statusTellsThatNoHostRuns() {
        Terminal.Said said = type("status");

        assertThat(said.code()).isEqualTo(ExitCode.NOT_RUNNING.number());
        assertThat(folder.resolve("host.lock")).doesNotExist();
    }

    private Terminal.Said start(String... more) {
        return type(concat(new String[] {"start"}, more));
    }

    private Terminal.Said type(String... arguments) {
        return terminal.type(concat(arguments, "--data", folder.toString()));
    }

    private static String[] concat(String[] first, String... then) {
        String[] all = Arrays.copyOf(first, first.length + then.length);
        System.arraycopy(then, 0, all, first.length, then.length);
        return all;
    }

    private static JsonNode json(Terminal.Said said) {
        assertThat(said.code()).as(said.err()).isZero();
        return JSON.readTree(said.out());
    }

    private static void assertSays(Terminal.Said said, ExitCode code, String part) {
        assertThat(said.err()).contains(part).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(said.code()).isEqualTo(code.number());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
