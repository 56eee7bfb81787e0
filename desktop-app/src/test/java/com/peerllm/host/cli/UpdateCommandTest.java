package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.published.PublishingServer;
import com.peerllm.host.published.SignedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A maintainer signs a version, and a program of somebody hears of it. */
@Timeout(60)
class UpdateCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Terminal terminal = new Terminal();
    private final PublishingServer server = new PublishingServer();

    @TempDir
    Path folder;

    private Path packages;
    private String publicKey;

    @BeforeEach
    void aMaintainerWithPackages() throws IOException {
        packages = Files.createDirectory(folder.resolve("packages"));
        Files.writeString(packages.resolve("peerllm_1.1.0_amd64.deb"), "a package");
        Files.writeString(packages.resolve("peerllm-1.1.0-1.x86_64.rpm"), "another");
        Files.writeString(packages.resolve("peerllm-1.1.0-linux-arm64.tar.gz"), "a third");
        Files.writeString(packages.resolve("sums.txt"), "no package");
        String said = terminal.type("release", "new-key", key()).out();
        publicKey = said.substring(said.indexOf("updates.key=") + "updates.key=".length())
                .strip();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String key() {
        return folder.resolve("secret.key").toString();
    }

    private Terminal.Said sign(String... more) {
        return terminal.type(concat(new String[] {"release", "sign", packages.toString(), "--key", key()}, more));
    }

    @Test
    void whatIsSignedHoldsAndWhatIsChangedAfterwardsDoesNot() throws IOException {
        assertThat(sign("--version-of", "1.1.0").out())
                .contains("Signed version 1.1.0")
                .contains("linux x64")
                .contains("linux arm64")
                .contains("peerllm-1.1.0-1.x86_64.rpm")
                .doesNotContain("sums.txt");
        assertThat(verify().code()).isZero();

        Files.writeString(packages.resolve("peerllm_1.1.0_amd64.deb"), "b package");
        assertThat(verify().code()).isEqualTo(ExitCode.UPDATE.number());
        assertThat(verify().err()).contains("peerllm_1.1.0_amd64.deb is not the file that was signed");
        Path manifest = packages.resolve("release.json");
        Files.writeString(manifest, Files.readString(manifest).replace("1.1.0", "1.1.1"));
        assertThat(verify().err()).contains("its signature is not that of the PeerLLM maintainers");
    }

    @Test
    void packagesOfAnotherVersionOrWithoutAProcessorAreNotSigned() throws IOException {
        assertThat(sign("--version-of", "1.2.0").err()).contains("does not tell version 1.2.0");
        Files.writeString(packages.resolve("PeerLLM-1.1.0.msi"), "a fourth");
        assertThat(sign("--version-of", "1.1.0").err()).contains("name it with --arch");
        assertThat(sign("--version-of", "1.1.0", "--arch", "x64").out()).contains("windows x64");
        assertThat(sign("--version-of", "eleven").code()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void aProgramOfSomebodyHearsOfIt() throws IOException {
        assertThat(update("status").code()).isEqualTo(ExitCode.UPDATE.number());
        assertThat(update("check").out()).contains("This build has no address for updates.");

        terminal.properties.setProperty(
                "peerllm.updates", server.address("release.json").toString());
        terminal.properties.setProperty("peerllm.updates.key", publicKey);
        assertThat(update("check").code()).isEqualTo(ExitCode.PUBLISHER.number());
        assertThat(update("status").out()).contains("Nobody has looked");

        sign("--version-of", "1.1.0", "--notes", "Answers faster.", "--notes-page", "https://peers.example/1.1.0");
        server.publish("release.json", SignedFile.read(packages.resolve("release.json")));
        Terminal.Said found = update("check");
        assertThat(found.code()).as(found.err()).isZero();
        assertThat(found.out())
                .contains("Version 1.1.0 is available. Answers faster. More: https://peers.example/1.1.0")
                .contains("was not installed from a package");
        JsonNode known = JSON.readTree(update("status", "--json").out());
        assertThat(known.at("/state").asString()).isEqualTo("available");
        assertThat(known.at("/release/version").asString()).isEqualTo("1.1.0");
        assertThat(update("download").out()).contains("Version 1.1.0 is available");

        terminal.type("release", "new-key", folder.resolve("other.key").toString());
        server.publish(
                "release.json",
                SignedFile.signed(
                        Files.readAllBytes(packages.resolve("release.json")),
                        SigningKey.read(folder.resolve("other.key"))));
        assertThat(update("check").code()).isEqualTo(ExitCode.UPDATE.number());
        assertThat(update("check").out()).contains("its signature is not that of the PeerLLM maintainers");
    }

    @Test
    void anAddressThatIsNotEncryptedOrHasNoKeyIsRefused() {
        terminal.properties.setProperty("peerllm.updates", "http://mirror.example/release.json");
        assertThat(update("check").err()).contains("http only for this computer");
        terminal.properties.setProperty("peerllm.updates", "https://mirror.example/release.json");
        assertThat(update("check").err()).contains("There is an address for updates and no key");
    }

    private Terminal.Said verify() {
        return terminal.type("release", "verify", packages.toString(), "--public-key", publicKey);
    }

    private Terminal.Said update(String command, String... more) {
        return terminal.type(concat(
                new String[] {
                    "update", command, "--data", folder.resolve("data").toString()
                },
                more));
    }

    private static String[] concat(String[] first, String... more) {
        String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }
}
