package com.peerllm.host.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.update.InstalledVersions.Step;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledVersionsTest {
    private static final Optional<Version> RUNNING = Optional.of(Version.of("1.0.0"));

    @TempDir
    Path folder;

    @Test
    void theNewVersionStartsAndTheOneBeforeStays() throws Exception {
        Path root = SomeRelease.installed(folder, "1.0.0");
        update(new InstalledVersions(root), "1.1.0");

        assertThat(startsWhole(root)).isEqualTo("1.1.0");
        assertThat(Files.isExecutable(root.resolve("current/bin/PeerLLM"))).isTrue();
        assertThat(Files.isExecutable(root.resolve("current/lib/app/part-0"))).isFalse();
        assertThat(Files.getLastModifiedTime(root.resolve("current/lib/app/part-0")))
                .as("else its AOT cache would not be used")
                .isEqualTo(SomeRelease.Tar.PACKED);
        assertThat(root.resolve("current/bin/peerllm")).hasContent("#!/bin/sh\necho 1.1.0\n");
        assertThat(root.resolve("current/lib/legal/install.properties")).hasContent("kind=tar.gz");
        assertThat(versions(root)).containsExactly("1.0.0", "1.1.0");
    }

    @Test
    void theVersionThatRunsIsNotRemovedEvenWhenTwoUpdatesComeWhileItDoes() throws Exception {
        Path root = SomeRelease.installed(folder, "1.0.0");
        InstalledVersions versions = new InstalledVersions(root);
        update(versions, "1.1.0");
        update(versions, "1.2.0");
        assertThat(versions(root)).containsExactly("1.0.0", "1.1.0", "1.2.0");

        versions.unpack(archive("1.3.0"), Version.of("1.3.0"), new Cancellation());
        versions.switchTo(Version.of("1.3.0"), Optional.of(Version.of("1.2.0")));
        assertThat(versions(root)).containsExactly("1.2.0", "1.3.0");
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void whereverItIsInterruptedAWholeVersionStartsAndDoingItAgainEndsIt(Step last) throws Exception {
        Path root = SomeRelease.installed(folder, "1.0.0");
        InstalledVersions interrupted = new InstalledVersions(root, step -> {
            if (step == last) throw new PowerCut();
        });
        assertThatThrownBy(() -> update(interrupted, "1.1.0")).isInstanceOf(PowerCut.class);
        assertThat(startsWhole(root)).isEqualTo(last.compareTo(Step.LINK_RENAMED) >= 0 ? "1.1.0" : "1.0.0");

        update(new InstalledVersions(root), "1.1.0");
        assertThat(startsWhole(root)).isEqualTo("1.1.0");
        assertThat(versions(root)).containsExactly("1.0.0", "1.1.0");
        assertThat(root).isDirectoryNotContaining("glob:**/.current");
    }

    @Test
    void aProcessThatIsKilledWhileItUpdatesLeavesAWholeVersion() throws Exception {
        Path root = SomeRelease.installed(folder, "1.0.0");
        List<String> versions = List.of("1.1.0", "1.2.0", "1.3.0");
        for (String version : versions) archive(version);
        for (int millis : new int[] {5, 60, 150}) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            UpdatingProgram.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.getInputStream().read()).isEqualTo('.');
            process.onExit()
                    .completeOnTimeout(process, millis, java.util.concurrent.TimeUnit.MILLISECONDS)
                    .join();
            process.destroyForcibly().waitFor();

            startsWhole(root);
        }
        update(new InstalledVersions(root), "1.4.0");
        assertThat(startsWhole(root)).isEqualTo("1.4.0");
        assertThat(versions(root)).hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../evil", "PeerLLM/versions/1.1.0/../../evil", "/evil"})
    void aFileThatWouldLieOutsideIsNotWritten(String name) throws Exception {
        Path root = SomeRelease.installed(folder, "1.0.0");
        byte[] bad = new SomeRelease.Tar()
                .file("PeerLLM/versions/1.1.0/bin/PeerLLM", 0755, "x")
                .file(name, 0644, "evil")
                .done();
        Path archive = Files.write(folder.resolve("bad.tar.gz"), bad);
        InstalledVersions versions = new InstalledVersions(root);
        if (name.startsWith("PeerLLM"))
            assertThatThrownBy(() -> versions.unpack(archive, Version.of("1.1.0"), new Cancellation()))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("outside");
        else versions.unpack(archive, Version.of("1.1.0"), new Cancellation());
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all).noneMatch(path -> path.endsWith("evil"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "../../..", "lib/../../..", "../../../x"})
    void aLinkThatLeadsOutsideIsNotMade(String target) throws Exception {
        Path root = SomeRelease.installed(folder, "1.0.0");
        byte[] bad = new SomeRelease.Tar()
                .link("PeerLLM/versions/1.1.0/lib/x", target)
                .done();
        Path archive = Files.write(folder.resolve("bad.tar.gz"), bad);
        assertThatThrownBy(() -> new InstalledVersions(root).unpack(archive, Version.of("1.1.0"), new Cancellation()))
                .hasMessageContaining("link");
        assertThat(new InstalledVersions(root).has(Version.of("1.1.0"))).isFalse();
    }

    @Test
    void aSecondNameOfAFileOutsideIsNotMade() throws Exception {
        Path root = SomeRelease.installed(folder, "1.0.0");
        byte[] bad = new SomeRelease.Tar()
                .hardLink("PeerLLM/versions/1.1.0/x", "/etc/passwd")
                .done();
        Path archive = Files.write(folder.resolve("bad.tar.gz"), bad);
        assertThatThrownBy(() -> new InstalledVersions(root).unpack(archive, Version.of("1.1.0"), new Cancellation()))
                .hasMessageContaining("is a link to another folder");
    }

    @Test
    void nothingIsWrittenThroughALink() throws Exception {
        Path root = SomeRelease.installed(folder, "1.0.0");
        byte[] bad = new SomeRelease.Tar()
                .file("PeerLLM/versions/1.1.0/a/b", 0644, "x")
                .link("PeerLLM/versions/1.1.0/x/y/z", "../../a")
                .link("PeerLLM/versions/1.1.0/x/y/z/away", "../../../q")
                .done();
        Path archive = Files.write(folder.resolve("bad.tar.gz"), bad);
        assertThatThrownBy(() -> new InstalledVersions(root).unpack(archive, Version.of("1.1.0"), new Cancellation()))
                .hasMessageContaining("leads through a link");
    }

    @Test
    void unpackingCanBeCancelled() throws Exception {
        Path root = SomeRelease.installed(folder, "1.0.0");
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        assertThatThrownBy(() -> new InstalledVersions(root).unpack(archive("1.1.0"), Version.of("1.1.0"), cancelled))
                .isInstanceOf(CancellationException.class);
        assertThat(startsWhole(root)).isEqualTo("1.0.0");
    }

    private static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void update(InstalledVersions versions, String to) throws IOException {
        versions.unpack(archive(to), Version.of(to), new Cancellation());
        versions.switchTo(Version.of(to), RUNNING);
    }

    private Path archive(String version) throws IOException {
        Path archive = folder.resolve(version + ".tar.gz");
        return Files.exists(archive) ? archive : Files.write(archive, SomeRelease.tarGz(version));
    }

    /** Which version starts, of which no file is missing. */
    private static String startsWhole(Path root) throws IOException {
        Path current = root.resolve("current").toRealPath();
        String version = current.getFileName().toString();
        assertThat(current.resolve("bin/PeerLLM")).hasContent("#!/bin/sh\necho " + version + "\n");
        for (int i = 0; i < SomeRelease.PARTS; i++)
            assertThat(current.resolve("lib/app/part-" + i)).hasContent(SomeRelease.part(version, i));
        return version;
    }

    private static List<String> versions(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root.resolve("versions"))) {
            return folders.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
