package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.answering.NetworkKey;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.localapi.LocalApiKey;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.LocalApiSettings;
import com.peerllm.host.settings.LocalApiSettings.Mode;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.host.settings.SettingsWish;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code peerllm host api}: the OpenAI-compatible endpoint on this computer, on or off, also in a host that runs; its key.
 */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = "Tell about the OpenAI-compatible endpoint on this computer; switch it on or off, show its key.")
final class ApiCommand implements Callable<Integer> {
    private static final Duration OPENING = Duration.ofSeconds(3);
    private static final int PATIENCE_MILLIS = 1_000;
    private static final int MOST_HEARD_BYTES = 4096;

    /** Who has the port. */
    private enum At {
        NOBODY,
        OURS,
        ANOTHER
    }

    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    ApiCommand(Surroundings around) {
        this.around = around;
    }

    /**
     * For programs.
     *
     * @param listening whether the endpoint takes connections now
     * @param networkKey whether there is a key to ask the network with
     */
    record Answer(boolean on, boolean listening, String address, boolean homeNetwork, Mode mode, boolean networkKey) {}

    /** What stands behind {@code on}. */
    static final class Wishes {
        @Option(names = "--port", paramLabel = "PORT", description = "1 to 65535; without it, as it was.")
        Integer port;

        @ArgGroup
        Reach reach;

        @Option(
                names = "--mode",
                paramLabel = "MODE",
                description = "Where requests go that name no place: ${COMPLETION-CANDIDATES}.")
        Mode mode;
    }

    /** One of the two. */
    static final class Reach {
        @Option(names = "--home-network", description = "Other computers may reach it too, with the key.")
        boolean homeNetwork;

        @Option(names = "--this-computer", description = "Only programs of this computer may reach it.")
        boolean thisComputer;
    }

    @Override
    public Integer call() {
        return tell(common);
    }

    @Command(mixinStandardHelpOptions = true, description = "The same as without a command: tell how it stands.")
    int status(@Mixin CommonOptions where) {
        return tell(where);
    }

    @Command(mixinStandardHelpOptions = true, description = "Switch the endpoint on, also in a host that runs.")
    int on(@Mixin CommonOptions where, @ArgGroup(exclusive = false) Wishes given) {
        Wishes wishes = Optional.ofNullable(given).orElseGet(Wishes::new);
        if (wishes.port != null && (wishes.port < 1 || wishes.port > 65_535))
            throw new HostException(Problem.USAGE, "--port must be from 1 to 65535; it is " + wishes.port + ".");
        change(
                where,
                now -> new LocalApiSettings(
                        true,
                        Optional.ofNullable(wishes.port).orElse(now.port()),
                        wishes.reach == null ? now.homeNetwork() : wishes.reach.homeNetwork,
                        Optional.ofNullable(wishes.mode).orElse(now.mode())));
        return tell(where);
    }

    @Command(mixinStandardHelpOptions = true, description = "Switch the endpoint off, also in a host that runs.")
    int off(@Mixin CommonOptions where) {
        change(where, now -> new LocalApiSettings(false, now.port(), now.homeNetwork(), now.mode()));
        return tell(where);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Print the key that programs show to the endpoint; made when there is none.")
    int key(
            @Mixin CommonOptions where,
            @Option(
                            names = "--renew",
                            description =
                                    "Make another one; the old one counts no more, at once, also in a running host.")
                    boolean renew) {
        LocalApiKey key = new LocalApiKey(where.folders(around).localApiKey(), around.random());
        String now = renew ? key.renew() : key.current();
        PrintWriter out = spec.commandLine().getOut();
        if (where.json) Json.print(out, Map.of("key", now));
        else out.println(now);
        return ExitCode.OK.number();
    }

    private void change(CommonOptions where, UnaryOperator<LocalApiSettings> how) {
        AppFolders folders = where.folders(around);
        SettingsChange change = new SettingsChange(folders, around.clock(), SettingsChange.PATIENCE);
        change.make(now -> SettingsWish.of(how.apply(now.localApi())));
        // What is told then must be so.
        if (InstanceLock.isTaken(folders)) change.await(OPENING, () -> isOpenAsWished(folders));
    }

    /** A running host opens and shuts its port a moment after the settings say so. */
    private boolean isOpenAsWished(AppFolders folders) {
        LocalApiSettings api = settings(folders).localApi();
        return api.on() ? at(api.port()) != At.NOBODY : at(api.port()) != At.OURS;
    }

    private HostSettings settings(AppFolders folders) {
        return new SettingsStore(folders.settings(), around.clock()).current().get();
    }

    private int tell(CommonOptions where) {
        AppFolders folders = where.folders(around);
        LocalApiSettings api = settings(folders).localApi();
        At at = at(api.port());
        Answer answer = new Answer(
                api.on(),
                at == At.OURS,
                "http://127.0.0.1:" + api.port() + "/v1",
                api.homeNetwork(),
                api.mode(),
                new NetworkKey(folders.networkKey()).isSet());
        PrintWriter out = spec.commandLine().getOut();
        if (where.json) Json.print(out, answer);
        else out.println(words(answer, at));
        return ExitCode.OK.number();
    }

    private static String words(Answer answer, At at) {
        if (!answer.on()) return "The endpoint is off. `peerllm host api on` switches it on.";
        return "The endpoint is on: " + answer.address()
                + (answer.homeNetwork() ? ", also for other computers of the home network" : "")
                + switch (at) {
                    case OURS -> ".";
                    case NOBODY -> "; nothing listens there now, a host that starts does.";
                    case ANOTHER -> "; but another program has this port. Choose another one with --port.";
                }
                + " Requests that name no place go to "
                + switch (answer.mode()) {
                    case LOCAL -> "this computer.";
                    case NETWORK -> "the network.";
                    case AUTOMATIC -> "this computer while it has the model and a free slot, else to the network.";
                }
                + (answer.mode() == Mode.LOCAL || answer.networkKey()
                        ? ""
                        : " There is no API key of the network yet: `peerllm host key set`.");
    }

    /** Who takes connections at the port. The key is not shown to whoever that is. */
    private static At at(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String heard = new String(socket.getInputStream().readNBytes(MOST_HEARD_BYTES), StandardCharsets.US_ASCII);
            return heard.startsWith("HTTP/1.1 200") && heard.endsWith("{\"status\":\"ok\"}") ? At.OURS : At.ANOTHER;
        } catch (SocketTimeoutException silent) {
            return At.ANOTHER;
        } catch (IOException nobody) {
            return At.NOBODY;
        }
    }
}
