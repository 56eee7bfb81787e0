package com.peerllm.host.update;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.model.ModelDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Small releases and packages for tests. */
final class SomeRelease {
    static final Instant THEN = Instant.parse("2026-11-20T12:00:00Z");
    static final int PARTS = 12;
    static final TargetSystem LINUX = new TargetSystem("linux", "x64");

    private SomeRelease() {}

    static Release of(String version, ReleaseFile... files) {
        return new Release(
                Release.FORMAT,
                Version.of(version),
                THEN,
                THEN.plus(Duration.ofDays(30)),
                new Release.Notes("Answers faster.", Optional.of(URI.create("https://peers.example/notes"))),
                Version.of("0.0.1"),
                List.of(files));
    }

    static ReleaseFile file(PackageKind kind, String url, byte[] content) {
        return new ReleaseFile("linux", "x64", kind, url, content.length, ModelDigest.of(Sha256.of(content)));
    }

    static Installation installed(String version, Installation.How how) {
        return new Installation(Version.find(version), LINUX, how);
    }

    /** What can be put into a package, right or wrong. */
    static final class Tar {
        static final FileTime PACKED = FileTime.from(Instant.parse("2026-11-22T00:00:00Z"));

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarArchiveOutputStream tar;

        Tar() {
            try {
                tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8");
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Tar file(String name, int mode, String content) {
            byte[] body = content.getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setMode(mode);
            entry.setLastModifiedTime(PACKED);
            entry.setSize(body.length);
            return put(entry, body);
        }

        Tar hardLink(String name, String target) {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_LINK, true);
            entry.setLinkName(target);
            return put(entry, new byte[0]);
        }

        Tar link(String name, String target) {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
            entry.setLinkName(target);
            return put(entry, new byte[0]);
        }

        private Tar put(TarArchiveEntry entry, byte[] body) {
            try {
                tar.putArchiveEntry(entry);
                tar.write(body);
                tar.closeArchiveEntry();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] done() {
            try {
                tar.close();
                return bytes.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** As {@code ./peerllm package --type tar.gz} makes them, with less inside. */
    static byte[] tarGz(String version) {
        String folder = "PeerLLM/versions/" + version + "/";
        Tar tar = new Tar()
                .link("PeerLLM/current", "versions/" + version)
                .file(folder + "bin/PeerLLM", 0755, "#!/bin/sh\necho " + version + "\n")
                .file(folder + "lib/app/install.properties", 0644, "kind=tar.gz\n")
                .hardLink(folder + "bin/peerllm", folder + "bin/PeerLLM")
                .link(folder + "lib/legal", "../lib/app");
        for (int i = 0; i < PARTS; i++) tar.file(folder + "lib/app/part-" + i, 0644, part(version, i));
        return tar.done();
    }

    /** Half of it stays when it is packed. */
    static String part(String version, int number) {
        byte[] content = new byte[1500];
        new Random((version + " " + number).hashCode()).nextBytes(content);
        return HexFormat.of().formatHex(content);
    }

    /** Unpacks such a package as a person does the first time. */
    static Path installed(Path folder, String version) throws IOException {
        Path root = folder.resolve("PeerLLM");
        Path archive = Files.write(folder.resolve("first.tar.gz"), tarGz(version));
        Files.createDirectories(root.resolve("versions"));
        Files.createSymbolicLink(root.resolve("current"), Path.of("versions", version));
        new InstalledVersions(root).unpack(archive, Version.of(version), new Cancellation());
        Files.delete(archive);
        return root;
    }
}
