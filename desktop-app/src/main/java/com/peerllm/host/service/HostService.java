package com.peerllm.host.service;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How one operating system is told to keep a host running: a file, and commands that a person could type too. */
public interface HostService {
    /** Where the file goes. */
    Path file();

    String content();

    default Charset charset() {
        return StandardCharsets.UTF_8;
    }

    /** After the file was written. */
    List<List<String>> startCommands();

    /** Before the file is removed. */
    List<List<String>> stopCommands();

    default List<List<String>> afterRemoval() {
        return List.of();
    }

    /** Ends with 0 when it runs. */
    List<String> statusCommand();

    /** What else a person may want to know. */
    default Optional<String> hint() {
        return Optional.empty();
    }
}
