package com.peerllm.host.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** The command line that starts a worker from the Java runtime and the classes that this program itself runs on. */
final class WorkerCommand {
    /** By name, so that the parent side never loads the classes that call native code. */
    static final String MAIN_CLASS = "com.peerllm.host.engine.worker.WorkerMain";

    private WorkerCommand() {}

    static List<String> of(Properties properties, long parentPid) {
        boolean windows =
                properties.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
        List<String> command = new ArrayList<>();
        command.add(Path.of(properties.getProperty("java.home"), "bin", windows ? "java.exe" : "java")
                .toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        // The model lives outside the Java heap; what is left is small and one collector thread is enough.
        command.addAll(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
        // A crash report or a core dump would hold parts of prompts.
        command.addAll(List.of("-XX:+SuppressFatalErrorMessage", "-XX:-CreateCoredumpOnCrash"));
        command.addAll(List.of("-cp", properties.getProperty("java.class.path")));
        command.add(MAIN_CLASS);
        command.add(Long.toString(parentPid));
        return command;
    }
}
