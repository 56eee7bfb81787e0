package com.peerllm.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The archive that needs no administrator: {@code PeerLLM/versions/VERSION} is the app image, {@code PeerLLM/current} the one
 * that is used, so that an update is one rename.
 */
final class TarGz {
    private static final List<String> LAUNCHERS = List.of("PeerLLM", "peerllm", "PeerLLM-debug");

    private final Build build;

    TarGz(Build build) {
        this.build = build;
    }

    Path make() throws IOException {
        Path tree = Folders.fresh(build.stage().resolve("tar"));
        Path top = Files.createDirectories(tree.resolve("PeerLLM"));
        Path versions = Files.createDirectories(top.resolve("versions"));
        Tools.program(
                List.of(
                        "cp",
                        "-a",
                        build.image().toString(),
                        versions.resolve(build.version()).toString()),
                Map.of());
        Files.createSymbolicLink(top.resolve("current"), Path.of("versions", build.version()));
        Path bin = Files.createDirectories(top.resolve("bin"));
        for (String launcher : LAUNCHERS)
            Files.createSymbolicLink(bin.resolve(launcher), Path.of("..", "current", "bin", launcher));
        for (Path script : Folders.files(build.installer().resolve("linux/archive"), ".sh")) {
            Path copy = Files.copy(script, top.resolve(script.getFileName()));
            copy.toFile().setExecutable(true, false);
        }
        Files.createDirectories(build.out());
        Path archive =
                build.out().resolve("peerllm-%s-linux-%s.tar.gz".formatted(build.version(), Platform.architecture()));
        // Names sorted, one date, no owner and no time in gzip's header: the same bytes from the same files.
        Tools.program(
                List.of(
                        "tar",
                        "--create",
                        "--use-compress-program=gzip -n",
                        "--file=" + archive,
                        "--sort=name",
                        "--mtime=" + build.date(),
                        "--owner=0",
                        "--group=0",
                        "--numeric-owner",
                        "--mode=go-w",
                        "--directory=" + tree,
                        "PeerLLM"),
                Map.of());
        return archive;
    }
}
