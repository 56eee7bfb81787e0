package com.peerllm.host.cli;

import java.io.Console;
import java.util.Optional;

/** Asks the person at the terminal. */
@FunctionalInterface
interface Questions {

    /** What the person typed, trimmed; empty when there is nobody to ask. */
    Optional<String> ask(String question);

    /** Of the terminal that this program was started in; input that comes from a file or a pipe is nobody. */
    static Questions ofThisTerminal() {
        return question -> {
            Console console = System.console();
            if (console == null || !console.isTerminal()) return Optional.empty();
            return Optional.ofNullable(console.readLine("%s", question)).map(String::trim);
        };
    }
}
