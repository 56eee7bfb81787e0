package com.peerllm.endtoend.network;

import com.peerllm.endtoend.process.Child;
import com.peerllm.endtoend.process.CommandResult;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.endtoend.process.Program;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.InvalidKey;
import com.peerllm.shared.identity.PeerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One host of the network, in a process of its own, with a data folder of its own. */
public final class LocalHost {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(45);

    private final String name;
    private final Installation installation;
    private final NetworkFolder folder;
    private final String orchestratorUrl;
    private final HostOptions options;
    private Child child;

    /** Starts it and returns at once; it has joined when the orchestrator shows it. */
    LocalHost(
            String name, Installation installation, NetworkFolder folder, String orchestratorUrl, HostOptions options) {
        this.name = name;
        this.installation = installation;
        this.folder = folder;
        this.orchestratorUrl = orchestratorUrl;
        this.options = options;
        this.child = start();
    }

    /** Starts it again after its end, on the same data folder. Returns at once. */
    public void restart() {
        child = start();
    }

    private Child start() {
        List<String> arguments =
                new ArrayList<>(List.of("start", "--orchestrator", orchestratorUrl, "--data", data().toString()));
        arguments.addAll(options.arguments());
        return Child.start(
                name,
                installation.server(Program.HOST, List.of("-Xmx256m"), arguments),
                folder.root(),
                folder.environment(),
                folder.log(name));
    }

    public String name() {
        return name;
    }

    public Path data() {
        return folder.hostData(name);
    }

    public Child process() {
        return child;
    }

    /** Who it is; empty until its first start has made its key. */
    public Optional<HostId> id() {
        try {
            String secret = Files.readString(data().resolve("identity.key")).strip();
            return Optional.of(HostId.of(PeerIdentity.parse(secret).publicKey()));
        } catch (IOException | InvalidKey e) {
            return Optional.empty();
        }
    }

    public AccountId account() {
        return AccountId.ofHost(id().orElseThrow());
    }

    /** The process that runs the model. */
    public Optional<ProcessHandle> engineWorker() {
        return child.handle()
                .children()
                .filter(each -> each.info().commandLine().orElse("").contains("WorkerMain"))
                .findFirst();
    }

    /** Runs {@code peerllm host WORDS} on this host's data folder. */
    public CommandResult run(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--data", data().toString()));
        return CommandResult.of(
                installation.command(Program.HOST, arguments), folder.root(), folder.environment(), LONGEST_COMMAND);
    }

    void stop() {
        child.stop(LONGEST_STOP);
    }
}
