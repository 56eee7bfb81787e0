package com.peerllm.endtoend.network;

import com.peerllm.endtoend.process.ProgramException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The one folder under which a local network writes: data, logs and temporary files.
 *
 * @param environment variables that its programs get on top of this process's own. They reach the programs that those start
 *     themselves too, which options on a command line do not
 */
public record NetworkFolder(Path root, Map<String, String> environment) {
    private static final String JVM_OPTIONS = "JAVA_TOOL_OPTIONS";

    public NetworkFolder {
        environment = Map.copyOf(environment);
        try {
            Files.createDirectories(root.resolve("logs"));
            Files.createDirectories(temporary(root));
        } catch (IOException e) {
            throw new ProgramException("The folder " + root + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** For a network that is measured: its programs run as they would for months. */
    public static NetworkFolder forLongRun(Path root) {
        return new NetworkFolder(root, Map.of(JVM_OPTIONS, stayingInside(root)));
    }

    /**
     * For a network that lives for a minute: code is compiled once and lightly, because the time to compile it better would not
     * come back. Saves a third of the processor time of a demo.
     */
    public static NetworkFolder forBriefRun(Path root) {
        return new NetworkFolder(root, Map.of(JVM_OPTIONS, stayingInside(root) + " -XX:TieredStopAtLevel=1"));
    }

    public NetworkFolder with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new NetworkFolder(root, more);
    }

    Path orchestratorData() {
        return root.resolve("orchestrator");
    }

    Path hostData(String name) {
        return root.resolve(name);
    }

    Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    private static Path temporary(Path root) {
        return root.resolve("temporary");
    }

    private static String stayingInside(Path root) {
        return "-XX:-UsePerfData '-Djava.io.tmpdir=" + temporary(root) + "'";
    }
}
