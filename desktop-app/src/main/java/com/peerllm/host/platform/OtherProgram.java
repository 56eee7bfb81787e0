package com.peerllm.host.platform;

import java.util.List;
import java.util.Map;

/**
 * Starts programs as the person would: without what the launcher of an installed PeerLLM put into the environment for itself. A
 * launcher that finds it there takes itself for the same one, started twice, and ends.
 */
public final class OtherProgram {
    private static final String LAUNCHED = "_JPACKAGE_LAUNCHER";
    private static final String LIBRARIES = "LD_LIBRARY_PATH";

    private OtherProgram() {}

    /** @param words the program and its arguments, without a shell */
    public static ProcessBuilder of(List<String> words) {
        ProcessBuilder program = new ProcessBuilder(words);
        forgetLauncher(program.environment());
        return program;
    }

    /** The launcher puts its own folder behind the folders of libraries that were there. */
    static void forgetLauncher(Map<String, String> environment) {
        if (environment.remove(LAUNCHED) == null) return;
        String libraries = environment.getOrDefault(LIBRARIES, "");
        int own = libraries.lastIndexOf(':');
        if (own > 0) environment.put(LIBRARIES, libraries.substring(0, own));
        else environment.remove(LIBRARIES);
    }
}
