package com.peerllm.desktop.toolkit;

import java.nio.file.Path;
import java.util.List;

/** The room that takes in what a person drops on the window, or names when the program is started. */
public interface TakesFiles {

    /** Opens the room and says what becomes of the files. On the thread of the screens. */
    void take(List<Path> files);
}
