package com.peerllm.host.update;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this program came onto this computer, which decides how a newer version does.
 *
 * @param version of this program; nothing when it was never packaged
 */
public record Installation(Optional<Version> version, TargetSystem system, How how) {
    private static final Logger log = LoggerFactory.getLogger(Installation.class);
    /** Names the file that the package has of itself, with {@code kind=}. */
    public static final String PROPERTY = "peerllm.installed";

    private static final String VERSIONS = "versions";

    /** By which way. */
    public sealed interface How {
        /** @param root has {@code versions/} and {@code current} */
        record Unpacked(Path root) implements How {}

        /** The system knows it: a package, or its own installer. */
        record BySystem(PackageKind kind) implements How {}

        /** Built here, or put together by somebody: no package is known to fit. */
        record ByHand() implements How {}
    }

    /**
     * @param version as the build wrote it
     */
    public static Installation of(Properties properties, String version) {
        return new Installation(
                Version.find(version), TargetSystem.ofThisComputer(properties), how(properties.getProperty(PROPERTY)));
    }

    private static How how(String named) {
        if (named == null) return new How.ByHand();
        Path file = Path.of(named);
        Optional<PackageKind> kind = PackageKind.find(kind(file));
        if (kind.isEmpty()) return new How.ByHand();
        if (kind.get() != PackageKind.TAR_GZ) return new How.BySystem(kind.get());
        return root(file).<How>map(How.Unpacked::new).orElseGet(How.ByHand::new);
    }

    private static String kind(Path file) {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Properties installed = new Properties();
            installed.load(in);
            return installed.getProperty("kind", "").strip();
        } catch (IOException e) {
            log.warn("It is not known how PeerLLM was installed; newer versions are told and not fetched", e);
            return "";
        }
    }

    /** {@code ROOT/versions/1.2.3/lib/app/install.properties}; nothing when the folders were moved apart. */
    private static Optional<Path> root(Path file) {
        try {
            for (Path at = file.toRealPath(); at.getParent() != null; at = at.getParent()) {
                if (!at.getParent().endsWith(VERSIONS)) continue;
                Path root = at.getParent().getParent();
                if (Files.isSymbolicLink(root.resolve(InstalledVersions.CURRENT))) return Optional.of(root);
            }
            return Optional.empty();
        } catch (IOException e) {
            log.warn("The folder of this installation cannot be read; newer versions are told and not fetched", e);
            return Optional.empty();
        }
    }

    /** The kind of package that replaces it; nothing when none is known to. */
    Optional<PackageKind> kind() {
        return switch (how) {
            case How.Unpacked _ -> Optional.of(PackageKind.TAR_GZ);
            case How.BySystem(PackageKind kind) -> Optional.of(kind);
            case How.ByHand _ -> Optional.empty();
        };
    }
}
