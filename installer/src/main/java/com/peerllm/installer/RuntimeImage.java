package com.peerllm.installer;

import java.io.IOException;
import java.util.Map;

/** The Java runtime of the packages: only the modules that are used, with JavaFX and its libraries inside. */
final class RuntimeImage {
    private RuntimeImage() {}

    static void make(Build build) throws IOException {
        Folders.remove(build.runtime());
        Tools.java(
                "jlink",
                build.arguments("jlink")
                        .words(Map.of(
                                "javafx", build.stage().resolve("javafx").toString(),
                                "modules",
                                        String.join(
                                                ",", build.arguments("modules").options()),
                                "runtime", build.runtime().toString())));
        // Left in the modules file they would be unpacked into ~/.openjfx at the first start.
        Folders.unpackLibraries(
                Folders.files(build.stage().resolve("javafx"), ".jar"),
                build.platform().natives(build.runtime()));
    }
}
