package com.peerllm.endtoend.process;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the built programs lie, and the command lines that run them.
 *
 * @param home root of the repository
 * @param javaHome the Java runtime to run them with
 */
public record Installation(Path home, Path javaHome) {

    /**
     * The one that this program belongs to.
     *
     * @throws ProgramException when nothing is built there
     */
    public static Installation current() {
        String home = System.getProperty("peerllm.home");
        if (home == null) {
            throw new ProgramException(
                    "The system property peerllm.home does not name the repository; start through ./peerllm.");
        }
        Installation installation =
                new Installation(Path.of(home).toAbsolutePath(), Path.of(System.getProperty("java.home")));
        for (Program program : Program.values()) installation.jar(program);
        return installation;
    }

    /** A program that runs until it is told to stop, and stops by itself when this process is gone. */
    public List<String> server(Program program, List<String> jvmOptions, List<String> arguments) {
        List<String> command = java(jvmOptions);
        command.add("-cp");
        command.add(classPath(program) + File.pathSeparator + locationOf(Leash.class));
        command.add(Leash.class.getName());
        command.add(program.mainClass);
        command.addAll(arguments);
        return command;
    }

    /** Another program of the caller's own class path, which stops by itself when this process is gone. */
    public List<String> sibling(String mainClass, List<String> jvmOptions, List<String> arguments) {
        List<String> command = java(jvmOptions);
        command.add("-cp");
        command.add(ownClassPath());
        command.add(Leash.class.getName());
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** Absolute, because the program runs in a folder of its own. */
    private static String ownClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A command that ends by itself: compiled lightly, because it is over before more would pay. */
    public List<String> command(Program program, List<String> arguments) {
        List<String> command = java(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
        command.add("-cp");
        command.add(classPath(program));
        command.add(program.mainClass);
        command.addAll(arguments);
        return command;
    }

    private List<String> java(List<String> jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-XX:+UseSerialGC");
        command.add("-Xshare:auto");
        command.add("-Dpeerllm.home=" + home);
        command.addAll(jvmOptions);
        return command;
    }

    private String classPath(Program program) {
        Path jar = jar(program);
        return jar + File.pathSeparator + jar.resolveSibling("lib") + File.separator + "*";
    }

    private Path jar(Program program) {
        Path jar = home.resolve(program.module).resolve("target").resolve(program.module + ".jar");
        if (!Files.exists(jar)) {
            throw new ProgramException(
                    "The program " + jar + " is not built. Run it through ./peerllm, or build it with: mvn package");
        }
        return jar;
    }

    /** The jar or folder that this module's classes were loaded from. */
    static Path locationOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Classes without a place to be found", e);
        }
    }
}
