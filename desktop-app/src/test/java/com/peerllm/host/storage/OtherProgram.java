package com.peerllm.host.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A second process that has a host's database open. */
final class OtherProgram {
    private OtherProgram() {}

    static Process holding(Path database) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProgram.class.getName(),
                        database.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"open".equals(said.readLine())) throw new IllegalStateException("The other program did not start");
        return process;
    }

    public static void main(String[] arguments) throws IOException {
        try (HostDatabase database = HostDatabase.open(Path.of(arguments[0]))) {
            System.out.println("open");
            while (System.in.read() >= 0) database.models().all();
        }
    }
}
