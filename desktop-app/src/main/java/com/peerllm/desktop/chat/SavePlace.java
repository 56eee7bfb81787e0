package com.peerllm.desktop.chat;

import java.nio.file.Path;
import java.util.Optional;

/** Asks the person where a file goes. */
@FunctionalInterface
public interface SavePlace {

    /**
     * On the thread of the screens, which waits for the person.
     *
     * @param name what the file would be called
     * @return empty when the person wants no file after all
     */
    Optional<Path> choose(String name);
}
