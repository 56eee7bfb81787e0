package com.peerllm.endtoend.network;

import com.peerllm.endtoend.process.ProgramException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The one folder under which a local network writes: data, logs and temporary files.
 *
 * @param environment variables that its programs get on top of this process's own
 */
public record NetworkFolder(Path root, Map<String, String> environment) {
    public NetworkFolder {
        environment = Map.copyOf(environment);
        try {
            Files.createDirectories(root.resolve("logs"));
            Files.createDirectories(root.resolve("temporary"));
        } catch (IOException e) {
            throw new ProgramException("The folder " + root + " cannot be made: " + e.getMessage(), e);
        }
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

    /** The given ones, and those that keep what the runtime itself writes inside this folder. */
    List<String> jvmOptions(String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("-XX:-UsePerfData");
        options.add("-Djava.io.tmpdir=" + root.resolve("temporary"));
        return options;
    }
}
