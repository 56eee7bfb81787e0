package com.peerllm.installer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Makes PeerLLM's packages for the operating system it runs on, from what Maven put together; see docs/packaging.md. */
public final class PackagingMain {
    private static final double MB = 1e6;

    private PackagingMain() {}

    /** Arguments: repository, stage, folder for packages, version, date, types of packages. */
    public static void main(String[] arguments) {
        try {
            Platform platform = Platform.of(System.getProperty("os.name"));
            Build build = new Build(
                    Path.of(arguments[0]).toAbsolutePath(),
                    Path.of(arguments[1]).toAbsolutePath(),
                    Path.of(arguments[2]).toAbsolutePath(),
                    arguments[3],
                    Instant.parse(arguments[4]),
                    platform);
            make(build, PackageType.parse(arguments[5], platform));
        } catch (PackagingException | UncheckedIOException e) {
            System.err.println("package: " + e.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("package: a file could not be read or written: " + e);
            System.exit(1);
        }
    }

    private static void make(Build build, List<PackageType> types) throws IOException {
        timed("runtime", () -> RuntimeImage.make(build));
        timed("app image", () -> {
            AppInput.make(build);
            AppImage.make(build);
        });
        timed("AOT cache", () -> AotCache.make(build));
        ImageParts.of(build).print();
        Installers installers = new Installers(build);
        for (PackageType type : types) timed(type.word(), () -> tell(installers.make(type)));
    }

    private static void tell(Path made) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%s  %.1f MB%n",
                made,
                (Files.isDirectory(made) ? Folders.bytes(made) : Files.size(made)) / MB);
    }

    /** A step of the packaging. */
    private interface Step {
        void run() throws IOException;
    }

    private static void timed(String name, Step step) throws IOException {
        long begun = System.nanoTime();
        step.run();
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f s%n",
                name,
                Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1e3);
    }
}
