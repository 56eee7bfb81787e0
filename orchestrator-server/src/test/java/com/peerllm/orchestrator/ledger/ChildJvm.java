package com.peerllm.orchestrator.ledger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a second virtual machine that runs a test's program. */
public final class ChildJvm {
    private ChildJvm() {}

    public static List<String> command(Class<?> program, String... arguments) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
