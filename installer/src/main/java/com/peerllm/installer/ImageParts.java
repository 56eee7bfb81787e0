package com.peerllm.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How large the installed program is, by part, in bytes. */
record ImageParts(Map<String, Long> bytes) {
    static ImageParts of(Build build) throws IOException {
        Path app = build.app();
        Map<String, Long> parts = new LinkedHashMap<>();
        parts.put("Java runtime with JavaFX", Folders.bytes(build.platform().runtime(build.image())));
        long jars = 0;
        for (Path jar : Folders.files(app, ".jar")) jars += Files.size(jar);
        parts.put("program and libraries (jars)", jars);
        parts.put("engine", Folders.bytes(app.resolve("installer")));
        parts.put("AOT cache", Files.size(app.resolve(AotCache.CACHE)));
        long all = Folders.bytes(build.image());
        parts.put(
                "launchers, licences, icons",
                all - parts.values().stream().mapToLong(Long::longValue).sum());
        parts.put("all", all);
        return new ImageParts(parts);
    }

    void print() {
        bytes.forEach((part, size) -> System.out.printf(Locale.ROOT, "  %-30s %7.1f MB%n", part, size / 1e6));
    }
}
