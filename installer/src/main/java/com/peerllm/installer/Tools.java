package com.peerllm.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Runs the programs that do the work; one that fails ends the packaging with what it said. */
final class Tools {
    private Tools() {}

    /** One of the JDK's, in this process. */
    static void java(String name, List<String> arguments) {
        ToolProvider tool = ToolProvider.findFirst(name)
                .orElseThrow(() -> new PackagingException("This Java has no " + name + ". Use a full JDK."));
        int code = tool.run(System.out, System.err, arguments.toArray(String[]::new));
        if (code != 0)
            throw new PackagingException(name + " ended with " + code + "; the lines above say why. It was given: "
                    + String.join(" ", arguments));
    }

    static void program(List<String> command, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(environment);
            int code = builder.start().waitFor();
            if (code != 0) throw new PackagingException(command.getFirst() + " ended with " + code + ".");
        } catch (IOException e) {
            throw new PackagingException("The program " + command.getFirst() + " is not installed here.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PackagingException("Interrupted while " + command.getFirst() + " ran.", e);
        }
    }

    static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }
}
