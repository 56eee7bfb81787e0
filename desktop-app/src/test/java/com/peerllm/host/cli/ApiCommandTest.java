package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.answering.Network;
import com.peerllm.host.answering.NetworkKey;
import com.peerllm.host.answering.StagedModels;
import com.peerllm.host.availability.AvailabilityService;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.localapi.LocalApi;
import com.peerllm.host.localapi.LocalApiKey;
import com.peerllm.host.localapi.LocalApiState;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.platform.sensors.Sensors;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.SettingsStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ApiCommandTest {
    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();

    @Test
    void theEndpointIsOffUntilItIsSwitchedOnAndKeepsWhatIsNotNamed() {
        assertThat(type("api").out()).startsWith("The endpoint is off.");
        assertThat(json("api", "on", "--port", "12345", "--home-network", "--mode", "automatic"))
                .hasToString(
                        "{\"on\":true,\"listening\":false,\"address\":\"http://127.0.0.1:12345/v1\",\"homeNetwork\":true,"
                                + "\"mode\":\"AUTOMATIC\",\"networkKey\":false}");
        assertThat(type("api", "off").out()).startsWith("The endpoint is off.");

        Terminal.Said on = type("api", "on", "--this-computer");
        assertThat(on.out())
                .startsWith("The endpoint is on: http://127.0.0.1:12345/v1; nothing listens there now")
                .contains("`peerllm host key set`");
    }

    @Test
    void aPortThatCannotBeIsUsage() {
        Terminal.Said said = type("api", "on", "--port", "70000");

        assertThat(said.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(said.err()).isEqualTo("--port must be from 1 to 65535; it is 70000.\n");
        assertThat(type("api", "on", "--home-network", "--this-computer").code())
                .isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void aPortThatAnotherProgramHasIsSaid() throws Exception {
        try (java.net.ServerSocket other = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            assertThat(type("api", "on", "--port", port).out()).contains("but another program has this port.");
        }
    }

    @Test
    void theKeyStaysUntilItIsRenewed() throws Exception {
        String key = type("api", "key").out();

        assertThat(key).startsWith("local_");
        assertThat(type("api", "key").out()).isEqualTo(key);
        Files.writeString(folder.resolve("local-api.key"), "local_of_yesterday");
        assertThat(type("api", "key").out()).isEqualTo("local_of_yesterday\n");
        assertThat(type("api", "key", "--renew").out()).matches("local_[A-Za-z0-9_-]{43}\n");
        assertThat(Files.readString(folder.resolve("local-api.key"))).doesNotContain("yesterday");
    }

    @Test
    void aRunningHostOpensAndShutsItsEndpointAtOnce() {
        ThreadFactory threads = Thread.ofPlatform().daemon().factory();
        InstantSource clock = InstantSource.system();
        AppFolders folders = new AppFolders(folder);
        int port = freePort();
        try (InstanceLock _ = InstanceLock.take(folders);
                ThreadAlarms alarms = new ThreadAlarms(threads);
                Mailbox mailbox = new Mailbox(threads)) {
            SettingsStore settings = new SettingsStore(folders.settings(), clock);
            LocalApi api = endpoint(folders, settings, threads);
            api.start();
            AvailabilityService host = new AvailabilityService(
                    folders,
                    settings,
                    Sensors.NONE,
                    () -> false,
                    new AvailabilityService.Time(alarms, mailbox::post, clock, ZoneId::systemDefault));
            host.start();

            JsonNode on = json("api", "on", "--port", Integer.toString(port));
            assertThat(on.path("listening").asBoolean()).isTrue();
            assertThat(api.state().get()).isInstanceOf(LocalApiState.Listening.class);
            assertThat(type("api", "off").out()).startsWith("The endpoint is off.");
            assertThat(api.state().get()).isInstanceOf(LocalApiState.Off.class);
            assertThat(settings.current().get().localApi().port()).isEqualTo(port);
            host.stop();
            api.stop();
        }
    }

    private static LocalApi endpoint(AppFolders folders, SettingsStore settings, ThreadFactory threads) {
        SecureRandom random = new SecureRandom();
        return new LocalApi(
                new StagedModels(),
                new Network(
                        new OkHttpClient(),
                        () -> OrchestratorAddress.parse("ws://127.0.0.1:1", false),
                        new NetworkKey(folders.networkKey()),
                        InstantSource.system()),
                new LocalApiKey(folders.localApiKey(), random),
                settings.current(),
                threads,
                InstantSource.system(),
                random);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keysAreAnsweredBesideARunningHost() throws Exception {
        try (InstanceLock _ = InstanceLock.take(new AppFolders(folder))) {
            assertThat(type("api", "status").code()).isZero();
            assertThat(type("api", "key").code()).isZero();
            assertThat(setKey("pllm_0123456789").code()).isZero();
        }
    }

    @Test
    void theNetworksKeyIsNeverShownAgain() throws Exception {
        assertThat(json("key")).hasToString("{\"set\":false}");

        Terminal.Said set = setKey("pllm_0123456789\n");

        assertThat(set.out()).isEqualTo("There is an API key of the network on this computer.\n");
        assertThat(json("key")).hasToString("{\"set\":true}");
        assertThat(Files.readString(folder.resolve("network.key"))).isEqualTo("pllm_0123456789\n");
        assertThat(setKey("not a key").err()).startsWith("This is no API key").doesNotContain("not a key");
        assertThat(type("key", "clear").out()).startsWith("There is no API key");
        assertThat(type("key", "set", "--from", folder.resolve("none").toString())
                        .code())
                .isEqualTo(ExitCode.USAGE.number());
    }

    private Terminal.Said setKey(String key) throws IOException {
        Path file = Files.writeString(folder.resolve("given.txt"), key);
        return type("key", "set", "--from", file.toString());
    }

    private JsonNode json(String... arguments) {
        Terminal.Said said =
                type(Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new));
        assertThat(said.code()).as(said.err()).isZero();
        return JsonMapper.shared().readTree(said.out());
    }

    private Terminal.Said type(String... arguments) {
        return terminal.type(Stream.concat(Stream.of(arguments), Stream.of("--data", folder.toString()))
                .toArray(String[]::new));
    }
}
