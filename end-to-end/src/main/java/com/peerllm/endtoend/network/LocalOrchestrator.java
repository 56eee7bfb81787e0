package com.peerllm.endtoend.network;

import com.peerllm.endtoend.client.HttpAnswer;
import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.process.Child;
import com.peerllm.endtoend.process.CommandResult;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.endtoend.process.Program;
import com.peerllm.endtoend.process.ProgramException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The network's orchestrator, in a process of its own. */
public final class LocalOrchestrator {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern LISTENING = Pattern.compile("Listening on (http://\\S+:(\\d+))");
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_AUDIT = Duration.ofSeconds(45);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Installation installation;
    private final NetworkFolder folder;
    private final List<String> extraArguments;
    private Child child;
    private String url;
    private int port;

    /** Starts it on a free port and returns when it listens. */
    LocalOrchestrator(Installation installation, NetworkFolder folder, List<String> extraArguments) {
        this.installation = installation;
        this.folder = folder;
        this.extraArguments = List.copyOf(extraArguments);
        start();
    }

    /** Starts it again after its end, on the same data folder and port. Returns when it listens. */
    public void restart() {
        start();
    }

    private void start() {
        List<String> arguments = new ArrayList<>(List.of(
                "--data", folder.orchestratorData().toString(), "--port", Integer.toString(port), "--grace", "2"));
        arguments.addAll(extraArguments);
        child = Child.start(
                "orchestrator",
                installation.server(Program.ORCHESTRATOR, List.of("-Xmx256m"), arguments),
                folder.root(),
                folder.environment(),
                folder.log("orchestrator"));
        try {
            var listening = child.awaitLine(LISTENING, LONGEST_START);
            url = listening.group(1);
            port = Integer.parseInt(listening.group(2));
        } catch (ProgramException e) {
            child.stop(LONGEST_STOP);
            throw e;
        }
    }

    /** Where consumers ask. */
    public String url() {
        return url;
    }

    /** Where hosts connect. */
    public String hostUrl() {
        return "ws" + url.substring("http".length());
    }

    public int port() {
        return port;
    }

    public Path data() {
        return folder.orchestratorData();
    }

    public Child process() {
        return child;
    }

    public Administrator administrator() {
        return new Administrator(installation, folder.orchestratorData(), folder.root(), folder.environment());
    }

    /**
     * Replays the published log as a stranger would, over HTTP and without any key. The stranger has a memory: each audit also
     * proves that the log still begins as the one before saw it.
     */
    public PublicAudit auditFromOutside() {
        Path memory = folder.root().resolve("auditor.state");
        List<String> arguments = List.of("audit", url, "--json", "--state", memory.toString());
        CommandResult result = CommandResult.of(
                installation.command(Program.ORCHESTRATOR, arguments),
                folder.root(),
                folder.environment(),
                LONGEST_AUDIT);
        String report = result.output().isBlank() ? result.outputOrThrow() : result.output();
        return JSON.readValue(report, PublicAudit.class);
    }

    /** Every host that is connected now. */
    public List<ConnectedHost> hosts() {
        try (OpenAiClient anyone = new OpenAiClient(url, "none")) {
            HttpAnswer answer = anyone.get("/hosts");
            List<ConnectedHost> hosts = new ArrayList<>();
            for (JsonNode each : answer.json().path("data")) hosts.add(JSON.treeToValue(each, ConnectedHost.class));
            return hosts;
        }
    }

    void stop() {
        child.stop(LONGEST_STOP);
    }
}
