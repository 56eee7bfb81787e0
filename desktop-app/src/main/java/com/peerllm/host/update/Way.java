package com.peerllm.host.update;

import java.nio.file.Path;
import java.util.List;

/** How a version that is ready comes into use. */
public sealed interface Way {

    /** A link is renamed, and the next start has it. */
    record Switch() implements Way {}

    /**
     * The system's own means install the file. The program never asks for a password.
     *
     * @param words the command; it asks for rights itself where it needs them
     * @param byPerson whether only a person can run it, in a terminal
     */
    record Command(Path file, List<String> words, boolean byPerson) implements Way {
        public Command {
            words = List.copyOf(words);
        }

        /** As it is typed. */
        public String line() {
            return String.join(
                    " ",
                    words.stream()
                            .map(word -> word.contains(" ") ? "'" + word + "'" : word)
                            .toList());
        }
    }
}
