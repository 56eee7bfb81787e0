package com.peerllm.host.chats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatKillTest {
    @TempDir
    Path folder;

    /** What a program said, and when by its own clock. */
    private record Word(long nanos, int number) {}

    @Test
    void aKilledProgramLosesAtMostTheLastSecondOfAnAnswer() throws Exception {
        Path file = folder.resolve("host");
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Word> said = new ArrayList<>();
        try (BufferedReader out = writer.inputReader()) {
            while (said.isEmpty() || nanos(said) < TimeUnit.SECONDS.toNanos(2)) {
                String line = out.readLine();
                if (!line.matches("\\d+ \\d+")) continue;
                String[] parts = line.split(" ");
                said.add(new Word(Long.parseLong(parts[0]), Integer.parseInt(parts[1])));
            }
            writer.destroyForcibly().waitFor();
        }
        try (OpenBook open = new OpenBook(file, Instant.EPOCH)) {
            ChatEntry entry = open.book.entries().get().getFirst();
            Turn turn = open.book
                    .open(entry.id())
                    .orElseThrow()
                    .state()
                    .get()
                    .turns()
                    .getLast();
            assertThat(turn.state()).isEqualTo(Turn.State.INTERRUPTED);
            String[] words = turn.text().split(" ");
            int last = Integer.parseInt(words[words.length - 1]);
            assertThat(words).hasSize(last + 1);
            Word kept = said.get(Math.min(last, said.size() - 1));
            assertThat(said.getLast().nanos() - kept.nanos())
                    .as("of the answer lost, in nanoseconds")
                    .isLessThan(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private static long nanos(List<Word> said) {
        return said.getLast().nanos() - said.getFirst().nanos();
    }
}
